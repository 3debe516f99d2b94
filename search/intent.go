package search

import (
	"regexp"
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
)

// intent is what a text asks for.
type intent struct {
	words      []word // what must be found as text
	typed      int    // words there were at first
	taken      []word // those that were understood as something else
	marked     bool
	near       *bonus // worked out once for all tries
	ideas      []wanted
	chips      []Chip
	places     []string           // communes, provinces and countries that were named
	placeNames [][]taxonomy.Token // their words
	loose      bool               // nothing has all that was asked: a part of it will do
	placeOnly  []string           // …when nothing else was asked for: answers must be there
	minPay     int64
	maxPay     int64
	benefits   []string   // each must be offered
	times      [][]string // of each, one must be
	novice     bool
	bonus      []string // concepts that are welcome, not asked
	empty      bool     // nothing was typed
}

// word is a syllable that was typed.
type word struct {
	taxonomy.Token
	known   bool             // inside a recognised phrase: its marks are right
	filler  bool             // says that something is looked for, not what
	long    []taxonomy.Token // what it is short for, as a whole phrase
	country [2]int           // bytes of the name of a country that it is part of, {0, 0} for none
}

// understand reads a text. In home's communes and districts need no type before their names.
func understand(text, home string, lex *taxonomy.Taxonomy) intent {
	in := intent{empty: strings.TrimSpace(text) == ""}
	text = clip(text)
	for _, t := range taxonomy.Tokens(text) {
		in.words = append(in.words, word{Token: t})
	}
	in.typed = len(in.words)
	in.marked = slices.ContainsFunc(in.words, func(w word) bool { return w.Marked() })
	in.readPay(text)
	concepts := lex.RecogniseNear(text, home)
	concepts = in.readPlaces(text, home, lex, concepts)
	concepts = in.readWork(text, concepts)
	in.readShort(text, lex)
	for i := range in.words {
		in.words[i].known = slices.ContainsFunc(concepts, func(c taxonomy.Concept) bool { return c.Start <= in.words[i].Start && in.words[i].End <= c.End })
	}
	in.ideas = wantedIn(lex, concepts)
	in.reread(text, home, lex)
	in.passFillers()
	if !in.wants() {
		in.placeOnly = in.places
		for i := range in.chips {
			in.chips[i].Strict = in.chips[i].Kind == ChipPlace
		}
	}
	return in
}

// readShort keeps what the short forms mean.
func (in *intent) readShort(text string, lex *taxonomy.Taxonomy) {
	for _, a := range lex.Abbreviations(text) {
		for i, w := range in.words {
			if a.Start <= w.Start && w.End <= a.End {
				in.words[i].long = taxonomy.Tokens(a.Meaning)
			}
		}
	}
}

// readWork takes benefits, work times and words of experience out of the words: they are filters. It gives the concepts
// that are left.
func (in *intent) readWork(text string, concepts []taxonomy.Concept) []taxonomy.Concept {
	taken := map[[2]int]bool{}
	for i, c := range concepts {
		var same []string // a phrase may stand for several
		for _, o := range concepts[i:] {
			if o.Start == c.Start && o.End == c.End && o.Kind == c.Kind {
				same = append(same, o.ID)
			}
		}
		if i > 0 && concepts[i-1].Start == c.Start && concepts[i-1].End == c.End && concepts[i-1].Kind == c.Kind {
			continue
		}
		chip := Chip{Codes: same}
		switch {
		case c.Kind == taxonomy.BenefitConcept:
			chip.Kind, in.benefits = ChipBenefit, append(in.benefits, same...)
			in.said(same)
		case c.Kind == taxonomy.WorkTimeConcept:
			chip.Kind, in.times = ChipShift, append(in.times, same)
			in.said(same)
		case c.Kind == taxonomy.ExperienceConcept && c.ID == taxonomy.NoExperience:
			chip.Kind, chip.Codes, in.novice = ChipExperience, nil, true
			in.said([]string{c.ID})
		default:
			continue
		}
		taken[[2]int{c.Start, c.End}] = true
		in.take(text, c.Start, c.End, chip)
	}
	return slices.DeleteFunc(slices.Clone(concepts), func(c taxonomy.Concept) bool { return taken[[2]int{c.Start, c.End}] })
}

// said welcomes documents that say it themselves, the title before the rest.
func (in *intent) said(ids []string) {
	for _, id := range ids {
		in.bonus = append(in.bonus, workIdea+id)
	}
}

// reread recognises what is left with the punctuation passed over ("Sửa chữa máy tính, máy in" is one skill), and then,
// as slips, with the marks passed over too: "thơ hàn" is thợ hàn. Two words at least, and not all of them recognised
// as typed.
func (in *intent) reread(text, home string, lex *taxonomy.Taxonomy) {
	for _, slip := range []bool{false, true} {
		var again strings.Builder
		starts := make([]int, len(in.words))
		for i, w := range in.words {
			starts[i] = again.Len()
			if slip {
				again.WriteString(w.Fold + " ")
			} else {
				again.WriteString(text[w.Start:w.End] + " ")
			}
		}
		var found []wanted
		for _, w := range wantedIn(lex, lex.RecogniseNear(again.String(), home)) {
			from, begins := slices.BinarySearch(starts, w.from)
			to, _ := slices.BinarySearch(starts, w.to)
			if !begins || to-from < 2 || !slices.ContainsFunc(in.words[from:to], func(o word) bool { return !o.known }) {
				continue
			}
			share := w.share
			if slip {
				share *= slipShare
			}
			found = append(found, wanted{idea: w.idea, share: share, from: in.words[from].Start, to: in.words[to-1].End, slip: slip && in.marked})
		}
		in.ideas = append(in.ideas, found...)
		for i, w := range in.words {
			in.words[i].known = w.known || !slip && slices.ContainsFunc(found, func(f wanted) bool { return f.from <= w.Start && w.End <= f.to })
		}
	}
}

// maxTyped is how much of a text is looked at, in bytes: enough for a title, too little to be a burden.
const maxTyped = 400

func clip(text string) string {
	if len(text) > maxTyped {
		text = text[:maxTyped]
	}
	return strings.ToValidUTF8(text, " ")
}

// take removes the words of a span and remembers what they were understood as.
func (in *intent) take(text string, from, to int, chips ...Chip) {
	in.words = slices.DeleteFunc(slices.Clone(in.words), func(w word) bool {
		inside := w.Start >= from && w.End <= to
		if inside {
			in.taken = append(in.taken, w)
		}
		return inside
	})
	for _, c := range chips {
		c.Typed = strings.TrimSpace(text[from:to])
		c.Without = strings.Join(strings.Fields(text[:from]+" "+text[to:]), " ")
		in.chips = append(in.chips, c)
	}
}

// fillers are words that say that something is looked for, not what.
var fillers = tokenLists("việc làm", "việc", "công việc", "tuyển dụng", "tìm việc", "cần tìm", "cần tuyển", "xin việc", "đang tuyển", "tìm", "tuyển", "cần", "muốn",
	"em", "mình", "tôi", "cho", "người", "có", "và", "hoặc", "nào", "không", "biết", "là", "các", "những", "một", "nhu cầu", "mong muốn", "được", "với", "thì", "ạ", "đi", "gần nhà", "quanh đây", "ở đâu", "đâu", "đang", "cháu", "anh", "chị", "xin", "vậy", "nhé", "ai", "thấy", "hợp", "nào đó", "làm")

func tokenLists(phrases ...string) [][]taxonomy.Token {
	out := make([][]taxonomy.Token, len(phrases))
	for i, p := range phrases {
		out[i] = taxonomy.Tokens(p)
	}
	return out
}

// passFillers marks them, unless nothing else was typed. A word inside a recognised phrase is never one.
func (in *intent) passFillers() {
	for i := range in.words {
		for _, f := range fillers {
			if i+len(f) <= len(in.words) && in.same(in.words[i:i+len(f)], f) {
				for j := range f {
					in.words[i+j].filler = true
				}
			}
		}
	}
	if !in.wants() && len(in.places) == 0 && len(in.chips) == 0 {
		for i := range in.words {
			in.words[i].filler = false
		}
	}
}

// same reports whether words are those of a phrase: with their marks, where marks were typed at all.
func (in *intent) same(words []word, phrase []taxonomy.Token) bool {
	for j, p := range phrase {
		if w := words[j]; w.known || w.Fold != p.Fold || in.marked && w.Exact != p.Exact {
			return false
		}
	}
	return true
}

// asks reports whether the text names something that documents must have.
func (in *intent) asks() bool { return in.wants() || len(in.placeOnly) > 0 }

// wants reports whether words are left that say what is looked for.
func (in *intent) wants() bool {
	return slices.ContainsFunc(in.words, func(w word) bool { return !w.filler })
}

// readPay takes a wish for pay out of the words: "lương trên 10 triệu" asks for postings that reach it, "từ 7 đến 9
// triệu" for those that pay within it.
func (in *intent) readPay(text string) {
	from, to := in.payPhrase()
	if from == to {
		return
	}
	start, end := in.words[from].Start, in.words[to-1].End
	p := taxonomy.ParsePay(text[start:end])
	least, most, ok := p.Monthly(rate(p))
	if !ok {
		return
	}
	if in.minPay = least; least == 0 {
		in.maxPay = most
	} else if most > least {
		in.maxPay = most
	}
	in.take(text, start, end, Chip{Kind: ChipPay, Least: in.minPay, Most: in.maxPay})
}

// payPhrase gives the tokens from a word for pay, or a figure before "triệu", to the end of the figure.
func (in *intent) payPhrase() (from, to int) {
	for i, t := range in.words {
		if slices.Contains(unitWords, t.Fold) || amount.MatchString(t.Fold) {
			to = i + 1
		}
	}
	if to == 0 {
		return 0, 0
	}
	for from = to - 1; from > 0; from-- {
		before := in.words[from-1].Fold
		if !slices.Contains(payWordsAround, before) && !figure.MatchString(before) {
			break
		}
	}
	return from, to
}

var (
	unitWords      = []string{"trieu", "tr", "cu", "nghin", "ngan", "vnd", "dong"}
	payWordsAround = []string{"luong", "thu", "nhap", "tren", "tu", "hon", "khoang", "toi", "thieu", "it", "nhat", "muc", "den", "duoi", "trieu", "tr", "ngan", "nghin"}
	figure         = regexp.MustCompile(`^\d+$`)
	amount         = regexp.MustCompile(`^\d+(tr|trieu|k|cu|m)\d*$`)
)
