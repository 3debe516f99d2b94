package matcher

import (
	"cmp"
	"math"
	"slices"
)

// workerIndex is the lists of wishes. Workers from the number rows on came later and are in no block.
type workerIndex struct {
	rows     int32
	lists    []workerBlock // from and to are sheets
	begin    []int32       // by kin: its first list
	groups   []region      // by number: all lists of one province, those of the mobile apart
	gists    []gist        // of every wish, in the order of the blocks
	hashes   []uint64      // likewise, of the workers
	papers   []uint64      // likewise: valid certificates and languages, folded
	heads    []wishHead    // by block
	sheets   []wishSheet   // likewise
	maps     []wishMap     // of the blocks
	untold   []uint64      // likewise: a bit for each row whose skills take more to tell
	kinds    wishClasses
	kins     kins
	codes    indexCodes
	district []uint8   // by commune
	groupOf  []int32   // by list: its region
	bySheet  []int32   // the lists as their sheets lie in memory
	communes [][]int32 // by province: those where somebody lives
}

func newWorkerIndex(m *Market, codes indexCodes) (x workerIndex) {
	x.codes, x.kins = codes, newKins(m)
	second := m.secondWishes()
	x.rows = int32(len(m.workers.rows))
	x.gists = make([]gist, 0, len(m.workers.rows)+len(second))
	blocks := x.addWishes(m, x.addWishes(m, nil, identity(len(m.workers.rows)), 0), second, 1)
	for from := 0; from < len(blocks); {
		first := &blocks[from]
		to := runEnd(from, len(blocks), len(blocks), func(i int) bool { return first.sameList(&blocks[i]) })
		list := *first
		for i := from + 1; i < to; i++ {
			list.merge(&blocks[i])
		}
		list.from, list.to = int32(from), int32(to)
		x.lists = append(x.lists, list)
		from = to
	}
	x.group(blocks)
	x.kinds, x.district, x.communes = newWishClasses(x.gists, x.papers), m.vocabulary.districts(classCount-1), m.homes()
	x.heads, x.sheets, x.untold = make([]wishHead, 0, len(blocks)), make([]wishSheet, 0, len(blocks)), make([]uint64, 0, len(blocks))
	for i := range blocks {
		x.layOut(m, &blocks[i])
	}
	x.begin = beginnings(x.lists, x.kins.n(), func(b *workerBlock) int32 { return b.kin })
	for i := range x.lists {
		x.groupOf = append(x.groupOf, x.lists[i].group)
	}
	x.bySheet = identity(len(x.lists))
	slices.SortFunc(x.bySheet, func(i, j int32) int { return cmp.Compare(x.lists[i].from, x.lists[j].from) })
	return x
}

// group numbers the regions of the lists and of their blocks.
func (x *workerIndex) group(blocks []workerBlock) {
	type key struct {
		province int32
		mobile   bool
	}
	numbers := map[key]int32{}
	for i := range x.lists {
		list := &x.lists[i]
		k := key{list.homes.province, list.homes.mobile}
		number, ok := numbers[k]
		if !ok {
			number = int32(len(x.groups))
			numbers[k] = number
			x.groups = append(x.groups, region{province: k.province, mobile: k.mobile})
		}
		list.group = number
		for b := list.from; b < list.to; b++ {
			blocks[b].group = number
		}
		x.groups[number].merge(&list.homes)
	}
}

// workerBlock is what is known of a block, or of a list: a stretch of wishes of one kin of people of one province.
type workerBlock struct {
	from, to      int32 // in workerIndex.gists, or of a list in its sheets
	kin           int32
	classes       uint16 // the occupations of a branch that are wished for
	group         int32  // its region's number
	wish          uint8
	whole, least  uint8 // the most of any
	shiftUnstated bool
	wants         bool
	conditions    bool
	monthsMost    int32
	shifts        uint32
	skills        signature // held by any
	papers        uint64    // of any, folded
	barred        uint64    // of all
	floorLeast    int64
	static        ConditionSet
	homes         region
}

func (b *workerBlock) sameList(o *workerBlock) bool {
	return b.kin == o.kin && b.wish == o.wish && (b.static == 0) == (o.static == 0) &&
		b.homes.province == o.homes.province && b.homes.mobile == o.homes.mobile
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
	wishes           bool // any names a place
}

func (r *region) merge(o *region) {
	r.wished, r.listed = r.wished|o.wished, r.listed|o.listed
	r.kmMost = max(r.kmMost, o.kmMost)
	r.anywhere, r.abroad = r.anywhere || o.anywhere, r.abroad || o.abroad
	r.wishedOpen, r.homeUnknown = r.wishedOpen || o.wishedOpen, r.homeUnknown || o.homeUnknown
	r.wishes = r.wishes || o.wishes
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
			r.wishes = true
			r.wished |= fold(s.province)
			r.wishedOpen = r.wishedOpen || s.kind == siteOpen
			r.abroad = r.abroad || s.kind == siteCountry
		}
	}
}

// secondWishes gives the workers with a second wish, those of one list together.
func (m *Market) secondWishes() []int32 {
	rows, homings := m.workers.rows, m.workers.homings
	var list []keyed
	for i := range rows {
		if w := &rows[i]; w.count > 1 {
			h := &homings[w.homing]
			list = append(list, keyed{listKey(w.static != 0, h.mobile(), h.province, w.wishes[1].occupation), int32(i)})
		}
	}
	return sortKeyed(list, func(i, j int32) int {
		a, b := &rows[i], &rows[j]
		bySkill := func(a, b heldSkill) int { return cmp.Compare(a.skill, b.skill) }
		if by := slices.CompareFunc(cut(m.workers.skills, a.skills), cut(m.workers.skills, b.skills), bySkill); by != 0 {
			return by
		}
		return cmp.Or(cmp.Compare(homings[a.homing].home, homings[b.homing].home), cmp.Compare(i, j))
	})
}

// addWishes cuts rows into more blocks by one of the wishes, those of a region one after the other.
func (x *workerIndex) addWishes(m *Market, blocks []workerBlock, rows []int32, wish uint8) []workerBlock {
	occupation := func(row int32) int32 { return m.workers.rows[row].wishes[wish].occupation }
	for from := 0; from < len(rows); {
		first := &m.workers.rows[rows[from]]
		home := &m.workers.homings[first.homing]
		to := runEnd(from, len(rows), len(rows), func(i int) bool {
			w := &m.workers.rows[rows[i]]
			h := &m.workers.homings[w.homing]
			return (w.static == 0) == (first.static == 0) && h.province == home.province && h.mobile() == home.mobile()
		})
		homes := region{province: home.province, mobile: home.mobile()}
		for _, run := range x.kins.runs(rows[from:to], occupation, first.static != 0) {
			for some := range slices.Chunk(run.rows, blockSize) {
				blocks = append(blocks, x.addBlock(m, some, workerBlock{wish: wish, kin: run.kin, homes: homes}))
			}
		}
		from = to
	}
	return blocks
}

// addBlock adds the gists of some rows and what is known of them to a block.
func (x *workerIndex) addBlock(m *Market, rows []int32, b workerBlock) workerBlock {
	b.from, b.to = int32(len(x.gists)), int32(len(x.gists)+len(rows))
	b.floorLeast, b.static, b.barred = math.MaxInt64, math.MaxUint32, math.MaxUint64
	for _, row := range rows {
		w := &m.workers.rows[row]
		m.addWorker(&b, w)
		b.classes |= 1 << x.kins.class[w.wishes[b.wish].occupation]
		x.gists, x.hashes, x.papers = append(x.gists, m.gist(row, b.wish)), append(x.hashes, w.hash), append(x.papers, m.foldedPapers(w))
	}
	return b
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
	b.papers |= m.foldedPapers(w)
	for _, s := range cut(m.workers.experience, w.experience) {
		b.monthsMost = max(b.monthsMost, s.months)
	}
	h := &m.workers.homings[w.homing]
	b.homes.add(h)
}

// merge takes in what is known of other wishes of the same list.
func (b *workerBlock) merge(o *workerBlock) {
	b.classes |= o.classes
	b.whole, b.least = max(b.whole, o.whole), max(b.least, o.least)
	b.floorLeast = min(b.floorLeast, o.floorLeast)
	b.shifts, b.shiftUnstated = b.shifts|o.shifts, b.shiftUnstated || o.shiftUnstated
	b.wants, b.conditions = b.wants || o.wants, b.conditions || o.conditions
	b.static, b.barred = b.static&o.static, b.barred&o.barred
	b.skills.join(&o.skills)
	b.papers |= o.papers
	b.monthsMost = max(b.monthsMost, o.monthsMost)
	b.homes.merge(&o.homes)
}

// homes gives, by province, the communes where somebody lives.
func (m *Market) homes() [][]int32 {
	communes := make([][]int32, len(m.vocabulary.provinces.words))
	for i := range m.workers.homings {
		if h := &m.workers.homings[i]; h.home != 0 {
			communes[h.province] = append(communes[h.province], h.home)
		}
	}
	return sortedUnique(communes)
}

func sortedUnique(lists [][]int32) [][]int32 {
	for i := range lists {
		slices.Sort(lists[i])
		lists[i] = slices.Compact(lists[i])
	}
	return lists
}
