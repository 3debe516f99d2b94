package jobs

import (
	"context"
	"fmt"
	"runtime"
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
	m    *matcher.Market
	desk *casework.Desk
	run  market.ID // "" after a change
	now  time.Time
}

// list makes one list.
func (e *Engine) list(w writing, s subject) market.Suggestions {
	version, weights := EngineVersion()
	l := market.Suggestions{Side: s.side, Subject: s.id, Run: w.run, Engine: version, Weights: weights, On: market.DateOf(w.now), Dropped: map[string]int{}, Items: []market.Suggestion{}}
	l.ID = market.SuggestionsID(e.cfg.Centre, s.side, s.id)
	ranking := rankOf(w.m, s, stored)
	for _, h := range ranking.Hits {
		worker, posting := s.id, otherSide(w.m, s.side, h.Row)
		if s.side == market.ForPosting {
			worker, posting = posting, s.id
		}
		l.Items = append(l.Items, suggest(w.m, worker, posting))
	}
	if len(l.Items) > 0 {
		l.Best = l.Items[0].Score
	}
	l.Looked, l.Passed = ranking.Drops.Looked, ranking.Drops.Passed
	for c, n := range ranking.Drops.First {
		if n > 0 {
			l.Dropped[matcher.Condition(c).String()] = n
		}
	}
	return l
}

// write makes the lists of the subjects on all processors and stores those that changed, many in one batch.
func (e *Engine) write(ctx context.Context, w writing, subjects []subject) (map[string]int, error) {
	counts := map[string]int{"lists": len(subjects), "changed": 0, "suggestions": 0}
	actor := market.SystemActor(e.cfg.Centre)
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
		if err := w.desk.ReplaceSuggestions(ctx, actor, w.now, batch); err != nil {
			return counts, fmt.Errorf("store suggestions: %w", err)
		}
		for _, l := range batch {
			e.remember(l)
		}
		counts["changed"] += len(batch)
		if e.cfg.Progress != nil && w.run != "" {
			e.cfg.Progress("match", from+len(part), len(subjects))
		}
	}
	return counts, nil
}

// batchLists is how many lists are made and stored at a time.
const batchLists = 250

// make makes lists on all processors, in the order of the subjects.
func (e *Engine) make(w writing, part []subject) []market.Suggestions {
	out := make([]market.Suggestions, len(part))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wait.Go(func() {
			for i := k; i < len(part); i += workers {
				out[i] = e.list(w, part[i])
			}
		})
	}
	wait.Wait()
	return out
}
