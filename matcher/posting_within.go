package matcher

import "math/bits"

// within gives the rows of a block that may score so much, and whose caps do not say that they cannot. It adds up as
// workerQuery.within does; mayReach joins.
func (q *postingQuery) within(number int32, score int) (rows uint64) {
	s, l, w := &q.m.index.workers.sheets[number], &q.losing, &q.m.weights
	rows = s.rows
	if caps := q.told.ofRows(number); caps != nil {
		if rows &= reaching(caps, uint8(score+1)); rows == 0 { // a cap is kept as 1 + itself
			return 0
		}
	}
	if q.sieve.certs&^s.papers != 0 {
		return 0
	}
	l.turn(q, s)
	l.wish = l.rest + lossUnit*occupationPoints(l.closeness, s.whole, s.least, w)
	need := lossUnit * q.trusting(score)
	budget := l.wish + l.asked - need
	if budget < 0 || !reaches(l.wish, l.asked-q.uncovered(s)-q.paperless(s), need) {
		return 0
	}
	l.requirement = l.start
	if rows &= q.covering(s); rows == 0 {
		return 0
	}
	tallyGreatest(&l.requirement, &l.requirement, s.asked[:], l.worked[:])
	if rows &= tally(&l.out, &l.requirement, s.columns[:], l.tables[:], uint8(budget)); rows == 0 || len(l.papers) == 0 {
		return rows
	}
	return q.papered(s, rows, budget)
}

// turn turns to the region and the occupation of a block.
func (l *postingLosses) turn(q *postingQuery, s *wishSheet) {
	if l.group != s.group {
		l.group = s.group
		w, place := &q.m.weights, q.m.weights.Place
		if !l.plain || s.province == 0 { // no table tells it
			place = max(0, int(q.reach[s.group]))
		}
		l.rest = lossUnit * (place + w.Pay + w.Benefits + w.Shift + w.Conditions)
		near := q.near(s.group)
		for step := range near.tables {
			l.tables[columnNear+step/2][step%2] = near.tables[step]
		}
	}
	if l.occupation != s.occupation {
		l.occupation, l.closeness = s.occupation, q.closenessFrom(s.occupation)
	}
}

// uncovered is what everybody in a block loses of the asked skills, by the skills that anybody holds.
func (q *postingQuery) uncovered(s *wishSheet) int {
	if !q.losing.told || s.untold != 0 {
		return 0
	}
	loss := int(q.losing.start[0])
	for i := range q.losing.gains {
		if q.coverers[i].meets(&s.held) {
			loss -= int(q.losing.gains[i].most)
		}
	}
	return max(0, loss)
}

// covering takes what skills gain from what is lost, and gives the rows that may have those that are insisted on.
func (q *postingQuery) covering(s *wishSheet) (rows uint64) {
	l := &q.losing
	rows = s.rows
	if !l.told {
		return rows
	}
	var covered column
	for i := range l.gains {
		g := &l.gains[i]
		if !q.coverers[i].meets(&s.held) {
			if g.least > 0 {
				rows &= s.untold
			}
			continue
		}
		tallyCovered(&covered, &l.requirement, s.skills[:], &g.by)
		if g.least > 0 {
			rows &= reaching(&covered, g.least) | s.untold
		}
	}
	for untold := s.untold; untold != 0; untold &= untold - 1 {
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

// paperless is what everybody in a block loses without certificates and languages that nobody has there.
func (q *postingQuery) paperless(s *wishSheet) (loss int) {
	for i, asked := range q.sieve.papers {
		if asked.bit&s.papers == 0 {
			loss += int(q.losing.papers[i])
		}
	}
	return loss
}

// papered adds what rows lose without certificates and languages to what is lost, and gives those that are left.
func (q *postingQuery) papered(s *wishSheet, rows uint64, budget int) (left uint64) {
	l := &q.losing
	for ; rows != 0; rows &= rows - 1 {
		i := bits.TrailingZeros64(rows)
		held := q.m.index.workers.papers[s.from+int32(i)]
		loss := 0
		for k, asked := range q.sieve.papers {
			if asked.bit&held == 0 {
				loss += int(l.papers[k])
			}
		}
		if q.sieve.certs&^held != 0 || int(l.out[i])+loss > budget {
			continue
		}
		l.requirement[i], l.out[i] = l.requirement[i]+uint8(loss), l.out[i]+uint8(loss)
		left |= 1 << i
	}
	return left
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
