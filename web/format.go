package web

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"noiviec/internal/market"
)

// thousands is the mark between groups of three digits in each language; the decimal mark is the other one.
var thousands = map[string]string{"vi": ".", "en": ","}

// number writes a figure as the language groups its digits: 1.866 in Vietnamese, 1,866 in English.
func number(lang string, n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + thousands[lang] + digits[i:]
	}
	return sign + digits
}

// decimal writes a figure that has a decimal point with the mark of the language.
func decimal(lang, text string) string {
	if lang == "vi" {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// number writes a figure in the visitor's language.
func (v *visit) number(n int64) string { return number(v.lang, n) }

// Number writes a whole number in the visitor's language: 1.525 or 1,525.
func (l Layout) Number(n any) string {
	switch n := n.(type) {
	case int:
		return l.v.number(int64(n))
	case int64:
		return l.v.number(n)
	}
	return ""
}

// Percent writes a share of 1 with at most two decimals: 34,3% or 34.3%.
func (l Layout) Percent(share float64) string {
	text := strconv.FormatFloat(math.Round(share*10_000)/100, 'f', -1, 64)
	return decimal(l.v.lang, text) + "%"
}

// Date writes a day: 02/01/2026, in English 2 Jan 2026 because 02/01 means two days there; the year when only
// that is known.
func (l Layout) Date(d market.Date) string { return date(l.v.lang, d) }

func date(lang string, d market.Date) string {
	if lang == "en" && d.Whole() {
		return d.Time().Format("2 Jan 2006")
	}
	return d.String()
}

// Month writes a month: 04/2018, in English Apr 2018.
func (l Layout) Month(m market.Month) string { return month(l.v.lang, m) }

func month(lang string, m market.Month) string {
	if lang == "en" && len(m) == 7 {
		return m.First().Time().Format("Jan 2006")
	}
	return m.String()
}

// Time writes an instant where the centre is: 07:30 02/01/2026.
func (l Layout) Time(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case l.v.lang == "en":
		return t.In(market.Zone).Format("15:04, 2 Jan 2006")
	}
	return t.In(market.Zone).Format("15:04 02/01/2006")
}

// Amount writes pay in full figures without its unit: 7.800.000 – 10.500.000.
func (l Layout) Amount(p market.Pay) string {
	switch {
	case !p.Known():
		return ""
	case p.Min == 0:
		return l.T("pay.up_to", l.v.number(p.Max))
	case p.Max == 0:
		return l.T("pay.from", l.v.number(p.Min))
	case p.Min == p.Max:
		return l.v.number(p.Min)
	}
	return l.v.number(p.Min) + " – " + l.v.number(p.Max)
}

// Unit writes what the amount is counted in: đồng/tháng.
func (l Layout) Unit(p market.Pay) string {
	currency := p.Currency
	if currency == "VND" || currency == "" {
		currency = l.T("pay.dong")
	}
	return currency + "/" + l.Word("pay.per", p.Period)
}

// Pay writes pay in one line; without a figure it says why.
func (l Layout) Pay(p market.Pay) string {
	if p.Known() {
		return l.Amount(p) + " " + l.Unit(p)
	}
	switch p.Status {
	case market.PayNegotiable:
		return l.T("pay.negotiable")
	case market.PayUnstated:
		return l.T("pay.unstated")
	}
	return l.T("pay.unclear", p.Stated)
}

// km writes a distance: whole kilometres, tens from 100 on, because middles of communes are no finer.
func (v *visit) km(d float64) string {
	switch {
	case d < 1:
		return "1"
	case d < 100:
		return v.number(int64(math.Round(d)))
	}
	return v.number(int64(math.Round(d/10) * 10))
}

// sortVietnamese orders options as a Vietnamese dictionary does.
func sortVietnamese(options []Option) {
	c := collate.New(language.Vietnamese)
	slices.SortStableFunc(options, func(a, b Option) int { return c.CompareString(a.Text, b.Text) })
}
