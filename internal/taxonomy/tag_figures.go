package taxonomy

import (
	"slices"
	"strconv"
	"strings"
)

// figureLine is one sentence in which figures are read.
type figureLine struct {
	text   string
	tokens []Token // bytes count from start
	start  int
	title  bool
}

func (l *figureLine) at(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	return l.tokens[i].Fold
}

func (l *figureLine) says(words ...string) bool {
	for i := range l.tokens {
		for _, w := range words {
			if l.at(i) == w || strings.Contains(w, " ") && l.at(i)+" "+l.at(i+1) == w {
				return true
			}
		}
	}
	return false
}

// span gives the bytes of tokens in the whole text.
func (l *figureLine) span(from, to int) (int, int) {
	return l.start + l.tokens[from].Start, l.start + l.tokens[to-1].End
}

// number gives a token's whole number of at most five digits, as people count people.
func (l *figureLine) number(i int) (int, bool) {
	w := l.at(i)
	if w == "" || len(w) > 5 || !allDigits(w) || w[0] == '0' && len(w) > 3 {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n > 0 && n <= 10000
}

// glued reports whether a token is tied to its neighbour by a sign: part of a phone number, a date, a range.
func (l *figureLine) glued(i int) bool {
	if i+1 < len(l.tokens) {
		gap := l.text[l.start+l.tokens[i].End : l.start+l.tokens[i+1].Start]
		if digit(l.at(i+1)) && (gap == "." || gap == "/" || gap == " " || gap == ",") {
			return true
		}
	}
	if i > 0 {
		gap := l.text[l.start+l.tokens[i-1].End : l.start+l.tokens[i].Start]
		return digit(l.at(i-1)) && (gap == "." || gap == "/" || gap == " " || gap == ",")
	}
	return false
}

func digit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// countedWords are words after a number that count something other than people.
var countedWords = func() map[string]bool {
	out := map[string]bool{}
	for w := range notPeople {
		out[w] = true
	}
	for _, w := range folded("lan", "thu", "nghe", "cong", "tieng", "phut", "met", "kg", "ty", "co", "so", "bua", "nghin", "vnd", "nhan", "usd", "do", "dau", "diem", "chieu", "tang", "phong", "ban", "cap", "mon", "sao", "trang", "mau", "kinh", "kien", "nhom", "buoc", "doi", "kenh", "ngoai", "hop", "don", "level", "vong", "dot", "kem", "du", "giai") {
		out[w] = true
	}
	for _, w := range []string{"ban", "nhan", "nhom", "doi", "cong"} { // "2 bạn", "50 nhân viên", "10 công nhân"
		delete(out, w)
	}
	return out
}()

// peopleNouns count people wherever they stand after a number.
var peopleNouns = folded("nguoi", "cong nhan", "lao dong", "ldpt", "nhan vien", "nhan su", "nv", "cn", "tho", "ban", "ung vien", "chi tieu", "slot", "suat", "vi tri", "nam", "nu", "lai xe", "tai xe", "bao ve", "phu bep", "dau bep", "giao vien", "dieu duong", "em", "anh", "ke toan", "ky su", "phuc vu", "tap vu", "ho ly", "phu xe", "phu ho")

// openings reads how many people are wanted. A number counts when a word that wants people stands before it
// ("tuyển 50", "số lượng: 05", "cần gấp 3 thợ hàn"), or when it counts people in a sentence that wants some
// ("tuyển 3 nam, 2 nữ"). Years of experience, ages, phone numbers and amounts do not.
func (l *figureLine) openings(recruits bool) (count, start, end int, ok bool) {
	first, last := -1, -1
	wants := recruits && (l.title || l.says("tuyen", "can tuyen", "so luong", "sl"))
	for i := range l.tokens {
		n, is := l.number(i)
		if is && l.ranged(i) { // "10-15 người": the second counts
			continue
		}
		if !is || l.glued(i) || !l.people(i, wants || first >= 0) {
			continue
		}
		count += n
		if first < 0 {
			first = i
		}
		last = i + 1
	}
	if first < 0 || count > 10000 {
		return 0, 0, 0, false
	}
	if first > 0 && (l.at(first-1) == "tuyen" || l.at(first-1) == "can" || l.at(first-1) == "luong" || l.at(first-1) == "sl") {
		first--
		if l.at(first) == "luong" {
			first--
		}
	}
	if last < len(l.tokens) {
		last++ // what is counted
	}
	start, end = l.span(first, last)
	return count, start, end, true
}

// ranged reports whether a dash and another number follow the number at a token.
func (l *figureLine) ranged(i int) bool {
	if _, is := l.number(i + 1); !is {
		return false
	}
	gap := strings.TrimSpace(l.text[l.start+l.tokens[i].End : l.start+l.tokens[i+1].Start])
	return gap == "-" || gap == "–" || gap == "~"
}

// is reports whether a token is a word: with its marks, or typed without any.
func (l *figureLine) is(i int, words ...string) bool {
	if i < 0 || i >= len(l.tokens) {
		return false
	}
	t := l.tokens[i]
	return slices.ContainsFunc(words, func(w string) bool {
		if t.Marked() {
			return t.Exact == Exact(w)
		}
		return t.Fold == Fold(w)
	})
}

// notWanted, folded, stand before people who are there already: "công ty 30 người", "nhóm 5 người".
var notWanted = folded("ty", "nhóm", "đội", "team", "lý", "đạo", "trên", "từng", "với", "thứ", "cấp", "lớp", "từ", "đến", "gồm", "mô", "trợ", "tháng", "quý", "khóa", "ngày", "kỳ")

// people reports whether the number at a token counts people who are wanted.
func (l *figureLine) people(i int, inSentence bool) bool {
	next := l.at(i + 1)
	if next == "nam" && (l.tokens[i+1].Exact != "nam" || l.at(i+2) == "kinh" || l.at(i+2) == "tro" || l.at(i+2) == "lam" || l.at(i+2) == "kn") {
		return false // years
	}
	noun := slices.Contains(peopleNouns, next) || slices.Contains(peopleNouns, next+" "+l.at(i+2))
	if next == "cong" && l.at(i+2) != "nhan" || next == "vi" && l.at(i+2) != "tri" || next == "chi" && l.at(i+2) != "tieu" && l.at(i+2) != "em" {
		noun = false
	}
	if !noun && (countedWords[next] || strings.HasPrefix(l.gapAfter(i), "%")) {
		return false
	}
	back := i - 1
	for steps := 0; steps < 3 && slices.Contains([]string{"gap", "them", "khoang", "hon", "dung", "du", "tu", "toi", "lon", "la", "nhu", "cau", "can"}, l.at(back)); steps++ {
		if l.at(back) == "can" && l.at(back-1) != "luong" {
			break
		}
		back--
	}
	if back > 0 && l.ranged(back) { // "tuyển 40-50": the word stands before the first number
		back--
	}
	wanted := l.is(back, "tuyển", "cần", "sl", "tìm") || l.is(back, "lượng") && l.is(back-1, "số") ||
		noun && (l.is(back, "tiêu") && l.is(back-1, "chỉ") || l.is(back, "cầu") && l.is(back-1, "nhu"))
	first := i
	if i > 0 && l.ranged(i-1) {
		first--
	}
	if slices.Contains(notWanted, l.at(first-1)) || noun && l.monthly(i+1) {
		return false
	}
	return wanted && (noun || next == "" || !countedWords[next]) || noun && inSentence && next != "vi" && !l.bracketed(first)
}

// bracketed reports whether a bracket opens before a token: "quản lý nhân viên (10 người)".
func (l *figureLine) bracketed(i int) bool {
	return i > 0 && strings.Contains(l.text[l.start+l.tokens[i-1].End:l.start+l.tokens[i].Start], "(")
}

// monthly reports whether people are counted by the month, as recruiters' targets are: "40 nhân sự/tháng".
func (l *figureLine) monthly(i int) bool {
	for k := i; k < min(i+3, len(l.tokens)-1); k++ {
		if l.is(k+1, "tháng") && strings.Contains(l.text[l.start+l.tokens[k].End:l.start+l.tokens[k+1].Start], "/") {
			return true
		}
	}
	return false
}

func (l *figureLine) gapAfter(i int) string { return l.text[l.start+l.tokens[i].End:] }

// experience reads the practice that is asked for, in a sentence that speaks of experience.
func (l *figureLine) experience() (e Experience, start, end int, ok bool) {
	for i := range l.tokens {
		if !(l.at(i) == "kinh" && l.at(i+1) == "nghiem") && l.at(i) != "kn" && l.at(i) != "experience" {
			continue
		}
		for from := max(0, i-7); from < min(len(l.tokens), i+9); from++ {
			if !digit(l.at(from)) || l.title && l.at(from) == "" {
				continue
			}
			to := from + 1
			for to < min(len(l.tokens), from+5) && (digit(l.at(to)) || rangeWords[l.at(to)]) && !l.cut(to) {
				to++
			}
			if to == len(l.tokens) || !isSpanWord(l.at(to)) || l.cut(to) {
				continue
			}
			begin := from
			for begin > 0 && from-begin < 3 && slices.Contains([]string{"tu", "tren", "it", "nhat", "toi", "thieu", "duoi", "hon"}, l.at(begin-1)) {
				begin--
			}
			s, f := l.span(begin, to+1)
			if e := ParseExperience(l.text[s:f]); e.Stated && max(e.Min, e.Max) <= 600 {
				return e, s, f, true
			}
		}
	}
	return Experience{}, 0, 0, false
}

func isSpanWord(w string) bool { _, ok := spans[w]; return ok && len(w) > 1 }

// meals reads "2 bữa/ngày", "bao 3 bữa".
func (l *figureLine) meals() (n, start, end int, ok bool) {
	for i := range l.tokens {
		if l.at(i) != "bua" || i == 0 {
			continue
		}
		if n, is := l.number(i - 1); is && n <= 4 {
			start, end = l.span(i-1, i+1)
			return n, start, end, true
		}
	}
	return 0, 0, 0, false
}
