package jobs

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"noiviec/cmd/noiviec/demo"
	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
	"noiviec/search"
)

// invented fills a store with the demo's market at its usual size.
func invented(b testing.TB, workers, postings int) *Runner {
	b.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	tax := taxonomy.Default()
	data := demo.Generate(demo.Options{Seed: 2018, Workers: workers, Postings: postings, Now: now, Centre: centre}, tax)
	for part := range slices.Chunk(data.Documents, 1000) {
		ops := make([]store.Op, len(part))
		for i, doc := range part {
			ops[i] = store.Put(doc)
		}
		if err := st.Apply(ctx, ops...); err != nil {
			b.Fatal(err)
		}
	}
	index, err := search.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = index.Close() })
	r, err := NewRunner(Config{Centre: centre, Store: st, Desk: casework.New(st, tax), Tax: tax, Index: index, Now: func() time.Time { return now }, Log: quiet})
	if err != nil {
		b.Fatal(err)
	}
	r.Engine.turn.enter() // as if it followed
	return r
}

// BenchmarkMatch makes every list of the demo's market.
func BenchmarkMatch(b *testing.B) {
	r := invented(b, 5000, 2000)
	for b.Loop() {
		if _, err := r.Run(context.Background(), "match", "command", ""); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFollow changes a posting of the demo's market and waits until its suggestions are stored; run it with
// -benchtime 20x. It reports the median and the 95th percentile, for changes that come one at a time and back to back.
func BenchmarkFollow(b *testing.B) {
	r := invented(b, 5000, 2000)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if _, err := r.Run(ctx, "match", "command", ""); err != nil {
		b.Fatal(err)
	}
	ready := make(chan struct{})
	go r.Follow(ctx, func() { close(ready) })
	<-ready
	open, err := store.Find[market.Posting](ctx, r.Store, store.Query{Centre: centre, Index: "postings_by_state", Equal: []any{market.PostingOpen}, Limit: 1000})
	if err != nil {
		b.Fatal(err)
	}
	changed := 0
	for name, alone := range map[string]bool{"one at a time": true, "back to back": false} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				took = append(took, visible(b, r, &open.Items[changed*47%len(open.Items)], changed))
				if changed++; alone {
					settled(r)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
		})
	}
}

// settled waits until the lists of others that changes touch are stored.
func settled(r *Runner) {
	for {
		r.Engine.mu.Lock()
		owed := len(r.Engine.owed)
		r.Engine.mu.Unlock()
		if owed == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// visible changes a posting and gives how long it took until its new list was stored.
func visible(b *testing.B, r *Runner, p *market.Posting, n int) time.Duration {
	b.Helper()
	ctx, id := context.Background(), market.SuggestionsID(centre, market.ForPosting, p.ID)
	before, err := store.Get[market.Suggestions](ctx, r.Store, centre, id)
	if err != nil {
		b.Fatal(err)
	}
	p.Title, p.Occupation = fmt.Sprintf("Thợ mới %d", n), "7212"
	p.Requirements = []market.Requirement{{Kind: "skill", ID: []string{"han", "may-cn"}[n%2]}}
	began := time.Now()
	if err := r.Store.Apply(ctx, store.Put(p)); err != nil {
		b.Fatal(err)
	}
	for {
		l, err := store.Get[market.Suggestions](ctx, r.Store, centre, id)
		if err != nil {
			b.Fatal(err)
		}
		if l.Rev != before.Rev {
			return time.Since(began)
		}
		time.Sleep(time.Millisecond)
	}
}

// BenchmarkRank compares the two ways to rank the whole market.
func BenchmarkRank(b *testing.B) {
	r := invented(b, 5000, 2000)
	ctx := context.Background()
	r.Engine.begin(b)
	m, err := r.Engine.market(now)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("one by one", func(b *testing.B) {
		for b.Loop() {
			for _, s := range subjectsOf(m) {
				rankOf(m, s, stored)
			}
		}
	})
	b.Run("all at once", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := m.RankAll(ctx, matcher.BatchOptions{Options: stored, Parallel: 1}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func subjectsOf(m *matcher.Market) []subject {
	var out []subject
	for row := range m.Workers() {
		out = append(out, subject{market.ForWorker, market.ID(m.WorkerID(int32(row)))})
	}
	for row := range m.Postings() {
		out = append(out, subject{market.ForPosting, market.ID(m.PostingID(int32(row)))})
	}
	return out
}
