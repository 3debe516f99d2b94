package web

import (
	"cmp"
	"net/url"
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const reviewHome = "/can-bo/ghep"

// portion is how many pairs a counsellor decides in one go: what the progress counts to, and a page of the queue.
const portion = 40

// reviewAsk is what the address asks of the workbench: which queue, and which pair of it lies open.
type reviewAsk struct {
	Posting, Worker market.ID
	By              string // "" the best of every posting, or one posting's, one person's, one commune's
	Commune         string
	View            string // "" to decide, or put off, or decided today
	After           string
}

const (
	byPosting  = "tin"
	byPerson   = "nguoi"
	byCommune  = "xa"
	viewPinned = "de-sau"
	viewDone   = "da-xong"
)

// reviewAsk reads the address: tin and nguoi together are a pair, one of them alone is a queue.
func (v *visit) reviewAsk() reviewAsk {
	a := reviewAsk{Posting: market.ID(v.Query(byPosting)), Worker: market.ID(v.Query(byPerson)), By: v.Query("theo"), Commune: v.Query(byCommune), View: v.Query("xem"), After: v.Query("sau")}
	switch {
	case a.Posting.Valid() && a.Worker.Valid():
	case a.Posting.Valid():
		a.By, a.Worker = byPosting, ""
	case a.Worker.Valid():
		a.By, a.Posting = byPerson, ""
	default:
		a.By, a.Posting, a.Worker = "", "", ""
	}
	if a.By != byPosting && a.By != byPerson {
		a.By = ""
	}
	if a.Commune != "" && a.By == "" {
		a.By = byCommune
	}
	if a.View != viewPinned && a.View != viewDone {
		a.View = ""
	}
	return a
}

// pair reports whether the address names one pair.
func (a reviewAsk) pair() bool { return a.Posting != "" && a.Worker != "" }

// values writes the queue without a pair.
func (a reviewAsk) values() url.Values {
	q := url.Values{}
	set := func(key, value string) {
		if value != "" {
			q.Set(key, value)
		}
	}
	switch a.By {
	case byPosting:
		set(byPosting, string(a.Posting))
	case byPerson:
		set(byPerson, string(a.Worker))
	case byCommune:
		set(byCommune, a.Commune)
	}
	set("xem", a.View)
	set("sau", a.After)
	return q
}

// link is the address of the queue; to is the address of one pair in it.
func (a reviewAsk) link() string { return withQuery(reviewHome, a.values()) }

func (a reviewAsk) to(posting, worker market.ID) string {
	q := a.values()
	q.Set(byPosting, string(posting))
	q.Set(byPerson, string(worker))
	if a.By == byPosting || a.By == byPerson {
		q.Set("theo", a.By)
	}
	return withQuery(reviewHome, q)
}

// here is the address one is at.
func (a reviewAsk) here() string {
	if a.pair() {
		return a.to(a.Posting, a.Worker)
	}
	return a.link()
}

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// rankedList and rankedPair are a stored list without the parts of its scores: those weigh most of it, and a queue
// shows them for the open pair only.
type rankedList struct {
	market.Meta `json:",inline"`
	Items       []rankedPair `json:"items"`
}

// Collection names where the lists are kept.
func (*rankedList) Collection() string { return (*market.Suggestions)(nil).Collection() }

type rankedPair struct {
	Posting   market.ID       `json:"posting"`
	Worker    market.ID       `json:"worker"`
	Score     int             `json:"score"`
	Allocated bool            `json:"allocated,omitempty"`
	Warnings  []market.Reason `json:"warnings,omitempty"`
	Missing   []market.Reason `json:"missing,omitempty"`
}

// decidedMatch is a match without what was shown.
type decidedMatch struct {
	market.Meta `json:",inline"`
	Posting     market.ID         `json:"posting"`
	Worker      market.ID         `json:"worker"`
	State       market.MatchState `json:"state"`
	Shown       rankedPair        `json:"shown"`
	DecidedBy   market.ID         `json:"decided_by,omitempty"`
	Reason      string            `json:"reason,omitempty"`
}

// Collection names where matches are kept.
func (*decidedMatch) Collection() string { return (*market.Match)(nil).Collection() }

// reviewItem is one pair in the list at the left.
type reviewItem struct {
	rankedPair
	Title, Name, Place, Note, Href string
	Here                           bool
}

// reviewQueue is a page of pairs, best first; one list's in its own order.
type reviewQueue struct {
	Items []reviewItem
	Next  string // where the next page begins, "" on the last
}

// pairs gathers one page of the queue that was asked for, at most want pairs.
func (s *Server) pairs(v *visit, a reviewAsk, want int) (reviewQueue, error) {
	g := gatherer{v: v, ask: a, postings: map[market.ID]*market.Posting{}, workers: map[market.ID]*market.Worker{}}
	var err error
	switch {
	case a.View == viewPinned:
		err = g.pinned(want)
	case a.By == byPosting:
		err = g.whole(market.ForPosting, a.Posting)
	case a.By == byPerson:
		err = g.whole(market.ForWorker, a.Worker)
	case a.By == byCommune:
		err = g.ofCommune(want)
	default:
		err = g.best(want)
	}
	if a.By != byPosting && a.By != byPerson { // those keep the order of their list: allocated people first, or places
		slices.SortStableFunc(g.out.Items, func(a, b reviewItem) int { return cmp.Compare(b.Score, a.Score) })
	}
	return g.out, err
}

// gatherer reads lists until a page is full, loading each posting and each person once.
type gatherer struct {
	v        *visit
	ask      reviewAsk
	postings map[market.ID]*market.Posting
	workers  map[market.ID]*market.Worker
	out      reviewQueue
}

// best takes the best open pair of every posting, the lists with the highest scores first.
func (g *gatherer) best(want int) error {
	q := g.v.s.by("suggestions_by_best", market.ForPosting)
	q.Desc, q.After = true, g.ask.After
	for q.Limit = want; q.Limit > 0; q.Limit = want - len(g.out.Items) {
		lists, err := store.Find[rankedList](g.v.ctx, g.v.s.Store, q)
		if err != nil {
			return err
		}
		for _, list := range lists.Items {
			if err := g.take(list.Items, 1); err != nil {
				return err
			}
		}
		if g.out.Next = lists.Next; lists.Next == "" {
			return nil
		}
		q.After = lists.Next
	}
	return nil
}

// ofCommune takes the best open pair of the people who live in a commune.
func (g *gatherer) ofCommune(want int) error {
	q := g.v.s.by("workers_by_commune", g.ask.Commune)
	q.After = g.ask.After
	for q.Limit = want; q.Limit > 0; q.Limit = want - len(g.out.Items) {
		people, err := store.Find[market.Worker](g.v.ctx, g.v.s.Store, q)
		if err != nil {
			return err
		}
		for _, w := range people.Items {
			g.workers[w.ID] = &w
			if err := g.list(market.ForWorker, w.ID, 1); err != nil {
				return err
			}
		}
		if g.out.Next = people.Next; people.Next == "" {
			return nil
		}
		q.After = people.Next
	}
	return nil
}

// whole takes every open pair of one list; no list is longer than a page.
func (g *gatherer) whole(side market.Side, subject market.ID) error {
	return g.list(side, subject, portion)
}

func (g *gatherer) list(side market.Side, subject market.ID, most int) error {
	list, err := load[rankedList](g.v, market.SuggestionsID(g.v.s.Centre, side, subject))
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return g.take(list.Items, most)
}

// pinned takes the pairs that were put off, the last first.
func (g *gatherer) pinned(want int) error {
	q := g.v.s.by("matches_by_state", market.MatchPinned)
	q.Desc, q.Limit, q.After = true, want, g.ask.After
	found, err := store.Find[decidedMatch](g.v.ctx, g.v.s.Store, q)
	if err != nil {
		return err
	}
	g.out.Next = found.Next
	for _, m := range found.Items {
		m.Shown.Posting, m.Shown.Worker = m.Posting, m.Worker
		if err := g.add(m.Shown); err != nil {
			return err
		}
	}
	return nil
}

// take adds the first pairs that nobody has decided and that can still be brought together.
func (g *gatherer) take(items []rankedPair, most int) error {
	before := len(g.out.Items)
	for _, item := range items {
		if len(g.out.Items)-before == most {
			return nil
		}
		m, err := load[decidedMatch](g.v, market.MatchID(item.Posting, item.Worker))
		if err != nil && market.KindOf(err) != market.NotFound {
			return err
		}
		if err == nil && m.State != market.MatchSuggested {
			continue
		}
		if err := g.add(item); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) add(item rankedPair) error {
	p, err := kept(g.v, g.postings, item.Posting)
	if err != nil || p == nil || !p.Matchable(g.v.today) {
		return err
	}
	w, err := kept(g.v, g.workers, item.Worker)
	if err != nil || w == nil || !w.Available() {
		return err
	}
	row := reviewItem{rankedPair: item, Title: p.Title, Name: w.Name, Place: g.v.places(*p), Href: g.ask.to(item.Posting, item.Worker)}
	for _, r := range slices.Concat(item.Missing, item.Warnings) {
		if row.Note = upperFirst(g.v.reason(r)); row.Note != "" {
			break
		}
	}
	g.out.Items = append(g.out.Items, row)
	return nil
}

// kept loads a document once; nil is one that is gone.
func kept[T any](v *visit, seen map[market.ID]*T, id market.ID) (*T, error) {
	if doc, ok := seen[id]; ok {
		return doc, nil
	}
	doc, err := load[T](v, id)
	if market.KindOf(err) == market.NotFound {
		seen[id] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	seen[id] = &doc
	return &doc, nil
}
