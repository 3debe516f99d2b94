package taxonomy

import (
	"slices"
	"strings"

	"noiviec/internal/market"
)

// Words, folded, that an amount in a sentence belongs to.
var (
	earningWords = []string{"luong", "thu nhap", "tn", "salary"}
	extraWords   = []string{"phu cap", "pc", "thuong", "ho tro", "hoa hong", "doanh thu", "doanh so", "phi", "coc", "von", "gia", "tro cap", "tien an", "bao hiem", "tang", "phat", "don hang", "chi phi", "goi", "san pham", "an ca", "com"}
	moneyUnits   = []string{"tr", "trieu", "k", "nghin", "ngan", "cu", "vnd", "d", "dong", "usd", "man", "trd", "million", "jpy", "yen", "won"}
	payTails     = []string{"thang", "th", "ngay", "gio", "h", "ca", "cong", "tuan", "nam", "tro", "len", "vnd", "d", "dong", "trieu", "tr", "k", "san", "pham", "sp", "net", "gross", "usd", "month", "ruoi", "mot", "moi", "nguoi", "buoi"}
)

// pay reads the pay that a sentence states: the first amount that a word for earnings stands before, that is a clause of
// its own, or in a title the first amount that is one.
func (l *figureLine) pay() (p market.Pay, start, end int, ok bool) {
	for i := 0; i < len(l.tokens); i++ {
		if !l.money(i) {
			continue
		}
		from, to := l.amountAround(i)
		i = to - 1
		if !l.earned(from) && !l.clause(from, to) {
			continue
		}
		start, end = l.span(from, to)
		if p = ParsePay(l.text[start:end]); p.Status == market.PayStated {
			return p, start, end, true
		}
	}
	return market.Pay{}, 0, 0, false
}

// money reports whether an amount of money stands at a token: "8tr", "300k", "10 triệu", "8.000.000", "hai mươi triệu".
func (l *figureLine) money(i int) bool {
	w := l.at(i)
	if slices.Contains(moneyUnits, w) {
		return i > 0 && (digit(l.at(i-1)) || l.numberWord(i-1)) && w != "k" || i > 0 && w == "k" && digit(l.at(i-1))
	}
	if !digit(w) {
		return false
	}
	unit := strings.TrimLeft(w, "0123456789")
	unit = strings.TrimRight(unit, "0123456789")
	return unit != "" && slices.Contains(moneyUnits, unit) || l.thousands(i)
}

// thousands reports whether a number with thousands marks begins at a token.
func (l *figureLine) thousands(i int) bool {
	if !allDigits(l.at(i)) || len(l.at(i)) > 3 || i+2 >= len(l.tokens) {
		return false
	}
	gap := l.text[l.start+l.tokens[i].End : l.start+l.tokens[i+1].Start]
	return (gap == "." || gap == ",") && len(l.at(i+1)) == 3 && allDigits(l.at(i+1)) && (len(l.at(i+2)) == 3 && allDigits(l.at(i+2)) || slices.Contains(moneyUnits, l.at(i+2)))
}

// amountAround widens a money token to the whole amount or range and what bounds it.
func (l *figureLine) amountAround(i int) (from, to int) {
	from, to = i, i+1
	part := func(at int) bool {
		w := l.at(at)
		return digit(w) || slices.Contains(moneyUnits, w) || l.numberWord(at) || slices.Contains([]string{"den", "toi", "tu", "tren", "duoi", "hon", "khoang", "upto", "up", "to", "it", "nhat", "thieu", "da", "ruoi"}, w)
	}
	for from > 0 && i-from < 8 && part(from-1) && !l.cut(from) {
		from--
	}
	for to < len(l.tokens) && to-i < 10 && (part(to) || slices.Contains(payTails, l.at(to))) && !l.cut(to) {
		to++
	}
	for to-1 > i && slices.Contains([]string{"tu", "tren", "den", "toi", "it", "khoang", "hon"}, l.at(to-1)) {
		to--
	}
	return from, to
}

// spelledNumbers are the exact keys of numbers in words.
var spelledNumbers = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range []string{"một", "hai", "ba", "bốn", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "chục", "trăm"} {
		out[Exact(w)] = true
	}
	return out
}()

// numberWord reports whether a token is a number in words: "hai", not "Hải". Without marks only in a line that
// has none.
func (l *figureLine) numberWord(i int) bool {
	if i < 0 || i >= len(l.tokens) {
		return false
	}
	return spelledNumbers[l.tokens[i].Exact] || numberWords[l.tokens[i].Fold] > 0 && !anyMarked(l.tokens)
}

// cut reports whether a comma followed by a space, a bracket or a plus parts two tokens.
func (l *figureLine) cut(i int) bool {
	gap := l.text[l.start+l.tokens[i-1].End : l.start+l.tokens[i].Start]
	return strings.ContainsAny(gap, "()+;:") || strings.Contains(gap, ", ")
}

// clause reports whether an amount is all that stands between two commas or full stops: "8 triệu, có ký túc xá" can
// only mean what the work earns.
func (l *figureLine) clause(from, to int) bool {
	begins := from == 0 || l.cut(from)
	return begins && (to == len(l.tokens) || l.cut(to))
}

// earned reports whether an amount is what the work earns: the nearest word before it that owns an amount is
// one for earnings, or there is none and the sentence is a title.
func (l *figureLine) earned(from int) bool {
	for i := from - 1; i >= 0 && from-i < 14; i-- {
		pair := l.at(i) + " " + l.at(i+1)
		switch {
		case slices.Contains(extraWords, l.at(i)) || slices.Contains(extraWords, pair) && i+1 < from:
			return false
		case slices.Contains(earningWords, l.at(i)) || slices.Contains(earningWords, pair) && i+1 < from:
			return true
		}
	}
	return l.title
}
