package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/search"
)

// jobsForPage looks for jobs from one person, with the filters of looking for people from one job, and says of each how
// the pair stands.
type jobsForPage struct {
	Layout
	Worker   market.Worker
	Base     string
	Text     string
	Total    int
	Cards    []jobFor
	Groups   []facetGroup
	Chips    []chip
	ClearAll string
	Failed   bool
	Pager    Pager
}

// jobFor is a vacancy with how the pair stands; Stand is nil when the engine does not answer.
type jobFor struct {
	card
	Stand *standing
}

// jobsFor gives the address of the jobs that may fit a person: the wished occupations and how far they go; each of them
// can be taken off there.
func jobsFor(w market.Worker) string {
	q := url.Values{}
	for _, wish := range w.Wishes {
		if wish.Occupation != "" {
			q.Add("nghe", wish.Occupation)
		}
	}
	if w.Mobility.Kind == market.WithinKm && w.Mobility.Km > 0 && w.Commune != "" {
		q.Set(byKm, strconv.Itoa(w.Mobility.Km))
	}
	return withQuery(peopleHome+"/"+string(w.ID)+"/viec-lam", q)
}

// showJobsFor searches the open vacancies for one person.
func (s *Server) showJobsFor(v *visit) error {
	w, err := s.matchedWorker(v)
	if err != nil {
		return err
	}
	base := peopleHome + "/" + string(w.ID) + "/viec-lam"
	q, _ := v.understood(v.query())
	for name, values := range q { // "any distance" is sent as an empty one
		q[name] = slices.DeleteFunc(values, func(value string) bool { return value == "" })
	}
	page := &jobsForPage{Layout: v.layout("two.jobs_for", w.Name), Worker: w, Base: base, Text: strings.TrimSpace(q.Get("q")), ClearAll: base}
	query := v.searchQuery(url.Values{"q": q["q"], "tinh": q["tinh"], "noi": q["noi"], "nghe": q["nghe"], "kynang": q["kynang"], "chungchi": q["chungchi"], byKm: q[byKm]}, w.Commune)
	found, err := s.find(v, query)
	if err != nil {
		s.Log.Warn("search does not answer", "error", err)
		page.Failed = true
		return v.render("can-bo-ho-so-mot-viec-lam", 200, page)
	}
	page.Total = found.Total
	page.filters(v, q, found)
	if page.Cards, err = s.jobsWithStanding(v, w, found.Hits); err != nil {
		return err
	}
	page.Pager = v.pager(min(found.Total, search.MaxOffset), searchPageSize)
	return v.render("can-bo-ho-so-mot-viec-lam", 200, page)
}

// filters offers what both sides have: the distance from home, then the values with their counts.
func (p *jobsForPage) filters(v *visit, q url.Values, found search.Result) {
	if p.Worker.Commune != "" {
		near := facetGroup{Name: byKm, Legend: v.T("facet.near"), Radio: true, Options: []facetOption{{Value: "", Text: v.T("facet.any"), Count: -1, On: q.Get(byKm) == ""}}}
		for _, km := range distances(q.Get(byKm)) {
			near.Options = append(near.Options, facetOption{km, v.facetWord(byKm, km), -1, q.Get(byKm) == km})
		}
		p.Groups = append(p.Groups, near)
	}
	p.Groups = append(p.Groups, shared(v.facetGroups(url.Values{"tinh": q["tinh"], "noi": q["noi"], "nghe": q["nghe"], "kynang": q["kynang"], "chungchi": q["chungchi"]}, search.Query{}, found))...)
	for _, name := range append([]string{byKm}, twoWays...) {
		for i, code := range q[name] {
			without := url.Values{}
			for key, values := range q {
				without[key] = append([]string{}, values...)
			}
			without[name] = append(without[name][:i:i], without[name][i+1:]...)
			without.Del("trang")
			p.Chips = append(p.Chips, chip{v.facetWord(name, code), withQuery(p.Base, without)})
		}
	}
}

// distances are the choices of how far away, with the one in the address.
func distances(chosen string) []string {
	out := []string{"10", "20", "50", "100"}
	km, err := strconv.Atoi(chosen)
	if err != nil || km <= 0 || slices.Contains(out, chosen) {
		return out
	}
	at := slices.IndexFunc(out, func(listed string) bool {
		n, _ := strconv.Atoi(listed)
		return n > km
	})
	if at < 0 {
		at = len(out)
	}
	return slices.Insert(out, at, chosen)
}

// jobsWithStanding loads the vacancies of hits, each with how the pair stands.
func (s *Server) jobsWithStanding(v *visit, w market.Worker, hits []search.Hit) ([]jobFor, error) {
	var postings []market.Posting
	for _, hit := range hits {
		p, err := load[market.Posting](v, hit.ID)
		if market.KindOf(err) == market.NotFound {
			continue // gone since it was indexed
		}
		if err != nil {
			return nil, err
		}
		postings = append(postings, p)
	}
	cards, err := s.cardsOf(v, postings, w.Commune)
	if err != nil {
		return nil, err
	}
	stands, err := v.standings([]market.Worker{w}, postings)
	if err != nil {
		return nil, err
	}
	out := make([]jobFor, len(cards))
	for i, c := range cards {
		c.Href = checkHome + "/" + string(c.ID)
		if out[i] = (jobFor{card: c}); stands != nil {
			out[i].Stand = stands[i]
		}
	}
	return out, nil
}
