package taxonomy

import (
	"math"
	"strings"

	"noiviec/internal/market"
)

// ParsePay reads the words a pay was stated in: "8 - 10 triệu", "từ 12tr", "300k/ngày", "25.000đ/giờ",
// "8tr5", "7 củ", "1,000 - 2,000 USD", "12 man", "thoả thuận". Amounts are in the currency's smallest unit
// (cents for USD). A figure without a period is a month's pay; "from" and "over" leave Max 0, "up to" Min 0.
//
// Figures that cannot be meant so (a range the wrong way round, pay outside payBounds) give PayImplausible
// without figures; words that say nothing known give PayUnreadable. Stated always keeps the words.
func ParsePay(text string) market.Pay {
	stated := strings.TrimSpace(strings.ToValidUTF8(text, ""))
	p := market.Pay{Stated: stated}
	items := lexPay(stated)
	if saysNothing(items) {
		return p
	}
	r := payReader{items: items}
	p.Basis = r.basis()
	offers := r.offers()
	if len(offers) == 0 {
		p.Status = market.PayUnreadable
		if p.Basis == market.CommissionPay || p.Basis == market.PiecePay || r.negotiable() {
			p.Status = market.PayNegotiable
		}
		return p
	}
	return chosen(offers).fill(p)
}

// offer is one amount or range in a pay text, in whole units of its currency.
type offer struct {
	least, most float64
	currency    string
	period      market.PayPeriod
	total       bool // said to be the whole income, not a part of it
}

// chosen gives the offer that is the pay: the whole income when it is said, else what comes first (what
// follows is allowances and bonuses).
func chosen(offers []offer) offer {
	for _, o := range offers {
		if o.total {
			return o
		}
	}
	return offers[0]
}

// fill writes the offer into a pay, or says that it is implausible.
func (o offer) fill(p market.Pay) market.Pay {
	if o.implausible() {
		p.Status = market.PayImplausible
		p.Basis = ""
		return p
	}
	scale := math.Pow10(minorDigits[o.currency])
	p.Status, p.Currency, p.Period = market.PayStated, o.currency, o.period
	p.Min, p.Max = int64(math.Round(o.least*scale)), int64(math.Round(o.most*scale))
	if o.period == market.PerPiece && p.Basis == "" {
		p.Basis = market.PiecePay
	}
	return p
}

// minorDigits are the decimal places of currencies (ISO 4217) that have smaller units; đồng, yen and won
// have none.
var minorDigits = map[string]int{"USD": 2, "EUR": 2, "TWD": 2, "CNY": 2, "AUD": 2, "SGD": 2, "CAD": 2, "GBP": 2, "THB": 2, "MYR": 2, "LAK": 2, "HKD": 2}

// payBounds are the least and the most đồng that work can be paid for a period. They are wide on purpose:
// they catch a lost decimal comma ("573 triệu" for 5,73), not a daring offer.
var payBounds = map[market.PayPeriod][2]float64{
	market.PerMonth: {300e3, 300e6},
	market.PerDay:   {30e3, 20e6},
	market.PerShift: {30e3, 20e6},
	market.PerHour:  {5e3, 3e6},
	market.PerWeek:  {75e3, 75e6},
	market.PerYear:  {5e6, 3600e6},
	market.PerPiece: {1, 50e6},
}

// implausible reports whether the figures cannot be meant so.
func (o offer) implausible() bool {
	if o.most > 0 && o.least > o.most || o.least == 0 && o.most == 0 {
		return true
	}
	bounds, rate := payBounds[o.period], rateOn(o.currency, "")
	for _, figure := range []float64{o.least, o.most} {
		if dong := figure * rate; figure > 0 && (dong < bounds[0] || dong > bounds[1]) {
			return true
		}
	}
	return false
}

// unstatedWords are what tables write where nothing was said.
var unstatedWords = []string{"", "nan", "na", "n a", "null", "none", "khong de cap", "khong hien thi", "khong ro", "chua cap nhat", "dang cap nhat", "chua ro", "0"}

func saysNothing(items []payItem) bool {
	var words []string
	for _, it := range items {
		if it.kind != paySymbol {
			words = append(words, it.text)
		}
	}
	all := strings.Join(words, " ")
	for _, w := range unstatedWords {
		if all == w {
			return true
		}
	}
	return false
}

// negotiableWords say that pay will be agreed on, or praise it without a figure.
var negotiableWords = []string{
	"thoa thuan", "thuong luong", "canh tranh", "hap dan", "deal", "negotiable", "negotiation", "negotiate", "competitive", "attractive",
	"phong van", "nang luc", "kinh nghiem", "xung dang", "trao doi", "lien he", "theo quy dinh", "theo hop dong", "khong gioi han",
	"luong cao", "thu nhap cao", "thu nhap tot", "luong tot", "theo trinh do", "theo tay nghe", "theo cong viec", "theo che do", "dam phan",
	"theo luat", "theo bang cap", "theo vi tri", "login to view", "dang nhap",
}

func (r *payReader) negotiable() bool {
	if len(r.items) == 1 && (r.items[0].text == "tt" || r.items[0].text == "cao") {
		return true
	}
	return r.says(negotiableWords...)
}

// basis reads how pay is reckoned.
func (r *payReader) basis() market.PayBasis {
	switch {
	case r.says("net", "thuc nhan", "thuc linh", "sau thue", "ve tay", "thuc lanh"):
		return market.NetPay
	case r.says("gross", "truoc thue"):
		return market.GrossPay
	case r.says("hoa hong", "commission", "com", "theo doanh thu", "theo doanh so", "an chia", "chiet khau", "% doanh"):
		return market.CommissionPay
	case r.says("theo san pham", "luong san pham", "luong khoan", "khoan san pham", "lam khoan", "an san pham", "tinh san pham", "theo sp", "luong sp", "khoan"):
		return market.PiecePay
	}
	return ""
}

// says reports whether one of the phrases stands in the text.
func (r *payReader) says(phrases ...string) bool {
	if r.joined == "" {
		var b strings.Builder
		for _, it := range r.items {
			b.WriteString(" " + it.text)
		}
		r.joined = b.String() + " "
	}
	for _, p := range phrases {
		if strings.Contains(r.joined, " "+p+" ") {
			return true
		}
	}
	return false
}
