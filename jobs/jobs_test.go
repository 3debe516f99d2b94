package jobs

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
	"noiviec/search"
)

var (
	centre = market.DerivedID("centre", "test")
	now    = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	quiet  = slog.New(slog.NewTextHandler(io.Discard, nil))
	staff  = market.Actor{User: market.NewID(), Role: market.Counsellor, Centre: centre}
)

// office opens a centre with workers and postings.
func office(t *testing.T, st *store.Store, workers, postings int) *Runner {
	t.Helper()
	ctx := context.Background()
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	desk := casework.New(st, tax)
	if _, err := desk.OpenCentre(ctx, now, market.CentreSettings{Meta: market.Meta{ID: centre}, Name: "Thử", Province: "11"}); err != nil {
		t.Fatal(err)
	}
	var ops []store.Op
	for i := range workers {
		ops = append(ops, store.Put(&market.Worker{Meta: meta("w", i), Name: fmt.Sprintf("Người %d", i), Commune: "03127", State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: now},
			Skills: []market.HeldSkill{{ID: []string{"han", "may-cn"}[i%2], Level: 2, Months: 6 * i}}, Wishes: []market.Wish{{Occupation: []string{"7212", "7531"}[i%2]}}}))
	}
	for i := range postings {
		ops = append(ops, store.Put(&market.Posting{Meta: meta("p", i), Title: "Thợ hàn", Occupation: "7212", Openings: 2, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
			Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Requirements: []market.Requirement{{Kind: "skill", ID: "han"}}, Channel: "in_province"}))
	}
	if err := st.Apply(ctx, ops...); err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	r, err := NewRunner(Config{Centre: centre, Store: st, Desk: desk, Tax: tax, Index: index, Now: func() time.Time { return now }, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	r.Engine.turn.enter() // as if it followed
	return r
}

// begin has an engine make the lists from now on.
func (e *Engine) begin(t testing.TB) {
	t.Helper()
	ctx := context.Background()
	e.turn.look(ctx)
	lease, _ := e.turn.held()
	if lease.Fence == 0 {
		t.Fatal("another engine makes the lists")
	}
	if err := e.load(ctx, lease, false); err != nil {
		t.Fatal(err)
	}
}

func meta(kind string, i int) market.Meta {
	return market.Meta{ID: market.DerivedID(kind, fmt.Sprint(i)), Centre: centre, RecordedAt: now}
}

// lists reads every stored list without what tells runs apart.
func lists(t *testing.T, st *store.Store) map[market.ID]market.Suggestions {
	t.Helper()
	out := map[market.ID]market.Suggestions{}
	err := store.Each(context.Background(), st, centre, func(l market.Suggestions) error {
		id := l.ID
		l.Meta, l.Run = market.Meta{}, ""
		out[id] = l
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMatch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx := context.Background()
		r := office(t, open(), 12, 5)
		run, err := r.Run(ctx, "match", "command", "")
		if err != nil || run.State != market.RunDone || run.Counts["changed"] == 0 || run.Weights == "" {
			t.Fatalf("match: %v %+v", err, run)
		}
		first := lists(t, r.Store)
		items := 0
		for _, l := range first {
			if err := l.Check(); err != nil {
				t.Error(err)
			}
			for _, s := range l.Items {
				items++
				if len(s.Reasons) == 0 || len(s.Parts) == 0 {
					t.Errorf("suggestion %s × %s has no reasons or parts", s.Posting, s.Worker)
				}
			}
		}
		if items == 0 {
			t.Error("nothing was suggested")
		}
		again, err := r.Run(ctx, "match", "command", "")
		if err != nil || again.Counts["changed"] != 0 {
			t.Errorf("the same market again changed %d lists (%v)", again.Counts["changed"], err)
		}
		other := office(t, storetest.Embedded(t), 12, 5)
		if _, err := other.Run(ctx, "match", "command", ""); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, lists(t, other.Store)); diff != "" {
			t.Errorf("the same market gives other lists elsewhere:\n%.1500s", diff)
		}
	})
}

// TestRankAll holds ranking list by list to ranking the whole market at once, on an invented market.
func TestRankAll(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := invented(t, 400, 160)
	r.Engine.begin(t)
	m, err := r.Engine.market(now)
	if err != nil {
		t.Fatal(err)
	}
	forWorkers, forPostings, err := m.RankAll(ctx, matcher.BatchOptions{Options: stored})
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for i, s := range subjectsOf(m) {
		one, all := rankOf(m, s, stored), matcher.Ranking{}
		if all = forWorkers.Ranking(int32(min(i, m.Workers()-1))); s.side == market.ForPosting {
			all = forPostings.Ranking(int32(i - m.Workers()))
		}
		hits += len(one.Hits)
		if diff := cmp.Diff(one, all); diff != "" {
			t.Errorf("%v (-alone +all at once):\n%s", s, diff)
		}
	}
	if hits < 1000 {
		t.Errorf("only %d hits were compared", hits)
	}
}

// TestFollow sees a new posting searched and matched, and a filled one gone.
func TestFollow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		defer cancel()
		r := office(t, open(), 6, 1)
		ready, done := make(chan struct{}), make(chan struct{})
		go func() { r.Follow(ctx, func() { close(ready) }); close(done) }()
		select {
		case <-ready:
		case <-ctx.Done():
			t.Fatal("the follower is not ready")
		}
		p := &market.Posting{Meta: meta("new", 1), Title: "Thợ hàn inox mới", Occupation: "7212", Openings: 1, State: market.PostingOpen, ConfirmedOn: "2026-11-23",
			Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Requirements: []market.Requirement{{Kind: "skill", ID: "han"}}}
		if err := r.Store.Apply(ctx, store.Put(p)); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		until(t, ctx, "a list for the new posting", func() bool {
			l, err := store.Get[market.Suggestions](ctx, r.Store, centre, market.SuggestionsID(centre, market.ForPosting, p.ID))
			return err == nil && len(l.Items) > 0
		})
		t.Logf("suggested after %v", time.Since(began).Round(time.Millisecond))
		found := func() int {
			res, err := r.Index.Search(ctx, search.Query{Centre: centre, Text: "inox mới"})
			if err != nil {
				t.Fatal(err)
			}
			return res.Total
		}
		if found() != 1 {
			t.Errorf("the new posting is found %d times, want once", found())
		}
		p.State = market.PostingClosed
		if err := r.Store.Apply(ctx, store.Put(p)); err != nil {
			t.Fatal(err)
		}
		until(t, ctx, "the closed posting to be gone", func() bool {
			l, err := store.Get[market.Suggestions](ctx, r.Store, centre, market.SuggestionsID(centre, market.ForPosting, p.ID))
			return err == nil && len(l.Items) == 0 && found() == 0
		})
		cancel()
		<-done
	})
}

func until(t *testing.T, ctx context.Context, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestExpire(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := office(t, storetest.Embedded(t), 0, 0)
	cases := map[string]struct {
		p    market.Posting
		want market.PostingState
	}{
		"past its deadline":       {market.Posting{Deadline: "2026-11-23", ConfirmedOn: "2026-11-20"}, market.PostingExpired},
		"on its last day":         {market.Posting{Deadline: "2026-11-24", ConfirmedOn: "2026-11-20"}, market.PostingOpen},
		"unconfirmed for 15 days": {market.Posting{ConfirmedOn: "2026-11-09"}, market.PostingPaused},
		"confirmed 14 days ago":   {market.Posting{ConfirmedOn: "2026-11-10"}, market.PostingOpen},
	}
	i := 0
	ids := map[string]market.ID{}
	for name, c := range cases {
		i++
		c.p.Meta, c.p.Title, c.p.Openings, c.p.State = meta("x", i), "Thợ", 1, market.PostingOpen
		ids[name] = c.p.ID
		if err := r.Store.Apply(ctx, store.Put(&c.p)); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // a second run finds nothing more to do
		if _, err := r.Run(ctx, "expire", "command", ""); err != nil {
			t.Fatal(err)
		}
		for name, c := range cases {
			got, err := store.Get[market.Posting](ctx, r.Store, centre, ids[name])
			if err != nil || got.State != c.want {
				t.Errorf("%s: %s (%v), want %s", name, got.State, err, c.want)
			}
		}
	}
}

// TestPlacements records a started referral once, whatever happens twice.
func TestPlacements(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := office(t, storetest.Embedded(t), 1, 1)
	ref := market.Referral{Meta: meta("r", 1), Posting: market.DerivedID("p", "0"), Worker: market.DerivedID("w", "0"), Channel: "in_province", State: market.ReferralStarted, StartOn: "2026-11-20"}
	if err := r.Store.Apply(ctx, store.Put(&ref)); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 0} {
		run, err := r.Run(ctx, "placements", "command", "")
		if err != nil || run.Counts["recorded"] != want {
			t.Errorf("run %d recorded %d (%v), want %d", i+1, run.Counts["recorded"], err, want)
		}
	}
}

// TestRunner holds the runner to panics, unknown names and a job that is still running.
func TestRunner(t *testing.T) {
	ctx := context.Background()
	r := office(t, storetest.Embedded(t), 0, 0)
	var runs atomic.Int32
	entered, leave := make(chan struct{}), make(chan struct{})
	Jobs = append(Jobs, Job{Name: "test.panic", Schedule: "0 0 1 1 *", do: func(context.Context, *Runner, market.Run, time.Time) (map[string]int, error) {
		if runs.Add(1) == 1 {
			panic("first time")
		}
		return nil, nil
	}}, Job{Name: "test.slow", Schedule: "0 0 1 1 *", do: func(context.Context, *Runner, market.Run, time.Time) (map[string]int, error) {
		close(entered)
		<-leave
		return nil, nil
	}})
	defer func() { Jobs = Jobs[:len(Jobs)-2] }()
	run, err := r.Run(ctx, "test.panic", "command", "")
	if err == nil || run.State != market.RunFailed || !strings.Contains(run.Error, "first time") {
		t.Errorf("a panic: %v %+v, want a failed run that says why", err, run)
	}
	if run, err = r.Run(ctx, "test.panic", "command", ""); err != nil || run.State != market.RunDone {
		t.Errorf("after a panic: %v %s, want done", err, run.State)
	}
	if _, err := r.Run(ctx, "none", "command", ""); market.KindOf(err) != market.Invalid {
		t.Errorf("unknown job: %v, want invalid", err)
	}
	go func() { _, _ = r.Run(ctx, "test.slow", "command", "") }()
	<-entered
	if _, err := r.Run(ctx, "test.slow", "button", ""); market.KindOf(err) != market.Conflict {
		t.Errorf("a job still running: %v, want a conflict", err)
	}
	close(leave)
	stopping, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r.Stop(stopping)
	n, err := store.Count[market.Run](ctx, r.Store, store.Query{Centre: centre, Index: "runs_by_start"})
	if err != nil || n != 3 {
		t.Errorf("%d runs are recorded (%v), want 3", n, err)
	}
}

// Stop must wait for what was started a moment before, and nothing may begin after it.
func TestStopWaits(t *testing.T) {
	st := storetest.Embedded(t)
	r := office(t, st, 2, 1)
	for range 20 {
		r, err := NewRunner(r.Config)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Start(t.Context(), "followups", "button", ""); err != nil {
			t.Fatal(err)
		}
		r.Stop(t.Context())
		if err := r.Start(t.Context(), "followups", "button", ""); market.KindOf(err) != market.Unavailable {
			t.Fatalf("started after the stop: %v", err)
		}
		if _, err := r.Run(t.Context(), "followups", "button", ""); market.KindOf(err) != market.Unavailable {
			t.Fatalf("ran after the stop: %v", err)
		}
		err = store.Each(t.Context(), st, centre, func(run market.Run) error {
			if run.State == market.RunRunning {
				t.Errorf("run %s was left running", run.ID)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "x", "TZ=", "* * * *", "@every -1s", "60 * * * *"} {
		if err := checkSchedule(bad); err == nil {
			t.Errorf("schedule %q was taken", bad)
		}
	}
	tax := taxonomy.Default()
	for name, line := range map[string]string{"placements": "@every 1s", "none": "* * * * *", "match": ""} {
		_, err := NewRunner(Config{Centre: centre, Tax: tax, Now: func() time.Time { return now }, Schedules: map[string]string{name: line}})
		if market.KindOf(err) != market.Invalid {
			t.Errorf("schedule %q of %s: %v, want invalid", line, name, err)
		}
	}
	if _, err := NewRunner(Config{Centre: centre, Tax: tax, Now: func() time.Time { return now }, Schedules: map[string]string{"placements": "*/5 * * * *"}}); err != nil {
		t.Errorf("a good schedule: %v", err)
	}
}
