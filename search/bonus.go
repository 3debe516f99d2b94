package search

import (
	"math"

	"noiviec/internal/taxonomy"
)

// bonus gives the points that lie in a document's row instead of its words: nearness, freshness, a title that is
// about nothing else.
type bonus struct {
	place   []float64 // by the number of a commune, province or country; empty when none was named
	fromNow float64   // today, in days since 1970; 0 when no day was given
}

func newBonus(q *Query, lex *taxonomy.Taxonomy, dict *dictionary, in *intent) *bonus {
	b := &bonus{}
	if q.Today.Whole() {
		b.fromNow = float64(q.Today.Time().Unix()) / (24 * 60 * 60)
	}
	add := func(code string, points float64) {
		if n, ok := dict.find(code); ok {
			if more := int(n) + 1 - len(b.place); more > 0 {
				b.place = append(b.place, make([]float64, more)...)
			}
			b.place[n] = max(b.place[n], points)
		}
	}
	for _, code := range in.places {
		if _, ok := lex.Commune(code); !ok {
			add(code, pointsProvince)
			continue
		}
		if len(in.places) > mostCentres { // an old district or province: what lies in it is near
			add(code, pointsPlace)
			continue
		}
		for _, near := range lex.WithinKm(code, placeReachKm) {
			add(near.Commune.Code, pointsPlace*(1-near.Km/placeReachKm))
		}
	}
	if home := q.Filters.NearCommune; home != "" && (q.Kind == Worker || len(in.places) == 0) { // the nearest first; of jobs, a place that was named comes before one's home
		reach := max(placeReachKm, float64(q.Filters.Km))
		if c, ok := lex.Commune(home); ok && q.Kind == Posting {
			add(c.Province, pointsOwnProvince)
		}
		for _, near := range lex.WithinKm(home, reach) {
			add(near.Commune.Code, pointsPlace*(1-near.Km/reach))
		}
	}
	return b
}

// mostCentres is around how many communes nearness is worked out.
const mostCentres = 8

func (b *bonus) of(t *table, doc uint32, titled uint8) float64 {
	points := 0.0
	if len(b.place) > 0 {
		points = b.near(t, doc)
	}
	if words := t.titleWords[doc]; words > 0 {
		points += pointsWholeTitle * min(1, float64(titled)/float64(words))
	}
	if fresh := t.fresh[doc]; b.fromNow > 0 && fresh > 0 {
		if age := max(0, int(b.fromNow-float64(fresh)/(24*60*60*1000))); age < len(freshPoints) {
			points += freshPoints[age]
		}
	}
	return points
}

// most is what no document gets more than.
func (b *bonus) most() float64 {
	most := 0.0
	for _, points := range b.place {
		most = max(most, points)
	}
	return most + pointsWholeTitle + pointsFresh
}

// freshPoints are the points by age in days; what is older than a year gets none.
var freshPoints = func() (out [366]float64) {
	for age := range out {
		out[age] = pointsFresh * math.Exp2(-float64(age)/freshHalfDays)
	}
	return out
}()

// near gives the points of the nearest of a document's places.
func (b *bonus) near(t *table, doc uint32) float64 {
	points := 0.0
	for _, g := range [...]int{groupCommunes, groupProvinces, groupAbroad} {
		for _, n := range t.codes[g].of(doc) {
			if int(n) < len(b.place) {
				points = max(points, b.place[n])
			}
		}
	}
	return points
}
