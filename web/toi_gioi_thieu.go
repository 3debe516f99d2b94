package web

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

type referralsPage struct {
	Layout
	Items    []referralItem
	Form     *Form
	Refusals []Option
	Asking   market.ID // the referral whose no still needs a reason
	Pager    cursor
}

// referralItem is one referral as the job seeker sees it: where it stands, what comes next, what was before.
type referralItem struct {
	Referral           market.Referral
	Title, Href        string
	Employer, Pay      string
	Say, Next          string
	Reason, Invited    string // why the employer said no; what it wrote about the interview
	CanAgree, CanLeave bool
	First              bool   // carries the page's main button
	Leave              string // how to say no at this point
	Steps              []pastStep
}

// pastStep is one line of a referral's history, worded.
type pastStep struct{ At, Text string }

// cursor is the next page of a list that is read from the store.
type cursor struct{ Next string }

const referralsSize = 20

// showReferrals lists the job seeker's referrals, newest first.
func (s *Server) showReferrals(v *visit) error { return s.renderReferrals(v, v.blank(0, nil)) }

func (s *Server) renderReferrals(v *visit, f *Form) error {
	found, err := store.Find[market.Referral](v.ctx, s.Store, store.Query{Centre: s.Centre, Index: "referrals_by_worker",
		Equal: []any{v.actor.Subject}, Desc: true, After: v.Query("sau"), Limit: referralsSize})
	if err != nil {
		return err
	}
	page := &referralsPage{Layout: v.layout("referrals.title"), Form: f, Refusals: v.workerRefusals()}
	if found.Next != "" {
		page.Pager.Next = v.link("sau", found.Next)
	}
	for _, r := range found.Items {
		if err := v.can(market.ReadReferral, market.Subject{Centre: r.Centre, Worker: r.Worker}); err != nil {
			return err
		}
		p, err := load[market.Posting](v, r.Posting)
		if err != nil && market.KindOf(err) != market.NotFound {
			return err
		}
		item := v.referralItem(r, p)
		page.Items = append(page.Items, item)
	}
	slices.SortStableFunc(page.Items, func(a, b referralItem) int { // what waits for an answer stands first
		switch {
		case a.CanAgree == b.CanAgree:
			return 0
		case a.CanAgree:
			return -1
		}
		return 1
	})
	if len(page.Items) > 0 {
		page.Items[0].First = true
	}
	if f.refused() {
		page.Asking = market.ID(v.Params("id"))
	}
	return v.render("toi-gioi-thieu", f.status(), page)
}

func (v *visit) referralItem(r market.Referral, p market.Posting) referralItem {
	item := referralItem{Referral: r, Title: p.Title, Employer: p.EmployerName, Leave: v.T("referrals.leave"),
		Say: v.T("referral.say." + string(r.State)), Next: v.known("referral.next."+string(r.State), v.T("referral.next.ended"))}
	if p.ID != "" {
		item.Href, item.Pay = pathOf(p.ID), Layout{v: v}.Pay(p.Pay)
	}
	for _, event := range r.Events() {
		item.CanAgree = item.CanAgree || event == market.ReferralAgree
		item.CanLeave = item.CanLeave || event == market.ReferralDecline
	}
	if item.CanAgree {
		item.Leave = v.T("referrals.refuse")
	}
	for _, step := range r.Steps {
		past := pastStep{At: Layout{v: v}.Time(step.At), Text: v.T("referral.say." + string(step.To))}
		if step.Reason != "" {
			past.Text += " (" + lowerFirst(v.T("refusal."+step.Reason)) + ")"
		}
		item.Steps = append(item.Steps, past)
		switch {
		case step.To != r.State:
		case step.Event == market.ReferralReject && step.Reason != "":
			item.Reason = lowerFirst(v.T("refusal." + step.Reason))
		case step.Event == market.ReferralInvite:
			item.Invited = step.Note
		}
	}
	return item
}

// answerReferral takes the job seeker's yes, or a no with its reason.
func (s *Server) answerReferral(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	event, notice := market.ReferralAgree, "notice.agreed"
	if f.Text("answer") == "no" {
		event, notice = market.ReferralDecline, "notice.declined"
	}
	_, err = s.Desk.MoveReferral(v.ctx, v.actor, v.now, id, f.Rev, event, market.ReferralStep{Reason: f.Text("reason")})
	if err != nil {
		if f.caught(err) {
			return s.renderReferrals(v, f)
		}
		return err
	}
	return v.done("/toi/gioi-thieu", notice)
}

// workerRefusals are the reasons a worker gives for a no.
func (v *visit) workerRefusals() []Option {
	return v.options("refusal", market.RefusalReasons[:8])
}
