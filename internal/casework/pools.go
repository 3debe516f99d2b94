package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// pool loads a saved search that the actor may see: an own one or one shared in the centre. Another's own is not even
// known to exist.
func (d *Desk) pool(ctx context.Context, actor market.Actor, id market.ID) (market.Pool, error) {
	if err := market.Can(actor, market.KeepPools, market.Subject{Centre: actor.Centre}); err != nil {
		return market.Pool{}, err
	}
	p, err := get[market.Pool](ctx, d, actor, id)
	if err == nil && !p.Shared && p.Owner != actor.User && actor.Role != market.System {
		return market.Pool{}, market.Fail(market.NotFound, "error.not_found")
	}
	return p, err
}

// ownPool loads one that the actor may change: an own one; an administrator also shared ones.
func (d *Desk) ownPool(ctx context.Context, actor market.Actor, id market.ID, rev int64) (market.Pool, error) {
	p, err := d.pool(ctx, actor, id)
	if err != nil {
		return p, err
	}
	if p.Owner != actor.User && actor.Role != market.Administrator && actor.Role != market.System {
		return p, market.Fail(market.Denied, "error.pool.others")
	}
	return p, seen(&p, rev)
}

// SavePool stores the conditions of a search over people under a name (Rev 0), or renames and shares one that is
// there; its conditions stay unless new ones are given.
func (d *Desk) SavePool(ctx context.Context, actor market.Actor, now time.Time, p market.Pool) (market.Pool, error) {
	if err := market.Can(actor, market.KeepPools, market.Subject{Centre: actor.Centre}); err != nil {
		return p, err
	}
	asked := p
	asked.Name = taxonomy.CleanLine(asked.Name)
	err := d.decide(ctx, func(c *changes) error {
		p = market.Pool{Meta: fresh(actor.Centre, now), Owner: actor.User}
		action := "pool.save"
		if asked.Rev != 0 {
			var err error
			if p, err = d.ownPool(ctx, actor, asked.ID, asked.Rev); err != nil {
				return err
			}
			action = "pool.change"
		}
		p.Name, p.Shared = asked.Name, asked.Shared
		if asked.Query != "" {
			p.Query = asked.Query
		}
		if err := p.Validate(); err != nil {
			return err
		}
		if err := d.poolFits(ctx, actor, p); err != nil {
			return err
		}
		c.put(&p)
		c.note(actor, now, action, &p, "", "", "")
		return nil
	})
	return p, err
}

// poolFits refuses a second list of the same name in the same place, and more lists than there may be.
func (d *Desk) poolFits(ctx context.Context, actor market.Actor, p market.Pool) error {
	beside, err := d.poolsBeside(ctx, actor, p)
	if err != nil {
		return err
	}
	beside = slices.DeleteFunc(beside, func(o market.Pool) bool { return o.ID == p.ID })
	if slices.ContainsFunc(beside, func(o market.Pool) bool { return o.Name == p.Name }) {
		return &market.Error{Kind: market.Conflict, Field: "name", Key: "error.pool.name", Args: []any{p.Name}}
	}
	if len(beside) >= market.MaxPools {
		return market.Fail(market.Conflict, "error.pool.many", market.MaxPools)
	}
	return nil
}

// poolsBeside lists the pools that a pool stands among: the shared ones, or the owner's own.
func (d *Desk) poolsBeside(ctx context.Context, actor market.Actor, p market.Pool) ([]market.Pool, error) {
	q := store.Query{Centre: actor.Centre, Index: "pools_by_owner", Equal: []any{p.Owner}, Limit: 3 * market.MaxPools}
	if p.Shared {
		q.Index, q.Equal = "pools_by_shared", []any{true}
	}
	found, err := store.Find[market.Pool](ctx, d.st, q)
	return slices.DeleteFunc(found.Items, func(o market.Pool) bool { return o.Shared != p.Shared }), err
}

// Pools lists what the actor may open: own ones, then those that others share, each by name.
func (d *Desk) Pools(ctx context.Context, actor market.Actor) ([]market.Pool, error) {
	if err := market.Can(actor, market.KeepPools, market.Subject{Centre: actor.Centre}); err != nil {
		return nil, err
	}
	own, err := store.Find[market.Pool](ctx, d.st, store.Query{Centre: actor.Centre, Index: "pools_by_owner", Equal: []any{actor.User}, Limit: 3 * market.MaxPools})
	if err != nil {
		return nil, err
	}
	shared, err := d.poolsBeside(ctx, actor, market.Pool{Shared: true})
	others := slices.DeleteFunc(shared, func(p market.Pool) bool { return p.Owner == actor.User })
	return append(own.Items, others...), err
}

// DropPool deletes a saved search and what was remembered of looking at it. The people in it stay as they are.
func (d *Desk) DropPool(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64) error {
	return d.decide(ctx, func(c *changes) error {
		p, err := d.ownPool(ctx, actor, id, rev)
		if err != nil {
			return err
		}
		looks, err := store.Find[market.PoolLook](ctx, d.st, store.Query{Centre: actor.Centre, Index: "pool_looks_by_pool", Equal: []any{id}, Limit: 1000})
		if err != nil {
			return err
		}
		for i := range looks.Items {
			c.drop(&looks.Items[i])
		}
		c.drop(&p)
		c.note(actor, now, "pool.drop", &p, "", "", "")
		return nil
	})
}

// LookAtPool remembers who is in a pool as the actor opens it. It decides nothing and leaves no audit entry. people
// are the ids in it now, at most market.MaxSeen of them count.
func (d *Desk) LookAtPool(ctx context.Context, actor market.Actor, now time.Time, id market.ID, people []market.ID) (market.Pool, error) {
	var p market.Pool
	err := d.decide(ctx, func(c *changes) (err error) {
		if p, err = d.pool(ctx, actor, id); err != nil {
			return err
		}
		look, err := d.look(ctx, actor, id)
		switch {
		case isNotFound(err):
			look = market.PoolLook{Meta: fresh(actor.Centre, now), Pool: id, User: actor.User, First: true}
			look.ID = market.PoolLookID(id, actor.User)
		case err != nil:
			return err
		default:
			look.Before, look.First = look.Seen, false
		}
		look.At, look.Seen = market.Stamp(now), market.SeenPeople(people)
		c.put(&look)
		return nil
	})
	return p, err
}

func (d *Desk) look(ctx context.Context, actor market.Actor, pool market.ID) (market.PoolLook, error) {
	return get[market.PoolLook](ctx, d, actor, market.PoolLookID(pool, actor.User))
}

// PoolFor gives a pool that the actor may open, with what they saw of it; nothing of it before they opened it once.
func (d *Desk) PoolFor(ctx context.Context, actor market.Actor, id market.ID) (market.Pool, market.PoolLook, error) {
	p, err := d.pool(ctx, actor, id)
	if err != nil {
		return p, market.PoolLook{}, err
	}
	look, err := d.look(ctx, actor, id)
	if isNotFound(err) {
		err = nil
	}
	return p, look, err
}
