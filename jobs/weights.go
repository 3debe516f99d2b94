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
	if w != e.weights {
		e.weights, e.live = w, nil
		e.warm.Store(nil)
	}
	return nil
}

// reread takes in weights that somebody has just approved, in every process; the lists follow with the next run.
func (e *Engine) reread(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.reweigh(ctx)
}

// Version gives the engine's version and the digest of the weights it ranks with, as runs record them.
func (e *Engine) Version() (version, weights string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return matcher.Version, e.weights.Digest()
}
