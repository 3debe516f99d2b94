package matcher

// workerLosses is what a worker loses of the most there is with each class of the columns.
type workerLosses struct {
	skills    [(mustSlots + niceSlots) / 2][2]ways
	shared    [sharedColumns][2]losses
	tables    [2][postingColumns - sharedColumns][2]losses // by wish
	wish      [2]int                                       // what all that is wished but the occupation earns at most, in units
	list      [2]int                                       // and with the best of the occupations of the list turned to
	near      *placeLosses                                 // of the list turned to
	asked     int                                          // what all that is asked earns at most
	months    int                                          // for which the table is, -1 for none
	byKm      [lands][farKm + 1]uint8
	districts []districtLosses // by province, good where seen is now
}

// prepareLosses fills the tables but for months and places.
func (q *workerQuery) prepareLosses() {
	w, kinds, l := &q.m.weights, &q.m.index.postings.kinds, &q.losing
	l.months = -1
	l.asked = lossUnit*(w.Skills+w.Certificates+w.Nice+w.Experience+w.Education+w.Language) + roundedMost
	schooling := &l.shared[columnMonthsSchooling][1]
	*schooling = losses{} // here as below, a class that holds all others loses nothing
	for class, asked := range kinds.schooling.values {
		points, _ := educationPoints(q.w.schooling, q.w.vocational, asked.schooling, asked.vocational, w)
		schooling[class] = uint8(lossUnit * (w.Education - points))
	}
	q.askingLosses()
	for i := range int(q.w.count) {
		t, wish := &l.tables[i], &q.w.wishes[i]
		l.wish[i] = lossUnit * (w.Place + w.Pay + w.Benefits + w.Shift + askedBound(wish.conditions != 0, w.Conditions, w.ConditionsUnknown))
		q.payLosses(&t[columnPay-sharedColumns], wish.floor, kinds)
		benefits, shifts := &t[columnBenefitsShift-sharedColumns][0], &t[columnBenefitsShift-sharedColumns][1]
		*benefits, *shifts = losses{}, losses{}
		for class, given := range kinds.benefits.values {
			benefits[class] = q.benefitLoss(wish, given)
		}
		for class, shift := range kinds.shifts.values {
			points, _ := shiftPoints(wish.shifts, shift, q.m.vocabulary.night, w)
			shifts[class] = uint8(lossUnit * (w.Shift - points))
		}
	}
	q.skillLosses()
}

// askingLosses fills the tables of required certificates and languages. Of several the first is told; the others may be had.
func (q *workerQuery) askingLosses() {
	w, kinds := &q.m.weights, &q.m.index.postings.kinds
	certificates, languages := &q.losing.shared[columnCertsLanguages][0], &q.losing.shared[columnCertsLanguages][1]
	*certificates, *languages = losses{}, losses{}
	for class, asked := range kinds.certificates.values {
		percent, missing := 0, false
		if asked.n > 0 {
			percent, missing = q.certificate(validCertificate{asked.of, asked.level})
			percent += 100 * (int(asked.n) - 1)
		}
		certificates[class] = lossOf(w.Certificates, sharePoints(w.Certificates, percent, int(asked.n), w.CertsUnasked), missing && !q.relax.Has(CertificateMissing))
	}
	for class, asked := range kinds.languages.values {
		percent := 0
		if asked.n > 0 {
			held := q.language[asked.of]
			percent = languagePercent(held > 0, held-1, uint8(asked.level), w) + 100*(int(asked.n)-1)
		}
		languages[class] = lossOf(w.Language, sharePoints(w.Language, percent, int(asked.n), w.LanguageUnasked), false)
	}
}

// skillLosses fills the tables of skills: what is not covered loses its share.
func (q *workerQuery) skillLosses() {
	w, l := &q.m.weights, &q.losing
	for slot := range 2 {
		q.slotLosses(&l.skills[0][slot], w.Skills, slot, mustSlots)
	}
	for couple := 1; couple < mustSlots/2; couple++ {
		l.skills[couple] = l.skills[0]
	}
	nice := &l.skills[mustSlots/2]
	q.slotLosses(&nice[0], w.Nice, 0, niceSlots)
	nice[1] = nice[0]
}

// slotLoss is what one of so many slots loses when a skill is covered in per cent. What skills earn together is rounded to whole
// points, half a point up at most, and only where they are not covered wholly; so it is enough that their slots lose less than
// they would unrounded. Half of all slots lose the most units that are less than half of what is lost, and share them; of more
// than two skills one may have the greater share of an odd number.
func slotLoss(most, percent, slot, slots int) uint8 {
	half := max(0, lossUnit*most*(100-percent)-1) / 200
	if slots == 2 {
		return uint8(half)
	}
	return uint8((half + slot%2) / 2)
}

// slotLosses fills the tables of one of so many slots.
func (q *workerQuery) slotLosses(t *ways, most, slot, slots int) {
	loss := func(percent int) uint8 { return slotLoss(most, percent, slot, slots) }
	none := loss(q.m.weights.Unrecorded)
	for class := 1; class < classCount; class++ {
		t[0][class], t[1][class], t[2][class] = none, none, none
	}
	codes := q.m.index.postings.codes.skills
	for _, skill := range q.touched {
		if int(skill) >= len(codes) {
			continue
		}
		for level := range uint8(4) {
			less := loss(int(q.cover[skillAt(askedSkill{skill, level})]))
			t.each(codes[skill], 1+level, func(of uint8) uint8 { return min(of, less) })
		}
	}
}

func (q *workerQuery) payLosses(t *[2]losses, floor int64, kinds *postingClasses) {
	w := &q.m.weights
	most, least := &t[0], &t[1]
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

// monthLosses fills the table for so many months that count.
func (q *workerQuery) monthLosses(months int) {
	l, w := &q.losing, &q.m.weights
	if l.months == months {
		return
	}
	l.months = months
	kinds := &q.m.index.postings.kinds
	for class := range classCount {
		l.shared[columnMonthsSchooling][0][class] = uint8(lossUnit * (w.Experience - experiencePoints(months, int(kinds.months.least[class]), w)))
	}
}
