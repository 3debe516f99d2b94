package matcher

import "math"

// gist is what a posting reads of one wish before it looks at the worker: 40 bytes, in the order of the index,
// so that a block is read from memory straight through. It bounds the score of this one wish as the block
// bounds all of its wishes.
type gist struct {
	skills  uint64 // held, folded
	listed  uint64 // provinces, folded
	floor   uint32 // lowest pay in thousands of đồng, rounded down
	row     int32
	home    int32  // commune
	km      uint16 // of ReachKm
	months  uint16 // in whatever occupation, the most
	reach   Reach
	elusive bool  // where the person would go takes more than these to tell
	rest    uint8 // what benefits, shift and conditions earn at most
}

const floorUnit = 1000 // đồng

func (m *Market) gist(row int32, wish uint8) gist {
	w := &m.workers.rows[row]
	x, weights := &w.wishes[wish], &m.weights
	h := &m.workers.homings[w.homing]
	g := gist{
		row: row, floor: uint32(min(x.floor/floorUnit, math.MaxUint32)), home: h.home, reach: h.reach, km: uint16(h.km),
		elusive: h.province == 0 || len(h.wished[0])+len(h.wished[1]) > 0,
		rest: uint8(askedBound(x.benefits|w.needs != 0, weights.Benefits, weights.BenefitsUnasked) +
			askedBound(x.shifts != 0, weights.Shift, weights.ShiftUnknown) + askedBound(x.conditions != 0, weights.Conditions, weights.ConditionsUnknown)),
	}
	for _, p := range h.provinces {
		g.listed |= fold(p)
	}
	for _, s := range cut(m.workers.skills, w.skills) {
		g.skills |= fold(s.skill)
	}
	for _, s := range cut(m.workers.experience, w.experience) {
		g.months = max(g.months, uint16(s.months))
	}
	return g
}

// sieve is what a posting needs to bound gists fast.
type sieve struct {
	one        bool     // there is one workplace, a commune of a known province: near and km hold
	at         site     // that workplace
	distances  []uint16 // from it, by home commune
	kmPoints   []uint8  // what a distance earns, up to the last band
	coverers   []uint64 // by required skill: the held skills that cover some of it, folded
	bySkills   []uint8  // what the required skills earn at most when so many of them may be covered
	most       int      // what the rest of the requirement earns at most
	best       uint32   // the most it pays, in thousands of đồng rounded up; no limit when it does not say
	experience []uint8  // by months, up to the last that matters
}

func (s *sieve) prepare(q *postingQuery) {
	w, p := &q.m.weights, q.p
	s.one = len(q.sites) == 1 && q.sites[0].kind == siteCommune && q.sites[0].province != 0
	if s.one {
		s.at, s.distances = q.sites[0], q.m.vocabulary.distances(q.sites[0].commune)
	}
	if s.kmPoints == nil {
		for km := range w.PlaceBands[len(w.PlaceBands)-1].Km + 1 {
			s.kmPoints = append(s.kmPoints, uint8(acrossBorder(uint16(km), w)))
		}
	}
	s.coverers, s.bySkills = s.coverers[:0], s.bySkills[:0]
	n := int(p.mustSkills.n)
	for _, asked := range q.asked[:n] {
		bits := uint64(0)
		for _, held := range q.m.vocabulary.skillsCovering.of(asked.skill) {
			bits |= fold(held.to)
		}
		s.coverers = append(s.coverers, bits)
	}
	for met := range n + 1 {
		s.bySkills = append(s.bySkills, uint8(sharePoints(w.Skills, 100*met+w.Unrecorded*(n-met), n, w.SkillsUnasked)))
	}
	s.most = requirementMost(p, w) - askedBound(n > 0, w.Skills, w.SkillsUnasked) - w.Experience
	s.best = uint32(min(q.payBest/floorUnit+1, math.MaxUint32))
	s.experience = s.experience[:0]
	for months := range max(int(p.months), w.ExperienceShown) + 1 {
		s.experience = append(s.experience, uint8(experiencePoints(months, int(p.months), w)))
	}
}

// bound gives what one wish cannot exceed. wish is what its occupation earns at most, place what any home of
// its block does, province the block's.
func (s *sieve) bound(q *postingQuery, g *gist, wish, place int, province int32) int {
	w := &q.m.weights
	if s.one && !g.elusive {
		points, out := s.place(g, province, w)
		if out && q.must.Has(TooFar) {
			return impossible
		}
		place = points
	}
	pay := w.PayUnknown
	if g.floor > 0 {
		pay = w.Pay
		if s.best < g.floor {
			if q.must.Has(PayBelowFloor) {
				return impossible
			}
			pay = 0
		}
	}
	met := 0
	for _, bits := range s.coverers {
		if bits&g.skills != 0 {
			met++
		}
	}
	requirement := s.most + int(s.bySkills[met]) + int(s.experience[min(int(g.months), len(s.experience)-1)])
	return total(min(wish+place+pay+int(g.rest), 50), requirement, int(q.p.untrusted))
}

// place values the one workplace for somebody whose home, reach and provinces tell all, as homing.reaches and
// homing.sitePoints do.
func (s *sieve) place(g *gist, province int32, w *Weights) (points int, out bool) {
	km, same := s.distances[g.home], s.at.province == province
	listed := g.listed&fold(s.at.province) != 0
	switch g.reach {
	case ReachCommune:
		out = g.home != s.at.commune && (g.home != 0 || !same)
	case ReachKm:
		out = km > g.km && (km != unknownKm || !same)
	case ReachProvinces:
		out = !same && !listed
	case ReachCountry, ReachAbroad:
	default:
		out = !same
	}
	switch {
	case out:
		return 0, true
	case g.home == s.at.commune:
		return w.Place, false
	case int(km) < len(s.kmPoints):
		points = int(s.kmPoints[km])
	case same && km == unknownKm:
		points = w.PlaceProvince
	case same:
		points = w.PlaceFar
	}
	if listed {
		points = max(points, w.PlaceListed)
	}
	if !same {
		points = max(points, w.PlaceAnywhere)
	}
	return points, false
}
