package matcher

import "math/bits"

// within gives the rows of a block that may score so much, and whose caps do not say that they cannot. It adds up as
// workerQuery.within does; mayReach joins.
func (q *postingQuery) within(number int32, score int) (rows uint64) {
	s, l, w := &q.m.index.workers.sheets[number], &q.losing, &q.m.weights
	rows = s.all()
	if caps := q.told.ofRows(number); caps != nil {
		if rows &= reaching(caps, uint8(score+1)); rows == 0 { // a cap is kept as 1 + itself
			return 0
		}
	}
	if rows &= q.certified(s); rows == 0 || !q.anySkilled(s) {
		return 0
	}
	place := w.Place
	if !l.plain || s.province == 0 { // no table tells it
		place = max(0, int(q.reach[s.group]))
	}
	l.wish = lossUnit * (occupationPoints(q.closenessFrom(s.occupation), s.whole, s.least, w) + place + w.Pay + w.Benefits + w.Shift + w.Conditions)
	budget := l.wish + l.asked - lossUnit*q.trusting(score)
	if budget < 0 {
		return 0
	}
	q.near(s.group).into(&l.tables)
	start := &l.start
	if l.told {
		tallyGains(&l.requirement, start, s.skills[:], l.skills[:])
		for untold := s.untold; untold != 0; untold &= untold - 1 {
			l.requirement[bits.TrailingZeros64(untold)] = 0
		}
		start = &l.requirement
		if l.short < lost {
			if rows &^= reaching(start, uint8(l.short)); rows == 0 {
				return 0
			}
		}
	}
	tallyGreatest(&l.requirement, start, s.asked[:], l.worked[:])
	return rows & tally(&l.out, &l.requirement, s.columns[:], l.tables[:], uint8(budget))
}

// trusting gives what must be earned for a score; none falls below nothing, whatever is taken off for doubts.
func (q *postingQuery) trusting(score int) int {
	if score <= 0 {
		return 0
	}
	return score + int(q.p.untrusted)
}

// anySkilled reports whether each of the required skills may be somebody's in a block, where that is insisted on.
func (q *postingQuery) anySkilled(s *wishSheet) bool {
	if !q.must.Has(SkillMissing) || q.m.weights.Unrecorded >= halfCovered {
		return true
	}
	for i := range q.coverers {
		if !q.coverers[i].meets(&s.held) {
			return false
		}
	}
	return true
}

// certified gives the rows of a block that may hold all certificates that are insisted on.
func (q *postingQuery) certified(s *wishSheet) (rows uint64) {
	needed := q.sieve.certs
	switch {
	case needed == 0:
		return ^uint64(0)
	case needed&^s.certificates != 0:
		return 0
	}
	for i, held := range q.m.index.workers.certificates[s.from : s.from+s.n] {
		if needed&^held == 0 {
			rows |= 1 << i
		}
	}
	return rows
}

// mayReach reports whether a row of the block in hand may score so much, by what its wish and what is asked of it are worth
// at most, in units.
func (q *postingQuery) mayReach(i, score int) bool {
	l := &q.losing
	gone := int(l.requirement[i%tallyRows])
	wish, asked := l.wish-(int(l.out[i%tallyRows])-gone), l.asked-gone
	score = q.trusting(score)
	return wish >= 0 && asked >= 0 && wish*asked >= score*score
}
