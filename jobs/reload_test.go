package jobs

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/matcher"
)

// refresh takes changes in and makes all lists they touch, as the follower does in two steps.
func (e *Engine) refresh(ctx context.Context, desk *casework.Desk, postings []market.Posting, workers []market.Worker, gonePostings, goneWorkers []market.ID, now time.Time) error {
	if err := e.take(ctx, desk, changes{postings: postings, workers: workers, gonePostings: gonePostings, goneWorkers: goneWorkers}, now); err != nil {
		return err
	}
	return e.settleAll(ctx, desk, now)
}

func (e *Engine) settleAll(ctx context.Context, desk *casework.Desk, now time.Time) error {
	for {
		if more, err := e.settleSome(ctx, desk, now); err != nil || !more {
			return err
		}
	}
}

// spoilt is a document that cannot be read as a worker.
type spoilt struct {
	market.Meta `json:",inline"`
	Skills      string `json:"skills"`
}

func (*spoilt) Collection() string { return "workers" }

// A reading that fails in its middle changes nothing: not the market lists are made from, not what is owed.
func TestFailedLoadChangesNothing(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	r := office(t, storetest.Embedded(t), 6, 3)
	if _, err := r.Run(ctx, "match", "command", ""); err != nil {
		t.Fatal(err)
	}
	bad := &spoilt{Meta: meta("spoilt", 1), Skills: "x"}
	if err := r.Store.Apply(ctx, store.Put(bad)); err != nil {
		t.Fatal(err)
	}
	e, owed := r.Engine, subject{market.ForWorker, meta("w", 1).ID}
	e.owed[owed] = true
	if err := e.load(ctx, e.lease, false); err == nil {
		t.Fatal("a document that cannot be read was read")
	}
	if _, err := r.Run(ctx, "match", "command", ""); err == nil {
		t.Fatal("the match ran")
	}
	if len(e.workers) != 6 || len(e.postings) != 3 || len(e.lists) != 9 || !e.owed[owed] {
		t.Errorf("%d workers, %d postings, %d lists, still owed %t; want 6, 3, 9, true", len(e.workers), len(e.postings), len(e.lists), e.owed[owed])
	}
}

// What happened while nobody followed is made good at the start: who withdrew consent leaves the lists of others, who
// stands barred by now too, and somebody new gets a list.
func TestStartOwesWhatIsStale(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		r := office(t, open(), 6, 3)
		if _, err := r.Run(ctx, "match", "command", ""); err != nil {
			t.Fatal(err)
		}
		get := func(i int) market.Worker {
			w, err := store.Get[market.Worker](ctx, r.Store, centre, meta("w", i).ID)
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		withdrawn, away, fresh := get(0), get(2), get(4)
		withdrawn.State = market.WorkerWithdrawn
		away.Mobility.Never = []string{"11"}
		fresh.Meta = meta("w", 100)
		if err := r.Store.Apply(ctx, store.Put(&withdrawn), store.Put(&away), store.Put(&fresh)); err != nil {
			t.Fatal(err)
		}
		again := newEngine(r.Config)
		r.Engine.turn.giveBack(ctx)
		again.begin(t)
		if err := again.settleAll(ctx, r.Desk, now); err != nil {
			t.Fatal(err)
		}
		all := lists(t, r.Store)
		for _, l := range all {
			gone := l.Subject == withdrawn.ID || l.Subject == away.ID
			for _, item := range l.Items {
				gone = gone || item.Worker == withdrawn.ID || item.Worker == away.ID
			}
			if gone && len(l.Items) > 0 {
				t.Errorf("the list of %s still names somebody who is gone", l.Subject)
			}
		}
		if l := all[market.SuggestionsID(centre, market.ForWorker, fresh.ID)]; len(l.Items) == 0 {
			t.Error("somebody new has no list")
		}
	})
}

// One list that is refused does not keep the others of its batch from being stored.
func TestRefusedList(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	r := office(t, storetest.Embedded(t), 3, 2)
	r.Engine.begin(t)
	w := writing{m: r.Engine.live, desk: r.Desk, now: now}
	batch := r.Engine.make(w, []subject{{market.ForWorker, meta("w", 0).ID}, {market.ForWorker, meta("w", 1).ID}, {market.ForWorker, meta("w", 2).ID}})
	batch[1].Items[0].Score++
	refused, err := r.Engine.keep(ctx, w, batch)
	if err != nil || refused != 1 {
		t.Fatalf("%d were refused (%v), want 1", refused, err)
	}
	all := lists(t, r.Store)
	for i, want := range []bool{true, false, true} {
		if _, ok := all[batch[i].ID]; ok != want {
			t.Errorf("list %d: stored %t, want %t", i, ok, want)
		}
	}
}

// otherWeights puts a set in force that differs from the program's own.
func otherWeights(t *testing.T, r *Runner) matcher.Weights {
	t.Helper()
	w := matcher.DefaultWeights()
	w.Skills, w.Certificates = w.Skills+2, w.Certificates-2
	set := proposed(t, w)
	set.Meta, set.State = meta("weights", 1), market.WeightsInForce
	if err := r.Store.Apply(context.Background(), store.Put(&set)); err != nil {
		t.Fatal(err)
	}
	return w
}

// Weights approved while the market is read for a question: what was read with the old ones answers nothing.
func TestWeightsWhileReading(t *testing.T) {
	t.Parallel()
	r := office(t, storetest.Embedded(t), 3, 2)
	var once sync.Once
	var w matcher.Weights
	r.Engine.cfg.Now = func() time.Time {
		once.Do(func() { // first asked when the weights are read and the documents are not
			w = otherWeights(t, r)
			if err := r.Engine.reread(context.Background()); err != nil {
				t.Error(err)
			}
		})
		return now
	}
	s, err := r.Engine.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.m.Weights() != w {
		t.Error("the question is answered with the weights of before")
	}
}

// A run records the weights it ranked with, not those approved before it was written down.
func TestRunRecordsItsOwnWeights(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	r := office(t, storetest.Embedded(t), 3, 2)
	i := slices.IndexFunc(Jobs, func(j Job) bool { return j.Name == "match" })
	job := Jobs[i]
	job.do = func(ctx context.Context, r *Runner, run market.Run, now time.Time) (map[string]int, error) {
		counts, err := matchAll(ctx, r, run, now)
		otherWeights(t, r)
		if err == nil {
			err = r.Engine.reread(ctx)
		}
		return counts, err
	}
	run, err := r.run(ctx, job, "command", "")
	if err != nil || run.Weights != matcher.DefaultWeights().Digest() {
		t.Errorf("recorded %s (%v), ran with %s", run.Weights, err, matcher.DefaultWeights().Digest())
	}
}

// TestFollowEmployers holds that no minor is suggested to a hotel by day: neither after a firm's sector is changed,
// nor for a firm registered since the engine looked.
func TestFollowEmployers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		r := office(t, open(), 6, 0)
		minor, err := store.Get[market.Worker](ctx, r.Store, centre, meta("w", 0).ID)
		if err != nil {
			t.Fatal(err)
		}
		minor.Born = "2009-06-01"
		firm := func(i int, sector string) *market.Employer {
			return &market.Employer{Meta: meta("e", i), Name: "Nhà nghỉ Thử", Sector: sector, State: market.EmployerVerified}
		}
		posting := func(i int) *market.Posting {
			return &market.Posting{Meta: meta("p", i), Employer: meta("e", i).ID, Title: "Bán hàng", Occupation: "5223", Openings: 2, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
				Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Channel: "in_province"}
		}
		named := func(i int) (n int, young bool) {
			l := lists(t, r.Store)[market.SuggestionsID(centre, market.ForPosting, meta("p", i).ID)]
			return len(l.Items), slices.ContainsFunc(l.Items, func(s market.Suggestion) bool { return s.Worker == minor.ID })
		}
		hear := func(docs ...market.Document) {
			t.Helper()
			var ops []store.Op
			var heard []store.Change
			for _, d := range docs {
				ops = append(ops, store.Put(d))
				heard = append(heard, store.Change{Collection: d.Collection(), Centre: centre, ID: d.Head().ID})
			}
			if err := r.Store.Apply(ctx, ops...); err != nil {
				t.Fatal(err)
			}
			if err := r.refresh(ctx, heard); err != nil {
				t.Fatal(err)
			}
		}
		r.Engine.begin(t)
		shop := firm(1, "4711")
		hear(&minor, shop, posting(1))
		if n, young := named(1); n == 0 || !young {
			t.Fatalf("the shop is suggested %d people, the minor among them %t", n, young)
		}
		shop.Sector = "5510"
		hear(shop)
		if n, young := named(1); n == 0 || young {
			t.Errorf("a hotel by now: suggested %d people, the minor among them %t", n, young)
		}
		if err := r.Store.Apply(ctx, store.Put(firm(2, "5510"))); err != nil { // the feed has not told of it yet
			t.Fatal(err)
		}
		hear(posting(2))
		if n, young := named(2); n == 0 || young {
			t.Errorf("a new hotel: suggested %d people, the minor among them %t", n, young)
		}
	})
}
