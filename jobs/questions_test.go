package jobs

import (
	"context"
	"slices"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

// TestStoredSuggestionsAddUp reads every stored suggestion of an invented market: the parts are the score.
func TestStoredSuggestionsAddUp(t *testing.T) {
	t.Parallel()
	r := invented(t, 600, 300)
	if _, err := r.Run(t.Context(), "match", "command", ""); err != nil {
		t.Fatal(err)
	}
	items := 0
	err := store.Each(t.Context(), r.Store, centre, func(l market.Suggestions) error {
		for _, s := range l.Items {
			if items++; s.Sum() != s.Score || len(s.Parts) != 14 {
				t.Errorf("%s × %s: %d parts sum to %d, the score is %d", s.Posting, s.Worker, len(s.Parts), s.Sum(), s.Score)
			}
			for _, part := range s.Parts {
				if part.Reason.Code == "" || part.Points > part.Max && part.Max > 0 || part.Max == 0 && part.Points > 0 {
					t.Errorf("%s × %s: part %+v", s.Posting, s.Worker, part)
				}
			}
		}
		return nil
	})
	if err != nil || items < 1000 {
		t.Fatalf("read %d suggestions: %v", items, err)
	}
	t.Logf("%d stored suggestions add up", items)
}

// TestWhatIfIsWhatWouldBe makes a change that was supposed, and counts again.
func TestWhatIfIsWhatWouldBe(t *testing.T) {
	t.Parallel()
	r := invented(t, 300, 300)
	ctx, opened := t.Context(), 0
	var workers []market.Worker
	err := store.Each(ctx, r.Store, centre, func(w market.Worker) error { workers = append(workers, w); return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range workers[:40] {
		before, err := r.Engine.WorkerWhatIf(ctx, w, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range before.Alternatives {
			if a.What.Code != "certificate_if" && a.What.Code != "need_if_dropped" {
				continue
			}
			other := w
			if a.What.Code == "certificate_if" {
				other.Certificates = append(slices.Clone(w.Certificates), market.HeldCertificate{ID: a.What.Args[0]})
			} else {
				other.Needs = slices.DeleteFunc(slices.Clone(w.Needs), func(n string) bool { return n == a.What.Args[0] })
			}
			after, err := r.Engine.WorkerWhatIf(ctx, other, nil)
			if err != nil {
				t.Fatal(err)
			}
			if after.Now.Fits != a.Fits || a.Fits-before.Now.Fits != a.MoreFits {
				t.Errorf("%s %v: supposed %d (%+d), then %d", a.What.Code, a.What.Args, a.Fits, a.MoreFits, after.Now.Fits)
			}
			if a.MoreFits > 0 {
				opened++
			}
		}
	}
	if opened == 0 {
		t.Error("no certificate opened anything")
	}
}

// TestPostingWhatIf counts who stays away for a certificate, and what making it welcome only would change.
func TestPostingWhatIf(t *testing.T) {
	t.Parallel()
	r := office(t, storetest.Embedded(t), 12, 2)
	ctx := t.Context()
	p, err := store.Get[market.Posting](ctx, r.Store, centre, meta("p", 0).ID)
	if err != nil {
		t.Fatal(err)
	}
	p.State, p.ConfirmedOn = market.PostingDraft, "" // nobody has seen it yet
	p.Requirements = append(p.Requirements, market.Requirement{Kind: "certificate", ID: "gplx-c"})
	x, err := r.Engine.PostingWhatIf(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	if x.Now.Looked != 12 || x.Now.Passed != 0 || x.Now.Removed["certificate_missing"] != 12 || x.Now.Alone["certificate_missing"] != 12 {
		t.Errorf("now: %+v", x.Now)
	}
	at := slices.IndexFunc(x.Alternatives, func(a market.Alternative) bool { return a.What.Code == "certificate_if_nice" })
	if at < 0 || x.Alternatives[at].MorePassed != 12 || x.Alternatives[at].MoreFits == 0 {
		t.Errorf("welcome only: %+v", x.Alternatives)
	}
	at = slices.IndexFunc(x.Alternatives, func(a market.Alternative) bool {
		return a.What.Code == "insist_if" && a.What.Args[0] == "skill_missing"
	})
	if at < 0 {
		t.Errorf("cannot insist on the skill: %+v", x.Alternatives)
	}
	p.Requirements, p.Insists = p.Requirements[:1], []string{"skill_missing"}
	if x, err = r.Engine.PostingWhatIf(ctx, p); err != nil || x.Now.Passed != 6 || x.Now.Removed["skill_missing"] != 6 {
		t.Errorf("insisting on the skill: %+v, %v", x.Now, err)
	}
}

// TestExplainSaysWhyNot explains pairs that no list holds: what is not met first, and for one that passes how many
// stand before it.
func TestExplainSaysWhyNot(t *testing.T) {
	t.Parallel()
	r := office(t, storetest.Embedded(t), 12, 2)
	ctx := t.Context()
	p, err := store.Get[market.Posting](ctx, r.Store, centre, meta("p", 0).ID)
	if err != nil {
		t.Fatal(err)
	}
	w, err := store.Get[market.Worker](ctx, r.Store, centre, meta("w", 1).ID) // sews, does not weld
	if err != nil {
		t.Fatal(err)
	}
	x, err := r.Engine.Explain(ctx, p, w)
	if err != nil || !x.Passes || x.Sum() != x.Score || x.BetterWorkers < 6 {
		t.Errorf("passes: %+v, %v", x, err)
	}
	w.Mobility.Never, p.State = []string{"11"}, market.PostingClosed
	if x, err = r.Engine.Explain(ctx, p, w); err != nil || x.Passes || len(x.Fails) != 2 || x.Fails[0].Code != "posting_closed" || x.Fails[1].Code != "place_never" {
		t.Errorf("fails: %+v, %v", x.Fails, err)
	}
}

// BenchmarkWhatIf asks both questions on the demo's market and reports medians and 95th percentiles in milliseconds;
// run it with -benchtime 1x. The promise is 50 ms.
func BenchmarkWhatIf(b *testing.B) {
	r := invented(b, 5000, 2000)
	for b.Loop() {
		worker, posting := whatIfTimes(b, r, 200)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		b.ReportMetric(ms(worker[len(worker)/2]), "worker-p50-ms")
		b.ReportMetric(ms(worker[len(worker)*95/100]), "worker-p95-ms")
		b.ReportMetric(ms(posting[len(posting)/2]), "posting-p50-ms")
		b.ReportMetric(ms(posting[len(posting)*95/100]), "posting-p95-ms")
	}
}

func whatIfTimes(t testing.TB, r *Runner, n int) (worker, posting []time.Duration) {
	t.Helper()
	ctx := context.Background()
	var workers []market.Worker
	var postings []market.Posting
	var courses []market.Course
	err := store.Each(ctx, r.Store, centre, func(w market.Worker) error { workers = append(workers, w); return nil })
	if err == nil {
		err = store.Each(ctx, r.Store, centre, func(p market.Posting) error { postings = append(postings, p); return nil })
	}
	if err == nil {
		err = store.Each(ctx, r.Store, centre, func(c market.Course) error { courses = append(courses, c); return nil })
	}
	if err == nil {
		_, err = r.Engine.snapshot(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		begin := time.Now()
		if _, err := r.Engine.WorkerWhatIf(ctx, workers[i*len(workers)/n], courses); err != nil {
			t.Fatal(err)
		}
		worker, begin = append(worker, time.Since(begin)), time.Now()
		if _, err := r.Engine.PostingWhatIf(ctx, postings[i*len(postings)/n]); err != nil {
			t.Fatal(err)
		}
		posting = append(posting, time.Since(begin))
	}
	slices.Sort(worker)
	slices.Sort(posting)
	return worker, posting
}
