package matcher

import (
	"cmp"
	"slices"
)

// The columns of a block of wishes: what a posting looks up of 64 of them at once.
const (
	columnKin = iota // the class of the occupation, where several share a list; all other lists leave it out
	columnFloorWants
	columnShiftsConditions
	columnNear                                    // by how far they would go, a class a step: the district of the home, for those of the step
	columnNamedPapers = columnNear + reachSteps/2 // the provinces that somebody names, as named says; certificates and languages
	wishColumns       = columnNamedPapers + 1
)

// reachSteps is by how many steps it is told how far somebody would go; stepKm are their kilometres at most, of which the
// first is the own commune and the last without limit.
const reachSteps = 4

var stepKm = [reachSteps]uint16{0, 15, 35, unknownKm}

// heldSlots is how many held skills are told; who holds more may cover anything.
const heldSlots = 4

// wishHead is what is known of a block of wishes as a whole.
type wishHead struct {
	from         int32 // gists
	group        int32 // the region's number
	kin          int32
	whole, least uint8 // the most of any
	wish, n      uint8
}

// wishSheet is a block of wishes by columns.
type wishSheet struct {
	skills  [heldSlots / 2]couple
	asked   [1]couple // the occupation worked in and its months; schooling and qualification
	columns [wishColumns]column
}

// wanted are the benefits of a wish and those the person cannot do without.
type wanted struct{ benefits, needs uint32 }

func compareWanted(a, b wanted) int {
	return cmp.Or(cmp.Compare(a.benefits, b.benefits), cmp.Compare(a.needs, b.needs))
}

// wishClasses are the classes of the columns, the same in all blocks.
type wishClasses struct {
	floors, worked steps // in thousands of đồng, in months
	wants          classTable[wanted]
	shifts         classTable[uint32]
	conditions     classTable[uint16]
	papers         classTable[uint64]
}

func newWishClasses(gists []gist, papers []uint64) (c wishClasses) {
	floors, worked := make([]int64, len(gists)), make([]int64, len(gists))
	wants, shifts, conditions, held := map[wanted]int{}, map[uint32]int{}, map[uint16]int{}, map[uint64]int{}
	for i := range gists {
		g := &gists[i]
		floors[i], worked[i] = int64(g.floor), int64(g.months)
		wants[wanted{g.wants, g.needs}]++
		shifts[g.shifts]++
		conditions[g.conditions]++
		held[papers[i]]++
	}
	c.floors, c.worked = stepsOf(floors), stepsOf(worked)
	c.wants, c.shifts, c.conditions = commonest(wants, compareWanted), commonest(shifts, cmp.Compare), commonest(conditions, cmp.Compare)
	c.papers = commonest(held, cmp.Compare)
	return c
}

// layOut adds a block to the heads, sheets and maps.
func (x *workerIndex) layOut(m *Market, b *workerBlock) {
	c := &x.kinds
	var s wishSheet
	untold, districts, held := uint64(0), uint64(0), b.skills
	for i, g := range x.gists[b.from:b.to] {
		s.columns[columnKin][i] = both(x.kins.class[m.workers.rows[g.row].wishes[b.wish].occupation], 0)
		s.columns[columnFloorWants][i] = both(c.floors.class(int64(g.floor)), c.wants.class(wanted{g.wants, g.needs}))
		s.columns[columnShiftsConditions][i] = both(c.shifts.class(g.shifts), c.conditions.class(g.conditions))
		practised := uint8(0) // several, or none
		if g.practised != 0 {
			practised = x.codes.occupations[g.practised-1]
		}
		s.asked[0].put(i, 0, practised, c.worked.class(int64(g.months)))
		s.asked[0].put(i, 1, g.education, 0)
		step, district := reachSteps-1, uint8(0)
		if !g.elusive && b.homes.province != 0 {
			step, district = g.reachStep(), x.district[g.home]
		}
		districts |= districtBit(step, int(district))
		s.layHome(i, step, district)
		s.columns[columnNamedPapers][i] = both(g.named(b.homes.province), c.papers.class(x.papers[b.from+int32(i)]))
		if !s.laySkills(i, &g, x.codes.skills) {
			untold |= 1 << i
		}
	}
	if untold != 0 {
		held = anySkills
	}
	x.mapOut(len(x.heads), &held, b.papers, districts)
	x.heads = append(x.heads, wishHead{from: b.from, group: b.group, kin: b.kin, whole: b.whole, least: b.least, wish: b.wish, n: uint8(b.to - b.from)})
	x.sheets, x.untold = append(x.sheets, s), append(x.untold, untold)
}

var anySkills = signature{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

// districtBit stands for those of a district who would go as far as a step says.
func districtBit(step, district int) uint64 { return 1 << (step*classCount + district) }

func (s *wishSheet) layHome(row, step int, district uint8) {
	at := &s.columns[columnNear+step/2][row]
	if step%2 == 0 {
		*at = both(district, 0)
	} else {
		*at = both(0, district)
	}
}

// namedGroups is how many groups of provinces a class tells apart, a bit each.
const namedGroups = 4

// named gives the groups of the provinces that somebody names, where going to any other takes more than distance or is
// out of the question; of all others, all groups. Every fourth province is of one group.
func (g *gist) named(home int32) (groups uint8) {
	const all = 1<<namedGroups - 1
	if home == 0 || !g.elusive && g.reach != ReachProvinces {
		return all
	}
	for listed := g.listed; listed != 0; listed >>= namedGroups {
		groups |= uint8(listed & all)
	}
	return groups
}

// severalKinds is the degree of a skill that somebody holds more than once, at several levels say.
const severalKinds = 1 + heldKinds

// laySkills puts the skills of a row into slots, and reports whether these tell them all.
func (s *wishSheet) laySkills(row int, g *gist, codes []uint8) bool {
	if g.count == tooMany || g.count > heldSlots {
		return false
	}
	slot := 0
	for k, key := range g.skills[:g.count] {
		skill, degree := key/heldKinds, 1+uint8(key%heldKinds)
		if held := func(other uint16) bool { return other/heldKinds == skill }; slices.ContainsFunc(g.skills[:k], held) {
			continue
		} else if slices.ContainsFunc(g.skills[k+1:g.count], func(other uint16) bool { return held(other) && other != key }) {
			degree = severalKinds
		}
		s.skills[slot/2].put(row, slot%2, codes[skill], degree)
		slot++
	}
	return true
}

// reachStep gives the step of somebody whom the gist tells all of.
func (g *gist) reachStep() int {
	switch {
	case g.reach == ReachCommune:
		return 0
	case g.reach != ReachKm:
		return reachSteps - 1
	}
	step := 1
	for g.km > stepKm[step] {
		step++
	}
	return step
}
