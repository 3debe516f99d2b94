package matcher

import "math"

// workerQuery is one worker prepared to meet many postings: what the worker covers is laid out by number, so
// that a posting's demands are looked up and not searched. It belongs to one goroutine and is used again.
type workerQuery struct {
	m         *Market
	w         *workerRow
	relax     ConditionSet
	plain     bool // quick can tell scores
	picky     bool // something is barred or was turned down
	settled   bool // the home is known, and nothing is ruled out or relaxed: see settledIn
	closeness [2][]uint8
	closest   [2][]uint8    // by wish and list
	byClose   [2][256]uint8 // by wish and closeness: what the occupation earns, for worth
	worth     [2]worth
	wishRest  [2]int // by wish: what pay, benefits, shift and conditions earn at most
	spells    []spell
	practice  [][]uint8 // closeness of each spell's occupation
	practised [][]uint8 // by list: how close the closest is to it
	sight     sight     // of the occupation turned to last
	cover     []uint8   // by skill and asked level, see skillAt
	touched   []int32   // skills whose cover is not what nobody recorded
	covered   signature // of touched
	valid     uint64    // the valid certificates, folded
	level     []uint32  // by certificate: 1 + level, 0 none
	language  []uint8   // by language: 1 + level, 0 none
	placings  []placing // by set of workplaces, good where seen is now
	seen      []uint32
	now       uint32 // which homing, with which conditions
	placedFor placedFor
	x         pair
	home      gist     // where the worker lives and would go
	province  int32    // of home
	distances []uint16 // from home
	kmPoints  []uint8
	earns     earnings
	losing    workerLosses
	shares    shareTable // of required skills
	welcomes  shareTable
	frontier  frontier
	tallied   []tallied
	least     int       // nothing below it is listed
	floors    []uint8   // by row: where it must reach more, nil for none
	most      int       // what any requirement earns at most
	reach     [2][]int8 // by wish and province: the most a place earns, for reachOf
	reachOf   placedFor
	reachable []int32  // provinces, for reachOf
	met       []uint32 // by row: the meeting of a posting that stands in several provinces
	meeting   uint32
	top       topK
}

func newWorkerQuery(m *Market) *workerQuery {
	q := &workerQuery{
		m:        m,
		cover:    make([]uint8, 4*len(m.vocabulary.skills.words)),
		level:    make([]uint32, len(m.vocabulary.certificates.words)),
		language: make([]uint8, len(m.vocabulary.languages.words)),
		placings: make([]placing, len(m.postings.siteSets)),
		seen:     make([]uint32, len(m.postings.siteSets)),
		met:      make([]uint32, m.index.postings.rows),
	}
	for i := range q.cover[4:] { // the first are those of no skill
		q.cover[4+i] = uint8(m.weights.Unrecorded)
	}
	for i := range q.reach {
		q.reach[i] = make([]int8, len(m.vocabulary.provinces.words))
	}
	q.kmPoints, q.earns = kmPoints(&m.weights), newEarnings(m)
	q.shares, q.welcomes = newShareTable(m.weights.Skills, m.weights.SkillsUnasked), newShareTable(m.weights.Nice, m.weights.NiceUnasked)
	q.losing.districts = make([]districtLosses, len(m.vocabulary.provinces.words))
	q.reachOf.homing, q.placedFor.homing = -1, -1
	q.worth = [2]worth{{whole: math.MaxUint8}, {whole: math.MaxUint8}} // none
	q.top.ids = m.postings.ids
	return q
}

// prepare lays out one worker; relax are the conditions not insisted on.
func (q *workerQuery) prepare(w *workerRow, relax ConditionSet) {
	q.clear()
	q.w, q.relax, q.x.w = w, relax, w
	q.plain, q.picky = relax == 0 && w.static == 0, w.notPostings.n+w.notFirms.n > 0
	q.covered, q.valid = signature{}, 0
	moved := q.settleIn()
	q.earns.forget()
	q.sight.of = -1
	q.meeting++
	v, weights := q.m.vocabulary, &q.m.weights
	for i := range int(w.count) {
		q.closeness[i] = v.closeness(w.wishes[i].occupation, weights)
		q.closest[i] = q.m.closest(w.wishes[i].occupation)
		q.prepareWish(i, &w.wishes[i])
	}
	for _, held := range cut(q.m.workers.skills, w.skills) {
		for _, s := range v.skillsCovered.of(held.skill) {
			q.raise(s, held)
		}
	}
	for _, c := range cut(q.m.workers.valid, w.valid) {
		q.level[c.certificate] = 1 + uint32(c.level)
		q.valid |= fold(c.certificate)
	}
	for _, l := range cut(q.m.workers.languages, w.languages) {
		q.language[l.language] = 1 + l.level
	}
	q.prepareLosses()
	h := &q.m.workers.homings[w.homing]
	q.home, q.province, q.distances = h.gist(), h.province, v.distances(h.home)
	q.settled = !q.home.never && q.province != 0 && q.home.home != 0 && relax == 0
	if moved {
		q.kmLosses()
	}
	q.spells = cut(q.m.workers.experience, w.experience)
	q.practice, q.practised = q.practice[:0], q.practised[:0]
	for _, s := range q.spells {
		q.practice = append(q.practice, v.closeness(s.occupation, weights))
		q.practised = append(q.practised, q.m.closest(s.occupation))
	}
}

// placedFor is what the worth of a place depends on.
type placedFor struct {
	homing int32
	relax  ConditionSet
}

// settleIn forgets what places are worth, unless the worker lives and would go like the one before.
func (q *workerQuery) settleIn() (moved bool) {
	if here := (placedFor{q.w.homing, q.relax}); here != q.placedFor {
		q.placedFor, moved = here, true
		q.now++
		clear(q.earns.grounds)
		clear(q.earns.communes)
	}
	if q.now == 0 { // the stamps have gone round
		clear(q.seen)
		clear(q.losing.districts)
		q.now = 1
	}
	return moved
}

// worth is what the occupation of a wish is worth, as wishRow has it.
type worth struct{ whole, least uint8 }

func (q *workerQuery) prepareWish(i int, wish *wishRow) {
	w := &q.m.weights
	if worth := (worth{wish.whole, wish.least}); worth != q.worth[i] {
		q.worth[i] = worth
		unstated := uint8(occupationPoints(noCloseness, wish.whole, wish.least, w))
		for closeness := range 101 {
			points := uint8(occupationPoints(uint8(closeness), wish.whole, wish.least, w))
			q.byClose[i][closeness], q.byClose[i][closeness+statedAndNot] = points, max(points, unstated)
		}
		q.byClose[i][noCloseness] = unstated
	}
	q.wishRest[i] = askedBound(wish.floor > 0, w.Pay, w.PayUnknown) + askedBound(wish.benefits|q.w.needs != 0, w.Benefits, w.BenefitsUnasked) +
		askedBound(wish.shifts != 0, w.Shift, w.ShiftUnknown) + askedBound(wish.conditions != 0, w.Conditions, w.ConditionsUnknown)
}

func (q *workerQuery) raise(s share, held heldSkill) {
	q.touched = append(q.touched, s.to)
	q.covered.add(s.to)
	for level := range uint8(4) {
		at := skillAt(askedSkill{s.to, level})
		q.cover[at] = max(q.cover[at], uint8(held.covers(s.percent, level, &q.m.weights)))
	}
}

func (q *workerQuery) clear() {
	for _, skill := range q.touched {
		for level := range uint8(4) {
			q.cover[skillAt(askedSkill{skill, level})] = uint8(q.m.weights.Unrecorded)
		}
	}
	q.touched = q.touched[:0]
	if q.w == nil {
		return
	}
	for _, c := range cut(q.m.workers.valid, q.w.valid) {
		q.level[c.certificate] = 0
	}
	for _, l := range cut(q.m.workers.languages, q.w.languages) {
		q.language[l.language] = 0
	}
}

// meet turns to one posting, all but what covers its demands.
func (q *workerQuery) meet(p *postingRow) *pair {
	x := &q.x
	x.p = p
	x.placing = q.placed(p.sites)
	for i := range int(q.w.count) {
		x.closeness[i] = q.closeness[i][p.occupation]
	}
	return x
}

// weigh values the worker against one posting.
func (q *workerQuery) weigh(p *postingRow) sides {
	x := q.meet(p)
	x.coverage = q.coverage(p)
	return q.m.weigh(x, mustFor(p, q.relax))
}

// placed is placing, without the reasons where a ground is known that is within reach.
func (q *workerQuery) placed(sites int32) placing {
	if int(sites) < len(q.m.index.postings.spots) {
		if g := q.ground(sites); !g.has(groundOut) {
			return placing{near: g.away() == 0, points: [2]uint8{uint8(g.points(0)), uint8(g.points(1))}}
		}
	}
	return *q.placing(sites)
}

func (q *workerQuery) placing(sites int32) *placing {
	if q.seen[sites] != q.now {
		q.seen[sites] = q.now
		q.placings[sites] = q.m.vocabulary.place(&q.m.workers.homings[q.w.homing], q.m.postings.siteSets[sites], &q.m.weights)
	}
	return &q.placings[sites]
}

func (q *workerQuery) coverage(p *postingRow) (c coverage) {
	t := &q.m.postings
	for _, asked := range cut(t.skills, p.mustSkills) {
		percent := int(q.cover[skillAt(asked)])
		c.skills += percent
		c.skillMissing = c.skillMissing || percent < halfCovered
	}
	for _, asked := range cut(t.skills, p.niceSkills) {
		c.nice += int(q.cover[skillAt(asked)])
	}
	for _, asked := range cut(t.certs, p.mustCerts) {
		percent, missing := q.certificate(asked)
		c.certificates += percent
		c.certMissing = c.certMissing || missing
	}
	for _, asked := range cut(t.certs, p.niceCerts) {
		percent, _ := q.certificate(asked)
		c.nice += percent
	}
	for _, asked := range cut(t.languages, p.languages) {
		held := q.language[asked.language]
		percent := languagePercent(held > 0, held-1, asked.level, &q.m.weights)
		c.languages += percent
		c.languageMissing = c.languageMissing || percent < halfCovered
	}
	for i, s := range q.spells {
		c.months = max(c.months, countedMonths(int(s.months), q.practice[i][p.occupation], &q.m.weights))
	}
	return c
}

func (q *workerQuery) certificate(asked validCertificate) (percent int, missing bool) {
	held := q.level[asked.certificate]
	return certificatePercent(held > 0, uint16(held-1), asked.level, &q.m.weights)
}
