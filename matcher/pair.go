package matcher

// The parts of a score, in the order they are shown.
const (
	partOccupation = iota
	partPlace
	partPay
	partBenefits
	partShift
	partConditions
	partSkills
	partCertificates
	partNice
	partExperience
	partEducation
	partLanguage
	partCount
)

// coverage is how far a worker meets what a posting asks: sums of percentages, one for each thing asked.
type coverage struct {
	skills, certificates, nice, languages      int
	months                                     int
	skillMissing, certMissing, languageMissing bool
}

// pair is everything ranking needs to know of one worker and one posting.
type pair struct {
	w         *workerRow
	p         *postingRow
	placing   placing
	closeness [2]uint8 // of each wish to the posting's occupation
	coverage  coverage
}

// sides is the outcome of weighing a pair, in points.
type sides struct {
	wish        [partSkills]uint8
	requirement [partCount - partSkills]uint8
	chosen      uint8 // which wish
	fails       ConditionSet
}

func (s *sides) wishSum() (sum int) {
	for _, points := range s.wish {
		sum += int(points)
	}
	return sum
}

func (s *sides) requirementSum() (sum int) {
	for _, points := range s.requirement {
		sum += int(points)
	}
	return sum
}

// weigh values both sides of a pair and finds every hard condition it fails.
func (m *Market) weigh(x *pair, must ConditionSet) (out sides) {
	m.wishSide(x, must, &out)
	m.requirementSide(x, &out)
	m.otherFails(x, &out)
	out.fails &= must
	return out
}

// wishSide values what the worker wants. The wish that counts is the one that earns most among those whose
// pay and shift are met where they are insisted on (among all when none is), the first of equals.
func (m *Market) wishSide(x *pair, must ConditionSet, out *sides) {
	best, eligible := -1, false
	for i := range int(x.w.count) {
		parts, fails := m.wishParts(x, i)
		ok := fails&must&SetOf(PayBelowFloor, ShiftUnwanted) == 0
		sum := 0
		for _, points := range parts {
			sum += int(points)
		}
		if best < 0 || ok && !eligible || ok == eligible && sum > best {
			best, eligible = sum, ok
			out.wish, out.chosen, out.fails = parts, uint8(i), fails
		}
	}
}

// promising reports whether a pair may still pass and reach the floor once the requirement is known, which is
// the dear half. It fills in the wish's side.
func (m *Market) promising(x *pair, must ConditionSet, floor int, out *sides) bool {
	if x.placing.outOf(must) || (x.w.static|x.p.static)&must != 0 || x.w.barred&x.p.bars != 0 {
		return false
	}
	m.wishSide(x, must, out)
	return out.fails&must == 0 && total(out.wishSum(), int(x.p.most), int(x.p.untrusted)) >= floor
}

// settle adds the requirement's side to a promising pair, and gives its score if it passes.
func (m *Market) settle(x *pair, must ConditionSet, out *sides) (score int, passes bool) {
	m.requirementSide(x, out)
	m.otherFails(x, out)
	return out.score(x.p), out.fails&must == 0
}

func setFails(set *ConditionSet, c Condition, fails bool) {
	if fails {
		*set |= 1 << c
	} else {
		*set &^= 1 << c
	}
}

func (m *Market) wishParts(x *pair, i int) (parts [partSkills]uint8, fails ConditionSet) {
	w, wish := &m.weights, &x.w.wishes[i]
	wants, needs := wish.benefits, x.w.needs
	if x.placing.near {
		wants, needs = wants&^m.vocabulary.away, needs&^m.vocabulary.away
	}
	pay, below := payPoints(wish.floor, x.p.payMin, x.p.payMax, w)
	benefits, unmet := benefitPoints(wants, needs, x.p.benefits, x.p.complete, w)
	shift, unwanted := shiftPoints(wish.shifts, x.p.shift, m.vocabulary.night, w)
	setFails(&fails, PayBelowFloor, below)
	setFails(&fails, NeedNotMet, unmet)
	setFails(&fails, ShiftUnwanted, unwanted)
	return [partSkills]uint8{
		partOccupation: uint8(occupationPoints(x.closeness[i], wish.whole, wish.least, w)),
		partPlace:      x.placing.points[i],
		partPay:        uint8(pay),
		partBenefits:   uint8(benefits),
		partShift:      uint8(shift),
		partConditions: uint8(conditionPoints(wish.conditions, x.p.conditions, w)),
	}, fails
}

// requirementSide values what the posting asks.
func (m *Market) requirementSide(x *pair, out *sides) {
	w, p, c := &m.weights, x.p, &x.coverage
	education, short := educationPoints(x.w.schooling, x.w.vocational, p.schooling, p.vocational, w)
	setFails(&out.fails, SchoolingShort, short)
	out.requirement = [partCount - partSkills]uint8{ // skills first
		0:                             uint8(sharePoints(w.Skills, c.skills, int(p.mustSkills.n), w.SkillsUnasked)),
		partCertificates - partSkills: uint8(sharePoints(w.Certificates, c.certificates, int(p.mustCerts.n), w.CertsUnasked)),
		partNice - partSkills:         uint8(sharePoints(w.Nice, c.nice, int(p.niceSkills.n+p.niceCerts.n), w.NiceUnasked)),
		partExperience - partSkills:   uint8(experiencePoints(c.months, int(p.months), w)),
		partEducation - partSkills:    uint8(education),
		partLanguage - partSkills:     uint8(sharePoints(w.Language, c.languages, int(p.languages.n), w.LanguageUnasked)),
	}
}

// requirementMost is what the requirement can earn at most, whoever comes: what is not asked earns its
// neutral share and no more.
func requirementMost(p *postingRow, w *Weights) int {
	return askedBound(p.mustSkills.n > 0, w.Skills, w.SkillsUnasked) + askedBound(p.mustCerts.n > 0, w.Certificates, w.CertsUnasked) +
		askedBound(p.niceSkills.n+p.niceCerts.n > 0, w.Nice, w.NiceUnasked) + w.Experience +
		askedBound(p.schooling > 0 || p.vocational > 0, w.Education, w.EducationUnasked) +
		askedBound(p.languages.n > 0, w.Language, w.LanguageUnasked)
}

// otherFails adds the hard conditions that no part speaks of.
func (m *Market) otherFails(x *pair, out *sides) {
	out.fails |= x.w.static | x.p.static
	setFails(&out.fails, LegalBar, x.w.barred&x.p.bars != 0)
	setFails(&out.fails, CertificateMissing, x.coverage.certMissing)
	setFails(&out.fails, PlaceNever, x.placing.never)
	setFails(&out.fails, TooFar, x.placing.far)
	setFails(&out.fails, ExperienceShort, x.p.months > 0 && x.coverage.months < int(x.p.months))
	setFails(&out.fails, SkillMissing, x.coverage.skillMissing)
	setFails(&out.fails, LanguageMissing, x.coverage.languageMissing)
	setFails(&out.fails, RefusedPosting, x.w.notPostings.n > 0 && refused(cut(m.workers.notPostings, x.w.notPostings), x.p.key) >= 0)
	setFails(&out.fails, RefusedEmployer, x.w.notFirms.n > 0 && x.p.firm != 0 && refused(cut(m.workers.notFirms, x.w.notFirms), x.p.firm) >= 0)
}

// refused gives the reason's number when the key is among the refusals, else -1.
func refused(list []refusal, key uint64) int32 {
	for _, r := range list {
		if r.key == key {
			return r.reason
		}
	}
	return -1
}

// score gives the points of a weighed pair.
func (s *sides) score(p *postingRow) int {
	return total(s.wishSum(), s.requirementSum(), int(p.untrusted))
}

// mustFor gives the conditions that hold for a posting once some are relaxed.
func mustFor(p *postingRow, relax ConditionSet) ConditionSet {
	return p.must &^ (relax &^ unbendable)
}

// meet works a pair out from both rows alone. It is the plain reading of the model: explanations use it, and
// the two queries, which prepare one side, must agree with it.
func (m *Market) meet(w *workerRow, p *postingRow) pair {
	v := m.vocabulary
	x := pair{w: w, p: p, placing: v.place(&m.workers.homings[w.homing], m.postings.siteSets[p.sites], &m.weights)}
	for i := range int(w.count) {
		x.closeness[i] = v.closeness(w.wishes[i].occupation, &m.weights)[p.occupation]
	}
	c := &x.coverage
	for _, asked := range cut(m.postings.skills, p.mustSkills) {
		percent, _ := m.skillCover(w, asked)
		c.skills += percent
		c.skillMissing = c.skillMissing || percent < halfCovered
	}
	for _, asked := range cut(m.postings.skills, p.niceSkills) {
		percent, _ := m.skillCover(w, asked)
		c.nice += percent
	}
	for _, asked := range cut(m.postings.certs, p.mustCerts) {
		percent, missing := m.certificateCover(w, asked)
		c.certificates += percent
		c.certMissing = c.certMissing || missing
	}
	for _, asked := range cut(m.postings.certs, p.niceCerts) {
		percent, _ := m.certificateCover(w, asked)
		c.nice += percent
	}
	for _, asked := range cut(m.postings.languages, p.languages) {
		percent := m.languageCover(w, asked)
		c.languages += percent
		c.languageMissing = c.languageMissing || percent < halfCovered
	}
	for _, s := range cut(m.workers.experience, w.experience) {
		closeness := v.closeness(s.occupation, &m.weights)[p.occupation]
		c.months = max(c.months, countedMonths(int(s.months), closeness, &m.weights))
	}
	return x
}

// skillCover gives how much of an asked skill the worker covers, and by which held skill (0 none recorded); of
// equals the one whose id comes first.
func (m *Market) skillCover(w *workerRow, asked askedSkill) (percent int, by int32) {
	percent = m.weights.Unrecorded
	for _, held := range cut(m.workers.skills, w.skills) {
		for _, s := range m.vocabulary.skillsCovered.of(held.skill) {
			if s.to != asked.skill {
				continue
			}
			cover := held.covers(s.percent, asked.level, &m.weights)
			if cover > percent || cover == percent && by != 0 && m.vocabulary.skills.words[held.skill] < m.vocabulary.skills.words[by] {
				percent, by = cover, held.skill
			}
		}
	}
	return percent, by
}

func (m *Market) certificateCover(w *workerRow, asked validCertificate) (percent int, missing bool) {
	for _, held := range cut(m.workers.valid, w.valid) {
		if held.certificate == asked.certificate {
			return certificatePercent(true, held.level, asked.level, &m.weights)
		}
	}
	return certificatePercent(false, 0, asked.level, &m.weights)
}

func (m *Market) languageCover(w *workerRow, asked heldLanguage) int {
	for _, held := range cut(m.workers.languages, w.languages) {
		if held.language == asked.language {
			return languagePercent(true, held.level, asked.level, &m.weights)
		}
	}
	return languagePercent(false, 0, asked.level, &m.weights)
}
