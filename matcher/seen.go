package matcher

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
)

// Outcome is how far a pair came, each holding those before it.
type Outcome uint8

// The outcomes.
const (
	PassedOver Outcome = iota // shown, and nothing came of it
	Wanted                    // the person applied, or staff approved
	Referred
	Hired
	Stayed // still there after 90 days
)

// Seen is one pair in a list that somebody had before their eyes, and what came of it.
type Seen struct {
	Night   Day
	List    string // whose list: pairs are compared within one list of one night only
	Posting string
	Item    string  // the other side where the list is a posting's: the person; "" in a person's list
	Place   int     // where in the list, from 1
	Chance  float64 // that it was shown, above 0 and at most 1
	Score   int
	Points  []int // by part, in the order of PartNames
	Outcome Outcome
	Groups  []string // names of groups the person belongs to, for figures only: no fit reads them
}

// Check reports a record no list can have.
func (s *Seen) Check() error {
	sum := 0
	for _, p := range s.Points {
		sum += p
	}
	// Of a number that is none every comparison is false: so it is asked whether the chance is a good one.
	chance := s.Chance > 0 && s.Chance <= 1
	switch {
	case len(s.Points) != len(partNames):
		return fmt.Errorf("check record of %s: got %d parts, want %d", s.Posting, len(s.Points), len(partNames))
	case sum != s.Score:
		return fmt.Errorf("check record of %s: the parts sum to %d, the score is %d", s.Posting, sum, s.Score)
	case s.Place < 1 || !chance || s.Outcome > Stayed:
		return fmt.Errorf("check record of %s: place %d, chance %g, outcome %d", s.Posting, s.Place, s.Chance, s.Outcome)
	}
	return nil
}

// Under reports points that no pair can have under the weights, as a record scored with others may.
func (s *Seen) Under(w *Weights) error {
	for i, most := range w.partMax() {
		if i >= len(s.Points) {
			return nil // Check says so
		}
		if s.Points[i] < 0 || s.Points[i] > most {
			return fmt.Errorf("check record of %s: %d points for %s, the weights give 0 to %d", s.Posting, s.Points[i], partNames[i], most)
		}
	}
	return nil
}

// ofPosting reports that the list was a posting's, of people.
func (s *Seen) ofPosting() bool { return s.Item != "" }

// shares gives how much of each part a pair earned under the weights it was scored with.
func (s *Seen) shares(w *Weights) (out [partCount]float64) {
	for i, most := range w.partMax() {
		out[i] = float64(s.Points[i]) / float64(most)
	}
	return out
}

// taken is what joining the sides and doubt took off, in points.
func (s *Seen) taken() float64 {
	sum := 0
	for _, p := range s.Points[partCount:] {
		sum += p
	}
	return float64(sum)
}

// rescore gives the score a pair would have had under other weights, from the shares it earned: exact but for
// the rounding of each part, because everything a part knows grows and shrinks with it (see Weights.with).
func (s *Seen) rescore(from, to *Weights) float64 {
	shares, most := s.shares(from), to.partMax()
	var wish, asked float64
	for i, share := range shares {
		if i < partSkills {
			wish += share * float64(most[i])
		} else {
			asked += share * float64(most[i])
		}
	}
	untrusted := s.Points[len(partNames)-1]
	return max(0, 2*math.Sqrt(wish*asked)+float64(untrusted))
}

// nightly is one list of one night.
type nightly []*Seen

// byList groups records into lists, in the order of nights, lists and places.
func byList(all []Seen) []nightly {
	order := make([]*Seen, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.SortStableFunc(order, func(a, b *Seen) int {
		return cmp.Or(cmp.Compare(a.Night, b.Night), cmp.Compare(a.List, b.List), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Posting, b.Posting), cmp.Compare(a.Item, b.Item))
	})
	var out []nightly
	for i, s := range order {
		if i == 0 || s.Night != order[i-1].Night || s.List != order[i-1].List {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

// turn deals equal ones of a list: a hash of the night, the list and the other side.
func (s *Seen) turn(salt string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d %s %s", salt, s.Night, s.List, cmp.Or(s.Item, s.Posting))
	return h.Sum64()
}
