package web

import (
	"net/url"
	"slices"

	"noiviec/internal/market"
)

type fittingPage struct {
	Layout
	Cards    []card
	On       market.Date // the day the run reckoned with
	Stopped  string      // why the list is not renewed
	Form     *Form
	Refusals []Option
	Asking   market.ID // the job whose no still needs a reason
	Bare     bool      // the profile says too little to find anything
	Full     bool      // what fits is shown to enough others already
	Early    bool      // no run has made a list yet
	Learned  []learnedRow
	Search   pick   // where to look further: for the work wanted most
	Gains    *gains // what would open more, where one is looking and has said something
}

// showFitting shows the jobs that fit the job seeker, as the last run found them.
func (s *Server) showFitting(v *visit) error { return s.renderFitting(v, v.blank(0, nil)) }

func (s *Server) renderFitting(v *visit, f *Form) error {
	worker, err := v.ownWorker()
	if err != nil {
		return err
	}
	if worker == nil {
		return market.Fail(market.NotFound, "error.not_found")
	}
	if err := v.can(market.ReadSuggestions, market.Subject{Centre: s.Centre, Worker: worker.ID}); err != nil {
		return err
	}
	list, err := v.ownSuggestions()
	if err != nil {
		return err
	}
	taken, err := v.answered(worker)
	if err != nil {
		return err
	}
	postings, err := v.stillOpen(list.Shown(), taken)
	if err != nil {
		return err
	}
	cards, err := s.cardsOf(v, postings, worker.Commune)
	if err != nil {
		return err
	}
	for i := range cards {
		cards[i].moved(v, list)
	}
	page := &fittingPage{Layout: v.layout("fitting.title"), Cards: cards, On: list.On, Stopped: v.whyStopped(worker), Form: f, Refusals: v.workerRefusals(),
		Bare: len(worker.Wishes)+len(worker.Skills) == 0, Full: list.NoCapacity && worker.Available()}
	page.Early = list.On == "" && worker.Available() && !page.Bare
	page.Learned = v.learnedRows(*worker)
	page.Search = pick{Href: "/", Text: v.T("nav.search")}
	if len(worker.Wishes) > 0 {
		wish := v.wishWord(worker.Wishes[0])
		page.Search = pick{Href: "/?q=" + url.QueryEscape(wish), Text: v.T("fitting.search_more", wish)}
	}
	if places := placesOf(list, postings); len(places) > 0 {
		v.showed(list, len(list.Shown()), places...)
	}
	if worker.Available() && !page.Bare {
		if page.Gains, err = s.gains(v, *worker); err != nil {
			return err
		}
	}
	if f.refused() {
		page.Asking = market.ID(v.Params("id"))
	}
	return v.render("toi-viec-hop", f.status(), page)
}

// whyStopped says why nothing is looked for: one is at work, or paused.
func (v *visit) whyStopped(w *market.Worker) string {
	switch {
	case w.Available():
		return ""
	case w.State == market.WorkerEmployed:
		return v.T("fitting.employed")
	}
	return v.T("fitting.paused")
}

// answered lists the postings the job seeker has refused or is being referred to.
func (v *visit) answered(w *market.Worker) ([]market.ID, error) {
	var out []market.ID
	for _, r := range w.Refusals {
		out = append(out, r.Posting)
	}
	referrals, err := v.ownReferrals()
	for _, r := range referrals {
		if r.Pending() || r.HoldsSeat() {
			out = append(out, r.Posting)
		}
	}
	return out, err
}

// placesOf finds postings in a list, from 0.
func placesOf(list market.Suggestions, postings []market.Posting) (out []int) {
	for _, p := range postings {
		if i := slices.IndexFunc(list.Items, func(f market.Suggestion) bool { return f.Posting == p.ID }); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// moved says that a job stands before better ones because those are shown to enough others.
func (c *card) moved(v *visit, list market.Suggestions) {
	at := slices.IndexFunc(list.Items, func(f market.Suggestion) bool { return f.Posting == c.ID })
	if at >= 0 && list.Items[at].Moved != nil {
		c.Moved = upperFirst(v.reason(*list.Items[at].Moved))
	}
}

// stillOpen loads the suggested postings that one may still apply for.
func (v *visit) stillOpen(items []market.Suggestion, taken []market.ID) ([]market.Posting, error) {
	var out []market.Posting
	for _, item := range items {
		if slices.Contains(taken, item.Posting) {
			continue
		}
		p, err := load[market.Posting](v, item.Posting)
		if market.KindOf(err) == market.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if p.Matchable(v.today) {
			out = append(out, p)
		}
	}
	return out, nil
}

// answerFitting takes "I want this job", or "not for me" with its reason.
func (s *Server) answerFitting(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	back, notice := "/toi/gioi-thieu", "notice.wanted"
	if f.Text("answer") == "no" {
		back, notice = "/toi/viec-hop", "notice.refused"
		err = s.Desk.RefusePosting(v.ctx, v.actor, v.now, id, f.Text("reason"))
	} else {
		_, err = s.Desk.WantPosting(v.ctx, v.actor, v.now, id)
	}
	if err != nil {
		if f.caught(err) {
			return s.renderFitting(v, f)
		}
		return err
	}
	return v.done(back, notice)
}
