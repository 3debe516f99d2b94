package matcher

// tallied is a block whose columns have been looked up. Its rows are weighed in the order of what they may score, together with
// those of all other blocks: so the list fills with good ones first, and of most rows nothing is read but the columns.
type tallied struct {
	sheet int32
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

// lookUp looks up a block, and gives the most that any of its rows scores, or impossible where that is less than a score.
func (q *workerQuery) lookUp(t *tallied, number int32, score int) (bound int) {
	s, l := &q.m.index.postings.sheets[number], &q.losing
	var wish, budgets [2]int
	budget := -1
	for i := range int(q.w.count) {
		wish[i] = lossUnit*q.occupationLosses(s, i) + l.wish[i]
		if budgets[i] = wish[i] + l.asked - lossUnit*score; score <= 0 { // no score falls below nothing
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
	left, near := uint8(0), q.districtLosses(s.province)
	for i := range int(q.w.count) {
		if budgets[i] >= 0 {
			left = tallyLeft(&t.left, &t.asked, s.columns[sharedColumns:], l.tables[i][:], &s.places, near, uint8(wish[i]), uint8(l.asked))
		}
	}
	t.sheet = number
	if left < reach(max(0, score)) {
		return impossible
	}
	return scoreOf(left)
}

// occupationLosses fills the table of a wish for the occupations of a block, and gives what the best of them earns.
func (q *workerQuery) occupationLosses(s *postingSheet, i int) (best int) {
	best = q.occupationMost(s.list, i)
	table, points, closeness := &q.losing.tables[i][columnOccupation-sharedColumns][0], &q.byClose[i], q.closeness[i]
	if len(s.occupations) == 1 {
		table[0] = 0
		return best
	}
	for class, occupation := range s.occupations {
		table[class%classCount] = uint8(lossUnit * (best - int(points[closeness[occupation]])))
	}
	return best
}
