package web

import (
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/search"
)

// pick is one thing to pick on a page of choices: a link where there is an address, else a button that sends Value.
type pick struct {
	Value, Href, Text, Hint, Icon string
	Count                         int // open jobs, -1 where they are not counted
}

type tilesPage struct {
	Layout
	Tiles []pick
	Kept  []carried
}

// carried is a value of a form that goes along unseen.
type carried struct{ Name, Value string }

// showTiles shows the most common jobs with their drawings and how many are open; one leads to its search, with the
// place and the filters that were chosen already.
func (s *Server) showTiles(v *visit) error {
	q, _ := v.understood(v.query())
	p := &tilesPage{Layout: v.layout("tiles.title")}
	query := v.searchQuery(q, v.findHome(q.Get("xa")).commune)
	query.Text, query.Filters.Occupations, query.Offset, query.Limit = "", nil, 0, 1
	found, err := s.find(v, query)
	if err != nil {
		s.Log.Warn("search does not answer", "error", err)
	}
	counts := map[string]int{}
	for _, c := range found.Facets[search.FacetOccupations] {
		counts[c.Code] = c.Count
	}
	for _, tile := range v.tiles() {
		tile.Href = searchPath(q, func(q url.Values) {
			q.Del("q")
			q["nghe"] = []string{tile.Value}
		})
		if err == nil {
			tile.Count = counts[tile.Value]
		}
		p.Tiles = append(p.Tiles, tile)
	}
	slices.SortStableFunc(p.Tiles, func(a, b pick) int { // what nobody hires for now stands last
		switch {
		case a.Count == 0 && b.Count != 0:
			return 1
		case a.Count != 0 && b.Count == 0:
			return -1
		}
		return 0
	})
	for name, values := range q {
		for _, value := range values {
			if name != "q" && name != "nghe" && name != "lang" && name != "trang" {
				p.Kept = append(p.Kept, carried{name, value})
			}
		}
	}
	return v.render("nghe", 200, p)
}

// tiles are the most common jobs by the names people use.
func (v *visit) tiles() []pick {
	var out []pick
	for _, tile := range v.s.Tax.Tiles() {
		name := tile.Name
		if v.lang == "en" {
			name = tile.EN
		}
		out = append(out, pick{Value: tile.Code, Text: name, Icon: tile.Icon, Count: -1})
	}
	return out
}

// communePicks are the centre's own communes, and the provinces to look further in; within a province, its communes.
func (v *visit) communePicks(province string) (choices, groups []pick) {
	home := v.centre().Province
	if province == "" {
		province = home
		for _, p := range v.s.Tax.Provinces() {
			if p.Code != home {
				groups = append(groups, pick{Value: p.Code, Text: v.place(market.Workplace{Province: p.Code}), Count: -1})
			}
		}
	}
	p, _ := v.s.Tax.Province(province)
	for _, code := range p.Communes {
		one := pick{Value: v.place(market.Workplace{Commune: code}), Count: -1}
		if province != home {
			one.Value = v.fullCommune(code)
		}
		one.Text, _, _ = strings.Cut(one.Value, ",")
		choices = append(choices, one)
	}
	sortPicks(choices)
	sortPicks(groups)
	return choices, groups
}
