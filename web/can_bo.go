package web

import (
	"cmp"
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// shownWork is how many of each kind of work the day's page names.
const shownWork = 3

// mostWork bounds what is read of one kind before it is sorted; what is beyond it is counted only.
const mostWork = 500

// callWithin is how many days a worker waits for the promised call: two working days, with a weekend between.
const callWithin = 2

// contractSoon is how many days before its deadline a supply contract appears.
const contractSoon = 60

type todayPage struct {
	Layout
	Late, Waiting []*todo
	Nothing       []string // kinds of work of which there is none
}

// todo is one kind of work: how much of it, and the few that come first.
type todo struct {
	Title, All string // All is where the whole list is
	Count      int
	Rows       []todoRow
}

type todoRow struct{ Href, Name, More, When string }

// showToday is where a counsellor's day begins: what is late first, then what waits, the oldest of each by name.
func (s *Server) showToday(v *visit) error {
	page := &todayPage{Layout: v.layout("today.title")}
	kinds := []struct {
		late bool
		read func(*visit) (*todo, error)
	}{
		{true, s.overdueResults}, {true, s.followUpsDue}, {true, s.callsDue}, {true, s.contractsDue},
		{false, s.toIntroduce}, {false, s.postingsToCheck}, {false, s.reportedPostings}, {false, s.employersToVerify}, {false, s.bestPairs},
	}
	for _, kind := range kinds {
		t, err := kind.read(v)
		switch {
		case err != nil:
			return err
		case t.Count == 0:
			page.Nothing = append(page.Nothing, t.Title)
		case kind.late:
			page.Late = append(page.Late, t)
		default:
			page.Waiting = append(page.Waiting, t)
		}
	}
	return v.render("can-bo", 200, page)
}

// Today is the day's date, None the kinds of work of which there is none, as one sentence part.
func (p *todayPage) Today() string { return p.Date(p.v.today) }
func (p *todayPage) None() string {
	text := ""
	for i, title := range p.Nothing {
		if i > 0 {
			text += "; "
		}
		text += lowerFirst(title)
	}
	return text
}

// by is the query of an index with its first fields fixed.
func (s *Server) by(index string, equal ...any) store.Query {
	return store.Query{Centre: s.Centre, Index: index, Equal: equal}
}

var pendingStates = []market.ReferralState{market.ReferralProposed, market.ReferralSent, market.ReferralAgreed, market.ReferralIntroduced, market.ReferralInterview, market.ReferralHired}

// referralsIn reads the referrals of some states that keep says are meant, sorted by the day they are due.
func (s *Server) referralsIn(v *visit, keep func(market.Referral) bool, states ...market.ReferralState) ([]market.Referral, error) {
	var out []market.Referral
	for _, state := range states {
		q := s.by("referrals_by_state", state)
		q.Limit = mostWork
		found, err := store.Find[market.Referral](v.ctx, s.Store, q)
		if err != nil {
			return nil, err
		}
		for _, r := range found.Items {
			if keep(r) {
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b market.Referral) int { return cmp.Compare(a.DueOn, b.DueOn) })
	return out, nil
}

// referralRows names the first few referrals.
func (v *visit) referralRows(list []market.Referral, when func(market.Referral) string) ([]todoRow, error) {
	var out []todoRow
	for _, r := range list[:min(len(list), shownWork)] {
		p, err := load[market.Posting](v, r.Posting)
		if absent(err) != nil {
			return nil, err
		}
		w, err := load[market.Worker](v, r.Worker)
		if absent(err) != nil {
			return nil, err
		}
		out = append(out, todoRow{"/can-bo/gioi-thieu/" + string(r.ID), w.Name, p.Title, when(r)})
	}
	return out, nil
}

// overdueResults are people introduced to an employer that has not answered in time.
func (s *Server) overdueResults(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.overdue"), All: "/can-bo/gioi-thieu?trang-thai=introduced"}
	late := func(r market.Referral) bool { return r.DueOn != "" && r.DueOn < v.today }
	list, err := s.referralsIn(v, late, market.ReferralIntroduced, market.ReferralInterview)
	if err != nil {
		return nil, err
	}
	t.Count = len(list)
	t.Rows, err = v.referralRows(list, func(r market.Referral) string { return v.T("today.late", r.DueOn.DaysUntil(v.today)) })
	return t, err
}

// callsDue are people who were promised a call about a job and have not said yes or no.
func (s *Server) callsDue(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.calls"), All: "/can-bo/gioi-thieu?trang-thai=proposed"}
	list, err := s.referralsIn(v, func(market.Referral) bool { return true }, market.ReferralProposed, market.ReferralSent)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b market.Referral) int { return a.RecordedAt.Compare(b.RecordedAt) })
	t.Count = len(list)
	t.Rows, err = v.referralRows(list, func(r market.Referral) string {
		if waited := market.DateOf(r.RecordedAt).DaysUntil(v.today); waited > callWithin {
			return v.T("today.waited", waited)
		}
		return v.T("today.call_by", market.DateOf(r.RecordedAt).AddDays(callWithin))
	})
	return t, err
}

// toIntroduce are people who said yes and whom the employer does not know of yet.
func (s *Server) toIntroduce(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.introduce"), All: "/can-bo/gioi-thieu?trang-thai=agreed"}
	list, err := s.referralsIn(v, func(market.Referral) bool { return true }, market.ReferralAgreed)
	if err != nil {
		return nil, err
	}
	t.Count = len(list)
	t.Rows, err = v.referralRows(list, func(r market.Referral) string { return r.Number })
	return t, err
}

// followUpsDue are people at work whom the centre should ask whether they are still there.
func (s *Server) followUpsDue(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.due"), All: followUpHome}
	q := s.by("placements_by_due")
	q.From, q.To = market.Date("1900-01-01"), v.today
	var err error
	if t.Count, err = store.Count[market.Placement](v.ctx, s.Store, q); err != nil {
		return nil, err
	}
	q.Limit = shownWork
	found, err := store.Find[market.Placement](v.ctx, s.Store, q)
	if err != nil {
		return nil, err
	}
	for _, placed := range found.Items {
		w, err := load[market.Worker](v, placed.Worker)
		if absent(err) != nil {
			return nil, err
		}
		p, err := load[market.Posting](v, placed.Posting)
		if absent(err) != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, todoRow{followUpHome, w.Name, p.Title, v.T("today.due_on", placed.NextDue)})
	}
	return t, nil
}

// contractsDue are labour-supply contracts whose deadline is near and whose people are not all there.
func (s *Server) contractsDue(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.contracts")}
	q := s.by("contracts_by_state", market.ContractRunning)
	q.Limit = mostWork
	found, err := store.Find[market.SupplyContract](v.ctx, s.Store, q)
	if err != nil {
		return nil, err
	}
	near := slices.DeleteFunc(found.Items, func(c market.SupplyContract) bool {
		return c.Deadline == "" || c.Deadline > v.today.AddDays(contractSoon) || c.Delivered >= c.Quantity
	})
	slices.SortStableFunc(near, func(a, b market.SupplyContract) int { return cmp.Compare(a.Deadline, b.Deadline) })
	t.Count = len(near)
	for _, c := range near[:min(len(near), shownWork)] {
		e, err := load[market.Employer](v, c.Employer)
		if absent(err) != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, todoRow{"", e.Name, v.T("today.contract", c.Number, c.Delivered, c.Quantity), v.T("today.deadline", c.Deadline)})
	}
	return t, nil
}

// postingsToCheck are postings that wait for a look, the oldest first.
func (s *Server) postingsToCheck(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.check"), All: checkHome}
	q := s.by("postings_by_state", market.PostingInReview)
	var err error
	if t.Count, err = store.Count[market.Posting](v.ctx, s.Store, q); err != nil {
		return nil, err
	}
	q.Limit = shownWork
	found, err := store.Find[market.Posting](v.ctx, s.Store, q)
	if err != nil {
		return nil, err
	}
	for _, p := range found.Items {
		t.Rows = append(t.Rows, todoRow{checkHome + "/" + string(p.ID), p.Title, p.EmployerName, v.T("today.since", market.DateOf(p.RecordedAt))})
	}
	return t, nil
}

// reportedPostings are postings that readers warned about: two warnings hide one until somebody has looked.
func (s *Server) reportedPostings(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.reported"), All: checkHome + "?xem=" + viewReported}
	list, err := s.reported(v)
	if err != nil {
		return nil, err
	}
	t.Count = len(list)
	for _, p := range list[:min(len(list), shownWork)] {
		t.Rows = append(t.Rows, todoRow{checkHome + "/" + string(p.ID), p.Title, p.EmployerName, v.T("today.reports", len(p.Reports))})
	}
	return t, nil
}

// employersToVerify wait before any of their postings may open.
func (s *Server) employersToVerify(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.firms"), All: checkHome + "?xem=" + viewFirms}
	q := s.by("employers_by_state", market.EmployerPending)
	var err error
	if t.Count, err = store.Count[market.Employer](v.ctx, s.Store, q); err != nil {
		return nil, err
	}
	q.Limit = shownWork
	found, err := store.Find[market.Employer](v.ctx, s.Store, q)
	if err != nil {
		return nil, err
	}
	for _, e := range found.Items {
		t.Rows = append(t.Rows, todoRow{checkHome + "?xem=" + viewFirms, e.Name, v.T("firms.tax", e.TaxCode), v.T("today.since", market.DateOf(e.RecordedAt))})
	}
	return t, nil
}

// bestPairs are the suggestions with the highest scores that nobody has decided about.
func (s *Server) bestPairs(v *visit) (*todo, error) {
	t := &todo{Title: v.T("today.review"), All: reviewHome}
	queue, err := s.pairs(v, reviewAsk{}, portion)
	if err != nil {
		return nil, err
	}
	t.Count = len(queue.Items)
	for _, item := range queue.Items[:min(len(queue.Items), shownWork)] {
		t.Rows = append(t.Rows, todoRow{item.Href, item.Name, item.Title, v.T("today.points", item.Score)})
	}
	return t, nil
}
