package taxonomy

import (
	"math"
	"strings"
)

// Experience is how much practice an advertisement asks for, in months. Max 0 is "no ceiling".
type Experience struct {
	Min, Max int
	Stated   bool // false: the field says nothing, or nothing that is understood
}

// months in one of the words for a span of time.
var spans = map[string]float64{"nam": 12, "year": 12, "years": 12, "yr": 12, "yrs": 12, "y": 12, "thang": 1, "month": 1, "months": 1, "tuan": 12.0 / 52}

// noExperience phrases ask for none.
var noExperience = []string{"khong yeu cau", "khong can", "chua co kinh nghiem", "khong doi hoi", "khong kinh nghiem", "chua can", "no experience", "not required", "khong bat buoc", "moi tot nghiep", "khong co kinh nghiem", "se duoc dao tao", "duoc dao tao"}

// ParseExperience reads "không yêu cầu", "2 - 5 năm", "dưới 1 năm", "trên 0.5 năm", "ít nhất 6 tháng". "Under"
// is a ceiling, "over" and "at least" a floor; a single figure is a floor too: who has more still fits. A
// range the wrong way round is not understood.
func ParseExperience(text string) Experience {
	r := payReader{items: lexPay(text)}
	for i := range r.items {
		if e, ok := r.span(i); ok && e.Max > 0 && e.Min > e.Max {
			return Experience{}
		} else if ok {
			return e
		}
	}
	if r.says(noExperience...) {
		return Experience{Stated: true}
	}
	return Experience{}
}

// span reads a span of time that begins with a number at item i.
func (r *payReader) span(i int) (Experience, bool) {
	first := r.at(i)
	if first.kind != payNumber {
		return Experience{}, false
	}
	unit, known := spans[r.at(i+1).text]
	next := i + 1
	if known {
		next++
	}
	if j, ok := r.rangeAt(next); ok && r.at(j).kind == payNumber {
		second, ok := spans[r.at(j+1).text]
		if !ok {
			return Experience{}, false
		}
		if !known {
			unit = second
		}
		e := Experience{Min: monthsOf(first.value, unit), Max: monthsOf(r.at(j).value, second), Stated: true}
		return e, true
	}
	if !known {
		return Experience{}, false
	}
	months := monthsOf(first.value, unit)
	if r.boundBefore(i) == atMost {
		return Experience{Max: months, Stated: true}, true
	}
	return Experience{Min: months, Stated: true}, true
}

// monthsOf is at most fifty years: more is a slip of the hand.
func monthsOf(value, unit float64) int { return int(math.Round(min(value*unit, 600))) }

// openingWords come before the number of people wanted, peopleWords after it.
var (
	openingWords = []string{"so luong", "can tuyen", "tuyen dung", "tuyen gap", "tuyen", "can gap", "can them", "can", "sl", "so luong tuyen", "tuyen them", "chi tieu"}
	peopleWords  = map[string]bool{
		"nguoi": true, "nhan": true, "cong": true, "tho": true, "lao": true, "ldpt": true, "nam": true, "nu": true, "ban": true, "lai": true, "bao": true,
		"ky": true, "vi": true, "ung": true, "chi": true, "suat": true, "nv": true, "cn": true, "tai": true, "phu": true, "dau": true, "ke": true, "giao": true, "bac": true, "dieu": true, "le": true, "tap": true, "chuyen": true, "em": true, "thanh": true, "slot": true, "vien": true, "to": true, "truong": true,
	}
)

// ParseOpenings reads how many people are wanted: "cần 3 thợ hàn", "tuyển 50 công nhân", "số lượng: 05
// người", "(SL: 2)". ok is false when no number of people is said; several numbers are added up when each
// has its own people ("3 nam, 2 nữ").
func ParseOpenings(text string) (count int, ok bool) {
	r := payReader{items: lexPay(text)}
	for i, it := range r.items {
		n := int(it.value)
		if it.kind != payNumber || it.value != float64(n) || n < 1 || n > 10000 {
			continue
		}
		wanted, people := r.wantedBefore(i), peopleWords[r.at(i+1).text] && r.peopleAt(i+1)
		switch {
		case wanted && (people || r.ends(i+1) || r.at(i+1).kind == payWord && !notPeople[r.at(i+1).text]):
			count += n
		case people && (len(r.items) <= 3 || count > 0):
			count += n
		}
	}
	if count == 0 && len(r.items) == 1 && r.items[0].kind == payNumber {
		count = int(min(r.items[0].value, 10000))
	}
	return count, count > 0
}

// notPeople are words after a number that count something else.
var notPeople = map[string]bool{
	"nam": true, "thang": true, "ngay": true, "gio": true, "h": true, "trieu": true, "tr": true, "k": true, "nghin": true, "ngan": true, "tuoi": true, "ca": true, "km": true,
	"dong": true, "d": true, "tan": true, "cho": true, "m": true, "vi": true, "phan": true, "loai": true, "hang": true, "cap": true, "buoi": true, "tuan": true, "usd": true,
}

// peopleAt tells "3 nam" (men) from "3 năm" (years) when marks were lost: years are followed by experience.
func (r *payReader) peopleAt(i int) bool {
	return r.at(i).text != "nam" || r.at(i+1).text != "kinh" && r.at(i+1).text != "tro" && r.at(i+1).text != "lam"
}

func (r *payReader) ends(i int) bool { return i >= len(r.items) || r.at(i).kind == paySymbol }

// wantedBefore reports whether a word for wanting people stands directly before item i.
func (r *payReader) wantedBefore(i int) bool {
	for i > 0 && (r.at(i-1).text == ":" || r.at(i-1).text == "." || r.at(i-1).text == "-" || r.at(i-1).text == "khoang" || r.at(i-1).text == "gap" || r.at(i-1).text == "them" || r.at(i-1).text == "tuyen") {
		if r.at(i-1).text == "tuyen" {
			break
		}
		i--
	}
	one, two := r.at(i-1).text, r.at(i-2).text+" "+r.at(i-1).text
	for _, w := range openingWords {
		if w == one || w == two && strings.Contains(w, " ") {
			return true
		}
	}
	return false
}
