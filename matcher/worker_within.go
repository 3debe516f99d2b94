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

// turnTo turns to the blocks of a list.
func (q *workerQuery) turnTo(number int32) {
	l, list := &q.losing, &q.m.index.postings.lists[number]
	for i := range int(q.w.count) {
		best := q.occupationMost(number, i)
		q.occupationLosses(list, i, best)
		l.list[i] = lossUnit*best + l.wish[i]
	}
	q.monthLosses(q.monthsMost(number))
	l.near = q.districtLosses(list.province)
}

// lookUp looks up a block of the list turned to, and gives the most that any of its rows scores, or impossible where that is less
// than a score.
func (q *workerQuery) lookUp(t *tallied, number int32, score int) (bound int) {
	s, l := &q.m.index.postings.sheets[number], &q.losing
	var budgets [2]int
	budget := -1
	for i := range int(q.w.count) {
		if budgets[i] = l.list[i] + l.asked - lossUnit*score; score <= 0 { // no score falls below nothing
			budgets[i] = lost - 1
		}
		budget = max(budget, budgets[i])
	}
	if budget < 0 {
		return impossible
	}
	if tally(&t.asked, &t.asked, &s.start, s.skills[:], l.skills[:], s.columns[:sharedColumns], l.shared[:], uint8(budget)) == 0 {
		return impossible
	}
	left := uint8(0)
	for i := range int(q.w.count) {
		if budgets[i] >= 0 {
			left = tallyLeft(&t.left, &t.asked, s.columns[sharedColumns:], l.tables[i][:], &s.places, l.near, uint8(l.list[i]), uint8(l.asked))
		}
	}
	t.sheet = number
	if left < reach(max(0, score)) {
		return impossible
	}
	return scoreOf(left)
}

// occupationLosses fills the table of a wish for the occupations of a list, the best of which earns so much.
func (q *workerQuery) occupationLosses(list *postingList, i, best int) {
	table, points, closeness := &q.losing.tables[i][columnOccupation-sharedColumns][0], &q.byClose[i], q.closeness[i]
	if len(list.occupations) == 1 {
		table[0] = 0
		return
	}
	for class, occupation := range list.occupations {
		table[class%classCount] = uint8(lossUnit * (best - int(points[closeness[occupation]])))
	}
}
