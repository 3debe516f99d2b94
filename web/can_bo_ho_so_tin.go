package web

import (
	"net/url"

	"noiviec/internal/casework"
	"noiviec/internal/market"
)

// workplaceCommune is the commune people are measured to, "" when the posting names none.
func workplaceCommune(p market.Posting) string {
	for _, w := range p.Workplaces {
		if w.Commune != "" {
			return w.Commune
		}
	}
	return ""
}

// peopleFor gives the address of the people who may fit a posting: what it must have, and its occupation; each of them
// can be taken off there.
func peopleFor(p market.Posting) string {
	q := url.Values{byTin: {string(p.ID)}, "trang-thai": {string(market.WorkerSeeking)}}
	for _, r := range p.Requirements {
		switch {
		case r.Nice:
		case r.Kind == "skill":
			q.Add("kynang", r.ID)
		case r.Kind == "certificate":
			q.Add("chungchi", r.ID)
		}
	}
	if p.Occupation != "" {
		q.Set("nghe", p.Occupation)
	}
	return peopleHome + "?" + q.Encode()
}

// forPosting loads the posting that people are looked for. One named by its number or address leads to the address with
// its conditions.
func (s *Server) forPosting(v *visit, page *peoplePage, q url.Values) (to string, err error) {
	typed := q.Get(byTin)
	if typed == "" {
		return "", nil
	}
	id, err := s.postingNamed(v, "posting", typed)
	if err != nil {
		return "", err
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return "", err
	}
	if string(id) != typed {
		return peopleFor(p), nil
	}
	page.For, page.ForPlace, page.Closed = &p, v.places(p), p.State != market.PostingOpen
	return "", nil
}

// referPeople refers those who were ticked in the list to one posting, all of them or nobody, under one number.
func (s *Server) referPeople(v *visit) error {
	f := v.form()
	posting, err := s.postingNamed(v, "posting", f.Text("posting"))
	if err != nil {
		return s.peopleRefused(v, f, err)
	}
	var workers []market.ID
	for _, id := range f.All("worker") {
		workers = append(workers, market.ID(id))
	}
	if len(workers) == 0 {
		return s.peopleRefused(v, f, market.Bad("posting", "error.people.nobody"))
	}
	made, err := s.Desk.Refer(v.ctx, v.actor, v.now, casework.ReferralRequest{Posting: posting, Workers: workers, Note: f.Text("note")})
	if err != nil {
		return s.peopleRefused(v, f, err)
	}
	if group := made[0].Group; group != "" {
		return v.done(referralHome+"?nhom="+string(group), "notice.referred")
	}
	return v.done(referralHome+"/"+string(made[0].ID), "notice.referred")
}

func (s *Server) peopleRefused(v *visit, f *Form, err error) error {
	if f.caught(err) {
		return s.renderPeople(v, f)
	}
	return err
}
