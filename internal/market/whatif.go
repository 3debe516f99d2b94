package market

import (
	"cmp"
	"slices"
)

// FitScore is the score from which a pair that passes every hard condition counts as one that fits. It is what two
// sides earn together that each hold three fifths of what they could: more than half on both.
const FitScore = 60

// Chances say how many of the other side there are for one person, or one vacancy. Its maps go by hard condition.
type Chances struct {
	Looked  int            `json:"looked"`
	Passed  int            `json:"passed"`            // meet every hard condition
	Fits    int            `json:"fits"`              // of these, those that reach FitScore
	Removed map[string]int `json:"removed,omitempty"` // each counted at the first it fails: with Passed they add up to Looked
	Fail    map[string]int `json:"fail,omitempty"`    // all who fail it, whatever else they fail
	Alone   map[string]int `json:"alone,omitempty"`   // who fail it and nothing else: without it they would pass
}

// Alternative is one thing that could be otherwise, with what it would change.
type Alternative struct {
	Group      string `json:"group"` // what it is about: "reach", "pay", "certificate"…
	What       Reason `json:"what"`
	Course     ID     `json:"course,omitempty"` // that teaches it
	Fits       int    `json:"fits"`
	MoreFits   int    `json:"more_fits"`             // against now; less than nothing where it closes doors
	Passed     int    `json:"passed,omitempty"`      // for a vacancy: who would meet every hard condition
	MorePassed int    `json:"more_passed,omitempty"` // against now
}

// WhatIf is what one person's, or one vacancy's, chances are and how each single change would move them, all
// counted on the whole market of a day.
type WhatIf struct {
	Side         Side          `json:"side"`
	On           Date          `json:"on"`
	Now          Chances       `json:"now"`
	Alternatives []Alternative `json:"alternatives"`
}

// Best gives the alternatives of some groups that would open something, the most first; of equals the one that was
// counted first.
func (w WhatIf) Best(groups ...string) []Alternative {
	var out []Alternative
	for _, a := range w.Alternatives {
		if slices.Contains(groups, a.Group) && a.MoreFits > 0 {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b Alternative) int { return cmp.Compare(b.MoreFits, a.MoreFits) })
	return out
}

// Of gives the alternatives of one group as they were counted.
func (w WhatIf) Of(group string) []Alternative {
	return slices.DeleteFunc(slices.Clone(w.Alternatives), func(a Alternative) bool { return a.Group != group })
}

// Explanation says why one pair stands where it does, also when it is not suggested.
type Explanation struct {
	Suggestion     `json:",inline"`
	Passes         bool     `json:"passes"`
	Fails          []Reason `json:"fails,omitempty"` // hard conditions not met
	BetterPostings int      `json:"better_postings"` // for a pair that passes: vacancies that fit the person better
	BetterWorkers  int      `json:"better_workers"`  // people who fit the vacancy better
}
