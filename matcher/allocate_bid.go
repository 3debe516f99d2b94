package matcher

import (
	"context"
	"slices"
)

// The way forward of an auction: workers bid for seats.

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
