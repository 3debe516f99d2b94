package casework

import (
	"context"
	"slices"

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

func (d *Desk) workersBy(ctx context.Context, actor market.Actor, index, key string, most int) ([]market.Worker, error) {
	page, err := store.Find[market.Worker](ctx, d.st, store.Query{Centre: actor.Centre, Index: index, Equal: []any{key}, Limit: most})
	return slices.DeleteFunc(page.Items, func(w market.Worker) bool { return w.State == market.WorkerAnonymised }), err
}

// identity is the key of who may be the same person: the folded name and the year of birth. People move, and often know
// only the year, so neither commune nor day is in it.
func (d *Desk) identity(ctx context.Context, centre market.ID, name string, born market.Date) (string, error) {
	return d.hash(ctx, centre, "identity", taxonomy.Fold(taxonomy.CleanLine(name)), string(born)[:min(4, len(born))])
}
