package jobs

import (
	"context"
	"fmt"
	"sync"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// The engine answers questions between two nights from the market it keeps in memory: what would change if one thing
// were otherwise, why a pair is not suggested, how many are left and what removed the others. Nothing is stored.

// NewEngine gives an engine that reads the store when it is first asked; a Runner keeps its own fresh.
func NewEngine(cfg Config) *Engine { return newEngine(cfg) }

// snapshot is the market as it was last built (none when other weights came into force since), with what open postings ask for and where people live, worked out
// when first needed. It is replaced as a whole, never changed.
type snapshot struct {
	m     *matcher.Market
	asked func() matcher.Asked
	homes func() map[string]int
}

func newSnapshot(m *matcher.Market) *snapshot {
	return &snapshot{m, sync.OnceValue(m.Asked), sync.OnceValue(m.Homes)}
}

// snapshot gives the market of today. The follower keeps it fresh; where it has not built one yet, on the first
// question after a start or after midnight, it is read from the store, once for all who ask, and a question waits for
// it no longer than its context lets it.
func (e *Engine) snapshot(ctx context.Context) (*snapshot, error) {
	if s := e.fresh(); s != nil {
		return s, nil
	}
	e.reading.Lock()
	done := e.read
	if done == nil {
		done = make(chan struct{})
		e.read = done
		go e.readMarket(done)
	}
	e.reading.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
	}
	if s := e.fresh(); s != nil {
		return s, nil
	}
	return nil, market.Fail(market.Unavailable, "error.engine.busy")
}

// fresh gives the market last built if it is of today.
func (e *Engine) fresh() *snapshot {
	if s := e.warm.Load(); s != nil && s.m != nil && s.m.Day() == dayOf(e.today()) {
		return s
	}
	return nil
}

// mostReading bounds the reading of a whole market.
const mostReading = 5 * time.Minute

// readMarket builds the market from what is stored, for questions only; one that the follower built meanwhile is
// newer and stays.
func (e *Engine) readMarket(done chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), mostReading)
	defer cancel()
	for { // once, unless other weights came into force meanwhile
		err := e.readOnce(ctx)
		if err != nil {
			e.cfg.log().Error("the market could not be read for questions", "err", err)
		}
		if err != nil || e.fresh() != nil {
			break
		}
	}
	e.reading.Lock()
	e.read = nil
	e.reading.Unlock()
	close(done)
}

func (e *Engine) readOnce(ctx context.Context) error {
	old := e.warm.Load()
	apart := &Engine{cfg: e.cfg, tables: e.tables, weights: matcher.DefaultWeights()}
	if err := apart.loadMarket(ctx); err != nil {
		return err
	}
	if _, err := apart.market(e.cfg.Now()); err != nil {
		return err
	}
	e.warm.CompareAndSwap(old, apart.warm.Load())
	return nil
}

// asked turns a vacancy into the matcher's input, with what is known of its employer.
func (e *Engine) asked(ctx context.Context, p market.Posting) (matcher.Posting, error) {
	var firm *market.Employer
	if p.Employer != "" {
		f, err := store.Get[market.Employer](ctx, e.cfg.Store, e.cfg.Centre, p.Employer)
		if err != nil {
			return matcher.Posting{}, fmt.Errorf("load employer of %s: %w", p.ID, err)
		}
		firm = &f
	}
	return matcherPosting(p, firm, e.cfg.Tax, e.today()), nil
}

// Explain explains any pair as the engine sees it now. For one that passes it says how many stand before it on
// either side.
func (e *Engine) Explain(ctx context.Context, p market.Posting, w market.Worker) (market.Explanation, error) {
	var none market.Explanation
	s, err := e.snapshot(ctx)
	if err != nil {
		return none, err
	}
	asked, err := e.asked(ctx, p)
	if err != nil {
		return none, err
	}
	worker := matcherWorker(w, e.cfg.Tax, e.today())
	pair, err := s.m.SupposeBoth([]matcher.Worker{worker}, []matcher.Posting{asked})
	if err != nil {
		return none, err
	}
	x := pair.Explain(0, 0)
	out := market.Explanation{Suggestion: suggestionOf(x), Passes: x.Passes}
	for _, f := range x.Fails {
		out.Fails = append(out.Fails, reasonOf(f.Reason))
	}
	if !x.Passes {
		return out, nil
	}
	jobs, err := s.m.SupposeWorkers(worker)
	if err != nil {
		return none, err
	}
	people, err := s.m.SupposePostings(asked)
	if err != nil {
		return none, err
	}
	out.BetterPostings, out.BetterWorkers = jobs.FitWorker(0, x.Score+1), people.TallyPosting(0, x.Score+1).Fits
	return out, nil
}

// Stand says how every pair of a few people and a few vacancies stands now, by person, then by vacancy: its score, whether
// it passes, and what keeps it out.
func (e *Engine) Stand(ctx context.Context, people []market.Worker, vacancies []market.Posting) ([][]market.Explanation, error) {
	s, err := e.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	workers, postings := make([]matcher.Worker, len(people)), make([]matcher.Posting, len(vacancies))
	for i, w := range people {
		workers[i] = matcherWorker(w, e.cfg.Tax, e.today())
	}
	for i, p := range vacancies {
		if postings[i], err = e.asked(ctx, p); err != nil {
			return nil, err
		}
	}
	pairs, err := s.m.SupposeBoth(workers, postings)
	if err != nil {
		return nil, err
	}
	out := make([][]market.Explanation, len(people))
	for i := range people {
		for k := range vacancies {
			x := pairs.Explain(int32(i), int32(k))
			stand := market.Explanation{Suggestion: suggestionOf(x), Passes: x.Passes}
			for _, f := range x.Fails {
				stand.Fails = append(stand.Fails, reasonOf(f.Reason))
			}
			out[i] = append(out[i], stand)
		}
	}
	return out, nil
}

// Chances counts the people for one vacancy as it stands, and whom each hard condition removes; a draft is counted
// as if it were shown today.
func (e *Engine) Chances(ctx context.Context, p market.Posting) (market.Chances, error) {
	s, err := e.snapshot(ctx)
	if err != nil {
		return market.Chances{}, err
	}
	asked, err := e.asked(ctx, p)
	if err != nil {
		return market.Chances{}, err
	}
	people, err := s.m.SupposePostings(shown(asked))
	if err != nil {
		return market.Chances{}, err
	}
	return chancesOf(people.TallyPosting(0, market.FitScore)), nil
}

// shown opens a posting in thought: whether it is approved, full, confirmed or past its day is not the question.
func shown(p matcher.Posting) matcher.Posting {
	p.Open, p.Left, p.Deadline, p.Confirmed = true, max(1, p.Left), matcher.NoDay, matcher.NoDay
	return p
}

func chancesOf(t matcher.Tally) market.Chances {
	return market.Chances{Looked: t.Looked, Passed: t.Passed, Fits: t.Fits, Removed: t.Removed(), Fail: byCode(t.Total), Alone: byCode(t.Alone)}
}

// byCode leaves out the conditions that nobody fails.
func byCode(counts [matcher.ConditionCount]int) map[string]int {
	out := map[string]int{}
	for c, n := range counts {
		if n > 0 {
			out[matcher.Condition(c).String()] = n
		}
	}
	return out
}
