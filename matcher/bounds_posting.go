package matcher

// bound gives what no wish of a block can exceed for the posting. place is the most the homes of the block
// earn.
func (q *postingQuery) bound(b *workerBlock, place int) int {
	w := &q.m.weights
	if (b.static|q.p.static)&q.must != 0 || b.barred&q.p.bars != 0 && q.must.Has(LegalBar) {
		return impossible
	}
	if q.must.Has(CertificateMissing) && q.certsNeeded&^b.certificates != 0 {
		return impossible
	}
	if place == impossible && q.must.Has(TooFar) || q.must.Has(ExperienceShort) && b.monthsMost < int32(q.p.months) {
		return impossible
	}
	pay, below := payBound(b.floorLeast, q.payBest, w)
	if below && q.must.Has(PayBelowFloor) {
		return impossible
	}
	if b.floorLeast == 0 {
		pay = w.Pay // some of the block may have a floor that is met
	}
	requirement := q.requirementBound(b)
	if requirement == impossible {
		return impossible
	}
	wish := occupationPoints(q.closenessFrom(b.occupation), b.whole, b.least, w) + max(0, place) + pay +
		askedBound(b.wants, w.Benefits, w.BenefitsUnasked) +
		shiftBound(b.shifts&q.p.shift != 0, b.shiftUnstated || q.p.shift == 0, w) +
		askedBound(b.conditions, w.Conditions, w.ConditionsUnknown)
	return total(wish, requirement, int(q.p.untrusted))
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
		certificateBound(p.mustCerts.n > 0, p.mustCerts.n == 0, q.certsNeeded&b.certificates != 0, w) +
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

// homesBound is what the only workplace earns for the people of a block, by the communes they live in; list is what
// it earns for anybody of their list, which is all there is to say where communes do not tell.
func (q *postingQuery) homesBound(b *workerBlock, list int) int {
	s := &q.sieve
	if list == impossible || len(s.ways) != 1 || s.ways[0].to.kind != siteCommune || s.ways[0].to.province == 0 || b.communes.more || b.homes.wishes || b.homes.homeUnknown {
		return list
	}
	w, to, bound := &q.m.weights, &s.ways[0].to, 0
	for _, home := range b.communes.list[:b.communes.n] {
		points := w.PlaceFar
		switch km := s.ways[0].distances[home]; {
		case home == to.commune:
			points = w.Place
		case int(km) < len(s.kmPoints):
			points = int(s.kmPoints[km])
		case km == unknownKm:
			points = w.PlaceProvince
		}
		bound = max(bound, points)
	}
	if b.homes.listed&fold(to.province) != 0 {
		bound = max(bound, w.PlaceListed)
	}
	if b.homes.anywhere || b.homes.province != to.province {
		bound = max(bound, w.PlaceAnywhere)
	}
	return min(bound, list)
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
