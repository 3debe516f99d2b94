package jobs

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/matcher"
)

// stored is how a list that is kept is ranked.
var stored = matcher.Options{K: listLength, LeastScore: leastScore, Counts: true}

// rankOf lists the best of the other side for a subject: nothing for one that is not in the market. Ranking
// the whole market by matcher.RankAll gives the same lists in the same time (BenchmarkRank); list by list, only
// a batch of them is in memory.
func rankOf(m *matcher.Market, s subject, o matcher.Options) matcher.Ranking {
	if s.side == market.ForWorker {
		if row, ok := m.WorkerRow(string(s.id)); ok {
			return m.RankWorker(row, o)
		}
	} else if row, ok := m.PostingRow(string(s.id)); ok {
		return m.RankPosting(row, o)
	}
	return matcher.Ranking{}
}

// otherSide names a row of the side that a list of the given side is made of.
func otherSide(m *matcher.Market, side market.Side, row int32) market.ID {
	if side == market.ForWorker {
		return market.ID(m.PostingID(row))
	}
	return market.ID(m.WorkerID(row))
}

// writing is one making of lists: the market, and what is written down with them.
type writing struct {
	m     *matcher.Market
	desk  *casework.Desk
	run   market.ID // "" after a change
	night *night    // nil after a change
	now   time.Time
}

// draft is a list in the making: the exact ranking, and which of it a worker is shown or a posting is allocated.
type draft struct {
	subject
	ranking matcher.Ranking
	chosen  []int // of a worker's: where in the ranking, in order
}

// ranked lists the best of the other side for a subject, those of a worker as far down as places are chosen from.
func ranked(w writing, s subject) draft {
	o := stored
	if s.side == market.ForWorker {
		o.K = chooseFrom
	}
	return draft{subject: s, ranking: rankOf(w.m, s, o)}
}

// place decides which places of a worker's list the worker is shown: those of the night, or by day what there is room
// for.
func (e *Engine) place(w writing, d *draft) {
	if d.side != market.ForWorker {
		return
	}
	if w.night == nil {
		d.chosen = e.choose(w.m, d.id, d.ranking.Hits)
		return
	}
	var shown []market.ID
	if row, ok := w.m.WorkerRow(string(d.id)); ok {
		for _, p := range w.night.spread.Of(row) {
			if p.Rank >= len(d.ranking.Hits) { // chosen from a longer list
				o := stored
				o.K, o.Counts = widerFrom, false
				d.ranking.Hits = w.m.RankWorker(row, o).Hits
			}
			d.chosen = append(d.chosen, p.Rank)
			shown = append(shown, market.ID(w.m.PostingID(p.Posting)))
		}
	}
	e.showing.show(d.id, shown)
}

// list makes one list.
func (e *Engine) list(w writing, d draft) market.Suggestions {
	version, weights := matcher.Version, e.weights.Digest()
	l := market.Suggestions{Side: d.side, Subject: d.id, Run: w.run, Engine: version, Weights: weights, On: market.DateOf(w.now), Dropped: map[string]int{}, Items: []market.Suggestion{}}
	l.ID = market.SuggestionsID(e.cfg.Centre, d.side, d.id)
	if d.side == market.ForWorker {
		l.Items = append(l.Items, workerItems(w.m, d)...)
		l.Places, l.NoCapacity = len(d.chosen), len(l.Items) > 0 && len(d.chosen) == 0
	} else {
		l.Items = append(l.Items, e.postingItems(w, d)...)
	}
	if len(l.Items) > 0 {
		l.Best = l.Items[0].Score
	}
	l.Looked, l.Passed = d.ranking.Drops.Looked, d.ranking.Drops.Passed
	for c, n := range d.ranking.Drops.First {
		if n > 0 {
			l.Dropped[matcher.Condition(c).String()] = n
		}
	}
	return l
}

// workerItems explains the first of a worker's list and what is chosen from further down.
func workerItems(m *matcher.Market, d draft) []market.Suggestion {
	var items []market.Suggestion
	var chosen []int
	for at, h := range d.ranking.Hits {
		picked := slices.Contains(d.chosen, at)
		if at >= listLength && !picked {
			continue
		}
		if picked {
			chosen = append(chosen, len(items))
		}
		item := suggest(m, d.id, otherSide(m, d.side, h.Row))
		item.Rank = at + 1
		items = append(items, item)
	}
	return arrange(items, chosen)
}

// postingItems explains the people a posting is allocated, then the others of its list.
func (e *Engine) postingItems(w writing, d draft) []market.Suggestion {
	var first, rest []market.Suggestion
	given := e.given(w, d.id)
	for at, h := range d.ranking.Hits {
		id := otherSide(w.m, d.side, h.Row)
		item := suggest(w.m, id, d.id)
		item.Rank = at + 1
		k := slices.Index(given, id)
		if k < 0 {
			rest = append(rest, item)
			continue
		}
		given = slices.Delete(given, k, k+1)
		item.Allocated = true
		first = append(first, item)
	}
	first = append(first, e.further(w, d, given, listLength-len(first))...)
	return append(first, rest...)
}

// given lists whom a posting is allocated: by the night, or by day as the stored lists say.
func (e *Engine) given(w writing, posting market.ID) []market.ID {
	if w.night == nil {
		return slices.Clone(e.showing.allocated[posting])
	}
	var out []market.ID
	if row, ok := w.m.PostingRow(string(posting)); ok {
		for _, worker := range w.night.allocated[row] {
			out = append(out, market.ID(w.m.WorkerID(worker)))
		}
	}
	return out
}

// further explains the people a posting is allocated who stand below its first, with the ranks they have; those who
// no longer pass are left out, and no more than most are listed.
func (e *Engine) further(w writing, d draft, given []market.ID, most int) []market.Suggestion {
	row, ok := w.m.PostingRow(string(d.id))
	if !ok || len(given) == 0 || most <= 0 {
		return nil
	}
	o := stored
	o.K, o.Counts = w.m.Workers(), false
	var out []market.Suggestion
	for at, h := range w.m.RankPosting(row, o).Hits {
		id := otherSide(w.m, d.side, h.Row)
		if len(out) == most || !slices.Contains(given, id) {
			continue
		}
		item := suggest(w.m, id, d.id)
		item.Rank, item.Allocated = at+1, true
		out = append(out, item)
	}
	return out
}

// write makes the lists of the subjects on all processors and stores those that changed, many in one batch.
func (e *Engine) write(ctx context.Context, w writing, subjects []subject) (map[string]int, error) {
	counts := map[string]int{"lists": len(subjects), "changed": 0, "suggestions": 0}
	for from := 0; from < len(subjects); from += batchLists {
		part := subjects[from:min(from+batchLists, len(subjects))]
		var batch []market.Suggestions
		for _, l := range e.make(w, part) {
			counts["suggestions"] += len(l.Items)
			if l.Side == market.ForWorker { // the lists of postings tell of the same pairs
				for condition, n := range l.Dropped {
					counts["dropped."+condition] += n
				}
			}
			if old, ok := e.stored[l.ID]; ok && old == digest(l) || !ok && len(l.Items) == 0 && l.Looked == 0 {
				continue
			}
			batch = append(batch, l)
		}
		refused, err := e.keep(ctx, w, batch)
		if err != nil {
			return counts, fmt.Errorf("store suggestions: %w", err)
		}
		counts["changed"] += len(batch) - refused
		if refused > 0 {
			counts["refused"] += refused
		}
		if e.cfg.Progress != nil && w.run != "" {
			e.cfg.Progress("match", from+len(part), len(subjects))
		}
	}
	return counts, nil
}

// keep stores a batch of lists. When one of them cannot be stored the others are stored one by one, and that one is
// dropped: it would be refused again, and keep everything behind it waiting.
func (e *Engine) keep(ctx context.Context, w writing, batch []market.Suggestions) (refused int, err error) {
	err = e.replace(ctx, w, batch)
	if err == nil || market.KindOf(err) == "" || taken(err) { // of the store, not of a list
		return 0, err
	}
	for _, l := range batch {
		err := e.replace(ctx, w, []market.Suggestions{l})
		switch {
		case err == nil:
		case market.KindOf(err) == market.Invalid || l.Check() != nil:
			e.cfg.log().Error("a list was refused", "list", l.ID, "side", l.Side, "subject", l.Subject, "err", err)
			refused++
		default:
			return refused, err
		}
	}
	return refused, nil
}

// replace stores lists under the lease, and keeps in mind what they say.
func (e *Engine) replace(ctx context.Context, w writing, lists []market.Suggestions) error {
	e.turn.writing.Lock()
	err := w.desk.ReplaceSuggestions(ctx, market.SystemActor(e.cfg.Centre), w.now, e.lease, lists)
	e.turn.writing.Unlock()
	if taken(err) {
		e.turn.lost(e.lease)
	}
	if err != nil {
		return err
	}
	for _, l := range lists {
		e.remember(l)
	}
	return nil
}

// batchLists is how many lists are made and stored at a time.
const batchLists = 250

// make makes lists on all processors, in the order of the subjects. Places are chosen one list after the other in
// between, since what one person is shown decides what there is room for in the next.
func (e *Engine) make(w writing, part []subject) []market.Suggestions {
	drafts, out := make([]draft, len(part)), make([]market.Suggestions, len(part))
	onAll(len(part), func(i int) { drafts[i] = ranked(w, part[i]) })
	for i := range drafts {
		e.place(w, &drafts[i])
	}
	onAll(len(part), func(i int) { out[i] = e.list(w, drafts[i]) })
	return out
}

// onAll does n things on all processors.
func onAll(n int, do func(i int)) {
	var wait sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	for k := range workers {
		wait.Go(func() {
			for i := k; i < n; i += workers {
				do(i)
			}
		})
	}
	wait.Wait()
}
