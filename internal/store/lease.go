package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"noiviec/internal/market"
)

// errStale is what Apply says of a batch whose ground moved.
var errStale = &market.Error{Kind: market.Conflict, Key: "error.stale"}

// Lease gives a named lease as it stands; one that nobody ever took has revision 0.
func (s *Store) Lease(ctx context.Context, centre market.ID, name string) (market.Lease, error) {
	id := market.DerivedID("lease", string(centre), name)
	lease, err := Get[market.Lease](ctx, s, centre, id)
	if market.KindOf(err) == market.NotFound {
		return market.Lease{Meta: market.Meta{ID: id, Centre: centre}, Name: name}, nil
	}
	return lease, err
}

// AcquireLease takes a named lease for a while, with a fencing number that grows with every taking. One that is
// held and has not run out is a Conflict "error.lease.held".
func (s *Store) AcquireLease(ctx context.Context, centre market.ID, name, holder string, ttl time.Duration, now time.Time) (market.Lease, error) {
	lease, err := s.Lease(ctx, centre, name)
	if err != nil {
		return lease, err
	}
	if lease.Until.After(now) {
		return lease, held(name)
	}
	return s.TakeLease(ctx, lease, holder, ttl, now)
}

// TakeLease takes a lease as it was seen, whoever holds it. One that has moved since is a Conflict "error.lease.held".
func (s *Store) TakeLease(ctx context.Context, seen market.Lease, holder string, ttl time.Duration, now time.Time) (market.Lease, error) {
	seen.Holder, seen.Until = holder, market.Stamp(now.Add(ttl))
	if seen.Fence++; seen.Rev == 0 {
		seen.RecordedAt = now
	}
	err := s.Apply(ctx, Put(&seen))
	if errors.Is(err, errStale) {
		err = held(seen.Name)
	}
	return seen, err
}

// RenewLease holds a lease for a while longer and stores its mark. One that somebody else has is a Conflict
// "error.lease.held".
func (s *Store) RenewLease(ctx context.Context, lease market.Lease, ttl time.Duration, now time.Time) error {
	return s.moveLease(ctx, lease, func(l *market.Lease) { l.Until, l.Mark = market.Stamp(now.Add(ttl)), lease.Mark })
}

// ReleaseLease gives a lease back with its mark; one that was taken over in the meantime stays with its new holder.
func (s *Store) ReleaseLease(ctx context.Context, lease market.Lease) error {
	err := s.moveLease(ctx, lease, func(l *market.Lease) { l.Holder, l.Until, l.Mark = "", time.Time{}, lease.Mark })
	if errors.Is(err, held("")) {
		return nil
	}
	return err
}

// ApplyUnder does a batch as Apply does, but only while a lease is held as given; otherwise nothing is written and it is
// a Conflict "error.lease.held". The lease is written with the batch: reading it would not do, since on MongoDB
// somebody could take it between that and the commit.
func (s *Store) ApplyUnder(ctx context.Context, lease market.Lease, ops ...Op) error {
	return s.moveLease(ctx, lease, func(*market.Lease) {}, ops...)
}

// moveLease writes a lease that is still held together with a batch. It is done again when the lease alone has moved:
// its holder renewed it meanwhile.
func (s *Store) moveLease(ctx context.Context, lease market.Lease, move func(*market.Lease), ops ...Op) error {
	for {
		is, err := s.Lease(ctx, lease.Centre, lease.Name)
		if err != nil {
			return err
		}
		if lease.Fence == 0 || is.Fence != lease.Fence || is.Holder != lease.Holder {
			return held(lease.Name)
		}
		move(&is)
		err = s.Apply(ctx, append(slices.Clip(ops), Put(&is))...)
		if !errors.Is(err, errStale) {
			return err
		}
		again, lookErr := s.Lease(ctx, lease.Centre, lease.Name)
		if lookErr != nil || again.Rev == is.Rev {
			return errors.Join(err, lookErr)
		}
	}
}

func held(name string) *market.Error { return market.Fail(market.Conflict, "error.lease.held", name) }
