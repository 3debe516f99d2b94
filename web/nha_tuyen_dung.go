package web

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const employerHome = "/nha-tuyen-dung"

type employerPage struct {
	Layout
	Form      *Form
	Employer  market.Employer
	TaxDoubt  bool // the check digit of the tax code does not fit
	Postings  []ownPosting
	Waiting   []introduced // people who wait for the employer's answer
	Referrals []introduced // the others
	Asking    int          // people whom the centre is asking, or about to introduce: a figure and no more
	Pager     cursor
	Older     cursor // of the referrals
}

// ownPosting is one vacancy as its employer sees it.
type ownPosting struct {
	Posting     market.Posting
	Href        string // where people read it, "" while it is not shown
	Edit        string
	Steps       []market.PostingEvent
	Pause       bool
	Close       bool
	Unconfirmed bool
}

// introduced is one referral that the employer has been told of.
type introduced struct {
	Referral            market.Referral
	Title, Worker, Href string
	Answer              bool // a step of the employer's is open
}

// ownSteps are what an employer does to a vacancy with one button; closing asks why.
var (
	firstSteps = []market.PostingEvent{market.PostingSubmit, market.PostingConfirm} // stand first
	ownSteps   = append(slices.Clone(firstSteps), market.PostingPause)
)

// showOwnPostings lists the employer's vacancies and the people introduced to it, newest first.
func (s *Server) showOwnPostings(v *visit) error { return s.renderOwnPostings(v, v.blank(0, nil)) }

func (s *Server) renderOwnPostings(v *visit, f *Form) error {
	if err := v.can(market.ReadEmployer, market.Subject{Centre: s.Centre, Employer: v.actor.Subject}); err != nil {
		return err
	}
	employer, err := load[market.Employer](v, v.actor.Subject)
	if err != nil {
		return err
	}
	page := &employerPage{Layout: v.layout("nav.employer"), Form: f, Employer: employer, TaxDoubt: !market.TaxCodeCheck(employer.TaxCode)}
	found, err := store.Find[market.Posting](v.ctx, s.Store, store.Query{Centre: s.Centre, Index: "postings_by_employer",
		Equal: []any{v.actor.Subject}, Desc: true, After: v.Query("sau"), Limit: referralsSize})
	if err != nil {
		return err
	}
	if found.Next != "" {
		page.Pager.Next = v.link("sau", found.Next)
	}
	for _, p := range found.Items {
		page.Postings = append(page.Postings, v.ownPosting(p))
	}
	if err := v.introducedReferrals(page); err != nil {
		return err
	}
	return v.render("nha-tuyen-dung", f.status(), page)
}

func (v *visit) ownPosting(p market.Posting) ownPosting {
	own := ownPosting{Posting: p, Unconfirmed: p.State == market.PostingOpen && !p.Confirmed(v.today)}
	if p.State == market.PostingOpen || p.State == market.PostingFilled {
		own.Href = pathOf(p.ID)
	}
	if editable(p) {
		own.Edit = editPath(p.ID)
	}
	for _, event := range p.Events() {
		if slices.Contains(firstSteps, event) {
			own.Steps = append(own.Steps, event)
		}
		own.Pause = own.Pause || event == market.PostingPause
		own.Close = own.Close || event == market.PostingClose
	}
	return own
}

// editable reports whether the employer may still change what the vacancy says.
func editable(p market.Posting) bool {
	return slices.Contains([]market.PostingState{market.PostingDraft, market.PostingInReview, market.PostingOpen, market.PostingPaused}, p.State)
}

func editPath(id market.ID) string { return employerHome + "/tin/" + string(id) }

// introducedReferrals reads on until a page is full of referrals the employer may know of. Those that wait for its
// answer are gathered apart; of those it may not know of yet only the number is.
func (v *visit) introducedReferrals(page *employerPage) error {
	after, first := v.Query("gioi-thieu-sau"), v.Query("gioi-thieu-sau") == ""
	for {
		found, err := store.Find[market.Referral](v.ctx, v.s.Store, store.Query{Centre: v.s.Centre, Index: "referrals_by_employer",
			Equal: []any{v.actor.Subject}, Desc: true, After: after, Limit: referralsSize})
		if err != nil {
			return err
		}
		for _, r := range found.Items {
			if !r.IntroducedOnce() {
				if r.Pending() && first {
					page.Asking++
				}
				continue
			}
			item, err := v.introducedItem(r)
			if err != nil {
				return err
			}
			if item.Answer {
				page.Waiting = append(page.Waiting, item)
			} else {
				page.Referrals = append(page.Referrals, item)
			}
		}
		if after = found.Next; after == "" {
			return nil
		}
		if len(page.Waiting)+len(page.Referrals) >= referralsSize {
			page.Older.Next = v.link("gioi-thieu-sau", after)
			return nil
		}
	}
}

func (v *visit) introducedItem(r market.Referral) (introduced, error) {
	item := introduced{Referral: r, Href: employerHome + "/gioi-thieu/" + string(r.ID), Answer: len(employerEvents(r)) > 0}
	if err := v.can(market.ReadReferral, market.Subject{Centre: r.Centre, Worker: r.Worker, Employer: r.Employer}); err != nil {
		return item, err
	}
	w, err := load[market.Worker](v, r.Worker)
	if err != nil && market.KindOf(err) != market.NotFound {
		return item, err
	}
	p, err := load[market.Posting](v, r.Posting)
	if err != nil && market.KindOf(err) != market.NotFound {
		return item, err
	}
	item.Worker, item.Title = w.Name, p.Title
	return item, nil
}

// employerEvents are the steps of a referral that the employer may take now.
func employerEvents(r market.Referral) []market.ReferralEvent {
	steps := []market.ReferralEvent{market.ReferralInvite, market.ReferralHire, market.ReferralStart, market.ReferralReject}
	return slices.DeleteFunc(steps, func(e market.ReferralEvent) bool { return !slices.Contains(r.Events(), e) })
}

// moveOwnPosting takes one step with the employer's own vacancy.
func (s *Server) moveOwnPosting(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	event := market.PostingEvent(f.Text("event"))
	if event == market.PostingClose {
		f.needs("note")
	} else if !slices.Contains(ownSteps, event) {
		return market.Bad("event", "error.request")
	}
	if f.refused() {
		return s.renderOwnPostings(v, f)
	}
	if _, err = s.Desk.MovePosting(v.ctx, v.actor, v.now, id, f.Rev, event, f.Text("note")); err != nil {
		if f.caught(err) {
			return s.renderOwnPostings(v, f)
		}
		return err
	}
	return v.done(employerHome, movedNotice[event])
}

var movedNotice = map[market.PostingEvent]string{
	market.PostingSubmit: "notice.posting.submitted", market.PostingConfirm: "notice.posting.confirmed",
	market.PostingPause: "notice.posting.paused", market.PostingClose: "notice.posting.closed",
}
