package jobs

import (
	"context"
	"encoding/json"
	"fmt"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// WeightsInForce gives the weights that the engine ranks with: those a person has approved, else those the program
// comes with. A set that was fitted for another version of the engine, or that breaks what this one promises, is
// not used; unused then names it.
func WeightsInForce(ctx context.Context, st *store.Store, centre market.ID) (w matcher.Weights, unused market.ID, err error) {
	set, err := store.First[market.WeightSet](ctx, st, store.Query{Centre: centre, Index: "weights_by_state", Equal: []any{market.WeightsInForce}})
	if market.KindOf(err) == market.NotFound {
		return matcher.DefaultWeights(), "", nil
	}
	if err != nil {
		return w, "", fmt.Errorf("load weights: %w", err)
	}
	if set.Engine != matcher.Version || json.Unmarshal([]byte(set.Body), &w) != nil || w.Check() != nil || w.Digest() != set.Digest {
		return matcher.DefaultWeights(), set.ID, nil
	}
	return w, "", nil
}

// reweigh reads the weights in force; a market built with others is not asked any more.
func (e *Engine) reweigh(ctx context.Context) error {
	w, unused, err := WeightsInForce(ctx, e.cfg.Store, e.cfg.Centre)
	if err != nil {
		return err
	}
	if unused != "" && e.cfg.Log != nil {
		e.cfg.Log.Warn("approved weights do not fit this engine, using its own", "weights", unused, "engine", matcher.Version)
	}
	e.weigh(w)
	return nil
}

// weigh puts weights in force. What a reading that is under way finds with the old ones must not come after this:
// the empty snapshot is another each time, so that it cannot take it for what was there when it began.
func (e *Engine) weigh(w matcher.Weights) {
	if w != e.weights {
		e.weights, e.live = w, nil
		e.warm.Store(&snapshot{})
	}
}

// reread takes in weights that somebody has just approved, in every process; the lists follow with the next run.
func (e *Engine) reread(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.reweigh(ctx)
}

// ranWith is what a match run ranked with.
type ranWith struct {
	run             market.ID
	engine, weights string
}

// usedBy gives what a run ranked with; of one that ended before it read the weights, what is in force.
func (e *Engine) usedBy(run market.ID) (version, weights string) {
	e.mu.Lock()
	ran := e.ran
	e.mu.Unlock()
	if ran.run != run {
		return e.Version()
	}
	return ran.engine, ran.weights
}

// Version gives the engine's version and the digest of the weights it ranks with, as they are now.
func (e *Engine) Version() (version, weights string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return matcher.Version, e.weights.Digest()
}
