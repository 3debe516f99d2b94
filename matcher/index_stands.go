package matcher

import (
	"cmp"
	"slices"
)

// stand is one place of a posting in the index: the province it is to be within reach in, 0 where that is none or not asked.
type stand struct {
	row, province, occupation int32
	district                  uint8
	idle, lenient, twin       bool
}

// alike reports whether two may be in one list.
func (s *stand) alike(o *stand) bool {
	return s.idle == o.idle && s.lenient == o.lenient && s.province == o.province
}

// stands gives those of all postings in the order of the index: by province, then occupation, then district, so that few blocks
// of a long list are near somebody, then as the rows are.
func (m *Market) stands(x *postingIndex) []stand {
	list := make([]stand, 0, len(m.postings.rows))
	for i := range m.postings.rows {
		p := &m.postings.rows[i]
		provinces := p.provinces(m.postings.siteSets)
		for _, province := range provinces {
			district, _ := x.districtsOf(m.postings.siteSets[p.sites], province)
			list = append(list, stand{int32(i), province, p.occupation, district, p.static != 0, !p.strict(), len(provinces) > 1})
		}
	}
	occupation := ranks(m.vocabulary.occupations.words)
	slices.SortStableFunc(list, func(a, b stand) int {
		return cmp.Or(compareBool(a.idle, b.idle), compareBool(a.lenient, b.lenient), cmp.Compare(a.province, b.province),
			cmp.Compare(occupation[a.occupation], occupation[b.occupation]), cmp.Compare(a.district, b.district))
	})
	return list
}

// manyProvinces is in how many provinces a posting stands at most; one that may be gone to in more stands in none.
const manyProvinces = 3

var noProvince = []int32{0}

// provinces gives those that a posting stands in.
func (p *postingRow) provinces(siteSets [][]site) (list []int32) {
	if !p.strict() {
		return noProvince
	}
	for _, s := range siteSets[p.sites] {
		if s.province == 0 || s.kind != siteCommune && s.kind != siteProvince {
			return noProvince
		}
		if !slices.Contains(list, s.province) {
			list = append(list, s.province)
		}
	}
	if len(list) > manyProvinces {
		return noProvince
	}
	return list
}

// spot is the one commune or two, of known provinces, that a set of workplaces lies in; 0 where there is none such.
type spot [2]int32

func spotOf(sites []site) (s spot) {
	if len(sites) == 0 || len(sites) > len(s) {
		return spot{}
	}
	for i, here := range sites {
		if here.kind != siteCommune || here.province == 0 {
			return spot{}
		}
		s[i] = here.commune
	}
	return s
}

// spots gives the spot of every set of workplaces there is when the index is made.
func (m *Market) spots() []spot {
	spots := make([]spot, len(m.postings.siteSets))
	for i, sites := range m.postings.siteSets {
		spots[i] = spotOf(sites)
	}
	return spots
}
