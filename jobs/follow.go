package jobs

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Follow keeps the index and the engine's picture of the market equal to the store until the context ends: what
// changed is searched and matched within a second. It begins with a full comparison, so nothing is missed while the
// program was away, and begins again when the feed breaks and when the lists become this process's to make. ready
// is called once, when everything is up to date.
func (r *Runner) Follow(ctx context.Context, ready func()) {
	if ready == nil {
		ready = func() {}
	}
	f := following{Runner: r, turn: r.Engine.turn, ready: sync.OnceFunc(ready), wake: make(chan struct{}, 1)}
	var wait sync.WaitGroup
	defer wait.Wait()
	wait.Go(func() { r.settle(ctx, f.wake) })
	f.turn.enter()
	defer f.turn.leave(ctx)
	for ctx.Err() == nil {
		err := f.once(ctx)
		if errors.Is(err, errTurn) || ctx.Err() != nil {
			continue
		}
		r.Log.Warn("following changes broke off, beginning again", "err", err)
		f.turn.leave(ctx) // who cannot follow leaves the lists to others
		f.turn.enter()
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

// following is the follower at work.
type following struct {
	*Runner
	turn  *turn
	ready func()
	wake  chan struct{} // something may be owed
}

// once follows until the feed breaks or the lists change hands. Who makes them begins where all that changes touch is
// made; where that place is not kept any more every list is owed, since nobody knows what was missed.
func (f *following) once(ctx context.Context) error {
	f.turn.look(ctx)
	lease, at := f.turn.held()
	feed, end := context.WithCancelCause(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { f.turn.watch(feed, func() { end(errTurn) }) })
	err := f.read(feed, at, lease, false)
	if at != "" && errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.feed.position"}) {
		f.Log.Warn("the changes since the lists were made are not kept any more, making every list")
		err = f.read(feed, "", lease, true)
	}
	if errors.Is(context.Cause(feed), errTurn) {
		err = errTurn
	}
	end(nil)
	watching.Wait()
	return err
}

// read reads the feed from a place on.
func (f *following) read(ctx context.Context, from store.Position, lease market.Lease, all bool) error {
	return f.Store.Changes(ctx, from, func(heard []store.Change, now store.Position) error {
		switch {
		case heard == nil:
			f.turn.hear(now)
			if err := f.catchUp(ctx, lease, all); err != nil {
				return err
			}
			if from == "" && !all { // what was missed before is told by the lists themselves
				f.turn.settle(lease)
			}
			f.turn.renew(ctx)
			f.ready()
		case slices.ContainsFunc(heard, func(c store.Change) bool { return c.Collection != leases }) || f.Store.Shared():
			if err := f.refresh(ctx, heard); err != nil {
				return err
			}
			f.turn.hear(now)
		default: // the mark alone has moved; to move it on for that would never end
			return nil
		}
		select {
		case f.wake <- struct{}{}:
		default: // it will look again anyway
		}
		return nil
	})
}

// leases names where it is written who works.
var leases = (*market.Lease)(nil).Collection()

// synonyms names where the phrases that staff have added are kept.
var synonyms = (*market.Synonym)(nil).Collection()

// weightSets names where the engine's weights are kept.
var weightSets = (*market.WeightSet)(nil).Collection()

// spreads names where a night leaves what the day deals by.
var spreads = (*market.Spread)(nil).Collection()

func (r *Runner) catchUp(ctx context.Context, lease market.Lease, all bool) error {
	if err := r.Lexicon.Refresh(ctx); err != nil {
		return err
	}
	if r.Index != nil {
		if r.Index.NeedsRebuild() {
			if err := RebuildIndex(ctx, r.Store, r.Index, r.Centre, nil); err != nil {
				return err
			}
		} else if _, err := CheckIndex(ctx, r.Store, r.Index, r.Centre); err != nil {
			return err
		}
	}
	return r.Engine.load(ctx, lease, all)
}

// refresh brings the index and the lists of what has changed up to date with a batch of changes.
func (r *Runner) refresh(ctx context.Context, heard []store.Change) error {
	if slices.ContainsFunc(heard, func(c store.Change) bool { return c.Collection == synonyms }) {
		if err := r.Lexicon.Refresh(ctx); err != nil {
			return err
		}
		r.reread(ctx)
	}
	if slices.ContainsFunc(heard, func(c store.Change) bool { return c.Collection == leases }) {
		r.Engine.turn.moved()
	}
	if slices.ContainsFunc(heard, func(c store.Change) bool { return c.Collection == weightSets }) {
		if err := r.Engine.reread(ctx); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(heard, func(c store.Change) bool { return c.Collection == spreads && c.Centre == r.Centre }) {
		if err := r.Engine.afterNight(ctx); err != nil {
			return err
		}
	}
	postings, gonePostings, err := changed[market.Posting](ctx, r, heard, "postings")
	if err != nil {
		return err
	}
	workers, goneWorkers, err := changed[market.Worker](ctx, r, heard, "workers")
	if err != nil {
		return err
	}
	c := changes{postings: postings, workers: workers, gonePostings: gonePostings, goneWorkers: goneWorkers}
	if err := r.withFirms(ctx, heard, &c); err != nil || c.none() {
		return err
	}
	if r.Index != nil {
		if err := r.Index.PutPostings(ctx, postings); err != nil {
			return err
		}
		if err := r.Index.PutWorkers(ctx, workers); err != nil {
			return err
		}
		if err := r.Index.Remove(ctx, slices.Concat(gonePostings, goneWorkers)...); err != nil {
			return err
		}
	}
	return r.Engine.take(ctx, r.Desk, c, r.Now())
}

// changed loads the documents of a collection that a batch names, once each, as they are now.
func changed[T any](ctx context.Context, r *Runner, changes []store.Change, collection string) (docs []T, gone []market.ID, err error) {
	seen := map[market.ID]bool{}
	for _, c := range changes {
		if c.Collection != collection || seen[c.ID] || c.Centre != "" && c.Centre != r.Centre {
			continue
		}
		seen[c.ID] = true
		doc, err := store.Get[T](ctx, r.Store, r.Centre, c.ID)
		switch {
		case market.KindOf(err) == market.NotFound:
			gone = append(gone, c.ID)
		case err != nil:
			return nil, nil, err
		default:
			docs = append(docs, doc)
		}
	}
	return docs, gone, nil
}
