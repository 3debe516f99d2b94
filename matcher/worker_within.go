package matcher

// within gives the rows of a block that may score so much, wherever in their district they are. What both sides earn is added
// up, not joined: twice the root of a product is never more than the sum.
func (q *workerQuery) within(s *postingSheet, score int) (rows uint64) {
	l := &q.losing
	budget := -1
	for i := range int(q.w.count) {
		best := q.occupationLosses(s.occupations, i)
		if l.budget[i] = lossUnit*(best-score) + l.most[i]; score <= 0 { // no score falls below nothing
			l.budget[i] = lost - 1
		}
		budget = max(budget, l.budget[i])
	}
	if budget < 0 {
		return 0
	}
	q.monthLosses(q.monthsMost(s.occupations))
	var start column
	tallyGreatest(&start, &s.start, s.skills[:], l.skills[:])
	if rows = s.all() & tally(&start, &start, s.columns[:sharedColumns], l.shared[:], uint8(budget)); rows == 0 {
		return 0
	}
	where := &l.tables[0][columnDistrictOccupation-sharedColumns][0]
	*where = losses{}
	if s.province != 0 {
		*where = *q.districtLosses(s.province)
	}
	l.tables[1][columnDistrictOccupation-sharedColumns][0] = *where
	l.where, l.place = &s.columns[columnDistrictOccupation], where
	var any uint64
	for i := range int(q.w.count) {
		if l.budget[i] >= 0 {
			any |= tally(&l.out[i], &start, s.columns[sharedColumns:], l.tables[i][:], uint8(l.budget[i]))
		}
	}
	return rows & any
}

// occupationLosses fills the table of a wish for the occupations of a block, and gives what the best of them earns.
func (q *workerQuery) occupationLosses(occupations []int32, i int) (best int) {
	best = q.occupationMost(occupations, i)
	table, points, closeness := &q.losing.tables[i][columnDistrictOccupation-sharedColumns][1], &q.byClose[i], q.closeness[i]
	for class, occupation := range occupations {
		table[class%classCount] = uint8(lossUnit * (best - int(points[closeness[occupation]])))
	}
	return best
}

// left is what a row of the block in hand may lose more, less than nothing where it cannot score what it was asked for and
// some points more.
func (q *workerQuery) left(i, more int) int {
	l := &q.losing
	left := l.budget[0] - int(l.out[0][i%tallyRows])
	if q.w.count > 1 {
		left = max(left, l.budget[1]-int(l.out[1][i%tallyRows]))
	}
	return left - lossUnit*more
}

// mayReach reports whether so much is left when the place is known, not only the district.
func (q *workerQuery) mayReach(g *ground, i, left int) bool {
	l := &q.losing
	loss := lossUnit * (q.m.weights.Place - int(max(g.points[0], g.points[1])))
	return (!g.out || q.relax != 0) && loss-int(l.place[lower(l.where[i%tallyRows])]) <= left
}
