package jobs

import (
	"context"
	"fmt"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// suggest turns the matcher's explanation of a pair into what is stored.
func suggest(m *matcher.Market, worker, posting market.ID) market.Suggestion {
	w, _ := m.WorkerRow(string(worker))
	p, _ := m.PostingRow(string(posting))
	return suggestionOf(m.Explain(w, p))
}

func suggestionOf(x matcher.Explanation) market.Suggestion {
	out := market.Suggestion{Posting: market.ID(x.Posting), Worker: market.ID(x.Worker), Score: x.Score, Reasons: reasonsOf(x.Reasons), Missing: reasonsOf(x.Missing)}
	for _, part := range x.Parts {
		out.Parts = append(out.Parts, market.Part{Name: part.Name, Points: part.Points, Max: part.Max, Reason: reasonOf(part.Reason)})
	}
	if x.Warning != nil {
		out.Warnings = []market.Reason{reasonOf(*x.Warning)}
	}
	if x.Change != nil {
		change := reasonOf(x.Change.Reason)
		out.Change = &change
	}
	return out
}

func reasonOf(r matcher.Reason) market.Reason { return market.Reason{Code: r.Code, Args: r.Args} }

func reasonsOf(list []matcher.Reason) []market.Reason {
	var out []market.Reason
	for _, r := range list {
		out = append(out, reasonOf(r))
	}
	return out
}

// Explanation says why one pair stands where it does, also when it is not suggested.
type Explanation struct {
	market.Suggestion
	Passes bool            `json:"passes"`
	Fails  []market.Reason `json:"fails,omitempty"` // hard conditions not met
}

// Explain explains one pair as the engine sees it now.
func Explain(ctx context.Context, cfg Config, posting, worker market.ID, now time.Time) (Explanation, error) {
	var none Explanation
	p, err := store.Get[market.Posting](ctx, cfg.Store, cfg.Centre, posting)
	if err != nil {
		return none, err
	}
	w, err := store.Get[market.Worker](ctx, cfg.Store, cfg.Centre, worker)
	if err != nil {
		return none, err
	}
	var firm *market.Employer
	if p.Employer != "" {
		e, err := store.Get[market.Employer](ctx, cfg.Store, cfg.Centre, p.Employer)
		if err != nil {
			return none, fmt.Errorf("load employer of %s: %w", posting, err)
		}
		firm = &e
	}
	b, err := matcher.NewBuilder(matcherTables(cfg.Tax), dayOf(market.DateOf(now)), matcher.DefaultWeights())
	if err != nil {
		return none, err
	}
	if err := b.AddWorker(matcherWorker(w, cfg.Tax, market.DateOf(now))); err != nil {
		return none, err
	}
	if err := b.AddPosting(matcherPosting(p, firm, cfg.Tax, market.DateOf(now))); err != nil {
		return none, err
	}
	m, err := b.Build()
	if err != nil {
		return none, err
	}
	x := m.Explain(0, 0)
	out := Explanation{Suggestion: suggestionOf(x), Passes: x.Passes}
	for _, f := range x.Fails {
		out.Fails = append(out.Fails, reasonOf(f.Reason))
	}
	return out, nil
}
