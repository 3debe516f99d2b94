package interest

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"noiviec/matcher"
)

// Part is one named share of a score, in points, with its reason.
type Part struct {
	Name   string
	Points int
	Reason matcher.Reason
}

// Explanation says why an opening stands where it does. The points of Parts sum to Score.
type Explanation struct {
	Opening int32
	Score   int
	Known   bool // the person looked at it already: behind all others, whatever the score
	Parts   []Part
}

// Explain explains the score that Rank would give an opening.
func (q *Query) Explain(j int32, w *Weights, e *Exposure) Explanation {
	out := Explanation{Opening: j, Known: q.mine[j]}
	f := q.Features(j)
	points := q.parts(j, w)
	for part, name := range partNames {
		out.Parts = append(out.Parts, Part{name, points[part], q.reason(part, j, &f, w)})
	}
	shown := matcher.Reason{Code: "shown_to_others", Args: []string{fmt.Sprint(e.times(j))}}
	out.Parts = append(out.Parts, Part{"shown_often", e.points(j), shown})
	for _, p := range out.Parts {
		out.Score += p.Points
	}
	return out
}

// reason is the one of a part's features that earned most; of a place the most particular, since a place lies in
// its region. Where none earned anything, it is the one that took most.
func (q *Query) reason(part int, j int32, f *Features, w *Weights) matcher.Reason {
	most, least := -1, -1
	for i := range f {
		worth := w[i] * f[i]
		switch {
		case features[i].part != part || math.Abs(worth) < 0.005: // less than half a point
		case worth > 0 && (most < 0 || part != partPlace && worth > w[most]*f[most]):
			most = i
		case worth < 0 && (least < 0 || worth < w[least]*f[least]):
			least = i
		}
	}
	switch {
	case most >= 0:
		return matcher.Reason{Code: features[most].reason, Args: q.arguments(most, j)}
	case least >= 0:
		return matcher.Reason{Code: features[least].against, Args: q.arguments(least, j)}
	}
	return matcher.Reason{Code: silence[part]}
}

// arguments are what a feature's reason speaks of.
func (q *Query) arguments(feature int, j int32) []string {
	o := &q.m.source[j]
	switch feature {
	case wordsLast:
		return q.shared(q.last.words, j)
	case wordsBest:
		return q.shared(q.likest(j), j)
	case wordsWanted:
		return q.shared(q.m.people[q.who].wanted, j)
	case wordsWorked:
		return q.shared(q.m.people[q.who].worked, j)
	case placeLast, placeShare, placeEver, placeSize, placeLastSize, placeMoves:
		return []string{o.Place}
	case regionLast, regionShare:
		return []string{o.Region}
	case employerLast, employerShare, sameAd:
		return []string{o.Employer}
	case filedLately, groupLately:
		return []string{o.Group}
	case wordsLately:
		return nil
	case seenDays:
		return []string{fmt.Sprint(int(daysBetween(q.y.seen[j], q.at)))}
	}
	return []string{fmt.Sprint(len(q.y.viewers[j]))}
}

// likest are the words of the title, among those the person looked at, that is most like the opening's.
func (q *Query) likest(j int32) (best []weighed) {
	most := 0.0
	for _, v := range q.y.own[q.who] {
		ws := q.m.openings[v.Opening].words
		if c := cosine(ws, q.m.openings[j].words); c > most {
			best, most = ws, c
		}
	}
	return best
}

func cosine(a, b []weighed) (sum float64) {
	for _, x := range a {
		for _, y := range b {
			if x.word == y.word {
				sum += x.weight * y.weight
			}
		}
	}
	return sum
}

// shared are at most three words of the opening's title that a text has, too, the rarest first.
func (q *Query) shared(ws []weighed, j int32) (out []string) {
	both := slices.DeleteFunc(slices.Clone(ws), func(x weighed) bool {
		return !slices.ContainsFunc(q.m.openings[j].words, func(y weighed) bool { return x.word == y.word })
	})
	slices.SortStableFunc(both, func(a, b weighed) int { return cmp.Compare(q.m.texts.rarity[b.word], q.m.texts.rarity[a.word]) })
	for _, x := range both[:min(3, len(both))] {
		out = append(out, q.m.texts.word[x.word])
	}
	return out
}
