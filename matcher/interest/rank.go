package interest

import (
	"cmp"
	"math"
	"slices"
)

// Ranked is an opening's place in a list: its number, and its score in points.
type Ranked struct {
	Opening int32
	Score   int
}

// Rank orders all openings for the person, the best first. What the person looked at already stands behind
// everything else: the list is for what they do not know yet. Equal scores are dealt by a hash of the moment and
// the opening's text, so that no opening gains by its number, its place in the file or the alphabet. With
// an Exposure, what others were shown already costs points.
func (q *Query) Rank(w *Weights, e *Exposure) []Ranked {
	list := make([]Ranked, len(q.m.openings))
	for j := range list {
		list[j] = Ranked{int32(j), q.score(int32(j), w) + e.points(int32(j))}
	}
	seed := uint64(q.at.UnixNano())
	slices.SortFunc(list, func(a, b Ranked) int {
		if c := cmp.Compare(q.known(a.Opening), q.known(b.Opening)); c != 0 {
			return c
		}
		if c := cmp.Compare(b.Score, a.Score); c != 0 {
			return c
		}
		x, y := &q.m.openings[a.Opening], &q.m.openings[b.Opening]
		return cmp.Or(cmp.Compare(mix(x.tie^seed), mix(y.tie^seed)), cmp.Compare(mix(x.tieID^seed), mix(y.tieID^seed)))
	})
	return list
}

func (q *Query) known(j int32) int {
	if q.mine[j] {
		return 1
	}
	return 0
}

func (q *Query) score(j int32, w *Weights) int {
	sum := 0
	for _, p := range q.parts(j, w) {
		sum += p
	}
	return sum
}

// parts are the whole points of each part: a hundred make an opening e times as likely to be looked at next.
func (q *Query) parts(j int32, w *Weights) (points [partCount]int) {
	var exact [partCount]float64
	f := q.Features(j)
	for i := range f {
		exact[features[i].part] += w[i] * f[i]
	}
	for i := range exact {
		points[i] = int(math.Round(100 * exact[i]))
	}
	return points
}
