package web

import (
	"slices"

	"noiviec/internal/market"
)

type referralPage struct {
	Layout
	Form                 *Form
	Row                  referralRow
	Base                 string
	Worker               market.Worker
	Home                 string
	Posting              market.Posting
	Pay, Place           string
	Employer             market.Employer
	EmployerHref, Review string
	Answer               string // how often the employer answers
	Meeting              string
	Steps                []referralAction
	Placement            string
	Moments              []moment
}

// referralAction is one thing that may be done now, with the fields it needs.
type referralAction struct {
	Event, Text string
	Kind        string // "", reason, meeting, day, note
	Main        bool
	Open        bool // it was just tried
	ID          string
	Error       string
	Reasons     []Option
}

// forward are the steps that bring a person on, in order; the first that is possible is the main one.
var forward = []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralInvite, market.ReferralHire, market.ReferralStart}

// The reasons of a no: by the worker, by the employer, and those of both.
var (
	workerReasons   = slices.Concat(market.RefusalReasons[:8], market.RefusalReasons[13:])
	employerReasons = market.RefusalReasons[8:]
)

// showReferral shows one referral: the pair, the steps possible now, and what was done.
func (s *Server) showReferral(v *visit) error { return s.renderReferral(v, nil) }

func (s *Server) renderReferral(v *visit, f *Form) error {
	r, err := s.referral(v)
	if err != nil {
		return err
	}
	if f == nil {
		f = v.blank(r.Rev, nil)
	}
	page := &referralPage{Layout: v.layout("refs.one", r.Number), Form: f, Base: referralHome + "/" + string(r.ID)}
	if page.Row, err = v.referralRow(r); err != nil {
		return err
	}
	if page.Worker, err = load[market.Worker](v, r.Worker); err != nil && market.KindOf(err) != market.NotFound {
		return err
	}
	if page.Posting, err = load[market.Posting](v, r.Posting); err != nil && market.KindOf(err) != market.NotFound {
		return err
	}
	if r.Employer != "" {
		if page.Employer, err = load[market.Employer](v, r.Employer); err != nil && market.KindOf(err) != market.NotFound {
			return err
		}
		page.EmployerHref = firmHome + "/" + string(r.Employer)
		page.Answer = v.answers(page.Employer)
	}
	page.Home, page.Place = v.home(page.Worker), v.places(page.Posting)
	page.Pay = page.Layout.Pay(page.Posting.Pay)
	if r.Meeting != nil {
		page.Meeting = v.T("refs.meeting_at", page.Time(r.Meeting.At), r.Meeting.Place)
	}
	if r.Recorded {
		page.Placement = placementHome + "/" + string(market.PlacementID(r.ID))
	}
	page.Steps = v.referralActions(page.Layout, r, f)
	for _, step := range slices.Backward(r.Steps) {
		m := v.stepMoment(r, step, "")
		m.Href, m.Link = "", ""
		page.Moments = append(page.Moments, m)
	}
	return v.render("can-bo-gioi-thieu-mot", f.status(), page)
}

// referralActions lists what staff may do now; follow-ups and the nightly job take the rest.
func (v *visit) referralActions(l Layout, r market.Referral, f *Form) []referralAction {
	var out []referralAction
	main := false
	order := slices.Concat(forward, []market.ReferralEvent{market.ReferralDecline, market.ReferralReject, market.ReferralGiveUp, market.ReferralCancel})
	for _, event := range order {
		if !slices.Contains(r.Events(), event) {
			continue
		}
		a := referralAction{Event: string(event), Text: l.Word("refs.do", event), ID: "r-" + string(event), Open: f.Text("event") == string(event)}
		switch event {
		case market.ReferralDecline:
			a.Kind, a.Reasons = "reason", v.reasonOptions(f, workerReasons, a.Open)
		case market.ReferralReject:
			a.Kind, a.Reasons = "reason", v.reasonOptions(f, employerReasons, a.Open)
		case market.ReferralInvite:
			a.Kind = "meeting"
		case market.ReferralHire, market.ReferralStart:
			a.Kind = "day"
		case market.ReferralGiveUp, market.ReferralCancel:
			a.Kind = "note"
		}
		if a.Open && a.Kind == "reason" {
			a.ID, a.Error = "f-reason", f.ErrorAt("reason")
		}
		if !main && slices.Contains(forward, event) {
			a.Main, main = true, true
		}
		out = append(out, a)
	}
	return out
}

func (v *visit) reasonOptions(f *Form, codes []string, open bool) []Option {
	out := append([]Option{{Text: v.T("refusal.choose")}}, v.options("refusal", codes)...)
	for i := range out {
		out[i].On = open && out[i].Value == f.Text("reason")
	}
	return out
}

func (s *Server) referral(v *visit) (market.Referral, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Referral{}, err
	}
	r, err := load[market.Referral](v, id)
	if err != nil {
		return r, err
	}
	return r, v.can(market.MoveReferral, market.Subject{Centre: r.Centre, Worker: r.Worker, Employer: r.Employer})
}

// moveReferral takes one step of a referral.
func (s *Server) moveReferral(v *visit) error {
	r, err := s.referral(v)
	if err != nil {
		return err
	}
	f := v.form()
	event := market.ReferralEvent(f.Text("event"))
	step := market.ReferralStep{Reason: f.Text("reason"), Note: f.Text("note")}
	switch event {
	case market.ReferralHire, market.ReferralStart:
		step.On = f.Date("start_on")
	case market.ReferralInvite:
		step.Meeting = f.meeting()
	}
	if f.refused() {
		return s.renderReferral(v, f)
	}
	if _, err := s.Desk.MoveReferral(v.ctx, v.actor, v.now, r.ID, f.Rev, event, step); err != nil {
		if f.caught(err) {
			return s.renderReferral(v, f)
		}
		return err
	}
	return v.done(referralHome+"/"+string(r.ID), "notice.moved")
}
