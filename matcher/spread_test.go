package matcher

import (
	"context"
	"math/rand/v2"
	"reflect"
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
		checkSpread(t, in, spread(t, in, SpreadOptions{Places: k}), k)
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
