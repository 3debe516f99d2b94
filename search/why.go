package search

import (
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// why says what a hit answers with: words of the title, else of the text; the place; the pay.
func (in *intent) why(r *row, dict *dictionary) []market.Reason {
	var out []market.Reason
	title := " " + taxonomy.Fold(r.title) + " "
	var inTitle []string
	for _, t := range in.words {
		if strings.Contains(title, " "+t.Fold+" ") {
			inTitle = append(inTitle, t.Fold)
		}
	}
	switch {
	case len(inTitle) > 0:
		out = append(out, market.Reason{Code: "search_title", Args: []string{strings.Join(inTitle, " ")}})
	case len(in.words) > 0:
		out = append(out, market.Reason{Code: "search_text"})
	}
	for _, g := range []int{groupCommunes, groupProvinces} {
		for _, n := range r.codes[g] {
			if code := dict.all()[n]; slices.Contains(in.places, code) {
				out = append(out, market.Reason{Code: "search_place", Args: []string{code}})
				return out
			}
		}
	}
	return out
}
