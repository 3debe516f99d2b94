package matcher

import (
	"slices"
	"sync/atomic"
)

// postingIndex is the lists of postings. Rows from the number rows on came later and are in no list.
type postingIndex struct {
	rows        int32
	briefs      []brief
	sheets      []postingSheet
	lists       []postingList
	begin       []int32                   // by province: its first list
	closestRows []atomic.Pointer[[]uint8] // see closest
	classes     classes
	kinds       postingClasses
	codes       indexCodes
	spots       []spot    // by set of workplaces
	district    []uint8   // by commune
	communes    [][]int32 // by province: those where there is work
}

func newPostingIndex(m *Market, codes indexCodes) (x postingIndex) {
	x.codes = codes
	x.rows, x.spots = int32(len(m.postings.rows)), m.spots()
	x.kinds, x.district, x.communes = m.newPostingClasses(), m.vocabulary.districts(placeCount-1), m.workplaces()
	var byRow []brief
	byRow, x.classes = m.newBriefs(x.spots)
	stands := m.stands(&x)
	for from := 0; from < len(stands); {
		to := runEnd(from, len(stands), len(stands), func(i int) bool { return stands[i].alike(&stands[from]) })
		for _, run := range m.listRuns(stands[from:to]) {
			x.addList(m, run, byRow)
		}
		from = to
	}
	x.begin = beginnings(x.lists, len(m.vocabulary.provinces.words), func(l *postingList) int32 { return l.province })
	x.closestRows = make([]atomic.Pointer[[]uint8], len(m.vocabulary.occupations.words))
	return x
}

// listRuns cuts what may be in one list into lists: an occupation of many postings has one of its own, those of few share
// one that fills a block.
func (m *Market) listRuns(stands []stand) (runs [][]stand) {
	var open []stand
	occupations := 0
	shut := func() {
		if len(open) > 0 {
			runs = append(runs, open)
		}
		open, occupations = nil, 0
	}
	for from := 0; from < len(stands); {
		to := runEnd(from, len(stands), len(stands), func(i int) bool { return stands[i].occupation == stands[from].occupation })
		run := stands[from:to]
		if len(open)+len(run) > tallyRows || occupations == classCount {
			shut()
		}
		if len(run) > tallyRows/2 {
			shut()
			runs = append(runs, run)
		} else {
			open, occupations = append(open, run...), occupations+1
		}
		from = to
	}
	shut()
	return runs
}

// addList lays out one list.
func (x *postingIndex) addList(m *Market, stands []stand, byRow []brief) {
	list := newPostingList(stands[0].province)
	list.from, list.strict = int32(len(x.sheets)), !stands[0].lenient
	for from := 0; from < len(stands); from += tallyRows {
		block := stands[from:min(from+tallyRows, len(stands))]
		at := len(x.briefs)
		for _, s := range block {
			b := byRow[s.row]
			if s.twin {
				b.flags |= twinBrief
			}
			x.briefs = append(x.briefs, b)
			list.add(m, &m.postings.rows[s.row])
			list.place = max(list.place, m.placeMost(&s))
		}
		x.sheets = append(x.sheets, m.postingSheet(x, &list, int32(at)))
	}
	list.to = int32(len(x.sheets))
	x.lists = append(x.lists, list)
}

// placeMost is what a place earns at most for anybody.
func (m *Market) placeMost(s *stand) int8 {
	w := &m.weights
	switch {
	case s.province != 0:
	case s.district == districtUnknown:
		return int8(w.PlaceUnknown)
	case s.district == districtOpen:
		return int8(w.PlaceOpen)
	}
	return int8(w.Place)
}

// in gives the lists of a province.
func (x *postingIndex) in(province int32) (from, to int32) {
	if int(province)+1 >= len(x.begin) { // not known when the index was made
		return 0, 0
	}
	return x.begin[province], x.begin[province+1]
}

// Of postings in no single province those are told apart whose workplaces are none that one could be far from.
const (
	districtUnknown = 1 + iota
	districtOpen
)

// districtsOf gives the districts that the workplaces in a province lie in, the same twice where they lie in one, and 0 where
// two do not tell all.
func (x *postingIndex) districtsOf(sites []site, province int32) (a, b uint8) {
	all := func(kind siteKind) bool {
		return !slices.ContainsFunc(sites, func(s site) bool { return s.kind != kind })
	}
	switch {
	case province != 0:
	case all(siteUnknown):
		return districtUnknown, districtUnknown
	case all(siteOpen):
		return districtOpen, districtOpen
	default:
		return 0, 0
	}
	for _, s := range sites {
		if s.province != province {
			continue
		}
		if s.kind != siteCommune || x.district[s.commune] == 0 {
			return 0, 0
		}
		switch here := x.district[s.commune]; {
		case a == 0:
			a, b = here, here
		case here == a || here == b:
		case a == b:
			b = here
		default:
			return 0, 0
		}
	}
	return a, b
}

// workplaces gives, by province, the communes where there is work.
func (m *Market) workplaces() [][]int32 {
	communes := make([][]int32, len(m.vocabulary.provinces.words))
	for _, sites := range m.postings.siteSets {
		for _, s := range sites {
			if s.kind == siteCommune && s.province != 0 {
				communes[s.province] = append(communes[s.province], s.commune)
			}
		}
	}
	return sortedUnique(communes)
}

// strict tells apart those that insist on all that postings insist on unless they say otherwise.
func (p *postingRow) strict() bool { return p.must&standing == standing }
