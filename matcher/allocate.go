package matcher

import (
	"context"
	"fmt"
	"slices"
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
	held     []int32
}

// Of gives the postings that a worker is given.
func (a *Allocation) Of(worker int32) []int32 {
	var out []int32
	for _, p := range a.held[a.slotFrom[worker]:a.slotFrom[worker+1]] {
		if p >= 0 {
			out = append(out, p)
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
const stepFall = 5

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
	held     []int32 // by slot, the posting or -1
	worth    []int32 // by slot, what that pair is worth

	seatFrom  []int32 // posting j's taken seats lie at seatFrom[j], taken[j] of them, a heap with the cheapest on top
	taken     []int32
	seatPrice []int32
	seatOf    []int32 // which worker has it

	queue   []int32 // workers with a free slot, who have not given up
	waiting []bool

	back   reverse
	profit []int32 // by worker, what the worst of his or her slots gains
}

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
	a := &auction{c: c, seats: seats, price: make([]int32, m), taken: make([]int32, m), waiting: make([]bool, n), profit: make([]int32, n)}
	for _, v := range c.values {
		a.most = max(a.most, int32(v)*PriceUnit)
	}
	a.last = o.Step
	if a.last <= 0 {
		a.last = max(1, a.most/100_000)
	}
	a.slotFrom, a.held, a.worth = slotsOf(n, o.Slots)
	a.openSeats(o.Prices)
	return a, nil
}

func slotsOf(workers int, slots []int32) (from, held, worth []int32) {
	from = make([]int32, workers+1)
	for i := range workers {
		n := int32(1)
		if slots != nil {
			n = max(0, slots[i])
		}
		from[i+1] = from[i] + n
	}
	held, worth = make([]int32, from[workers]), make([]int32, from[workers])
	for i := range held {
		held[i] = -1
	}
	return from, held, worth
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
	n := a.seatFrom[len(a.seats)]
	a.seatPrice, a.seatOf = make([]int32, n), make([]int32, n)
}

// firstStep is coarse where nothing is known and finer where last night's prices are.
func (a *auction) firstStep(o AllocateOptions) int32 {
	part := int32(8)
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

// release makes all seats of a posting cost what its cheapest does and lets go of those who would now rather be
// elsewhere, by more than the step. All others keep their seats.
func (a *auction) release() {
	a.queue = a.queue[:0]
	clear(a.taken)
	for i := range int32(a.c.Workers()) {
		rest := a.bestFree(i)
		free := false
		for s := a.slotFrom[i]; s < a.slotFrom[i+1]; s++ {
			if j := a.held[s]; j >= 0 && a.worth[s]-a.price[j] < rest-a.step {
				a.held[s] = -1
			}
			if free = free || a.held[s] < 0; a.held[s] >= 0 {
				a.sit(i, a.held[s], a.price[a.held[s]])
			}
		}
		if free {
			a.wait(i)
		}
	}
}

func (a *auction) wait(i int32) {
	if !a.waiting[i] {
		a.waiting[i] = true
		a.queue = append(a.queue, i)
	}
}

// bestFree is the most that a posting the worker does not hold would gain, at least nothing.
func (a *auction) bestFree(i int32) (best int32) {
	postings, values := a.c.Of(i)
	for k, j := range postings {
		if v := int32(values[k])*PriceUnit - a.price[j]; v > best && !a.holds(i, j) {
			best = v
		}
	}
	return best
}

func (a *auction) holds(i, j int32) bool {
	return slices.Contains(a.held[a.slotFrom[i]:a.slotFrom[i+1]], j)
}

// forward lets workers bid until nobody who wants another posting waits.
func (a *auction) forward(ctx context.Context) error {
	for len(a.queue) > 0 {
		if a.bids++; a.bids&(1<<16-1) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		i := a.queue[len(a.queue)-1]
		a.queue = a.queue[:len(a.queue)-1]
		a.waiting[i] = false
		for s := a.slotFrom[i]; s < a.slotFrom[i+1]; s++ {
			if a.held[s] < 0 && !a.bid(i, s) {
				break
			}
		}
	}
	return nil
}

// bid fills a free slot with the posting that gains most. The worker pays as much as makes the next best gain the
// same, and the step. The seats of a posting are alike, so that the next best is another posting and the bid
// replaces the cheapest seat's. It reports false where nothing gains.
func (a *auction) bid(i, slot int32) bool {
	postings, values := a.c.Of(i)
	best, next, at := int32(0), int32(0), -1
	for k, j := range postings {
		v := int32(values[k])*PriceUnit - a.price[j]
		if v <= next || a.holds(i, j) {
			continue
		}
		if v > best {
			best, next, at = v, best, k
		} else {
			next = v
		}
	}
	if at < 0 {
		return false
	}
	j := postings[at]
	a.held[slot], a.worth[slot] = j, int32(values[at])*PriceUnit
	if out := a.sit(i, j, a.price[j]+best-next+a.step); out >= 0 {
		a.leave(out, j)
		a.wait(out)
	}
	return true
}

// leave takes a posting from a worker.
func (a *auction) leave(i, j int32) {
	for s := a.slotFrom[i]; s < a.slotFrom[i+1]; s++ {
		if a.held[s] == j {
			a.held[s] = -1
			return
		}
	}
}

// sit gives a worker a seat of a posting for a price. When none is empty it is the cheapest one, whose worker is
// returned; otherwise -1.
func (a *auction) sit(i, j, price int32) (out int32) {
	from, n := a.seatFrom[j], a.taken[j]
	prices, workers := a.seatPrice[from:a.seatFrom[j+1]], a.seatOf[from:a.seatFrom[j+1]]
	out = -1
	if int(n) < len(prices) {
		a.taken[j]++
		k := n
		for k > 0 && prices[(k-1)/2] > price {
			prices[k], workers[k] = prices[(k-1)/2], workers[(k-1)/2]
			k = (k - 1) / 2
		}
		prices[k], workers[k] = price, i
	} else {
		out = workers[0]
		sink(prices, workers, price, i)
	}
	if int(a.taken[j]) == len(prices) {
		a.price[j] = prices[0]
	}
	return out
}

// sink replaces the top of a full heap.
func sink(prices, workers []int32, price, worker int32) {
	k, n := 0, len(prices)
	for {
		child := 2*k + 1
		if child >= n {
			break
		}
		if child+1 < n && prices[child+1] < prices[child] {
			child++
		}
		if prices[child] >= price {
			break
		}
		prices[k], workers[k] = prices[child], workers[child]
		k = child
	}
	prices[k], workers[k] = price, worker
}

// result reads value and bound off the last phase. For any prices of nothing or more, what all seats cost and what
// each worker would gain at most at these prices is no less than the worth of any allocation: that is the bound.
func (a *auction) result() *Allocation {
	out := &Allocation{Prices: a.price, Bids: a.bids, slotFrom: a.slotFrom, held: a.held}
	value, bound := int64(0), int64(0)
	for s, j := range a.held {
		if j >= 0 {
			out.Given++
			value += int64(a.worth[s])
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
