package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// answerDays is how long an employer has before a referral counts as overdue (reminders on day 3, 7, 14).
const answerDays = 14

// ReferralRequest refers one person or a group to one posting under one number.
type ReferralRequest struct {
	Posting market.ID
	Workers []market.ID
	Note    string
}

// Refer makes a referral for each worker, in one batch: all or none. Each person needs to be available and
// without a running referral to the same posting; their match, when one was approved, is linked.
func (d *Desk) Refer(ctx context.Context, actor market.Actor, now time.Time, req ReferralRequest) ([]market.Referral, error) {
	if err := market.Can(actor, market.MoveReferral, market.Subject{Centre: actor.Centre}); err != nil {
		return nil, err
	}
	if len(req.Workers) == 0 || len(req.Workers) > 200 {
		return nil, market.Bad("workers", "error.workers.count", 200)
	}
	var out []market.Referral
	err := d.decide(ctx, func(c *changes) error {
		out = nil
		p, err := get[market.Posting](ctx, d, actor, req.Posting)
		if err != nil {
			return err
		}
		numbers, err := d.number(ctx, c, actor, now, "referral", "GT", 1)
		if err != nil {
			return err
		}
		group := market.ID("")
		if len(req.Workers) > 1 {
			group = market.NewID()
		}
		for _, worker := range req.Workers {
			r, err := d.referral(ctx, actor, now, p, worker)
			if err != nil {
				return err
			}
			r.Number, r.Group = numbers[0], group
			r.Steps = []market.Step{{At: market.Stamp(now), By: actor.User, To: r.State, Note: taxonomy.Clean(req.Note)}}
			out = append(out, r)
		}
		for i := range out {
			c.put(&out[i])
			c.note(actor, now, "referral.propose", &out[i], "", string(out[i].State), "")
		}
		return nil
	})
	return out, err
}

func (d *Desk) referral(ctx context.Context, actor market.Actor, now time.Time, p market.Posting, worker market.ID) (market.Referral, error) {
	r := market.Referral{Meta: fresh(actor.Centre, now), Posting: p.ID, Worker: worker, Employer: p.Employer, Channel: p.Channel,
		Contract: p.Contract, State: market.ReferralProposed, By: actor.User, DueOn: market.DateOf(now).AddDays(answerDays)}
	if err := d.mayRefer(ctx, actor, now, p.ID, worker); err != nil {
		return r, err
	}
	running, err := d.referralsOf(ctx, actor, worker)
	if err != nil {
		return r, err
	}
	for _, other := range running {
		if other.Posting == p.ID && (other.Pending() || other.HoldsSeat()) {
			return r, market.Fail(market.Conflict, "error.referral.exists", other.Number)
		}
	}
	if r.Shown, err = d.standing(ctx, actor, p.ID, worker); err != nil {
		return r, err
	}
	m, err := get[market.Match](ctx, d, actor, market.MatchID(p.ID, worker))
	switch {
	case err == nil && m.State == market.MatchApproved:
		r.Match = m.ID
	case err != nil && !isNotFound(err):
		return r, err
	}
	return r, nil
}

// referralsOf lists a worker's referrals; nobody has more than a page of them.
func (d *Desk) referralsOf(ctx context.Context, actor market.Actor, worker market.ID) ([]market.Referral, error) {
	page, err := store.Find[market.Referral](ctx, d.st, store.Query{Centre: actor.Centre, Index: "referrals_by_worker", Equal: []any{worker}, Limit: 500})
	return page.Items, err
}

// who may take which step besides staff.
var (
	workerSteps   = []market.ReferralEvent{market.ReferralAgree, market.ReferralDecline}
	employerSteps = []market.ReferralEvent{market.ReferralInvite, market.ReferralHire, market.ReferralReject, market.ReferralStart}
)

// MoveReferral takes one step. A hire takes a seat of the posting in the same batch ("error.posting.full" when
// none is left); a hired person who does not come gives it back; a worker's no is remembered for the matcher;
// the employer's answer counts in its answer rate.
func (d *Desk) MoveReferral(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, event market.ReferralEvent, step market.ReferralStep) (market.Referral, error) {
	step.Note = taxonomy.Clean(step.Note)
	var r market.Referral
	if event == market.ReferralUndo { // VoidPlacement takes it, with the placement
		return r, market.Fail(market.Denied, "error.denied")
	}
	if m := step.Meeting; m != nil {
		m.Place, m.Link = taxonomy.CleanLine(m.Place), taxonomy.CleanLine(m.Link)
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if r, err = get[market.Referral](ctx, d, actor, id); err != nil {
			return err
		}
		if err := permitStep(actor, r, event); err != nil {
			return err
		}
		if err := seen(&r, rev); err != nil {
			return err
		}
		return d.moveReferral(ctx, c, actor, now, &r, event, step)
	})
	return r, err
}

func permitStep(actor market.Actor, r market.Referral, event market.ReferralEvent) error {
	subject := market.Subject{Centre: r.Centre, Worker: r.Worker, Employer: r.Employer}
	switch {
	case actor.Role == market.Seeker && slices.Contains(workerSteps, event):
		return market.Can(actor, market.AnswerReferral, subject)
	case actor.Role == market.EmployerRole && slices.Contains(employerSteps, event):
		if !r.IntroducedOnce() {
			return market.Fail(market.NotFound, "error.not_found")
		}
		return market.Can(actor, market.ReportResult, subject)
	}
	return market.Can(actor, market.MoveReferral, subject)
}

func (d *Desk) moveReferral(ctx context.Context, c *changes, actor market.Actor, now time.Time, r *market.Referral, event market.ReferralEvent, step market.ReferralStep) error {
	from, held := r.State, r.HoldsSeat()
	if err := r.Do(event, actor.User, step, now); err != nil {
		return err
	}
	if event == market.ReferralIntroduce {
		r.DueOn = market.DateOf(now).AddDays(answerDays)
	}
	if held != r.HoldsSeat() {
		p, err := get[market.Posting](ctx, d, actor, r.Posting)
		if err != nil {
			return err
		}
		if err := moveSeat(&p, r.HoldsSeat()); err != nil {
			return err
		}
		c.put(&p)
	}
	if event == market.ReferralDecline || event == market.ReferralReject {
		if err := d.rememberNo(ctx, c, actor, now, *r, step.Reason); err != nil {
			return err
		}
	}
	if err := d.countAnswer(ctx, c, actor, from, *r, event); err != nil {
		return err
	}
	c.put(r)
	c.note(actor, now, "referral."+string(event), r, string(from), string(r.State), step.Reason)
	return nil
}

func moveSeat(p *market.Posting, take bool) error {
	if take {
		return p.TakeSeat()
	}
	return p.FreeSeat()
}

// rememberNo keeps the no that ended a referral with the person: their own, or what the employer found wanting.
// An employer's other reasons ("the seats are taken") say nothing about them.
func (d *Desk) rememberNo(ctx context.Context, c *changes, actor market.Actor, now time.Time, r market.Referral, reason string) error {
	if r.State == market.ReferralEmployerDeclined && !slices.Contains(market.EmployerReasons, reason) {
		return nil
	}
	w, err := get[market.Worker](ctx, d, actor, r.Worker)
	if err != nil {
		return err
	}
	p, err := get[market.Posting](ctx, d, actor, r.Posting)
	if err != nil {
		return err
	}
	if err := d.remember(ctx, actor, now, &w, p, no{reason: reason, declined: r.State == market.ReferralEmployerDeclined}); err != nil {
		return err
	}
	c.put(&w)
	return nil
}

// countAnswer keeps the employer's answer rate: asked when introduced, answered by the first result, not
// when the centre gave up waiting.
func (d *Desk) countAnswer(ctx context.Context, c *changes, actor market.Actor, from market.ReferralState, r market.Referral, event market.ReferralEvent) error {
	answered := from == market.ReferralIntroduced && (event == market.ReferralInvite || event == market.ReferralHire || event == market.ReferralReject)
	if r.Employer == "" || event != market.ReferralIntroduce && !answered {
		return nil
	}
	e, err := get[market.Employer](ctx, d, actor, r.Employer)
	if err != nil {
		return err
	}
	if answered {
		e.Answered++
	} else {
		e.Asked++
	}
	c.put(&e)
	return nil
}
