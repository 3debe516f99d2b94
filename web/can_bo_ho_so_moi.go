package web

import (
	"errors"

	"noiviec/internal/market"
)

// caseNewPage registers a person on their behalf.
type caseNewPage struct {
	*profilePage
	Alike          []personRow // who may already be this person
	Same           bool        // the citizen ID is taken: going on is not possible
	ConsentVersion string
	Ways           Field
}

// showCaseNew gives the empty form.
func (s *Server) showCaseNew(v *visit) error {
	return s.renderCaseNew(v, v.blank(0, nil), nil)
}

func (s *Server) renderCaseNew(v *visit, f *Form, alike []market.Worker) error {
	page := &caseNewPage{profilePage: v.staffProfile("case.new_title", &market.Worker{}, f), ConsentVersion: consentVersion, Ways: v.consentWays(f)}
	for _, w := range alike {
		page.Alike = append(page.Alike, v.personRow(w))
	}
	page.Same = f.ErrorAt("citizen_id") != ""
	return v.render("can-bo-ho-so-moi", f.status(), page)
}

// saveCaseNew registers a person who agreed to it; who may already be known is shown first, and the counsellor may go on knowingly.
func (s *Server) saveCaseNew(v *visit) error {
	f := v.form()
	w := market.Worker{Registered: "counsellor", Counsellor: v.actor.User}
	w.Meta = market.Meta{ID: v.madeHere("worker"), Centre: s.Centre, RecordedAt: market.Stamp(v.now)}
	f.needs("name", "born")
	v.readStaffProfile(f, &w)
	w.Consent = v.spokenConsent(f)
	if f.refusedWith(func() error { return w.Validate(v.s.Tax, v.today) }) {
		return s.renderCaseNew(v, f, nil)
	}
	alike, err := s.Desk.SamePeople(v.ctx, v.actor, w)
	if err != nil {
		return err
	}
	if len(alike) > 0 && f.Text("other") != "yes" {
		f.add(market.Fail(market.Conflict, "error.case.alike", len(alike)))
		return s.renderCaseNew(v, f, alike)
	}
	w, err = s.Desk.RegisterWorker(v.ctx, v.actor, v.now, w)
	if err != nil {
		if f.caught(fieldOfUnique(err)) {
			return s.renderCaseNew(v, f, alike)
		}
		return err
	}
	return v.done(peopleHome+"/"+string(w.ID), "notice.case.registered")
}

// fieldOfUnique puts the message that a citizen ID is taken at its field: the store knows of keys, not of fields.
func fieldOfUnique(err error) error {
	if errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.unique.citizen"}) {
		return market.Bad("citizen_id", "error.unique.citizen")
	}
	return err
}
