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
	q.openOccupations()
	for {
		next, bound, ok := q.frontier.take(q.floor())
		if !ok {
			return drops
		}
		switch next.at {
		case occupationStorey:
			q.openOccupation(next.id)
		case listStorey:
			q.openList(next.id)
		case blockStorey:
			q.tryBlock(next.id, bound)
		}
	}
}

// floor is the score below which nothing can be listed any more.
func (q *workerQuery) floor() int { return max(q.least, q.top.least()) }

// prepareReach bounds what a place in each province earns.
func (q *workerQuery) prepareReach() {
	if q.reachOf == q.w.homing {
		return
	}
	h := &q.m.workers.homings[q.w.homing]
	for i := range h.wishes {
		q.placeBounds(q.reach[i], h, i)
	}
	q.reachOf = q.w.homing
}

// openOccupations bounds the postings of every occupation by the wish alone.
func (q *workerQuery) openOccupations() {
	w := &q.m.weights
	begin := q.m.index.postings.begin
	requirement := q.requirementMost()
	q.frontier.reset()
	floor := q.floor()
	for occupation := range len(begin) - 1 {
		if begin[occupation] == begin[occupation+1] {
			continue
		}
		wish := 0
		for i := range int(q.w.count) {
			wish = max(wish, int(q.byClose[i][q.closeness[i][occupation]])+q.wishRest[i])
		}
		q.frontier.add(occupationStorey, int32(occupation), total(wish+w.Place, requirement, 0), floor)
	}
}

// requirementMost is what this worker can earn at most of any requirement.
func (q *workerQuery) requirementMost() int {
	w := &q.m.weights
	return skillBound(true, true, len(q.touched) > 0, w) + certificateBound(true, true, q.valid != 0, w) +
		w.Nice + w.Experience + w.Education + w.Language
}

// openOccupation bounds the lists of one occupation that are within reach.
func (q *workerQuery) openOccupation(occupation int32) {
	x, floor, insists := &q.m.index.postings, q.floor(), !q.relax.Has(TooFar)
	for i := x.begin[occupation]; i < x.begin[occupation+1]; i++ {
		if in := x.within[i]; in != anywhere && insists && q.reachable(in) == outOfReach {
			continue // most are
		}
		list := &x.lists[i]
		place := q.reachable(list.province)
		q.frontier.add(listStorey, i, q.bound(list, place), floor)
	}
}

var outOfReach = [2]int8{impossible, impossible}

// reachable is the most that a place in a province earns for each wish.
func (q *workerQuery) reachable(province int32) [2]int8 {
	if q.w.count > 1 {
		return [2]int8{q.reach[0][province], q.reach[1][province]}
	}
	return [2]int8{q.reach[0][province], impossible}
}

// openList bounds the blocks of one list.
func (q *workerQuery) openList(list int32) {
	x, floor := &q.m.index.postings, q.floor()
	for i := x.lists[list].from; i < x.lists[list].to; i++ {
		b := &x.blocks[i]
		q.frontier.add(blockStorey, i, q.bound(b, q.placesAhead(i)), floor)
	}
}

// tryBlock weighs the postings of a block that may reach the list. Where none can do more than draw level with the
// worst that is listed, the hash that breaks ties decides before anything else is looked at.
func (q *workerQuery) tryBlock(block int32, bound int) {
	x := &q.m.index.postings
	b, floor, sight := &x.blocks[block], q.floor(), q.sight(block)
	worst, full := q.top.full()
	for row := b.from; row < b.to; row++ {
		least := floor
		if q.floors != nil {
			least = floorOf(q.floors, row, least)
		}
		if !q.quick(row, &sight, least) {
			continue
		}
		order := mix(q.w.hash ^ x.hashes[row])
		if full && order > worst { // wants more than a draw
			least = max(least, floor+1)
			if bound < least || !q.quick(row, &sight, least) {
				continue
			}
		}
		if q.m.postings.gone.has(row) {
			continue
		}
		if q.try(row, order, least) {
			floor = q.floor()
			worst, full = q.top.full()
		}
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
