package matcher

import "math"

// rank leaves the best workers for a posting in q.top.
func (q *postingQuery) rank(p *postingRow, o Options) (drops Drops) {
	q.top.reset(o.k())
	return q.rankOn(p, o)
}

// rankOn goes on from those who are in q.top already.
func (q *postingQuery) rankOn(p *postingRow, o Options) Drops {
	drops, done := q.begin(p, o)
	if !done {
		q.search(math.MaxInt)
		q.weighWaiting()
	}
	return drops
}

// begin prepares a search, and is done where there is nothing to search for.
func (q *postingQuery) begin(p *postingRow, o Options) (drops Drops, done bool) {
	q.prepare(p, o.Relax)
	q.least = max(0, o.LeastScore)
	if o.Counts {
		for i := range q.m.workers.rows {
			if q.m.workers.gone.has(int32(i)) {
				continue
			}
			drops.add(q.count(int32(i), o.LeastScore))
		}
		return drops, true
	}
	if q.p.static&q.must != 0 { // nobody may come
		return drops, true
	}
	q.prepareReach()
	q.tryLate()
	q.openKins()
	return drops, false
}

// search looks into what promises the most, again and again, until nothing promises enough or so many lists and blocks were
// looked into; then it is not done.
func (q *postingQuery) search(most int) (done bool) {
	for range most {
		next, bound, ok := q.frontier.take(q.floor())
		if !ok {
			return true
		}
		switch next.at {
		case kinStorey:
			q.openKin(next.id)
		case listStorey:
			q.openList(next.id, false)
		case blockStorey:
			q.tryBlock(next.id, bound)
		}
	}
	return false
}

// floor is the score below which nobody can be listed any more.
func (q *postingQuery) floor() int { return max(q.least, q.top.least()) }

// prepareReach bounds what the posting's place earns for the people of each region.
func (q *postingQuery) prepareReach() {
	groups := q.m.index.workers.groups
	q.reach = q.reach[:0]
	for i := range groups {
		q.reach = append(q.reach, int8(q.placeBound(&groups[i])))
	}
}

// openKins bounds the wishes of every kin by how close it is.
func (q *postingQuery) openKins() {
	w, begin := &q.m.weights, q.m.index.workers.begin
	q.frontier.reset()
	floor := q.floor()
	rest := w.Place + w.Pay + w.Benefits + w.Shift + w.Conditions
	for kin := range len(begin) - 1 {
		most := q.told.ofKin(kin)
		if begin[kin] == begin[kin+1] || most < floor {
			continue
		}
		wish := max(occupationPoints(q.closest[kin], 100, 0, w), w.OccupationUnknown)
		q.frontier.add(kinStorey, int32(kin), min(most, total(wish+rest, int(q.p.most), int(q.p.untrusted))), floor)
	}
}

// openKin bounds the lists of one kin whose people may come. Most are turned away by what lies close
// together: the caps, the regions and what the place earns there.
func (q *postingQuery) openKin(kin int32) {
	x, floor := &q.m.index.workers, q.floor()
	enough := q.enoughPlace(kin, floor)
	from, to := x.begin[kin], x.begin[kin+1]
	caps := q.told.ofLists(from, to)
	for k, group := range x.groupOf[from:to] {
		most := anyScore
		if caps != nil {
			most = int(caps[k])
		}
		place := int(q.reach[group])
		if most < floor || place < enough {
			continue
		}
		i := from + int32(k)
		q.frontier.add(listStorey, i, min(most, q.bound(&x.lists[i], place)), floor)
	}
}

// enoughPlace gives the least that the place must earn for a wish of a kin to score so much.
func (q *postingQuery) enoughPlace(kin int32, score int) int {
	if !q.must.Has(TooFar) {
		return impossible
	}
	w := &q.m.weights
	wish := max(occupationPoints(q.closest[kin], 100, 0, w), w.OccupationUnknown) + w.Pay + w.Benefits + w.Shift + w.Conditions
	place := w.Place
	for place >= 0 && total(min(50, wish+place), int(q.p.most), int(q.p.untrusted)) >= score {
		place--
	}
	return place + 1
}

// tryBlock looks up the workers of a block who may be listed.
func (q *postingQuery) tryBlock(number int32, bound int) {
	if rows := q.within(number, q.floor()); rows != 0 {
		q.letWait(number, rows, bound)
	}
}

// tryLate weighs the workers who came after the index was made.
func (q *postingQuery) tryLate() {
	rows := q.m.workers.rows
	for row := q.m.index.workers.rows; int(row) < len(rows); row++ {
		if !q.m.workers.gone.has(row) && q.told.ofWorker(row) >= q.floor() {
			q.try(row, anyWish, order(&rows[row], q.p), q.floor())
		}
	}
}

// count weighs one worker wholly and keeps it if it is among the best.
func (q *postingQuery) count(row int32, floor int) ConditionSet {
	w := &q.m.workers.rows[row]
	s := q.weigh(w)
	if score := s.score(q.p); s.fails == 0 && score >= floor {
		q.top.offer(candidate{order(w, q.p), row, uint8(score)})
	}
	return s.fails
}

// anyWish stands for a worker who is not looked up by one of the wishes.
const anyWish = -1

// try weighs one worker as far as he or she can still be among the best. A
// worker with two wishes stands in two lists and is taken from the list of the wish that counts only: that list's
// bound is not below the score.
func (q *postingQuery) try(row int32, wish int, order uint64, floor int) {
	w := &q.m.workers.rows[row]
	place := q.sieve.placed
	if wish == anyWish || !q.sieve.inReach {
		place = q.place(&q.m.workers.homings[w.homing])
	}
	x := q.meet(w, &place)
	var s sides
	if !q.m.promising(x, q.must, floor, &s) || wish != anyWish && int(s.chosen) != wish {
		return
	}
	x.coverage = q.coverage(w)
	score, passes := q.m.settle(x, q.must, &s)
	if !passes || score < floorOf(q.floors, row, floor) || q.told != nil && q.told.names(row, q.row, score) {
		return
	}
	q.top.offerOnce(candidate{order, row, uint8(score)}) // the other wish, if a gist told all of it, may have been offered
}
