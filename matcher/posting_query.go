package matcher

import (
	"math"
	"math/bits"
)

// postingQuery is one posting prepared to meet many workers: every held skill that covers something asked
// points at it. It belongs to one goroutine and is used again.
type postingQuery struct {
	m         *Market
	p         *postingRow
	must      ConditionSet
	plain     bool         // a plain gist may tell all that its wish scores
	asked     []askedSkill // must, then nice
	covers    []cover      // chained by held skill
	first     []int32      // by held skill: 1 + where its chain begins, 0 none
	best      []uint8      // by asked skill
	certs     []validCertificate
	langs     []heldLanguage
	closeness []uint8   // by occupation: how close to it somebody from there is
	closest   []uint8   // by kin of wishes: how close the closest of its occupations is
	placings  []placing // by homing, good where seen is now
	seen      []uint32
	now       uint32
	x         pair
	frontier  frontier
	least     int     // nothing below it is listed
	floors    []uint8 // by row: where it must reach more, nil for none
	reach     []int8  // by region: the most the place earns
	top       topK
	waiting   []waitingRow
	told      *told // what the workers' lists tell, nil for nothing
	row       int32 // of the posting, where told needs it

	// What bounds need.
	coverers    []signature // by asked skill: the held skills that cover some of it
	certsNeeded uint64      // required, folded
	payBest     int64
	sites       []site
	sieve       sieve
	losing      postingLosses
	nearest     [][]uint16 // by workplace: the kilometres to each province, nil where not known
}

// cover is one link of a held skill's chain: it covers percent of an asked skill.
type cover struct {
	held    int32
	next    int32 // 1 + the next link, 0 none
	asked   uint16
	percent uint8
}

func newPostingQuery(m *Market) *postingQuery {
	return &postingQuery{
		m:      m,
		losing: postingLosses{kms: make([]districtKms, len(m.vocabulary.provinces.words))},
		first:  make([]int32, len(m.vocabulary.skills.words)),
		top:    topK{ids: m.workers.ids},
	}
}

// prepare lays out one posting; relax are the conditions not insisted on.
func (q *postingQuery) prepare(p *postingRow, relax ConditionSet) {
	for _, c := range q.covers {
		q.first[c.held] = 0
	}
	q.p, q.x.p, q.must = p, p, mustFor(p, relax)
	q.now++
	if q.now == 0 { // the stamps have gone round
		clear(q.seen)
		clear(q.losing.kms)
		clear(q.losing.near)
		q.now = 1
	}
	t := &q.m.postings
	q.asked = append(append(q.asked[:0], cut(t.skills, p.mustSkills)...), cut(t.skills, p.niceSkills)...)
	q.covers = q.covers[:0]
	for i, asked := range q.asked {
		for _, s := range q.m.vocabulary.skillsCovering.of(asked.skill) {
			q.covers = append(q.covers, cover{s.to, q.first[s.to], uint16(i), s.percent})
			q.first[s.to] = int32(len(q.covers))
		}
	}
	if cap(q.best) < len(q.asked) {
		q.best = make([]uint8, len(q.asked))
	}
	q.best = q.best[:len(q.asked)]
	q.certs = append(append(q.certs[:0], cut(t.certs, p.mustCerts)...), cut(t.certs, p.niceCerts)...)
	q.langs = cut(t.languages, p.languages)
	q.prepareCloseness()
	q.prepareBounds()
}

func (q *postingQuery) prepareCloseness() {
	v, k := q.m.vocabulary, &q.m.index.workers.kins
	q.closeness = q.closeness[:0]
	for occupation := range v.occupations.words {
		q.closeness = append(q.closeness, v.closeness(int32(occupation), &q.m.weights)[q.p.occupation])
	}
	q.closest = append(q.closest[:0], q.closeness[:k.occupations]...)
	for _, shared := range k.branches {
		closest := uint8(0)
		for _, occupation := range shared {
			closest = max(closest, q.closeness[occupation])
		}
		q.closest = append(q.closest, closest)
	}
}

// closestOf gives how close the closest occupation of a list is.
func (q *postingQuery) closestOf(b *workerBlock) uint8 {
	shared, closest := q.m.index.workers.kins.shared(b.kin), q.closest[b.kin]
	if shared == nil || closest == 0 {
		return closest
	}
	closest = 0
	for classes := b.classes; classes != 0; classes &= classes - 1 {
		closest = max(closest, q.closeness[shared[bits.TrailingZeros16(classes)]])
	}
	return closest
}

// closenessOf gives how close the occupation of one wish of a block is.
func (q *postingQuery) closenessOf(number int32, i int) uint8 {
	x := &q.m.index.workers
	kin := x.heads[number].kin
	if shared := x.kins.shared(kin); shared != nil {
		return q.closeness[shared[lower(x.sheets[number].columns[columnKin][i%tallyRows])]]
	}
	return q.closest[kin]
}

func (q *postingQuery) prepareBounds() {
	v, p := q.m.vocabulary, q.p
	q.coverers = q.coverers[:0]
	for _, asked := range q.asked {
		var s signature
		for _, held := range v.skillsCovering.of(asked.skill) {
			s.add(held.to)
		}
		q.coverers = append(q.coverers, s)
	}
	q.certsNeeded = 0
	for _, c := range q.certs[:p.mustCerts.n] {
		q.certsNeeded |= fold(c.certificate)
	}
	q.payBest = p.payMax
	if p.payMax == 0 { // nothing said, or "from"
		q.payBest = math.MaxInt64
	}
	q.sites = q.m.postings.siteSets[p.sites]
	q.nearest = q.nearest[:0]
	for _, s := range q.sites {
		var row []uint16
		if s.kind == siteCommune {
			row = v.nearest(s.commune)
		}
		q.nearest = append(q.nearest, row)
	}
	q.sieve.prepare(q)
	q.plain = q.sieve.plain && q.sieve.few && p.static&q.must == 0 && (p.languages.n == 0 || !q.must.Has(LanguageMissing)) && max(p.schooling, p.vocational) < levels
	q.prepareLosses()
}

// meet turns to one worker, for whom the place is worth so much, all but what the worker covers.
func (q *postingQuery) meet(w *workerRow, place *placing) *pair {
	x := &q.x
	x.w, x.placing = w, *place
	for i := range int(w.count) {
		x.closeness[i] = q.closeness[w.wishes[i].occupation]
	}
	return x
}

// weigh values the posting against one worker.
func (q *postingQuery) weigh(w *workerRow) sides {
	x := q.meet(w, q.placing(w.homing))
	x.coverage = q.coverage(w)
	return q.m.weigh(x, q.must)
}

// placing is place, kept for those who live and would go alike: it is for who weighs most workers.
func (q *postingQuery) placing(homing int32) *placing {
	if n := len(q.m.workers.homings) - len(q.placings); n > 0 {
		q.placings, q.seen = append(q.placings, make([]placing, n)...), append(q.seen, make([]uint32, n)...)
	}
	if q.seen[homing] != q.now {
		q.seen[homing] = q.now
		q.placings[homing] = q.place(&q.m.workers.homings[homing])
	}
	return &q.placings[homing]
}

// place is vocabulary.place, from the workplaces' end.
func (q *postingQuery) place(h *homing) placing {
	out := newPlacer()
	for i := range q.sieve.ways {
		way := &q.sieve.ways[i]
		out.add(h, way.to, i, way.distances[h.home], &q.m.weights)
	}
	return out.settle()
}

func (q *postingQuery) coverage(w *workerRow) (c coverage) {
	q.coverSkills(w, &c)
	weights := &q.m.weights
	valid := cut(q.m.workers.valid, w.valid)
	for i, asked := range q.certs {
		percent, missing := certificateIn(valid, asked, weights)
		if i >= int(q.p.mustCerts.n) {
			c.nice += percent
			continue
		}
		c.certificates += percent
		c.certMissing = c.certMissing || missing
	}
	for _, asked := range q.langs {
		percent := q.m.languageCover(w, asked)
		c.languages += percent
		c.languageMissing = c.languageMissing || percent < halfCovered
	}
	for _, s := range cut(q.m.workers.experience, w.experience) {
		c.months = max(c.months, countedMonths(int(s.months), q.closeness[s.occupation], weights))
	}
	return c
}

func (q *postingQuery) coverSkills(w *workerRow, c *coverage) {
	if len(q.asked) == 0 {
		return
	}
	for i := range q.best {
		q.best[i] = uint8(q.m.weights.Unrecorded)
	}
	for _, held := range cut(q.m.workers.skills, w.skills) {
		for at := q.first[held.skill]; at > 0; at = q.covers[at-1].next {
			link := &q.covers[at-1]
			percent := held.covers(link.percent, q.asked[link.asked].level, &q.m.weights)
			q.best[link.asked] = max(q.best[link.asked], uint8(percent))
		}
	}
	for i, percent := range q.best {
		if i >= int(q.p.mustSkills.n) {
			c.nice += int(percent)
			continue
		}
		c.skills += int(percent)
		c.skillMissing = c.skillMissing || percent < halfCovered
	}
}

func certificateIn(valid []validCertificate, asked validCertificate, w *Weights) (percent int, missing bool) {
	for _, held := range valid {
		if held.certificate == asked.certificate {
			return certificatePercent(true, held.level, asked.level, w)
		}
	}
	return certificatePercent(false, 0, asked.level, w)
}
