package web

import (
	"slices"

	"noiviec/internal/market"
)

type introducedPage struct {
	Layout
	Form                        *Form
	Referral                    market.Referral
	Worker                      market.Worker
	Posting                     string
	Reachable                   bool // the person still agrees to be known
	Reasons                     []Option
	Invite, Hire, Start, Reject bool
}

// showIntroduced shows the person whom a referral introduced, and asks the employer for the result.
func (s *Server) showIntroduced(v *visit) error {
	r, err := s.introducedReferral(v)
	if err != nil {
		return err
	}
	values := map[string][]string{}
	if r.StartOn != "" {
		values["start_on"] = []string{r.StartOn.String()}
	}
	return s.renderIntroduced(v, r, v.blank(r.Rev, values))
}

// introducedReferral loads a referral to the visiting employer; before the introduction there is nothing to find.
func (s *Server) introducedReferral(v *visit) (market.Referral, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Referral{}, err
	}
	r, err := load[market.Referral](v, id)
	if err != nil {
		return r, err
	}
	if err := v.can(market.ReadReferral, market.Subject{Centre: r.Centre, Worker: r.Worker, Employer: r.Employer}); err != nil {
		return r, err
	}
	if !r.IntroducedOnce() {
		return r, market.Fail(market.NotFound, "error.not_found")
	}
	return r, nil
}

func (s *Server) renderIntroduced(v *visit, r market.Referral, f *Form) error {
	item, err := v.introducedItem(r)
	if err != nil {
		return err
	}
	w, err := load[market.Worker](v, r.Worker)
	if err != nil && market.KindOf(err) != market.NotFound {
		return err
	}
	events := employerEvents(r)
	page := &introducedPage{Layout: v.layout("employer.introduced"), Form: f, Referral: r, Worker: w, Posting: item.Title,
		Reachable: slices.Contains([]market.WorkerState{market.WorkerSeeking, market.WorkerPaused, market.WorkerEmployed}, w.State),
		Reasons:   v.options("refusal", market.RefusalReasons[8:]),
		Invite:    slices.Contains(events, market.ReferralInvite), Hire: slices.Contains(events, market.ReferralHire),
		Start: slices.Contains(events, market.ReferralStart), Reject: slices.Contains(events, market.ReferralReject)}
	return v.render("nha-tuyen-dung-gioi-thieu", f.status(), page)
}

// answerIntroduced takes the employer's result: an interview, a hire with its first day, a start, or a no with its reason.
func (s *Server) answerIntroduced(v *visit) error {
	r, err := s.introducedReferral(v)
	if err != nil {
		return err
	}
	f := v.form()
	event := market.ReferralEvent(f.Text("event"))
	if !slices.Contains([]market.ReferralEvent{market.ReferralInvite, market.ReferralHire, market.ReferralStart, market.ReferralReject}, event) {
		return market.Bad("event", "error.request")
	}
	step := market.ReferralStep{Note: f.Text("note"), Reason: f.Text("reason"), On: f.Date("start_on")}
	if event == market.ReferralHire && f.Text("start_on") == "" {
		f.add(market.Bad("start_on", "error.start_on.required"))
	}
	if f.refused() {
		return s.renderIntroduced(v, r, f)
	}
	if _, err := s.Desk.MoveReferral(v.ctx, v.actor, v.now, r.ID, f.Rev, event, step); err != nil {
		if f.caught(err) {
			return s.renderIntroduced(v, r, f)
		}
		return err
	}
	return v.done(employerHome+"/gioi-thieu/"+string(r.ID), "notice.saved")
}
