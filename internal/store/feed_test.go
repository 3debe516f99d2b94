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
		here, err := s.Here(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		write(2)
		if here != "" { // a server need not say where it stands before something happens
			want(follow(here, 2, nil), 9)
		}
		if err := s.Changes(context.Background(), "not a position!", func([]store.Change, store.Position) error { return nil }); market.KindOf(err) != market.Conflict {
			t.Errorf("a bad position gave %v, want a conflict", err)
		}
		other := store.Position("LwAAAAJfZGF0YQAfAAAAODJGRkZGRkZGRjAwMDAwMDAxMkIwMjI5Mjk2RTA0AAA") // a token of some other server; on the embedded store nothing at all
		if err := s.Changes(context.Background(), other, func([]store.Change, store.Position) error { return errStop }); market.KindOf(err) != market.Conflict {
			t.Errorf("a position of another store gave %v, want a conflict", err)
		}
	})
}
