package matcher

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// plainRank lists by looking at every pair through the plain reading of the model.
func plainRank(m *Market, fixed int32, forWorker bool, o Options) Ranking {
	if forWorker {
		return m.PlainWorker(fixed, o)
	}
	return m.PlainPosting(fixed, o)
}

func drawOptions(t *rapid.T) Options {
	return Options{
		K: rapid.IntRange(0, 6).Draw(t, "k"), LeastScore: rapid.SampledFrom([]int{0, 0, 40}).Draw(t, "least"),
		Relax:  ConditionSet(rapid.SampledFrom([]uint32{0, 0, 1<<TooFar | 1<<PayBelowFloor, 1<<conditionCount - 1}).Draw(t, "relax")),
		Counts: rapid.Bool().Draw(t, "counts"),
	}
}

func TestRankEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, o := drawSample(t), drawOptions(t)
		for row := range int32(s.m.Workers()) {
			if diff := cmp.Diff(plainRank(s.m, row, true, o), s.m.RankWorker(row, o)); diff != "" {
				t.Fatalf("worker %s (-want +got):\n%s", s.m.WorkerID(row), diff)
			}
		}
		for row := range int32(s.m.Postings()) {
			if diff := cmp.Diff(plainRank(s.m, row, false, o), s.m.RankPosting(row, o)); diff != "" {
				t.Fatalf("posting %s (-want +got):\n%s", s.m.PostingID(row), diff)
			}
		}
	})
}

// Large markets fill blocks, overflow their places and leave most blocks unvisited.
func TestRankEqualsBruteForceInLargeMarkets(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := randomSample(t, seeded(seed), 3000, 2500)
			for row := int32(seed); row < int32(s.m.Workers()); row += 37 {
				for _, o := range []Options{{K: 10}, {K: 5, Relax: SetOf(TooFar, PlaceNever, CertificateMissing)}} {
					if diff := cmp.Diff(plainRank(s.m, row, true, o), s.m.RankWorker(row, o)); diff != "" {
						t.Fatalf("worker %s (-want +got):\n%s", s.m.WorkerID(row), diff)
					}
				}
			}
			for row := int32(seed); row < int32(s.m.Postings()); row += 37 {
				if diff := cmp.Diff(plainRank(s.m, row, false, Options{K: 10}), s.m.RankPosting(row, Options{K: 10})); diff != "" {
					t.Fatalf("posting %s (-want +got):\n%s", s.m.PostingID(row), diff)
				}
			}
		})
	}
}

func TestPreparedQueriesAgreeWithPlainReading(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t)
		m := s.m
		wq, pq := newWorkerQuery(m), newPostingQuery(m)
		for i := range m.workers.rows {
			for j := range m.postings.rows {
				w, p := &m.workers.rows[i], &m.postings.rows[j]
				x := m.meet(w, p)
				want := m.weigh(&x, p.must)
				wq.prepare(w, 0)
				pq.prepare(p, 0)
				if got := wq.weigh(p); got != want {
					t.Fatalf("worker query %s × %s: got %+v, want %+v", m.WorkerID(int32(i)), m.PostingID(int32(j)), got, want)
				}
				if got := pq.weigh(w); got != want {
					t.Fatalf("posting query %s × %s: got %+v, want %+v", m.WorkerID(int32(i)), m.PostingID(int32(j)), got, want)
				}
			}
		}
	})
}

// Every bound, by province and by exact places, must hold for every row of its block.
func TestBoundsHold(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		s := randomSample(t, seeded(100+seed), 400, 400)
		m := s.m
		for _, relax := range []ConditionSet{0, SetOf(TooFar, PayBelowFloor), 1<<conditionCount - 1} {
			checkWorkerBounds(t, m, relax)
			checkPostingBounds(t, m, relax)
		}
	}
}

func checkWorkerBounds(t *testing.T, m *Market, relax ConditionSet) {
	t.Helper()
	q := newWorkerQuery(m)
	for i := range m.workers.rows {
		w := &m.workers.rows[i]
		q.rank(w, Options{Relax: relax})
		reached := map[int32]bool{} // a posting that stands in several provinces is to be reached in one of them
		x := &m.index.postings
		for k := range x.lists {
			list := &x.lists[k]
			bound := q.bound(int32(k), q.placeOf(list))
			q.turnTo(int32(k))
			for block := list.from; block < list.to; block++ {
				sheet := &x.sheets[block]
				for at := range sheet.n {
					b := &x.briefs[sheet.from+at]
					p := &m.postings.rows[b.row]
					quick, sure := q.quick(b, 0)
					s := q.weigh(p)
					if sure && (s.fails == 0) != (quick != impossible) || sure && s.fails == 0 && quick != s.score(p) {
						t.Fatalf("worker %s × posting %s: score %d, failing %v, said to be exactly %d", m.WorkerID(int32(i)), m.PostingID(b.row), s.score(p), s.fails, quick)
					}
					if s.fails != 0 {
						continue
					}
					if near := q.groundOf(b).most(); near > int(list.place) {
						t.Fatalf("worker %s × posting %s: the place earns %d, its list said %d at most", m.WorkerID(int32(i)), m.PostingID(b.row), near, list.place)
					}
					may := s.score(p) <= min(bound, quick) && (!list.strict || mayReach(q, block, int(at), s.score(p)))
					reached[b.row] = reached[b.row] || may
				}
			}
		}
		for row := range m.postings.rows {
			if s := q.weigh(&m.postings.rows[row]); s.fails == 0 && !reached[int32(row)] {
				t.Fatalf("worker %s × posting %s: score %d is not reached", m.WorkerID(int32(i)), m.PostingID(int32(row)), s.score(&m.postings.rows[row]))
			}
		}
	}
}

// mayReach reports whether a row may score so much by its columns.
func mayReach(q *workerQuery, block int32, at int, score int) bool {
	var t tallied
	return q.lookUp(&t, block, score) != impossible && t.left[at] >= reach(score) && t.bound() >= score
}

func checkPostingBounds(t *testing.T, m *Market, relax ConditionSet) {
	t.Helper()
	q := newPostingQuery(m)
	q.top.reset(1)
	for i := range m.postings.rows {
		p := &m.postings.rows[i]
		q.prepare(p, relax)
		x := &m.index.workers
		q.prepareReach()
		for k := range x.lists {
			list := &x.lists[k]
			bounds := blockBounds(q, int32(k))
			for number := list.from; number < list.to; number++ {
				checkSheetBounds(t, q, number, min(q.bound(list, q.placeBound(&list.homes)), bounds[number-list.from]))
			}
		}
	}
}

// blockBounds gives the bounds of the blocks of a list.
func blockBounds(q *postingQuery, list int32) []int {
	l := &q.m.index.workers.lists[list]
	bounds := slices.Repeat([]int{impossible}, int(l.to-l.from))
	q.frontier.reset()
	q.openList(list, false)
	for {
		block, bound, ok := q.frontier.take(0)
		if !ok {
			return bounds
		}
		bounds[block.id-l.from] = bound
	}
}

func checkSheetBounds(t *testing.T, q *postingQuery, number int32, bound int) {
	t.Helper()
	m, p := q.m, q.p
	sheet := &m.index.workers.heads[number]
	for i := range int32(sheet.n) {
		g := &m.index.workers.gists[sheet.from+i]
		s, gist := q.weigh(&m.workers.rows[g.row]), q.sieve.bound(q, number, int(i))
		score, mine := s.score(p), s.chosen == sheet.wish
		if q.tells(g, m.index.workers.papers[sheet.from+i]) && (mine && (s.fails == 0) != (gist != impossible) || s.fails == 0 && (gist > score || mine && gist < score)) {
			t.Fatalf("posting %s × worker %s: score %d, failing %v, said to be exactly %d", p.name(m), m.WorkerID(g.row), score, s.fails, gist)
		}
		if s.fails == 0 && mine && (score > min(bound, gist) || q.within(number, score)>>i&1 == 0 || !q.losing.worth(int(i)).reach(q.trusting(score))) {
			t.Fatalf("posting %s × worker %s: score %d, bounds %d and %d", p.name(m), m.WorkerID(g.row), score, bound, gist)
		}
	}
}

func (p *postingRow) name(m *Market) string {
	for row := range m.postings.rows {
		if p == &m.postings.rows[row] {
			return m.PostingID(int32(row))
		}
	}
	return ""
}

// named gives all lists by ids, as what is stored would hold them.
func named(t testing.TB, m *Market, o BatchOptions) map[string][]string {
	t.Helper()
	forWorkers, forPostings, err := m.RankAll(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for row := range int32(m.Workers()) {
		r := forWorkers.Ranking(row)
		list := []string{fmt.Sprint(r.Drops)}
		for _, h := range r.Hits {
			list = append(list, fmt.Sprint(m.PostingID(h.Row), h.Score, m.Explain(row, h.Row)))
		}
		out["worker "+m.WorkerID(row)] = list
	}
	for row := range int32(m.Postings()) {
		r := forPostings.Ranking(row)
		list := []string{fmt.Sprint(r.Drops)}
		for _, h := range r.Hits {
			list = append(list, fmt.Sprint(m.WorkerID(h.Row), h.Score))
		}
		out["posting "+m.PostingID(row)] = list
	}
	return out
}

// clearChange drops pointers, whose addresses differ, from what fmt prints.
func (c *Change) String() string {
	if c == nil {
		return ""
	}
	return fmt.Sprint(c.Reason, c.Gain)
}

func (r *Reason) String() string {
	if r == nil {
		return ""
	}
	return fmt.Sprint(r.Code, r.Args)
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		s := randomSample(t, seeded(200+seed), 100, 90)
		want := named(t, s.m, BatchOptions{Options: Options{K: 20, Counts: seed%2 == 0}})
		r := rand.New(rand.NewPCG(seed, 2))
		for range 2 {
			r.Shuffle(len(s.workers), func(i, j int) { s.workers[i], s.workers[j] = s.workers[j], s.workers[i] })
			r.Shuffle(len(s.postings), func(i, j int) { s.postings[i], s.postings[j] = s.postings[j], s.postings[i] })
			tables := testTables()
			r.Shuffle(len(tables.Communes), func(i, j int) { tables.Communes[i], tables.Communes[j] = tables.Communes[j], tables.Communes[i] })
			r.Shuffle(len(tables.SkillLinks), func(i, j int) {
				tables.SkillLinks[i], tables.SkillLinks[j] = tables.SkillLinks[j], tables.SkillLinks[i]
			})
			m := buildMarket(t, tables, testDay, s.workers, s.postings)
			if diff := cmp.Diff(want, named(t, m, BatchOptions{Options: Options{K: 20, Counts: seed%2 == 0}})); diff != "" {
				t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
			}
		}
	}
}

func TestAnyNumberOfGoroutinesGivesTheSameLists(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(300), 300, 250)
	want := named(t, s.m, BatchOptions{Options: Options{K: 15}, Parallel: 1})
	for _, parallel := range []int{2, 3, 8, 0} {
		if diff := cmp.Diff(want, named(t, s.m, BatchOptions{Options: Options{K: 15}, Parallel: parallel})); diff != "" {
			t.Errorf("%d goroutines (-want +got):\n%s", parallel, diff)
		}
	}
	for row := range int32(s.m.Workers()) {
		got := s.m.RankWorker(row, Options{K: 15})
		for i, h := range got.Hits {
			if line := fmt.Sprint(s.m.PostingID(h.Row), h.Score, s.m.Explain(row, h.Row)); line != want["worker "+s.m.WorkerID(row)][1+i] {
				t.Fatalf("alone %q, together %q", line, want["worker "+s.m.WorkerID(row)][1+i])
			}
		}
	}
}

func TestRangesMakeTheSameListsAsTheWhole(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(301), 300, 80)
	whole, _, err := s.m.RankAll(t.Context(), BatchOptions{Options: Options{K: 7, Counts: true}})
	if err != nil {
		t.Fatal(err)
	}
	for from := int32(0); from < 300; from += 100 {
		part, err := s.m.RankWorkers(t.Context(), from, from+100, BatchOptions{Options: Options{K: 7, Counts: true}})
		if err != nil {
			t.Fatal(err)
		}
		for row := from; row < from+100; row++ {
			if diff := cmp.Diff(whole.Ranking(row), part.Ranking(row)); diff != "" {
				t.Fatalf("row %d (-whole +part):\n%s", row, diff)
			}
		}
	}
	for _, bad := range [][2]int32{{-1, 5}, {5, 4}, {0, 301}} {
		if _, err := s.m.RankWorkers(t.Context(), bad[0], bad[1], BatchOptions{}); err == nil {
			t.Errorf("rows %v: no error", bad)
		}
	}
}

func TestAnotherDayBreaksTiesAnew(t *testing.T) {
	t.Parallel()
	var workers []Worker
	for i := range 40 {
		workers = append(workers, Worker{ID: fmt.Sprint("w", i), Available: true})
	}
	postings := []Posting{{ID: "p", Open: true, Left: 1}}
	first := map[string]int{}
	for day := range Day(60) {
		m := buildMarket(t, Tables{}, testDay+day, workers, postings)
		r := m.RankPosting(0, Options{K: 40})
		if len(r.Hits) != 40 || r.Hits[0].Score != r.Hits[39].Score {
			t.Fatalf("got %d hits, want 40 of one score", len(r.Hits))
		}
		first[m.WorkerID(r.Hits[0].Row)]++
	}
	if len(first) < 20 {
		t.Errorf("over 60 days %d of 40 equal workers came first, want at least 20", len(first))
	}
}

func TestRankAllStopsWhenCancelled(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(302), 2000, 50)
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := s.m.RankAll(ctx, BatchOptions{Parallel: 2, Progress: func(done, _ int) {
		if done > 100 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestProgressCountsUpToTheTotal(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(303), 500, 90)
	last, calls := 0, 0
	_, _, err := s.m.RankAll(t.Context(), BatchOptions{Parallel: 3, Progress: func(done, total int) {
		calls++
		if done <= last || total != 590 {
			t.Errorf("told %d of %d after %d", done, total, last)
		}
		last = done
	}})
	if err != nil || last != 590 || calls < 4 {
		t.Errorf("got %d rows in %d calls, err %v; want 590", last, calls, err)
	}
}

// What the workers' lists tell must change no list of a posting, in a market as built and in a renewed one.
func TestAllListsTogetherEqualEachAlone(t *testing.T) {
	t.Parallel()
	check := func(t testing.TB, m *Market, o Options) {
		forWorkers, forPostings, err := m.RankAll(context.Background(), BatchOptions{Options: o, Parallel: 2})
		if err != nil {
			t.Fatal(err)
		}
		for row := range int32(m.Workers()) {
			if diff := cmp.Diff(m.RankWorker(row, o), forWorkers.Ranking(row)); diff != "" {
				t.Fatalf("worker %s, %+v (-alone +together):\n%s", m.WorkerID(row), o, diff)
			}
		}
		for row := range int32(m.Postings()) {
			if diff := cmp.Diff(m.RankPosting(row, o), forPostings.Ranking(row)); diff != "" {
				t.Fatalf("posting %s, %+v (-alone +together):\n%s", m.PostingID(row), o, diff)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d, s, o := rapidDice{t}, drawSample(t), drawOptions(t)
		check(fataler{t: t}, s.m, o)
		renewed, err := s.m.Renew(s.step(d, 1))
		if err != nil {
			t.Fatal(err)
		}
		check(fataler{t: t}, renewed, o)
	})
	for _, o := range []Options{{K: 3}, {K: 10}, {K: 10, LeastScore: 40}, {K: 5, Relax: SetOf(TooFar, SkillMissing)}} {
		check(t, randomSample(t, seeded(304), 1500, 400).m, o)
	}
}
