package matcher

import "math/bits"

// tryBlock looks a block up, and leaves its rows until nothing better is open.
func (q *workerQuery) tryBlock(number int32, bound int) {
	at := len(q.tallied)
	q.tallied = append(q.tallied, tallied{})
	t := &q.tallied[at]
	most := q.lookUp(t, number, q.floor())
	if most == impossible {
		q.tallied = q.tallied[:at]
		return
	}
	if q.floors != nil { // no list grows full: the order is all one
		q.tryRows(int32(at), 0)
		q.tallied = q.tallied[:at]
		return
	}
	q.wait(int32(at), min(bound, most))
}

// tryRows weighs the rows of a block that may score so much, and those that may score less as long as nothing better is open.
func (q *workerQuery) tryRows(id int32, bound int) {
	t := &q.tallied[id]
	s := &q.m.index.postings.sheets[t.sheet]
	for {
		for rows := reaching(&t.left, reach(bound)); rows != 0; rows &= rows - 1 {
			q.tryRow(t, s, bits.TrailingZeros64(rows))
		}
		if bound = t.bound(); bound < q.frontier.greatest {
			q.wait(id, bound)
			return
		}
	}
}

// wait leaves a block until nothing better is open than the best of its rows, which are fetched meanwhile.
func (q *workerQuery) wait(id int32, bound int) {
	floor := q.floor()
	if bound < floor {
		return
	}
	t, x := &q.tallied[id], &q.m.index.postings
	fetchBriefs(&x.briefs[x.sheets[t.sheet].from], reaching(&t.left, reach(bound)))
	q.frontier.add(rowStorey, id, bound, floor)
}

// tryRow weighs a row. Where it can only draw level with the worst that is listed, the hash that breaks ties decides before
// anything else is looked at.
func (q *workerQuery) tryRow(t *tallied, s *postingSheet, i int) {
	b, left := &q.m.index.postings.briefs[s.from+int32(i)], &t.left[i%tallyRows]
	if least := q.against(b); *left >= reach(least) {
		q.weighShort(b, least)
	}
	*left = 0
}

// tryLenient weighs all rows of a block that do not insist on what others insist on: columns tell nothing of them.
func (q *workerQuery) tryLenient(s *postingSheet) {
	for i := range s.n {
		b := &q.m.index.postings.briefs[s.from+i]
		q.weighShort(b, q.against(b))
	}
}

// against gives what a posting must score to be listed.
func (q *workerQuery) against(b *brief) (least int) {
	least = q.floor()
	if worst, full := q.top.full(); full && q.orderOf(b) > worst { // wants more than a draw
		least = max(least, q.top.least()+1)
	}
	if q.floors != nil {
		least = floorOf(q.floors, b.row, least)
	}
	return least
}

// orderOf gives what breaks ties with a posting.
func (q *workerQuery) orderOf(b *brief) uint64 { return mix(q.w.hash ^ b.hash) }

// weighShort weighs a posting by what stands in short, and wholly where that does not tell.
func (q *workerQuery) weighShort(b *brief, least int) {
	score, exact := q.quick(b, least)
	if score < least || b.has(twinBrief) && q.twice(b.row) || q.m.postings.gone.has(b.row) {
		return
	}
	if exact {
		q.top.offer(candidate{q.orderOf(b), b.row, uint8(score)})
	} else {
		q.try(b.row, q.orderOf(b), least)
	}
}

// twice reports whether a posting that stands in several provinces has been met before.
func (q *workerQuery) twice(row int32) bool {
	if q.met[row] == q.meeting {
		return true
	}
	q.met[row] = q.meeting
	return false
}
