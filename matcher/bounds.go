package matcher

// A bound is what no row of a list or block can exceed. Each is the same sum as the score with every part at the most
// that what is known of it allows; a bound that is too high only costs time, one that is too low would
// lose a row. The property tests hold every bound against every pair behind it.

// nearest gives, for a commune, the whole kilometres to the nearest commune of every province, unknownKm
// where none is known.
func (v *vocabulary) nearest(commune int32) []uint16 {
	if row := v.nearestRows[commune].Load(); row != nil {
		return *row
	}
	row := make([]uint16, len(v.provinces.words))
	for i := range row {
		row[i] = unknownKm
	}
	distances := v.distances(commune)
	for to := 1; to < len(v.province); to++ {
		p := v.province[to]
		row[p] = min(row[p], distances[to])
	}
	v.nearestRows[commune].Store(&row)
	return row
}

// acrossBorder gives the most a workplace in another province earns by its distance alone.
func acrossBorder(km uint16, w *Weights) int {
	for _, band := range w.PlaceBands {
		if int(km) <= band.Km {
			return band.Points
		}
	}
	return 0
}

// kmPoints gives, for each distance up to the last band, what it earns.
func kmPoints(w *Weights) (points []uint8) {
	for km := range w.PlaceBands[len(w.PlaceBands)-1].Km + 1 {
		points = append(points, uint8(acrossBorder(uint16(km), w)))
	}
	return points
}

// placeBounds gives, by province, the most any workplace there earns for a worker's wish, or impossible where
// none is within reach. Province 0 stands for workplaces in no single known province.
func (q *workerQuery) placeBounds(bounds []int8, h *homing, wish int) {
	w, v := &q.m.weights, q.m.vocabulary
	most := int8(w.Place)
	for province := range bounds {
		bounds[province] = impossible
	}
	bounds[0] = most
	if h.province == 0 {
		for province := range bounds {
			bounds[province] = most
		}
		return
	}
	nearest := v.nearest(h.home)
	for province := 1; province < len(bounds); province++ {
		if h.reachesInto(int32(province), nearest[province]) {
			bounds[province] = int8(max(w.PlaceAnywhere, acrossBorder(nearest[province], w)))
		}
	}
	raise := func(province int32, points int8) {
		if bounds[province] != impossible {
			bounds[province] = max(bounds[province], points)
		}
	}
	for _, p := range h.provinces {
		raise(p, int8(w.PlaceListed))
	}
	for _, s := range h.wished[wish] {
		if s.kind == siteOpen {
			for province := range bounds {
				raise(int32(province), most)
			}
		}
		raise(s.province, most)
	}
	bounds[h.province] = most
}

// reachesInto reports whether some workplace in another province may be within reach.
func (h *homing) reachesInto(province int32, nearest uint16) bool {
	here := site{kind: siteProvince, province: province}
	if h.reaches(here, unknownKm) || h.reach == ReachKm && int32(nearest) <= h.km {
		return true
	}
	for _, wished := range h.wished {
		for _, s := range wished {
			if s.province == province {
				return true
			}
		}
	}
	return false
}

// skillBound gives the most the required skills of a block can earn.
func skillBound(asked, unasked, meets bool, w *Weights) int {
	bound := 0
	if unasked {
		bound = w.SkillsUnasked
	}
	if asked && meets {
		bound = w.Skills
	}
	if asked {
		bound = max(bound, part(w.Skills, w.Unrecorded, 100))
	}
	return bound
}

func certificateBound(asked, unasked, meets bool, w *Weights) int {
	bound := 0
	if unasked {
		bound = w.CertsUnasked
	}
	if asked && meets {
		bound = w.Certificates
	}
	if asked {
		bound = max(bound, part(w.Certificates, w.Unrecorded, 100))
	}
	return bound
}

func askedBound(asked bool, most, unasked int) int {
	if asked {
		return most
	}
	return unasked
}

// shiftBound gives the most a shift earns.
func shiftBound(meets, unstated bool, w *Weights) int {
	switch {
	case meets:
		return w.Shift
	case unstated:
		return w.ShiftUnknown
	}
	return 0
}

// payBound gives the most an offer earns, and whether none can meet the floor.
func payBound(floor, best int64, w *Weights) (points int, below bool) {
	switch {
	case floor == 0:
		return w.PayUnknown, false
	case best < floor:
		return 0, true
	}
	return w.Pay, false
}

// bound gives what no posting of a list can exceed for the worker, or impossible where none may pass. place is the most its
// workplaces earn for each wish.
func (q *workerQuery) bound(number int32, place [2]int8) int {
	b := &q.m.index.postings.lists[number]
	must := b.must &^ (q.relax &^ unbendable)
	if (b.static|q.w.static)&must != 0 || must.Has(CertificateMissing) && !b.certsUnasked && b.certificates&q.valid == 0 {
		return impossible
	}
	wish := impossible
	for i := range int(q.w.count) {
		if place[i] == impossible && must.Has(TooFar) {
			continue
		}
		if rest := q.wishBound(b, i, must); rest != impossible {
			wish = max(wish, rest+q.occupationMost(number, i)+max(0, int(place[i])))
		}
	}
	if wish == impossible {
		return impossible
	}
	return total(min(wish, 50), q.requirementBound(b, q.monthsMost(number)), int(b.untrusted))
}

// wishBound is what a list earns at most for a wish, but for the occupation and the place.
func (q *workerQuery) wishBound(b *postingList, i int, must ConditionSet) int {
	w, wish := &q.m.weights, &q.w.wishes[i]
	pay, below := payBound(wish.floor, b.payBest, w)
	if below && must.Has(PayBelowFloor) {
		return impossible
	}
	return pay +
		askedBound(wish.benefits|q.w.needs != 0, w.Benefits, w.BenefitsUnasked) +
		shiftBound(wish.shifts&b.shifts != 0, wish.shifts == 0 || b.shiftUnstated, w) +
		askedBound(wish.conditions != 0, w.Conditions, w.ConditionsUnknown)
}

// occupationMost is what the best of the occupations of a list earns for a wish.
func (q *workerQuery) occupationMost(list int32, i int) int {
	return int(q.byClose[i][q.closest[i][list]])
}

func (q *workerQuery) requirementBound(b *postingList, months int) int {
	w := &q.m.weights
	experience := 0
	if b.monthsUnasked {
		experience = experiencePoints(months, 0, w)
	}
	if b.leastMonths < noMonths {
		experience = max(experience, experiencePoints(months, int(b.leastMonths), w))
	}
	return skillBound(b.skillsAsked, b.skillsUnasked, b.skills.meets(&q.covered), w) +
		certificateBound(b.certsAsked, b.certsUnasked, b.certificates&q.valid != 0, w) +
		askedBound(b.niceAsked, w.Nice, w.NiceUnasked) + experience +
		askedBound(b.educationAsked, w.Education, w.EducationUnasked) +
		askedBound(b.languageAsked, w.Language, w.LanguageUnasked)
}

// monthsMost gives the most of the worker's months that count for one of the occupations of a list.
func (q *workerQuery) monthsMost(list int32) (most int) {
	for i, s := range q.spells {
		closest, w := q.practised[i][list], &q.m.weights
		if closest != noCloseness && closest >= statedAndNot {
			most = max(most, countedMonths(int(s.months), noCloseness, w))
			closest -= statedAndNot
		}
		most = max(most, countedMonths(int(s.months), closest, w))
	}
	return most
}
