package web

import (
	"strings"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

// consentChannels are the ways somebody agrees who does not do it on the page themselves.
var consentChannels = []string{"spoken", "phone", "paper"}

// caseAnswer ends what was done on a file: back to it with a notice, or the file again with what is wrong.
func (s *Server) caseAnswer(v *visit, w market.Worker, f *Form, err error, notice string) error {
	if err != nil {
		if f.caught(err) {
			return s.renderCase(v, w, f)
		}
		return err
	}
	return v.done(peopleHome+"/"+string(w.ID), notice)
}

// moveCase pauses, resumes, notes a job found, or withdraws with a reason.
func (s *Server) moveCase(v *visit) error {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err != nil {
		return err
	}
	f := v.form()
	event := market.WorkerEvent(f.Text("event"))
	switch event {
	case market.WorkerPause, market.WorkerResume, market.WorkerEmploy, market.WorkerWithdraw:
	default:
		return market.Bad("event", "error.request")
	}
	_, err = s.Desk.MoveWorker(v.ctx, v.actor, v.now, w.ID, f.Rev, event, f.Text("reason"))
	return s.caseAnswer(v, w, f, err, "notice.moved")
}

// assignCase takes a person over or hands them to somebody else.
func (s *Server) assignCase(v *visit) error {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err != nil {
		return err
	}
	f := v.form()
	to := market.ID(f.Text("counsellor"))
	if f.Text("event") == "take" {
		to = v.actor.User
	}
	_, err = s.Desk.AssignWorker(v.ctx, v.actor, v.now, w.ID, f.Rev, to)
	return s.caseAnswer(v, w, f, err, "notice.assigned")
}

// addContact adds a line to the timeline.
func (s *Server) addContact(v *visit) error {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err != nil {
		return err
	}
	f := v.form()
	line := market.Contact{Worker: w.ID, Kind: f.Text("kind"), Text: f.Text("text"), At: f.contactTime(v)}
	if f.refused() {
		return s.renderCase(v, w, f)
	}
	_, err = s.Desk.AddContact(v.ctx, v.actor, v.now, line)
	return s.caseAnswer(v, w, f, err, "notice.contact")
}

// contactTime reads the day of a contact; today's are now, an earlier day has no hour.
func (f *Form) contactTime(v *visit) time.Time {
	on := f.Date("at")
	switch {
	case on == "" || on == v.today:
		return market.Stamp(v.now)
	case !on.Whole():
		f.add(market.Bad("at", "error.date", f.Text("at")))
		return time.Time{}
	}
	return on.Time()
}

// referCase refers the person to a posting by hand, by its number or its address.
func (s *Server) referCase(v *visit) error {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err != nil {
		return err
	}
	f := v.form()
	posting, err := s.postingNamed(v, "posting", f.Text("posting"))
	if err != nil {
		return s.caseAnswer(v, w, f, err, "")
	}
	made, err := s.Desk.Refer(v.ctx, v.actor, v.now, casework.ReferralRequest{Posting: posting, Workers: []market.ID{w.ID}, Note: f.Text("note")})
	if err != nil {
		return s.caseAnswer(v, w, f, err, "")
	}
	return v.done(referralHome+"/"+string(made[0].ID), "notice.referred")
}

// idInAddress gives what follows one of these beginnings in an address that somebody pasted, up to the next part; what
// is no such address comes back as it is.
func idInAddress(typed string, beginnings ...string) string {
	for _, begins := range beginnings {
		if at := strings.LastIndex(typed, begins); at >= 0 {
			typed = typed[at+len(begins):]
			if end := strings.IndexAny(typed, "/?#"); end >= 0 {
				typed = typed[:end]
			}
			return typed
		}
	}
	return typed
}

// postingNamed finds the posting somebody names by its number, its address or its id; what is wrong with it is said at
// the field.
func (s *Server) postingNamed(v *visit, field, typed string) (market.ID, error) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return "", market.Bad(field, "error.required")
	}
	name := idInAddress(typed, "/viec/", "/tin/")
	if id := market.ID(name); id.Valid() {
		if _, err := load[market.Posting](v, id); market.KindOf(err) != market.NotFound {
			return id, err
		}
	}
	p, err := store.First[market.Posting](v.ctx, s.Store, s.by("postings_by_number", strings.ToUpper(name)))
	if market.KindOf(err) == market.NotFound {
		return "", market.Bad(field, "error.posting.unknown", typed)
	}
	return p.ID, err
}

// consentCase brings back who had withdrawn, with a consent that was read out to them.
func (s *Server) consentCase(v *visit) error {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err != nil {
		return err
	}
	f := v.form()
	consent := v.spokenConsent(f)
	if f.refused() {
		return s.renderCase(v, w, f)
	}
	_, err = s.Desk.ConsentAgain(v.ctx, v.actor, v.now, w.ID, f.Rev, consent)
	return s.caseAnswer(v, w, f, err, "notice.consented")
}

// consentWays offers the ways to agree.
func (v *visit) consentWays(f *Form) Field {
	return f.Choose("channel", "case.consent_channel", append([]Option{{Text: v.T("form.choose")}}, v.options("consent", consentChannels)...))
}

// spokenConsent reads how somebody agreed: by which way, before which witness, recorded by whom. Words need a witness,
// a signature does not.
func (v *visit) spokenConsent(f *Form) market.Consent {
	c := v.consent()
	c.Channel, c.By, c.Witness = f.Text("channel"), v.actor.User, f.Text("witness")
	switch c.Channel {
	case "spoken", "phone":
		if strings.TrimSpace(c.Witness) == "" {
			f.add(market.Bad("witness", "error.witness"))
		}
	case "paper":
	default:
		f.add(market.Bad("channel", "error.consent_channel"))
	}
	if n := len([]rune(c.Witness)); n > market.MaxName {
		f.add(market.Bad("witness", "error.text.long", market.MaxName, n))
	}
	if !f.Has("consent", consentVersion) {
		f.add(market.Bad("consent", "error.consent"))
	}
	return c
}
