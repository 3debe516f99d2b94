package matcher

import "cmp"

// The columns of a block of postings: what a worker looks up of 64 of them at once.
const (
	columnPayMost = iota
	columnPayLeast
	columnBenefits
	columnShift
	columnMonths
	columnSchooling
	columnDistrict
	columnOccupation
	postingColumns
)

// postingSheet is a block of postings by columns.
type postingSheet struct {
	from        int32 // brief
	n           int32 // of rows
	province    int32
	strict      bool
	districts   uint16  // those of any row
	occupations []int32 // by class
	start       column  // what a row loses whoever comes, all its required skills being covered
	columns     [postingColumns]column
	skills      [skillSlots][skillHashes]column // each required skill by its hashes, class 0 for none
}

// Rows that require one skill have it in the first slot, those of two in the next two, those of more in the last ones.
const skillSlots = 1 + 2 + 4

// slotsFor gives the slots of rows that require n skills, and by how many the loss of one that is not covered is divided;
// those of very many are not told.
func slotsFor(n int) (first, of int) {
	switch {
	case n <= 2:
		return n - 1, n
	case n <= 4:
		return 3, 4
	}
	return skillSlots, 0
}

// skillClasses hashes a skill asked for at a level into classes from 1 on.
func skillClasses(asked askedSkill) (classes [skillHashes]uint8) {
	for hash := range skillHashes - 1 {
		classes[hash] = hashClass(uint32(asked.skill), hash, classCount-1)
	}
	classes[skillHashes-1] = hashClass(uint32(skillAt(asked)), 0, classCount-1)
	return classes
}

type provision struct {
	benefits uint32
	complete bool
}

func compareProvisions(a, b provision) int {
	return cmp.Or(cmp.Compare(a.benefits, b.benefits), compareBool(a.complete, b.complete))
}

func compareSchoolings(a, b schoolings) int {
	return cmp.Or(cmp.Compare(a.schooling, b.schooling), cmp.Compare(a.vocational, b.vocational))
}

// postingClasses are the classes of the columns, the same in all blocks.
type postingClasses struct {
	payMost, payLeast, months steps
	benefits                  classTable[provision]
	shifts                    classTable[uint32]
	schooling                 classTable[schoolings]
}

func (m *Market) newPostingClasses() (c postingClasses) {
	rows := m.postings.rows
	most, least, months := make([]int64, len(rows)), make([]int64, len(rows)), make([]int64, len(rows))
	benefits, shifts, schooling := map[provision]int{}, map[uint32]int{}, map[schoolings]int{}
	for i := range rows {
		p := &rows[i]
		most[i], least[i], months[i] = p.payMax, p.payMin, int64(p.months)
		benefits[provision{p.benefits, p.complete}]++
		shifts[p.shift]++
		schooling[schoolings{p.schooling, p.vocational}]++
	}
	c.payMost, c.payLeast, c.months = stepsOf(most), stepsOf(least), stepsOf(months)
	c.benefits, c.shifts, c.schooling = commonest(benefits, compareProvisions), commonest(shifts, cmp.Compare), commonest(schooling, compareSchoolings)
	return c
}

// postingSheet lays out the block of the briefs from a number on.
func (m *Market) postingSheet(x *postingIndex, from, province int32) postingSheet {
	c, briefs := &x.kinds, x.briefs[from:]
	s := postingSheet{from: from, n: int32(len(briefs)), province: province, strict: briefs[0].strict}
	for i := range briefs {
		p := &m.postings.rows[briefs[i].row]
		if n := len(s.occupations); n == 0 || s.occupations[n-1] != p.occupation {
			s.occupations = append(s.occupations, p.occupation)
		}
		s.start[i] = m.startLoss(p)
		s.columns[columnOccupation][i] = uint8(len(s.occupations) - 1)
		s.columns[columnPayMost][i] = c.payMost.class(p.payMax)
		s.columns[columnPayLeast][i] = c.payLeast.class(p.payMin)
		s.columns[columnBenefits][i] = c.benefits.class(provision{p.benefits, p.complete})
		s.columns[columnShift][i] = c.shifts.class(p.shift)
		s.columns[columnMonths][i] = c.months.class(int64(p.months))
		s.columns[columnSchooling][i] = c.schooling.class(schoolings{p.schooling, p.vocational})
		s.columns[columnDistrict][i] = x.districtOf(m.postings.siteSets[p.sites], province)
		s.districts |= 1 << s.columns[columnDistrict][i]
		slot, of := slotsFor(int(p.mustSkills.n))
		if of == 0 {
			continue
		}
		for k, a := range cut(m.postings.skills, p.mustSkills) {
			for hash, class := range skillClasses(a) {
				s.skills[slot+k][hash][i] = class
			}
		}
	}
	return s
}

// startLoss is what a posting loses whoever comes and covers all its required skills. What the skills earn is rounded to
// whole points, half a point up at most: those that require any are given that beforehand.
func (m *Market) startLoss(p *postingRow) uint8 {
	w := &m.weights
	loss := int(p.untrusted) + w.Certificates + w.Nice + w.Language - m.restMost(p)
	if p.mustSkills.n == 0 {
		loss += w.Skills - w.SkillsUnasked
		return uint8(min(lossUnit*loss+lossUnit/2, lost-1))
	}
	return uint8(min(lossUnit*loss, lost-1))
}

// all gives a bit for every row.
func (s *postingSheet) all() uint64 { return ^uint64(0) >> (tallyRows - s.n) }
