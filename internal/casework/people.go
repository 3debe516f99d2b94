package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// FindPeople finds whoever has exactly this phone, or, without one, this name (marks and case do not count) and
// year of birth, at most most people. Both are found by keys of the store; a name and a year by a keyed hash.
func (d *Desk) FindPeople(ctx context.Context, actor market.Actor, phone, name string, born market.Date, most int) ([]market.Worker, error) {
	if err := market.Can(actor, market.SearchWorkers, market.Subject{Centre: actor.Centre}); err != nil {
		return nil, err
	}
	if phone != "" {
		return d.workersBy(ctx, actor, "workers_by_phone", phone, most)
	}
	key, err := d.identity(ctx, actor.Centre, name, born)
	if err != nil {
		return nil, err
	}
	return d.workersBy(ctx, actor, "workers_by_identity", key, most)
}

// mostAlike is how many people who may be the same one are looked at.
const mostAlike = 100

// SamePeople finds who may already be this person: the same citizen ID, or the same name and year of birth in the same
// commune, or where either commune is not known.
func (d *Desk) SamePeople(ctx context.Context, actor market.Actor, w market.Worker) ([]market.Worker, error) {
	var out []market.Worker
	if w.CitizenID != "" {
		key, err := d.hash(ctx, actor.Centre, "citizen", w.CitizenID)
		if err != nil {
			return nil, err
		}
		if out, err = d.workersBy(ctx, actor, "workers_by_citizen", key, 1); err != nil {
			return nil, err
		}
	}
	alike, err := d.FindPeople(ctx, actor, "", w.Name, w.Born, mostAlike)
	if err != nil {
		return nil, err
	}
	for _, other := range alike {
		near := other.Commune == w.Commune || other.Commune == "" || w.Commune == ""
		if near && !slices.ContainsFunc(out, func(o market.Worker) bool { return o.ID == other.ID }) {
			out = append(out, other)
		}
	}
	return slices.DeleteFunc(out, func(o market.Worker) bool { return o.ID == w.ID }), nil
}

func (d *Desk) workersBy(ctx context.Context, actor market.Actor, index, key string, most int) ([]market.Worker, error) {
	page, err := store.Find[market.Worker](ctx, d.st, store.Query{Centre: actor.Centre, Index: index, Equal: []any{key}, Limit: most})
	return slices.DeleteFunc(page.Items, func(w market.Worker) bool { return w.State == market.WorkerAnonymised }), err
}

func (d *Desk) identity(ctx context.Context, centre market.ID, name string, born market.Date) (string, error) {
	settings, err := store.Get[market.CentreSettings](ctx, d.st, centre, centre)
	return IdentityKey(settings, name, born), err
}

// IdentityKey is the key of who may be the same person: a keyed hash of the folded name and the year of birth. People
// move, and often know only the year, so neither commune nor day is in it.
func IdentityKey(settings market.CentreSettings, name string, born market.Date) string {
	return keyed(settings, "identity", taxonomy.Fold(taxonomy.CleanLine(name)), string(born)[:min(4, len(born))])
}

// AssignWorker says which counsellor follows a person; "" is nobody.
func (d *Desk) AssignWorker(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, counsellor market.ID) (market.Worker, error) {
	return d.changeWorker(ctx, actor, now, id, rev, "worker.assign", string(counsellor), func(w *market.Worker) error {
		if counsellor != "" {
			u, err := get[market.User](ctx, d, actor, counsellor)
			if err != nil || !u.Role.Staff() || u.Disabled {
				return market.Bad("counsellor", "error.counsellor")
			}
		}
		w.Counsellor = counsellor
		return nil
	})
}

// ConsentAgain brings back who had withdrawn, by a new consent that staff record or the person gives on their page.
func (d *Desk) ConsentAgain(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, consent market.Consent) (market.Worker, error) {
	return d.editWorker(ctx, actor, now, id, rev, "worker.consent", consent.Channel, func(w *market.Worker) error {
		if !consent.Given() {
			return market.Bad("consent", "error.consent")
		}
		if w.State != market.WorkerWithdrawn {
			return market.Fail(market.Conflict, "error.transition", "state.worker."+string(w.State), "event.worker.resume")
		}
		w.Consent = consent
		return w.Do(market.WorkerResume)
	})
}

// changeWorker makes one change that only staff make to a person's file.
func (d *Desk) changeWorker(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, action, reason string, change func(*market.Worker) error) (market.Worker, error) {
	if !actor.Role.Staff() {
		return market.Worker{}, market.Fail(market.Denied, "error.denied")
	}
	return d.editWorker(ctx, actor, now, id, rev, action, reason, change)
}

// writableWorker loads a person's file for whoever may write it, as it was read.
func (d *Desk) writableWorker(ctx context.Context, actor market.Actor, id market.ID, rev int64) (market.Worker, error) {
	w, err := get[market.Worker](ctx, d, actor, id)
	if err != nil {
		return w, err
	}
	if err := market.Can(actor, market.WriteWorker, workerSubject(w)); err != nil {
		return w, err
	}
	return w, seen(&w, rev)
}

// editWorker makes one change to a person's file for whoever may write it.
func (d *Desk) editWorker(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, action, reason string, change func(*market.Worker) error) (market.Worker, error) {
	var w market.Worker
	err := d.decide(ctx, func(c *changes) (err error) {
		if w, err = d.writableWorker(ctx, actor, id, rev); err != nil {
			return err
		}
		from := w.State
		if err := change(&w); err != nil {
			return err
		}
		c.put(&w)
		c.note(actor, now, action, &w, string(from), string(w.State), reason)
		return nil
	})
	return w, err
}
