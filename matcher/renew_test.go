package matcher

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// byName gives the lists of all who are still there, by ids, made in the ways there are.
func byName(m *Market, o Options) map[string][]string {
	out := map[string][]string{}
	for row := range int32(m.Workers()) {
		r := m.RankWorker(row, o)
		if m.WorkerGone(row) {
			if len(r.Hits) > 0 {
				out["gone "+m.WorkerID(row)] = []string{"listed"}
			}
			continue
		}
		list := []string{fmt.Sprint(r.Drops)}
		for _, h := range r.Hits {
			list = append(list, fmt.Sprint(m.PostingID(h.Row), h.Score, m.Explain(row, h.Row)))
		}
		out["worker "+m.WorkerID(row)] = list
	}
	for row := range int32(m.Postings()) {
		r := m.RankPosting(row, o)
		if m.PostingGone(row) {
			continue
		}
		list := []string{fmt.Sprint(r.Drops)}
		for _, h := range r.Hits {
			list = append(list, fmt.Sprint(m.WorkerID(h.Row), h.Score))
		}
		out["posting "+m.PostingID(row)] = list
	}
	return out
}

// step draws a renewal and does the same to the input.
func (s *sample) step(d dice, n int) (r Renewal) {
	for range d.upTo(3) {
		id := fmt.Sprintf("w%02d", d.upTo(len(s.workers)+2))
		w := randomWorker(d, id)
		if d.upTo(20) == 0 {
			w.Skills = append(w.Skills, Skill{ID: fmt.Sprint("never heard of ", n)})
		}
		r.Workers = slices.DeleteFunc(r.Workers, func(w Worker) bool { return w.ID == id })
		r.Workers = append(r.Workers, w)
	}
	for range d.upTo(3) {
		id := fmt.Sprintf("p%02d", d.upTo(len(s.postings)+2))
		r.Postings = slices.DeleteFunc(r.Postings, func(p Posting) bool { return p.ID == id })
		r.Postings = append(r.Postings, randomPosting(d, id))
	}
	for range d.upTo(1) {
		r.GoneWorkers = append(r.GoneWorkers, fmt.Sprintf("w%02d", d.upTo(len(s.workers)+2)))
		r.GonePostings = append(r.GonePostings, fmt.Sprintf("p%02d", d.upTo(len(s.postings)+2)))
	}
	s.workers = slices.DeleteFunc(slices.Clone(s.workers), func(w Worker) bool {
		return slices.Contains(r.GoneWorkers, w.ID) || slices.ContainsFunc(r.Workers, func(o Worker) bool { return o.ID == w.ID })
	})
	s.postings = slices.DeleteFunc(slices.Clone(s.postings), func(p Posting) bool {
		return slices.Contains(r.GonePostings, p.ID) || slices.ContainsFunc(r.Postings, func(o Posting) bool { return o.ID == p.ID })
	})
	s.workers, s.postings = append(s.workers, r.Workers...), append(s.postings, r.Postings...)
	return r
}

func TestRenewedMarketEqualsOneBuiltAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, s, o := rapidDice{t}, drawSample(t), drawOptions(t)
		m := s.m
		for n := range 1 + d.upTo(4) {
			next, err := m.Renew(s.step(d, n))
			if err != nil {
				t.Fatal(err)
			}
			m = next
		}
		anew := buildMarket(fataler{t: t}, testTables(), testDay, s.workers, s.postings)
		if diff := cmp.Diff(byName(anew, o), byName(m, o)); diff != "" {
			t.Fatalf("(-anew +renewed):\n%s", diff)
		}
	})
}

func TestLongLinesOfRenewals(t *testing.T) {
	t.Parallel()
	d := seeded(700)
	s := randomSample(t, d, 300, 200)
	m := s.m
	for n := range 300 {
		next, err := m.Renew(s.step(d, n))
		if err != nil {
			t.Fatal(err)
		}
		m = next
	}
	anew := buildMarket(t, testTables(), testDay, s.workers, s.postings)
	if diff := cmp.Diff(byName(anew, Options{K: 9}), byName(m, Options{K: 9})); diff != "" {
		t.Fatalf("(-anew +renewed):\n%s", diff)
	}
	for _, w := range s.workers {
		if row, ok := m.WorkerRow(w.ID); !ok || m.WorkerID(row) != w.ID || m.WorkerGone(row) {
			t.Errorf("worker %s: row %d %v", w.ID, row, ok)
		}
	}
	forWorkers, _, err := m.RankAll(t.Context(), BatchOptions{Options: Options{K: 9}})
	if err != nil {
		t.Fatal(err)
	}
	for row := range int32(m.Workers()) {
		if diff := cmp.Diff(m.RankWorker(row, Options{K: 9}), forWorkers.Ranking(row)); diff != "" {
			t.Fatalf("row %d (-alone +together):\n%s", row, diff)
		}
	}
}

// Two renewals of one market, and the market itself in use meanwhile, must not see each other.
func TestRenewalsOfOneMarketAreApart(t *testing.T) {
	t.Parallel()
	d := seeded(701)
	s := randomSample(t, d, 100, 80)
	before := byName(s.m, Options{K: 9})
	var wait sync.WaitGroup
	for k := range 4 {
		mine := &sample{workers: s.workers, postings: s.postings, m: s.m}
		d := seeded(uint64(710 + k))
		wait.Go(func() {
			m := mine.m
			for n := range 20 {
				next, err := m.Renew(mine.step(d, n))
				if err != nil {
					t.Error(err)
					return
				}
				m = next
			}
			anew := buildMarket(t, testTables(), testDay, mine.workers, mine.postings)
			if diff := cmp.Diff(byName(anew, Options{K: 9}), byName(m, Options{K: 9})); diff != "" {
				t.Errorf("(-anew +renewed):\n%s", diff)
			}
		})
	}
	for range 20 {
		if diff := cmp.Diff(before, byName(s.m, Options{K: 9})); diff != "" {
			t.Fatalf("the old market has changed:\n%s", diff)
		}
	}
	wait.Wait()
}

func TestRenewalThatCannotBe(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(702), 10, 10)
	for name, r := range map[string]Renewal{
		"worker without id":  {Workers: []Worker{{}}},
		"posting without id": {Postings: []Posting{{}}},
		"worker twice":       {Workers: []Worker{{ID: "a"}, {ID: "a"}}},
		"posting twice":      {Postings: []Posting{{ID: "a"}, {ID: "a"}}},
	} {
		if _, err := s.m.Renew(r); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	want := byName(s.m, Options{})
	m, err := s.m.Renew(Renewal{GoneWorkers: []string{"nobody"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, byName(m, Options{})); diff != "" {
		t.Errorf("nothing changed (-want +got):\n%s", diff)
	}
}

// Whose floor a row reaches is whose list it would come onto.
func TestReached(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(703), 400, 300)
	m, o := s.m, Options{LeastScore: 20}
	forWorkers, forPostings, err := m.RankAll(t.Context(), BatchOptions{Options: Options{K: 10, LeastScore: 20}})
	if err != nil {
		t.Fatal(err)
	}
	floorsOf := func(l *Lists, n int) (floors []uint8) {
		for row := range int32(n) {
			floor := 0
			if l.Len(row) == 10 {
				floor = l.Hit(row, 9).Score
			}
			floors = append(floors, uint8(floor))
		}
		return floors
	}
	ofWorkers, ofPostings := floorsOf(forWorkers, m.Workers()), floorsOf(forPostings, m.Postings())
	for row := int32(0); row < int32(m.Workers()); row += 7 {
		want, got := map[int32]int{}, map[int32]int{}
		for _, h := range m.PlainWorker(row, Options{K: 1000, LeastScore: 20}).Hits {
			if h.Score >= int(ofPostings[h.Row]) {
				want[h.Row] = h.Score
			}
		}
		for _, h := range m.ReachedByWorker(row, ofPostings, o) {
			got[h.Row] = h.Score
		}
		if !maps.Equal(want, got) {
			t.Fatalf("worker %s: got %v, want %v", m.WorkerID(row), got, want)
		}
	}
	for row := int32(0); row < int32(m.Postings()); row += 7 {
		want, got := map[int32]int{}, map[int32]int{}
		for _, h := range m.PlainPosting(row, Options{K: 1000, LeastScore: 20}).Hits {
			if h.Score >= int(ofWorkers[h.Row]) {
				want[h.Row] = h.Score
			}
		}
		for _, h := range m.ReachedByPosting(row, ofWorkers, o) {
			got[h.Row] = h.Score
		}
		if !maps.Equal(want, got) {
			t.Fatalf("posting %s: got %v, want %v", m.PostingID(row), got, want)
		}
	}
}
