package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// Backtest fits weights to outcomes and compares the proposal with those in force.
func Backtest(ctx context.Context, st *store.Store, centre market.ID, o Outcomes) (matcher.Backtest, error) {
	today, _, err := WeightsInForce(ctx, st, centre)
	if err != nil {
		return matcher.Backtest{}, err
	}
	return matcher.Compare(o.Seen, today, matcher.FitOptions{Looked: o.Looked}, nil)
}

// Proposal makes of a back-test what is stored for a person to decide about.
func Proposal(b matcher.Backtest, o Outcomes) (market.WeightSet, error) {
	body, err := json.Marshal(b.Proposed)
	if err != nil {
		return market.WeightSet{}, fmt.Errorf("write weights: %w", err)
	}
	s := market.WeightSet{Engine: matcher.Version, Digest: b.Proposed.Digest(), TodayDigest: b.Today.Digest(), Body: string(body), Source: o.Source,
		Split: dateOf(b.Split), Positives: b.Fitted.Positives, Hires: b.TestHires, Difference: b.Difference, Low: b.Low, High: b.High,
		Moved: b.Moved, Off: b.Off, Worse: b.Worse, Better: b.Better(), Parts: changesOf(b.Today, b.Proposed)}
	for i := range o.Seen {
		on := dateOf(o.Seen[i].Night)
		if s.From == "" || on < s.From {
			s.From = on
		}
		s.To = max(s.To, on)
	}
	for _, name := range matcher.Policies() {
		f := b.Policies[name]
		s.Policies = append(s.Policies, market.PolicyFigures{Policy: name, Recall1: f.Recall1, Recall5: f.Recall5, Recall10: f.Recall10, MRR: f.MRR, Coverage: f.Coverage, Gini: f.Gini})
	}
	is, was := b.Policies[matcher.PolicyProposed], b.Policies[matcher.PolicyToday]
	for group, n := range is.GroupN {
		s.Groups = append(s.Groups, market.GroupFigure{Group: group, N: n, Today: was.Groups[group], Proposed: is.Groups[group]})
	}
	slices.SortFunc(s.Groups, func(a, b market.GroupFigure) int {
		if a.Group < b.Group {
			return -1
		}
		return 1
	})
	for _, r := range b.Reliable {
		s.Reliable = append(s.Reliable, market.ReliabilityRow(r))
	}
	return s, nil
}

// changesOf names the wholes of the twelve parts, today and proposed.
func changesOf(today, proposed matcher.Weights) []market.WeightChange {
	was, is := today.Parts(), proposed.Parts()
	out := make([]market.WeightChange, len(was))
	for i := range was {
		out[i] = market.WeightChange{Part: was[i].Name, Today: was[i].Max, Proposed: is[i].Max}
	}
	return out
}

// WeightsToday tells of the weights in force for a page: the engine's version, their digest, and the parts, today and
// as the program brings them.
func WeightsToday(ctx context.Context, st *store.Store, centre market.ID) (version, digest string, parts []market.WeightChange, unused market.ID, err error) {
	w, unused, err := WeightsInForce(ctx, st, centre)
	if err != nil {
		return "", "", nil, "", err
	}
	return matcher.Version, w.Digest(), changesOf(w, matcher.DefaultWeights()), unused, nil
}

func dateOf(d matcher.Day) market.Date { return market.Date(d.String()) }

// fitWeights proposes weights from a month's outcomes, where there are enough and they say something else than those
// in force. Nothing changes until somebody approves.
func fitWeights(ctx context.Context, r *Runner, _ market.Run, now time.Time) (map[string]int, error) {
	today, _, err := WeightsInForce(ctx, r.Store, r.Centre)
	if err != nil {
		return nil, err
	}
	o, err := RecordedOutcomes(ctx, r.Store, r.Centre, today.Digest(), market.DateOf(now))
	if err != nil {
		return nil, err
	}
	counts := map[string]int{"outcomes": len(o.Seen), "positives": 0, "proposed": 0, "other_weights": o.Skipped}
	for i := range o.Seen {
		if o.Seen[i].Outcome > matcher.PassedOver {
			counts["positives"]++
		}
	}
	b, err := Backtest(ctx, r.Store, r.Centre, o)
	if errors.Is(err, matcher.ErrTooFew) {
		return counts, nil
	}
	if err != nil {
		return counts, err
	}
	if b.Proposed == b.Today {
		return counts, nil
	}
	s, err := Proposal(b, o)
	if err != nil {
		return counts, err
	}
	if _, err := r.Desk.ProposeWeights(ctx, r.actor(), now, s); err != nil {
		return counts, err
	}
	counts["proposed"] = 1
	return counts, nil
}
