package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

type reviewPage struct {
	Layout
	ask       reviewAsk
	Queue     []reviewItem
	Next      string // address of the next page of the queue
	Left      int    // still to decide here
	Done      int    // decided today by this counsellor
	Goal      int    // what Done counts to
	Cells     []cell
	Pinned    int
	Decided   []decidedRow // when the decisions of today are asked for
	Views     []Item
	Filter    *reviewFilter
	Communes  []Option
	Just      *justDecided
	Now       *reviewPair
	After     string // address of the pair that opens after this one
	Form      *Form
	Refusals  []Option
	Keys      bool
	Action    string // address of this page, filters and all: where its forms go
	CanDecide bool
}

// reviewFilter is what narrows the queue, with the way out.
type reviewFilter struct{ Text, Remove string }

// showReview shows the queue and one pair of it with everything its score is made of.
func (s *Server) showReview(v *visit) error { return s.renderReview(v, v.blank(0, nil)) }

func (s *Server) renderReview(v *visit, f *Form) error {
	a := v.reviewAsk()
	page := &reviewPage{Layout: v.layout("review.title"), ask: a, Form: f, Keys: v.keysOn(), Action: a.here()}
	page.Refusals = append([]Option{{Text: v.T("review.reason")}}, v.options("refusal", market.RefusalReasons)...)
	today, err := s.decidedToday(v)
	if err != nil {
		return err
	}
	if page.Pinned, err = store.Count[market.Match](v.ctx, s.Store, s.by("matches_by_state", market.MatchPinned)); err != nil {
		return err
	}
	queue, err := s.pairs(v, a, portion)
	if err != nil {
		return err
	}
	page.Queue, page.Done = queue.Items, len(today)
	page.count(queue)
	if err := page.narrow(v); err != nil {
		return err
	}
	if page.Just, err = s.justDecided(v); err != nil {
		return err
	}
	if a.View == viewDone {
		if page.Decided, err = s.decidedRows(v, today); err != nil {
			return err
		}
		return v.render("can-bo-ghep", f.status(), page)
	}
	if err := page.open(v); err != nil {
		return err
	}
	if page.Now == nil && a.pair() && f.status() == 200 {
		a.After = ""
		return v.to(afterDecision(a.link(), v.Query("vua"), url.Values{"truoc": {v.Query("truoc")}, "phieu": {v.Query("phieu")}}))
	}
	return v.render("can-bo-ghep", f.status(), page)
}

// count reckons what is left and how far the day has come. The unnarrowed queue is counted in portions, because it
// has no end that anybody would reach.
func (p *reviewPage) count(queue reviewQueue) {
	p.Left = len(queue.Items)
	if queue.Next != "" {
		next := p.ask
		next.After = queue.Next
		p.Next = next.link()
	}
	left := portion - p.Done%portion
	if p.ask.By == "" && p.ask.View != viewPinned {
		if queue.Next == "" {
			left = min(left, len(queue.Items))
		}
		p.Left = left
	}
	p.Goal = p.Done + left
	p.Cells = cells(p.Done, p.Goal)
}

// cell is one woven cell of the progress.
type cell struct {
	X  int
	On bool
}

func cells(done, total int) []cell {
	out := make([]cell, total)
	for i := range out {
		out[i] = cell{X: 8 * i, On: i < done}
	}
	return out
}

// Switch is where the form that turns the keys on and off goes: it comes back to this address.
func (p *reviewPage) Switch() string {
	return reviewHome + "/phim" + strings.TrimPrefix(p.ask.here(), reviewHome)
}

// ViewDone reports that the decisions of today are asked for.
func (p *reviewPage) ViewDone() bool { return p.ask.View == viewDone }

// Woven is how wide the cells stand together.
func (p *reviewPage) Woven() int { return 8 * len(p.Cells) }

// narrow words the filters: the one that is on, and those one may choose.
func (p *reviewPage) narrow(v *visit) error {
	a := p.ask
	out := reviewAsk{View: a.View}
	switch a.By {
	case byPosting:
		posting, err := load[market.Posting](v, a.Posting)
		if err != nil {
			return err
		}
		p.Filter = &reviewFilter{v.T("review.only_posting", posting.Title), out.link()}
	case byPerson:
		worker, err := load[market.Worker](v, a.Worker)
		if err != nil {
			return err
		}
		p.Filter = &reviewFilter{v.T("review.only_person", worker.Name), out.link()}
	case byCommune:
		p.Filter = &reviewFilter{v.place(market.Workplace{Commune: a.Commune}), out.link()}
	}
	for _, view := range []struct {
		code, key string
		count     int
	}{{"", "review.view_open", 0}, {viewPinned, "review.view_pinned", p.Pinned}, {viewDone, "review.view_done", p.Done}} {
		p.Views = append(p.Views, Item{Href: reviewAsk{View: view.code}.link(), Text: v.T(view.key, view.count), Here: a.View == view.code})
	}
	if a.By == "" && a.View == "" || a.By == byCommune {
		if province, ok := v.s.Tax.Province(v.centre().Province); ok {
			for _, code := range province.Communes {
				p.Communes = append(p.Communes, Option{Value: code, Text: v.place(market.Workplace{Commune: code}), On: code == a.Commune})
			}
		}
		sortVietnamese(p.Communes)
	}
	return nil
}

// open opens the pair that was asked for, else the first.
func (p *reviewPage) open(v *visit) error {
	posting, worker := p.ask.Posting, p.ask.Worker
	if !p.ask.pair() {
		if len(p.Queue) == 0 {
			return nil
		}
		posting, worker = p.Queue[0].Posting, p.Queue[0].Worker
	}
	now, err := v.s.reviewPair(v, posting, worker)
	if err != nil || now == nil {
		return err
	}
	if now.Decided() && v.Query("vua") != "" {
		return nil // the pair that was to open next has been decided meanwhile: back to the queue
	}
	p.Now, p.Action = now, p.ask.to(posting, worker)
	here := slices.IndexFunc(p.Queue, func(item reviewItem) bool { return item.Posting == posting && item.Worker == worker })
	if here >= 0 {
		p.Queue[here].Here = true
	}
	switch {
	case here >= 0 && here+1 < len(p.Queue):
		p.After = p.Queue[here+1].Href
	case len(p.Queue) > 0 && here != 0:
		p.After = p.Queue[0].Href
	default:
		p.After = p.ask.link()
	}
	p.CanDecide = !now.Decided()
	return nil
}

// decideMatch records the decision; "refer" approves and makes the referral. The next pair opens by itself.
func (s *Server) decideMatch(v *visit) error {
	f := v.form()
	dec := casework.MatchDecision{Posting: market.ID(f.Text("posting")), Worker: market.ID(f.Text("worker")), Rev: f.Rev, Note: f.Text("note")}
	if !dec.Posting.Valid() || !dec.Worker.Valid() {
		return market.Fail(market.NotFound, "error.not_found")
	}
	next, pair := f.Text("next"), string(market.MatchID(dec.Posting, dec.Worker))
	switch f.Text("answer") {
	case "reject":
		dec.Event, dec.Reason = market.MatchReject, f.Text("reason")
	case "pin":
		dec.Event = market.MatchPin
	case "undo":
		dec.Event, next = market.MatchUndo, v.reviewAsk().to(dec.Posting, dec.Worker)
	default:
		dec.Event = market.MatchApprove
	}
	match, err := s.Desk.DecideMatch(v.ctx, v.actor, v.now, dec)
	if overtaken(err) {
		return v.done(afterDecision(next, pair, url.Values{"truoc": {"1"}}), "")
	}
	extra := url.Values{}
	if err == nil && f.Text("answer") == "refer" {
		var made []market.Referral
		if made, err = s.Desk.Refer(v.ctx, v.actor, v.now, casework.ReferralRequest{Posting: match.Posting, Workers: []market.ID{match.Worker}, Note: dec.Note}); err == nil {
			extra.Set("phieu", string(made[0].ID))
		}
	}
	if err != nil {
		if f.caught(err) {
			return s.renderReview(v, f)
		}
		return err
	}
	return v.done(afterDecision(next, pair, extra), "")
}

// overtaken reports that somebody else decided about the pair after it was read.
func overtaken(err error) bool {
	return errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.stale"}) || errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.transition"})
}

// afterDecision is the address of the next pair, which says what became of the match just decided.
func afterDecision(next, match string, extra url.Values) string {
	u, err := url.Parse(next)
	if err != nil || u.Path != reviewHome || u.Host != "" {
		u = &url.URL{Path: reviewHome}
	}
	q := u.Query()
	extra.Set("vua", match)
	for key := range extra {
		if q.Del(key); extra.Get(key) != "" {
			q.Set(key, extra.Get(key))
		}
	}
	return withQuery(reviewHome, q)
}

// keysCookie remembers that single keys are switched off.
const keysCookie = "nv-phim"

func (v *visit) keysOn() bool { return v.Cookies(v.s.cookieName(keysCookie)) != "tat" }

// switchKeys turns the workbench's single keys on or off for this browser.
func (s *Server) switchKeys(v *visit) error {
	value := "tat"
	if v.form().Text("keys") == "on" {
		value = "bat"
	}
	v.setCookie(keysCookie, value, 365*24*time.Hour)
	return v.to(v.reviewAsk().here())
}
