package matcher

import "cmp"

// The columns of a block of wishes: what a posting looks up of 64 of them at once.
const (
	columnSchooled = iota
	columnTrained
	columnFloor // from here on what the wish says, before it what is asked
	columnWants
	columnShifts
	columnNear  // by how far they would go, one column a step: the district of the home, for those of the step
	wishColumns = columnNear + reachSteps
)

// reachSteps is by how many steps it is told how far somebody would go; stepKm are their kilometres at most, of which the
// first is the own commune and the last without limit.
const reachSteps = 4

var stepKm = [reachSteps]uint16{0, 15, 35, unknownKm}

// heldSlots is how many held skills are told; who holds more may cover anything.
const heldSlots = 4

// wishSheet is a block of wishes by columns.
type wishSheet struct {
	from, n      int32 // gists
	group        int32 // the region's number
	province     int32
	occupation   int32
	wish         uint8
	whole, least uint8     // the most of any
	conditions   bool      // any names some
	certificates uint64    // valid for any, folded
	held         signature // skills of any
	columns      [wishColumns]column
	worked       [1][skillHashes]column         // the months worked, and where by its hashes, class 0 where that takes more to tell
	skills       [heldSlots][skillHashes]column // each held skill by its hashes, class 0 for none
	districts    [reachSteps]uint16             // those of any row
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
}

func newWishClasses(gists []gist) (c wishClasses) {
	floors, worked := make([]int64, len(gists)), make([]int64, len(gists))
	wants, shifts := map[wanted]int{}, map[uint32]int{}
	for i := range gists {
		g := &gists[i]
		floors[i], worked[i] = int64(g.floor), int64(g.months)
		wants[wanted{g.wants, g.needs}]++
		shifts[g.shifts]++
	}
	c.floors, c.worked = stepsOf(floors), stepsOf(worked)
	c.wants, c.shifts = commonest(wants, compareWanted), commonest(shifts, cmp.Compare)
	return c
}

// anyClass stands for what takes more to tell than a class.
const anyClass = classCount - 1

// wishSheet lays out a block.
func (x *workerIndex) wishSheet(b *workerBlock) wishSheet {
	c := &x.kinds
	s := wishSheet{
		from: b.from, n: b.to - b.from, group: b.group, province: b.homes.province, occupation: b.occupation, wish: b.wish,
		whole: b.whole, least: b.least, conditions: b.conditions, certificates: b.certificates, held: b.skills,
	}
	for i, g := range x.gists[b.from:b.to] {
		s.columns[columnFloor][i] = c.floors.class(int64(g.floor))
		s.columns[columnWants][i] = c.wants.class(wanted{g.wants, g.needs})
		s.columns[columnShifts][i] = c.shifts.class(g.shifts)
		s.worked[0][0][i] = c.worked.class(int64(g.months))
		for hash, class := range practisedClasses(g.practised) {
			s.worked[0][hash+1][i] = class
		}
		s.columns[columnSchooled][i], s.columns[columnTrained][i] = g.education/levels, g.education%levels
		if !g.elusive && s.province != 0 {
			step, district := g.reachStep(), x.district[g.home]
			s.columns[columnNear+step][i] = district
			s.districts[step] |= 1 << district
		} else {
			s.districts[reachSteps-1] |= 1
		}
		s.laySkills(i, &g)
	}
	return s
}

func (s *wishSheet) laySkills(i int, g *gist) {
	if g.count == tooMany || g.count > heldSlots {
		for hash := range skillHashes {
			s.skills[0][hash][i] = anyClass
		}
		return
	}
	for k, key := range g.skills[:g.count] {
		for hash, class := range heldClasses(key) {
			s.skills[k][hash][i] = class
		}
	}
}

// heldClasses hashes a held skill into classes from 1 on, short of the one for any; the last hash knows the level.
func heldClasses(key uint16) (classes [skillHashes]uint8) {
	for hash := range skillHashes - 1 {
		classes[hash] = hashClass(uint32(key/heldKinds), hash, anyClass-1)
	}
	classes[skillHashes-1] = hashClass(uint32(key), 0, anyClass-1)
	return classes
}

// practisedClasses hashes the occupation worked in into classes from 1 on; 0 is for several, or none.
func practisedClasses(practised int32) (classes [skillHashes - 1]uint8) {
	if practised == 0 {
		return classes
	}
	for hash := range classes {
		classes[hash] = hashClass(uint32(practised), hash, classCount-1)
	}
	return classes
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

// all gives a bit for every row.
func (s *wishSheet) all() uint64 { return ^uint64(0) >> (tallyRows - s.n) }
