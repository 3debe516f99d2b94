package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// Sizes of the search page: what a phone shows without choking, and how many values a filter offers.
const (
	searchPageSize = 15
	mostOptions    = 6
)

type searchPage struct {
	Layout
	Text, Commune string
	Failed        bool // the index does not answer: the newest postings are listed from the store
	Total         int
	Corrected     string
	Cards         []card
	Groups        []facetGroup
	Chips         []chip
	ClearAll      string
	Searching     bool // something was asked: the slab folds
	CommuneError  string
	Pager         Pager
}

// asked tells a search from the plain front page: choosing a language or sending empty fields asks nothing.
func asked(q url.Values) bool {
	for name, values := range q {
		if name != "lang" && strings.Join(values, "") != "" {
			return true
		}
	}
	return false
}

// facetGroup is one filter with its values and how many results each would leave.
type facetGroup struct {
	Name, Legend string
	Radio        bool
	Options      []facetOption
}

type facetOption struct {
	Value, Text string
	Count       int
	On          bool
}

// chip is a filter that is on, with the address without it.
type chip struct{ Text, Href string }

// showSearch finds postings; every filter stands in the address.
func (s *Server) showSearch(v *visit) error {
	q := v.query()
	p := &searchPage{Layout: v.layout("search.title"), Text: strings.TrimSpace(q.Get("q")), Commune: strings.TrimSpace(q.Get("xa"))}
	home, err := v.communeNamed("xa", p.Commune)
	if err != nil {
		p.CommuneError = v.message(market.Problems(err)[0])
	}
	query := v.searchQuery(q, home)
	p.Chips, p.Searching = v.chips(q), asked(q)
	p.ClearAll = clearFilters(q)
	found, err := s.find(v, query)
	if err != nil {
		s.Log.Warn("search does not answer", "error", err)
		p.Failed = true
		return s.showNewest(v, p, home)
	}
	p.Total, p.Corrected = found.Total, found.Corrected
	p.Groups = v.facetGroups(q, query, found)
	ids := make([]market.ID, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.ID
	}
	if p.Cards, err = s.cards(v, ids, home); err != nil {
		return err
	}
	p.Pager = v.pager(min(found.Total, search.MaxOffset), searchPageSize)
	return v.render("tim-viec", 200, p)
}

// find asks the index; one that is not there counts as one that does not answer.
func (s *Server) find(v *visit, q search.Query) (search.Result, error) {
	if s.Index == nil {
		return search.Result{}, market.Fail(market.Unavailable, "error.busy")
	}
	return s.Index.Search(v.ctx, q)
}

// showNewest lists open postings from the store, without filters.
func (s *Server) showNewest(v *visit, p *searchPage, home string) error {
	q := store.Query{Centre: s.Centre, Index: "postings_by_state", Equal: []any{market.PostingOpen}, Desc: true, Limit: searchPageSize}
	page, err := store.Find[market.Posting](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	p.Total = len(page.Items)
	if p.Cards, err = s.cardsOf(v, page.Items, home); err != nil {
		return err
	}
	return v.render("tim-viec", 200, p)
}

// searchQuery turns the address into a search.
func (v *visit) searchQuery(q url.Values, home string) search.Query {
	least, _ := strconv.ParseInt(q.Get("luong"), 10, 64)
	km, _ := strconv.Atoi(q.Get("km"))
	out := search.Query{
		Centre: v.s.Centre, Kind: search.Posting, Text: q.Get("q"), Today: v.today, Facets: true,
		Offset: min((v.page()-1)*searchPageSize, search.MaxOffset), Limit: searchPageSize,
		Filters: search.Filters{
			Provinces: q["tinh"], Communes: q["noi"], Occupations: q["nghe"], Skills: q["kynang"], Certificates: q["chungchi"],
			MinMonthlyPay: least, Benefits: q["cd"], Shift: q.Get("ca"), NoExperience: q.Get("kn") == "none", Abroad: q["nuoc"],
		},
	}
	if home != "" && km > 0 {
		out.Filters.NearCommune, out.Filters.Km = home, min(km, 500)
	}
	return out
}

// facets in the order of the page: query name, facet, label key, one value only.
var facets = []struct {
	name, facet, legend string
	radio               bool
}{
	{"tinh", search.FacetProvinces, "facet.province", false},
	{"noi", search.FacetCommunes, "facet.commune", false},
	{"luong", search.FacetPay, "facet.pay", true},
	{"cd", search.FacetBenefits, "facet.benefits", false},
	{"kn", search.FacetExperience, "facet.experience", false},
	{"ca", search.FacetShift, "facet.shift", true},
	{"nghe", search.FacetOccupations, "facet.occupation", false},
	{"kynang", search.FacetSkills, "facet.skills", false},
	{"chungchi", search.FacetCertificates, "facet.certificates", false},
	{"nuoc", search.FacetAbroad, "facet.abroad", false},
}

// facetGroups lists each filter's values: those that are on, then the most frequent.
func (v *visit) facetGroups(q url.Values, query search.Query, found search.Result) []facetGroup {
	var out []facetGroup
	if near := v.nearGroup(q, query); near.Name != "" {
		out = append(out, near)
	}
	for _, f := range facets {
		group := facetGroup{Name: f.name, Legend: v.T(f.legend), Radio: f.radio}
		if f.radio {
			group.Options = append(group.Options, facetOption{Value: "", Text: v.T("facet.any"), Count: -1, On: q.Get(f.name) == ""})
		}
		counts := found.Facets[f.facet]
		for _, c := range counts {
			on := slices.Contains(q[f.name], c.Code)
			if on || c.Count > 0 && len(group.Options) < mostOptions {
				group.Options = append(group.Options, facetOption{c.Code, v.facetWord(f.name, c.Code), c.Count, on})
			}
		}
		if len(group.Options) > 1 || len(group.Options) == 1 && !f.radio {
			out = append(out, group)
		}
	}
	return out
}

// nearGroup offers distances once we know where the visitor lives, each counted by its own search.
func (v *visit) nearGroup(q url.Values, query search.Query) facetGroup {
	home, err := v.communeNamed("xa", q.Get("xa"))
	if err != nil || home == "" || v.s.Index == nil {
		return facetGroup{}
	}
	group := facetGroup{Name: "km", Legend: v.T("facet.near"), Radio: true,
		Options: []facetOption{{Value: "", Text: v.T("facet.any"), Count: -1, On: q.Get("km") == ""}}}
	for _, distance := range []int{10, 20, 50} {
		query.Filters.NearCommune, query.Filters.Km = home, distance
		query.Facets, query.Offset, query.Limit = false, 0, 1
		found, err := v.s.find(v, query)
		if err != nil {
			return facetGroup{}
		}
		value := strconv.Itoa(distance)
		group.Options = append(group.Options, facetOption{value, v.T("facet.km", distance), found.Total, q.Get("km") == value})
	}
	return group
}

// facetWord words one value of a filter.
func (v *visit) facetWord(name, code string) string {
	switch name {
	case "tinh":
		if code == search.Nationwide {
			return v.T("place.nationwide")
		}
		return v.place(market.Workplace{Province: code})
	case "noi":
		return v.place(market.Workplace{Commune: code})
	case "luong":
		n, _ := strconv.ParseInt(code, 10, 64)
		return v.T("facet.pay_from", n)
	case "cd":
		return v.known("benefit."+code, code)
	case "ca":
		return v.known("shift."+code, code)
	case "kn":
		return v.T("facet.no_experience")
	case "nghe":
		return v.occupation(code)
	case "kynang":
		return v.skill(code)
	case "chungchi":
		return v.certificate(code)
	case "nuoc":
		return v.place(market.Workplace{Country: code})
	case "km":
		n, _ := strconv.Atoi(code)
		return v.T("facet.km", n)
	}
	return code
}

// known words a key that may not exist, as with codes typed into an address.
func (v *visit) known(key, fallback string) string {
	if text, ok := v.s.words[v.lang][key]; ok {
		return text
	}
	return fallback
}

// chips lists what is filtered by, each with the address without it.
func (v *visit) chips(q url.Values) []chip {
	var out []chip
	names := []string{"km"}
	for _, f := range facets {
		names = append(names, f.name)
	}
	for _, name := range names {
		for i, code := range q[name] {
			if code == "" || name == "km" && q.Get("xa") == "" {
				continue
			}
			without := url.Values{}
			for key, values := range q {
				without[key] = slices.Clone(values)
			}
			without[name] = slices.Delete(without[name], i, i+1)
			without.Del("trang")
			out = append(out, chip{v.facetWord(name, code), "/?" + without.Encode()})
		}
	}
	return out
}

func clearFilters(q url.Values) string {
	keep := url.Values{}
	for _, name := range []string{"q", "xa"} {
		if q.Get(name) != "" {
			keep.Set(name, q.Get(name))
		}
	}
	return "/?" + keep.Encode()
}

// communeNamed finds the commune somebody typed, with or without marks, with or without the province; "" when
// nothing was typed. A code is taken as it is.
func (v *visit) communeNamed(field, text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" || v.s.Tax.HasCommune(text) {
		return text, nil
	}
	home := v.centre().Province
	var found, here []string
	for _, place := range v.s.Tax.FindPlaces(text) {
		for _, code := range place.Communes {
			found = append(found, code)
			if place.Province == home && place.Kind == taxonomy.InCommune {
				here = append(here, code)
			}
		}
	}
	if len(here) > 0 {
		found = here
	}
	slices.Sort(found)
	switch found = slices.Compact(found); len(found) {
	case 0:
		return "", market.Bad(field, "error.commune.unknown", text)
	case 1:
		return found[0], nil
	}
	return "", market.Bad(field, "error.commune.many", text)
}

// pathOf gives a posting's address.
func pathOf(id market.ID) string { return fmt.Sprintf("/viec/%s", id) }
