package store_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		counter := market.Counter{Meta: meta(), Kind: "x"}
		mustApply(t, s, store.Put(&counter))
		const writers, each = 64, 3
		var failed atomic.Int32
		var wait sync.WaitGroup
		for range writers {
			wait.Go(func() {
				for range each {
					for {
						c, err := store.Get[market.Counter](ctx, s, centre, counter.ID)
						if err == nil {
							c.Last++
							err = s.Apply(ctx, store.Put(&c))
						}
						if err == nil {
							break
						}
						if market.KindOf(err) != market.Conflict {
							t.Errorf("writer: %v", err)
							failed.Add(1)
							return
						}
					}
				}
			})
		}
		wait.Wait()
		got, err := store.Get[market.Counter](ctx, s, centre, counter.ID)
		if err != nil || got.Last != writers*each || failed.Load() > 0 {
			t.Errorf("counted %d (%v), want %d", got.Last, err, writers*each)
		}
	})
}

func TestUniqueRace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		var won, lost atomic.Int32
		var wait sync.WaitGroup
		for range 16 {
			wait.Go(func() {
				err := s.Apply(context.Background(), store.Put(&market.User{Meta: meta(), Login: "cùng một tên"}))
				switch {
				case err == nil:
					won.Add(1)
				case errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.unique.login"}):
					lost.Add(1)
				default:
					t.Errorf("got %v", err)
				}
			})
		}
		wait.Wait()
		if won.Load() != 1 || lost.Load() != 15 {
			t.Errorf("%d won and %d were refused, want 1 and 15", won.Load(), lost.Load())
		}
	})
}

// TestCheckHolds lets two batches at once each rest on what the other changes: at most one of them stands, else both
// administrators of a centre could be taken away at the same moment.
func TestCheckHolds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		for range 20 {
			pair := [2]market.Counter{{Meta: meta()}, {Meta: meta()}}
			mustApply(t, s, store.Put(&pair[0]), store.Put(&pair[1]))
			var stood atomic.Int32
			var wait sync.WaitGroup
			for i := range pair {
				own, other := pair[i], pair[1-i]
				wait.Go(func() {
					own.Last++
					if err := s.Apply(context.Background(), store.Put(&own), store.Check(&other)); err == nil {
						stood.Add(1)
					} else if market.KindOf(err) != market.Conflict {
						t.Errorf("got %v", err)
					}
				})
			}
			wait.Wait()
			if n := stood.Load(); n != 1 {
				t.Fatalf("%d batches stood, want 1", n)
			}
		}
	})
}
