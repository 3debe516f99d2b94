package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

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
		if err := s.RenewLease(ctx, a, time.Minute, t0.Add(30*time.Second)); err != nil {
			t.Fatal(err)
		}
		_, err = s.AcquireLease(ctx, centre, "job", "b", time.Minute, t0.Add(80*time.Second))
		wantKey(t, err, market.Conflict, "error.lease.held")
		b, err := s.AcquireLease(ctx, centre, "job", "b", time.Minute, t0.Add(2*time.Minute))
		if err != nil || b.Fence != 2 {
			t.Errorf("after the end: got fence %d (%v), want 2", b.Fence, err)
		}
		wantKey(t, s.RenewLease(ctx, a, time.Minute, t0), market.Conflict, "error.lease.held")
		if err := s.ReleaseLease(ctx, a); err != nil {
			t.Errorf("release of a lost lease: %v", err)
		}
		_, err = s.AcquireLease(ctx, centre, "job", "c", time.Minute, t0.Add(2*time.Minute))
		wantKey(t, err, market.Conflict, "error.lease.held")
		if err := s.RenewLease(ctx, b, time.Minute, t0.Add(3*time.Minute)); err != nil {
			t.Error(err)
		}
		b.Mark = "here"
		if err := s.ReleaseLease(ctx, b); err != nil { // though it was renewed since b was given
			t.Error(err)
		}
		c, err := s.AcquireLease(ctx, centre, "job", "c", time.Minute, t0.Add(2*time.Minute))
		if err != nil || c.Fence != 3 || c.Mark != "here" {
			t.Errorf("after the release: got fence %d, mark %q (%v), want 3, here", c.Fence, c.Mark, err)
		}
	})
}

// What is written under a lease is written while it is held or not at all, renewed or not.
func TestApplyUnder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		wantKey(t, s.ApplyUnder(ctx, market.Lease{}, store.Put(&market.Counter{Meta: meta()})), market.Conflict, "error.lease.held")
		lease, err := s.AcquireLease(ctx, centre, "lists", "a", time.Minute, t0)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.RenewLease(ctx, lease, time.Minute, t0); err != nil {
			t.Fatal(err)
		}
		doc := market.Counter{Meta: meta()}
		if err := s.ApplyUnder(ctx, lease, store.Put(&doc)); err != nil {
			t.Fatalf("under a lease that was renewed: %v", err)
		}
		old := doc
		old.Rev--
		wantKey(t, s.ApplyUnder(ctx, lease, store.Put(&old)), market.Conflict, "error.stale")
		is, err := s.Lease(ctx, centre, "lists")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeLease(ctx, is, "b", time.Minute, t0); err != nil {
			t.Fatal(err)
		}
		wantKey(t, s.ApplyUnder(ctx, lease, store.Put(&doc)), market.Conflict, "error.lease.held")
		_, err = s.TakeLease(ctx, is, "c", time.Minute, t0)
		wantKey(t, err, market.Conflict, "error.lease.held")
	})
}

// However close a taking comes to a write: what the new holder reads then is not written over by the old one.
func TestTakenWhileWriting(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		doc := market.Counter{Meta: meta()}
		mustApply(t, s, store.Put(&doc))
		lease, err := s.AcquireLease(ctx, centre, "lists", "a", time.Minute, t0)
		for round := range 30 {
			if err != nil {
				t.Fatal(err)
			}
			var writing sync.WaitGroup
			writes := make(chan struct{}, 1)
			old := lease
			writing.Go(func() {
				for {
					c, err := store.Get[market.Counter](ctx, s, centre, doc.ID)
					if err == nil {
						c.Last++
						err = s.ApplyUnder(ctx, old, store.Put(&c))
					}
					if err != nil {
						wantKey(t, err, market.Conflict, "error.lease.held")
						return
					}
					select {
					case writes <- struct{}{}:
					default:
					}
				}
			})
			for range 1 + round%3 {
				<-writes
			}
			lease, err = taken(ctx, s)
			found, getErr := store.Get[market.Counter](ctx, s, centre, doc.ID)
			writing.Wait()
			last, lastErr := store.Get[market.Counter](ctx, s, centre, doc.ID)
			if getErr != nil || lastErr != nil || found.Last != last.Last {
				t.Fatalf("round %d: the new holder found %d, then it was %d (%v, %v)", round, found.Last, last.Last, getErr, lastErr)
			}
		}
	})
}

// taken takes the lease while its holder writes.
func taken(ctx context.Context, s *store.Store) (market.Lease, error) {
	for {
		is, err := s.Lease(ctx, centre, "lists")
		if err != nil {
			return is, err
		}
		lease, err := s.TakeLease(ctx, is, "b", time.Minute, t0)
		if market.KindOf(err) != market.Conflict {
			return lease, err
		}
	}
}
