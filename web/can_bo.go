package web

import (
	"noiviec/internal/market"
	"noiviec/internal/store"
)

type todayPage struct {
	Layout
	Lines []todayLine
}

// todayLine is one kind of work waiting.
type todayLine struct {
	Key, Href string
	Count     int
}

// showToday is where a counsellor's day begins: what waits, and how much of it.
func (s *Server) showToday(v *visit) error {
	page := &todayPage{Layout: v.layout("today.title")}
	count := func(key, href string, n int, err error) error {
		page.Lines = append(page.Lines, todayLine{key, href, n})
		return err
	}
	queue, err := s.reviewQueue(v)
	if err := count("today.review", "/can-bo/ghep", len(queue), err); err != nil {
		return err
	}
	n, err := store.Count[market.Posting](v.ctx, s.Store, s.by("postings_by_state", market.PostingInReview))
	if err := count("today.check", "/can-bo/tin", n, err); err != nil {
		return err
	}
	n, err = store.Count[market.Employer](v.ctx, s.Store, s.by("employers_by_state", market.EmployerPending))
	if err := count("today.firms", "/can-bo/tin", n, err); err != nil {
		return err
	}
	running := 0
	for _, state := range pendingStates {
		n, err := store.Count[market.Referral](v.ctx, s.Store, s.by("referrals_by_state", state))
		if err != nil {
			return err
		}
		running += n
	}
	if err := count("today.referrals", "/can-bo/gioi-thieu", running, nil); err != nil {
		return err
	}
	n, err = store.Count[market.Placement](v.ctx, s.Store, store.Query{Centre: s.Centre, Index: "placements_by_due", From: market.Date("1900-01-01"), To: v.today})
	if err := count("today.due", "/can-bo/gioi-thieu?trang-thai=started", n, err); err != nil {
		return err
	}
	return v.render("can-bo", 200, page)
}

// by is the query of an index with its first fields fixed.
func (s *Server) by(index string, equal ...any) store.Query {
	return store.Query{Centre: s.Centre, Index: index, Equal: equal}
}

var pendingStates = []market.ReferralState{market.ReferralProposed, market.ReferralSent, market.ReferralAgreed, market.ReferralIntroduced, market.ReferralInterview, market.ReferralHired}
