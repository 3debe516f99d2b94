package matcher

// quick reports whether a pair may score so much, by what is cheap to look up: first the occupation, the required
// skills and the best place of its block, then its own place.
func (q *workerQuery) quick(g *glance, occupation int32, places [2]int8, score int) bool {
	requirement := int(g.most)
	if n := int(g.skills.n); n > 0 {
		sum := 0
		for _, asked := range cut(q.m.postings.skills, g.skills) {
			sum += int(q.cover[asked.skill][asked.level])
		}
		requirement += q.shares.points(n, sum) - q.m.weights.Skills
	}
	score += int(g.untrusted)
	if !reaches(q.wishMost(occupation, places), requirement, score) {
		return false
	}
	points := q.placing(g.sites).points
	return reaches(q.wishMost(occupation, [2]int8{int8(points[0]), int8(points[1])}), requirement, score)
}

// wishMost is what the better wish earns at most for an occupation, with what the place earns for each.
func (q *workerQuery) wishMost(occupation int32, place [2]int8) int {
	most := 0
	for i := range int(q.w.count) {
		most = max(most, int(q.byClose[i][q.closeness[i][occupation]])+max(0, int(place[i]))+q.wishRest[i])
	}
	return most
}

// shareTable keeps what required skills earn, by how many are asked for and the sum of what is covered of them.
type shareTable [9][]uint8

func newShareTable(w *Weights) (t shareTable) {
	for n := range t {
		for sum := range 100*n + 1 {
			t[n] = append(t[n], uint8(sharePoints(w.Skills, sum, n, w.SkillsUnasked)))
		}
	}
	return t
}

// points never gives less than sharePoints does.
func (t *shareTable) points(n, sum int) int {
	if n < len(t) {
		return int(t[n][sum])
	}
	return int(t[1][100])
}

// closer bounds one pair by all but certificates, languages and what is welcome.
func (q *workerQuery) closer(p *postingRow) int {
	w, placing, must := &q.m.weights, q.placing(p.sites), mustFor(p, q.relax)
	if placing.outOf(must) {
		return impossible
	}
	wish := impossible
	for i := range int(q.w.count) {
		wants := &q.w.wishes[i]
		benefits, needs := wants.benefits, q.w.needs
		if placing.near {
			benefits, needs = benefits&^q.m.vocabulary.away, needs&^q.m.vocabulary.away
		}
		pay, below := payPoints(wants.floor, p.payMin, p.payMax, w)
		given, unmet := benefitPoints(benefits, needs, p.benefits, p.complete, w)
		shift, unwanted := shiftPoints(wants.shifts, p.shift, q.m.vocabulary.night, w)
		if below && must.Has(PayBelowFloor) || unmet && must.Has(NeedNotMet) || unwanted && must.Has(ShiftUnwanted) {
			continue
		}
		wish = max(wish, int(q.byClose[i][q.closeness[i][p.occupation]])+int(placing.points[i])+pay+given+shift+conditionPoints(wants.conditions, p.conditions, w))
	}
	if wish == impossible {
		return impossible
	}
	education, short := educationPoints(q.w.schooling, q.w.vocational, p.schooling, p.vocational, w)
	months := q.months(p.occupation)
	sum, missing := 0, false
	for _, asked := range cut(q.m.postings.skills, p.mustSkills) {
		percent := int(q.cover[asked.skill][asked.level])
		sum += percent
		missing = missing || percent < halfCovered
	}
	if short && must.Has(SchoolingShort) || months < int(p.months) && must.Has(ExperienceShort) || missing && must.Has(SkillMissing) {
		return impossible
	}
	requirement := q.shares.points(int(p.mustSkills.n), sum) + education + experiencePoints(months, int(p.months), w) +
		askedBound(p.mustCerts.n > 0, w.Certificates, w.CertsUnasked) + askedBound(p.niceSkills.n+p.niceCerts.n > 0, w.Nice, w.NiceUnasked) +
		askedBound(p.languages.n > 0, w.Language, w.LanguageUnasked)
	return total(wish, requirement, int(p.untrusted))
}
