package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// MatchDecision is what a counsellor says about a pair. Rev is 0 while no match exists yet.
type MatchDecision struct {
	Posting, Worker market.ID
	Rev             int64
	Event           market.MatchEvent
	Reason, Note    string
}

// DecideMatch approves, rejects (with a reason of market.RefusalReasons), pins, or takes any of these back. The
// first decision about a pair makes its match, keeping the suggestion as it was shown. Approving needs an open
// posting and an available worker; an approval stands once a referral was made on it. A match is entered when it
// is decided: its RecordedAt is the last decision's, so that matches_by_state finds what was decided on a day.
func (d *Desk) DecideMatch(ctx context.Context, actor market.Actor, now time.Time, dec MatchDecision) (market.Match, error) {
	var m market.Match
	if err := market.Can(actor, market.ReviewMatches, market.Subject{Centre: actor.Centre}); err != nil {
		return m, err
	}
	if dec.Event == market.MatchReject && !slices.Contains(market.RefusalReasons, dec.Reason) {
		return m, market.Bad("reason", "error.reason.required")
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if m, err = d.match(ctx, actor, now, dec); err != nil {
			return err
		}
		if dec.Event == market.MatchApprove {
			if err := d.mayRefer(ctx, actor, now, dec.Posting, dec.Worker); err != nil {
				return err
			}
		}
		if dec.Event == market.MatchUndo && m.State == market.MatchApproved {
			if err := d.notReferred(ctx, actor, m); err != nil {
				return err
			}
		}
		from := m.State
		if err := m.Do(dec.Event); err != nil {
			return err
		}
		m.DecidedBy, m.DecidedOn, m.RecordedAt = actor.User, market.DateOf(now), market.Stamp(now)
		m.Reason, m.Note = dec.Reason, taxonomy.Clean(dec.Note)
		if err := d.teach(ctx, c, actor, now, from, m); err != nil {
			return err
		}
		c.put(&m)
		c.note(actor, now, "match."+string(dec.Event), &m, string(from), string(m.State), dec.Reason)
		return nil
	})
	return m, err
}

// teach lets a rejection change what the person is offered, as if they had said it themselves; taking it back
// takes that back too. Reasons that are about neither side's wishes teach nothing.
func (d *Desk) teach(ctx context.Context, c *changes, actor market.Actor, now time.Time, from market.MatchState, m market.Match) error {
	said := m.State == market.MatchRejected && (slices.Contains(market.WorkerReasons, m.Reason) || slices.Contains(market.EmployerReasons, m.Reason))
	if !said && from != market.MatchRejected {
		return nil
	}
	w, err := get[market.Worker](ctx, d, actor, m.Worker)
	if err != nil {
		return err
	}
	if !said {
		of := func(r market.Refusal) bool { return r.Match == m.ID }
		before := len(w.Refusals) + len(w.Declines)
		w.Refusals, w.Declines = slices.DeleteFunc(w.Refusals, of), slices.DeleteFunc(w.Declines, of)
		if len(w.Refusals)+len(w.Declines) == before {
			return nil
		}
		w.Learn(now)
		c.put(&w)
		return nil
	}
	p, err := get[market.Posting](ctx, d, actor, m.Posting)
	if err != nil {
		return err
	}
	c.put(&w)
	return d.remember(ctx, actor, now, &w, p, no{reason: m.Reason, declined: !slices.Contains(market.WorkerReasons, m.Reason), match: m.ID})
}

// notReferred refuses to take back an approval on which somebody was already sent.
func (d *Desk) notReferred(ctx context.Context, actor market.Actor, m market.Match) error {
	referrals, err := d.referralsOf(ctx, actor, m.Worker)
	if err != nil {
		return err
	}
	for _, r := range referrals {
		if r.Match == m.ID && r.State != market.ReferralCancelled {
			return market.Fail(market.Conflict, "error.match.referred", r.Number)
		}
	}
	return nil
}

// match loads the match of a pair, or opens one on what the last run suggested.
func (d *Desk) match(ctx context.Context, actor market.Actor, now time.Time, dec MatchDecision) (market.Match, error) {
	m, err := get[market.Match](ctx, d, actor, market.MatchID(dec.Posting, dec.Worker))
	if err == nil {
		if m.Rev != dec.Rev {
			return m, market.Fail(market.Conflict, "error.stale")
		}
		return m, nil
	}
	if !isNotFound(err) {
		return m, err
	}
	p, err := get[market.Posting](ctx, d, actor, dec.Posting)
	if err != nil {
		return m, err
	}
	m = market.Match{Meta: fresh(actor.Centre, now), Posting: dec.Posting, Worker: dec.Worker, Employer: p.Employer, State: market.MatchSuggested}
	m.ID = market.MatchID(dec.Posting, dec.Worker)
	return m, d.shown(ctx, actor, &m)
}

// shown copies the stored suggestion of the pair into its match; a pair nobody suggested has an empty one.
func (d *Desk) shown(ctx context.Context, actor market.Actor, m *market.Match) error {
	for _, at := range []struct {
		side    market.Side
		subject market.ID
	}{{market.ForPosting, m.Posting}, {market.ForWorker, m.Worker}} {
		list, err := get[market.Suggestions](ctx, d, actor, market.SuggestionsID(actor.Centre, at.side, at.subject))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		for i, item := range list.Items {
			if item.Posting == m.Posting && item.Worker == m.Worker {
				m.Shown, m.Run, m.Engine, m.Weights, m.Side, m.Place = item, list.Run, list.Engine, list.Weights, list.Side, i+1
				m.Of = list.ShownTo(actor.Role)
				m.Chance = list.Chance(i, m.Of)
				return nil
			}
		}
	}
	return nil
}

// mayRefer refuses a posting or a person that is no longer there to be brought together.
func (d *Desk) mayRefer(ctx context.Context, actor market.Actor, now time.Time, posting, worker market.ID) error {
	p, err := get[market.Posting](ctx, d, actor, posting)
	if err != nil {
		return err
	}
	if !p.Matchable(market.DateOf(now)) {
		return market.Fail(market.Conflict, "error.posting.not_open", "state.posting."+string(p.State))
	}
	w, err := get[market.Worker](ctx, d, actor, worker)
	if err != nil {
		return err
	}
	if !w.Available() {
		return market.Fail(market.Conflict, "error.worker.not_available", "state.worker."+string(w.State))
	}
	return d.lawful(ctx, actor, now, w, p)
}

// lawful refuses to send somebody where a law bars them from the work, whoever made the pair.
func (d *Desk) lawful(ctx context.Context, actor market.Actor, now time.Time, w market.Worker, p market.Posting) error {
	var firm *market.Employer
	if p.Employer != "" {
		e, err := get[market.Employer](ctx, d, actor, p.Employer)
		if err != nil && !isNotFound(err) {
			return err
		}
		firm = &e
	}
	if bars := d.tax.Barred(w, p, firm, market.DateOf(now)); len(bars) > 0 {
		return market.Fail(market.Conflict, "error.barred", "bar."+bars[0])
	}
	return nil
}

// ReplaceSuggestions stores what a run found, many lists in one batch, over whatever was there, while the lease of who
// makes the lists is held as given: else it is a Conflict "error.lease.held". A list whose parts do not sum to its
// scores is refused: it is a fault of the engine.
func (d *Desk) ReplaceSuggestions(ctx context.Context, actor market.Actor, now time.Time, lease market.Lease, lists []market.Suggestions) error {
	if actor.Role != market.System {
		return market.Fail(market.Denied, "error.denied")
	}
	return d.decide(ctx, func(c *changes) error {
		c.lease = &lease
		for i := range lists {
			list := lists[i]
			if err := list.Check(); err != nil {
				return err
			}
			list.Meta = market.Meta{ID: market.SuggestionsID(actor.Centre, list.Side, list.Subject), Centre: actor.Centre, RecordedAt: market.Stamp(now)}
			old, err := store.Get[market.Suggestions](ctx, d.st, actor.Centre, list.ID)
			if err != nil && !isNotFound(err) {
				return err
			}
			list.Rev = old.Rev
			c.put(&list)
		}
		return nil
	})
}
