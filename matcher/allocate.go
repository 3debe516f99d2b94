package matcher

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// PriceUnit is how many parts a price divides the unit of the values into: a price of 1500 is one and a half points.
const PriceUnit = 1000

// AllocateOptions say how to allocate. The zero value gives every worker at most one posting.
type AllocateOptions struct {
	Slots  []int32 // by worker, how many postings he or she may be given; nil is one each
	Prices []int32 // by posting, what a seat cost the last time; nil or 0 where nobody knows
	// Step is the least by which a bid raises a price, in parts of PriceUnit. The result is within Step for each
	// seat given of the best there is. 0 is a hundred-thousandth of the greatest value.
	Step int32
}

// Allocation says who is given which posting, with the proof of how good that is.
type Allocation struct {
	Prices []int32 // by posting, in parts of PriceUnit, for the next time
	Value  int64   // what all pairs given are worth together
	Bound  float64 // no allocation is worth more, whatever the method: read off the prices
	Given  int     // seats given
	Bids   int     // how many bids it took

	slotFrom []int32
	slots    []slot
}

// slot is room for one posting of a worker.
type slot struct {
	posting int32 // -1 while it is free
	worth   int32 // of the pair
}

// Of gives the postings that a worker is given.
func (a *Allocation) Of(worker int32) []int32 {
	var out []int32
	for _, s := range a.slots[a.slotFrom[worker]:a.slotFrom[worker+1]] {
		if s.posting >= 0 {
			out = append(out, s.posting)
		}
	}
	slices.Sort(out)
	return out
}

// Allocate gives the seats of all postings to workers so that the sum of what the pairs are worth is as great as
// it can be, or short of it by less than one part in ten thousand. Nobody has more postings than slots and none
// twice, no posting more people than seats; pairs worth nothing are never given. See the package's account of
// the auction.
func Allocate(ctx context.Context, c *Candidates, seats []int32, o AllocateOptions) (*Allocation, error) {
	a, err := newAuction(c, seats, o)
	if err != nil {
		return nil, fmt.Errorf("allocate: %w", err)
	}
	a.turning.Go(a.turn) // nothing needs it before the first bids are made
	defer a.turning.Wait()
	for step := a.firstStep(o); ; step = max(a.last, step/stepFall) {
		a.step = step
		if err := a.phase(ctx); err != nil {
			return nil, fmt.Errorf("allocate: %w", err)
		}
		if step == a.last {
			return a.result(), nil
		}
	}
}

// stepFall is by how much the step falls from one phase to the next.
const stepFall = 6

// auction is the state of one allocation. Everything is in parts of PriceUnit.
type auction struct {
	c     *Candidates
	seats []int32
	step  int32
	last  int32 // the last phase's step
	most  int32 // the greatest value
	bids  int

	price    []int32 // by posting, its cheapest seat's
	slotFrom []int32
	slots    []slot
	workerOf []int32 // by slot; nil where everybody has one

	seatFrom []int32 // posting j's taken seats lie at seatFrom[j], taken[j] of them, a heap with the cheapest on top
	taken    []int32
	sat      []seat

	queue []int32 // free slots whose workers have not given up

	turning sync.WaitGroup // done when back has the pairs
	back    reverse
	profit  []int32 // by worker, what the worst of his or her slots gains
}

// seat is a seat that is taken: for how much, and by which slot.
type seat struct{ price, slot int32 }

func newAuction(c *Candidates, seats []int32, o AllocateOptions) (*auction, error) {
	n, m := c.Workers(), len(seats)
	if err := c.check(m); err != nil {
		return nil, err
	}
	if o.Slots != nil && len(o.Slots) != n {
		return nil, fmt.Errorf("slots of %d workers, there are %d", len(o.Slots), n)
	}
	if o.Prices != nil && len(o.Prices) != m {
		return nil, fmt.Errorf("prices of %d postings, there are %d", len(o.Prices), m)
	}
	a := &auction{c: c, seats: seats, price: make([]int32, m), taken: make([]int32, m), profit: make([]int32, n)}
	a.back.waiting = make([]bool, m)
	for _, v := range c.values {
		a.most = max(a.most, int32(v)*PriceUnit)
	}
	a.last = o.Step
	if a.last <= 0 {
		a.last = max(1, a.most/100_000)
	}
	a.openSlots(o.Slots)
	a.openSeats(o.Prices)
	return a, nil
}

func (a *auction) openSlots(slots []int32) {
	a.slotFrom = make([]int32, a.c.Workers()+1)
	for i := range a.c.Workers() {
		n := int32(1)
		if slots != nil {
			n = max(0, slots[i])
			for range n {
				a.workerOf = append(a.workerOf, int32(i))
			}
		}
		a.slotFrom[i+1] = a.slotFrom[i] + n
	}
	a.slots = slices.Repeat([]slot{{posting: -1}}, int(a.slotFrom[a.c.Workers()]))
}

// worker says whose slot it is.
func (a *auction) worker(s int32) int32 {
	if a.workerOf == nil {
		return s
	}
	return a.workerOf[s]
}

// noSeat is the price of a posting without seats: nobody can pay it.
const noSeat = 1 << 30

// openSeats lays out the seats, never more than there are people who may come.
func (a *auction) openSeats(prices []int32) {
	may := make([]int32, len(a.seats))
	for _, p := range a.c.postings {
		may[p]++
	}
	a.seats = slices.Clone(a.seats)
	a.seatFrom = make([]int32, len(a.seats)+1)
	for j := range a.seats {
		a.seats[j] = min(max(a.seats[j], 0), may[j])
		a.seatFrom[j+1] = a.seatFrom[j] + a.seats[j]
		switch {
		case a.seats[j] == 0:
			a.price[j] = noSeat
		case prices != nil:
			a.price[j] = min(max(prices[j], 0), a.most)
		}
	}
	a.sat = make([]seat, a.seatFrom[len(a.seats)])
}

// firstStep is coarse where nothing is known and finer where last night's prices are.
func (a *auction) firstStep(o AllocateOptions) int32 {
	part := int32(4)
	if o.Prices != nil {
		part = 200
	}
	return max(a.last, a.most/part)
}

// phase ends with every worker and every posting content to within the step: forward, workers bid for seats until
// each has one or gives up; back, postings with an empty seat lower its price until somebody comes or it is free.
func (a *auction) phase(ctx context.Context) error {
	a.release()
	if err := a.forward(ctx); err != nil {
		return err
	}
	return a.lower(ctx)
}

// result reads value and bound off the last phase. For any prices of nothing or more, what all seats cost and what
// each worker would gain at most at these prices is no less than the worth of any allocation: that is the bound.
func (a *auction) result() *Allocation {
	out := &Allocation{Prices: a.price, Bids: a.bids, slotFrom: a.slotFrom, slots: a.slots}
	value, bound := int64(0), int64(0)
	for _, s := range a.slots {
		if s.posting >= 0 {
			out.Given++
			value += int64(s.worth)
		}
	}
	for j := range a.price {
		if a.price[j] == noSeat {
			a.price[j] = 0
		}
	}
	var gains []int32
	for i := range int32(a.c.Workers()) {
		gains = gains[:0]
		postings, values := a.c.Of(i)
		for k, j := range postings {
			if v := int32(values[k])*PriceUnit - a.price[j]; v > 0 && a.seats[j] > 0 {
				gains = append(gains, v)
			}
		}
		slices.Sort(gains)
		for k := range min(len(gains), int(a.slotFrom[i+1]-a.slotFrom[i])) {
			bound += int64(gains[len(gains)-1-k])
		}
	}
	for j, n := range a.seats {
		bound += int64(n) * int64(a.price[j])
	}
	out.Value, out.Bound = value/PriceUnit, float64(bound)/PriceUnit
	return out
}
