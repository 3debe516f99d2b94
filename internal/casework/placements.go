package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
)

// RecordPlacement turns a started referral into its one placement, in the channel and month of its start: the
// person becomes employed, their other pending referrals close as found elsewhere, the supply contract
// counts one delivered, the employer one hired. Called again it changes nothing and gives the same placement.
func (d *Desk) RecordPlacement(ctx context.Context, actor market.Actor, now time.Time, referral market.ID) (market.Placement, error) {
	var p market.Placement
	if err := market.Can(actor, market.WritePlacement, market.Subject{Centre: actor.Centre}); err != nil {
		return p, err
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		r, err := get[market.Referral](ctx, d, actor, referral)
		if err != nil {
			return err
		}
		p, err = get[market.Placement](ctx, d, actor, market.PlacementID(referral))
		if err == nil || !isNotFound(err) {
			return err
		}
		if r.State != market.ReferralStarted && r.State != market.ReferralSettled {
			return market.Fail(market.Conflict, "error.referral.not_started", "state.referral."+string(r.State))
		}
		return d.place(ctx, c, actor, now, r, &p)
	})
	return p, err
}

func (d *Desk) place(ctx context.Context, c *changes, actor market.Actor, now time.Time, r market.Referral, p *market.Placement) error {
	w, err := get[market.Worker](ctx, d, actor, r.Worker)
	if err != nil {
		return err
	}
	*p = market.Placement{Meta: fresh(actor.Centre, now), Worker: r.Worker, Posting: r.Posting, Employer: r.Employer, Referral: r.ID,
		Contract: r.Contract, Channel: r.Channel, StartOn: r.StartOn, Commune: w.Commune, Evidence: d.evidence(ctx, actor, r), State: market.PlacementWorking}
	p.ID, p.EffectiveOn = market.PlacementID(r.ID), r.StartOn
	p.Plan()
	r.Recorded = true
	c.put(p, &r)
	c.note(actor, now, "placement.record", p, "", string(p.State), "")
	if w.State == market.WorkerSeeking || w.State == market.WorkerPaused {
		if err := w.Do(market.WorkerEmploy); err != nil {
			return err
		}
		w.EmployedSince = r.StartOn
		c.put(&w)
	}
	if err := d.closeOthers(ctx, c, actor, now, r); err != nil {
		return err
	}
	return d.countPlacement(ctx, c, actor, r)
}

// evidence is the employer's word when the employer's account said "started", else the centre's own note of
// what the person said.
func (d *Desk) evidence(ctx context.Context, actor market.Actor, r market.Referral) market.Evidence {
	for _, step := range r.Steps {
		if step.Event != market.ReferralStart || step.By == "" {
			continue
		}
		if u, err := get[market.User](ctx, d, actor, step.By); err == nil && u.Role == market.EmployerRole {
			return market.Confirmed
		}
	}
	return market.SelfStated
}

func (d *Desk) closeOthers(ctx context.Context, c *changes, actor market.Actor, now time.Time, r market.Referral) error {
	others, err := d.referralsOf(ctx, actor, r.Worker)
	if err != nil {
		return err
	}
	for i := range others {
		o := &others[i]
		if o.ID == r.ID || !o.Pending() {
			continue
		}
		from := o.State
		if err := o.Do(market.ReferralFound, actor.User, market.ReferralStep{}, now); err != nil {
			return err
		}
		c.put(o)
		c.note(actor, now, "referral.found_elsewhere", o, string(from), string(o.State), "")
	}
	return nil
}

func (d *Desk) countPlacement(ctx context.Context, c *changes, actor market.Actor, r market.Referral) error {
	if r.Employer != "" {
		e, err := get[market.Employer](ctx, d, actor, r.Employer)
		if err != nil {
			return err
		}
		e.Hired++
		c.put(&e)
	}
	if r.Contract == "" {
		return nil
	}
	contract, err := get[market.SupplyContract](ctx, d, actor, r.Contract)
	if err != nil {
		return err
	}
	if contract.State != market.ContractRunning {
		return nil // delivered beyond the quantity, or after the end: the placement counts, the contract does not
	}
	if err := contract.Deliver(); err != nil {
		return err
	}
	c.put(&contract)
	return nil
}

// AnswerFollowUp records whether the person still works there on day 7, 30, 90 or 180. Who left is looking
// for work again; who is there on day 90 is settled.
func (d *Desk) AnswerFollowUp(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, day int, answer string, source market.Evidence) (market.Placement, error) {
	var p market.Placement
	if err := market.Can(actor, market.WritePlacement, market.Subject{Centre: actor.Centre}); err != nil {
		return p, err
	}
	if answer == "unknown" {
		source = "" // nobody said anything
	} else if !slices.Contains([]market.Evidence{market.SelfStated, market.Confirmed, market.SocialInsurance}, source) {
		return p, market.Bad("source", "error.follow_up.source")
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if p, err = get[market.Placement](ctx, d, actor, id); err != nil {
			return err
		}
		if err := seen(&p, rev); err != nil {
			return err
		}
		from := p.State
		if err := p.Answer(day, answer, actor.User, source, now); err != nil {
			return err
		}
		c.put(&p)
		c.note(actor, now, "placement.follow_up", &p, string(from), string(p.State), answer)
		return d.afterAnswer(ctx, c, actor, now, p, from, day, answer)
	})
	return p, err
}

func (d *Desk) afterAnswer(ctx context.Context, c *changes, actor market.Actor, now time.Time, p market.Placement, from market.PlacementState, day int, answer string) error {
	if answer == "working" && day >= 90 && p.Referral != "" {
		r, err := get[market.Referral](ctx, d, actor, p.Referral)
		if err != nil {
			return err
		}
		if r.State == market.ReferralStarted {
			if err := r.Do(market.ReferralSettle, actor.User, market.ReferralStep{}, now); err != nil {
				return err
			}
			c.put(&r)
		}
	}
	if p.State != market.PlacementLeft || from == market.PlacementLeft {
		return nil
	}
	if p.Employer != "" && p.StartOn.DaysUntil(p.LeftOn) <= 90 {
		e, err := get[market.Employer](ctx, d, actor, p.Employer)
		if err != nil {
			return err
		}
		e.Left++
		c.put(&e)
	}
	w, err := get[market.Worker](ctx, d, actor, p.Worker)
	if err != nil || w.State != market.WorkerEmployed {
		return err
	}
	if err := w.Do(market.WorkerResume); err != nil {
		return err
	}
	w.EmployedSince = ""
	c.put(&w)
	return nil
}
