package web

import "noiviec/internal/market"

type placementPage struct {
	Layout
	Form             *Form
	Row              placementRow
	Slip, WorkerHref string
	EmployerHref     string
	Questions        []question
	Void             bool
	VoidWhy          string
}

// question is one follow-up of a placement.
type question struct {
	Day                    int
	DueOn                  market.Date
	Answer, By, Source, At string
	Open                   bool // may be answered now; what nobody knew may be known later
	Coming                 bool
	Sources                []Option
}

// showPlacement shows one placement: who, where, since when, by whose word, and whether they stayed.
func (s *Server) showPlacement(v *visit) error { return s.renderPlacement(v, nil) }

func (s *Server) renderPlacement(v *visit, f *Form) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	p, err := load[market.Placement](v, id)
	if err != nil {
		return err
	}
	if err := v.can(market.ReadPlacements, market.Subject{Centre: p.Centre, Worker: p.Worker, Employer: p.Employer}); err != nil {
		return err
	}
	if f == nil {
		f = v.blank(p.Rev, nil)
	}
	page := &placementPage{Layout: v.layout("placement.title"), Form: f, WorkerHref: peopleHome + "/" + string(p.Worker),
		Void: p.State == market.PlacementVoid}
	if page.Row, err = v.placementRow(page.Layout, p); err != nil {
		return err
	}
	if p.Employer != "" {
		page.EmployerHref = firmHome + "/" + string(p.Employer)
	}
	if p.Referral != "" {
		page.Slip = referralHome + "/" + string(p.Referral)
	}
	if page.Void {
		why, err := v.voidMoment(p)
		if err != nil {
			return err
		}
		page.VoidWhy = why.Text
	}
	for _, q := range p.FollowUps {
		page.Questions = append(page.Questions, v.question(page.Layout, p, q, f))
	}
	return v.render("can-bo-viec-lam-mot", f.status(), page)
}

func (v *visit) question(l Layout, p market.Placement, q market.FollowUp, f *Form) question {
	out := question{Day: q.Day, DueOn: q.DueOn, By: v.userName(q.By), At: l.Time(q.At)}
	if q.Answer != "" {
		out.Answer = v.T("answer." + q.Answer)
	}
	if q.Source != "" && q.Answer != "unknown" {
		out.Source = v.known("source."+string(q.Source), string(q.Source))
	}
	ended := p.State == market.PlacementLeft || p.State == market.PlacementVoid
	out.Coming = q.Answer == "" && !ended && q.DueOn > v.today
	out.Open = !ended && q.DueOn <= v.today && (q.Answer == "" || q.Answer == "unknown")
	for _, source := range answerSources {
		out.Sources = append(out.Sources, Option{Value: string(source), Text: v.T("source." + string(source)), On: f.Int("day") == q.Day && f.Text("source") == string(source)})
	}
	return out
}

// voidPlacement takes back what was recorded in error, with the reason.
func (s *Server) voidPlacement(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	if _, err := s.Desk.VoidPlacement(v.ctx, v.actor, v.now, id, f.Rev, f.Text("reason")); err != nil {
		if f.caught(err) {
			return s.renderPlacement(v, f)
		}
		return err
	}
	return v.done(placementHome+"/"+string(id), "notice.placement_voided")
}
