package matcher

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// staffLists are lists of postings: in each, people of two groups, of whom one of the second is hired in the place
// named.
func staffLists(lists int) []Seen {
	w := DefaultWeights()
	most := w.partMax()
	var out []Seen
	for k := range lists {
		for i := range 4 {
			s := Seen{Night: Day(20000 + k%6), List: fmt.Sprint("posting ", k), Posting: fmt.Sprint("p", k), Item: fmt.Sprint("w", k, ".", i), Place: i + 1, Chance: 1,
				Points: make([]int, len(partNames)), Groups: []string{"sex:m"}}
			if i == 1 {
				s.Outcome, s.Groups = Hired, []string{"sex:f"}
			}
			part := 1 // who is hired has their points where the proposal counts little
			if i == 1 {
				part = 0
			}
			s.Points[part], s.Points[partSkills] = most[part], most[partSkills]-i
			s.Score = join(s.Points[part], s.Points[partSkills])
			s.Points[partCount] = s.Score - s.Points[part] - s.Points[partSkills]
			out = append(out, s)
		}
	}
	return out
}

// TestGroupsOfPostingLists holds that a hire counts for the group of who was hired, not of whoever stands first.
func TestGroupsOfPostingLists(t *testing.T) {
	t.Parallel()
	today := DefaultWeights()
	bad := today
	bad.Occupation, bad.Place = 1, today.Place+today.Occupation-1
	b := Backtest{Today: today, Proposed: bad, Policies: map[string]PolicyFigures{}}
	all := staffLists(120)
	if err := b.judge(nil, all); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.WorseServed); got != "[sex:f]" {
		t.Errorf("worse served: got %s, want [sex:f]", got)
	}
	if difference, low, high := interval(nil, nil, "sex:f"); difference != 0 || low != 0 || high != 0 {
		t.Errorf("of nobody: got %g [%g, %g], want nothing", difference, low, high)
	}
}

// TestPeopleAreNoPostings holds that the people of a posting's list are not counted as postings.
func TestPeopleAreNoPostings(t *testing.T) {
	t.Parallel()
	all := staffLists(120)
	known := pastOf(nil, all)
	for posting := range known.first {
		if strings.HasPrefix(posting, "w") {
			t.Fatalf("the person %s is taken for a posting", posting)
		}
	}
	own := Seen{Night: 20000, List: "person", Posting: "p1", Place: 1, Chance: 1, Points: make([]int, len(partNames))}
	b := Backtest{Today: DefaultWeights(), Proposed: DefaultWeights(), Policies: map[string]PolicyFigures{}}
	if err := b.judge(nil, append(all, own)); err != nil {
		t.Fatal(err)
	}
	if f := b.Policies[PolicyToday]; f.Coverage != 1 || f.Gini != 0 {
		t.Errorf("one posting in the one list of a person: coverage %g, gini %g, want 1 and 0", f.Coverage, f.Gini)
	}
	b = Backtest{Today: DefaultWeights(), Proposed: DefaultWeights(), Policies: map[string]PolicyFigures{}}
	if err := b.judge(nil, all); err != nil || math.IsNaN(b.Policies[PolicyToday].Coverage) {
		t.Errorf("lists of postings alone: got %v, coverage %g", err, b.Policies[PolicyToday].Coverage)
	}
}

// TestRecordsThatCannotBe refuses a chance that is no number, and points the weights do not give.
func TestRecordsThatCannotBe(t *testing.T) {
	t.Parallel()
	today := DefaultWeights()
	all := staffLists(6)
	all[3].Chance = math.NaN()
	if _, err := Compare(all, today, FitOptions{}, nil); err == nil || !strings.Contains(err.Error(), "record 4: ") {
		t.Errorf("a chance that is no number: got %v", err)
	}
	all = staffLists(6)
	fewer := today
	fewer.Place, fewer.Occupation = fewer.Place-2, fewer.Occupation+2
	if _, err := Compare(all, fewer, FitOptions{}, nil); err == nil || !strings.Contains(err.Error(), "points for place, the weights give 0 to") {
		t.Errorf("scored with other weights: got %v", err)
	}
}
