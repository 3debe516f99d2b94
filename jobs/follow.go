package jobs

import (
	"context"
	"slices"
	"sync"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Follow keeps the index and the stored suggestions equal to the store until the context ends: what changed
// is searched and matched within a second. It begins with a full comparison, so nothing is missed while the
// program was away, and begins again when the feed breaks. ready is called once, when everything is up to date.
func (r *Runner) Follow(ctx context.Context, ready func()) {
	var at store.Position
	wake := make(chan struct{}, 1)
	var wait sync.WaitGroup
	defer wait.Wait()
	wait.Go(func() { r.settle(ctx, wake) })
	for ctx.Err() == nil {
		err := r.Store.Changes(ctx, at, func(changes []store.Change, now store.Position) error {
			if changes == nil {
				if err := r.catchUp(ctx); err != nil {
					return err
				}
				if ready != nil {
					ready()
					ready = nil
				}
			} else if err := r.refresh(ctx, changes); err != nil {
				return err
			}
			select {
			case wake <- struct{}{}:
			default: // it will look again anyway
			}
			at = now
			return nil
		})
		if ctx.Err() != nil {
			return
		}
		r.Log.Warn("following changes broke off, beginning again", "err", err)
		at = "" // what was missed is found by the comparison
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

// synonyms names where the phrases that staff have added are kept.
var synonyms = (*market.Synonym)(nil).Collection()

// weightSets names where the engine's weights are kept.
var weightSets = (*market.WeightSet)(nil).Collection()

// spreads names where a night leaves what the day deals by.
var spreads = (*market.Spread)(nil).Collection()

func (r *Runner) catchUp(ctx context.Context) error {
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
	return r.Engine.load(ctx)
}

// refresh brings the index and the lists of what has changed up to date with a batch of changes.
func (r *Runner) refresh(ctx context.Context, heard []store.Change) error {
	if slices.ContainsFunc(heard, func(c store.Change) bool { return c.Collection == synonyms }) {
		if err := r.Lexicon.Refresh(ctx); err != nil {
			return err
		}
		r.reread(ctx)
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
