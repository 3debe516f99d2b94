package web

import (
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/search"
)

const peopleHome = "/can-bo/ho-so"

// Sizes of the list of people, and of what is found exactly: a shared phone or a common name has a few.
const (
	peopleSize = 20
	exactMost  = 100
)

type peoplePage struct {
	Layout
	Text, Phone, Name, Year string
	Exact                   bool // asked for one person: no index, no filters
	Failed                  bool // the index does not answer: the newest are listed from the store
	Form                    *Form
	Total                   int
	Corrected               string
	People                  []personRow
	Groups                  []facetGroup
	Chips                   []chip
	ClearAll                string
	Pager                   Pager
}

// personRow is a worker in a list.
type personRow struct {
	Worker              market.Worker
	Href, Place, Wish   string
	Skills              []string
	Counsellor, Expired string
}

// showPeople searches workers: by words and filters in the index, one person by phone or by name and year of birth in the store.
func (s *Server) showPeople(v *visit) error {
	if err := v.can(market.SearchWorkers, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	q := v.query()
	p := &peoplePage{Layout: v.layout("people.title"), Text: strings.TrimSpace(q.Get("q")), Phone: strings.TrimSpace(q.Get("sdt")),
		Name: strings.TrimSpace(q.Get("ten")), Year: strings.TrimSpace(q.Get("nam")), ClearAll: peopleHome, Form: v.blank(0, nil)}
	if p.Text != "" {
		p.ClearAll += "?q=" + url.QueryEscape(p.Text)
	}
	if p.Exact = p.Phone != "" || p.Name != "" || p.Year != ""; p.Exact {
		return s.showExact(v, p)
	}
	found, err := s.find(v, v.peopleQuery(q))
	if err != nil {
		if market.KindOf(err) == market.Invalid {
			return err
		}
		s.Log.Warn("search does not answer", "error", err)
		return s.showNewestPeople(v, p)
	}
	p.Total, p.Corrected, p.Chips, p.Groups = found.Total, found.Corrected, v.peopleChips(q), v.peopleGroups(q, found)
	for _, hit := range found.Hits {
		w, err := load[market.Worker](v, hit.ID)
		if market.KindOf(err) == market.NotFound {
			continue // gone since it was indexed
		}
		if err != nil {
			return err
		}
		p.People = append(p.People, v.personRow(w))
	}
	p.Pager = v.pager(min(found.Total, search.MaxOffset), peopleSize)
	return v.render("can-bo-ho-so", 200, p)
}

// showNewestPeople lists who registered last, without filters.
func (s *Server) showNewestPeople(v *visit, p *peoplePage) error {
	q := s.by("workers_by_state", market.WorkerSeeking)
	q.Desc, q.Limit = true, peopleSize
	found, err := store.Find[market.Worker](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	p.Failed, p.Total = true, len(found.Items)
	for _, w := range found.Items {
		p.People = append(p.People, v.personRow(w))
	}
	return v.render("can-bo-ho-so", 200, p)
}

// showExact lists who has a phone, or a name and a year of birth: the index holds neither phones nor birth dates.
func (s *Server) showExact(v *visit, p *peoplePage) error {
	f := p.Form
	phone := market.NormalisePhone(p.Phone)
	born, err := market.ParseDate("nam", p.Year)
	f.caught(err)
	switch {
	case p.Phone != "" && !market.PhoneValid(phone):
		f.add(market.Bad("sdt", "error.phone", p.Phone))
	case p.Phone == "" && p.Name == "":
		f.add(market.Bad("ten", "error.people.name"))
	case p.Phone == "" && p.Year == "":
		f.add(market.Bad("nam", "error.people.year"))
	}
	if f.refused() {
		return v.render("can-bo-ho-so", f.status(), p)
	}
	found, err := s.Desk.FindPeople(v.ctx, v.actor, phone, p.Name, born, exactMost)
	if err != nil {
		return err
	}
	p.Total = len(found)
	for _, w := range found {
		p.People = append(p.People, v.personRow(w))
	}
	return v.render("can-bo-ho-so", 200, p)
}

// personRow words what a counsellor recognises a person by.
func (v *visit) personRow(w market.Worker) personRow {
	row := personRow{Worker: w, Href: peopleHome + "/" + string(w.ID), Place: v.home(w)}
	if len(w.Wishes) > 0 {
		row.Wish = v.wishWord(w.Wishes[0])
	}
	for _, skill := range w.Skills[:min(4, len(w.Skills))] {
		row.Skills = append(row.Skills, v.skill(skill.ID))
	}
	for _, c := range w.Certificates {
		if !c.ValidOn(v.today) && row.Expired == "" {
			row.Expired = v.T("people.expired", v.certificate(c.ID), c.Expires.String())
		}
	}
	row.Counsellor = v.userName(w.Counsellor)
	return row
}

// home words where a person lives: "Bản Che Căn, Xã Mường Phăng".
func (v *visit) home(w market.Worker) string {
	place := v.place(market.Workplace{Commune: w.Commune})
	if w.Hamlet != "" && place != "" {
		return w.Hamlet + ", " + place
	}
	return w.Hamlet + place
}

// userName gives the name of an account, "" for nobody and for one that is gone; a page asks for few, often the same.
func (v *visit) userName(id market.ID) string {
	if id == "" {
		return ""
	}
	names, _ := v.Locals("names").(map[market.ID]string)
	if names == nil {
		names = map[market.ID]string{}
		v.Locals("names", names)
	}
	if name, ok := names[id]; ok {
		return name
	}
	u, err := load[market.User](v, id)
	if err == nil {
		names[id] = u.Name
	}
	return u.Name
}

// listedWorkers are the states that can be found; merged, withdrawn and anonymised people are not in the index.
var listedWorkers = []string{string(market.WorkerSeeking), string(market.WorkerPaused), string(market.WorkerEmployed)}

// peopleFacets in the order of the page: query name, facet, label key, most values shown.
var peopleFacets = []struct {
	name, facet, legend string
	most                int
}{
	{"trang-thai", search.FacetStates, "people.state", 3},
	{"nghe", search.FacetOccupations, "people.wish", 6},
	{"noi", search.FacetCommunes, "people.commune", 8},
	{"kynang", search.FacetSkills, "facet.skills", 8},
	{"chungchi", search.FacetCertificates, "people.certificates", 6},
}

// peopleQuery turns the address into a search of workers.
func (v *visit) peopleQuery(q url.Values) search.Query {
	states := slices.DeleteFunc(slices.Clone(q["trang-thai"]), func(s string) bool { return !slices.Contains(listedWorkers, s) })
	if len(states) == 0 {
		states = listedWorkers
	}
	return search.Query{
		Centre: v.s.Centre, Province: v.centre().Province, Kind: search.Worker, Text: q.Get("q"), Today: v.today, Facets: true, Offset: (v.page() - 1) * peopleSize, Limit: peopleSize,
		Filters: search.Filters{States: states, Communes: filled(q["noi"]), Occupations: filled(q["nghe"]), Skills: filled(q["kynang"]), Certificates: filled(q["chungchi"]), CertificateOn: v.today},
	}
}

// filled drops the empty values of a filter: nothing was chosen there.
func filled(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}

// peopleGroups lists each filter's values: those that are on, then the most frequent.
func (v *visit) peopleGroups(q url.Values, found search.Result) []facetGroup {
	var out []facetGroup
	for _, f := range peopleFacets {
		group := facetGroup{Name: f.name, Legend: v.T(f.legend)}
		for _, c := range found.Facets[f.facet] {
			if on := slices.Contains(q[f.name], c.Code); on || c.Count > 0 && len(group.Options) < f.most {
				group.Options = append(group.Options, facetOption{c.Code, v.peopleWord(f.name, c.Code), c.Count, on})
			}
		}
		if len(group.Options) > 0 {
			out = append(out, group)
		}
	}
	return out
}

func (v *visit) peopleWord(name, code string) string {
	if name == "trang-thai" {
		return upperFirst(v.known("state.worker."+code, code))
	}
	return v.facetWord(name, code)
}

// peopleChips lists what is filtered by, each with the address without it.
func (v *visit) peopleChips(q url.Values) []chip {
	var out []chip
	for _, f := range peopleFacets {
		for i, code := range q[f.name] {
			if code == "" {
				continue
			}
			without := url.Values{}
			for key, values := range q {
				without[key] = slices.Clone(values)
			}
			without[f.name] = slices.Delete(without[f.name], i, i+1)
			without.Del("trang")
			out = append(out, chip{v.peopleWord(f.name, code), peopleHome + "?" + without.Encode()})
		}
	}
	return out
}
