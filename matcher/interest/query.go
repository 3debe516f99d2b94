package interest

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Query is one person at one moment: all that can be said of them against every opening.
type Query struct {
	m    *Market
	y    *Memory
	who  int32
	at   time.Time
	last *opening // what they looked at last, nil for nothing

	place, region, firm map[int32]float64 // shares of what they looked at, fading
	moves               map[int32]float64 // how commonly people who look at their places look at others
	ads                 map[int32]bool
	mine                []bool // of each opening: the person looked at it

	wordsLast, wordsBest, wordsWanted, wordsWorked []float64 // of each opening
	alike                                          []float64 // looked at by people who looked at the same
	trend                                          []float64 // of each word: how much more than its share it is looked at lately
	filed                                          [2]float64
}

// Ask prepares the ranking of all openings for a person at a moment. Everything remembered must be earlier.
func (y *Memory) Ask(who int32, at time.Time) (*Query, error) {
	if !y.last.Before(at) {
		return nil, fmt.Errorf("the moment %s is not after what is remembered, up to %s", at, y.last)
	}
	n := len(y.m.openings)
	q := &Query{
		m: y.m, y: y, who: who, at: at, place: map[int32]float64{}, region: map[int32]float64{}, firm: map[int32]float64{},
		ads: map[int32]bool{}, mine: make([]bool, n), wordsLast: make([]float64, n), wordsBest: make([]float64, n),
		wordsWanted: make([]float64, n), wordsWorked: make([]float64, n), alike: make([]float64, n),
	}
	p := &y.m.people[who]
	y.m.texts.alike(p.wanted, q.wordsWanted)
	y.m.texts.alike(p.worked, q.wordsWorked)
	q.ownViews()
	q.placesPeopleMoveTo()
	q.peopleAlike()
	q.lately()
	return q, nil
}

// ownViews sums up what the person looked at, the latest first and heaviest.
func (q *Query) ownViews() {
	own := q.y.own[q.who]
	var sum float64
	for i := len(own) - 1; i >= 0; i-- {
		v := own[i]
		o := &q.m.openings[v.Opening]
		w := math.Pow(ownPerView, float64(len(own)-1-i)) * math.Exp(-daysBetween(v.At, q.at)/ownFades)
		w = max(w, 1e-9) // long ago is still better than nothing
		sum += w
		q.mine[v.Opening] = true
		share(q.place, o.place, w)
		share(q.region, o.region, w)
		share(q.firm, o.firm, w)
		if o.ad != none {
			q.ads[o.ad] = true
		}
		likeness := make([]float64, len(q.m.openings))
		q.m.texts.alike(o.words, likeness)
		if q.last == nil {
			q.last = o
			copy(q.wordsLast, likeness)
		}
		for j, c := range likeness {
			q.wordsBest[j] = max(q.wordsBest[j], c)
		}
	}
	for _, shares := range []map[int32]float64{q.place, q.region, q.firm} {
		for k := range shares {
			shares[k] /= sum
		}
	}
}

func share(shares map[int32]float64, n int32, w float64) {
	if n != none {
		shares[n] += w
	}
}

// placesPeopleMoveTo follows people's ways between places for one step and for two: distance is not known, but
// places that the same people look at are near each other.
func (q *Query) placesPeopleMoveTo() {
	const shy = 3 // so many moves are needed before a way is half believed
	q.moves = map[int32]float64{}
	for _, from := range sorted(q.place) {
		for _, over := range sorted(q.y.moves[from]) {
			step := q.place[from] * q.y.moves[from][over] / (q.y.moved[from] + shy)
			q.moves[over] += step
			for _, to := range sorted(q.y.moves[over]) {
				q.moves[to] += step * q.y.moves[over][to] / (q.y.moved[over] + shy)
			}
		}
	}
}

func sorted(m map[int32]float64) []int32 {
	keys := make([]int32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// peopleAlike goes from what the person looked at to the others who did, and on to what else those looked at.
func (q *Query) peopleAlike() {
	for _, v := range q.y.own[q.who] {
		viewers := q.y.viewers[v.Opening]
		for _, p := range viewers {
			if p == q.who {
				continue
			}
			w := 1 / math.Sqrt(float64(len(viewers)*len(q.y.own[p])))
			for _, u := range q.y.own[p] {
				q.alike[u.Opening] += w * math.Exp(-daysBetween(u.At, q.at)/interestFades)
			}
		}
	}
}

// lately compares what all people looked at in the last days with what there is.
func (q *Query) lately() {
	const shy = 2
	var looked, there float64
	recent := make([]float64, len(q.y.words))
	for w := range recent {
		recent[w] = q.y.words[w].value(q.at, interestFades)
		looked += recent[w]
		there += float64(len(q.m.texts.postings[w]))
	}
	q.trend = make([]float64, len(recent))
	for w := range recent {
		fair := looked * float64(len(q.m.texts.postings[w])) / there
		q.trend[w] = math.Log((recent[w] + shy) / (fair + shy))
	}
	var withGroup float64
	for _, n := range q.m.kinds.size {
		withGroup += float64(n)
	}
	shares := [2]float64{1 - withGroup/float64(len(q.m.openings)), withGroup / float64(len(q.m.openings))}
	for i := range q.filed {
		if shares[i] > 0 {
			a, b := q.y.filed[i].value(q.at, kindFades), q.y.filed[1-i].value(q.at, kindFades)
			q.filed[i] = math.Log((a + 0.5) / (a + b + 1) / shares[i])
		}
	}
}
