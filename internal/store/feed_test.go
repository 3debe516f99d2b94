package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

func TestFeed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		var docs []*market.Worker
		write := func(n int) {
			for range n {
				w := &market.Worker{Meta: meta()}
				mustApply(t, s, store.Put(w))
				docs = append(docs, w)
			}
		}
		var middle store.Position
		follow := func(after store.Position, n int, start func()) []market.ID {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			var got []market.ID
			err := s.Changes(ctx, after, func(batch []store.Change, at store.Position) error {
				if batch == nil && start != nil {
					start()
				}
				for _, c := range batch {
					got = append(got, c.ID)
					if c.Rev != 1 || c.Centre != centre || c.Collection != "workers" || c.Deleted {
						t.Errorf("got change %+v", c)
					}
				}
				middle = at
				if len(got) >= n {
					return errStop
				}
				return nil
			})
			if !errors.Is(err, errStop) {
				t.Fatalf("feed ended with %v after %d changes", err, len(got))
			}
			return got
		}
		want := func(got []market.ID, from int) {
			t.Helper()
			for i, id := range got {
				if docs[from+i].ID != id {
					t.Fatalf("change %d is %s, want %s", i, id, docs[from+i].ID)
				}
			}
		}
		want(follow("", 5, func() { write(5) }), 0)
		at := middle
		write(4)
		want(follow(at, 4, nil), 5)
		if err := s.Changes(context.Background(), "not a position!", func([]store.Change, store.Position) error { return nil }); market.KindOf(err) != market.Conflict {
			t.Errorf("a bad position gave %v, want a conflict", err)
		}
	})
}

func TestLeases(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		a, err := s.AcquireLease(ctx, centre, "job", "a", time.Minute, t0)
		if err != nil || a.Fence != 1 {
			t.Fatalf("got fence %d (%v), want 1", a.Fence, err)
		}
		_, err = s.AcquireLease(ctx, centre, "job", "b", time.Minute, t0.Add(30*time.Second))
		wantKey(t, err, market.Conflict, "error.lease.held")
		b, err := s.AcquireLease(ctx, centre, "job", "b", time.Minute, t0.Add(2*time.Minute))
		if err != nil || b.Fence != 2 {
			t.Errorf("after the end: got fence %d (%v), want 2", b.Fence, err)
		}
		if err := s.ReleaseLease(ctx, a); err != nil {
			t.Errorf("release of a lost lease: %v", err)
		}
		_, err = s.AcquireLease(ctx, centre, "job", "c", time.Minute, t0.Add(2*time.Minute))
		wantKey(t, err, market.Conflict, "error.lease.held")
		if err := s.ReleaseLease(ctx, b); err != nil {
			t.Error(err)
		}
		if c, err := s.AcquireLease(ctx, centre, "job", "c", time.Minute, t0.Add(2*time.Minute)); err != nil || c.Fence != 3 {
			t.Errorf("after the release: got fence %d (%v), want 3", c.Fence, err)
		}
	})
}
