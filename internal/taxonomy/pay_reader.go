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

// payUnits multiply a number.
var payUnits = map[string]float64{
	"ty": 1e9, "trieu": 1e6, "tr": 1e6, "trd": 1e6, "trieudong": 1e6, "cu": 1e6, "chai": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6, "m": 1e6,
	"k": 1e3, "nghin": 1e3, "ngan": 1e3, "ngh": 1e3, "xi": 1e5, "lit": 1e5, "man": 1e4, "van": 1e4,
}

// currencies by the words and signs for them.
var currencies = map[string]string{
	"vnd": "VND", "dong": "VND", "d": "VND", "vn": "VND", "vnđ": "VND",
	"usd": "USD", "$": "USD", "do": "USD", "dollar": "USD", "dollars": "USD", "us": "USD",
	"eur": "EUR", "euro": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP", "jpy": "JPY", "yen": "JPY", "¥": "JPY", "krw": "KRW", "won": "KRW", "₩": "KRW",
	"twd": "TWD", "ntd": "TWD", "nt": "TWD", "cny": "CNY", "rmb": "CNY", "te": "CNY", "ndt": "CNY", "aud": "AUD", "sgd": "SGD", "cad": "CAD", "hkd": "HKD",
	"thb": "THB", "baht": "THB", "bat": "THB", "myr": "MYR", "ringgit": "MYR", "lak": "LAK", "kip": "LAK",
}

// payPeriods by the word after "/" or "một"; all unlisted things after "/" that are paid singly are in pieces.
var payPeriods = map[string]market.PayPeriod{
	"thang": market.PerMonth, "th": market.PerMonth, "t": market.PerMonth, "month": market.PerMonth, "months": market.PerMonth, "mo": market.PerMonth, "monthly": market.PerMonth,
	"ngay": market.PerDay, "cong": market.PerDay, "day": market.PerDay, "daily": market.PerDay, "ng": market.PerDay, "n": market.PerDay,
	"gio": market.PerHour, "h": market.PerHour, "g": market.PerHour, "hour": market.PerHour, "hr": market.PerHour, "tieng": market.PerHour, "hours": market.PerHour, "hourly": market.PerHour,
	"tuan": market.PerWeek, "week": market.PerWeek, "weekly": market.PerWeek,
	"nam": market.PerYear, "year": market.PerYear, "yr": market.PerYear, "annum": market.PerYear, "yearly": market.PerYear,
	"ca": market.PerShift, "buoi": market.PerShift, "shift": market.PerShift, "show": market.PerShift, "dem": market.PerShift, "toi": market.PerShift,
}

var pieces = map[string]bool{
	"sp": true, "san": true, "cai": true, "chiec": true, "kg": true, "ky": true, "ki": true, "can": true, "ta": true, "tan": true, "yen": true, "m": true, "met": true,
	"don": true, "chuyen": true, "khoi": true, "con": true, "bo": true, "doi": true, "cay": true, "to": true, "bai": true, "khach": true, "suat": true,
	"ban": true, "thung": true, "bao": true, "goc": true, "video": true, "hop": true, "cuoc": true, "piece": true, "pcs": true, "item": true,
	"mon": true, "tiet": true, "lop": true, "hoc": true, "trang": true, "tu": true, "lan": true, "xe": true, "phong": true, "can ho": true, "vi": true, "nguoi": true,
}

// Words that make an amount a floor or a ceiling.
var (
	floorWords   = map[string]bool{"tu": true, "tren": true, "hon": true, "min": true, "from": true, ">": true, "≥": true, "over": true, "above": true}
	ceilingWords = map[string]bool{"den": true, "toi": true, "duoi": true, "upto": true, "max": true, "<": true, "≤": true, "under": true, "below": true, "len": true, "uptu": true}
	floorPairs   = map[string]bool{"toi thieu": true, "it nhat": true, "khong duoi": true, "thap nhat": true, "khoi diem": true, "bat dau": true, "tro len": true, "starting from": true}
	ceilingPairs = map[string]bool{"toi da": true, "up to": true, "khong qua": true, "cao nhat": true, "len den": true, "len toi": true, "nhieu nhat": true, "lên tới": true, "tro xuong": true, "tro lai": true, "do lai": true, "khong vuot": true}
	rangeWords   = map[string]bool{"-": true, "den": true, "toi": true, "to": true, "and": true, ">": true}
	looseWords   = map[string]bool{"khoang": true, "tam": true, "la": true, "trung": true, "binh": true, ":": true, "=": true, "(": true, "mức": true, "co": true, "the": true, "con": true, "so": true}
)

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

// amount reads a number with its unit, currency and period at item i.
func (r *payReader) amount(i int) (amount, bool) {
	var a amount
	for n := 0; n < 2; n++ { // "$", "NT$", "USD" before the number
		if c, ok := currencies[r.at(i).text]; ok && r.at(i).kind != payNumber && (r.at(i+1).kind == payNumber || currencies[r.at(i+1).text] == "USD") && r.at(i).text != "do" {
			if a.currency != "TWD" {
				a.currency = c
			}
			i++
		}
	}
	number := r.at(i)
	if number.kind != payNumber || r.at(i+1).text == "%" || len(number.text) >= 9 && number.text[0] == '0' {
		return a, false
	}
	a.value, a.grouped, a.next = number.value, number.grouped, i+1
	r.unit(&a)
	r.currency(&a)
	r.period(&a)
	return a, true
}

// unit reads "triệu", "k", "củ"…, what follows it ("8tr5", "8 triệu rưỡi", "8 triệu 500 nghìn"), and "man".
func (r *payReader) unit(a *amount) {
	it := r.at(a.next)
	unit, ok := payUnits[it.text]
	if !ok || it.kind != payWord || it.text == "m" && (r.at(a.next+1).kind == payNumber || !it.glued) {
		return
	}
	if it.text == "man" || it.text == "van" && r.says("yen", "jpy", "nhat") {
		a.currency = "JPY"
	} else if it.text == "van" {
		return
	}
	a.unit = unit
	a.next++
	if r.at(a.next).text == "trieu" && unit == 1e3 { // "nghìn triệu" is nobody's pay, but read it
		a.unit *= 1e6
		a.next++
	}
	rest := r.at(a.next)
	switch {
	case rest.text == "ruoi":
		a.value += 0.5
		a.next++
	case rest.kind == payNumber && rest.glued && rest.digits <= 3 && !rest.grouped && rest.value == float64(int(rest.value)):
		a.value += fraction(rest)
		a.next++
		if k := r.at(a.next); unit == 1e6 && (k.text == "k" || k.text == "nghin" || k.text == "ngan") {
			a.next++
		}
	case rest.kind == payNumber && unit == 1e6 && payUnits[r.at(a.next+1).text] == 1e3:
		a.value += rest.value / 1000
		a.next += 2
	case rest.kind == payNumber && unit == 1e6 && rest.digits == 1 && (a.next+1 == len(r.items) || r.at(a.next+1).text == "/"):
		a.value += fraction(rest)
		a.next++
	}
}

// fraction gives what digits after a unit stand for: "8tr5", "8tr50" and "8tr500" are all 8.5 million.
func fraction(it payItem) float64 {
	v := it.value
	for range it.digits {
		v /= 10
	}
	return v
}

// currency reads "đ", "đồng", "VNĐ", "USD", "đài tệ", "nhân dân tệ" after a number.
func (r *payReader) currency(a *amount) {
	first, second, third := r.at(a.next).text, r.at(a.next+1).text, r.at(a.next+2).text
	switch {
	case first == "dai" && second == "te":
		a.currency, a.next = "TWD", a.next+2
	case first == "dai" && second == "loan" && third == "te":
		a.currency, a.next = "TWD", a.next+3
	case first == "nhan" && second == "dan" && third == "te":
		a.currency, a.next = "CNY", a.next+3
	case first == "do" && (second == "la" || second == "my"):
		a.currency, a.next = "USD", a.next+2
	case first == "viet" && second == "nam" || first == "vn" && (second == "d" || second == "dong"):
		a.currency, a.next = "VND", a.next+2
	default:
		if c, ok := currencies[first]; ok && first != "us" && first != "vn" && first != "nt" && !(first == "do" && second != "" && second != "/" && second != "-") {
			if a.currency == "" || c != "VND" {
				a.currency = c
			}
			a.next++
			if r.at(a.next).text == "viet" && r.at(a.next+1).text == "nam" {
				a.next += 2
			}
		}
	}
}

// period reads "/tháng", "mỗi ngày", "1 giờ", "/26 công", "/người/ngày" after an amount.
func (r *payReader) period(a *amount) {
	i := a.next
	if r.at(i).text == "(" {
		return
	}
	slash := r.at(i).text == "/" || r.at(i).text == "per" || r.at(i).text == "moi" || r.at(i).text == "mot" || r.at(i).text == "hang" || r.at(i).text == "a" || r.at(i).text == "\\" || r.at(i).text == "một"
	if slash {
		i++
	}
	if slash && (r.at(i).text == "mot" || r.at(i).text == "moi") {
		i++
	}
	if n := r.at(i); n.kind == payNumber && (slash || n.value == 1) {
		word := r.at(i + 1).text
		switch {
		case n.value == 1:
			i++
		case word == "cong" || word == "ngay" && n.value >= 20: // a full month of days
			a.period, a.next = market.PerMonth, i+2
			if r.at(a.next).text == "cong" {
				a.next++
			}
			return
		case (word == "h" || word == "tieng" || word == "gio") && n.value >= 6: // a day of that many hours
			a.period, a.next = market.PerDay, i+2
			return
		default:
			return
		}
		slash = true
	}
	if r.at(i).text == "nguoi" && r.at(i+1).text == "/" {
		i += 2
	}
	word := r.at(i).text
	p, known := payPeriods[word]
	switch {
	case known && (slash || len(word) > 2 && word != "nam" && word != "toi" && word != "dem"):
		a.period, a.next = p, i+1
		if word == "ngay" && r.at(i+1).text == "cong" || word == "gio" && r.at(i+1).text == "lam" {
			a.next++
		}
	case slash && pieces[word]:
		a.period, a.next = market.PerPiece, i+1
	}
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
