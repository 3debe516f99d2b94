package search

import (
	"regexp"
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
)

// intent is what a text asks for.
type intent struct {
	words     []word // what must be found as text
	marked    bool
	ideas     []wanted
	chips     []Chip
	places    []string // communes, provinces and countries that were named
	placeOnly []string // …when nothing else was asked for: answers must be there
	minPay    int64
	maxPay    int64
	empty     bool // nothing was typed
}

// word is a syllable that was typed.
type word struct {
	taxonomy.Token
	known  bool // inside a recognised phrase: its marks are right
	filler bool // says that something is looked for, not what
}

// understand reads a text.
func understand(text string, lex *taxonomy.Taxonomy) intent {
	in := intent{empty: strings.TrimSpace(text) == ""}
	text = clip(text)
	for _, t := range taxonomy.Tokens(text) {
		in.words = append(in.words, word{Token: t})
	}
	in.marked = slices.ContainsFunc(in.words, func(w word) bool { return w.Marked() })
	concepts := lex.Recognise(text)
	for i := range in.words {
		in.words[i].known = slices.ContainsFunc(concepts, func(c taxonomy.Concept) bool { return c.Start <= in.words[i].Start && in.words[i].End <= c.End })
	}
	in.ideas = wantedIn(lex, concepts)
	in.readPay(text)
	in.readPlaces(text, lex, concepts)
	in.passFillers()
	if !in.wants() {
		in.placeOnly = in.places
	}
	return in
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
	in.words = slices.DeleteFunc(slices.Clone(in.words), func(w word) bool { return w.Start >= from && w.End <= to })
	for _, c := range chips {
		c.Typed = strings.TrimSpace(text[from:to])
		c.Without = strings.Join(strings.Fields(text[:from]+" "+text[to:]), " ")
		in.chips = append(in.chips, c)
	}
}

// readPlaces takes what names a place out of the words and keeps its codes. A country stays a word too: a posting that
// mentions one is an answer by itself.
func (in *intent) readPlaces(text string, lex *taxonomy.Taxonomy, concepts []taxonomy.Concept) {
	for _, p := range lex.ParsePlaces(text).List {
		from := strings.Index(text, p.Stated)
		if from < 0 || p.Stated == "" {
			continue
		}
		if slices.ContainsFunc(concepts, func(c taxonomy.Concept) bool {
			return c.Kind != taxonomy.PlaceConcept && c.Start < from+len(p.Stated) && from < c.End
		}) {
			continue // "thợ may" is a trade, whatever commune sounds like it
		}
		if !in.meansPlace(from, from+len(p.Stated)) {
			continue
		}
		var codes []string
		for _, c := range p.Candidates {
			codes = append(codes, c.Communes...)
			if len(c.Communes) == 0 && c.Province != "" {
				codes = append(codes, c.Province)
			}
		}
		in.take(text, in.before(from), from+len(p.Stated), Chip{Kind: ChipPlace, Codes: codes})
		in.places = append(in.places, codes...)
	}
	for _, c := range concepts {
		if c.Kind == taxonomy.PlaceConcept && c.Place == taxonomy.InCountry && c.ID != "VN" {
			in.places = append(in.places, c.ID)
		}
	}
	slices.Sort(in.places)
	in.places = slices.Compact(in.places)
	if len(in.places) > 60 {
		in.places = in.places[:60]
	}
}

// meansPlace reports whether a span names a place: one syllable without marks does so only when it is all there is.
func (in *intent) meansPlace(from, to int) bool {
	n, marked := 0, false
	for _, w := range in.words {
		if w.Start >= from && w.End <= to {
			n, marked = n+1, marked || w.Marked()
		}
	}
	return n > 1 || marked || n == len(in.words)
}

// before gives where the words begin that belong to a place's name, "ở" and the like.
func (in *intent) before(from int) int {
	for _, f := range placeFillers {
		for i := range in.words {
			if to := i + len(f); to <= len(in.words) && in.words[to-1].End <= from && (to == len(in.words) || in.words[to].Start >= from) && in.same(in.words[i:to], f) {
				return in.words[i].Start
			}
		}
	}
	return from
}

// fillers are words that say that something is looked for, not what.
var fillers = tokenLists("việc làm", "công việc", "tuyển dụng", "tìm việc", "cần tìm", "cần tuyển", "xin việc", "đang tuyển", "tìm", "tuyển", "cần", "muốn",
	"em", "mình", "tôi", "cho", "người", "có", "và", "hoặc", "nào", "không", "biết", "là", "các", "những", "một", "nhu cầu", "mong muốn", "được", "với", "thì", "ạ", "đi")

// placeFillers stand before the name of a place.
var placeFillers = tokenLists("ở", "tại", "gần", "quanh", "khu vực", "về", "trong", "ngoài")

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
