package matcher

// tallied is a block whose columns have been looked up. Its rows are weighed in the order of what they may score, together with
// those of all other blocks: so the list fills with good ones first, and of most rows nothing is read but the columns.
type tallied struct {
	sheet int32
	near  uint64 // rows of which more than the columns is told: see narrow
	left  column // what a row may score at most, in units, and 1; 0 when it is out or done with
	asked column // of the most there is, what it loses in what is asked
}

// bound is the most that any row scores which is not done with, or impossible.
func (t *tallied) bound() int { return scoreOf(uppermost(&t.left)) }

// scoreOf is what a row scores at most that has so much left, or impossible.
func scoreOf(left uint8) int {
	if left == 0 {
		return impossible
	}
	return (int(left) - 1) / lossUnit
}

// reach is what is left, at least, of a row that may score so much.
func reach(score int) uint8 { return uint8(1 + lossUnit*score) }

// lookUp looks up a block, and gives the most that any of its rows scores, or impossible where that is less than a score. What
// both sides earn is added up, not joined: twice the root of a product is never more than the sum.
func (q *workerQuery) lookUp(t *tallied, number int32, score int) (bound int) {
	s, l := &q.m.index.postings.sheets[number], &q.losing
	var most, budgets [2]int
	budget := -1
	for i := range int(q.w.count) {
		most[i] = lossUnit*q.occupationLosses(s, i) + l.wish[i] + l.asked
		if budgets[i] = most[i] - lossUnit*score; score <= 0 { // no score falls below nothing
			budgets[i] = lost - 1
		}
		budget = max(budget, budgets[i])
	}
	if budget < 0 {
		return impossible
	}
	q.monthLosses(q.monthsMost(s.list))
	if tally(&t.asked, &t.asked, &s.start, s.skills[:], l.skills[:], s.columns[:sharedColumns], l.shared[:], uint8(budget)) == 0 {
		return impossible
	}
	where := &l.tables[0][columnDistrictOccupation-sharedColumns][0]
	*where = *q.whereLosses(s)
	l.tables[1][columnDistrictOccupation-sharedColumns][0] = *where
	left := uint8(0)
	for i := range int(q.w.count) {
		if budgets[i] >= 0 {
			left = tallyLeft(&t.left, &t.asked, s.columns[sharedColumns:], l.tables[i][:], uint8(most[i]))
		}
	}
	t.sheet = number
	if left < reach(max(0, score)) {
		return impossible
	}
	return scoreOf(left)
}

// whereLosses is what the districts of a block lose at least.
func (q *workerQuery) whereLosses(s *postingSheet) *losses {
	if s.province == 0 {
		return &losses{}
	}
	return q.districtLosses(s.province)
}

// occupationLosses fills the table of a wish for the occupations of a block, and gives what the best of them earns.
func (q *workerQuery) occupationLosses(s *postingSheet, i int) (best int) {
	best = q.occupationMost(s.list, i)
	table, points, closeness := &q.losing.tables[i][columnDistrictOccupation-sharedColumns][1], &q.byClose[i], q.closeness[i]
	if len(s.occupations) == 1 {
		table[0] = 0
		return best
	}
	for class, occupation := range s.occupations {
		table[class%classCount] = uint8(lossUnit * (best - int(points[closeness[occupation]])))
	}
	return best
}

// narrow bounds a row by the very place, not only the district, and by what both sides come to when they are joined.
func (q *workerQuery) narrow(t *tallied, s *postingSheet, i int, of *brief, g ground) {
	left, untrusted := &t.left[i%tallyRows], int(of.untrusted)
	t.near |= 1 << i
	if g.has(groundOut) && q.relax == 0 {
		*left = 0
		return
	}
	district := lower(s.columns[columnDistrictOccupation][i%tallyRows])
	beyond := lossUnit*(q.m.weights.Place-g.most()) - int(q.whereLosses(s)[district])
	asked := q.losing.asked - int(t.asked[i%tallyRows])
	wish := int(*left) - 1 - asked - beyond
	*left = min(*left, reach(joined(wish, asked+lossUnit*untrusted, untrusted)))
}

// joined is total of two sides in units.
func joined(wish, asked, untrusted int) int {
	const most = 50 * lossUnit
	return max(0, int(twiceRoot[min(most, max(0, wish))*min(most, max(0, asked))])-untrusted)
}
