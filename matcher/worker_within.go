package matcher

// within gives the rows of a block that may score so much, wherever in their district they are. What both sides earn is added
// up, not joined: twice the root of a product is never more than the sum.
func (q *workerQuery) within(s *postingSheet, score int) (rows uint64) {
	l := &q.losing
	l.columns = &s.columns
	q.monthLosses(q.monthsMost(s.occupations))
	district := losses{}
	if s.province != 0 {
		district = *q.districtLosses(s.province)
	}
	var start column
	tallyGreatest(&start, &s.start, s.skills[:], l.skills[:])
	for i := range int(q.w.count) {
		best := q.occupationLosses(s.occupations, i)
		l.budget[i] = lossUnit*(best-score) + l.most[i]
		if l.budget[i] < 0 {
			continue
		}
		l.tables[i][columnDistrict] = district
		rows |= tally(&l.out[i], &start, s.columns[:], l.tables[i][:], uint8(l.budget[i]))
	}
	l.place = &l.tables[0][columnDistrict]
	*l.place = district
	return rows & s.all()
}

// occupationLosses fills the table of a wish for the occupations of a block, and gives what the best of them earns.
func (q *workerQuery) occupationLosses(occupations []int32, i int) (best int) {
	best = q.occupationMost(occupations, i)
	table, points, closeness := &q.losing.tables[i][columnOccupation], &q.byClose[i], q.closeness[i]
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
	return (!g.out || q.relax != 0) && loss-int(l.place[l.columns[columnDistrict][i%tallyRows]%classCount]) <= left
}
