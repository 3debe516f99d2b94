package market

import (
	"errors"
	"slices"
	"time"
)

// WeightsState is where a set of the engine's weights stands.
type WeightsState string

const (
	WeightsProposed WeightsState = "proposed" // fitted to outcomes: waits for a person
	WeightsInForce  WeightsState = "in_force" // the engine ranks with it; at most one
	WeightsReplaced WeightsState = "replaced" // was in force
	WeightsRejected WeightsState = "rejected"
	WeightsOvertook WeightsState = "overtaken" // a later proposal took its place
)

// WeightsEvent is what may happen to a set.
type WeightsEvent string

const (
	WeightsApprove  WeightsEvent = "approve"
	WeightsReject   WeightsEvent = "reject"
	WeightsReplace  WeightsEvent = "replace"  // by another set, or by those the program comes with
	WeightsReturn   WeightsEvent = "return"   // an earlier set comes into force again
	WeightsOvertake WeightsEvent = "overtake" // by a later proposal
)

var weightsMachine = machine[WeightsState, WeightsEvent]{
	noun:   "weights",
	states: []WeightsState{WeightsProposed, WeightsInForce, WeightsReplaced, WeightsRejected, WeightsOvertook},
	events: []WeightsEvent{WeightsApprove, WeightsReject, WeightsReplace, WeightsReturn, WeightsOvertake},
	moves: slices.Concat(
		each(WeightsApprove, WeightsInForce, WeightsProposed),
		each(WeightsReject, WeightsRejected, WeightsProposed),
		each(WeightsReplace, WeightsReplaced, WeightsInForce),
		each(WeightsReturn, WeightsInForce, WeightsReplaced),
		each(WeightsOvertake, WeightsOvertook, WeightsProposed),
	),
}

// Sources of a set's outcomes.
const (
	FromRecords   = "records"   // of this service
	FromSimulator = "simulated" // of the invented labour market
	FromFile      = "file"
)

// WeightSet is a whole set of the engine's weights, with the figures that speak for and against it, and who decided.
type WeightSet struct {
	Meta        `json:",inline"`
	State       WeightsState     `json:"state"`
	Engine      string           `json:"engine"` // version of the engine it was fitted for: no other uses it
	Digest      string           `json:"digest"`
	Body        string           `json:"body"` // all numbers, as the engine writes them
	Parts       []WeightChange   `json:"parts"`
	Source      string           `json:"source"`
	From        Date             `json:"from"` // first and last night of the outcomes
	To          Date             `json:"to"`
	Split       Date             `json:"split"`     // fitted before, judged from here
	Positives   int              `json:"positives"` // pairs it learned from
	Hires       int              `json:"hires"`     // it was judged by
	Policies    []PolicyFigures  `json:"policies"`
	Groups      []GroupFigure    `json:"groups,omitempty"`
	Difference  float64          `json:"difference"` // in mean reciprocal rank, with its 95 per cent interval
	Low         float64          `json:"low"`
	High        float64          `json:"high"`
	Moved       float64          `json:"moved"` // lists whose first pair would be another
	Off         float64          `json:"off"`   // mean gap between foretold and observed shares of hires
	Reliable    []ReliabilityRow `json:"reliable,omitempty"`
	Worse       []string         `json:"worse,omitempty"` // figures in which it falls behind today's
	Better      bool             `json:"better,omitempty"`
	ProposedBy  ID               `json:"proposed_by,omitempty"` // "" the monthly fit
	DecidedBy   ID               `json:"decided_by,omitempty"`
	DecidedAt   time.Time        `json:"decided_at,omitzero"`
	Why         string           `json:"why,omitempty"`
	ForceSince  time.Time        `json:"force_since,omitzero"`
	ReplacedAt  time.Time        `json:"replaced_at,omitzero"`
	TodayDigest string           `json:"today_digest"` // of the weights it was compared with
}

// WeightChange is one part's whole, today and proposed.
type WeightChange struct {
	Part     string `json:"part"`
	Today    int    `json:"today"`
	Proposed int    `json:"proposed"`
}

// PolicyFigures are what one order of the recorded lists comes to; shares from 0 to 1.
type PolicyFigures struct {
	Policy   string  `json:"policy"` // proposed, today, random, newest, popularity
	Recall1  float64 `json:"recall1"`
	Recall5  float64 `json:"recall5"`
	Recall10 float64 `json:"recall10"`
	MRR      float64 `json:"mrr"`
	Coverage float64 `json:"coverage"`
	Gini     float64 `json:"gini"`
}

// GroupFigure is the mean reciprocal rank of a group's hires, today and proposed.
type GroupFigure struct {
	Group    string  `json:"group"` // "kind:code"
	N        int     `json:"n"`
	Today    float64 `json:"today"`
	Proposed float64 `json:"proposed"`
}

// ReliabilityRow is one tenth of the pairs: the share of hires foretold, and what came.
type ReliabilityRow struct {
	Expected float64 `json:"expected"`
	Observed float64 `json:"observed"`
	N        int     `json:"n"`
}

// Collection names where sets are kept.
func (*WeightSet) Collection() string { return "weights" }

// Do moves the set. A proposal that is worse than today's weights cannot be approved.
func (s *WeightSet) Do(e WeightsEvent) error {
	if e == WeightsApprove && len(s.Worse) > 0 {
		return Fail(Conflict, "error.weights.worse")
	}
	to, err := weightsMachine.next(s.State, e)
	if err == nil {
		s.State = to
	}
	return err
}

// Validate gives every problem of a set that is proposed.
func (s *WeightSet) Validate() error {
	var p problems
	p.need(s.Digest != "" && s.Body != "" && s.Engine != "", "body", "error.required")
	p.among("source", s.Source, []string{FromRecords, FromSimulator, FromFile})
	p.text("why", s.Why, false, MaxText)
	return errors.Join(p...)
}
