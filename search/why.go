package search

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// why says what a hit answers with: the words of its title, else that it is in the text; and where it is. The title's
// words are given as they stand there, with their marks: "tho han" is answered by "Thợ hàn".
func (in *intent) why(t *table, doc uint32, dict *dictionary, lex *taxonomy.Taxonomy) []market.Reason {
	var out []market.Reason
	named := in.named(t.title(doc), lex)
	switch {
	case len(named) > 0:
		out = append(out, market.Reason{Code: "search_title", Args: []string{strings.Join(named, ", ")}})
	case in.wants():
		out = append(out, market.Reason{Code: "search_text"})
	}
	if there, ok := in.there(t, doc, dict, lex); ok {
		out = append(out, there)
	}
	return out
}

// named gives the pieces of a title that the text asks for: its words, and the phrases that mean the same.
func (in *intent) named(title string, lex *taxonomy.Taxonomy) []string {
	words := taxonomy.Tokens(title)
	asked := make([]bool, len(words))
	for i, w := range words {
		asked[i] = slices.ContainsFunc(in.words, func(t word) bool {
			return !t.filler && t.Fold == w.Fold && (!in.marked || !t.Marked() || t.Exact == w.Exact)
		})
	}
	if len(in.ideas) > 0 {
		for _, c := range lex.Recognise(title) {
			kinds := widened(lex, ideaOf(c))
			if !slices.ContainsFunc(in.ideas, func(w wanted) bool { return w.share >= leastShare && slices.Contains(kinds, w.idea) }) {
				continue
			}
			for i, w := range words {
				asked[i] = asked[i] || c.Start <= w.Start && w.End <= c.End
			}
		}
	}
	var out []string
	for i := 0; i < len(words); i++ {
		from := i
		for i < len(words) && asked[i] {
			i++
		}
		if i > from {
			out = append(out, title[words[from].Start:words[i-1].End])
		}
	}
	return out
}

// there says that a document is at a place that was named, or how far it is from the nearest of them.
func (in *intent) there(t *table, doc uint32, dict *dictionary, lex *taxonomy.Taxonomy) (market.Reason, bool) {
	words := dict.all()
	for _, g := range []int{groupCommunes, groupProvinces, groupAbroad} {
		for _, n := range t.codes[g].of(doc) {
			if code := words[n]; slices.Contains(in.places, code) {
				return market.Reason{Code: "search_place", Args: []string{code}}, true
			}
		}
	}
	if len(in.places) > mostCentres {
		return market.Reason{}, false
	}
	least, centre := float64(placeReachKm), ""
	for _, code := range in.places {
		for _, n := range t.codes[groupCommunes].of(doc) {
			if km, ok := lex.DistanceKm(code, words[n]); ok && km < least {
				least, centre = km, code
			}
		}
	}
	if centre == "" {
		return market.Reason{}, false
	}
	return market.Reason{Code: "search_near", Args: []string{centre, strconv.Itoa(max(1, int(math.Round(least))))}}, true
}
