package matcher

import (
	"context"
	"math/bits"
	"slices"
)

// The way back of an auction: postings with an empty seat make it cheaper.

// reverse is what the way back needs: the pairs posting by posting, and the postings whose price is too high.
type reverse struct {
	from    []int
	pairs   []turned // a posting's from the greatest value down, as far as the leading bits of the values tell
	loose   int      // how many bits of a value are not leading
	queue   []int32
	waiting []bool
	top     []offer
}

// turned is a pair in the list of its posting.
type turned struct {
	worker int32
	value  uint16
}

// offer is what a worker would pay for a seat, at most, without losing.
type offer struct {
	pays, worker, worth int32
}

// turn lists the pairs by posting.
func (a *auction) turn() {
	b := &a.back
	b.from = make([]int, len(a.seats)+1)
	for _, j := range a.c.postings {
		b.from[j+1]++
	}
	for j := range a.seats {
		b.from[j+1] += b.from[j]
	}
	b.pairs = make([]turned, len(a.c.postings))
	next := slices.Clone(b.from)
	for i := range int32(a.c.Workers()) {
		postings, values := a.c.Of(i)
		for k, j := range postings {
			b.pairs[next[j]] = turned{i, values[k]}
			next[j]++
		}
	}
	b.loose = max(0, bits.Len32(uint32(a.most/PriceUnit))-8)
	var spare []turned
	for j := range a.seats {
		spare = b.order(b.pairs[b.from[j]:b.from[j+1]], spare)
	}
}

// order sorts a posting's pairs by the leading eight bits of their values. Spare is room that it uses and gives back.
func (b *reverse) order(pairs, spare []turned) []turned {
	var next [257]int // by leading bits, how many pairs have more
	for _, p := range pairs {
		next[p.value>>b.loose]++
	}
	for v := 255; v >= 0; v-- {
		next[v] += next[v+1]
	}
	spare = append(spare[:0], pairs...)
	for _, p := range spare {
		at := &next[p.value>>b.loose+1]
		pairs[*at] = p
		*at++
	}
	return spare
}

// lower brings down the price of every posting with an empty seat.
func (a *auction) lower(ctx context.Context) error {
	a.turning.Wait()
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
	for _, s := range a.slots[a.slotFrom[i]:a.slotFrom[i+1]] {
		worst = min(worst, a.gain(s))
	}
	a.profit[i] = worst
}

// gain is what a slot gains at today's prices.
func (a *auction) gain(s slot) int32 {
	if s.posting < 0 {
		return 0
	}
	return s.worth - a.price[s.posting]
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
	sitting := a.sitting(j)
	for k := range sitting {
		sitting[k].price = price
		a.reckon(a.worker(sitting[k].slot))
	}
	a.empty(j)
}

// bestOffers gives the n best offers for a posting, best first. Nobody gains less than minus the step, so that a pair
// never pays more than its worth and the step, and the rest of the list is not read once that is too little. Who sits
// there already offers nothing: what he or she gains is out of reach until it is reckoned again.
func (a *auction) bestOffers(j int32, n int) []offer {
	b := &a.back
	b.top = b.top[:0]
	for _, s := range a.sitting(j) {
		a.profit[a.worker(s.slot)] = noSeat
	}
	above := int32(1<<b.loose-1)*PriceUnit + a.step
	for _, p := range b.pairs[b.from[j]:b.from[j+1]] {
		worth := int32(p.value) * PriceUnit
		if len(b.top) == n && worth+above <= b.top[0].pays {
			break
		}
		pays := worth - a.profit[p.worker]
		if pays < a.step || len(b.top) == n && pays <= b.top[0].pays {
			continue
		}
		b.keep(offer{pays, p.worker, worth}, n)
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
	at, least := int32(-1), int32(noSeat)
	for s := a.slotFrom[o.worker]; s < a.slotFrom[o.worker+1]; s++ {
		if gain := a.gain(a.slots[s]); gain < least {
			at, least = s, gain
		}
	}
	if k := a.slots[at].posting; k >= 0 {
		a.vacate(at, k)
		a.empty(k)
	}
	a.slots[at] = slot{j, o.worth}
	a.sat[a.seatFrom[j]+a.taken[j]] = seat{a.price[j], at}
	a.taken[j]++
}

// vacate empties a slot's seat; all seats cost the same on the way back, so any order is a heap.
func (a *auction) vacate(s, j int32) {
	sitting := a.sitting(j)
	at := slices.IndexFunc(sitting, func(x seat) bool { return x.slot == s })
	sitting[at] = sitting[len(sitting)-1]
	a.taken[j]--
}

// sitting gives the taken seats of a posting.
func (a *auction) sitting(j int32) []seat {
	return a.sat[a.seatFrom[j]:][:a.taken[j]]
}
