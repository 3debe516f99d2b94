package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
)

// WantPosting records that a person wants a job: their running offer of it is agreed to, else a referral is
// made that already carries their yes, for a counsellor to introduce. Wanting it twice is a Conflict
// ("error.referral.exists").
func (d *Desk) WantPosting(ctx context.Context, actor market.Actor, now time.Time, posting market.ID) (market.Referral, error) {
	offer, err := d.offer(ctx, actor, posting)
	if err != nil {
		return offer, err
	}
	if offer.ID != "" {
		return d.MoveReferral(ctx, actor, now, offer.ID, offer.Rev, market.ReferralAgree, market.ReferralStep{})
	}
	var r market.Referral
	err = d.decide(ctx, func(c *changes) error {
		p, err := get[market.Posting](ctx, d, actor, posting)
		if err != nil {
			return err
		}
		if r, err = d.referral(ctx, actor, now, p, actor.Subject); err != nil {
			return err
		}
		numbers, err := d.number(ctx, c, actor, now, "referral", "GT", 1)
		if err != nil {
			return err
		}
		r.Number, r.By = numbers[0], ""
		c.note(actor, now, "referral.propose", &r, "", string(r.State), "")
		return d.moveReferral(ctx, c, actor, now, &r, market.ReferralAgree, market.ReferralStep{})
	})
	return r, err
}

// RefusePosting records that a person does not want a job, with a reason of market.RefusalReasons: a running
// offer of it is declined, and it is not suggested again.
func (d *Desk) RefusePosting(ctx context.Context, actor market.Actor, now time.Time, posting market.ID, reason string) error {
	if !slices.Contains(market.RefusalReasons, reason) {
		return market.Bad("reason", "error.reason.required")
	}
	offer, err := d.offer(ctx, actor, posting)
	if err != nil {
		return err
	}
	if offer.ID != "" {
		_, err := d.MoveReferral(ctx, actor, now, offer.ID, offer.Rev, market.ReferralDecline, market.ReferralStep{Reason: reason})
		return err
	}
	return d.decide(ctx, func(c *changes) error {
		p, err := get[market.Posting](ctx, d, actor, posting)
		if err != nil {
			return err
		}
		w, err := get[market.Worker](ctx, d, actor, actor.Subject)
		if err != nil {
			return err
		}
		if w.Refused(posting) {
			return nil
		}
		if err := d.remember(ctx, actor, now, &w, p, no{reason: reason}); err != nil {
			return err
		}
		c.put(&w)
		c.note(actor, now, "worker.refuse_posting", &w, "", "", reason)
		return nil
	})
}

// offer finds the actor's own offer of a posting that waits for an answer; its ID is empty when there is none.
func (d *Desk) offer(ctx context.Context, actor market.Actor, posting market.ID) (market.Referral, error) {
	subject := market.Subject{Centre: actor.Centre, Worker: actor.Subject}
	if err := market.Can(actor, market.AnswerReferral, subject); err != nil {
		return market.Referral{}, err
	}
	if actor.Role != market.Seeker || actor.Subject == "" {
		return market.Referral{}, market.Fail(market.Denied, "error.denied")
	}
	referrals, err := d.referralsOf(ctx, actor, actor.Subject)
	if err != nil {
		return market.Referral{}, err
	}
	for _, r := range referrals {
		if r.Posting == posting && (r.State == market.ReferralProposed || r.State == market.ReferralSent) {
			return r, nil
		}
	}
	return market.Referral{}, nil
}
