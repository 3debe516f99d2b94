package matcher

import "math"

// way is how far a workplace is from every commune.
type way struct {
	to        site
	distances []uint16
}

// sieve is what a posting needs to bound gists fast.
type sieve struct {
	plain      bool    // every workplace is a commune or a province, or any would do
	ways       []way   // to each workplace
	kmPoints   []uint8 // what a distance earns, up to the last band
	at         []uint8 // by held skill: its place in covers, of which 0 covers nothing
	covers     [][heldKinds]uint64
	touched    []int32
	few        bool    // no more skills are asked for than fit eight bytes
	insists    bool    // on every required skill
	asked      uint64  // ones in the bytes of the required skills
	unrecorded uint64  // in each byte what nobody recorded covers
	mustPoints []uint8 // by the sum of what is covered of the required skills
	nicePoints []uint8 // of the welcome ones
	restMost   int     // what pay, benefits, shift and conditions earn at most
	papers     []paper
	vague      uint64          // those that somebody may have and not what is asked for
	of         [paperKinds]int // how many are asked for, of a kind; of the welcome ones, of skills and certificates
	skillsMost int             // what skills earn at most, and welcome certificates
	payLimit   uint32          // the greatest floor that is met, in thousands of đồng
	certs      uint64          // insisted on, folded
	counts     []uint8         // by practised: how many of a hundred months count
	experience []int8          // by months that count, up to the last that matters; refused where too few are
	education  [levels * levels]int8
	placed     placing // of the gist bounded last, where it is within reach as its gist tells
	inReach    bool
	told       bool // the gist bounded last tells all of the place
}

func (s *sieve) prepare(q *postingQuery) {
	w, p := &q.m.weights, q.p
	s.plain, s.ways = true, s.ways[:0]
	for _, at := range q.sites {
		s.plain = s.plain && (at.kind == siteOpen || at.kind == siteUnknown || at.province != 0)
		s.ways = append(s.ways, way{at, q.m.vocabulary.distances(at.commune)})
	}
	if s.kmPoints == nil {
		s.kmPoints = kmPoints(w)
	}
	s.prepareSkills(q)
	s.preparePapers(q)
	s.restMost = w.Pay + w.Benefits + w.Shift + w.Conditions
	s.payLimit = math.MaxUint32
	if p.payMax > 0 && q.must.Has(PayBelowFloor) {
		s.payLimit = uint32(min(p.payMax/floorUnit, math.MaxUint32))
	}
	s.certs = 0
	if q.must.Has(CertificateMissing) {
		s.certs = q.certsNeeded
	}
	s.prepareExperience(q)
	s.prepareEducation(q)
}

// paper is a certificate or a language that is asked for, as papers are folded.
type paper struct {
	bit  uint64
	kind paperKind
}

type paperKind uint8

const (
	mustCertificate paperKind = iota
	niceCertificate
	anyLanguage
	paperKinds
)

func (s *sieve) preparePapers(q *postingQuery) {
	p := q.p
	s.papers, s.of = s.papers[:0], [paperKinds]int{int(p.mustCerts.n), int(p.niceSkills.n + p.niceCerts.n), int(p.languages.n)}
	v := q.m.vocabulary
	crowded := len(v.certificates.words)+len(v.languages.words) > 64 // some are folded into one
	s.vague = 0
	for i, c := range q.certs {
		if crowded || c.level > 0 {
			s.vague |= fold(c.certificate)
		}
		kind := mustCertificate
		if i >= int(p.mustCerts.n) {
			kind = niceCertificate
		}
		s.papers = append(s.papers, paper{fold(c.certificate), kind})
	}
	for _, l := range q.langs {
		if crowded || l.level > 0 {
			s.vague |= foldLanguage(l.language)
		}
		s.papers = append(s.papers, paper{foldLanguage(l.language), anyLanguage})
	}
}

// papersAtMost gives how much of the papers asked for may be covered, in per cent of each, added up by kind.
func (s *sieve) papersAtMost(held uint64, w *Weights) (sums [paperKinds]int) {
	for _, asked := range s.papers {
		if asked.bit&held != 0 {
			sums[asked.kind] += 100
		} else {
			sums[asked.kind] += w.Unrecorded
		}
	}
	return sums
}

// refusedPoints stand in a table of points for what a condition does not let pass: no other points make up for it.
const refusedPoints = -128

func (s *sieve) prepareExperience(q *postingQuery) {
	w, asked := &q.m.weights, int(q.p.months)
	s.counts = append(s.counts[:0], 100)
	for _, closeness := range q.closeness {
		s.counts = append(s.counts, uint8(countedMonths(100, closeness, w)))
	}
	s.experience = s.experience[:0]
	for months := range max(asked, w.ExperienceShown) + 1 {
		points := int8(experiencePoints(months, asked, w))
		if months < asked && q.must.Has(ExperienceShort) {
			points = refusedPoints
		}
		s.experience = append(s.experience, points)
	}
}

func (s *sieve) prepareEducation(q *postingQuery) {
	w, p := &q.m.weights, q.p
	for key := range s.education {
		points, short := educationPoints(uint8(key/levels), uint8(key%levels), p.schooling, p.vocational, w)
		switch {
		case max(p.schooling, p.vocational) >= levels: // asks for more than a gist tells
			points = w.Education
		case short && q.must.Has(SchoolingShort):
			points = refusedPoints
		}
		s.education[key] = int8(points)
	}
}

// prepareSkills lays out, for every skill that covers something asked, how much of each asked skill it covers at
// each level: a byte for each that is asked, so that the best of several held skills is found for all at once.
func (s *sieve) prepareSkills(q *postingQuery) {
	w := &q.m.weights
	if n := len(q.m.vocabulary.skills.words); len(s.at) < n {
		s.at = append(s.at, make([]uint8, n-len(s.at))...)
	}
	for _, skill := range s.touched {
		s.at[skill] = 0
	}
	s.touched, s.covers = s.touched[:0], append(s.covers[:0], [heldKinds]uint64{})
	must, nice, certs := int(q.p.mustSkills.n), int(q.p.niceSkills.n), int(q.p.niceCerts.n)
	s.skillsMost = askedBound(must > 0, w.Skills, w.SkillsUnasked) + askedBound(nice+certs > 0, w.Nice, w.NiceUnasked)
	s.few = len(q.asked) <= 8 && len(q.covers) < math.MaxUint8
	if !s.few {
		return
	}
	s.insists, s.asked = q.must.Has(SkillMissing), uint64(1)<<(8*must)-1
	s.mustPoints, s.nicePoints = s.mustPoints[:0], s.nicePoints[:0]
	for sum := range 100*must + 1 {
		s.mustPoints = append(s.mustPoints, uint8(sharePoints(w.Skills, sum, must, w.SkillsUnasked)))
	}
	for sum := range 100*(nice+certs) + 1 {
		s.nicePoints = append(s.nicePoints, uint8(sharePoints(w.Nice, sum, nice+certs, w.NiceUnasked)))
	}
	s.unrecorded = 0
	for i := range q.asked {
		s.unrecorded |= uint64(w.Unrecorded) << (8 * i)
	}
	for i := range q.covers {
		c := &q.covers[i]
		if s.at[c.held] == 0 {
			s.at[c.held] = uint8(len(s.covers))
			s.covers, s.touched = append(s.covers, [heldKinds]uint64{}), append(s.touched, c.held)
		}
		kinds := &s.covers[s.at[c.held]]
		for kind := range kinds {
			held := heldSkill{level: uint8(kind >> 1), verified: kind&1 == 1, fresh: 100}
			kinds[kind] |= uint64(held.covers(c.percent, q.asked[c.asked].level, w)) << (8 * c.asked)
		}
	}
}

// skills gives what the required and the welcome skills earn of those told, certificates being so much of the welcome.
func (s *sieve) skills(g *gist, certificates int) int {
	if !s.few || g.count == tooMany {
		return s.skillsMost
	}
	best := s.unrecorded
	for _, key := range g.skills[:g.count] {
		best = eachMost(best, s.covers[s.at[key/heldKinds]][key%heldKinds])
	}
	if s.insists && eachMost(best, halves&s.asked) != best {
		return refusedPoints
	}
	return int(s.mustPoints[sumBytes(best&s.asked)]) + int(s.nicePoints[sumBytes(best&^s.asked)+certificates])
}

const (
	highs  = 0x8080808080808080
	halves = 0x0101010101010101 * halfCovered
)

// eachMost gives in each byte the greater of two, none above 127.
func eachMost(a, b uint64) uint64 {
	mask := (((a | highs) - b) & highs) >> 7 * 0xff // ones where a is not less
	return a&mask | b&^mask
}

// sumBytes adds up the eight bytes.
func sumBytes(x uint64) int {
	x = x&0x00ff00ff00ff00ff + x>>8&0x00ff00ff00ff00ff
	return int(x * 0x0001000100010001 >> 48)
}

// requirement gives what the requirement earns at most, less than nothing where a condition is sure to fail. It is asked
// of most rows that are looked at, so it is sums of what lies in tables.
func (s *sieve) requirement(g *gist, papers uint64, w *Weights) int {
	months := int(g.months) * int(s.counts[g.practised]) / 100
	sums := s.papersAtMost(papers, w)
	return sharePoints(w.Certificates, sums[mustCertificate], s.of[mustCertificate], w.CertsUnasked) +
		sharePoints(w.Language, sums[anyLanguage], s.of[anyLanguage], w.LanguageUnasked) +
		s.skills(g, sums[niceCertificate]) + int(s.education[g.education]) + int(s.experience[min(months, len(s.experience)-1)])
}

// bound gives what the i-th wish of a block cannot exceed, or impossible where a condition is sure to fail. For a plain gist
// and a plain posting it is what the wish scores, where s.told says that the gist tells of the place.
func (s *sieve) bound(q *postingQuery, number int32, i int) int {
	x := &q.m.index.workers
	h := &x.heads[number]
	at := h.from + int32(i)
	g := &x.gists[at]
	requirement := s.requirement(g, x.papers[at], &q.m.weights)
	if requirement < 0 || g.floor > s.payLimit || s.certs&^x.papers[at] != 0 {
		return impossible
	}
	w, p, province := &q.m.weights, q.p, x.groups[h.group].province
	s.inReach = false
	wants, needs, place := g.wants, g.needs, w.Place
	s.told = s.plain && (!g.elusive || province != 0 && !s.named(g))
	if s.told {
		points, near, out := s.place(g, province, w)
		if out && q.must.Has(TooFar) {
			return impossible
		}
		s.placed, s.inReach = placing{near: near, points: [2]uint8{uint8(points), uint8(points)}}, !out && !g.never
		if place = points; near && !g.never {
			wants, needs = wants&^q.m.vocabulary.away, needs&^q.m.vocabulary.away
		}
	}
	if s.plain && !s.told && province != 0 {
		points, out := s.placeAtMost(g, province, w)
		if out && q.must.Has(TooFar) {
			return impossible
		}
		place = points
	}
	var fails ConditionSet
	pay, below := payPoints(int64(g.floor)*floorUnit, p.payMin, p.payMax, w)
	shift, unwanted := shiftPoints(g.shifts, p.shift, q.m.vocabulary.night, w)
	benefits, unmet := w.Benefits, false
	if s.told && !g.never || (wants|needs)&q.m.vocabulary.away == 0 {
		benefits, unmet = benefitPoints(wants, needs, p.benefits, p.complete, w)
	}
	setFails(&fails, PayBelowFloor, below)
	setFails(&fails, ShiftUnwanted, unwanted)
	setFails(&fails, NeedNotMet, unmet)
	if fails&q.must != 0 {
		return impossible
	}
	wish := occupationPoints(q.closenessOf(number, i), g.whole, g.least, w) + place + pay + benefits + shift + conditionPoints(g.conditions, p.conditions, w)
	return total(min(wish, 50), requirement, int(p.untrusted))
}
