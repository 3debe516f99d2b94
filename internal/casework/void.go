package casework

import (
	"context"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// VoidPlacement takes back a placement that was recorded in error: no report counts it, its referral is cancelled and gives
// the seat back, the person looks for work again, employer and contract count one less. The record stays, with the reason.
func (d *Desk) VoidPlacement(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, reason string) (market.Placement, error) {
	var p market.Placement
	if err := market.Can(actor, market.WritePlacement, market.Subject{Centre: actor.Centre}); err != nil {
		return p, err
	}
	if reason = taxonomy.CleanLine(reason); reason == "" {
		return p, market.Bad("reason", "error.required")
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if p, err = get[market.Placement](ctx, d, actor, id); err != nil {
			return err
		}
		if err := seen(&p, rev); err != nil {
			return err
		}
		from := p.State
		if err := p.Do(market.PlacementUndo); err != nil {
			return err
		}
		p.NextDue = ""
		c.put(&p)
		c.note(actor, now, "placement.void", &p, string(from), string(p.State), reason)
		if err := d.undoReferral(ctx, c, actor, now, p, reason); err != nil {
			return err
		}
		return d.undoCounts(ctx, c, actor, p)
	})
	return p, err
}

func (d *Desk) undoReferral(ctx context.Context, c *changes, actor market.Actor, now time.Time, p market.Placement, reason string) error {
	if p.Referral == "" {
		return nil
	}
	r, err := get[market.Referral](ctx, d, actor, p.Referral)
	if err != nil {
		return err
	}
	if !r.HoldsSeat() {
		return nil
	}
	from := r.State
	if err := r.Do(market.ReferralUndo, actor.User, market.ReferralStep{Note: reason}, now); err != nil {
		return err
	}
	c.put(&r)
	c.note(actor, now, "referral.void", &r, string(from), string(r.State), reason)
	posting, err := get[market.Posting](ctx, d, actor, r.Posting)
	if isNotFound(err) || err == nil && posting.Taken == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if err := posting.FreeSeat(); err != nil {
		return err
	}
	c.put(&posting)
	return nil
}

func (d *Desk) undoCounts(ctx context.Context, c *changes, actor market.Actor, p market.Placement) error {
	if p.Employer != "" {
		e, err := get[market.Employer](ctx, d, actor, p.Employer)
		if err != nil {
			return err
		}
		e.Hired = max(0, e.Hired-1)
		if p.LeftOn != "" && p.StartOn.DaysUntil(p.LeftOn) <= 90 {
			e.Left = max(0, e.Left-1)
		}
		c.put(&e)
	}
	if p.Contract != "" {
		contract, err := get[market.SupplyContract](ctx, d, actor, p.Contract)
		if err != nil {
			return err
		}
		contract.TakeBack()
		c.put(&contract)
	}
	w, err := get[market.Worker](ctx, d, actor, p.Worker)
	if err != nil || w.State != market.WorkerEmployed || w.EmployedSince != p.StartOn {
		return err
	}
	if err := w.Do(market.WorkerResume); err != nil {
		return err
	}
	w.EmployedSince = ""
	c.put(&w)
	return nil
}
