package jobs

import (
	"context"
	"maps"
	"slices"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/matcher"
)

// changes are documents as they are now, and ids of those that are there no more.
type changes struct {
	postings     []market.Posting
	workers      []market.Worker
	gonePostings []market.ID
	goneWorkers  []market.ID
	firms        []market.Employer // with them come their postings, where those are to be turned again
	goneFirms    []market.ID
}

// take takes changes in and, where the lists are this process's to make, makes those of what has changed: somebody may
// be looking at it. The lists of others that they touch are owed.
func (e *Engine) take(ctx context.Context, desk *casework.Desk, c changes, now time.Time) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	first := e.note(c)
	m, err := e.renew(first, now)
	if err != nil || !e.makes() {
		return err
	}
	for s := range first { // before its own list is written, which then does not say any more whom it named
		e.owed[s] = true
	}
	e.owe(m, first)
	list := slices.SortedFunc(maps.Keys(first), compare)
	return e.writeOwed(ctx, writing{m: m, desk: desk, now: now}, list)
}

// writeOwed makes lists that are owed. When they are another process's to make by now, they are not owed any more.
func (e *Engine) writeOwed(ctx context.Context, w writing, list []subject) error {
	if _, err := e.write(ctx, w, list); err != nil && e.makes() {
		return err
	}
	for _, s := range list {
		delete(e.owed, s)
	}
	return nil
}

// note puts changes into the engine's copies, and gives what has changed.
func (e *Engine) note(c changes) map[subject]bool {
	first := map[subject]bool{}
	for _, f := range c.firms { // before their postings, which are turned with them
		e.employers[string(f.ID)] = f
	}
	for _, id := range c.goneFirms {
		delete(e.employers, string(id))
	}
	for _, p := range c.postings {
		e.putPosting(p)
		first[subject{market.ForPosting, p.ID}] = true
	}
	for _, w := range c.workers {
		e.putWorker(w)
		first[subject{market.ForWorker, w.ID}] = true
	}
	for _, id := range c.gonePostings {
		delete(e.postings, string(id))
		first[subject{market.ForPosting, id}] = true
	}
	for _, id := range c.goneWorkers {
		delete(e.workers, string(id))
		first[subject{market.ForWorker, id}] = true
	}
	return first
}

// mostRenewed is after how many changes the market is rather built anew: each makes every list a little slower.
const mostRenewed = 2000

// renew gives the market of today with what has changed in it.
func (e *Engine) renew(changed map[subject]bool, now time.Time) (*matcher.Market, error) {
	if e.live == nil || e.live.Day() != dayOf(market.DateOf(now)) || e.renewed+len(changed) > mostRenewed {
		return e.market(now)
	}
	var r matcher.Renewal
	for s := range changed {
		id := string(s.id)
		worker, seeking := e.workers[id]
		posting, open := e.postings[id]
		switch {
		case s.side == market.ForWorker && seeking:
			r.Workers = append(r.Workers, worker)
		case s.side == market.ForWorker:
			r.GoneWorkers = append(r.GoneWorkers, id)
		case open:
			r.Postings = append(r.Postings, posting)
		default:
			r.GonePostings = append(r.GonePostings, id)
		}
	}
	m, err := e.live.Renew(r)
	if err != nil {
		e.live = nil // it is behind the documents
		return nil, err
	}
	e.live = m
	e.renewed += len(changed)
	e.warm.Store(newSnapshot(m))
	return m, nil
}

// owe notes whose lists a change of the subjects may alter: those that named one, and those that one is now good
// enough for.
func (e *Engine) owe(m *matcher.Market, changed map[subject]bool) {
	sides := map[market.ID]market.Side{}
	for s := range changed {
		sides[s.id] = s.side
	}
	for owner, others := range e.lists {
		for _, id := range others {
			if side, ok := sides[id]; ok {
				e.owed[subject{opposite(side), owner}] = true
			}
		}
	}
	floors := map[market.Side][]uint8{}
	for s := range changed {
		if floors[s.side] == nil {
			floors[s.side] = e.floorsOf(m, opposite(s.side))
		}
		for _, h := range reachedBy(m, s, floors[s.side]) {
			e.owed[subject{opposite(s.side), otherSide(m, s.side, h.Row)}] = true
		}
	}
}

// oweStale notes the lists that cannot be right any more, after a time when nobody looked: those that name somebody
// or something that is gone or keeps a condition no longer, those of a subject that is gone, and, once there has been
// a night, subjects without a list. A list that only misses somebody new cannot be told from what is stored; it
// follows with the next night.
func (e *Engine) oweStale(m *matcher.Market) {
	for _, s := range e.orphans() {
		e.owed[s] = true
	}
	for row := range int32(m.Workers()) {
		id := market.ID(m.WorkerID(row))
		e.oweIfStale(subject{market.ForWorker, id}, func(other market.ID) bool {
			p, ok := m.PostingRow(string(other))
			return ok && passes(m, row, p)
		})
	}
	for row := range int32(m.Postings()) {
		id := market.ID(m.PostingID(row))
		e.oweIfStale(subject{market.ForPosting, id}, func(other market.ID) bool {
			w, ok := m.WorkerRow(string(other))
			return ok && passes(m, w, row)
		})
	}
}

// oweAll owes every list.
func (e *Engine) oweAll() {
	for id := range e.workers {
		e.owed[subject{market.ForWorker, market.ID(id)}] = true
	}
	for id := range e.postings {
		e.owed[subject{market.ForPosting, market.ID(id)}] = true
	}
}

func (e *Engine) oweIfStale(s subject, holds func(other market.ID) bool) {
	others, made := e.lists[s.id]
	if !made && e.showing.last.Rev > 0 || slices.ContainsFunc(others, func(id market.ID) bool { return !holds(id) }) {
		e.owed[s] = true
	}
}

func passes(m *matcher.Market, worker, posting int32) bool {
	_, ok := m.Score(worker, posting)
	return ok
}

// floorsOf gives, by row of a side, the score one needs to come onto its list.
func (e *Engine) floorsOf(m *matcher.Market, side market.Side) []uint8 {
	n := m.Postings()
	if side == market.ForWorker {
		n = m.Workers()
	}
	floors := make([]uint8, n)
	for row := range floors {
		floors[row] = uint8(e.floors[otherSide(m, opposite(side), int32(row))])
	}
	return floors
}

// reachedBy gives those of the other side whose floor a subject reaches.
func reachedBy(m *matcher.Market, s subject, floors []uint8) []matcher.Hit {
	o := matcher.Options{LeastScore: leastScore}
	if s.side == market.ForWorker {
		if row, ok := m.WorkerRow(string(s.id)); ok {
			return m.ReachedByWorker(row, floors, o)
		}
	} else if row, ok := m.PostingRow(string(s.id)); ok {
		return m.ReachedByPosting(row, floors, o)
	}
	return nil
}

// owedAtOnce is how many owed lists are made before what has changed meanwhile gets its turn.
const owedAtOnce = 16

// settleSome makes some of the owed lists, and reports whether there are more. Once there are none, those without a
// place get what was given up.
func (e *Engine) settleSome(ctx context.Context, desk *casework.Desk, now time.Time) (more bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.makes() {
		return false, nil
	}
	if len(e.owed) == 0 && len(e.showing.freed) == 0 {
		e.turn.settle(e.lease)
		return false, nil
	}
	m, err := e.renew(nil, now)
	if err != nil {
		return false, err
	}
	w := writing{m: m, desk: desk, now: now}
	if len(e.owed) == 0 {
		return true, e.writeOwed(ctx, w, e.waiting())
	}
	list := slices.SortedFunc(maps.Keys(e.owed), inTurn(market.DateOf(now)))
	list = list[:min(len(list), owedAtOnce)]
	return true, e.writeOwed(ctx, w, list)
}

// settle makes owed lists whenever it is woken, until the context ends.
func (r *Runner) settle(ctx context.Context, wake <-chan struct{}) {
	for {
		select {
		case <-wake:
		case <-ctx.Done():
			return
		}
		for {
			more, err := r.Engine.settleSome(ctx, r.Desk, r.Now())
			if ctx.Err() != nil || err == nil && !more {
				break
			}
			if err == nil {
				continue
			}
			r.Log.Warn("making lists that a change touches failed, trying again", "err", err)
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
				return
			}
		}
	}
}
