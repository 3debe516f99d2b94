package matcher

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// instance is a small or large allocation to try.
type instance struct {
	c     *Candidates
	seats []int32
	slots []int32
}

// randomInstance draws pairs; few different values make many ties.
func randomInstance(r *rand.Rand, workers, postings, edges, seats, values int) instance {
	in := instance{c: NewCandidates(workers, workers*edges), seats: make([]int32, postings)}
	for j := range in.seats {
		in.seats[j] = int32(r.IntN(seats + 1))
	}
	for range workers {
		var list []Hit
		for _, j := range r.Perm(postings)[:r.IntN(min(edges, postings)+1)] {
			list = append(list, Hit{int32(j), r.IntN(values + 1)})
		}
		slices.SortFunc(list, func(a, b Hit) int { return b.Score - a.Score })
		in.c.Add(list)
	}
	return in
}

func (in instance) slotsOf(i int) int {
	if in.slots == nil {
		return 1
	}
	return int(in.slots[i])
}

// best gives the greatest value by successive longest paths, which is exact: nodes are a source, the workers, the
// postings and a sink.
func (in instance) best() int {
	type arc struct{ to, room, gain int }
	n, m := in.c.Workers(), len(in.seats)
	var arcs []arc
	out := make([][]int, n+m+2)
	add := func(a, b, room, gain int) {
		out[a], out[b] = append(out[a], len(arcs)), append(out[b], len(arcs)+1)
		arcs = append(arcs, arc{b, room, gain}, arc{a, 0, -gain})
	}
	for i := range n {
		add(n+m, i, in.slotsOf(i), 0)
		postings, values := in.c.Of(int32(i))
		for k, j := range postings {
			add(i, n+int(j), 1, int(values[k]))
		}
	}
	for j, s := range in.seats {
		add(n+j, n+m+1, int(s), 0)
	}
	const never = -1 << 40
	for total := 0; ; {
		gain, by := make([]int, n+m+2), make([]int, n+m+2)
		for i := range gain {
			gain[i] = never
		}
		gain[n+m] = 0
		for again := true; again; {
			again = false
			for v := range out {
				for _, e := range out[v] {
					if a := arcs[e]; a.room > 0 && gain[v] > never && gain[v]+a.gain > gain[a.to] {
						gain[a.to], by[a.to], again = gain[v]+a.gain, e, true
					}
				}
			}
		}
		if gain[n+m+1] <= 0 {
			return total
		}
		total += gain[n+m+1]
		for v := n + m + 1; v != n+m; v = arcs[by[v]^1].to {
			arcs[by[v]].room--
			arcs[by[v]^1].room++
		}
	}
}

// check holds an allocation to slots, seats and its own sums.
func (in instance) check(t *testing.T, a *Allocation) {
	t.Helper()
	taken, value, given := make([]int32, len(in.seats)), int64(0), 0
	for i := range in.c.Workers() {
		postings, values := in.c.Of(int32(i))
		got := a.Of(int32(i))
		if len(got) > in.slotsOf(i) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatalf("worker %d with %d slots is given %v", i, in.slotsOf(i), got)
		}
		for _, j := range got {
			at := slices.Index(postings, j)
			if at < 0 {
				t.Fatalf("worker %d is given %d, of %v", i, j, postings)
			}
			taken[j]++
			given++
			value += int64(values[at])
		}
	}
	for j := range taken {
		if taken[j] > in.seats[j] {
			t.Errorf("posting %d with %d seats takes %d", j, in.seats[j], taken[j])
		}
	}
	if value != a.Value || given != a.Given {
		t.Errorf("value %d and %d given, said %d and %d", value, given, a.Value, a.Given)
	}
	if float64(a.Value) > a.Bound+1e-6 {
		t.Errorf("value %d above its bound %g", a.Value, a.Bound)
	}
}

func allocate(t testing.TB, in instance, o AllocateOptions) *Allocation {
	t.Helper()
	o.Slots = in.slots
	a, err := Allocate(context.Background(), in.c, in.seats, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A step below one part of the number of seats makes the auction exact on whole numbers.
func TestAllocateIsExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var prices []int32
	for n := range 3000 {
		in := randomInstance(r, 1+r.IntN(12), 1+r.IntN(8), 6, 3, []int{1, 3, 100}[n%3])
		if n%2 == 1 {
			for range in.c.Workers() {
				in.slots = append(in.slots, int32(r.IntN(4)))
			}
		}
		o := AllocateOptions{Step: 1}
		if n%5 == 0 {
			prices = prices[:0]
			for range in.seats {
				prices = append(prices, int32(r.IntN(120*PriceUnit)))
			}
			o.Prices = prices
		}
		a := allocate(t, in, o)
		in.check(t, a)
		if best := in.best(); a.Value != int64(best) {
			t.Fatalf("instance %d: value %d, the best is %d (bound %g)", n, a.Value, best, a.Bound)
		}
		if a.Bound > float64(a.Value)+0.1 {
			t.Errorf("instance %d: bound %g proves nothing of %d", n, a.Bound, a.Value)
		}
	}
}

// Of values with more than eight bits the leading eight put the pairs of a posting in order: here all have the same.
func TestAllocateGreatValues(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 2))
	for n := range 300 {
		in := randomInstance(r, 1+r.IntN(30), 1+r.IntN(6), 4, 5, 255)
		for k := range in.c.values {
			in.c.values[k] += 0xff00
		}
		a := allocate(t, in, AllocateOptions{Step: 1})
		in.check(t, a)
		if best := in.best(); a.Value != int64(best) {
			t.Fatalf("instance %d: value %d, the best is %d (bound %g)", n, a.Value, best, a.Bound)
		}
	}
}

func TestAllocateSmallest(t *testing.T) {
	t.Parallel()
	none := allocate(t, instance{c: NewCandidates(0, 0)}, AllocateOptions{})
	if none.Given != 0 || none.Value != 0 || none.Bound != 0 {
		t.Errorf("nobody and nothing: %+v", none)
	}
	in := instance{c: NewCandidates(3, 3), seats: []int32{0, 1}}
	in.c.Add([]Hit{{0, 90}})
	in.c.Add([]Hit{{1, 70}})
	in.c.Add([]Hit{{1, 70}, {0, 99}})
	a := allocate(t, in, AllocateOptions{})
	in.check(t, a)
	if a.Given != 1 || a.Value != 70 || a.Prices[0] != 0 || a.Prices[1] < 70*PriceUnit {
		t.Errorf("one seat for three: %+v", a)
	}
	if _, err := Allocate(context.Background(), in.c, in.seats[:1], AllocateOptions{}); err == nil {
		t.Error("a posting that there is not is taken")
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	big := randomInstance(rand.New(rand.NewPCG(1, 1)), 30_000, 300, 20, 40, 100)
	if _, err := Allocate(stopped, big.c, big.seats, AllocateOptions{}); err == nil {
		t.Error("an allocation goes on after it was stopped")
	}
}

// The next night begins with the prices of the last, and ends as well.
func TestAllocateNextNight(t *testing.T) {
	t.Parallel()
	in := randomInstance(rand.New(rand.NewPCG(5, 4)), 4000, 400, 20, 12, 100)
	first := allocate(t, in, AllocateOptions{})
	next := allocate(t, in, AllocateOptions{Prices: first.Prices})
	in.check(t, next)
	if float64(next.Value) < 0.9999*next.Bound || next.Bids > first.Bids {
		t.Errorf("the next night reaches %d of %g in %d bids, the first needed %d", next.Value, next.Bound, next.Bids, first.Bids)
	}
}

func TestAllocateIsRepeatable(t *testing.T) {
	t.Parallel()
	in := randomInstance(rand.New(rand.NewPCG(3, 4)), 2000, 300, 20, 6, 100)
	a, b := allocate(t, in, AllocateOptions{}), allocate(t, in, AllocateOptions{})
	if !reflect.DeepEqual(a, b) {
		t.Error("the same instance is allocated in two ways")
	}
}
