package web

import (
	"net/url"
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
	Read                    []readChip // what was understood of the typed words
	Maybe                   []chip
	Nearly                  []personRow
	Wider                   []wider // what to leave out where nobody was found
	For                     *market.Posting
	ForPlace                string
	Closed                  bool         // the vacancy is not shown, so nobody is suggested for it
	List                    *market.Pool // the saved list that is open
	Save                    string       // the conditions, to be saved
	Here                    string       // this address, for the form that refers people
	Kept                    []hiddenValue
	Evidence, Level, Km     Field
	On                      Field
	Pager                   Pager
}

// personRow is a worker in a list.
type personRow struct {
	Worker              market.Worker
	Href, Place, Wish   string
	Skills              []string
	Counsellor, Expired string
	Match, Km           string    // what a hit answers with; how far the workplace is
	Stand               *standing // how the pair stands, where people are looked for from a job
	New                 bool      // came since one last opened the saved list
	Pick                bool      // may be chosen for a referral
	Picked              bool
}

// showPeople searches workers: by words and filters in the index, one person by phone or by name and year of birth in the store.
func (s *Server) showPeople(v *visit) error { return s.renderPeople(v, v.blank(0, nil)) }

func (s *Server) renderPeople(v *visit, f *Form) error {
	if err := v.can(market.SearchWorkers, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	q := v.query()
	p := &peoplePage{Layout: v.layout("people.title"), Text: strings.TrimSpace(q.Get("q")), Phone: strings.TrimSpace(q.Get("sdt")),
		Name: strings.TrimSpace(q.Get("ten")), Year: strings.TrimSpace(q.Get("nam")), ClearAll: peopleHome, Form: f}
	if p.Text != "" {
		p.ClearAll += "?q=" + url.QueryEscape(p.Text)
	}
	if p.Exact = p.Phone != "" || p.Name != "" || p.Year != ""; p.Exact {
		return s.showExact(v, p)
	}
	if to, err := s.forPosting(v, p, q); err != nil || to != "" {
		if err == nil {
			return v.to(to)
		}
		if !f.caught(err) {
			return err
		}
		q.Del("tin")
	}
	look, err := s.openList(v, p, q)
	if err != nil {
		return err
	}
	query := v.peopleQuery(q, p.For)
	found, err := s.find(v, query)
	if err != nil {
		if market.KindOf(err) == market.Invalid {
			return err
		}
		s.Log.Warn("search does not answer", "error", err)
		return s.showNewestPeople(v, p)
	}
	p.filters(v, q)
	p.understood(v, q, found)
	p.Total, p.Corrected, p.Chips, p.Groups = found.Total, found.Corrected, v.peopleChips(q, p.For), v.peopleGroups(q, found)
	if p.People, err = v.hitPeople(p, found.Hits, look); err != nil {
		return err
	}
	if p.Nearly, err = v.hitPeople(p, found.Nearly, look); err != nil {
		return err
	}
	p.Pager = v.pager(min(found.Total, search.MaxOffset), peopleSize)
	return v.render("can-bo-ho-so", f.status(), p)
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
		name := v.skill(skill.ID)
		if skill.Evidence == market.Confirmed || skill.Evidence == market.Certified {
			name += " (" + lowerFirst(v.T("evidence."+string(skill.Evidence))) + ")"
		}
		row.Skills = append(row.Skills, name)
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
