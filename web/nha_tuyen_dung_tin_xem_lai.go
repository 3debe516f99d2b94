package web

import (
	"slices"
	"strconv"

	"noiviec/internal/market"
)

type postingReviewPage struct {
	Layout
	Posting    market.Posting
	Must, Nice []need
	Perks      []perk
	Text       []string // paragraphs
	Checks     []string // what staff will ask about, worded
	Edit       string   // "" once it cannot be changed
	Submit     bool     // it waits for the employer to send it
	Chances    *reviewChances
}

func reviewPath(id market.ID) string { return editPath(id) + "/xem-lai" }

// showPostingReview shows a vacancy as it was understood, with what staff will ask about, before it is sent.
func (s *Server) showPostingReview(v *visit) error {
	p, err := s.writablePosting(v, "id")
	if err != nil {
		return err
	}
	page := &postingReviewPage{Layout: v.layout("employer.review"), Posting: p, Perks: v.perks(p, len(market.Benefits)), Text: paragraphs(p.Text),
		Edit: editPath(p.ID), Submit: slices.Contains(p.Events(), market.PostingSubmit)}
	page.Must, page.Nice = v.needs(p, nil)
	page.Checks = v.postingChecks(p)
	if page.Chances, err = v.reviewChances(p); err != nil {
		return err
	}
	return v.render("nha-tuyen-dung-tin-xem-lai", 200, page)
}

// postingChecks words what should be looked at before a vacancy is shown.
func (v *visit) postingChecks(p market.Posting) []string {
	var out []string
	for _, r := range v.s.Desk.CheckPosting(p, v.today) {
		args := make([]any, len(r.Args))
		for i, arg := range r.Args {
			if n, err := strconv.ParseInt(arg, 10, 64); err == nil {
				args[i] = n
			} else {
				args[i] = arg
			}
		}
		out = append(out, v.T("employer."+r.Code, args...))
	}
	return out
}
