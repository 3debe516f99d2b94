package market

import (
	"cmp"
	"slices"
	"time"
)

// Stages of the way to work, each counted by people.
const (
	StageEligible = "eligible" // looking for work that month
	StageShown    = "shown"    // their list was opened, or they stood in a list that staff opened
	StageApproved = "approved" // a suggestion of theirs was approved
	StageReferred = "referred"
	StageHired    = "hired"
)

// Stages in order.
var Stages = []string{StageEligible, StageShown, StageApproved, StageReferred, StageHired}

// FairnessKinds are what people are grouped by. None of them but the commune's distance ever enters a score.
var FairnessKinds = []string{"sex", "ethnicity", "disability", "commune"}

// Groups that are none of a list.
const (
	GroupUnsaid = "unsaid" // not stated
	GroupOther  = "others" // the smaller ones of a kind, together
)

// mostGroups is how many groups of a kind are told apart; the smaller ones are counted together, in the record and
// therefore everywhere it is shown.
const mostGroups = 12

// Fairness is what became of the people who looked for work in one month, by group. One document a month; once the
// month is over and reckoned it stays as it was printed.
type Fairness struct {
	Meta    `json:",inline"`
	Month   Month          `json:"month"`
	At      time.Time      `json:"at"` // when it was reckoned
	Closed  bool           `json:"closed"`
	Groups  []GroupCounts  `json:"groups"`
	Nights  []NightFigures `json:"nights,omitempty"`
	Engines []string       `json:"engines,omitempty"` // version and digest of the weights that month
}

// GroupCounts counts one group's people at each stage, in the order of Stages.
type GroupCounts struct {
	Kind   string `json:"kind"`
	Code   string `json:"code"`
	Counts []int  `json:"counts"`
}

// NightFigures are what the last matching of a night says of how evenly it shows; -1 is not reckoned.
type NightFigures struct {
	On         Date `json:"on"`
	Gini       int  `json:"gini"`        // per cent, over postings by seats
	NeverShown int  `json:"never_shown"` // postings on nobody's list
	NoCapacity int  `json:"no_capacity"` // people whose openings are all shown to enough others
	Loss       int  `json:"loss"`        // mean score given up for it, per thousand
}

// Collection names where the months are kept.
func (*Fairness) Collection() string { return "fairness" }

// FairnessID gives the id of a month's one.
func FairnessID(centre ID, month Month) ID {
	return DerivedID("fairness", string(centre), string(month))
}

// GroupsOf names a person's group of every kind.
func (w *Worker) GroupsOf() map[string]string {
	out := map[string]string{"sex": cmp.Or(w.Sex, GroupUnsaid), "ethnicity": cmp.Or(w.Ethnicity, GroupUnsaid), "commune": cmp.Or(w.Commune, GroupUnsaid), "disability": "no"}
	if slices.Contains(w.Priority, "disabled") {
		out["disability"] = "yes"
	}
	return out
}

// CountGroups counts people by group: reached says how far each came, as an index of Stages for every stage reached.
func CountGroups(people []Worker, reached func(ID) []int) []GroupCounts {
	found := map[[2]string][]int{}
	for _, w := range people {
		for kind, code := range w.GroupsOf() {
			key := [2]string{kind, code}
			if found[key] == nil {
				found[key] = make([]int, len(Stages))
			}
			for _, stage := range reached(w.ID) {
				found[key][stage]++
			}
		}
	}
	var out []GroupCounts
	for _, kind := range FairnessKinds {
		var groups []GroupCounts
		for key, counts := range found {
			if key[0] == kind {
				groups = append(groups, GroupCounts{kind, key[1], counts})
			}
		}
		out = append(out, together(groups)...)
	}
	return out
}

// together orders the groups of a kind, the largest first, and counts those beyond mostGroups as one.
func together(groups []GroupCounts) []GroupCounts {
	slices.SortFunc(groups, func(a, b GroupCounts) int {
		return cmp.Or(cmp.Compare(b.Counts[0], a.Counts[0]), cmp.Compare(a.Code, b.Code))
	})
	if len(groups) <= mostGroups {
		return groups
	}
	rest := GroupCounts{groups[0].Kind, GroupOther, make([]int, len(Stages))}
	for _, g := range groups[mostGroups-1:] {
		for i, n := range g.Counts {
			rest.Counts[i] += n
		}
	}
	return append(groups[:mostGroups-1:mostGroups-1], rest)
}

// Masked is a count that may be shown, or one that is hidden: because it is below five, or so that others cannot be
// worked out. Which of the two is not said: beside a total it would give small counts away.
type Masked struct {
	N      int
	Hidden bool
}

// MaskedGroup is a group as it may be shown; Code "" is the total of its kind.
type MaskedGroup struct {
	Kind, Code string
	Cells      []Masked // by stage
}

// leastShown is the smallest count of people that is shown.
const leastShown = 5

// Kind gives the groups of one kind as they may be shown, the total last. No cell below five is shown, nor one that
// leaves fewer than five of the group's people out; and of each column so much is hidden that what is hidden cannot
// be worked out from the total: at least two cells, with at least five people in them together. The total is
// hidden where that cannot be had, or where it is itself below five.
func (f *Fairness) Kind(kind string) []MaskedGroup {
	var groups []GroupCounts
	for _, g := range f.Groups {
		if g.Kind == kind {
			groups = append(groups, g)
		}
	}
	total := make([]int, len(Stages))
	out := make([]MaskedGroup, len(groups)+1)
	for i, g := range groups {
		out[i] = MaskedGroup{kind, g.Code, make([]Masked, len(Stages))}
		for k, n := range g.Counts {
			left := g.Counts[0] - n
			out[i].Cells[k] = Masked{n, n < leastShown || k > 0 && left > 0 && left < leastShown}
			total[k] += n
		}
	}
	last := &out[len(groups)]
	*last = MaskedGroup{Kind: kind, Cells: make([]Masked, len(Stages))}
	for k, n := range total {
		left := total[0] - n
		last.Cells[k] = Masked{n, n < leastShown || k > 0 && left > 0 && left < leastShown}
		if !last.Cells[k].Hidden {
			last.Cells[k].Hidden = !complement(out[:len(groups)], k)
		}
	}
	for i := range out {
		for k := range out[i].Cells {
			if out[i].Cells[k].Hidden {
				out[i].Cells[k].N = 0 // what is hidden is not handed on
			}
		}
	}
	return out
}

// complement hides more cells of a column, the smallest first, until what is hidden cannot be worked out; false when
// all are hidden and it still can.
func complement(groups []MaskedGroup, stage int) bool {
	for {
		hidden, people, next := 0, 0, -1
		for i := range groups {
			switch c := groups[i].Cells[stage]; {
			case c.Hidden:
				hidden, people = hidden+1, people+c.N
			case next < 0 || c.N < groups[next].Cells[stage].N:
				next = i
			}
		}
		if hidden == 0 || hidden >= 2 && people >= leastShown {
			return true
		}
		if next < 0 {
			return false
		}
		groups[next].Cells[stage].Hidden = true
	}
}
