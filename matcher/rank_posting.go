package matcher

// rank leaves the best workers for a posting in q.top.
func (q *postingQuery) rank(p *postingRow, o Options) (drops Drops) {
	q.top.reset(o.k())
	return q.rankOn(p, o)
}

// rankOn goes on from those who are in q.top already.
func (q *postingQuery) rankOn(p *postingRow, o Options) (drops Drops) {
	q.prepare(p, o.Relax)
	q.least = max(0, o.LeastScore)
	if o.Counts {
		for i := range q.m.workers.rows {
			if q.m.workers.gone.has(int32(i)) {
				continue
			}
			drops.add(q.count(int32(i), o.LeastScore))
		}
		return drops
	}
	if q.p.static&q.must != 0 { // nobody may come
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

// openOccupations bounds the wishes for every occupation by how close it is.
func (q *postingQuery) openOccupations() {
	w, begin := &q.m.weights, q.m.index.workers.begin
	q.frontier.reset()
	floor := q.floor()
	rest := w.Place + w.Pay + w.Benefits + w.Shift + w.Conditions
	for occupation := range len(begin) - 1 {
		most := q.told.ofOccupation(occupation)
		if begin[occupation] == begin[occupation+1] || most < floor {
			continue
		}
		wish := max(occupationPoints(q.closenessFrom(int32(occupation)), 100, 0, w), w.OccupationUnknown)
		q.frontier.add(occupationStorey, int32(occupation), min(most, total(wish+rest, int(q.p.most), int(q.p.untrusted))), floor)
	}
}

// openOccupation bounds the lists of one occupation whose people may come.
func (q *postingQuery) openOccupation(occupation int32) {
	x, floor := &q.m.index.workers, q.floor()
	for i := x.begin[occupation]; i < x.begin[occupation+1]; i++ {
		list, most := &x.lists[i], q.told.ofList(i)
		if most < floor {
			continue
		}
		if place := int(q.reach[list.group]); place != impossible || !q.must.Has(TooFar) {
			q.frontier.add(listStorey, i, min(most, q.bound(list, place)), floor)
		}
	}
}

// openList bounds the blocks of one list.
func (q *postingQuery) openList(number int32) {
	x, floor := &q.m.index.workers, q.floor()
	list := &x.lists[number]
	place := int(q.reach[list.group])
	for i := list.from; i < list.to; i++ {
		if most := q.told.ofBlock(i); most >= floor {
			b := &x.blocks[i]
			q.frontier.add(blockStorey, i, min(most, q.bound(b, q.homesBound(b, place))), floor)
		}
	}
}

// tryBlock weighs the workers of a block whose gist may reach the list. Where none can do more than draw level with
// the worst who is listed, the hash that breaks ties decides before anything else is looked at.
func (q *postingQuery) tryBlock(number int32, bound int) {
	x := &q.m.index.workers
	b, caps := &x.blocks[number], q.told.ofGists(number, x)
	occupation := occupationPoints(q.closenessFrom(b.occupation), b.whole, b.least, &q.m.weights)
	place := max(0, q.placeBound(&b.homes))
	mark := q.mark(occupation + place)
	gists := x.gists[b.from:b.to]
	for i := range gists {
		if caps != nil && int(caps[i]) < mark.floor {
			continue
		}
		g := &gists[i]
		order := mix(g.hash ^ q.p.hash)
		late := mark.full && order > mark.worst // wants more than a draw
		least, needs := mark.floor, mark.needs
		if late {
			if least, needs = least+1, mark.lateNeeds; bound < least {
				continue
			}
		}
		if g.floor > q.sieve.payLimit {
			continue
		}
		requirement := q.sieve.requirement(g)
		if requirement < needs {
			continue
		}
		if q.floors != nil {
			least = floorOf(q.floors, g.row, least)
		}
		if q.sieve.bound(q, g, occupation, place, b.homes.province, requirement) < least || q.m.workers.gone.has(g.row) {
			continue
		}
		if q.try(g.row, int(b.wish), order, least) {
			mark = q.mark(occupation + place)
		}
	}
}

// mark is what a row of a block must pass to be listed.
type mark struct {
	floor            int    // the least score
	needs, lateNeeds int    // the least requirement, and that of who wants more than a draw
	worst            uint64 // where the list is full, the hash that a draw must beat
	full             bool
}

// mark gives the mark for wishes whose occupation and place earn so much at most.
func (q *postingQuery) mark(most int) (m mark) {
	wish := min(50, most+q.sieve.restMost)
	m.floor = q.floor()
	m.needs, m.lateNeeds = needed(wish, m.floor, int(q.p.untrusted)), needed(wish, m.floor+1, int(q.p.untrusted))
	m.worst, m.full = q.top.full()
	return m
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

// try weighs one worker as far as he or she can still be among the best, and reports whether they were taken. A
// worker with two wishes stands in two lists and is taken from the list of the wish that counts only: that list's
// bound is not below the score.
func (q *postingQuery) try(row int32, wish int, order uint64, floor int) bool {
	w := &q.m.workers.rows[row]
	x := q.meet(w)
	var s sides
	if !q.m.promising(x, q.must, floor, &s) || wish != anyWish && int(s.chosen) != wish {
		return false
	}
	x.coverage = q.coverage(w)
	score, passes := q.m.settle(x, q.must, &s)
	if !passes || score < floorOf(q.floors, row, floor) || q.told != nil && q.told.names(row, q.row, score) {
		return false
	}
	q.top.offer(candidate{order, row, uint8(score)})
	return true
}
