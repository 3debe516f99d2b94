package matcher

// rank leaves the best postings for a worker in q.top.
func (q *workerQuery) rank(w *workerRow, o Options) (drops Drops) {
	q.prepare(w, o.Relax)
	q.top.reset(o.k())
	q.least = max(0, o.LeastScore)
	if o.Counts {
		for i := range q.m.postings.rows {
			if q.m.postings.gone.has(int32(i)) {
				continue
			}
			drops.add(q.count(int32(i), o.LeastScore))
		}
		return drops
	}
	q.prepareReach()
	q.tryLate()
	q.openProvinces()
	for {
		next, bound, ok := q.frontier.take(q.floor())
		if !ok {
			return drops
		}
		switch next.at {
		case provinceStorey:
			q.openProvince(next.id)
		case roughStorey:
			place := q.placeOf(&q.m.index.postings.lists[next.id])
			q.frontier.add(listStorey, next.id, min(bound, q.bound(next.id, place)), q.floor())
		case listStorey:
			q.openList(next.id, bound)
		case rowStorey:
			q.tryRows(next.id, bound)
		}
	}
}

// floor is the score below which nothing can be listed any more.
func (q *workerQuery) floor() int { return max(q.least, q.top.least()) }

// prepareReach bounds what a place in each province earns.
func (q *workerQuery) prepareReach() {
	if q.reachOf == q.placedFor {
		return
	}
	h := &q.m.workers.homings[q.w.homing]
	for i := range h.wishes {
		q.placeBounds(q.reach[i], h, i)
	}
	q.reachOf, q.reachable = q.placedFor, q.reachable[:0]
	for province := range q.reach[0] {
		if q.reach[0][province] != impossible || h.wishes > 1 && q.reach[1][province] != impossible || q.relax.Has(TooFar) {
			q.reachable = append(q.reachable, int32(province))
		}
	}
}

// openProvinces bounds the postings of every province within reach by their place alone.
func (q *workerQuery) openProvinces() {
	w, x := &q.m.weights, &q.m.index.postings
	q.most = q.requirementMost()
	q.frontier.reset()
	q.tallied = q.tallied[:0]
	floor, idle := q.floor(), q.w.static&^q.relax != 0
	wish := 0
	for i := range int(q.w.count) {
		wish = max(wish, max(int(q.byClose[i][100]), w.OccupationUnknown)+q.wishRest[i])
	}
	for _, province := range q.reachable {
		if idle && province != 0 { // only who asks for less than others may take somebody who is not looking
			return
		}
		if from, to := x.in(province); from < to {
			q.frontier.add(provinceStorey, province, q.roughly(wish, q.placeIn(province)), floor)
		}
	}
}

// roughly gives the score at most of a wish that earns so much but for the place.
func (q *workerQuery) roughly(wish int, place [2]int8) int {
	return total(min(50, wish+max(0, int(place[0]), int(place[1]))), q.most, 0)
}

// openProvince bounds the lists of a province by occupation and place.
func (q *workerQuery) openProvince(province int32) {
	x, floor, place := &q.m.index.postings, q.floor(), q.placeIn(province)
	from, to := x.in(province)
	for i := from; i < to; i++ {
		if province == 0 {
			place = q.placeOf(&x.lists[i])
		}
		wish := 0
		for k := range int(q.w.count) {
			wish = max(wish, q.occupationMost(i, k)+q.wishRest[k])
		}
		q.frontier.add(roughStorey, i, q.roughly(wish, place), floor)
	}
}

// placeIn is the most that a place in a province earns for each wish.
func (q *workerQuery) placeIn(province int32) [2]int8 {
	if q.w.count > 1 {
		return [2]int8{q.reach[0][province], q.reach[1][province]}
	}
	return [2]int8{q.reach[0][province], impossible}
}

// placeOf is the most that a place of a list earns for each wish.
func (q *workerQuery) placeOf(list *postingList) [2]int8 {
	place := q.placeIn(list.province)
	return [2]int8{min(place[0], list.place), min(place[1], list.place)}
}

// openList looks up the blocks of one list: as they lie one behind the other, that is faster than to bound each first.
func (q *workerQuery) openList(number int32, bound int) {
	x := &q.m.index.postings
	list := &x.lists[number]
	if !list.strict {
		for i := list.from; i < list.to; i++ {
			q.tryLenient(&x.sheets[i])
		}
		return
	}
	q.turnTo(number)
	for i := list.from; i < list.to; i++ {
		q.tryBlock(i, bound)
	}
}

// tryLate weighs the postings that came after the index was made.
func (q *workerQuery) tryLate() {
	rows := q.m.postings.rows
	for row := q.m.index.postings.rows; int(row) < len(rows); row++ {
		if !q.m.postings.gone.has(row) {
			q.try(row, order(q.w, &rows[row]), q.floor())
		}
	}
}

// count weighs one posting wholly and keeps it if it is among the best.
func (q *workerQuery) count(row int32, floor int) ConditionSet {
	p := &q.m.postings.rows[row]
	s := q.weigh(p)
	if score := s.score(p); s.fails == 0 && score >= floor {
		q.top.offer(candidate{order(q.w, p), row, uint8(score)})
	}
	return s.fails
}

// try weighs one posting as far as it can still be among the best, and reports whether it was taken.
func (q *workerQuery) try(row int32, order uint64, floor int) bool {
	p := &q.m.postings.rows[row]
	x, must := q.meet(p), mustFor(p, q.relax)
	var s sides
	if !q.m.promising(x, must, floor, &s) {
		return false
	}
	x.coverage = q.coverage(p)
	score, passes := q.m.settle(x, must, &s)
	if !passes || score < floorOf(q.floors, row, floor) {
		return false
	}
	q.top.offer(candidate{order, row, uint8(score)})
	return true
}

// requirementMost is what this worker can earn at most of any requirement.
func (q *workerQuery) requirementMost() int {
	w := &q.m.weights
	return skillBound(true, true, len(q.touched) > 0, w) + certificateBound(true, true, q.valid != 0, w) +
		w.Nice + w.Experience + w.Education + w.Language
}
