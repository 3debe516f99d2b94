package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// RecordFairness reckons a month and stores it: the running one as it stands, one that is over for the last time.
// A month that was closed is not touched again, whatever is corrected later: what was printed stays. Whoever looks
// for work when it is reckoned counts as eligible, and whoever a list, a decision, a referral or a hire of the
// month names.
func (d *Desk) RecordFairness(ctx context.Context, actor market.Actor, now time.Time, month market.Month) (market.Fairness, error) {
	var f market.Fairness
	if actor.Role != market.System {
		return f, market.Fail(market.Denied, "error.denied")
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		id := market.FairnessID(actor.Centre, month)
		if f, err = get[market.Fairness](ctx, d, actor, id); isNotFound(err) {
			f = market.Fairness{Meta: fresh(actor.Centre, now), Month: month}
			f.ID = id
		} else if err != nil || f.Closed {
			return err
		}
		f.At, f.Closed = market.Stamp(now), month < market.MonthOf(now)
		r := reached{d: d, actor: actor, month: month, stages: map[market.ID][]bool{}}
		if f.Groups, err = r.count(ctx); err != nil {
			return fmt.Errorf("count groups of %s: %w", month, err)
		}
		if f.Nights, f.Engines, err = d.nights(ctx, actor, month); err != nil {
			return fmt.Errorf("read runs of %s: %w", month, err)
		}
		c.put(&f)
		return nil
	})
	return f, err
}

// Fairness reads a month as it was recorded; one that was not is NotFound.
func (d *Desk) Fairness(ctx context.Context, actor market.Actor, month market.Month) (market.Fairness, error) {
	if err := market.Can(actor, market.ReadFairness, market.Subject{Centre: actor.Centre}); err != nil {
		return market.Fairness{}, err
	}
	return get[market.Fairness](ctx, d, actor, market.FairnessID(actor.Centre, month))
}

// reached gathers how far each person came in a month.
type reached struct {
	d      *Desk
	actor  market.Actor
	month  market.Month
	stages map[market.ID][]bool
}

func (r *reached) mark(worker market.ID, stage string) {
	if r.stages[worker] == nil {
		r.stages[worker] = make([]bool, len(market.Stages))
	}
	r.stages[worker][0] = true
	r.stages[worker][slices.Index(market.Stages, stage)] = true
}

// count reads the month's events, then the people.
func (r *reached) count(ctx context.Context) ([]market.GroupCounts, error) {
	for _, read := range []func(context.Context) error{r.shown, r.approved, r.referred} {
		if err := read(ctx); err != nil {
			return nil, err
		}
	}
	var people []market.Worker
	err := store.Each(ctx, r.d.st, r.actor.Centre, func(w market.Worker) error {
		if w.State == market.WorkerMerged {
			return nil
		}
		if w.Available() {
			r.mark(w.ID, market.StageEligible)
		}
		if r.stages[w.ID] != nil {
			people = append(people, market.Worker{Meta: w.Meta, Sex: w.Sex, Ethnicity: w.Ethnicity, Commune: w.Commune, Priority: w.Priority})
		}
		return nil
	})
	return market.CountGroups(people, func(id market.ID) (out []int) {
		for i, yes := range r.stages[id] {
			if yes {
				out = append(out, i)
			}
		}
		return out
	}), err
}

// shown marks whose list was opened, and who stood in one that staff opened.
func (r *reached) shown(ctx context.Context) error {
	q := store.Query{Index: "showings_by_day", From: r.month.First(), To: r.month.Last()}
	return eachOf(ctx, r.d, r.actor, q, func(s market.Showing) {
		if s.Side == market.ForWorker {
			r.mark(s.Subject, market.StageShown)
			return
		}
		for _, item := range s.Items {
			r.mark(item.Other, market.StageShown)
		}
	})
}

func (r *reached) approved(ctx context.Context) error {
	from, to := bounds(r.month)
	q := store.Query{Index: "matches_by_state", Equal: []any{market.MatchApproved}, From: from, To: to}
	return eachOf(ctx, r.d, r.actor, q, func(m market.Match) { r.mark(m.Worker, market.StageApproved) })
}

// referred marks who was referred in the month, and who was taken on by a step of the month.
func (r *reached) referred(ctx context.Context) error {
	return store.Each(ctx, r.d.st, r.actor.Centre, func(ref market.Referral) error {
		if market.MonthOf(ref.RecordedAt) == r.month {
			r.mark(ref.Worker, market.StageReferred)
		}
		for _, step := range ref.Steps {
			if step.To == market.ReferralHired && market.MonthOf(step.At) == r.month {
				r.mark(ref.Worker, market.StageHired)
			}
		}
		return nil
	})
}

// bounds gives the first and the last instant of a month.
func bounds(m market.Month) (from, to time.Time) {
	day := func(d market.Date) time.Time {
		t, _ := time.ParseInLocation(time.DateOnly, string(d), market.Zone)
		return t
	}
	return market.Stamp(day(m.First())), market.Stamp(day(m.Last().AddDays(1)).Add(-time.Millisecond))
}

// eachOf walks all pages of a query.
func eachOf[T any](ctx context.Context, d *Desk, actor market.Actor, q store.Query, use func(T)) error {
	q.Centre, q.Limit = actor.Centre, 500
	for {
		page, err := store.Find[T](ctx, d.st, q)
		if err != nil {
			return err
		}
		for _, doc := range page.Items {
			use(doc)
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// nights takes what the last matching of each night says of how evenly it shows, and with which engines.
func (d *Desk) nights(ctx context.Context, actor market.Actor, month market.Month) (out []market.NightFigures, engines []string, err error) {
	from, to := bounds(month)
	q := store.Query{Index: "runs_by_job", Equal: []any{"match"}, From: from, To: to}
	err = eachOf(ctx, d, actor, q, func(run market.Run) {
		if run.State != market.RunDone {
			return
		}
		if engine := run.Engine + " " + run.Weights; !slices.Contains(engines, engine) {
			engines = append(engines, engine)
		}
		figure := func(name string) int {
			if n, ok := run.Counts[name]; ok {
				return n
			}
			return -1
		}
		night := market.NightFigures{On: market.DateOf(run.Started), Gini: figure("spread.gini_percent"), NeverShown: figure("spread.never_shown"),
			NoCapacity: figure("spread.no_capacity"), Loss: figure("spread.score_loss_permille")}
		if n := len(out); n > 0 && out[n-1].On == night.On {
			out[n-1] = night
		} else {
			out = append(out, night)
		}
	})
	return out, engines, err
}
