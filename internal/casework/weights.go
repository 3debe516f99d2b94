package casework

import (
	"context"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// ProposeWeights stores a set of weights that a fit proposes; proposals that still wait are overtaken by it, but for
// one that may be approved by one that may not. It changes nothing in the lists until somebody approves it.
func (d *Desk) ProposeWeights(ctx context.Context, actor market.Actor, now time.Time, s market.WeightSet) (market.WeightSet, error) {
	if err := market.Can(actor, market.WriteWeights, market.Subject{Centre: actor.Centre}); err != nil {
		return s, err
	}
	s.Meta, s.State, s.ProposedBy = fresh(actor.Centre, now), market.WeightsProposed, actor.User
	if err := s.Validate(); err != nil {
		return s, err
	}
	err := d.decide(ctx, func(c *changes) error {
		err := d.overtake(ctx, c, actor, now, func(old market.WeightSet) bool { return len(s.Worse) == 0 || len(old.Worse) > 0 })
		if err != nil {
			return err
		}
		c.put(&s)
		c.note(actor, now, "weights.propose", &s, "", string(s.State), "")
		return nil
	})
	return s, err
}

// DecideWeights approves or rejects a proposal, returns to an earlier set, or puts the set in force away for the
// weights that the program comes with; always a person, with a reason. Whatever was in force is replaced in the same
// batch, and proposals that were judged against it are overtaken.
func (d *Desk) DecideWeights(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, event market.WeightsEvent, why string) (market.WeightSet, error) {
	var s market.WeightSet
	if err := market.Can(actor, market.WriteWeights, market.Subject{Centre: actor.Centre}); err != nil {
		return s, err
	}
	if event == market.WeightsOvertake || actor.User == "" {
		return s, market.Fail(market.Denied, "error.denied")
	}
	if why = taxonomy.Clean(why); why == "" {
		return s, market.Bad("why", "error.weights.why")
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if s, err = get[market.WeightSet](ctx, d, actor, id); err != nil {
			return err
		}
		if err := seen(&s, rev); err != nil {
			return err
		}
		from := s.State
		if err := s.Do(event); err != nil {
			return err
		}
		s.DecidedBy, s.DecidedAt, s.Why = actor.User, market.Stamp(now), why
		if err := s.Validate(); err != nil {
			return err
		}
		if s.State == market.WeightsInForce {
			s.ForceSince, s.ReplacedAt = market.Stamp(now), time.Time{}
			if err := d.replaceWeights(ctx, c, actor, now); err != nil {
				return err
			}
		} else if from == market.WeightsInForce {
			s.ReplacedAt = market.Stamp(now)
		}
		if s.State == market.WeightsInForce || from == market.WeightsInForce {
			if err := d.overtake(ctx, c, actor, now, func(old market.WeightSet) bool {
				return old.ID != s.ID && (s.State != market.WeightsInForce || old.TodayDigest != s.Digest)
			}); err != nil {
				return err
			}
		}
		c.put(&s)
		c.note(actor, now, "weights."+string(event), &s, string(from), string(s.State), "")
		return nil
	})
	return s, err
}

// overtake puts away those waiting proposals that are named.
func (d *Desk) overtake(ctx context.Context, c *changes, actor market.Actor, now time.Time, which func(market.WeightSet) bool) error {
	waiting, err := d.weightsIn(ctx, actor, market.WeightsProposed)
	if err != nil {
		return err
	}
	for i := range waiting {
		old := &waiting[i]
		if !which(*old) {
			continue
		}
		if err := old.Do(market.WeightsOvertake); err != nil {
			return err
		}
		c.put(old)
		c.note(actor, now, "weights.overtake", old, string(market.WeightsProposed), string(old.State), "")
	}
	return nil
}

// replaceWeights takes what is in force out of it.
func (d *Desk) replaceWeights(ctx context.Context, c *changes, actor market.Actor, now time.Time) error {
	held, err := d.weightsIn(ctx, actor, market.WeightsInForce)
	if err != nil {
		return err
	}
	for i := range held {
		old := &held[i]
		if err := old.Do(market.WeightsReplace); err != nil {
			return err
		}
		old.ReplacedAt = market.Stamp(now)
		c.put(old)
		c.note(actor, now, "weights.replace", old, string(market.WeightsInForce), string(old.State), "")
	}
	return nil
}

func (d *Desk) weightsIn(ctx context.Context, actor market.Actor, state market.WeightsState) ([]market.WeightSet, error) {
	page, err := store.Find[market.WeightSet](ctx, d.st, store.Query{Centre: actor.Centre, Index: "weights_by_state", Equal: []any{state}, Limit: 100})
	return page.Items, err
}
