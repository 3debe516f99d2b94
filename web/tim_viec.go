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
	Corrected     string     // what was looked for instead of the typed text
	Read          []readChip // conditions that were read from the text
	Maybe         []chip
	Cards, Nearly []card // Nearly has a part of what was asked, and is not counted
	Groups        []facetGroup
	Chips         []chip
	ClearAll      string
	Searching     bool   // something was asked: the slab folds
	Asked         string // what was asked, on the folded slab
	CommuneError  string
	Choices       []chip // places that the typed one may be
	Renamed       string // what the typed place is called now
	Ignored       string // conditions in the address that nobody understands
	Wider         []wider
	Neighbours    []wider // communes around the one that has nothing
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

// showSearch finds postings; every filter stands in the address.
func (s *Server) showSearch(v *visit) error {
	q, ignored := v.understood(v.query())
	where := v.findHome(q.Get("xa"))
	if where.province != "" { // a province was typed into the field for a commune: it becomes the filter it is
		return v.to(searchPath(q, func(q url.Values) { q.Del("xa"); q.Add("tinh", where.province) }))
	}
	p := &searchPage{Layout: v.layout("search.title"), Text: strings.TrimSpace(q.Get("q")), Commune: where.name, Ignored: ignored,
		CommuneError: where.problem, Renamed: where.renamed}
	for _, name := range where.choices {
		p.Choices = append(p.Choices, chip{name, searchPath(q, func(q url.Values) { q.Set("xa", name) })})
	}
	query := v.searchQuery(q, where.commune)
	p.Chips, p.Searching, p.Asked = v.chips(q), asked(q), v.askedWords(p)
	p.ClearAll = clearFilters(q)
	found, err := s.find(v, query)
	if err != nil {
		s.Log.Warn("search does not answer", "error", err)
		p.Failed = true
		return s.showNewest(v, p, where.commune)
	}
	s.noteMissed(query, found)
	if p.Total = found.Total; found.Corrected != "" {
		p.Corrected = v.proper(found.Corrected)
	}
	p.Groups, p.Read, p.Maybe = v.facetGroups(q, query, found), v.readChips(q, found), maybe(q, found.Maybe)
	if p.Cards, err = s.hitCards(v, found.Hits, where.commune); err != nil {
		return err
	}
	if p.Nearly, err = s.hitCards(v, found.Nearly, where.commune); err != nil {
		return err
	}
	if found.Total == 0 {
		p.Wider, p.Neighbours = v.wider(q, query, found), v.neighbours(q, query, found)
	}
	p.Pager = v.pager(min(found.Total, search.MaxOffset), searchPageSize)
	return v.render("tim-viec", 200, p)
}

// askedWords says what was asked, for the folded slab.
func (v *visit) askedWords(p *searchPage) string {
	switch {
	case p.Text != "" && p.Commune != "":
		return p.Text + " · " + p.Commune
	case p.Text+p.Commune != "":
		return p.Text + p.Commune
	}
	return v.T("search.change")
}

// find asks the index; one that is not there, or is still being built for the first time, counts as one that does not
// answer.
func (s *Server) find(v *visit, q search.Query) (search.Result, error) {
	if s.Index == nil || !s.Index.Answers() {
		return search.Result{}, market.Fail(market.Unavailable, "error.busy")
	}
	return s.Index.Search(v.ctx, q)
}

// mostLooked is how many of the newest postings are looked through for the words while the index does not answer.
const mostLooked = 2_000

// showNewest lists the newest open postings from the store whose title or employer has the words, without filters.
func (s *Server) showNewest(v *visit, p *searchPage, home string) error {
	words := strings.Fields(taxonomy.Fold(p.Text))
	q := store.Query{Centre: s.Centre, Index: "postings_by_state", Equal: []any{market.PostingOpen}, Desc: true, Limit: 200}
	var found []market.Posting
	for looked := 0; looked < mostLooked && len(found) < searchPageSize; looked += q.Limit {
		page, err := store.Find[market.Posting](v.ctx, s.Store, q)
		if err != nil {
			return err
		}
		for _, posting := range page.Items {
			text := " " + taxonomy.Fold(posting.Title+" "+posting.EmployerName)
			if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, " "+w) }) {
				found = append(found, posting)
			}
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	found = found[:min(len(found), searchPageSize)]
	p.Total = len(found)
	var err error
	if p.Cards, err = s.cardsOf(v, found, home); err != nil {
		return err
	}
	return v.render("tim-viec", 200, p)
}

// searchQuery turns the address into a search.
func (v *visit) searchQuery(q url.Values, home string) search.Query {
	least, _ := strconv.ParseInt(q.Get("luong"), 10, 64)
	km, _ := strconv.Atoi(q.Get("km"))
	out := search.Query{
		Centre: v.s.Centre, Province: v.centre().Province, Kind: search.Posting, Text: q.Get("q"), Today: v.today, Facets: true,
		Offset: min((v.page()-1)*searchPageSize, search.MaxOffset), Limit: searchPageSize,
		Filters: search.Filters{
			Provinces: q["tinh"], Communes: q["noi"], Occupations: q["nghe"], Skills: q["kynang"], Certificates: q["chungchi"],
			MinMonthlyPay: least, Benefits: q["cd"], Shift: q.Get("ca"), NoExperience: q.Get("kn") == "none", Abroad: q["nuoc"],
		},
	}
	if home != "" {
		out.Filters.NearCommune = home
		if km > 0 {
			out.Filters.Km = min(km, 500)
		}
	}
	return out
}

// searchPath gives the address of a search with its values changed, from its first page.
func searchPath(q url.Values, change func(url.Values)) string {
	out := url.Values{}
	for key, values := range q {
		out[key] = slices.Clone(values)
	}
	out.Del("trang")
	if change(out); len(out) == 0 {
		return "/"
	}
	return "/?" + out.Encode()
}

// pathOf gives a posting's address.
func pathOf(id market.ID) string { return fmt.Sprintf("/viec/%s", id) }
