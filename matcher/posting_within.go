package matcher

import "math/bits"

// within gives the rows of a block that may score so much, and whose caps do not say that they cannot. It adds up as
// workerQuery.lookUp does; twoSides are joined.
func (q *postingQuery) within(number int32, score int) (rows uint64) {
	x, l := &q.m.index.workers, &q.losing
	h := &x.heads[number]
	l.turn(q, h)
	l.wish = l.rest + lossUnit*occupationPoints(l.closeness, h.whole, h.least, &q.m.weights)
	need := lossUnit * q.trusting(score)
	budget := l.wish + l.asked - need
	if budget < 0 {
		return 0
	}
	rows = ^uint64(0) >> (tallyRows - h.n)
	if caps := q.told.ofRows(number); caps != nil {
		if rows &= reaching(caps, uint8(score+1)); rows == 0 { // a cap is kept as 1 + itself
			return 0
		}
	}
	s := &x.sheets[number]
	start := &l.start
	if l.told {
		start = &l.requirement
		if rows &= q.covering(number, s); rows == 0 {
			return 0
		}
	}
	from := columnFloorWants
	if l.shared != nil && l.closeness > 0 {
		from = columnKin
		q.kinLosses(h)
	}
	if rows &= tally(&l.out, &l.requirement, start, s.asked[:], l.worked[:], s.columns[from:], l.tables[from:], uint8(budget)); len(l.papers) > 0 {
		l.papered(s, rows)
	}
	return rows
}

// kinLosses fills the table of the occupations that share a block.
func (q *postingQuery) kinLosses(h *wishHead) {
	w, l := &q.m.weights, &q.losing
	most := occupationPoints(l.closeness, h.whole, h.least, w)
	for class, occupation := range l.shared {
		l.tables[columnKin][0][class] = lossOf(most, occupationPoints(q.closeness[occupation], h.whole, h.least, w), false)
	}
}

// turn turns to the region and the kin of a block.
func (l *postingLosses) turn(q *postingQuery, h *wishHead) {
	if l.group != h.group {
		l.group = h.group
		w, near, place := &q.m.weights, q.near(h.group), q.m.weights.Place
		if !near.told {
			place = max(0, int(q.reach[h.group]))
		}
		l.rest = lossUnit * (place + w.Pay + w.Benefits + w.Shift + w.Conditions)
		for step := range near.tables {
			l.tables[columnNear+step/2][step%2] = near.tables[step]
		}
		l.tables[columnNamedPapers][0] = near.named
	}
	if l.kin != h.kin {
		l.kin, l.closeness, l.shared = h.kin, q.closest[h.kin], q.m.index.workers.kins.shared(h.kin)
	}
}

// covering takes what skills gain from what is lost, and gives the rows that may have those that are insisted on. Untold
// ones may have everything.
func (q *postingQuery) covering(number int32, s *wishSheet) (rows uint64) {
	l, untold := &q.losing, q.m.index.workers.untold[number]
	q.turnTo(number / mapped)
	rows = ^uint64(0)
	lost := &l.start
	for i := range l.gains {
		if g := &l.gains[i]; l.sought[i].held>>(number%mapped)&1 != 0 {
			rows &= tallyCovered(&l.requirement, lost, s.skills[:], &g.by, g.least) | untold
			lost = &l.requirement
		}
	}
	if lost == &l.start {
		l.requirement = l.start
	}
	for ; untold != 0; untold &= untold - 1 {
		l.requirement[bits.TrailingZeros64(untold)] = 0
	}
	return rows
}

// trusting gives what must be earned for a score; none falls below nothing, whatever is taken off for doubts.
func (q *postingQuery) trusting(score int) int {
	if score <= 0 {
		return 0
	}
	return score + int(q.p.untrusted)
}

// papered counts what rows lose without certificates and languages as lost of what is asked.
func (l *postingLosses) papered(s *wishSheet, rows uint64) {
	for ; rows != 0; rows &= rows - 1 {
		i := bits.TrailingZeros64(rows)
		l.requirement[i%tallyRows] += l.tables[columnNamedPapers][1][upper(s.columns[columnNamedPapers][i%tallyRows])]
	}
}

// twoSides is what the wish of a row and what is asked of it are worth at most, in units.
type twoSides struct{ wish, asked int16 }

// worth gives that of a row of the block in hand. What is asked earns whole points.
func (l *postingLosses) worth(i int) twoSides {
	gone := int(l.requirement[i%tallyRows])
	return twoSides{int16(l.wish - (int(l.out[i%tallyRows]) - gone)), int16(l.asked-gone) / lossUnit * lossUnit}
}

// reach reports whether both sides joined may come to so much.
func (t twoSides) reach(score int) bool {
	return t.wish >= 0 && t.asked >= 0 && int(t.wish)*int(t.asked) >= score*score
}
