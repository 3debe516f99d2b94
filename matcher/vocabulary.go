package matcher

import (
	"math"
	"sync/atomic"
)

// vocabulary numbers every code that tables, workers and postings use, and knows how they relate. It is
// filled by a Builder and never changes once a Market stands on it.
type vocabulary struct {
	tables Tables

	occupations, groups, fields    terms
	skills, certificates           terms
	communes, provinces, countries terms
	languages, benefits, shifts    terms
	bars, reasons                  terms

	group, field []int32 // by occupation
	province     []int32 // by commune
	point        []point // by commune
	away         uint32  // bits of the benefits needed only away from home
	night        uint32  // bits of the shifts at night

	skillsCovered  packed[share] // held skill → asked skills it covers
	skillsCovering packed[share] // asked skill → held skills that cover it
	implied        packed[int32] // certificate → itself and all it implies
	related        packed[share] // occupation → close occupations

	closenessRows []atomic.Pointer[[]uint8]
	distanceRows  []atomic.Pointer[[]uint16]
	nearestRows   []atomic.Pointer[[]uint16]
}

// point is a place on the unit sphere; the zero point is not known.
type point struct{ x, y, z float64 }

const earthKm = 6371.0 // mean radius

const (
	unknownKm = math.MaxUint16
	noMonths  = math.MaxUint16
)

func newVocabulary(t Tables) *vocabulary {
	v := &vocabulary{tables: t}
	for _, list := range []*terms{
		&v.occupations, &v.groups, &v.fields, &v.skills, &v.certificates, &v.communes, &v.provinces, &v.countries,
		&v.languages, &v.benefits, &v.shifts, &v.bars, &v.reasons,
	} {
		*list = newTerms()
	}
	for _, o := range t.Occupations {
		v.occupations.id(o.Code)
	}
	for _, c := range t.Communes {
		v.communes.id(c.Code)
		v.provinces.id(c.Province)
	}
	for _, l := range t.OccupationLinks {
		v.occupations.id(l.From)
		v.occupations.id(l.To)
	}
	for _, l := range t.SkillLinks {
		v.skills.id(l.From)
		v.skills.id(l.To)
	}
	for _, i := range t.Implications {
		v.certificates.id(i.Certificate)
		v.certificates.id(i.Implies)
	}
	v.province = make([]int32, len(v.communes.words))
	for _, c := range t.Communes {
		v.province[v.communes.id(c.Code)] = v.provinces.id(c.Province)
	}
	for _, b := range t.AwayBenefits {
		v.away |= bit(v.benefits.id(b))
	}
	for _, s := range t.NightShifts {
		v.night |= bit(v.shifts.id(s))
	}
	return v
}

// settle works out the relations once every code is known.
func (v *vocabulary) settle() {
	n := len(v.occupations.words)
	v.group, v.field = make([]int32, n), make([]int32, n)
	for _, o := range v.tables.Occupations {
		id := v.occupations.id(o.Code)
		v.group[id], v.field[id] = v.groups.id(o.Group), v.fields.id(o.Field)
	}
	v.related = sparse(n, v.tables.OccupationLinks, &v.occupations, false)
	v.skillsCovered = sparse(len(v.skills.words), v.tables.SkillLinks, &v.skills, false)
	v.skillsCovering = sparse(len(v.skills.words), v.tables.SkillLinks, &v.skills, true)
	v.implied = closure(len(v.certificates.words), v.tables.Implications, &v.certificates)
	v.closenessRows = make([]atomic.Pointer[[]uint8], n)
	v.settlePlaces()
}

func (v *vocabulary) settlePlaces() {
	n := len(v.communes.words)
	v.province = append(v.province, make([]int32, n-len(v.province))...) // communes no table knows
	v.point = make([]point, n)
	for _, c := range v.tables.Communes {
		if c.Lat != 0 || c.Lon != 0 {
			v.point[v.communes.id(c.Code)] = pointAt(c.Lat, c.Lon)
		}
	}
	v.distanceRows, v.nearestRows = make([]atomic.Pointer[[]uint16], n), make([]atomic.Pointer[[]uint16], n)
}

func pointAt(lat, lon float64) point {
	sinLat, cosLat := math.Sincos(lat * math.Pi / 180)
	sinLon, cosLon := math.Sincos(lon * math.Pi / 180)
	return point{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// noCloseness marks a pair of occupations of which one is not known.
const noCloseness = math.MaxUint8

// closeness gives, for every occupation, how much of it somebody from the given one covers, in per cent: 100
// the same, then what a link says or the shared group or field, whichever is more; noCloseness when either is
// not known. Rows are worked out when first asked for and kept.
func (v *vocabulary) closeness(from int32, w *Weights) []uint8 {
	if row := v.closenessRows[from].Load(); row != nil {
		return *row
	}
	row := make([]uint8, len(v.group))
	for to := range row {
		switch {
		case from == 0 || to == 0:
			row[to] = noCloseness
		case v.group[from] != 0 && v.group[from] == v.group[to]:
			row[to] = uint8(w.SameGroup)
		case v.field[from] != 0 && v.field[from] == v.field[to]:
			row[to] = uint8(w.SameField)
		}
	}
	if from != 0 {
		for _, link := range v.related.of(from) {
			if link.to != from {
				row[link.to] = max(row[link.to], min(link.percent, uint8(w.Related)))
			}
		}
	}
	if from != 0 {
		row[from] = 100
	}
	row[0] = noCloseness
	v.closenessRows[from].Store(&row)
	return row
}

// distances gives the whole kilometres in a straight line from a commune to every other, unknownKm where a
// place is not known.
func (v *vocabulary) distances(from int32) []uint16 {
	if row := v.distanceRows[from].Load(); row != nil {
		return *row
	}
	row := make([]uint16, len(v.point))
	a := v.point[from]
	for to, b := range v.point {
		row[to] = kmBetween(a, b)
	}
	row[from] = 0
	row[0] = unknownKm
	v.distanceRows[from].Store(&row)
	return row
}

func kmBetween(a, b point) uint16 {
	if a == (point{}) || b == (point{}) {
		return unknownKm
	}
	dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
	chord := math.Sqrt(float64(dx*dx) + float64(dy*dy) + float64(dz*dz))
	return uint16(math.Round(2 * earthKm * math.Asin(min(1, chord/2))))
}

// bit gives the bit of a numbered term, none for 0.
func bit(id int32) uint32 {
	if id == 0 {
		return 0
	}
	return 1 << (id - 1)
}
