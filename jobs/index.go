package jobs

import (
	"context"
	"fmt"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/search"
)

// RebuildIndex builds the index anew from the store; the old one answers meanwhile. progress may be nil.
func RebuildIndex(ctx context.Context, st *store.Store, x *search.Index, centre market.ID, progress func(done int)) error {
	done := 0
	return x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error {
		var postings []market.Posting
		var workers []market.Worker
		flush := func(force bool) error {
			if len(postings)+len(workers) < 500 && !force {
				return nil
			}
			done += len(postings) + len(workers)
			if progress != nil {
				progress(done)
			}
			err := put(postings, workers)
			postings, workers = nil, nil
			return err
		}
		err := store.Each(ctx, st, centre, func(p market.Posting) error { postings = append(postings, p); return flush(false) })
		if err != nil {
			return fmt.Errorf("index postings: %w", err)
		}
		err = store.Each(ctx, st, centre, func(w market.Worker) error { workers = append(workers, w); return flush(false) })
		if err != nil {
			return fmt.Errorf("index workers: %w", err)
		}
		return flush(true)
	})
}

// CheckIndex compares the index with the store by id and revision and repairs what differs.
func CheckIndex(ctx context.Context, st *store.Store, x *search.Index, centre market.ID) (map[string]int, error) {
	counts := map[string]int{"looked": 0, "missing": 0, "extra": 0}
	have, err := x.Stamps(ctx)
	if err != nil {
		return counts, err
	}
	var postings []market.Posting
	var workers []market.Worker
	differs := func(id market.ID, rev int64) bool {
		counts["looked"]++
		at, ok := have[id]
		delete(have, id)
		if ok && at == rev {
			return false
		}
		counts["missing"]++
		return true
	}
	err = store.Each(ctx, st, centre, func(p market.Posting) error {
		if differs(p.ID, p.Rev) {
			postings = append(postings, p)
		}
		return nil
	})
	if err != nil {
		return counts, fmt.Errorf("compare postings: %w", err)
	}
	err = store.Each(ctx, st, centre, func(w market.Worker) error {
		if differs(w.ID, w.Rev) {
			workers = append(workers, w)
		}
		return nil
	})
	if err != nil {
		return counts, fmt.Errorf("compare workers: %w", err)
	}
	counts["extra"] = len(have)
	var extra []market.ID
	for id := range have {
		extra = append(extra, id)
	}
	if err := x.PutPostings(ctx, postings); err != nil {
		return counts, err
	}
	if err := x.PutWorkers(ctx, workers); err != nil {
		return counts, err
	}
	return counts, x.Remove(ctx, extra...)
}
