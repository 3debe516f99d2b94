package matcher

// bound gives what no wish of a block or list can exceed for the posting. place is the most the homes earn.
func (q *postingQuery) bound(b *workerBlock, place int) int {
	most := q.mostOf(b)
	return most.at(place)
}

// mostOf gives what no wish of a block or list can exceed for the posting, but for the place.
func (q *postingQuery) mostOf(b *workerBlock) (m mostWish) {
	w := &q.m.weights
	m.wish, m.untrusted, m.near = impossible, int(q.p.untrusted), q.must.Has(TooFar)
	if (b.static|q.p.static)&q.must != 0 || b.barred&q.p.bars != 0 && q.must.Has(LegalBar) {
		return m
	}
	if q.must.Has(CertificateMissing) && q.certsNeeded&^b.papers != 0 {
		return m
	}
	if q.must.Has(ExperienceShort) && b.monthsMost < int32(q.p.months) {
		return m
	}
	pay, below := payBound(b.floorLeast, q.payBest, w)
	if below && q.must.Has(PayBelowFloor) {
		return m
	}
	if b.floorLeast == 0 {
		pay = w.Pay // some of the block may have a floor that is met
	}
	if m.requirement = q.requirementBound(b); m.requirement == impossible {
		return m
	}
	m.wish = occupationPoints(q.closestOf(b), b.whole, b.least, w) + pay +
		askedBound(b.wants, w.Benefits, w.BenefitsUnasked) +
		shiftBound(b.shifts&q.p.shift != 0, b.shiftUnstated || q.p.shift == 0, w) +
		askedBound(b.conditions, w.Conditions, w.ConditionsUnknown)
	return m
}

// mostWish is what the wishes of a block or list can earn at most, without the place; impossible where none may pass.
type mostWish struct {
	wish, requirement, untrusted int
	near                         bool // being within reach is insisted on
}

// at is the score at most, the place earning so much at most.
func (m *mostWish) at(place int) int {
	if m.wish == impossible || place == impossible && m.near {
		return impossible
	}
	return total(m.with(place), m.requirement, m.untrusted)
}

// with is what a wish earns at most, the place earning so much.
func (m *mostWish) with(place int) int { return min(50, m.wish+max(0, place)) }

// partner gives the points that one side must be worth at least to make a score with the other.
func partner(side, score int) int {
	switch {
	case score <= 0:
		return 0
	case side <= 0:
		return 51 // more than there are
	}
	return (score*score + 4*side - 1) / (4 * side)
}

// requirementBound is impossible where a required skill that is insisted on is nobody's.
func (q *postingQuery) requirementBound(b *workerBlock) int {
	w, p := &q.m.weights, q.p
	skills := w.SkillsUnasked
	if n := int(p.mustSkills.n); n > 0 {
		sum := 0
		for i := range n {
			if q.coverers[i].meets(&b.skills) {
				sum += 100
				continue
			}
			if q.must.Has(SkillMissing) && w.Unrecorded < halfCovered {
				return impossible
			}
			sum += w.Unrecorded
		}
		skills = sharePoints(w.Skills, sum, n, 0)
	}
	return skills +
		certificateBound(p.mustCerts.n > 0, p.mustCerts.n == 0, q.certsNeeded&b.papers != 0, w) +
		askedBound(p.niceSkills.n+p.niceCerts.n > 0, w.Nice, w.NiceUnasked) +
		experiencePoints(int(b.monthsMost), int(p.months), w) +
		askedBound(p.schooling > 0 || p.vocational > 0, w.Education, w.EducationUnasked) +
		askedBound(len(q.langs) > 0, w.Language, w.LanguageUnasked)
}

// placeBound gives the most the posting's workplaces earn for anybody of a region, or impossible when they are
// out of everybody's reach.
func (q *postingQuery) placeBound(homes *region) int {
	w := &q.m.weights
	bound := impossible
	for i, s := range q.sites {
		bound = max(bound, homes.siteBound(s, q.nearest[i], w))
	}
	return bound
}

func (r *region) siteBound(s site, nearest []uint16, w *Weights) int {
	switch {
	case s.kind == siteUnknown:
		return w.PlaceUnknown
	case s.kind == siteOpen:
		return w.PlaceOpen
	case s.kind == siteCountry && !r.abroad:
		return impossible
	case s.kind == siteCountry, r.homeUnknown, s.province == 0, s.province == r.province, r.wishedOpen,
		r.wished&fold(s.province) != 0:
		return w.Place
	}
	km := uint16(unknownKm)
	if nearest != nil {
		km = nearest[r.province]
	}
	listed := r.listed&fold(s.province) != 0
	if !listed && !r.anywhere && int32(km) > r.kmMost {
		return impossible
	}
	bound := max(w.PlaceAnywhere, acrossBorder(km, w))
	if listed {
		bound = max(bound, w.PlaceListed)
	}
	return bound
}
