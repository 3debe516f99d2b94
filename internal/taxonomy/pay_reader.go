package taxonomy

import (
	"noiviec/internal/market"
)

// payReader reads amounts out of the items of a pay text.
type payReader struct {
	items  []payItem
	joined string            // the items' texts, made once
	named  *market.PayPeriod // the period the text names, found once
	open   *bool             // whether more is paid on top, found once
	only   *bool             // whether there is nothing but numbers, found once
}

type bound uint8

const (
	exactly bound = iota
	atLeast
	atMost
)

// amount is a number with what was said about it.
type amount struct {
	value    float64
	unit     float64 // 0 when none was said
	currency string
	period   market.PayPeriod
	grouped  bool
	next     int // the item after it
}

// money reports whether the number alone looks like an amount: "26 công" is not one per day.
func (a amount) money() bool { return a.unit > 0 || a.currency != "" || a.value >= 1000 }

func (r *payReader) at(i int) payItem {
	if i < 0 || i >= len(r.items) {
		return payItem{kind: paySymbol}
	}
	return r.items[i]
}

// offers gives the amounts and ranges in the order of the text.
func (r *payReader) offers() []offer {
	var out []offer
	for i := 0; i < len(r.items); {
		first, ok := r.amount(i)
		if !ok {
			i++
			continue
		}
		o, next, ok := r.offer(i, first)
		if ok {
			out = append(out, o)
		}
		i = next
	}
	return out
}

// offer reads the rest of an offer that begins with an amount at item i.
func (r *payReader) offer(i int, first amount) (offer, int, bool) {
	before := r.boundBefore(i)
	total := r.totalBefore(i)
	second, isRange := amount{}, false
	if j, ok := r.rangeAt(first.next); ok {
		second, isRange = r.amount(j)
		if isRange && second.value == first.value && r.at(j).text == "spelled" {
			isRange = true
		}
	}
	if !isRange {
		return r.single(first, before, total)
	}
	o := offer{period: period(second.period, first.period, r.periodOfText())}
	first, second = share(first, second, o.period)
	o.currency = currencyOf(first, second)
	o.least, o.most, o.total = first.value*max(first.unit, 1), second.value*max(second.unit, 1), total
	if !meant(first, second, o) && !r.bare(first, second, &o) {
		return o, second.next, false
	}
	return o, second.next, true
}

// single finishes an offer of one amount.
func (r *payReader) single(a amount, before bound, total bool) (offer, int, bool) {
	after, next := r.boundAfter(a.next)
	a.next = next
	if before == exactly {
		before = after
	}
	o := offer{currency: currencyOf(a, a), period: period(a.period, "", r.periodOfText()), total: total}
	a, _ = share(a, a, o.period)
	value := a.value * max(a.unit, 1)
	if before != atMost {
		o.least = value
	}
	if before != atLeast {
		o.most = value
	}
	if !meant(a, a, o) && !r.bareSingle(a, &o) {
		return o, a.next, false
	}
	if before == exactly && r.basisOpen() { // a fixed part with commission on top has no ceiling
		o.most = 0
	}
	return o, a.next, true
}

// basisOpen reports whether more is paid on top without a limit: "lương cứng 5tr + hoa hồng".
func (r *payReader) basisOpen() bool {
	if r.open == nil {
		open := r.saysOpen()
		r.open = &open
	}
	return *r.open
}

func (r *payReader) saysOpen() bool {
	return r.says("hoa hong", "commission", "com", "luong cung", "luong co ban", "lcb", "theo doanh thu", "doanh so", "phan tram doanh") && r.says("hoa hong", "commission", "com", "doanh thu", "doanh so", "thuong")
}

// share gives both amounts of a range the unit and the currency that was said for one of them.
func share(a, b amount, p market.PayPeriod) (amount, amount) {
	switch {
	case a.unit == 0 && b.unit > 0 && a.value < 1000:
		a.unit = b.unit
		if short := p == market.PerDay || p == market.PerShift; short && b.unit == 1e6 && a.value >= 50 && a.value*b.unit > b.value*b.unit {
			a.unit = 1e3 // "500 - 1 triệu/ngày"
		}
	case b.unit == 0 && a.unit > 0 && b.value < 1000:
		b.unit = a.unit
	}
	daily := p == market.PerDay || p == market.PerHour || p == market.PerShift
	if daily && a.unit == 0 && b.unit == 0 && a.value < 1000 && b.value < 1000 && a.currency == "" && b.currency == "" && (a.period != "" || b.period != "") {
		a.unit, b.unit = 1e3, 1e3 // "250 - 300/ngày"
	}
	for _, x := range []*amount{&a, &b} { // "8.600 triệu" is 8,6
		if x.grouped && x.unit >= 1e6 && x.value >= 1000 && x.currency != "KRW" && x.currency != "JPY" {
			x.value /= 1000
		}
	}
	return a, b
}

func currencyOf(a, b amount) string {
	if b.currency != "" {
		return b.currency
	}
	if a.currency != "" {
		return a.currency
	}
	return "VND"
}

func period(said ...market.PayPeriod) market.PayPeriod {
	for _, p := range said {
		if p != "" {
			return p
		}
	}
	return market.PerMonth
}

// meant reports whether numbers are money at all: a unit or a currency was said, or they are large and
// written like money, or a period follows.
func meant(a, b amount, o offer) bool {
	if a.unit > 0 || b.unit > 0 || a.currency != "" || b.currency != "" {
		return true
	}
	large := func(x amount) bool { return x.value >= 10000 && x.value < 1e10 || x.grouped && x.value >= 1000 }
	return large(a) && large(b) || (a.period != "" || b.period != "") && o.most+o.least >= 1000
}

// bare reads a pay field of nothing but a range of small numbers: they are millions.
func (r *payReader) bare(a, b amount, o *offer) bool {
	if !r.nothingElse() || a.value > 300 || b.value > 300 || a.value < 1 || b.value < 1 {
		return false
	}
	o.least, o.most = a.value*1e6, b.value*1e6
	return true
}

func (r *payReader) bareSingle(a amount, o *offer) bool {
	if !r.nothingElse() || a.value > 300 || a.value < 2 {
		return false
	}
	if o.least > 0 {
		o.least = a.value * 1e6
	}
	if o.most > 0 {
		o.most = a.value * 1e6
	}
	return true
}

// nothingElse reports whether the text has only numbers, range and bound words, and words for pay.
func (r *payReader) nothingElse() bool {
	if r.only == nil {
		only := r.onlyNumbers()
		r.only = &only
	}
	return *r.only
}

func (r *payReader) onlyNumbers() bool {
	for _, it := range r.items {
		if it.kind == payWord && !floorWords[it.text] && !ceilingWords[it.text] && !rangeWords[it.text] && it.text != "luong" && it.text != "thang" {
			return false
		}
		if it.kind == paySymbol && it.text != "-" && it.text != "/" && it.text != ":" && it.text != ">" && it.text != "<" && it.text != "+" {
			return false
		}
	}
	return true
}

// periodOfText gives the period that the text names without tying it to an amount: "lương ngày 300k".
func (r *payReader) periodOfText() market.PayPeriod {
	if r.named == nil {
		named := r.namedPeriod()
		r.named = &named
	}
	return *r.named
}

func (r *payReader) namedPeriod() market.PayPeriod {
	switch {
	case r.says("luong ngay", "theo ngay", "cong nhat", "luong cong nhat", "tien cong ngay", "moi ngay", "tinh ngay"):
		return market.PerDay
	case r.says("luong gio", "theo gio", "moi gio", "luong theo gio", "tinh gio"):
		return market.PerHour
	case r.says("luong tuan", "theo tuan", "moi tuan", "hang tuan"):
		return market.PerWeek
	case r.says("luong nam", "theo nam", "moi nam", "hang nam", "per year", "annual"):
		return market.PerYear
	}
	return ""
}

// rangeAt gives where the second amount of a range may start.
func (r *payReader) rangeAt(i int) (int, bool) {
	if !rangeWords[r.at(i).text] {
		return 0, false
	}
	i++
	for n := 0; n < 3 && (rangeWords[r.at(i).text] || floorWords[r.at(i).text] || ceilingWords[r.at(i).text] || looseWords[r.at(i).text]); n++ {
		i++
	}
	return i, true
}

// boundBefore reads the words directly before an amount.
func (r *payReader) boundBefore(i int) bound {
	for i > 0 && looseWords[r.at(i-1).text] {
		i--
	}
	for i > 1 && r.at(i-1).text == "=" {
		i--
	}
	one, two := r.at(i-1).text, r.at(i-2).text+" "+r.at(i-1).text
	switch {
	case two == "tren duoi": // "trên dưới 10 triệu" is about ten
		return exactly
	case floorPairs[two]:
		return atLeast
	case ceilingPairs[two]:
		return atMost
	case floorWords[one]:
		return atLeast
	case ceilingWords[one]:
		return atMost
	}
	return exactly
}

// boundAfter reads "trở lên", "+", "trở xuống" after an amount.
func (r *payReader) boundAfter(i int) (bound, int) {
	two := r.at(i).text + " " + r.at(i+1).text
	switch {
	case floorPairs[two]:
		return atLeast, i + 2
	case ceilingPairs[two]:
		return atMost, i + 2
	case r.at(i).text == "up":
		return atLeast, i + 1
	case r.at(i).text == "+" && (i+1 == len(r.items) || r.at(i+1).text == "+" || r.at(i+1).text == "/" || r.at(i+1).text == ")"):
		return atLeast, i + 1
	}
	return exactly, i
}

// totalBefore reports whether the words before an amount call it the whole income.
func (r *payReader) totalBefore(i int) bool {
	for back := i - 1; back >= max(0, i-6); back-- {
		it := r.at(back)
		if it.kind == payNumber || it.text == "," || it.text == ";" || it.text == "+" {
			return false
		}
		if it.text == "nhap" && r.at(back-1).text == "thu" || it.text == "tong" {
			return true
		}
	}
	return false
}
