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

// number writes a figure with a dot every three digits.
func number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return sign + digits
}

// Number writes a whole number as people here do: 1.525.
func (l Layout) Number(n any) string {
	switch n := n.(type) {
	case int:
		return number(int64(n))
	case int64:
		return number(n)
	}
	return ""
}

// Percent writes a share of 1 with at most two decimals: 34,3.
func (l Layout) Percent(share float64) string {
	text := strconv.FormatFloat(math.Round(share*10_000)/100, 'f', -1, 64)
	return strings.ReplaceAll(text, ".", ",") + "%"
}

// Date writes a day: 02/01/2026, or the year when only that is known.
func (l Layout) Date(d market.Date) string { return d.String() }

// Time writes an instant where the centre is: 07:30 02/01/2026.
func (l Layout) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(market.Zone).Format("15:04 02/01/2006")
}

// Amount writes pay in full figures without its unit: 7.800.000 – 10.500.000.
func (l Layout) Amount(p market.Pay) string {
	switch {
	case !p.Known():
		return ""
	case p.Min == 0:
		return l.T("pay.up_to", number(p.Max))
	case p.Max == 0:
		return l.T("pay.from", number(p.Min))
	case p.Min == p.Max:
		return number(p.Min)
	}
	return number(p.Min) + " – " + number(p.Max)
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
func km(d float64) string {
	switch {
	case d < 1:
		return "1"
	case d < 100:
		return number(int64(math.Round(d)))
	}
	return number(int64(math.Round(d/10) * 10))
}

// sortVietnamese orders options as a Vietnamese dictionary does.
func sortVietnamese(options []Option) {
	c := collate.New(language.Vietnamese)
	slices.SortStableFunc(options, func(a, b Option) int { return c.CompareString(a.Text, b.Text) })
}
