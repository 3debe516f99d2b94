package market

import (
	"cmp"
	"slices"
)

// Standing is how a pair stood in the list that somebody decided from. A no counts for little unless one knows
// what was seen beside it: it is kept with every decision, and never changes afterwards.
type Standing struct {
	On      Date           `json:"on,omitempty"` // the day the list reckoned with
	Run     ID             `json:"run,omitempty"`
	Engine  string         `json:"engine,omitempty"`
	Weights string         `json:"weights,omitempty"` // digest
	Side    Side           `json:"side,omitempty"`    // whose list it was
	Place   int            `json:"place,omitempty"`   // from 1; 0 is a pair that stood in no list
	Of      int            `json:"of,omitempty"`      // how many of the list were shown
	Chance  int            `json:"chance,omitempty"`  // per thousand, see Suggestions.Chance
	Put     bool           `json:"put,omitempty"`     // the spread or the allocation moved it
	Score   int            `json:"score,omitempty"`
	Parts   map[string]int `json:"parts,omitempty"` // name of the part → points
}

// Certain is a chance of one.
const Certain = 1000

// Chance gives how likely the pair at place i (from 0) was to be among the first shown, per thousand. Scores are
// certain; pairs with the same score are dealt anew every day. With a better ones above and t alike it stands
// among the first n on min(1, (n − a) / t) of the days. Where those alike run on beyond the end of the stored
// list, t is what the list holds of them, and the chance is the most it can be. A pair that the night's spread or
// allocation moved stands where it was put: its chance is one, it takes a place from the others, and it is marked.
func (l *Suggestions) Chance(i, shown int) int {
	if l.Items[i].put() {
		return Certain
	}
	better, alike := 0, 0
	for k, item := range l.Items {
		switch score := l.Items[i].Score; {
		case item.put():
			if k < shown {
				shown--
			}
		case item.Score > score:
			better++
		case item.Score == score:
			alike++
		}
	}
	return min(Certain, max(0, Certain*(shown-better)/alike))
}

// put reports that more than its score decided where a pair stands.
func (s *Suggestion) put() bool { return s.Moved != nil || s.Allocated }

// Standing tells how a pair stands in the list of which the first are shown; ok is false when it does not.
func (l *Suggestions) Standing(posting, worker ID, shown int) (s Standing, ok bool) {
	i := slices.IndexFunc(l.Items, func(item Suggestion) bool { return item.Posting == posting && item.Worker == worker })
	if i < 0 {
		return s, false
	}
	shown = min(shown, len(l.Items))
	item := l.Items[i]
	s = Standing{On: l.On, Run: l.Run, Engine: l.Engine, Weights: l.Weights, Side: l.Side, Place: i + 1, Of: shown,
		Chance: l.Chance(i, shown), Put: item.put(), Score: item.Score, Parts: item.Points()}
	return s, true
}

// Points gives the parts by name.
func (s Suggestion) Points() map[string]int {
	out := make(map[string]int, len(s.Parts))
	for _, part := range s.Parts {
		out[part.Name] = part.Points
	}
	return out
}

// ShownTo gives how many of the list a role sees: a job seeker the places dealt to them, staff all.
func (l *Suggestions) ShownTo(role Role) int {
	if role == Seeker {
		return len(l.Shown())
	}
	return len(l.Items)
}

// Showing is one list as somebody had it before their eyes on a day: what they chose from, and what they passed
// over. One document a list, a day and a kind of reader; the job "fairness" deletes what is older than a year.
type Showing struct {
	Meta    `json:",inline"`
	On      Date        `json:"on"`
	To      Role        `json:"to"`
	Side    Side        `json:"side"`
	Subject ID          `json:"subject"`
	Run     ID          `json:"run,omitempty"`
	Engine  string      `json:"engine,omitempty"`
	Weights string      `json:"weights,omitempty"`
	Items   []ShownPair `json:"items"`
}

// ShownPair is one line of it, in the order it stood.
type ShownPair struct {
	Place  int            `json:"place,omitempty"` // in the list, from 1; 0 in records that hold the list from its first
	Other  ID             `json:"other"`           // the posting in a worker's list, the worker in a posting's
	Score  int            `json:"score"`
	Chance int            `json:"chance"`        // per thousand
	Put    bool           `json:"put,omitempty"` // the spread or the allocation moved it
	Parts  map[string]int `json:"parts,omitempty"`
}

// Collection names where they are kept.
func (*Showing) Collection() string { return "showings" }

// At gives the place of the line that stands at i (from 0) of a record.
func (p ShownPair) At(i int) int { return cmp.Or(p.Place, i+1) }

// Add takes up what was shown of the same list later on the day; false when there is nothing new. Lines of another run
// are left out: they were chosen from another list.
func (s *Showing) Add(later Showing) bool {
	if s.Run != later.Run || s.Weights != later.Weights {
		return false
	}
	added := false
	for i := range s.Items {
		s.Items[i].Place = s.Items[i].At(i)
	}
	for _, item := range later.Items {
		switch i := slices.IndexFunc(s.Items, func(was ShownPair) bool { return was.Other == item.Other || was.Place == item.Place }); {
		case i < 0:
			s.Items, added = append(s.Items, item), true
		case s.Items[i].Other == item.Other && s.Items[i].Chance < item.Chance:
			s.Items[i].Chance, added = item.Chance, true
		}
	}
	slices.SortFunc(s.Items, func(a, b ShownPair) int { return cmp.Compare(a.Place, b.Place) })
	return added
}

// Showing gives the list as shown on a day to a role: the first of it, or of these only the places named (from 0).
func (l *Suggestions) Showing(on Date, to Role, shown int, places ...int) Showing {
	out := Showing{On: on, To: to, Side: l.Side, Subject: l.Subject, Run: l.Run, Engine: l.Engine, Weights: l.Weights, Items: []ShownPair{}}
	shown = min(shown, len(l.Items))
	for i, item := range l.Items[:shown] {
		if len(places) > 0 && !slices.Contains(places, i) {
			continue
		}
		other := item.Worker
		if l.Side == ForWorker {
			other = item.Posting
		}
		out.Items = append(out.Items, ShownPair{Place: i + 1, Other: other, Score: item.Score, Chance: l.Chance(i, shown), Put: item.put(), Parts: item.Points()})
	}
	return out
}

// ShowingID gives the id of the one record of a list, a day and a role.
func ShowingID(centre ID, on Date, to Role, side Side, subject ID) ID {
	return DerivedID("showing", string(centre), string(on), string(to), string(side), string(subject))
}
