package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// Declare stores a figure that a programme, bank or commune reported, with the document it stands in.
func (d *Desk) Declare(ctx context.Context, actor market.Actor, now time.Time, f market.Declared) (market.Declared, error) {
	if err := market.Can(actor, market.DeclareResult, market.Subject{Centre: actor.Centre}); err != nil {
		return f, err
	}
	f.Meta, f.By, f.Source = fresh(actor.Centre, now), actor.User, taxonomy.CleanLine(f.Source)
	if err := f.Validate(market.DateOf(now)); err != nil {
		return f, err
	}
	err := d.decide(ctx, func(c *changes) error {
		c.put(&f)
		c.note(actor, now, "declared.add", &f, "", fmt.Sprint(f.Count), f.Source)
		return nil
	})
	return f, err
}

// SavePlan stores a year's targets; Rev 0 makes the year's plan.
func (d *Desk) SavePlan(ctx context.Context, actor market.Actor, now time.Time, p market.Plan) (market.Plan, error) {
	if err := market.Can(actor, market.WritePlan, market.Subject{Centre: actor.Centre}); err != nil {
		return p, err
	}
	if err := p.Validate(); err != nil {
		return p, err
	}
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
		p.Meta = old.Meta
		c.put(&p)
		c.note(actor, now, "plan.save", &p, "", fmt.Sprint(p.Year), "")
		return nil
	})
	return p, err
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
	declared, evidenced, err := d.tallies(ctx, actor, month)
	if err != nil {
		return none, err
	}
	order := map[string][]string{market.Training: market.TrainingLines}
	for _, ch := range channels {
		order[market.NewJobs] = append(order[market.NewJobs], ch.Code)
	}
	return market.BuildReport(month, plan, order, declared, evidenced), nil
}

// tallies counts what happened from the month before January of the report's year up to the month.
func (d *Desk) tallies(ctx context.Context, actor market.Actor, month market.Month) (declared, evidenced []market.Tally, err error) {
	from := market.Month(fmt.Sprintf("%04d-12", month.Year()-1))
	span := func(index string) store.Query {
		return store.Query{Centre: actor.Centre, Index: index, From: from, To: month}
	}
	err = eachFound(ctx, d.st, span("declared_by_month"), func(f market.Declared) {
		declared = append(declared, market.Tally{Indicator: f.Indicator, Line: f.Line, Month: f.Month, Count: f.Count})
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
