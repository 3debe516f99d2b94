package matcher

import "math"

// postingIndex is the lists of postings. Rows from the number rows on came later and are in no block.
type postingIndex struct {
	rows    int32
	blocks  []postingBlock
	lists   []postingBlock // from and to are blocks
	begin   []int32        // by occupation: its first list
	within  []int32        // by list: the province it is no use to be out of reach of, or anywhere
	hashes  []uint64       // by row
	glances []glance       // by row
	seconds []second       // by row
	classes classes
	spots   []spot // by set of workplaces
}

func newPostingIndex(m *Market) (x postingIndex) {
	rows := m.postings.rows
	x.rows = int32(len(rows))
	x.hashes = make([]uint64, len(rows))
	for i := range rows {
		x.hashes[i] = rows[i].hash
	}
	x.glances, x.seconds, x.classes = m.newGlances()
	x.spots = m.spots()
	for from := 0; from < len(rows); {
		to := runEnd(from, len(rows), blockSize, func(i int) bool { return m.samePostingList(from, i) && rows[i].asksSkills() == rows[from].asksSkills() })
		x.blocks = append(x.blocks, m.postingBlock(int32(from), int32(to)))
		from = to
	}
	for from := 0; from < len(x.blocks); {
		first := x.blocks[from].from
		to := runEnd(from, len(x.blocks), len(x.blocks), func(i int) bool { return m.samePostingList(int(first), int(x.blocks[i].from)) })
		list := x.blocks[from]
		for i := from + 1; i < to; i++ {
			list.merge(&x.blocks[i])
		}
		list.from, list.to = int32(from), int32(to)
		x.lists = append(x.lists, list)
		from = to
	}
	x.begin = byOccupation(x.lists, len(m.vocabulary.occupations.words), func(b *postingBlock) int32 { return b.occupation })
	for i := range x.lists {
		x.within = append(x.within, anywhere)
		if x.lists[i].must.Has(TooFar) {
			x.within[i] = x.lists[i].province
		}
	}
	return x
}

// anywhere stands for the province of a list of which some insist on no reach.
const anywhere = -1

// asksSkills tells apart what lies in blocks of its own: who asks for nothing never earns the whole, and who asks earns
// little where nothing is met.
func (p *postingRow) asksSkills() bool { return p.mustSkills.n > 0 }

func (m *Market) provinceOf(sites int32) int32 { return oneProvince(m.postings.siteSets[sites]) }

func (m *Market) samePostingList(i, j int) bool {
	a, b := &m.postings.rows[i], &m.postings.rows[j]
	return a.occupation == b.occupation && (a.static == 0) == (b.static == 0) && m.provinceOf(a.sites) == m.provinceOf(b.sites)
}

// postingBlock is what is known of a stretch of postings of one occupation in one province.
type postingBlock struct {
	from, to                                   int32
	occupation, province                       int32
	skills                                     signature // required by any
	certificates                               uint64    // required by any, folded
	payBest                                    int64     // the most any pays, no limit when one does not say
	shifts                                     uint32    // of any
	static, must                               ConditionSet
	leastMonths                                uint16 // of those that ask for any
	untrusted                                  uint8  // the least
	skillsUnasked, certsUnasked, monthsUnasked bool   // by any
	shiftUnstated                              bool
	skillsAsked, certsAsked, niceAsked         bool
	educationAsked, languageAsked              bool
	places                                     places // sets of workplaces
}

func (m *Market) postingBlock(from, to int32) postingBlock {
	first := &m.postings.rows[from]
	b := postingBlock{
		from: from, to: to, occupation: first.occupation, province: m.provinceOf(first.sites),
		static: math.MaxUint32, must: math.MaxUint32, leastMonths: math.MaxUint16, untrusted: math.MaxUint8,
	}
	for i := from; i < to; i++ {
		m.addPosting(&b, &m.postings.rows[i])
	}
	return b
}

func (m *Market) addPosting(b *postingBlock, p *postingRow) {
	b.static &= p.static
	b.must &= p.must
	b.untrusted = min(b.untrusted, p.untrusted)
	b.places.add(p.sites)
	b.shifts |= p.shift
	b.shiftUnstated = b.shiftUnstated || p.shift == 0
	for _, s := range cut(m.postings.skills, p.mustSkills) {
		b.skills.add(s.skill)
	}
	for _, c := range cut(m.postings.certs, p.mustCerts) {
		b.certificates |= fold(c.certificate)
	}
	b.skillsAsked, b.skillsUnasked = b.skillsAsked || p.mustSkills.n > 0, b.skillsUnasked || p.mustSkills.n == 0
	b.certsAsked, b.certsUnasked = b.certsAsked || p.mustCerts.n > 0, b.certsUnasked || p.mustCerts.n == 0
	b.niceAsked = b.niceAsked || p.niceSkills.n+p.niceCerts.n > 0
	b.educationAsked = b.educationAsked || p.schooling > 0 || p.vocational > 0
	b.languageAsked = b.languageAsked || p.languages.n > 0
	if p.months == 0 {
		b.monthsUnasked = true
	} else {
		b.leastMonths = min(b.leastMonths, p.months)
	}
	if p.payMax == 0 { // nothing said, or "from"
		b.payBest = math.MaxInt64
	}
	b.payBest = max(b.payBest, p.payMax)
}

// merge takes in what is known of other postings of the same occupation and province.
func (b *postingBlock) merge(o *postingBlock) {
	b.static, b.must = b.static&o.static, b.must&o.must
	b.untrusted = min(b.untrusted, o.untrusted)
	b.shifts, b.shiftUnstated = b.shifts|o.shifts, b.shiftUnstated || o.shiftUnstated
	b.skills.join(&o.skills)
	b.certificates |= o.certificates
	b.skillsAsked, b.skillsUnasked = b.skillsAsked || o.skillsAsked, b.skillsUnasked || o.skillsUnasked
	b.certsAsked, b.certsUnasked = b.certsAsked || o.certsAsked, b.certsUnasked || o.certsUnasked
	b.niceAsked = b.niceAsked || o.niceAsked
	b.educationAsked, b.languageAsked = b.educationAsked || o.educationAsked, b.languageAsked || o.languageAsked
	b.monthsUnasked, b.leastMonths = b.monthsUnasked || o.monthsUnasked, min(b.leastMonths, o.leastMonths)
	b.payBest = max(b.payBest, o.payBest)
	b.places.more = b.places.more || o.places.more
	for _, id := range o.places.list[:o.places.n] {
		b.places.add(id)
	}
}
