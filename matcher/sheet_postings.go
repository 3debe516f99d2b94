package matcher

import (
	"cmp"
	"slices"
)

// The columns of a block of postings: what a worker looks up of 64 of them at once. The first earn both wishes of somebody as
// much.
const (
	columnMonthsSchooling = iota
	columnCertsLanguages
	columnPay
	columnBenefitsShift
	columnOccupation
	postingColumns
	sharedColumns = columnPay
)

// postingSheet is a block of postings by columns.
type postingSheet struct {
	from    int32    // brief
	n       int32    // of rows
	_       [56]byte // the columns begin with a line of the processor's cache, as wide registers read them
	start   column   // what a row loses whoever comes, all its skills being covered; lost where there is none
	skills  [(mustSlots + niceSlots) / 2]couple
	columns [postingColumns]column
	places  places
}

// Required skills stand in four slots, each of which loses a quarter of what all can: one skill in all, each of two in two.
// Welcome ones stand in two likewise. More are not told.
const (
	mustSlots = 4
	niceSlots = 2
)

// slotsEach gives how many slots each of n skills takes, 0 where they are not told.
func slotsEach(n, slots int) int {
	if n == 0 || n > slots {
		return 0
	}
	return slots / n
}

// roundedMost is by how many units the slots of three or four skills may lose too much: see slotLoss.
const roundedMost = 1

// roundedBy says so of n skills in so many slots.
func roundedBy(n, slots int) int {
	if slotsEach(n, slots) == 1 && slots > niceSlots {
		return roundedMost
	}
	return 0
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
	certificates              classTable[asking]
	languages                 classTable[asking]
}

// asking is the first of so many certificates, or languages, that are required, and its level.
type asking struct {
	of    int32
	level uint16
	n     uint16
}

func compareAskings(a, b asking) int {
	return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.level, b.level), cmp.Compare(a.n, b.n))
}

func (m *Market) askings(p *postingRow) (certificate, language asking) {
	if p.mustCerts.n > 0 {
		first := cut(m.postings.certs, p.mustCerts)[0]
		certificate = asking{first.certificate, first.level, uint16(p.mustCerts.n)}
	}
	if p.languages.n > 0 {
		first := cut(m.postings.languages, p.languages)[0]
		language = asking{first.language, uint16(first.level), uint16(p.languages.n)}
	}
	return certificate, language
}

func (m *Market) newPostingClasses() (c postingClasses) {
	rows := m.postings.rows
	most, least, months := make([]int64, len(rows)), make([]int64, len(rows)), make([]int64, len(rows))
	benefits, shifts, schooling := map[provision]int{}, map[uint32]int{}, map[schoolings]int{}
	certificates, languages := map[asking]int{}, map[asking]int{}
	for i := range rows {
		p := &rows[i]
		most[i], least[i], months[i] = p.payMax, p.payMin, int64(p.months)
		benefits[provision{p.benefits, p.complete}]++
		shifts[p.shift]++
		schooling[schoolings{p.schooling, p.vocational}]++
		certificate, language := m.askings(p)
		certificates[certificate]++
		languages[language]++
	}
	c.payMost, c.payLeast, c.months = stepsOf(most), stepsOf(least), stepsOf(months)
	c.benefits, c.shifts, c.schooling = commonest(benefits, compareProvisions), commonest(shifts, cmp.Compare), commonest(schooling, compareSchoolings)
	c.certificates, c.languages = commonest(certificates, compareAskings), commonest(languages, compareAskings)
	return c
}

// postingSheet lays out the block of a list that has the briefs from a number on.
func (m *Market) postingSheet(x *postingIndex, list *postingList, from int32) postingSheet {
	c, briefs := &x.kinds, x.briefs[from:]
	s := postingSheet{from: from, n: int32(len(briefs))}
	for i := len(briefs); i < tallyRows; i++ {
		s.start[i] = lost
	}
	for i := range briefs {
		p := &m.postings.rows[briefs[i].row]
		s.start[i] = m.startLoss(p)
		a, b := x.districtsOf(m.postings.siteSets[p.sites], list.province)
		s.places.put(i, a, b, p.untrusted == 0)
		certificate, language := m.askings(p)
		s.columns[columnMonthsSchooling][i] = both(c.months.class(int64(p.months)), c.schooling.class(schoolings{p.schooling, p.vocational}))
		s.columns[columnCertsLanguages][i] = both(c.certificates.class(certificate), c.languages.class(language))
		s.columns[columnPay][i] = both(c.payMost.class(p.payMax), c.payLeast.class(p.payMin))
		s.columns[columnBenefitsShift][i] = both(c.benefits.class(provision{p.benefits, p.complete}), c.shifts.class(p.shift))
		s.columns[columnOccupation][i] = both(uint8(slices.Index(list.occupations, p.occupation)%classCount), 0)
		s.laySkills(i, 0, mustSlots, cut(m.postings.skills, p.mustSkills), x.codes.skills)
		s.laySkills(i, mustSlots, niceSlots, p.niceTold(m), x.codes.skills)
	}
	return s
}

// niceTold gives the welcome skills that slots can tell: not where certificates are welcome besides.
func (p *postingRow) niceTold(m *Market) []askedSkill {
	if p.niceCerts.n > 0 {
		return nil
	}
	return cut(m.postings.skills, p.niceSkills)
}

// laySkills puts skills that are asked for into slots from a number on.
func (s *postingSheet) laySkills(row, from, slots int, list []askedSkill, codes []uint8) {
	each := slotsEach(len(list), slots)
	for k, asked := range list {
		for i := range each {
			slot := from + k*each + i
			s.skills[slot/2].put(row, slot%2, codes[asked.skill], 1+asked.level)
		}
	}
}

// startLoss is what a posting loses whoever comes and covers all its skills.
func (m *Market) startLoss(p *postingRow) uint8 {
	w := &m.weights
	loss := int(p.untrusted)
	if p.mustSkills.n == 0 {
		loss += w.Skills - w.SkillsUnasked
	}
	if p.niceSkills.n+p.niceCerts.n == 0 {
		loss += w.Nice - w.NiceUnasked
	}
	return uint8(min(lossUnit*loss+roundedMost-roundedBy(int(p.mustSkills.n), mustSlots), lost-1))
}
