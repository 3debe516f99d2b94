package matcher

import "context"

// The way forward of an auction: workers bid for seats.

// release makes all seats of a posting cost what its cheapest does and lets go of those who would now rather be
// elsewhere, by more than the step. All others keep their seats.
func (a *auction) release() {
	a.queue = a.queue[:0]
	clear(a.taken)
	for i := range int32(a.c.Workers()) {
		rest := a.bestFree(i)
		for s := a.slotFrom[i]; s < a.slotFrom[i+1]; s++ {
			if a.gain(a.slots[s]) < rest-a.step {
				a.slots[s].posting = -1
			}
			if j := a.slots[s].posting; j >= 0 {
				a.sit(s, j, a.price[j])
			} else {
				a.queue = append(a.queue, s)
			}
		}
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
	for _, s := range a.slots[a.slotFrom[i]:a.slotFrom[i+1]] {
		if s.posting == j {
			return true
		}
	}
	return false
}

// bid is what a free slot offers for a seat.
type bid struct {
	slot    int32
	posting int32 // -1 where nothing gains
	worth   int32 // of the pair
	price   int32
	seen    int32 // what the posting's cheapest seat cost when the bid was reckoned
	fetched int32 // of no meaning: what fetchPairs and fetchSeat read has to end somewhere
}

// bidsAtOnce is how many bids are reckoned before the first of them is made. Most of an auction's time is waiting for
// memory: a worker's pairs lie where nothing was read for long. A processor waits for many such places as long as for
// one, if it need not know one bid before it reads for the next.
const bidsAtOnce = 64

// forward lets workers bid until nobody who wants another posting waits.
func (a *auction) forward(ctx context.Context) error {
	var room [bidsAtOnce]bid
	for len(a.queue) > 0 {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		bids := room[:min(bidsAtOnce, len(a.queue))]
		rest := len(a.queue) - len(bids)
		for k, s := range a.queue[rest:] {
			bids[k] = bid{slot: s, fetched: a.fetchPairs(s)}
		}
		a.queue = a.queue[:rest]
		for k := range bids {
			a.reckonBid(&bids[k])
		}
		for k := range bids {
			bids[k].fetched = a.fetchSeat(bids[k].posting)
		}
		for k := range bids {
			a.submit(&bids[k])
		}
	}
	return nil
}

// fetchPairs reads from every stretch of memory in which the pairs of a slot's worker lie, so that they are at hand.
func (a *auction) fetchPairs(s int32) (read int32) {
	postings, values := a.c.Of(a.worker(s))
	for k := 0; k < len(postings); k += 16 {
		read += postings[k] + int32(values[k])
	}
	return read
}

// fetchSeat does the same for a posting's seats.
func (a *auction) fetchSeat(j int32) (read int32) {
	if j >= 0 {
		read = a.sat[a.seatFrom[j]].slot
	}
	return read
}

// reckonBid finds the posting that gains most. The worker pays as much as makes the next best gain the same, and the
// step. The seats of a posting are alike, so that the next best is another posting and the bid replaces the cheapest
// seat's.
func (a *auction) reckonBid(b *bid) {
	a.bids++
	i := a.worker(b.slot)
	postings, values := a.c.Of(i)
	best, next, at := int32(0), int32(0), -1
	for k, j := range postings {
		v := int32(values[k])*PriceUnit - a.price[j]
		if v <= next || a.workerOf != nil && a.holds(i, j) {
			continue
		}
		if v > best {
			best, next, at = v, best, k
		} else {
			next = v
		}
	}
	b.posting = -1
	if at >= 0 {
		b.posting, b.worth = postings[at], int32(values[at])*PriceUnit
		b.seen = a.price[b.posting]
		b.price = b.seen + best - next + a.step
	}
}

// submit makes a bid, reckoned afresh where another came before it. A slot for which nothing gains gives up.
func (a *auction) submit(b *bid) {
	if b.posting >= 0 && (a.price[b.posting] != b.seen || a.workerOf != nil && a.holds(a.worker(b.slot), b.posting)) {
		a.reckonBid(b)
	}
	if b.posting < 0 {
		return
	}
	a.slots[b.slot] = slot{b.posting, b.worth}
	if out := a.sit(b.slot, b.posting, b.price); out >= 0 {
		a.slots[out].posting = -1
		a.queue = append(a.queue, out)
	}
}

// sit gives a slot a seat of a posting for a price. When none is empty it is the cheapest one, whose slot is
// returned; otherwise -1.
func (a *auction) sit(s, j, price int32) (out int32) {
	n := a.taken[j]
	seats := a.sat[a.seatFrom[j]:a.seatFrom[j+1]]
	out = -1
	if int(n) < len(seats) {
		a.taken[j]++
		k := n
		for k > 0 && seats[(k-1)/2].price > price {
			seats[k] = seats[(k-1)/2]
			k = (k - 1) / 2
		}
		seats[k] = seat{price, s}
	} else {
		out = seats[0].slot
		sink(seats, seat{price, s})
	}
	if int(a.taken[j]) == len(seats) {
		a.price[j] = seats[0].price
	}
	return out
}

// sink replaces the top of a full heap.
func sink(seats []seat, s seat) {
	k, n := 0, len(seats)
	for {
		child := 2*k + 1
		if child >= n {
			break
		}
		if child+1 < n && seats[child+1].price < seats[child].price {
			child++
		}
		if seats[child].price >= s.price {
			break
		}
		seats[k] = seats[child]
		k = child
	}
	seats[k] = s
}
