package web

import (
	"noiviec/internal/market"
	"noiviec/internal/store"
)

type checkingPage struct {
	Layout
	Items []checkItem
	Firms []market.Employer
	Form  *Form
	Next  string
}

type checkItem struct {
	Posting    market.Posting
	Pay        string
	Places     []string
	Unverified *market.Employer
}

// showCheck lists postings that wait for a check, oldest first, and employers to verify.
func (s *Server) showCheck(v *visit) error { return s.renderCheck(v, v.blank(0, nil)) }

func (s *Server) renderCheck(v *visit, f *Form) error {
	q := s.by("postings_by_state", market.PostingInReview)
	q.Limit, q.After = 20, v.Query("sau")
	found, err := store.Find[market.Posting](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	page := &checkingPage{Layout: v.layout("check.title"), Form: f}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, p := range found.Items {
		item := checkItem{Posting: p, Pay: page.Pay(p.Pay)}
		for _, w := range p.Workplaces {
			item.Places = append(item.Places, v.place(w))
		}
		if e, err := load[market.Employer](v, p.Employer); err == nil && e.State != market.EmployerVerified {
			item.Unverified = &e
		}
		page.Items = append(page.Items, item)
	}
	firms, err := store.Find[market.Employer](v.ctx, s.Store, s.by("employers_by_state", market.EmployerPending))
	if err != nil {
		return err
	}
	page.Firms = firms.Items
	return v.render("can-bo-tin", f.status(), page)
}

// checkPosting approves a posting or returns it with a note.
func (s *Server) checkPosting(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	event := market.PostingApprove
	if f.Text("answer") == "return" {
		event = market.PostingReturn
	}
	_, err = s.Desk.MovePosting(v.ctx, v.actor, v.now, id, f.Rev, event, f.Text("note"))
	if err != nil {
		if f.caught(err) {
			return s.renderCheck(v, f)
		}
		return err
	}
	return v.done("/can-bo/tin", "notice.moved")
}

// verifyEmployer marks an employer as checked.
func (s *Server) verifyEmployer(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	if _, err := s.Desk.MoveEmployer(v.ctx, v.actor, v.now, id, f.Rev, market.EmployerVerify, ""); err != nil {
		if f.caught(err) {
			return s.renderCheck(v, f)
		}
		return err
	}
	return v.done("/can-bo/tin", "notice.moved")
}
