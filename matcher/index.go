package matcher

import (
	"cmp"
	"math"
	"slices"
)

// The index is two sets of posting lists, cut into blocks. A list holds the postings of one occupation in one
// province, or the wishes for one occupation of the people living in one province; rows of one commune lie
// together. Every block knows enough of its rows (which skills and certificates any of them names, the best
// pay, the least doubt) to say what score none of them can exceed for a given worker or posting. A query
// visits blocks from the greatest bound downwards and stops when no bound reaches the worst score in its
// heap: the list is exact, and most rows are never looked at.
//
// Blocks of one province lie in one group, those of people who would leave it apart from those who would not,
// so that a group out of reach is passed over as a whole.
type index struct {
	postings      []postingBlock
	workers       []workerBlock
	postingGroups []postingGroup
	workerGroups  []workerGroup
	entries       []gist // of every wish, in the order of the blocks
}

// postingGroup is a run of blocks in one province; must holds what every posting in them insists on.
type postingGroup struct {
	from, to int32
	province int32
	must     ConditionSet
}

// workerGroup is a run of blocks of people of one province.
type workerGroup struct {
	from, to int32
	homes    region
}

// blockSize is how many rows a block holds at most, and exactPlaces how many different sets of places it may
// hold for its bound to look at each.
const (
	blockSize   = 64
	exactPlaces = 8
)

// impossible is the bound of a block in which every row fails a hard condition.
const impossible = -1

// signature is a set of numbered things, folded into 256 bits: it may say yes for no, never no for yes.
type signature [4]uint64

func (s *signature) add(id int32) { s[id>>6&3] |= 1 << (id & 63) }

func (s *signature) meets(t *signature) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

func fold(id int32) uint64 { return 1 << (id & 63) }

// places is a short list of numbers of place sets; more is set when it did not hold them all.
type places struct {
	list [exactPlaces]int32
	n    uint8
	more bool
}

func (p *places) add(id int32) {
	for _, have := range p.list[:p.n] {
		if have == id {
			return
		}
	}
	if int(p.n) == len(p.list) {
		p.more = true
		return
	}
	p.list[p.n] = id
	p.n++
}

func newIndex(m *Market) index {
	var x index
	for from := 0; from < len(m.postings.rows); {
		to := runEnd(from, len(m.postings.rows), func(i int) bool { return m.samePostingList(from, i) })
		x.postings = append(x.postings, m.postingBlock(int32(from), int32(to)))
		from = to
	}
	x.addWishes(m, identity(len(m.workers.rows)), 0)
	x.addWishes(m, m.secondWishes(), 1)
	x.group()
	return x
}

func (x *index) group() {
	for i := range x.postings {
		b := &x.postings[i]
		last := len(x.postingGroups) - 1
		if last < 0 || x.postingGroups[last].province != b.province {
			x.postingGroups = append(x.postingGroups, postingGroup{int32(i), int32(i), b.province, math.MaxUint32})
			last++
		}
		g := &x.postingGroups[last]
		g.to, g.must = int32(i+1), g.must&b.must
	}
	for i := range x.workers {
		b := &x.workers[i]
		last := len(x.workerGroups) - 1
		if last < 0 || x.workerGroups[last].homes.province != b.homes.province || x.workerGroups[last].homes.mobile != b.homes.mobile {
			x.workerGroups = append(x.workerGroups, workerGroup{int32(i), int32(i), region{province: b.homes.province, mobile: b.homes.mobile}})
			last++
		}
		g := &x.workerGroups[last]
		g.to = int32(i + 1)
		g.homes.merge(&b.homes)
	}
}

// runEnd finds where a block that begins at from must end.
func runEnd(from, n int, same func(int) bool) int {
	to := from + 1
	for to < n && to-from < blockSize && same(to) {
		to++
	}
	return to
}

func identity(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

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

// workerBlock is what is known of a stretch of wishes for one occupation of people of one province.
type workerBlock struct {
	from, to      int32 // in index.entries
	occupation    int32
	wish          uint8
	whole, least  uint8 // the most of any
	shiftUnstated bool
	wants         bool
	conditions    bool
	monthsMost    int32
	shifts        uint32
	skills        signature // held by any
	certificates  uint64    // valid for any, folded
	barred        uint64    // of all
	floorLeast    int64
	static        ConditionSet
	homes         region
}

// region is what is known of where a group of people of one province live and would go.
type region struct {
	wished, listed   uint64 // provinces named by any, folded
	province         int32
	kmMost           int32 // the widest reach in kilometres
	mobile           bool
	anywhere, abroad bool // for any
	wishedOpen       bool
	homeUnknown      bool
}

func (r *region) merge(o *region) {
	r.wished, r.listed = r.wished|o.wished, r.listed|o.listed
	r.kmMost = max(r.kmMost, o.kmMost)
	r.anywhere, r.abroad = r.anywhere || o.anywhere, r.abroad || o.abroad
	r.wishedOpen, r.homeUnknown = r.wishedOpen || o.wishedOpen, r.homeUnknown || o.homeUnknown
}

func (r *region) add(h *homing) {
	r.homeUnknown = r.homeUnknown || h.province == 0
	r.anywhere = r.anywhere || h.reach == ReachCountry || h.reach == ReachAbroad
	r.abroad = r.abroad || h.reach == ReachAbroad
	if h.reach == ReachKm {
		r.kmMost = max(r.kmMost, h.km)
	}
	for _, p := range h.provinces {
		r.listed |= fold(p)
	}
	for _, wished := range h.wished[:] {
		for _, s := range wished {
			r.wished |= fold(s.province)
			r.wishedOpen = r.wishedOpen || s.kind == siteOpen
			r.abroad = r.abroad || s.kind == siteCountry
		}
	}
}

// secondWishes gives the workers with a second wish, those of one list together.
func (m *Market) secondWishes() []int32 {
	rows, homings := m.workers.rows, m.workers.homings
	var list []int32
	for i := range rows {
		if rows[i].count > 1 {
			list = append(list, int32(i))
		}
	}
	slices.SortFunc(list, func(i, j int32) int {
		a, b := &rows[i], &rows[j]
		x, y := &homings[a.homing], &homings[b.homing]
		return cmp.Or(
			cmp.Compare(a.static, b.static),
			compareBool(x.mobile(), y.mobile()),
			cmp.Compare(x.province, y.province),
			cmp.Compare(a.wishes[1].occupation, b.wishes[1].occupation),
			cmp.Compare(x.home, y.home),
			cmp.Compare(i, j),
		)
	})
	return list
}

// addWishes cuts a list of rows into blocks by one of the wishes.
func (x *index) addWishes(m *Market, rows []int32, wish uint8) {
	x.entries = slices.Grow(x.entries, len(rows))
	for from := 0; from < len(rows); {
		first := &m.workers.rows[rows[from]]
		home := &m.workers.homings[first.homing]
		to := runEnd(from, len(rows), func(i int) bool {
			w := &m.workers.rows[rows[i]]
			h := &m.workers.homings[w.homing]
			return w.wishes[wish].occupation == first.wishes[wish].occupation && (w.static == 0) == (first.static == 0) &&
				h.province == home.province && h.mobile() == home.mobile()
		})
		b := workerBlock{
			from: int32(len(x.entries)), to: int32(len(x.entries) + to - from), wish: wish, occupation: first.wishes[wish].occupation,
			homes:      region{province: home.province, mobile: home.mobile()},
			floorLeast: math.MaxInt64, static: math.MaxUint32, barred: math.MaxUint64,
		}
		for _, row := range rows[from:to] {
			m.addWorker(&b, &m.workers.rows[row])
			x.entries = append(x.entries, m.gist(row, wish))
		}
		x.workers = append(x.workers, b)
		from = to
	}
}

func (m *Market) addWorker(b *workerBlock, w *workerRow) {
	wish := &w.wishes[b.wish]
	b.whole, b.least = max(b.whole, wish.whole), max(b.least, wish.least)
	b.floorLeast = min(b.floorLeast, wish.floor)
	b.shifts |= wish.shifts
	b.shiftUnstated = b.shiftUnstated || wish.shifts == 0
	b.wants = b.wants || wish.benefits|w.needs != 0
	b.conditions = b.conditions || wish.conditions != 0
	b.static &= w.static
	b.barred &= w.barred
	for _, s := range cut(m.workers.skills, w.skills) {
		b.skills.add(s.skill)
	}
	for _, c := range cut(m.workers.valid, w.valid) {
		b.certificates |= fold(c.certificate)
	}
	for _, s := range cut(m.workers.experience, w.experience) {
		b.monthsMost = max(b.monthsMost, s.months)
	}
	b.homes.add(&m.workers.homings[w.homing])
}
