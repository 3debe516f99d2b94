package jobs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Of several processes on one store one makes the lists: the holder of the lease "lists". Every list is stored together
// with the lease (store.ApplyUnder), so that one who was held up and comes back cannot write over those of the next.
// With the lease goes a mark, the place in the change feed up to which all lists that changes touch are made: who takes
// the lease reads everything and hears again what came after the mark. So what one process owes is never written
// down, and never lost with it.
//
// A holder renews the lease every turnEvery. The others do not compare clocks: one takes the lease when it has not
// moved for turnPatience while that process looked, or as soon as it is given back. A holder that dies is so
// followed within turnPatience and two times turnEvery, and the time it takes to read the market. On the embedded
// store, which belongs to one process, whoever is named at its start is dead, and nobody waits.
const (
	turnEvery    = 5 * time.Second
	turnPatience = 15 * time.Second
	turnCall     = 5 * time.Second // the longest one look at the lease, or one writing of it, may take
)

// listsLease names the lease of who makes the lists.
const listsLease = "lists"

// errTurn ends a following when the lists become this process's to make, or are not any more.
var errTurn = errors.New("the making of the lists has changed hands")

// turn is a process's part in who makes the lists.
type turn struct {
	cfg             Config
	holder          string
	every, patience time.Duration
	wake            chan struct{} // the lease has moved
	writing         sync.Mutex    // a renewal must not come between a batch of lists and its end: the batch would begin again

	mu      sync.Mutex
	lease   market.Lease   // as taken; zero while it is not held
	users   int            // what holds it here: a following, a match run
	heard   store.Position // changes up to here are taken in
	settled store.Position // lists that changes up to here touch are made
	looked  bool           // at somebody else's lease
	seen    int64          // its revision then
	since   time.Time      // when that was first seen, by this process's clock
}

func newTurn(cfg Config) *turn {
	return &turn{cfg: cfg, holder: fmt.Sprintf("%d-%s", os.Getpid(), market.NewID()[:8]), every: turnEvery, patience: turnPatience, wake: make(chan struct{}, 1)}
}

// held gives the lease while it is held, and how far the work under it has come.
func (t *turn) held() (market.Lease, store.Position) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lease, t.settled
}

// holds reports whether a lease is still the one held.
func (t *turn) holds(lease market.Lease) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return lease.Fence != 0 && t.lease.Fence == lease.Fence
}

// lost drops a lease under which a write was refused.
func (t *turn) lost(lease market.Lease) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lease.Fence == lease.Fence {
		t.lease = market.Lease{}
	}
}

// hear notes how far the changes are taken in.
func (t *turn) hear(at store.Position) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.heard = at
}

// settle notes that nothing is owed of what was heard.
func (t *turn) settle(lease market.Lease) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settleAt(lease, t.heard)
}

// madeAll notes that every list was made from what was read after a place in the feed.
func (t *turn) madeAll(lease market.Lease, at store.Position) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settleAt(lease, at)
}

func (t *turn) settleAt(lease market.Lease, at store.Position) {
	if at != "" && lease.Fence != 0 && lease.Fence == t.lease.Fence {
		t.settled = at
	}
}

// look takes the lease when nobody has it or its holder is silent, and reports whether it did.
func (t *turn) look(ctx context.Context) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lease.Fence != 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, turnCall)
	defer cancel()
	is, err := t.cfg.Store.Lease(ctx, t.cfg.Centre, listsLease)
	if err != nil {
		t.seen = 0 // who cannot be seen is not silent
		return false
	}
	free := is.Holder == "" || !t.looked && !t.cfg.Store.Shared()
	if !t.looked || is.Rev != t.seen {
		t.looked, t.seen, t.since = true, is.Rev, time.Now()
	}
	if !free && time.Since(t.since) < t.patience {
		return false
	}
	if err := t.takeAsSeen(ctx, is); err != nil {
		return false // somebody was faster
	}
	if is.Holder != "" {
		t.cfg.log().Info("makes the lists after a silent holder", "silent", is.Holder, "fence", t.lease.Fence)
	}
	return true
}

func (t *turn) takeAsSeen(ctx context.Context, is market.Lease) error {
	lease, err := t.cfg.Store.TakeLease(ctx, is, t.holder, t.patience, t.cfg.Now())
	if err != nil {
		return err
	}
	t.lease, t.settled = lease, store.Position(lease.Mark)
	return nil
}

// take takes the lease from whoever has it, or makes sure of it.
func (t *turn) take(ctx context.Context) (market.Lease, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lease.Fence != 0 && t.cfg.Store.RenewLease(ctx, t.lease, t.patience, t.cfg.Now()) == nil {
		return t.lease, nil
	}
	for {
		is, err := t.cfg.Store.Lease(ctx, t.cfg.Centre, listsLease)
		if err == nil {
			err = t.takeAsSeen(ctx, is)
		}
		if err == nil || !taken(err) {
			return t.lease, err
		}
	}
}

// taken tells that a lease is not held as it was thought to be.
func taken(err error) bool {
	return errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.lease.held"})
}

// renew holds the lease for a while longer, with its mark. Where nobody else waits for it only a new mark is stored.
func (t *turn) renew(ctx context.Context) {
	t.writing.Lock()
	defer t.writing.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	mark := string(t.settled)
	if t.lease.Fence == 0 || !t.cfg.Store.Shared() && mark == t.lease.Mark {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, turnCall)
	defer cancel()
	lease := t.lease
	lease.Mark = mark
	switch err := t.cfg.Store.RenewLease(ctx, lease, t.patience, t.cfg.Now()); {
	case err == nil:
		t.lease = lease
	case taken(err):
		t.lease = market.Lease{}
	case ctx.Err() == nil:
		t.cfg.log().Warn("the lease of the lists could not be renewed", "err", err)
	}
}

// watch renews the lease while it is held, and waits for it otherwise; once it has taken it, it calls ours and ends.
func (t *turn) watch(ctx context.Context, ours func()) {
	tick := time.NewTicker(t.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			t.renew(ctx)
		case <-t.wake:
		}
		if t.look(ctx) {
			ours()
			return
		}
	}
}

// moved tells that the lease was written: it may be free.
func (t *turn) moved() {
	select {
	case t.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// enter counts what holds the lease in this process.
func (t *turn) enter() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.users++
}

// leave gives the lease back when nothing here needs it any more, also when the context has ended.
func (t *turn) leave(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.users--; t.users == 0 {
		t.release(ctx)
	}
}

// giveBack gives the lease back whoever needs it.
func (t *turn) giveBack(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.release(ctx)
}

func (t *turn) release(ctx context.Context) {
	if t.lease.Fence == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), turnCall)
	defer cancel()
	lease := t.lease
	lease.Mark, t.lease = string(t.settled), market.Lease{}
	if err := t.cfg.Store.ReleaseLease(ctx, lease); err != nil {
		t.cfg.log().Warn("the lease of the lists could not be given back", "err", err)
	}
}

// repeat does something at intervals until it is stopped.
func repeat(every time.Duration, do func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	wait.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				do(ctx)
			}
		}
	})
	return func() { cancel(); wait.Wait() }
}
