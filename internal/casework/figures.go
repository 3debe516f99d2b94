package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// SavePlan stores a year's targets; Rev 0 makes the year's plan.
func (d *Desk) SavePlan(ctx context.Context, actor market.Actor, now time.Time, p market.Plan) (market.Plan, error) {
	if err := market.Can(actor, market.WritePlan, market.Subject{Centre: actor.Centre}); err != nil {
		return p, err
	}
	if err := p.Validate(); err != nil {
		return p, err
	}
	p.Source = taxonomy.CleanLine(p.Source)
	id, rev := market.PlanID(actor.Centre, p.Year), p.Rev
	err := d.decide(ctx, func(c *changes) error {
		old, err := get[market.Plan](ctx, d, actor, id)
		switch {
		case isNotFound(err):
			old.Meta = fresh(actor.Centre, now)
			old.ID = id
		case err != nil:
			return err
		}
		if old.Rev != rev {
			return market.Fail(market.Conflict, "error.stale")
		}
		before, after := changedTargets(old, p)
		p.Meta = old.Meta
		c.put(&p)
		c.note(actor, now, "plan.save", &p, before, after, p.Source)
		return nil
	})
	return p, err
}

// changedTargets writes the targets that differ as the audit keeps them: "new_jobs.total=8600; …".
func changedTargets(old, changed market.Plan) (before, after string) {
	for _, t := range old.Targets {
		if n, ok := changed.Target(t.Indicator, t.Line); !ok || n != t.Count {
			before += fmt.Sprintf("%s.%s=%d; ", t.Indicator, t.Line, t.Count)
		}
	}
	for _, t := range changed.Targets {
		if n, ok := old.Target(t.Indicator, t.Line); !ok || n != t.Count {
			after += fmt.Sprintf("%s.%s=%d; ", t.Indicator, t.Line, t.Count)
		}
	}
	return strings.TrimSuffix(before, "; "), strings.TrimSuffix(after, "; ")
}

// MonthReport adds up a month and its year so far: declared figures, and evidenced placements and enrolments.
func (d *Desk) MonthReport(ctx context.Context, actor market.Actor, month market.Month) (market.MonthReport, error) {
	var none market.MonthReport
	if err := market.Can(actor, market.ReadReport, market.Subject{Centre: actor.Centre}); err != nil {
		return none, err
	}
	plan, err := get[market.Plan](ctx, d, actor, market.PlanID(actor.Centre, month.Year()))
	if err != nil && !isNotFound(err) {
		return none, fmt.Errorf("load plan: %w", err)
	}
	channels, err := d.Channels(ctx, actor.Centre)
	if err != nil {
		return none, err
	}
	january := market.Month(fmt.Sprintf("%04d-01", month.Year()))
	declared, evidenced, err := d.tallies(ctx, actor, january.Add(-1), month)
	if err != nil {
		return none, err
	}
	order := map[string][]string{market.Training: market.TrainingLines}
	for _, ch := range channels {
		order[market.NewJobs] = append(order[market.NewJobs], ch.Code)
	}
	return market.BuildReport(month, plan, order, declared, evidenced), nil
}

// Months gives the figures of an indicator for the months that end with the given one, oldest first.
func (d *Desk) Months(ctx context.Context, actor market.Actor, indicator string, last market.Month, count int) ([]market.MonthFigures, error) {
	if err := market.Can(actor, market.ReadReport, market.Subject{Centre: actor.Centre}); err != nil {
		return nil, err
	}
	out := make([]market.MonthFigures, count)
	at := map[market.Month]*market.MonthFigures{}
	plans := map[int]int{}
	for i := range out {
		month := last.Add(i - count + 1)
		year := month.Year()
		if _, known := plans[year]; !known {
			plan, err := get[market.Plan](ctx, d, actor, market.PlanID(actor.Centre, year))
			if err != nil && !isNotFound(err) {
				return nil, fmt.Errorf("load plan: %w", err)
			}
			plans[year], _ = plan.Target(indicator, market.Total)
		}
		out[i] = market.MonthFigures{Month: month, Plan: (plans[year] + 6) / 12}
		at[month] = &out[i]
	}
	declared, evidenced, err := d.tallies(ctx, actor, out[0].Month, last)
	for _, t := range declared {
		if t.Indicator == indicator {
			at[t.Month].Declared += t.Count
		}
	}
	for _, t := range evidenced {
		if t.Indicator == indicator {
			at[t.Month].Evidenced += t.Count
		}
	}
	return out, err
}

// tallies counts what happened from one month to another.
func (d *Desk) tallies(ctx context.Context, actor market.Actor, from, to market.Month) (declared, evidenced []market.Tally, err error) {
	span := func(index string) store.Query {
		return store.Query{Centre: actor.Centre, Index: index, From: from, To: to}
	}
	err = eachFound(ctx, d.st, span("declared_by_month"), func(f market.Declared) {
		if f.Voided == "" {
			declared = append(declared, market.Tally{Indicator: f.Indicator, Line: f.Line, Month: f.Month, Count: f.Count})
		}
	})
	if err != nil {
		return nil, nil, fmt.Errorf("count declared: %w", err)
	}
	err = eachFound(ctx, d.st, span("placements_by_month"), func(p market.Placement) {
		if p.State != market.PlacementVoid {
			evidenced = append(evidenced, market.Tally{Indicator: market.NewJobs, Line: p.Channel, Month: p.Month, Count: 1})
		}
	})
	if err != nil {
		return nil, nil, fmt.Errorf("count placements: %w", err)
	}
	err = eachFound(ctx, d.st, span("enrolments_by_month"), func(e market.Enrolment) {
		evidenced = append(evidenced, market.Tally{Indicator: market.Training, Line: e.Level, Month: e.Month, Count: 1})
	})
	if err != nil {
		return nil, nil, fmt.Errorf("count enrolments: %w", err)
	}
	return declared, evidenced, nil
}

// eachFound walks every page of a query.
func eachFound[T any](ctx context.Context, st *store.Store, q store.Query, use func(T)) error {
	for q.Limit = 500; ; {
		page, err := store.Find[T](ctx, st, q)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			use(item)
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

// Channels lists a centre's channels in their order.
func (d *Desk) Channels(ctx context.Context, centre market.ID) ([]market.Channel, error) {
	var out []market.Channel
	err := eachFound(ctx, d.st, store.Query{Centre: centre, Index: "channels_by_code"}, func(ch market.Channel) { out = append(out, ch) })
	slices.SortFunc(out, func(a, b market.Channel) int { return a.Order - b.Order })
	if err != nil {
		return nil, fmt.Errorf("list channels: %w", err)
	}
	return out, nil
}
