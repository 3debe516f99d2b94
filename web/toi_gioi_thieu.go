package web

import (
	"noiviec/internal/market"
	"noiviec/internal/store"
)

type referralsPage struct {
	Layout
	Items    []referralItem
	Form     *Form
	Refusals []Option
	Pager    cursor
}

// referralItem is one referral as the job seeker sees it.
type referralItem struct {
	Referral           market.Referral
	Title, Href        string
	Employer, Pay      string
	CanAgree, CanLeave bool
}

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
		item := referralItem{Referral: r, Title: p.Title, Employer: p.EmployerName, Pay: page.Pay(p.Pay)}
		if p.ID != "" {
			item.Href = pathOf(p.ID)
		}
		for _, event := range r.Events() {
			item.CanAgree = item.CanAgree || event == market.ReferralAgree
			item.CanLeave = item.CanLeave || event == market.ReferralDecline
		}
		page.Items = append(page.Items, item)
	}
	return v.render("toi-gioi-thieu", f.status(), page)
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
	return append([]Option{{Text: v.T("refusal.choose")}}, v.options("refusal", market.RefusalReasons[:8])...)
}
