package files

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// sheetDate reads a date as people and programs write it, the day number of a spreadsheet included (days
// since 30 December 1899), and an instant, of which the day counts.
func sheetDate(field, text string) (market.Date, error) {
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 2200 && n < 110_000 {
		return market.DateOf(time.Date(1899, 12, 30, 12, 0, 0, 0, market.Zone).AddDate(0, 0, int(n))), nil
	}
	if m := dayAndTime.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return market.ParseDate(field, text)
}

var dayAndTime = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})[T ]\d{1,2}:\d{2}`)

// says reports whether a text has one of the phrases, marks and case aside, as whole words.
func says(text string, phrases ...string) bool { return saysFolded(taxonomy.Fold(text), phrases...) }

func saysFolded(fold string, phrases ...string) bool {
	fold = " " + fold + " "
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(fold, " "+p+" ") })
}

// shiftIn and contractIn read the kind of work; what says both is not decided.
func shiftIn(text string) string {
	fold := taxonomy.Fold(text)
	part := saysFolded(fold, "part time", "parttime", "ban thoi gian")
	full := saysFolded(fold, "full time", "fulltime", "toan thoi gian", "nhan vien chinh thuc")
	switch {
	case part && !full:
		return "part_time"
	case saysFolded(fold, "3 ca", "ba ca"):
		return "three_shifts"
	case saysFolded(fold, "2 ca", "hai ca"):
		return "two_shifts"
	case saysFolded(fold, "ca dem", "lam dem"):
		return "night"
	case saysFolded(fold, "gio hanh chinh", "hanh chinh"):
		return "day"
	}
	return ""
}

func contractIn(text string) string {
	fold := taxonomy.Fold(text)
	full := saysFolded(fold, "toan thoi gian co dinh", "nhan vien chinh thuc", "full time")
	switch {
	case slices.Contains(market.ContractTypes, strings.TrimSpace(strings.Trim(text, " ;"))):
		return strings.TrimSpace(strings.Trim(text, " ;"))
	case saysFolded(fold, "khong xac dinh thoi han"):
		return "indefinite"
	case saysFolded(fold, "thoi vu") && !full:
		return "seasonal"
	}
	return ""
}

// benefitWords are how advertisements name what an employer gives.
var benefitWords = []struct {
	code  string
	words []string
}{
	{"dormitory", []string{"ky tuc xa", "ki tuc xa", "cho o", "nha o", "phong o", "bao an o", "ho tro an o"}},
	{"meals", []string{"an ca", "com trua", "an trua", "bao an", "suat an", "bua an", "com ca", "tien an"}},
	{"bus", []string{"xe dua don", "xe bus dua don", "dua don"}},
	{"insurance", []string{"bao hiem", "bhxh", "bhyt", "insurance"}},
	{"travel", []string{"tau xe", "ve xe", "xang xe", "di lai"}},
	{"childcare", []string{"nha tre", "con nho", "gui tre"}},
	{"bonus", []string{"thuong", "luong thang 13", "bonus"}},
	{"training", []string{"dao tao", "training", "day nghe"}},
	{"uniform", []string{"dong phuc", "bao ho lao dong", "uniform"}},
}

// benefitsIn reads the column of benefits; what a clause denies is not there.
func benefitsIn(text string) []string {
	found := map[string]bool{}
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("\n.;,•+", r) }) {
		fold := taxonomy.Fold(clause)
		if saysFolded(fold, "khong") {
			continue
		}
		for _, b := range benefitWords {
			if saysFolded(fold, b.words...) || strings.TrimSpace(clause) == b.code {
				found[b.code] = true
			}
		}
	}
	var out []string
	for _, code := range market.Benefits {
		if found[code] {
			out = append(out, code)
		}
	}
	return out
}
