package jobs

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/matcher"
)

// shownOften counts in how many people's places each posting stands, as the stored lists say.
func shownOften(all map[market.ID]market.Suggestions) map[market.ID]int {
	out := map[market.ID]int{}
	for _, l := range all {
		if l.Side == market.ForWorker {
			for _, item := range l.Items[:l.Places] {
				out[item.Posting]++
			}
		}
	}
	return out
}

// checkLimits holds what people are shown to the limits of the night's shares.
func checkLimits(t *testing.T, r *Runner, all map[market.ID]market.Suggestions) {
	t.Helper()
	last, err := store.Get[market.Spread](context.Background(), r.Store, centre, market.SpreadID(centre))
	if err != nil {
		t.Fatal(err)
	}
	shares := matcher.Shares{Places: last.Places, Seats: last.Seats}
	for id, n := range shownOften(all) {
		p, err := store.Get[market.Posting](context.Background(), r.Store, centre, id)
		if err != nil {
			t.Fatal(err)
		}
		if p.State != market.PostingOpen || n > shares.Limit(p.Left()) {
			t.Errorf("posting %s (%s) with %d seats is shown to %d people, at most %d may see it", id, p.State, p.Left(), n, shares.Limit(p.Left()))
		}
	}
}

// TestSpread holds stored lists to their promises on an invented market.
func TestSpread(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := invented(t, 400, 60)
	run, err := r.Run(ctx, "match", "command", "")
	if err != nil {
		t.Fatal(err)
	}
	all := lists(t, r.Store)
	checkLimits(t, r, all)
	m, err := r.Engine.market(now)
	if err != nil {
		t.Fatal(err)
	}
	up, down, places, without, allocated := 0, 0, 0, 0, map[market.ID]int{}
	seats := map[market.ID]int{}
	for _, l := range all {
		exact := rankOf(m, subject{l.Side, l.Subject}, matcher.Options{K: 1000, LeastScore: leastScore}).Hits
		seen := map[int]bool{}
		for i, item := range l.Items {
			if got := otherSide(m, l.Side, exact[item.Rank-1].Row); got != other(l.Side, item) || exact[item.Rank-1].Score != item.Score {
				t.Fatalf("list %s: item %d says rank %d, which is another", l.ID, i, item.Rank)
			}
			seen[item.Rank] = true
			if item.Allocated {
				seats[item.Posting]++
				allocated[item.Worker]++
			}
			if item.Moved != nil {
				switch item.Moved.Code {
				case "spread_up":
					up++
				case "spread_down":
					down++
				}
				if item.Moved.Args[0] != fmt.Sprint(item.Rank) {
					t.Errorf("moved %v from rank %d", item.Moved, item.Rank)
				}
			}
		}
		for rank := 1; rank <= min(listLength, len(exact)); rank++ {
			if !seen[rank] {
				t.Errorf("list %s hides rank %d", l.ID, rank)
			}
		}
		if l.Side == market.ForWorker {
			places += l.Places
			if l.NoCapacity {
				without++
			}
			if len(l.Items) > 0 && l.Places == 0 != l.NoCapacity {
				t.Errorf("list %s of %d has %d places and no capacity %t", l.ID, len(l.Items), l.Places, l.NoCapacity)
			}
		}
	}
	for worker, n := range allocated {
		if n > 1 {
			t.Errorf("%s is allocated %d seats", worker, n)
		}
	}
	for posting, n := range seats {
		if left := r.Engine.postings[string(posting)].Left; n > left {
			t.Errorf("%s with %d seats is allocated %d people", posting, left, n)
		}
	}
	if up == 0 || down == 0 || len(allocated) == 0 {
		t.Errorf("%d moved up, %d down, %d allocated: the market is too easy to show anything", up, down, len(allocated))
	}
	if run.Counts["spread.places"] != places || run.Counts["spread.no_capacity"] != without || run.Counts["spread.gini_percent"] == 0 || run.Counts["spread.score_loss_permille"] == 0 {
		t.Errorf("the run counts %v; %d places, %d without", run.Counts, places, without)
	}
	t.Log(run.Counts)
}

// crowd is an office with one posting of one seat and so many people who all fit it, and another far away.
func crowd(t *testing.T, st *store.Store, people int) *Runner {
	r := office(t, st, 0, 0)
	p := market.Posting{Meta: meta("p", 0), Title: "Thợ hàn", Occupation: "7212", Openings: 1, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
		Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Requirements: []market.Requirement{{Kind: "skill", ID: "han"}}}
	far := market.Posting{Meta: meta("p", 1), Title: "Đánh bắt cá", Occupation: "6222", Openings: 20, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
		Workplaces: []market.Workplace{{Province: "91"}}, Requirements: []market.Requirement{{Kind: "certificate", ID: "bang-lai-c"}}}
	ops := []store.Op{store.Put(&p), store.Put(&far)}
	for i := range people {
		w := market.Worker{Meta: meta("w", i), Name: fmt.Sprintf("Người %d", i), Commune: "03127", State: market.WorkerSeeking,
			Consent: market.Consent{Version: "1", At: now}, Wishes: []market.Wish{{Occupation: "7212"}}, Skills: []market.HeldSkill{{ID: "han", Level: 2}}}
		ops = append(ops, store.Put(&w))
	}
	if err := r.Store.Apply(context.Background(), ops...); err != nil {
		t.Fatal(err)
	}
	return r
}

// More people than a posting may be shown to: the others have no capacity and are told, by night and by day.
func TestNoCapacity(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		r := crowd(t, open(), 15)
		run, err := r.Run(ctx, "match", "command", "")
		if err != nil || run.Counts["spread.no_capacity"] != 5 || run.Counts["spread.places"] != 10 || run.Counts["spread.allocated"] != 1 {
			t.Fatalf("%v %v, want 10 places and 5 without", err, run.Counts)
		}
		state := func() (shown, without []market.ID) {
			for _, l := range lists(t, r.Store) {
				if l.Side == market.ForWorker && len(l.Items) > 0 {
					if len(l.Items) != 1 || len(l.Shown()) != l.Places {
						t.Errorf("list of %d items, %d shown", len(l.Items), len(l.Shown()))
					}
					if l.NoCapacity {
						without = append(without, l.Subject)
					} else {
						shown = append(shown, l.Subject)
					}
				}
			}
			return shown, without
		}
		shown, without := state()
		if len(shown) != 10 || len(without) != 5 {
			t.Fatalf("%d shown, %d without", len(shown), len(without))
		}
		// One who was shown it finds work: one who waits takes the place at once.
		gone, err := store.Get[market.Worker](ctx, r.Store, centre, shown[0])
		if err != nil {
			t.Fatal(err)
		}
		gone.State = market.WorkerEmployed
		if err := r.Store.Apply(ctx, store.Put(&gone)); err != nil {
			t.Fatal(err)
		}
		if err := r.Engine.refresh(ctx, r.Desk, nil, []market.Worker{gone}, nil, nil, now); err != nil {
			t.Fatal(err)
		}
		if shown, without := state(); len(shown) != 10 || len(without) != 4 {
			t.Errorf("after one left %d are shown, %d are without", len(shown), len(without))
		}
		checkLimits(t, r, lists(t, r.Store))
	})
}

// By day postings come, lose seats and close: no posting is ever shown to more people than it may be, and what is kept
// in memory is what is stored.
func TestSpreadByDay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := invented(t, 300, 40)
	if _, err := r.Run(ctx, "match", "command", ""); err != nil {
		t.Fatal(err)
	}
	open, err := store.Find[market.Posting](ctx, r.Store, store.Query{Centre: centre, Index: "postings_by_state", Equal: []any{market.PostingOpen}, Limit: 100})
	if err != nil || len(open.Items) < 6 {
		t.Fatalf("%d open postings (%v)", len(open.Items), err)
	}
	change := func(p market.Posting) {
		t.Helper()
		if err := r.Store.Apply(ctx, store.Put(&p)); err != nil {
			t.Fatal(err)
		}
		if err := r.Engine.refresh(ctx, r.Desk, []market.Posting{p}, nil, nil, nil, now); err != nil {
			t.Fatal(err)
		}
		checkLimits(t, r, lists(t, r.Store))
	}
	for i, p := range open.Items[:6] {
		switch i % 3 {
		case 0: // one more, better paid
			p.Meta, p.Number, p.Openings, p.Taken = meta("twin", i), "", 1, 0
			p.Pay.Min, p.Pay.Max = 2*p.Pay.Min, 2*p.Pay.Max
		case 1:
			p.Openings = p.Taken + 1
		case 2:
			p.State = market.PostingClosed
		}
		change(p)
	}
	kept, again := r.Engine.showing.exposure, newEngine(r.Config)
	again.begin(t)
	if diff := cmp.Diff(again.showing.exposure, kept); diff != "" {
		t.Errorf("what is shown, as stored and as kept:\n%s", diff)
	}
	if diff := cmp.Diff(again.showing.allocated, r.Engine.showing.allocated); diff != "" {
		t.Errorf("what is allocated, as stored and as kept:\n%s", diff)
	}
}
