package matcher

import "math/bits"

// waitingRow is a row of a block that may be listed. It waits to be weighed until its gist has come from memory; meanwhile
// other blocks are looked up.
type waitingRow struct {
	block int32
	worth twoSides
	i     uint8 // in the block
	bound uint8 // of the block
}

// enoughWaiting is how many rows wait before they are weighed.
const enoughWaiting = 16

// letWait sends for the gists of those rows of a block that may be listed by what both sides are worth at most.
func (q *postingQuery) letWait(number int32, rows uint64, bound int) {
	x, need := &q.m.index.workers, q.trusting(q.floor())
	sent := uint64(0)
	for ; rows != 0; rows &= rows - 1 {
		i := bits.TrailingZeros64(rows)
		if worth := q.losing.worth(i); worth.reach(need) {
			sent |= 1 << i
			q.waiting = append(q.waiting, waitingRow{number, worth, uint8(i), uint8(bound)})
		}
	}
	fetchGists(&x.gists[x.heads[number].from], sent)
	if len(q.waiting) >= enoughWaiting {
		q.weighWaiting()
	}
}

// weighWaiting weighs the rows that wait as far as they can still be listed.
func (q *postingQuery) weighWaiting() {
	for k := range q.waiting {
		q.weighRow(&q.waiting[k])
	}
	q.waiting = q.waiting[:0]
}

func (q *postingQuery) weighRow(r *waitingRow) {
	x := &q.m.index.workers
	h := &x.heads[r.block]
	at := h.from + int32(r.i)
	order, least := q.against(x.hashes[at])
	if int(r.bound) < least || !r.worth.reach(q.trusting(least)) {
		return
	}
	g := &x.gists[at]
	if q.floors != nil {
		least = floorOf(q.floors, g.row, least)
	}
	score := q.sieve.bound(q, r.block, int(r.i))
	if score < least || q.m.workers.gone.has(g.row) {
		return
	}
	if !q.tells(g, x.papers[at]) {
		q.try(g.row, int(h.wish), order, least)
	} else if q.told == nil || !q.told.names(g.row, q.row, score) {
		q.top.offerOnce(candidate{order, g.row, uint8(score)})
	}
}

// against gives what breaks ties with a worker, and what he or she must score to be listed. Where somebody can only draw level with
// the worst who is listed, the hash decides before anything else is looked at.
func (q *postingQuery) against(hash uint64) (order uint64, least int) {
	order, least = mix(hash^q.p.hash), q.floor()
	if worst, full := q.top.full(); full && order > worst { // wants more than a draw
		least = max(least, q.top.least()+1)
	}
	return order, least
}

// tells reports whether a gist, the last to be bounded, and papers tell all that its wish scores.
func (q *postingQuery) tells(g *gist, papers uint64) bool {
	return g.plain && q.plain && q.sieve.told && papers&q.sieve.vague == 0 && (q.p.bars == 0 || !g.barred)
}
