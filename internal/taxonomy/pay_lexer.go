package taxonomy

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// payKind is what an item of a pay text is.
type payKind uint8

const (
	payWord payKind = iota
	payNumber
	paySymbol
)

// payItem is a word without marks, a number, or a sign.
type payItem struct {
	kind    payKind
	text    string
	value   float64
	digits  int  // of a whole number: "5" in "8tr5" has one
	grouped bool // written with thousands marks
	glued   bool // nothing stands between it and the item before
}

// lexPay cuts a pay text: "8tr5/tháng" is 8, tr, 5, /, thang.
func lexPay(text string) []payItem {
	folded := foldLetters(text)
	var out []payItem
	glued := false
	for i := 0; i < len(folded); {
		c := folded[i]
		start := i
		switch {
		case unicode.IsSpace(c):
			i, glued = i+1, false
			continue
		case c >= '0' && c <= '9':
			it, n := lexNumber(folded[i:])
			out = append(out, it)
			i += n
		case unicode.IsLetter(c):
			for i < len(folded) && unicode.IsLetter(folded[i]) {
				i++
			}
			i = vniEnd(folded, start, i)
			out = append(out, payItem{kind: payWord, text: plainWord(string(folded[start:i]))})
		default:
			out = append(out, payItem{kind: paySymbol, text: string(c)})
			i++
		}
		out[len(out)-1].glued, glued = glued && len(out) > 1, true
	}
	return wordNumbers(out)
}

// foldLetters gives the runes in lower case without marks; "đ" becomes d, the currency signs stay.
func foldLetters(text string) []rune {
	out := make([]rune, 0, len(text))
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		p := partsOf(r)
		switch {
		case p.base == 0: // a mark of its own
		case r == '₫':
			out = append(out, 'd')
		case r == '–', r == '—', r == '−', r == '~', r == '→', r == '‑':
			out = append(out, '-')
		case invisible(r):
		default:
			out = append(out, p.base)
		}
	}
	return out
}

// lexNumber reads a number: "8", "8,5", "8.500.000", "1,000", "10 000 000". A mark before three digits parts
// thousands, before one or two it is a decimal mark.
func lexNumber(text []rune) (payItem, int) {
	n, groups := 0, 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	whole := string(text[:n])
	mark := rune(0)
	for n < len(text) && len(whole) <= 3+3*groups {
		sep := text[n]
		three := digitsAt(text, n+1) == 3
		thousands := three && (sep == '.' || sep == ',' || sep == '\'' || sep == '’') && (mark == 0 || mark == sep) && whole != "0"
		spaced := three && (sep == ' ' || sep == '\u00a0') && string(text[n+1:n+4]) == "000" && (mark == 0 || mark == sep)
		if !thousands && !spaced {
			break
		}
		whole, mark = whole+string(text[n+1:n+4]), sep
		n, groups = n+4, groups+1
	}
	fraction := ""
	if n < len(text) && (text[n] == '.' || text[n] == ',') && text[n] != mark {
		if d := digitsAt(text, n+1); d == 1 || d == 2 || d >= 3 && groups == 0 {
			fraction = string(text[n+1 : n+1+d])
			n += 1 + d
		}
	}
	value, err := strconv.ParseFloat(whole+"."+fraction+"0", 64)
	if err != nil {
		value = 0
	}
	return payItem{kind: payNumber, text: string(text[:n]), value: value, digits: len(whole), grouped: groups > 0}, n
}

func digitsAt(text []rune, i int) int {
	n := 0
	for i+n < len(text) && text[i+n] >= '0' && text[i+n] <= '9' {
		n++
	}
	return n
}

// keywords are the words of pay texts that VNI digits or Telex letters may be left in.
var keywords = map[string]bool{
	"trieu": true, "nghin": true, "ngan": true, "dong": true, "thang": true, "ngay": true, "gio": true, "luong": true, "thoa": true,
	"thuan": true, "den": true, "tu": true, "tren": true, "duoi": true, "canh": true, "tranh": true, "thuong": true, "cong": true, "ruoi": true,
}

// vniEnd gives where a word typed with VNI digits ends ("trie65u"), or end when it is not one.
func vniEnd(text []rune, start, end int) int {
	at, bare := start, strings.Builder{}
	for at < len(text) && (unicode.IsLetter(text[at]) || text[at] >= '0' && text[at] <= '9') {
		if unicode.IsLetter(text[at]) {
			bare.WriteRune(text[at])
		}
		at++
	}
	if at > end && keywords[bare.String()] {
		return at
	}
	return end
}

// plainWord takes VNI digits and Telex letters out of a keyword; any other word stays as it is.
func plainWord(word string) string {
	bare := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, word)
	if keywords[bare] {
		return bare
	}
	telex := bare
	if n := len(telex); n > 2 && strings.ContainsRune("sfrxj", rune(telex[n-1])) {
		telex = telex[:n-1]
	}
	telex = strings.NewReplacer("aa", "a", "ee", "e", "oo", "o", "dd", "d", "w", "").Replace(telex)
	if keywords[telex] {
		return telex
	}
	return bare
}

// numberWords are the numbers people write out; "tư" is left out, it looks like "từ" without marks.
var numberWords = map[string]float64{
	"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "chuc": 10, "tram": 100,
}

// wordNumbers turns number words before a unit into a number: "mười hai triệu".
func wordNumbers(items []payItem) []payItem {
	out := items[:0]
	for i := 0; i < len(items); {
		value, n := spelled(items[i:])
		if n > 0 && (spelledUnit(items, i+n) || spelledRange(items, i+n)) {
			out = append(out, payItem{kind: payNumber, text: "spelled", value: value, digits: 9})
			i += n
			continue
		}
		out = append(out, items[i])
		i++
	}
	return out
}

func spelledUnit(items []payItem, i int) bool {
	return i < len(items) && (items[i].text == "trieu" || items[i].text == "nghin" || items[i].text == "ngan")
}

// spelledRange reports whether "đến chín triệu" follows, so that "bảy" before it is a number.
func spelledRange(items []payItem, i int) bool {
	if i >= len(items) || !rangeWords[items[i].text] {
		return false
	}
	_, n := spelled(items[i+1:])
	return n > 0 && spelledUnit(items, i+1+n)
}

// mostNumberWords is how many words one number takes: "chín trăm chín mươi chín" and some to spare.
const mostNumberWords = 8

func spelled(items []payItem) (value float64, n int) {
	for n < min(len(items), mostNumberWords) && items[n].kind == payWord {
		v, ok := numberWords[items[n].text]
		switch {
		case !ok:
			return value, n
		case items[n].text == "lam" && value >= 2 && value <= 9: // "hai lăm" is "hai mươi lăm"
			value = 10*value + v
		case v == 10 && value > 0 && math10(value) || v == 100 && value > 0:
			value *= v
		case v == 10 && value >= 100: // "một trăm hai mươi"
			value = value - float64(int(value)%10) + float64(int(value)%10)*10
		default:
			value += v
		}
		n++
	}
	return value, n
}

func math10(v float64) bool { return v < 10 }
