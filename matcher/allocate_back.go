package matcher

import (
	"context"
	"slices"
)

// The way back of an auction: postings with an empty seat make it cheaper.

// reverse is what the way back needs: the pairs posting by posting, and the postings whose price is too high.
type reverse struct {
	from    []int
	workers []int32
	values  []uint16
	queue   []int32
	waiting []bool
	top     []offer
}

// offer is what a worker would pay for a seat, at most, without losing.
type offer struct {
	pays, worker, worth int32
}

// turn lists the pairs by posting.
func (a *auction) turn() {
	b := &a.back
	if b.from != nil {
		return
	}
	b.from, b.waiting = make([]int, len(a.seats)+1), make([]bool, len(a.seats))
	for _, j := range a.c.postings {
		b.from[j+1]++
	}
	for j := range a.seats {
		b.from[j+1] += b.from[j]
	}
	b.workers, b.values = make([]int32, len(a.c.postings)), make([]uint16, len(a.c.postings))
	next := slices.Clone(b.from)
	for i := range int32(a.c.Workers()) {
		postings, values := a.c.Of(i)
		for k, j := range postings {
			b.workers[next[j]], b.values[next[j]] = i, values[k]
			next[j]++
		}
	}
}

// lower brings down the price of every posting with an empty seat.
func (a *auction) lower(ctx context.Context) error {
	a.turn()
	b := &a.back
	for j := range int32(len(a.seats)) {
		a.empty(j)
	}
	if len(b.queue) == 0 {
		return nil
	}
	for i := range int32(a.c.Workers()) {
		a.reckon(i)
	}
	for n := 0; len(b.queue) > 0; n++ {
		if n&(1<<10-1) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		j := b.queue[len(b.queue)-1]
		b.queue = b.queue[:len(b.queue)-1]
		b.waiting[j] = false
		a.offerSeats(j)
	}
	return nil
}

// empty notes a posting that asks a price for a seat nobody sits on.
func (a *auction) empty(j int32) {
	if a.price[j] > 0 && a.taken[j] < a.seats[j] && !a.back.waiting[j] {
		a.back.waiting[j] = true
		a.back.queue = append(a.back.queue, j)
	}
}

// reckon works out what the worst of a worker's slots gains: what he or she must be offered more than.
func (a *auction) reckon(i int32) {
	worst := int32(noSeat)
	for s := a.slotFrom[i]; s < a.slotFrom[i+1]; s++ {
		gain := int32(0)
		if j := a.held[s]; j >= 0 {
			gain = a.worth[s] - a.price[j]
		}
		worst = min(worst, gain)
	}
	a.profit[i] = worst
}

// offerSeats lowers a posting's price to what the first person not served would pay, less the step, and seats
// those who pay more. They leave other seats empty, or slots that gained less.
func (a *auction) offerSeats(j int32) {
	a.bids++
	room := int(a.seats[j] - a.taken[j])
	top := a.bestOffers(j, room+1)
	price := int32(0)
	if len(top) > room {
		price = max(0, top[room].pays-a.step)
		top = top[:room]
	}
	price = min(price, a.price[j])
	for _, o := range top {
		if o.pays < price+a.step {
			break
		}
		a.move(o, j)
	}
	a.price[j] = price
	from := a.seatFrom[j]
	for k := from; k < from+a.taken[j]; k++ {
		a.seatPrice[k] = price
		a.reckon(a.seatOf[k])
	}
	a.empty(j)
}

// bestOffers gives the n best offers for a posting, best first.
func (a *auction) bestOffers(j int32, n int) []offer {
	b := &a.back
	b.top = b.top[:0]
	for k := b.from[j]; k < b.from[j+1]; k++ {
		i, worth := b.workers[k], int32(b.values[k])*PriceUnit
		pays := worth - a.profit[i]
		if pays < a.step || len(b.top) == n && pays <= b.top[0].pays || a.holds(i, j) {
			continue
		}
		b.keep(offer{pays, i, worth}, n)
	}
	slices.SortFunc(b.top, func(x, y offer) int { return compareOffers(y, x) })
	return b.top
}

// compareOffers orders by pay; of two alike the later worker counts as less.
func compareOffers(x, y offer) int {
	if x.pays != y.pays {
		return int(x.pays) - int(y.pays)
	}
	return int(y.worker) - int(x.worker)
}

// keep holds the n best in a heap with the least on top.
func (b *reverse) keep(o offer, n int) {
	if len(b.top) < n {
		b.top = append(b.top, o)
		for k := len(b.top) - 1; k > 0 && compareOffers(b.top[(k-1)/2], b.top[k]) > 0; k = (k - 1) / 2 {
			b.top[k], b.top[(k-1)/2] = b.top[(k-1)/2], b.top[k]
		}
		return
	}
	k := 0
	for {
		child := 2*k + 1
		if child >= n {
			break
		}
		if child+1 < n && compareOffers(b.top[child+1], b.top[child]) < 0 {
			child++
		}
		if compareOffers(b.top[child], o) >= 0 {
			break
		}
		b.top[k] = b.top[child]
		k = child
	}
	b.top[k] = o
}

// move gives a worker a seat of a posting in the slot that gains least.
func (a *auction) move(o offer, j int32) {
	slot, least := int32(-1), int32(noSeat)
	for s := a.slotFrom[o.worker]; s < a.slotFrom[o.worker+1]; s++ {
		gain := int32(0)
		if k := a.held[s]; k >= 0 {
			gain = a.worth[s] - a.price[k]
		}
		if gain < least {
			slot, least = s, gain
		}
	}
	if k := a.held[slot]; k >= 0 {
		a.vacate(o.worker, k)
		a.empty(k)
	}
	a.held[slot], a.worth[slot] = j, o.worth
	at := a.seatFrom[j] + a.taken[j]
	a.seatPrice[at], a.seatOf[at] = a.price[j], o.worker
	a.taken[j]++
}

// vacate empties a worker's seat; all seats cost the same on the way back, so any order is a heap.
func (a *auction) vacate(i, j int32) {
	from := a.seatFrom[j]
	seats := a.seatOf[from : from+a.taken[j]]
	at := slices.Index(seats, i)
	a.taken[j]--
	seats[at] = seats[len(seats)-1]
}
