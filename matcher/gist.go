package matcher

import (
	"math"
	"slices"
)

// gist is what a posting reads of one wish before it looks at the worker, in the order of the index, so that a
// block is read from memory straight through. For most workers it tells all that the score of this one wish depends
// on; where it does not, it bounds that part.
type gist struct {
	listed       uint64             // provinces, folded; of one who is elusive those named in a wish as well
	skills       [gistSkills]uint16 // held: numbers with level and evidence, as heldKey packs them
	floor        uint32             // lowest pay in thousands of đồng, rounded down
	row          int32
	home         int32 // commune
	practised    int32 // 1 + the occupation worked in, 0 where there are several
	wants, needs uint32
	shifts       uint32
	conditions   uint16
	km           uint16 // of ReachKm
	months       uint16 // in the occupation worked in, the most of any
	reach        Reach
	education    uint8 // as educationKey packs it
	count        uint8 // of skills
	whole, least uint8 // of the wish
	elusive      bool  // where the person would go takes more than these to tell
	never        bool  // and there are places where he or she would not go
	barred       bool  // by law from some work
	plain        bool  // for a plain posting it tells all that this wish scores, but for the place of one who is elusive
}

const (
	floorUnit  = 1000 // đồng
	gistSkills = 6
	tooMany    = math.MaxUint8 // skills to tell them all
	heldKinds  = 8             // levels, with and without evidence
	levels     = 16            // of schooling and of qualification, told apart
)

// educationKey packs schooling and qualification.
func educationKey(schooling, vocational uint8) uint8 {
	return min(schooling, levels-1)*levels | min(vocational, levels-1)
}

// heldKey packs a held skill; how fresh it is, it does not tell.
func heldKey(s heldSkill) (key uint16, ok bool) {
	key = uint16(s.skill)*heldKinds | uint16(s.level)<<1
	if s.verified {
		key |= 1
	}
	return key, s.skill < math.MaxUint16/heldKinds
}

func (m *Market) gist(row int32, wish uint8) gist {
	w := &m.workers.rows[row]
	x := &w.wishes[wish]
	g := m.workers.homings[w.homing].gist()
	g.row, g.floor = row, uint32(min(x.floor/floorUnit, math.MaxUint32))
	g.wants, g.needs, g.shifts, g.conditions = x.benefits, w.needs, x.shifts, x.conditions
	g.education = educationKey(w.schooling, w.vocational)
	for _, s := range cut(m.workers.skills, w.skills) {
		key, ok := heldKey(s)
		if !ok || int(g.count) >= gistSkills {
			g.count = tooMany
			break
		}
		g.skills[g.count] = key
		g.count++
	}
	g.whole, g.least, g.barred = x.whole, x.least, w.barred != 0
	g.plain = m.plainWish(w, x) && !g.never && g.count != tooMany
	for i, s := range cut(m.workers.experience, w.experience) {
		g.practised, g.months = 1+s.occupation, max(g.months, uint16(s.months))
		if i > 0 {
			g.practised = 0
		}
	}
	return g
}

// gist tells where somebody lives and would go.
func (h *homing) gist() gist {
	g := gist{home: h.home, reach: h.reach, km: uint16(h.km), elusive: h.province == 0 || len(h.wished[0])+len(h.wished[1]) > 0, never: len(h.never) > 0}
	for _, p := range h.provinces {
		g.listed |= fold(p)
		g.elusive = g.elusive || p >= 64
	}
	for _, wished := range &h.wished {
		for _, s := range wished {
			if s.province == 0 {
				g.listed = math.MaxUint64 // anywhere, for all that a gist can tell
			}
			g.listed |= fold(s.province)
		}
	}
	return g
}

// foldedPapers folds the valid certificates and the languages of a worker.
func (m *Market) foldedPapers(w *workerRow) (folded uint64) {
	for _, c := range cut(m.workers.valid, w.valid) {
		folded |= fold(c.certificate)
	}
	for _, l := range cut(m.workers.languages, w.languages) {
		folded |= foldLanguage(l.language)
	}
	return folded
}

// foldLanguage folds languages among certificates, from the other end.
func foldLanguage(language int32) uint64 { return 1 << (63 - language&63) }

// plainWish reports whether a gist leaves out nothing of a worker, but for where he or she would go and too many skills.
func (m *Market) plainWish(w *workerRow, x *wishRow) bool {
	faded := slices.ContainsFunc(cut(m.workers.skills, w.skills), func(s heldSkill) bool { return s.fresh < 100 })
	return w.static == 0 && w.notPostings.n+w.notFirms.n == 0 && w.experience.n <= 1 && !faded && x.floor%floorUnit == 0 && max(w.schooling, w.vocational) < levels-1
}
