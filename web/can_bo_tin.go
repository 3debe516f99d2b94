package web

import (
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const checkHome = "/can-bo/tin"

// The lists of the posting check: postings in review, postings readers warned about, employers to verify.
const (
	viewReported = "bi-bao"
	viewFirms    = "noi-tuyen"
	checkPage20  = 20 // postings or employers a page
)

type checkingPage struct {
	Layout
	Views    []Item
	Items    []checkItem
	Firms    []market.Employer
	Form     *Form
	Next     string
	Firmlist bool
}

// checkItem is one posting in the list: what it says of itself and what is doubtful about it.
type checkItem struct {
	ID                                market.ID
	Href, Title, Employer, Pay, Place string
	Source                            string
	Since                             time.Time
	Doubts                            []string
}

// showCheck lists what waits for a check, oldest first.
func (s *Server) showCheck(v *visit) error { return s.renderCheck(v, v.blank(0, nil)) }

func (s *Server) renderCheck(v *visit, f *Form) error {
	view := v.Query("xem")
	page := &checkingPage{Layout: v.layout("check.title"), Form: f, Firmlist: view == viewFirms}
	if err := page.views(v, view); err != nil {
		return err
	}
	var err error
	switch view {
	case viewFirms:
		page.Firms, page.Next, err = checkPageOf[market.Employer](v, s.by("employers_by_state", market.EmployerPending))
	case viewReported:
		var list []market.Posting
		if list, err = s.reported(v); err == nil {
			err = page.fill(v, list)
		}
	default:
		var list []market.Posting
		if list, page.Next, err = checkPageOf[market.Posting](v, s.by("postings_by_state", market.PostingInReview)); err == nil {
			err = page.fill(v, list)
		}
	}
	if err != nil {
		return err
	}
	return v.render("can-bo-tin", f.status(), page)
}

// checkPageOf reads one page of an index and links the next.
func checkPageOf[T any](v *visit, q store.Query) ([]T, string, error) {
	q.Limit, q.After = checkPage20, v.Query("sau")
	found, err := store.Find[T](v.ctx, v.s.Store, q)
	if err != nil || found.Next == "" {
		return found.Items, "", err
	}
	return found.Items, v.link("sau", found.Next), nil
}

func (p *checkingPage) views(v *visit, here string) error {
	waiting, err := store.Count[market.Posting](v.ctx, v.s.Store, v.s.by("postings_by_state", market.PostingInReview))
	if err != nil {
		return err
	}
	reported, err := v.s.reported(v)
	if err != nil {
		return err
	}
	firms, err := store.Count[market.Employer](v.ctx, v.s.Store, v.s.by("employers_by_state", market.EmployerPending))
	if err != nil {
		return err
	}
	known := slices.Contains([]string{viewReported, viewFirms}, here)
	p.Views = []Item{
		{Href: checkHome, Text: v.T("check.view_new", waiting), Here: !known},
		{Href: checkHome + "?xem=" + viewReported, Text: v.T("check.view_reported", len(reported)), Here: here == viewReported},
		{Href: checkHome + "?xem=" + viewFirms, Text: v.T("check.view_firms", firms), Here: here == viewFirms},
	}
	return nil
}

// fill makes the lines of the list, each with its doubts.
func (p *checkingPage) fill(v *visit, list []market.Posting) error {
	firms := map[market.ID]*market.Employer{}
	for _, posting := range list {
		firm, err := kept(v, firms, posting.Employer)
		if err != nil {
			return err
		}
		p.Items = append(p.Items, checkItem{ID: posting.ID, Href: checkHome + "/" + string(posting.ID), Title: posting.Title, Employer: posting.EmployerName,
			Pay: p.Pay(posting.Pay), Place: v.places(posting), Source: posting.Source.Name, Since: posting.RecordedAt, Doubts: v.doubts(posting, firm)})
	}
	return nil
}

// reportedMark is a posting without its text, to find the few that readers warned about.
type reportedMark struct {
	market.Meta `json:",inline"`
	Reports     []market.Report `json:"reports"`
}

// Collection names where postings are kept.
func (*reportedMark) Collection() string { return (*market.Posting)(nil).Collection() }

// reported lists hidden postings with at least two warnings, the oldest first; there are never many.
func (s *Server) reported(v *visit) ([]market.Posting, error) {
	q := s.by("postings_by_state", market.PostingPaused)
	q.Limit = 1000
	found, err := store.Find[reportedMark](v.ctx, s.Store, q)
	if err != nil {
		return nil, err
	}
	var out []market.Posting
	for _, mark := range found.Items {
		if len(mark.Reports) < 2 || len(out) == 2*checkPage20 {
			continue
		}
		p, err := load[market.Posting](v, mark.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// verifyEmployer marks an employer as checked, or refuses it with a note that it reads.
func (s *Server) verifyEmployer(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	event := market.EmployerVerify
	if f.Text("answer") == "refuse" {
		event = market.EmployerRefuse
	}
	if _, err := s.Desk.MoveEmployer(v.ctx, v.actor, v.now, id, f.Rev, event, f.Text("note")); err != nil {
		if f.caught(err) {
			return s.renderCheck(v, f)
		}
		return err
	}
	return v.done(checkHome+"?xem="+viewFirms, "notice.moved")
}
