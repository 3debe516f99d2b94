package web

import (
	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

type reviewPage struct {
	Layout
	Queue       []reviewItem
	Now         *reviewItem
	Posting     market.Posting
	Worker      market.Worker
	Rev         int64
	Wish, Asked []market.Part
	Minus       []market.Part
	Form        *Form
	Refusals    []Option
}

// reviewItem is one suggested pair that nobody has decided about.
type reviewItem struct {
	market.Suggestion
	Title, Name, Href string
	Here              bool
}

// lists read for the queue, and pairs taken from each.
const (
	queueLists = 60
	queueEach  = 2
	queueMost  = 23
)

// reviewQueue takes the best undecided pairs of the best lists; a pinned pair stays.
func (s *Server) reviewQueue(v *visit) ([]market.Suggestion, error) {
	q := s.by("suggestions_by_best", market.ForPosting)
	q.Desc, q.Limit = true, queueLists
	lists, err := store.Find[market.Suggestions](v.ctx, s.Store, q)
	if err != nil {
		return nil, err
	}
	var out []market.Suggestion
	for _, list := range lists.Items {
		taken := 0
		for _, item := range list.Items {
			if taken == queueEach || len(out) == queueMost {
				break
			}
			m, err := load[market.Match](v, market.MatchID(item.Posting, item.Worker))
			if err != nil && market.KindOf(err) != market.NotFound {
				return nil, err
			}
			if err == nil && m.State != market.MatchSuggested && m.State != market.MatchPinned {
				continue
			}
			out = append(out, item)
			taken++
		}
	}
	return out, nil
}

// showReview shows the queue and one pair of it with everything its score is made of.
func (s *Server) showReview(v *visit) error { return s.renderReview(v, v.blank(0, nil)) }

func (s *Server) renderReview(v *visit, f *Form) error {
	queue, err := s.reviewQueue(v)
	if err != nil {
		return err
	}
	page := &reviewPage{Layout: v.layout("review.title"), Form: f, Refusals: append([]Option{{Text: v.T("review.reason")}}, v.options("refusal", market.RefusalReasons)...)}
	posting, worker := market.ID(v.Query("tin")), market.ID(v.Query("nguoi"))
	for _, item := range queue {
		row := reviewItem{Suggestion: item, Href: "/can-bo/ghep?tin=" + string(item.Posting) + "&nguoi=" + string(item.Worker)}
		p, err := load[market.Posting](v, item.Posting)
		if market.KindOf(err) == market.NotFound {
			continue
		} else if err != nil {
			return err
		}
		w, err := load[market.Worker](v, item.Worker)
		if market.KindOf(err) == market.NotFound {
			continue
		} else if err != nil {
			return err
		}
		row.Title, row.Name = p.Title, w.Name
		row.Here = item.Posting == posting && item.Worker == worker || posting == "" && page.Now == nil
		page.Queue = append(page.Queue, row)
		if row.Here {
			page.Now, page.Posting, page.Worker = &page.Queue[len(page.Queue)-1], p, w
		}
	}
	if page.Now == nil && len(page.Queue) > 0 && posting != "" {
		return v.to("/can-bo/ghep")
	}
	return v.render("can-bo-ghep", f.status(), page.split(v))
}

// split groups the parts by who asks, and reads the revision of a match that is there already.
func (p *reviewPage) split(v *visit) *reviewPage {
	if p.Now == nil {
		return p
	}
	if m, err := load[market.Match](v, market.MatchID(p.Now.Posting, p.Now.Worker)); err == nil {
		p.Rev = m.Rev
	}
	for i, part := range p.Now.Parts {
		switch {
		case part.Max == 0 && part.Points == 0:
		case part.Max == 0:
			p.Minus = append(p.Minus, part)
		case i < 6: // the matcher lists the six parts of the wish first
			p.Wish = append(p.Wish, part)
		default:
			p.Asked = append(p.Asked, part)
		}
	}
	return p
}

// decideMatch records the decision; "refer" approves and makes the referral. The next pair opens by itself.
func (s *Server) decideMatch(v *visit) error {
	f := v.form()
	dec := casework.MatchDecision{Posting: market.ID(f.Text("posting")), Worker: market.ID(f.Text("worker")), Rev: f.Rev, Reason: f.Text("reason"), Note: f.Text("note")}
	switch f.Text("answer") {
	case "reject":
		dec.Event = market.MatchReject
	case "pin":
		dec.Event = market.MatchPin
	default:
		dec.Event, dec.Reason = market.MatchApprove, ""
	}
	if !dec.Posting.Valid() || !dec.Worker.Valid() {
		return market.Fail(market.NotFound, "error.not_found")
	}
	_, err := s.Desk.DecideMatch(v.ctx, v.actor, v.now, dec)
	next := "/can-bo/ghep"
	if err == nil && f.Text("answer") == "refer" {
		var made []market.Referral
		made, err = s.Desk.Refer(v.ctx, v.actor, v.now, casework.ReferralRequest{Posting: dec.Posting, Workers: []market.ID{dec.Worker}, Note: dec.Note})
		if err == nil {
			next = "/can-bo/gioi-thieu/" + string(made[0].ID)
		}
	}
	if err != nil {
		if f.caught(err) {
			return s.renderReview(v, f)
		}
		return err
	}
	return v.done(next, "notice.decided")
}

// Home names where the worker lives.
func (p *reviewPage) Home() string { return p.Place(market.Workplace{Commune: p.Worker.Commune}) }
