package matcher

// workerLosses is what a worker loses of the most there is with each class of the columns, by wish.
type workerLosses struct {
	tables    [2][postingColumns]losses
	skills    [skillSlots][skillHashes]losses
	most      [2]int // what all but the occupation earns at most, in units
	months    int    // for which the tables are, -1 for none
	byKm      [lands][farKm + 1]uint8
	districts []districtLosses // by province, good where seen is now

	// Of the block in hand.
	out     [2]column // by wish: what is lost but for the place
	budget  [2]int    // by wish
	columns *[postingColumns]column
	place   *losses // by district
}

// prepareLosses fills the tables but for months and places.
func (q *workerQuery) prepareLosses() {
	w, kinds, l := &q.m.weights, &q.m.index.postings.kinds, &q.losing
	l.months = -1
	rest := w.Place + w.Pay + w.Benefits + w.Shift + w.Skills + w.Certificates + w.Nice + w.Experience + w.Education + w.Language
	var schooling losses
	for class, asked := range kinds.schooling.values {
		points, _ := educationPoints(q.w.schooling, q.w.vocational, asked.schooling, asked.vocational, w)
		schooling[class] = uint8(lossUnit * (w.Education - points))
	}
	for i := range int(q.w.count) {
		t, wish := &l.tables[i], &q.w.wishes[i]
		l.most[i] = lossUnit*(rest+askedBound(wish.conditions != 0, w.Conditions, w.ConditionsUnknown)) + lossUnit/2
		t[columnSchooling] = schooling
		q.payLosses(t, wish.floor, kinds)
		t[columnBenefits], t[columnShift] = losses{}, losses{} // a class that holds all others loses nothing
		for class, given := range kinds.benefits.values {
			t[columnBenefits][class] = q.benefitLoss(wish, given)
		}
		for class, shift := range kinds.shifts.values {
			points, _ := shiftPoints(wish.shifts, shift, q.m.vocabulary.night, w)
			t[columnShift][class] = uint8(lossUnit * (w.Shift - points))
		}
	}
	q.skillLosses()
}

// skillLosses fills the tables of required skills: what is not covered loses its share.
func (q *workerQuery) skillLosses() {
	w, l := &q.m.weights, &q.losing
	loss := func(percent, of int) uint8 { return uint8(lossUnit * w.Skills * (100 - percent) / (100 * of)) }
	for _, of := range [...]int{1, 2, 4} {
		first, _ := slotsFor(of)
		var tables [skillHashes]losses
		for hash := range tables {
			for class := 1; class < classCount; class++ {
				tables[hash][class] = loss(w.Unrecorded, of)
			}
		}
		for _, skill := range q.touched {
			for level := range uint8(4) {
				asked := askedSkill{skill, level}
				less := loss(int(q.cover[skillAt(asked)]), of)
				for hash, class := range skillClasses(asked) {
					tables[hash][class] = min(tables[hash][class], less)
				}
			}
		}
		for slot := first; slot < first+of; slot++ {
			l.skills[slot] = tables
		}
	}
}

func (q *workerQuery) payLosses(t *[postingColumns]losses, floor int64, kinds *postingClasses) {
	w := &q.m.weights
	most, least := &t[columnPayMost], &t[columnPayLeast]
	*most, *least = losses{}, losses{}
	if floor == 0 {
		for class := range most {
			most[class] = uint8(lossUnit * (w.Pay - w.PayUnknown))
		}
		return
	}
	least[0] = uint8(lossUnit * (w.Pay - max(w.PayUpTo, w.PayUnknown)))
	for class := 1; class < classCount; class++ {
		if kinds.payMost.most[class] < floor && q.relax == 0 {
			most[class] = lost
		}
		if kinds.payLeast.most[class] < floor {
			least[class] = uint8(lossUnit * (w.Pay - max(w.Pay-1, w.PayFromBelow, w.PayPartly, w.PayUpTo)))
		}
	}
}

// benefitLoss is the least that is lost, near home or away from it.
func (q *workerQuery) benefitLoss(wish *wishRow, given provision) uint8 {
	w, away := &q.m.weights, q.m.vocabulary.away
	points, unmet := benefitPoints(wish.benefits, q.w.needs, given.benefits, given.complete, w)
	if (wish.benefits|q.w.needs)&away != 0 {
		near, unmetNear := benefitPoints(wish.benefits&^away, q.w.needs&^away, given.benefits, given.complete, w)
		points, unmet = max(points, near), unmet && unmetNear
	}
	if unmet && q.relax == 0 {
		return lost
	}
	return uint8(lossUnit * (w.Benefits - points))
}

// monthLosses fills the tables for so many months that count.
func (q *workerQuery) monthLosses(months int) {
	l, w := &q.losing, &q.m.weights
	if l.months == months {
		return
	}
	l.months = months
	kinds := &q.m.index.postings.kinds
	for class := range classCount {
		loss := uint8(lossUnit * (w.Experience - experiencePoints(months, int(kinds.months.least[class]), w)))
		l.tables[0][columnMonths][class], l.tables[1][columnMonths][class] = loss, loss
	}
}
