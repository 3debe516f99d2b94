package search

import (
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
)

// readPlaces takes what names a place out of the words and keeps its codes, and gives the concepts that are left. A
// country stays a word too: a posting that mentions one is an answer by itself.
func (in *intent) readPlaces(text, home string, lex *taxonomy.Taxonomy, concepts []taxonomy.Concept) []taxonomy.Concept {
	type span struct{ from, to int }
	var spans []span
	var countries [][2]int
	for _, c := range concepts {
		if c.Kind == taxonomy.PlaceConcept && !slices.Contains(spans, span{c.Start, c.End}) {
			spans = append(spans, span{c.Start, c.End})
		}
	}
	for _, p := range lex.ParsePlaces(text).List { // places elsewhere that stand without their type
		if from := strings.Index(text, p.Stated); from >= 0 && p.Stated != "" {
			spans = append(spans, span{from, from + len(p.Stated)})
		}
	}
	for _, s := range spans {
		trade := func(c taxonomy.Concept) bool { // the phrases of work abroad name the country: "đi Đài Loan"
			inside := s.from <= c.Start && c.End <= s.to && c.End-c.Start < s.to-s.from
			return c.Kind != taxonomy.PlaceConcept && c.ID != taxonomy.WorkAbroad && c.Start < s.to && s.from < c.End && !inside
		}
		if slices.ContainsFunc(concepts, trade) || !in.meansPlace(s.from, s.to) || !in.left(s.from, s.to) {
			continue // "thợ may" is a trade, whatever commune sounds like it
		}
		codes, country := placeCodes(lex, text[s.from:s.to], home)
		if len(codes) == 0 {
			continue
		}
		in.places = append(in.places, codes...)
		in.placeNames = append(in.placeNames, taxonomy.Tokens(text[s.from:s.to]))
		slices.Sort(codes)
		codes = slices.Compact(codes)
		chip := Chip{Kind: ChipPlace, Codes: codes}
		if country {
			countries = append(countries, [2]int{s.from, s.to})
			continue
		}
		in.take(text, in.before(s.from), s.to, chip)
		concepts = slices.DeleteFunc(concepts, func(c taxonomy.Concept) bool { return s.from <= c.Start && c.End <= s.to })
	}
	slices.Sort(in.places)
	in.places = slices.Compact(in.places)
	in.markCountries(countries)
	return concepts
}

// markCountries tells the words that name a country; of names that overlap the longer one is meant.
func (in *intent) markCountries(spans [][2]int) {
	slices.SortStableFunc(spans, func(a, b [2]int) int { return (b[1] - b[0]) - (a[1] - a[0]) })
	for _, span := range spans {
		inside := func(w word) bool { return w.Start >= span[0] && w.End <= span[1] }
		if slices.ContainsFunc(in.words, func(w word) bool { return inside(w) && w.country != [2]int{} }) {
			continue
		}
		for i, w := range in.words {
			if inside(w) {
				in.words[i].country = span
			}
		}
	}
}

// placeCodes gives the codes of what a place's name stands for: at home when there is one of the name.
func placeCodes(lex *taxonomy.Taxonomy, name, home string) (codes []string, country bool) {
	add := func(c taxonomy.Place) {
		switch {
		case len(c.Communes)+len(c.Within) > 0:
			codes = append(append(codes, c.Communes...), c.Within...)
		case c.Province != "":
			codes = append(codes, c.Province)
		}
	}
	places := lex.ParsePlaces(name)
	for _, p := range places.List {
		for _, c := range lex.FindPlaces(p.Stated) {
			if home != "" && c.Province == home {
				add(c)
			}
		}
		if len(codes) == 0 {
			for _, c := range p.Candidates {
				add(c)
			}
		}
	}
	if len(codes) > 0 {
		slices.Sort(codes)
		return slices.Compact(codes), false
	}
	for _, w := range places.Workplaces() {
		if w.Country != "" && w.Country != "VN" {
			codes = append(codes, w.Country)
		}
	}
	return codes, true
}

// left reports whether words of a span have not been taken yet.
func (in *intent) left(from, to int) bool {
	return slices.ContainsFunc(in.words, func(w word) bool { return w.Start >= from && w.End <= to })
}

// meansPlace reports whether a span names a place: one syllable without marks does so only when it is all there is.
func (in *intent) meansPlace(from, to int) bool {
	n, marked := 0, false
	for _, w := range in.words {
		if w.Start >= from && w.End <= to {
			n, marked = n+1, marked || w.Marked()
		}
	}
	return n > 1 || marked || n == in.typed
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

// placeFillers stand before the name of a place.
var placeFillers = tokenLists("ở", "tại", "gần", "quanh", "khu vực", "về", "trong", "ngoài")
