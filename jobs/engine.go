package jobs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// listLength is how many suggestions a stored list holds; pages show the first few of them.
const listLength = 20

// leastScore is the score from which a suggestion is worth a counsellor's time.
const leastScore = 30

// Engine holds the market as the matcher sees it, kept equal to the store by the follower. The lists, and who is shown
// what, it knows only while it makes them.
type Engine struct {
	cfg    Config
	tables matcher.Tables
	turn   *turn

	mu        sync.Mutex
	weights   matcher.Weights // in force
	workers   map[string]matcher.Worker
	postings  map[string]matcher.Posting
	employers map[string]market.Employer
	lease     market.Lease              // under which the lists below were read; zero when another process makes them
	lists     map[market.ID][]market.ID // subject → the other sides of its list, to see what a change touches
	floors    map[market.ID]int         // subject → the score one needs to come onto its list
	stored    map[market.ID]string      // list id → digest of what is stored
	showing   showing
	live      *matcher.Market  // of the documents above; nil when it must be built
	renewed   int              // changes since it was built
	owed      map[subject]bool // lists that changes touch and that are yet to be made
	ran       ranWith          // what the last match run used

	warm    atomic.Pointer[snapshot] // the market as last built, for questions
	reading sync.Mutex               // guards read
	read    chan struct{}            // closed when the market that is being read for questions is there; nil when none is
}

func newEngine(cfg Config) *Engine {
	return &Engine{cfg: cfg, tables: matcherTables(cfg.Tax), turn: newTurn(cfg), weights: matcher.DefaultWeights(), owed: map[subject]bool{}}
}

// load reads the whole market from the store, and the lists when it is to make them under a lease (a zero one: it is
// not). When the lease has changed hands meanwhile it is errTurn. all owes every list: nobody knows what was missed.
func (e *Engine) load(ctx context.Context, under market.Lease, all bool) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if lease, _ := e.turn.held(); lease.Fence != under.Fence {
		return errTurn
	}
	if err := e.loadLocked(ctx, under); err != nil {
		return err
	}
	m, err := e.market(e.cfg.Now()) // questions are answered from now on
	if err != nil || under.Fence == 0 {
		return err
	}
	if e.oweStale(m); all {
		e.oweAll()
	}
	e.freeAll()
	return nil
}

// makes reports whether the lists are this engine's to make. When they are not any more, what it owes is found
// again by who makes them now.
func (e *Engine) makes() bool {
	if e.turn.holds(e.lease) {
		return true
	}
	e.lease, e.lists, e.floors, e.stored = market.Lease{}, nil, nil, nil
	clear(e.owed)
	return false
}

// loadLocked reads everything beside what the engine has, and takes it over only when all of it is there: from half
// a market, lists would be written empty. What is owed under the same lease stays owed.
func (e *Engine) loadLocked(ctx context.Context, under market.Lease) error {
	next := &Engine{cfg: e.cfg, tables: e.tables, weights: e.weights,
		lists: map[market.ID][]market.ID{}, floors: map[market.ID]int{}, stored: map[market.ID]string{}}
	if err := next.loadMarket(ctx); err != nil {
		return err
	}
	if under.Fence != 0 {
		err := store.Each(ctx, e.cfg.Store, e.cfg.Centre, func(l market.Suggestions) error { next.remember(l); return nil })
		if err != nil {
			return fmt.Errorf("load suggestions: %w", err)
		}
	}
	if under.Fence != e.lease.Fence {
		clear(e.owed)
	}
	e.lease = under
	e.weigh(next.weights)
	e.workers, e.postings, e.employers, e.showing = next.workers, next.postings, next.employers, next.showing
	e.lists, e.floors, e.stored, e.live = next.lists, next.floors, next.stored, nil
	return nil
}

// loadMarket reads people, vacancies and employers into an engine that nobody asks yet.
func (e *Engine) loadMarket(ctx context.Context) error {
	if err := e.reweigh(ctx); err != nil {
		return err
	}
	e.workers, e.postings, e.employers = map[string]matcher.Worker{}, map[string]matcher.Posting{}, map[string]market.Employer{}
	e.showing = newShowing()
	if err := e.showing.load(ctx, e.cfg.Store, e.cfg.Centre); err != nil {
		return err
	}
	err := store.Each(ctx, e.cfg.Store, e.cfg.Centre, func(f market.Employer) error { e.employers[string(f.ID)] = f; return nil })
	if err != nil {
		return fmt.Errorf("load employers: %w", err)
	}
	err = store.Each(ctx, e.cfg.Store, e.cfg.Centre, func(w market.Worker) error { e.putWorker(w); return nil })
	if err != nil {
		return fmt.Errorf("load workers: %w", err)
	}
	err = store.Each(ctx, e.cfg.Store, e.cfg.Centre, func(p market.Posting) error { e.putPosting(p); return nil })
	if err != nil {
		return fmt.Errorf("load postings: %w", err)
	}
	return nil
}

// today is the day whose exchange rates hold: documents are turned when they change, all of them every night.
func (e *Engine) today() market.Date { return market.DateOf(e.cfg.Now()) }

// putWorker keeps those who can be matched; the others have no row.
func (e *Engine) putWorker(w market.Worker) {
	if !w.Available() {
		delete(e.workers, string(w.ID))
		return
	}
	e.workers[string(w.ID)] = matcherWorker(w, e.cfg.Tax, e.today())
}

func (e *Engine) putPosting(p market.Posting) {
	if p.State != market.PostingOpen {
		delete(e.postings, string(p.ID))
		return
	}
	var firm *market.Employer
	if f, ok := e.employers[string(p.Employer)]; ok {
		firm = &f
	}
	e.postings[string(p.ID)] = matcherPosting(p, firm, e.cfg.Tax, e.today())
	e.showing.noteText(p)
}

func (e *Engine) remember(l market.Suggestions) {
	others := make([]market.ID, len(l.Items))
	for i, item := range l.Items {
		others[i] = other(l.Side, item)
	}
	e.lists[l.Subject] = others
	e.floors[l.Subject] = floor(l)
	e.showing.remember(l)
	e.stored[l.ID] = digest(l)
}

// floor is the score one needs to come onto a list: that of its last by score alone, 0 while there is room.
func floor(l market.Suggestions) int {
	if len(l.Items) < listLength {
		return 0
	}
	least := 100
	for _, item := range l.Items {
		if item.Rank <= listLength {
			least = min(least, item.Score)
		}
	}
	return least
}

func other(side market.Side, item market.Suggestion) market.ID {
	if side == market.ForWorker {
		return item.Posting
	}
	return item.Worker
}

// digest tells whether a list says the same: the run that found it and the day do not count.
func digest(l market.Suggestions) string {
	l.Meta, l.Run, l.On = market.Meta{}, "", ""
	if len(l.Items) == 0 {
		l.Items = nil
	}
	said, err := json.Marshal(l)
	if err != nil {
		panic(fmt.Sprintf("jobs: a list without cycles cannot be written: %v", err))
	}
	sum := sha256.Sum256(said)
	return string(sum[:])
}

// market builds the matcher's market of today.
func (e *Engine) market(now time.Time) (*matcher.Market, error) {
	b, err := matcher.NewBuilder(e.tables, dayOf(market.DateOf(now)), e.weights)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(e.workers)) {
		if err := b.AddWorker(e.workers[id]); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(e.postings)) {
		if err := b.AddPosting(e.postings[id]); err != nil {
			return nil, err
		}
	}
	m, err := b.Build()
	if err == nil {
		e.live, e.renewed = m, 0
		e.warm.Store(newSnapshot(m))
	}
	return m, err
}

// subject is one list to make.
type subject struct {
	side market.Side
	id   market.ID
}

// matchAll makes every list anew and stores those that say something else than before. It takes the lists from the
// process that makes them by day, and goes on making them if this one follows; a run that fails gives them back.
func matchAll(ctx context.Context, r *Runner, run market.Run, now time.Time) (map[string]int, error) {
	e := r.Engine
	e.mu.Lock()
	defer e.mu.Unlock()
	e.makes()
	before := e.lease
	lease, err := e.turn.take(ctx)
	if err != nil {
		return nil, fmt.Errorf("take the lists: %w", err)
	}
	e.turn.enter()
	defer e.turn.leave(ctx)
	defer repeat(e.turn.every, e.turn.renew)()
	counts, err := e.allLists(ctx, r.Desk, lease, run, now)
	if err != nil && lease.Fence != before.Fence { // what its last maker owed is not known here
		e.turn.giveBack(ctx)
	}
	return counts, err
}

func (e *Engine) allLists(ctx context.Context, desk *casework.Desk, lease market.Lease, run market.Run, now time.Time) (map[string]int, error) {
	at, err := e.cfg.Store.Here(ctx)
	if err != nil {
		return nil, err
	}
	if err := e.loadLocked(ctx, lease); err != nil {
		return nil, err
	}
	e.ran = ranWith{run.ID, matcher.Version, e.weights.Digest()}
	m, err := e.market(now)
	if err != nil {
		return nil, err
	}
	e.oweStale(m) // in case this run does not come to its end
	var all []subject
	for _, id := range slices.Sorted(maps.Keys(e.workers)) {
		all = append(all, subject{market.ForWorker, market.ID(id)})
	}
	for _, id := range slices.Sorted(maps.Keys(e.postings)) {
		all = append(all, subject{market.ForPosting, market.ID(id)})
	}
	w := writing{m: m, desk: desk, run: run.ID, now: now}
	if w.night, err = e.night(ctx, m, market.DateOf(now)); err != nil {
		return nil, err
	}
	counts, err := e.write(ctx, w, append(all, e.orphans()...))
	w.night.count(counts)
	counts["workers"], counts["postings"], counts["pairs"] = len(e.workers), len(e.postings), len(e.workers)*len(e.postings)
	if err != nil {
		return counts, err
	}
	if err := e.keepNight(ctx, w); err != nil { // last: other processes read the market when they hear of it
		return counts, err
	}
	clear(e.owed)
	e.turn.madeAll(lease, at)
	return counts, nil
}

// orphans gives the subjects that have a list with items but can no longer be matched: their lists become empty.
func (e *Engine) orphans() []subject {
	var out []subject
	for _, id := range slices.Sorted(maps.Keys(e.lists)) {
		if len(e.lists[id]) == 0 {
			continue
		}
		_, worker := e.workers[string(id)]
		_, posting := e.postings[string(id)]
		if worker || posting {
			continue
		}
		side := market.ForWorker
		if _, ok := e.stored[market.SuggestionsID(e.cfg.Centre, market.ForPosting, id)]; ok {
			side = market.ForPosting
		}
		out = append(out, subject{side, id})
	}
	return out
}

func compare(a, b subject) int {
	return cmp.Or(cmp.Compare(a.side, b.side), cmp.Compare(a.id, b.id))
}

func opposite(side market.Side) market.Side {
	if side == market.ForWorker {
		return market.ForPosting
	}
	return market.ForWorker
}
