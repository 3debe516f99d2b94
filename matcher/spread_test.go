package matcher

import (
	"context"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
)

func spread(t testing.TB, in instance, o SpreadOptions) *Spreading {
	t.Helper()
	s, err := Spread(context.Background(), in.c, in.seats, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkSpread holds a spread to its caps and to the candidates.
func checkSpread(t *testing.T, in instance, s *Spreading, k int) {
	t.Helper()
	exposure, places := make([]int32, len(in.seats)), 0
	for i := range int32(in.c.Workers()) {
		postings, values := in.c.Of(i)
		last := -1
		for _, p := range s.Of(i) {
			if p.Rank <= last || postings[p.Rank] != p.Posting || int(values[p.Rank]) != p.Score {
				t.Fatalf("worker %d of %v is shown %+v", i, postings, s.Of(i))
			}
			last = p.Rank
			exposure[p.Posting]++
			places++
		}
		if len(s.Of(i)) > k {
			t.Errorf("worker %d is shown %d", i, len(s.Of(i)))
		}
	}
	if !reflect.DeepEqual(exposure, s.Exposure) || places != s.Places {
		t.Error("the exposure said is not that of the lists")
	}
	for j, limit := range each(in.seats, SharesOf(in.seats, places).Limit) {
		if exposure[j] > limit || limit != s.Caps[j] {
			t.Errorf("posting %d with %d seats stands in %d lists, %d allowed, %d said", j, in.seats[j], exposure[j], limit, s.Caps[j])
		}
	}
}

func TestSpreadKeepsCaps(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		in := randomInstance(r, 1+r.IntN(60), 1+r.IntN(20), 12, 3, 20)
		k := 1 + r.IntN(6)
		s := spread(t, in, SpreadOptions{Places: k})
		checkSpread(t, in, s, k)
		// As many people have a place as can have one under the caps: the greatest allocation of pairs worth one.
		most, with, none := instance{c: NewCandidates(in.c.Workers(), in.c.Pairs()), seats: s.Caps}, 0, 0
		for i := range int32(in.c.Workers()) {
			var list []Hit
			postings, _ := in.c.Of(i)
			for _, j := range postings {
				list = append(list, Hit{j, 1})
			}
			most.c.Add(list)
			with += min(1, len(s.Of(i)))
			none += 1 - min(1, len(postings))
		}
		if best := most.best(); with != best {
			t.Errorf("%d people have a place, %d can", with, best)
		}
		if in.c.Workers()-with-none != len(s.NoCapacity) {
			t.Errorf("%d of %d have a place, %d pass for nothing, %d are said to have no room", with, in.c.Workers(), none, len(s.NoCapacity))
		}
	}
}

func TestSpreadIsRepeatable(t *testing.T) {
	in := randomInstance(rand.New(rand.NewPCG(7, 8)), 3000, 200, 30, 5, 60)
	a := spread(t, in, SpreadOptions{})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	if b := spread(t, in, SpreadOptions{}); !reflect.DeepEqual(a, b) {
		t.Error("the same candidates are spread in two ways")
	}
	turn := make([]uint64, in.c.Workers())
	for i := range turn {
		turn[i] = uint64(i)
	}
	if b := spread(t, in, SpreadOptions{Turn: turn}); reflect.DeepEqual(a.placed, b.placed) {
		t.Error("whose turn it is makes no difference")
	}
}

// crowded is one posting with one seat that everybody wants most, and others nobody needs; further is what a longer
// list would hold.
func crowded(people int, score, further Hit) (instance, func(int32) []Hit) {
	in := instance{c: NewCandidates(people, people), seats: []int32{1, 1, 98}}
	for range people {
		in.c.Add([]Hit{score})
	}
	return in, func(int32) []Hit { return []Hit{score, further} }
}

// Whoever finds all candidates full is given one from further down, or is said to have no room.
func TestSpreadWidens(t *testing.T) {
	t.Parallel()
	in, wider := crowded(25, Hit{0, 90}, Hit{1, 40})
	if s := spread(t, in, SpreadOptions{}); s.Exposure[0] != 10 || len(s.NoCapacity) != 15 || s.Widened != 0 {
		t.Errorf("shown to %d, %d without room, %d widened", s.Exposure[0], len(s.NoCapacity), s.Widened)
	}
	s := spread(t, in, SpreadOptions{Wider: wider})
	if s.Exposure[0] != 10 || s.Exposure[1] != 10 || len(s.NoCapacity) != 5 || s.Widened != 15 {
		t.Errorf("shown to %v, %d without room, %d widened", s.Exposure, len(s.NoCapacity), s.Widened)
	}
}

// Two postings that say nearly the same do not stand in one list while there is another.
func TestSpreadPartsTwins(t *testing.T) {
	t.Parallel()
	in := instance{c: NewCandidates(4, 12), seats: []int32{9, 9, 9}}
	for range 4 {
		in.c.Add([]Hit{{0, 90}, {1, 90}, {2, 50}})
	}
	s := spread(t, in, SpreadOptions{Places: 2, Twins: []int32{0, 0, 2}})
	for i := range int32(4) {
		if list := s.Of(i); len(list) != 2 || list[1].Posting != 2 {
			t.Errorf("worker %d is shown %+v", i, list)
		}
	}
	if s = spread(t, in, SpreadOptions{Places: 3, Twins: []int32{0, 0, 2}}); s.Places != 12 {
		t.Errorf("%d places, want all 12 though two are alike", s.Places)
	}
}

// A posting's near-duplicates are found by employer, occupation and place, or by their text.
func TestTwins(t *testing.T) {
	t.Parallel()
	m := newCountry(4).market(t, 1, 400)
	text := make([]string, m.Postings())
	text[3], text[7] = "same", "same"
	twins := m.Twins(text)
	if twins[3] != twins[7] {
		t.Error("one text, two numbers")
	}
	for a := range int32(m.Postings()) {
		for b := range int32(m.Postings()) {
			if m.Alike(a, b) && twins[a] != twins[b] {
				t.Fatalf("%d and %d are alike and have two numbers", a, b)
			}
		}
	}
	if plain := m.Twins(nil); plain[3] == plain[7] && !m.Alike(3, 7) {
		t.Error("alike without a text")
	}
}

func TestShares(t *testing.T) {
	t.Parallel()
	s := Shares{Places: 1000, Seats: 100}
	for seats, want := range map[int][2]int{0: {0, 0}, 1: {30, 15}, 5: {150, 75}} {
		if s.Limit(seats) != want[0] || s.Even(seats) != want[1] {
			t.Errorf("%d seats: at most %d, evenly %d, want %v", seats, s.Limit(seats), s.Even(seats), want)
		}
	}
	if s = (Shares{Places: 10, Seats: 100}); s.Limit(1) != 10 || s.Even(1) != 5 {
		t.Errorf("a small share: %d and %d, want 10 and 5", s.Limit(1), s.Even(1))
	}
}

// TestGini holds the figure to its definition, seat by seat.
func TestGini(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		exposure, seats []int32
		want            float64
	}{
		{[]int32{5, 5}, []int32{1, 1}, 0},
		{[]int32{2, 6}, []int32{1, 3}, 0},
		{[]int32{0, 6}, []int32{1, 1}, 0.5},
		{[]int32{0, 6, 9}, []int32{3, 1, 0}, 0.75},
		{[]int32{0, 0}, []int32{1, 1}, 0},
	} {
		if got := Gini(c.exposure, c.seats); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("Gini(%v, %v) = %g, want %g", c.exposure, c.seats, got, c.want)
		}
	}
}
