package web

import (
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
)

const whyHome = "/can-bo/vi-sao"

// whyPage explains any pair: what keeps it from being suggested, else how it stands; then its score.
type whyPage struct {
	Layout
	Form        *Form
	Worker      *market.Worker
	Posting     *market.Posting
	People      []personRow // those who may be meant
	Pair        *reviewPair // set once both are chosen
	X           market.Explanation
	Fails       []string
	Change      string
	InPerson    int // where the pair stands in the person's stored list, from 1; 0 nowhere
	InPosting   int
	Review      string // the pair in the workbench, when a list holds it
	FormTin     Field
	FormPerson  Field
	KeptTin     string
	KeptPerson  string
	PersonAgain string
	TinAgain    string
}

func whyPath(worker, posting market.ID) string {
	q := url.Values{}
	if worker != "" {
		q.Set("nguoi", string(worker))
	}
	if posting != "" {
		q.Set("tin", string(posting))
	}
	return withQuery(whyHome, q)
}

// showWhy explains the pair that the address names, or asks for the side that is missing.
func (s *Server) showWhy(v *visit) error {
	q := v.query()
	p := &whyPage{Layout: v.layout("why.title"), Form: v.blank(0, map[string][]string{"tin": {q.Get("tin")}, "nguoi": {q.Get("nguoi")}})}
	if err := s.whyPosting(v, p, q.Get("tin")); err != nil {
		return err
	}
	if err := s.whyPerson(v, p, strings.TrimSpace(q.Get("nguoi"))); err != nil {
		return err
	}
	if p.Worker != nil && p.Posting != nil {
		if err := s.whyPair(v, p); err != nil {
			return err
		}
	}
	if p.Worker != nil {
		p.KeptPerson, p.PersonAgain = string(p.Worker.ID), whyPath("", p.postingID())
	}
	if p.Posting != nil {
		p.KeptTin, p.TinAgain = string(p.Posting.ID), whyPath(p.workerID(), "")
	}
	p.FormTin, p.FormPerson = p.Form.Field("tin", "why.posting", "why.posting_hint"), p.Form.Field("nguoi", "why.person", "why.person_hint")
	return v.render("can-bo-vi-sao", p.Form.status(), p)
}

func (p *whyPage) postingID() market.ID {
	if p.Posting == nil {
		return ""
	}
	return p.Posting.ID
}

func (p *whyPage) workerID() market.ID {
	if p.Worker == nil {
		return ""
	}
	return p.Worker.ID
}

// whyPosting loads the vacancy that is named by id, number or address.
func (s *Server) whyPosting(v *visit, p *whyPage, typed string) error {
	if typed == "" {
		return nil
	}
	id, err := s.postingNamed(v, "tin", typed)
	if err != nil {
		if p.Form.caught(err) {
			return nil
		}
		return err
	}
	posting, err := load[market.Posting](v, id)
	if err == nil {
		err = v.can(market.CheckPosting, market.Subject{Centre: posting.Centre, Employer: posting.Employer})
	}
	p.Posting = &posting
	return err
}

// whyPerson loads the person that is named by id or address; a phone, or a name with the year of birth, lists who may be meant.
func (s *Server) whyPerson(v *visit, p *whyPage, typed string) error {
	if typed == "" {
		return nil
	}
	if id := market.ID(idInAddress(typed, peopleHome+"/")); id.Valid() {
		w, err := load[market.Worker](v, id)
		if err == nil {
			err = v.can(market.ReadWorker, market.Subject{Centre: w.Centre, Worker: w.ID, Commune: w.Commune})
		}
		if err == nil && !readable(w) {
			err = market.Fail(market.Conflict, "error.worker.not_available")
		}
		p.Worker = &w
		return err
	}
	return s.whoIsMeant(v, p, typed)
}

// whoIsMeant finds people by phone, or by name and year of birth at its end: "Lò Thị Mai 1998".
func (s *Server) whoIsMeant(v *visit, p *whyPage, typed string) error {
	phone, born := market.NormalisePhone(typed), market.Date("")
	if !market.PhoneValid(phone) {
		phone = ""
		words := strings.Fields(typed)
		year, err := market.ParseDate("nguoi", words[len(words)-1])
		if err != nil || year == "" || len(words) < 2 {
			p.Form.add(market.Bad("nguoi", "error.why.person", typed))
			return nil
		}
		typed, born = strings.Join(words[:len(words)-1], " "), year
	}
	found, err := s.Desk.FindPeople(v.ctx, v.actor, phone, typed, born, exactMost)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(w market.Worker) bool { return !readable(w) })
	if len(found) == 1 {
		p.Worker = &found[0]
		return nil
	}
	for _, w := range found {
		row := v.personRow(w)
		row.Href = whyPath(w.ID, p.postingID())
		p.People = append(p.People, row)
	}
	if len(found) == 0 {
		p.Form.add(market.Bad("nguoi", "error.why.nobody", typed))
	}
	return nil
}

// whyPair explains the pair and says where it stands in the stored lists.
func (s *Server) whyPair(v *visit, p *whyPage) error {
	x, err := s.Engine.Explain(v.ctx, *p.Posting, *p.Worker)
	if err != nil {
		return err
	}
	p.X, p.Pair = x, &reviewPair{v: v, Shown: x.Suggestion, Posting: *p.Posting, Worker: *p.Worker}
	p.Pair.score()
	p.Pair.Missing, p.Pair.Warnings = v.reasons(x.Missing), v.reasons(x.Warnings)
	p.Fails = v.reasons(x.Fails)
	if x.Change != nil {
		p.Change = v.reason(*x.Change)
	}
	for _, at := range []struct {
		side    market.Side
		subject market.ID
		place   *int
	}{{market.ForWorker, p.Worker.ID, &p.InPerson}, {market.ForPosting, p.Posting.ID, &p.InPosting}} {
		list, err := load[market.Suggestions](v, market.SuggestionsID(s.Centre, at.side, at.subject))
		if err != nil && market.KindOf(err) != market.NotFound {
			return err
		}
		*at.place = 1 + slices.IndexFunc(list.Items, func(item market.Suggestion) bool {
			return item.Posting == p.Posting.ID && item.Worker == p.Worker.ID
		})
	}
	if p.InPerson+p.InPosting > 0 {
		p.Review = "/can-bo/ghep?tin=" + string(p.Posting.ID) + "&nguoi=" + string(p.Worker.ID)
	}
	return nil
}
