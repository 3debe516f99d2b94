package matcher

// postingLosses is what a posting loses of the most there is with each class of the columns.
type postingLosses struct {
	tables [wishColumns][2]losses
	worked [1][2]ways
	start  column        // what is lost at least where no skill is covered
	told   bool          // gains tell of skills
	gains  []gain        // by asked skill
	spare  int           // what is lost, or less than nothing, where all that is asked of skills is covered
	papers []uint8       // by paper asked for: what is lost without it
	asked  int           // what all that is asked earns at most, in units
	plain  bool          // every workplace is a commune of a known province, to be within reach of
	near   []nearness    // by region, good where seen is now
	alike  [3]int32      // a region that is as far off as farOff says, −1 for none yet
	kms    []districtKms // by province, good where seen is now

	// Of the region and the kin in hand, −1 for none.
	group, kin int32
	rest       int     // what a wish earns at most but for the occupation, in units
	closeness  uint8   // of the closest occupation
	shared     []int32 // the occupations by class, where they share lists

	// Of the map in hand, −1 for none.
	number int32
	sought []sought // what gains tell of, then papers
	fit    uint64   // the blocks where somebody has each thing that is insisted on

	// Of the block in hand.
	requirement column // what is lost of what is asked
	out         column // what is lost of all
	wish        int    // what a wish earns at most, in units
}

// prepareLosses fills the tables but for places.
func (q *postingQuery) prepareLosses() {
	w, p, l, x := &q.m.weights, q.p, &q.losing, &q.m.index.workers
	kinds := &x.kinds
	l.group, l.kin, l.number, l.alike = -1, -1, -1, [3]int32{-1, -1, -1}
	l.tables = [wishColumns][2]losses{} // a class that holds all others loses nothing
	floors, wants := &l.tables[columnFloorWants][0], &l.tables[columnFloorWants][1]
	shifts, conditions := &l.tables[columnShiftsConditions][0], &l.tables[columnShiftsConditions][1]
	for class := range classCount {
		points, below := payPoints(kinds.floors.least[class]*floorUnit, p.payMin, p.payMax, w)
		floors[class] = lossOf(w.Pay, points, below && q.must.Has(PayBelowFloor))
	}
	for class, x := range kinds.wants.values {
		wants[class] = q.wantLoss(x)
	}
	for class, wished := range kinds.shifts.values {
		points, unwanted := shiftPoints(wished, p.shift, q.m.vocabulary.night, w)
		shifts[class] = lossOf(w.Shift, points, unwanted && q.must.Has(ShiftUnwanted))
	}
	for class, wished := range kinds.conditions.values {
		conditions[class] = lossOf(w.Conditions, conditionPoints(wished, p.conditions, w), false)
	}
	q.workedLosses()
	q.educationLosses()
	l.asked = lossUnit * (w.Experience + askedBound(p.schooling > 0 || p.vocational > 0, w.Education, w.EducationUnasked))
	q.paperLosses()
	q.skillGains()
	l.plain = len(q.sites) <= 2 && q.must.Has(TooFar)
	for _, s := range q.sites {
		l.plain = l.plain && s.kind == siteCommune && s.province != 0
	}
}

// lossOf gives what is lost of the most where so many points are earned, or that it cannot pass.
func lossOf(most, points int, refused bool) uint8 {
	if refused {
		return lost
	}
	return uint8(lossUnit * (most - points))
}

// wantLoss is the least that is lost, near home or away from it.
func (q *postingQuery) wantLoss(x wanted) uint8 {
	w, p, away := &q.m.weights, q.p, q.m.vocabulary.away
	points, unmet := benefitPoints(x.benefits, x.needs, p.benefits, p.complete, w)
	if (x.benefits|x.needs)&away != 0 {
		near, unmetNear := benefitPoints(x.benefits&^away, x.needs&^away, p.benefits, p.complete, w)
		points, unmet = max(points, near), unmet && unmetNear
	}
	return lossOf(w.Benefits, points, unmet && q.must.Has(NeedNotMet))
}

// educationLosses fills the tables of schooling and of qualification: where both are asked for, the lesser counts.
func (q *postingQuery) educationLosses() {
	w, p, insists, of := &q.m.weights, q.p, q.must.Has(SchoolingShort), &q.losing.worked[0][1]
	*of = ways{}
	for level := range classCount - 1 { // the last class holds all above
		if p.schooling > 0 {
			points, short := levelPoints(uint8(level), p.schooling, w)
			of[0][level] = lossOf(w.Education, points, short && insists)
		}
		if p.vocational > 0 {
			points, short := levelPoints(uint8(level), p.vocational, w)
			of[1][level] = lossOf(w.Education, points, short && insists)
		}
	}
}

// paperLosses fills what is lost without each certificate and language that is asked for.
func (q *postingQuery) paperLosses() {
	w, l, p := &q.m.weights, &q.losing, q.p
	l.papers = l.papers[:0]
	l.asked += lossUnit * (askedBound(p.mustCerts.n > 0, w.Certificates, w.CertsUnasked) + askedBound(p.languages.n > 0, w.Language, w.LanguageUnasked))
	most := [paperKinds]int{w.Certificates, w.Nice, w.Language}
	for _, asked := range q.sieve.papers {
		l.papers = append(l.papers, paperLoss(most[asked.kind], q.sieve.of[asked.kind], w))
	}
	for class, held := range q.m.index.workers.kinds.papers.values {
		l.tables[columnNamedPapers][1][class] = q.withoutPapers(held)
	}
}

// withoutPapers is what somebody loses who has these papers only.
func (q *postingQuery) withoutPapers(held uint64) (loss uint8) {
	if q.sieve.certs&^held != 0 {
		return lost
	}
	for i, asked := range q.sieve.papers {
		if asked.bit&held == 0 {
			loss += q.losing.papers[i]
		}
	}
	return loss
}

// paperLoss is what is lost at least with each paper somebody lacks of so many of a kind, however the points are rounded.
func paperLoss(most, of int, w *Weights) uint8 {
	loss := lossUnit * most * (100 - w.Unrecorded) / (100 * of)
	for lacking := 1; lacking <= of; lacking++ {
		points := sharePoints(most, 100*(of-lacking)+w.Unrecorded*lacking, of, 0)
		loss = min(loss, lossUnit*(most-points)/lacking)
	}
	return uint8(loss)
}

// gain is what an asked skill earns more where somebody covers it.
type gain struct {
	by    ways
	most  uint8
	least uint8 // what somebody gains at least who has it, where it is insisted on
}

// skillGains fills what each of the asked skills gains.
func (q *postingQuery) skillGains() {
	w, l := &q.m.weights, &q.losing
	must, nice := int(q.p.mustSkills.n), int(q.p.niceSkills.n)
	l.start, l.told, l.gains, l.spare = column{}, q.sieve.few && must+nice > 0, l.gains[:0], 0
	l.asked += lossUnit * (askedBound(must > 0, w.Skills, w.SkillsUnasked) + askedBound(nice+int(q.p.niceCerts.n) > 0, w.Nice, w.NiceUnasked))
	if !l.told {
		return
	}
	of := nice + int(q.p.niceCerts.n)
	start := 0 // a unit less of either part than what is lost, for points are rounded up by half a point at most
	if must > 0 {
		start += max(0, lossUnit*w.Skills*(100-w.Unrecorded)/100-1)
	}
	if nice > 0 {
		start += max(0, lossUnit*w.Nice*(100-w.Unrecorded)*nice/(100*of)-1)
	}
	for i := range l.start {
		l.start[i] = uint8(start)
	}
	l.spare = start
	for i := range must + nice {
		if i < must {
			l.gains = append(l.gains, q.gain(i, w.Skills, must, q.must.Has(SkillMissing)))
		} else {
			l.gains = append(l.gains, q.gain(i, w.Nice, of, false))
		}
		l.spare -= int(l.gains[i].most)
	}
}

// gain works out one asked skill of so many that earn so much together.
func (q *postingQuery) gain(i, most, of int, insisted bool) (g gain) {
	w, codes := &q.m.weights, q.m.index.workers.codes.skills
	units := func(percent int) uint8 {
		return uint8((lossUnit*most*max(0, percent-w.Unrecorded) + 100*of - 1) / (100 * of))
	}
	if insisted {
		g.least = units(halfCovered)
	}
	for at, skill := range q.sieve.touched {
		if int(skill) >= len(codes) {
			continue
		}
		for kind, covers := range q.sieve.covers[at+1] {
			more := units(int(covers >> (8 * i) & 0xff))
			g.most = max(g.most, more)
			g.by.each(codes[skill], 1+uint8(kind), func(of uint8) uint8 { return max(of, more) })
			g.by[2][severalKinds] = g.most
		}
	}
	return g
}

// workedLosses fills the tables of months, which may all count, and of where they were worked, as many as can be.
func (q *postingQuery) workedLosses() {
	w, s, kinds, codes, t := &q.m.weights, &q.sieve, &q.m.index.workers.kinds, q.m.index.workers.codes.occupations, &q.losing.worked[0][0]
	loss := func(months int) uint8 {
		points := int(s.experience[min(months, len(s.experience)-1)])
		return lossOf(w.Experience, max(0, points), points < 0)
	}
	none := loss(0)
	for class := range classCount {
		t[0][class], t[1][class], t[2][class] = none, none, loss(int(kinds.worked.most[class]))
	}
	t[0][0], t[1][0] = 0, 0
	for practised, counts := range s.counts {
		if practised == 0 || counts == 0 || practised > len(codes) {
			continue
		}
		less, code := loss(1200*int(counts)/100), codes[practised-1]
		t[0][upper(code)], t[1][lower(code)] = min(t[0][upper(code)], less), min(t[1][lower(code)], less)
	}
}
