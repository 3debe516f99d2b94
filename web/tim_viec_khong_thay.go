package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"noiviec/search"
)

// wider is a search that asks for less, and how many jobs it finds.
type wider struct {
	Text, Href string
	Count      int
}

// wider says what to leave out where nothing was found, most first: what the index has counted, and the words
// themselves.
func (v *visit) wider(q url.Values, query search.Query, found search.Result) []wider {
	var out []wider
	for _, w := range found.Without {
		if w.Chip != nil {
			out = append(out, wider{v.T("search.without", "“"+v.readWords(*w.Chip)+"”"), withText(q, w.Chip.Without), w.Count})
			continue
		}
		name := paramOf(w.Filter)
		words := make([]string, len(q[name]))
		for i, code := range q[name] {
			words[i] = lowerFirst(v.facetWord(name, code))
		}
		out = append(out, wider{v.T("search.without", "“"+strings.Join(words, ", ")+"”"), searchPath(q, func(q url.Values) { q.Del(name) }), w.Count})
	}
	if text := strings.TrimSpace(q.Get("q")); text != "" && len(v.chips(q)) > 0 {
		query.Text, query.Facets, query.Offset, query.Limit = "", false, 0, 1
		if all, err := v.s.find(v, query); err == nil && all.Total > 0 {
			out = append(out, wider{v.T("search.without", "“"+text+"”"), withText(q, ""), all.Total})
		}
	}
	if text, all := v.plainWords(query, found); len(out) == 0 && all.Total > 0 {
		out = append(out, wider{v.T("search.words_only", text), withText(q, text), all.Total})
	}
	slices.SortStableFunc(out, func(a, b wider) int { return b.Count - a.Count })
	return out
}

// plainWords searches for what is left of the text without all conditions that were read from it, when leaving out
// one of several was not enough.
func (v *visit) plainWords(query search.Query, found search.Result) (string, search.Result) {
	query.Facets, query.Offset, query.Limit = false, 0, 1
	for range mostChipsTaken {
		at := slices.IndexFunc(found.Chips, func(c search.Chip) bool { return c.Kind != search.ChipPlace })
		if at < 0 || found.Chips[at].Without == "" {
			return "", search.Result{}
		}
		query.Text = found.Chips[at].Without
		next, err := v.s.find(v, query)
		if err != nil || next.Total > 0 {
			return query.Text, next
		}
		found = next
	}
	return "", search.Result{}
}

// mostChipsTaken is how many conditions are left out of a text one after the other.
const mostChipsTaken = 4

// paramOf gives the name a filter has in the address.
func paramOf(facet string) string {
	for _, f := range facets {
		if f.facet == facet {
			return f.name
		}
	}
	return "km"
}

// Neighbours that are offered where a place has no job, and how far they may be, in km as the crow flies.
const (
	mostNeighbours = 4
	neighbourReach = 100.0
)

// neighbours lists the nearest communes that have what the place that was asked for has not.
func (v *visit) neighbours(q url.Values, query search.Query, found search.Result) []wider {
	centres := query.Filters.Communes
	for _, c := range found.Chips {
		if c.Kind == search.ChipPlace && c.Strict {
			centres, query.Text = c.Codes, c.Without
		}
	}
	if query.Filters.NearCommune != "" && query.Filters.Km > 0 {
		centres = append(slices.Clone(centres), query.Filters.NearCommune)
	}
	if len(centres) == 0 {
		return nil
	}
	query.Filters.Communes, query.Filters.NearCommune, query.Filters.Km = nil, "", 0
	query.Facets, query.Offset, query.Limit = true, 0, 1
	around, err := v.s.find(v, query)
	if err != nil {
		return nil
	}
	type near struct {
		search.FacetCount
		km float64
	}
	var all []near
	for _, c := range around.Facets[search.FacetCommunes] {
		if km := v.nearestKm(centres, c.Code); c.Count > 0 && km <= neighbourReach && !slices.Contains(centres, c.Code) {
			all = append(all, near{c, km})
		}
	}
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(a.km, b.km), strings.Compare(a.Code, b.Code)) })
	var out []wider
	for _, n := range all[:min(len(all), mostNeighbours)] {
		href := searchPath(q, func(q url.Values) {
			q.Del("km")
			if q.Del("q"); query.Text != "" {
				q.Set("q", query.Text)
			}
			q["noi"] = []string{n.Code}
		})
		out = append(out, wider{v.T("search.neighbour", v.placeCode(n.Code), v.km(n.km)), href, n.Count})
	}
	return out
}

// nearestKm gives the distance from a commune to the nearest of some.
func (v *visit) nearestKm(centres []string, commune string) float64 {
	best := neighbourReach + 1
	for _, code := range centres {
		if km, ok := v.s.Tax.DistanceKm(code, commune); ok {
			best = min(best, km)
		}
	}
	return best
}
