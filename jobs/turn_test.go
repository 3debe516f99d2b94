package jobs

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/search"
)

// deadline is how long a test waits for what must come.
const deadline = 60 * time.Second

// process is a runner as another process on the same records would have it. It looks at the lease often, and takes
// an hour's silence for death unless a test says otherwise.
func process(t *testing.T, r *Runner, st *store.Store) *Runner {
	t.Helper()
	index, err := search.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	cfg := r.Config
	cfg.Store, cfg.Desk, cfg.Index, cfg.Lexicon = st, casework.New(st, r.Tax), index, nil
	out, err := NewRunner(cfg)
	if err != nil {
		t.Fatal(err)
	}
	out.Engine.turn.every, out.Engine.turn.patience = 100*time.Millisecond, time.Hour
	return out
}

// serving starts a process's follower and waits until it is ready; stop ends it as a service is stopped.
func serving(t *testing.T, r *Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan struct{}), make(chan struct{})
	go func() { r.Follow(ctx, func() { close(ready) }); close(done) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	select {
	case <-ready:
	case <-time.After(deadline):
		t.Fatal("the follower is not ready")
	}
	return stop
}

func soon(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	until(t, ctx, what, ok)
}

// opening puts a posting of its own kind into the store, for which office's welders fit.
func opening(t *testing.T, st *store.Store, i int) market.ID {
	t.Helper()
	p := &market.Posting{Meta: meta("opening", i), Title: "Thợ hàn", Occupation: "7212", Openings: 9, State: market.PostingOpen, ConfirmedOn: "2026-11-23",
		Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Requirements: []market.Requirement{{Kind: "skill", ID: "han"}}}
	if err := st.Apply(context.Background(), store.Put(p)); err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// listed reports whether a posting has a list, and stands on the list of everybody on it.
func listed(t *testing.T, st *store.Store, posting market.ID) bool {
	t.Helper()
	all := lists(t, st)
	own := all[market.SuggestionsID(centre, market.ForPosting, posting)]
	for _, item := range own.Items {
		theirs := all[market.SuggestionsID(centre, market.ForWorker, item.Worker)]
		if !slices.ContainsFunc(theirs.Items, func(s market.Suggestion) bool { return s.Posting == posting }) {
			return false
		}
	}
	return len(own.Items) > 0
}

// makesLists reports whether an engine makes the lists.
func makesLists(r *Runner) bool {
	r.Engine.mu.Lock()
	defer r.Engine.mu.Unlock()
	return r.Engine.makes()
}

// sees reports whether an engine answers questions from a market with a posting in it.
func sees(r *Runner, posting market.ID) bool {
	s := r.Engine.fresh()
	if s == nil {
		return false
	}
	_, ok := s.m.PostingRow(string(posting))
	return ok
}

func leaseNow(t *testing.T, st *store.Store) market.Lease {
	t.Helper()
	l, err := st.Lease(context.Background(), centre, listsLease)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Of two processes one makes the lists that a change touches, once; the other knows of the change all the same. When the
// first stops, the other goes on at once.
func TestOneMakesTheLists(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		r := office(t, open(), 6, 2)
		first, second := process(t, r, r.Store), process(t, r, r.Store)
		second.Engine.turn.looked = true // not the start of a lone process
		stop := serving(t, first)
		serving(t, second)
		p := opening(t, r.Store, 1)
		soon(t, "the lists of the change", func() bool { return listed(t, r.Store, p) && sees(first, p) && sees(second, p) })
		l, err := store.Get[market.Suggestions](context.Background(), r.Store, centre, market.SuggestionsID(centre, market.ForPosting, p))
		if err != nil || l.Rev != 1 {
			t.Errorf("the list was stored %d times (%v), want once", l.Rev, err)
		}
		if !makesLists(first) || makesLists(second) {
			t.Errorf("makes the lists: the first %t, the second %t, want the first alone", makesLists(first), makesLists(second))
		}
		stop()
		if l := leaseNow(t, r.Store); l.Holder == first.Engine.turn.holder {
			t.Error("who stopped has the lease still")
		}
		p = opening(t, r.Store, 2)
		soon(t, "the second to go on", func() bool { return listed(t, r.Store, p) })
	})
}

// The process that makes the lists dies after it has taken in a change and stored the change's own list, but none of the
// others that it touches. Whoever takes over makes them, and what was changed while nobody did.
func TestMakerDies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		st := open()
		r := office(t, st, 6, 2)
		first, second := process(t, r, st), process(t, r, st)
		e := first.Engine
		here, err := st.Here(ctx)
		if err != nil {
			t.Fatal(err)
		}
		e.begin(t)
		e.turn.hear(here)
		if err := e.settleAll(ctx, first.Desk, now); err != nil {
			t.Fatal(err)
		}
		e.turn.renew(ctx)
		half := opening(t, st, 1)
		p, err := store.Get[market.Posting](ctx, st, centre, half)
		if err != nil {
			t.Fatal(err)
		}
		if err := e.take(ctx, first.Desk, changes{postings: []market.Posting{p}}, now); err != nil {
			t.Fatal(err)
		}
		if len(e.owed) == 0 || listed(t, st, half) {
			t.Fatal("nothing is owed when the process dies")
		}
		meanwhile := opening(t, st, 2)
		second.Engine.turn.patience = 200 * time.Millisecond
		serving(t, second)
		soon(t, "the lists that were owed", func() bool { return listed(t, st, half) && listed(t, st, meanwhile) })
		if l := leaseNow(t, st); l.Fence != 2 || l.Holder != second.Engine.turn.holder {
			t.Errorf("the lease is held under number %d, want 2 by the second", l.Fence)
		}
	})
}

// A process whose store goes away under it while a change is on its way, on a connection of its own.
func TestMakerIsCutOff(t *testing.T) {
	t.Parallel()
	uri := storetest.Mongo(t)
	connect := func() *store.Store {
		st, err := store.Open(context.Background(), store.Options{MongoURI: uri})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = st.Close() })
		return st
	}
	r := office(t, connect(), 6, 2)
	first, second := process(t, r, connect()), process(t, r, connect())
	second.Engine.turn.patience = 500 * time.Millisecond
	serving(t, first)
	serving(t, second)
	p := opening(t, r.Store, 1)
	soon(t, "the first to make the lists", func() bool { return listed(t, r.Store, p) })
	fence := leaseNow(t, r.Store).Fence
	first.Engine.mu.Lock() // it does not get round to the change any more
	unlock := sync.OnceFunc(first.Engine.mu.Unlock)
	t.Cleanup(unlock)
	p = opening(t, r.Store, 2)
	if err := first.Store.Close(); err != nil {
		t.Fatal(err)
	}
	soon(t, "another to make the lists", func() bool { return listed(t, r.Store, p) })
	unlock()
	if l := leaseNow(t, r.Store); l.Fence <= fence || l.Holder != second.Engine.turn.holder {
		t.Errorf("held under number %d after %d, want a higher one by the second", l.Fence, fence)
	}
}

// Renewals, however often, do not keep the lists from being stored.
func TestRenewalsLetListsThrough(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		r := office(t, open(), 80, 2)
		first := process(t, r, r.Store)
		first.Engine.turn.every = time.Millisecond
		serving(t, first)
		p := opening(t, r.Store, 1)
		soon(t, "the lists of a change", func() bool { return listed(t, r.Store, p) })
	})
}

// A process that was held up while another took over stores nothing any more, and says so to nobody: it listens.
func TestStaleMaker(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		st := open()
		r := office(t, st, 6, 2)
		first, second := process(t, r, st), process(t, r, st)
		first.Engine.begin(t)
		lease, _ := first.Engine.turn.held()
		if err := first.Engine.settleAll(ctx, first.Desk, now); err != nil {
			t.Fatal(err)
		}
		if _, err := second.Engine.turn.take(ctx); err != nil {
			t.Fatal(err)
		}
		p, err := store.Get[market.Posting](ctx, st, centre, opening(t, st, 1))
		if err != nil {
			t.Fatal(err)
		}
		before := lists(t, st)
		if err := first.Engine.refresh(ctx, first.Desk, []market.Posting{p}, nil, nil, nil, now); err != nil {
			t.Fatalf("the one held up: %v", err)
		}
		for _, l := range before {
			err := first.Desk.ReplaceSuggestions(ctx, market.SystemActor(centre), now, lease, []market.Suggestions{l})
			if !taken(err) {
				t.Fatalf("a list under the lease of before: %v, want a conflict", err)
			}
		}
		if diff := cmp.Diff(before, lists(t, st)); diff != "" {
			t.Errorf("who was held up changed lists:\n%s", diff)
		}
		if makesLists(first) || len(first.Engine.owed) > 0 || !sees(first, p.ID) {
			t.Error("who was held up thinks that it makes the lists, or does not know the change")
		}
	})
}

// Clocks that are wrong by hours take the lease from nobody.
func TestClockIsWrong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		r := office(t, open(), 6, 2)
		first := process(t, r, r.Store)
		serving(t, first)
		for _, wrong := range []time.Duration{-2 * time.Hour, 2 * time.Hour} {
			other := process(t, r, r.Store)
			other.Engine.turn.looked = true
			other.Now = func() time.Time { return now.Add(wrong) }
			other.Engine.turn.cfg.Now = other.Now
			serving(t, other)
		}
		rev := leaseNow(t, r.Store).Rev
		for i := range 10 {
			p := opening(t, r.Store, i)
			soon(t, "the lists of a change", func() bool { return listed(t, r.Store, p) })
		}
		if l := leaseNow(t, r.Store); l.Rev < rev+10 || l.Fence != 1 || l.Holder != first.Engine.turn.holder {
			t.Errorf("the lease was written %d times and is held under number %d, want by the first still", l.Rev-rev, l.Fence)
		}
	})
}

// The night runs in a process that does not make the day's lists: a command, which gives them back, or another service,
// which goes on making them. No posting is shown to more people than it may be.
func TestNightElsewhere(t *testing.T) {
	t.Parallel()
	for name, serves := range map[string]bool{"a command": false, "a service": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, open func() *store.Store) {
				ctx := context.Background()
				r := crowd(t, open(), 15)
				first, second := process(t, r, r.Store), process(t, r, r.Store)
				second.Engine.turn.looked = true
				serving(t, first)
				if serves {
					serving(t, second)
				}
				if _, err := second.Run(ctx, "match", "command", ""); err != nil {
					t.Fatal(err)
				}
				soon(t, "the lists to have a maker", func() bool { return makesLists(first) != serves && makesLists(second) == serves })
				checkLimits(t, r, lists(t, r.Store))
				p := opening(t, r.Store, 1)
				soon(t, "the lists of a change", func() bool { return listed(t, r.Store, p) })
				soon(t, "who listens to have read the market after the night", func() bool {
					for _, x := range []*Runner{first, second} {
						x.Engine.mu.Lock()
						last := x.Engine.showing.last.Run
						x.Engine.mu.Unlock()
						if last == "" {
							return false
						}
					}
					return sees(first, p)
				})
				checkLimits(t, r, lists(t, r.Store))
			})
		})
	}
}

// A night that breaks off in another process gives the lists back: what changed meanwhile is made by day.
func TestNightBreaksOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		r := office(t, open(), 6, 2)
		first, second := process(t, r, r.Store), process(t, r, r.Store)
		serving(t, first)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		var p market.ID
		second.Engine.cfg.Progress = func(string, int, int) {
			if p == "" {
				p = opening(t, r.Store, 1)
			}
			cancel()
		}
		i := slices.IndexFunc(Jobs, func(j Job) bool { return j.Name == "match" })
		job := Jobs[i]
		job.do = func(ctx context.Context, r *Runner, run market.Run, now time.Time) (map[string]int, error) {
			counts, err := matchAll(ctx, r, run, now)
			return counts, errors.Join(err, ctx.Err())
		}
		if _, err := second.run(ctx, job, "command", ""); err == nil {
			t.Fatal("the night came to its end")
		}
		soon(t, "the lists of the change", func() bool { return listed(t, r.Store, p) && makesLists(first) })
	})
}

// A service that stood still misses nothing: not what is only better than what stands on a list, and not when the place
// where it stopped is no longer kept. On the embedded store it does not wait for itself, killed or not.
func TestNothingIsMissed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		r := office(t, open(), 6, 2)
		first := process(t, r, r.Store)
		stop := serving(t, first)
		p := opening(t, r.Store, 1)
		soon(t, "the lists of a change", func() bool { return listed(t, r.Store, p) })
		soon(t, "nothing to be owed", func() bool { return leaseNow(t, r.Store).Mark != "" })
		stop()
		better := opening(t, r.Store, 2)
		if !r.Store.Shared() { // killed instead: the lease is not given back
			if _, err := r.Store.TakeLease(ctx, leaseNow(t, r.Store), "killed", time.Hour, now); err != nil {
				t.Fatal(err)
			}
		}
		stop = serving(t, process(t, r, r.Store))
		soon(t, "what came while nobody followed", func() bool { return listed(t, r.Store, better) })
		stop()
		l := leaseNow(t, r.Store)
		l.Mark = "a place that is not kept"
		if err := r.Store.Apply(ctx, store.Put(&l)); err != nil {
			t.Fatal(err)
		}
		unknown := opening(t, r.Store, 3)
		serving(t, process(t, r, r.Store))
		soon(t, "what came when nobody knows what did", func() bool { return listed(t, r.Store, unknown) })
	})
}

// On the embedded store, with nothing to do, the lease is not written again and again.
func TestQuietStoreStaysQuiet(t *testing.T) {
	t.Parallel()
	r := office(t, storetest.Embedded(t), 6, 2)
	first := process(t, r, r.Store)
	first.Engine.turn.every = time.Hour // ticks are the test's
	serving(t, first)
	p := opening(t, r.Store, 1)
	soon(t, "the lists of a change", func() bool { return listed(t, r.Store, p) })
	var rev int64
	soon(t, "the lease to rest", func() bool {
		before := leaseNow(t, r.Store).Rev
		first.Engine.turn.renew(context.Background())
		rev = leaseNow(t, r.Store).Rev
		return before == rev && leaseNow(t, r.Store).Mark != ""
	})
	for range 20 {
		first.Engine.turn.renew(context.Background())
	}
	if now := leaseNow(t, r.Store).Rev; now != rev {
		t.Errorf("the lease was written %d times with nothing to do", now-rev)
	}
}
