package market

import (
	"slices"
	"strconv"
)

// Reason is a code with its arguments, worded in each language by web: {"place_near", ["6"]}.
type Reason struct {
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// Part is one named share of a score; the parts of a suggestion sum to its score exactly.
type Part struct {
	Name   string `json:"name"`
	Points int    `json:"points"` // negative for the parts that subtract
	Max    int    `json:"max"`    // what was possible, 0 for the parts that subtract
	Reason Reason `json:"reason"`
}

// Suggestion is one pair as a run found it.
type Suggestion struct {
	Posting  ID       `json:"posting"`
	Worker   ID       `json:"worker"`
	Score    int      `json:"score"` // 0–100
	Parts    []Part   `json:"parts"`
	Reasons  []Reason `json:"reasons,omitempty"`  // at most two, the best
	Warnings []Reason `json:"warnings,omitempty"` // at most one is shown
	Missing  []Reason `json:"missing,omitempty"`
	Change   *Reason  `json:"change,omitempty"` // what would change it most

	// Rank is where the pair stands by score alone, from 1; 0 in lists made before there was a spread.
	Rank      int     `json:"rank,omitempty"`
	Moved     *Reason `json:"moved,omitempty"`     // why it stands elsewhere than its score says
	Allocated bool    `json:"allocated,omitempty"` // the night's allocation gives this person a seat of this posting
}

// Sum adds the parts; it equals Score in every stored suggestion.
func (s Suggestion) Sum() int {
	total := 0
	for _, p := range s.Parts {
		total += p.Points
	}
	return total
}

// Side says whose list it is.
type Side string

const (
	ForWorker  Side = "worker"
	ForPosting Side = "posting"
)

// Suggestions is what a run found for one worker or one posting, best first. One document a list, replaced
// by the next run.
type Suggestions struct {
	Meta    `json:",inline"`
	Side    Side           `json:"side"`
	Subject ID             `json:"subject"` // the worker or the posting
	Run     ID             `json:"run"`
	Engine  string         `json:"engine"`  // engine version
	Weights string         `json:"weights"` // digest of the weights
	On      Date           `json:"on"`      // the day the run reckoned with
	Items   []Suggestion   `json:"items"`
	Best    int            `json:"best"`              // score of the first, 0 when empty
	Passed  int            `json:"passed"`            // how many met every hard condition
	Looked  int            `json:"looked"`            // how many were looked at
	Dropped map[string]int `json:"dropped,omitempty"` // hard condition → how many it removed

	// Of a worker's list, how many of the first items the person is shown: no posting is shown to more people than its
	// seats allow. The others follow by score, for counsellors. NoCapacity says that everything he or she passes for
	// is shown to enough others already.
	Places     int  `json:"places,omitempty"`
	NoCapacity bool `json:"no_capacity,omitempty"`
}

// ShownPlaces is how many openings a person is shown at once: a handful that one can think about.
const ShownPlaces = 5

// Shown gives what the person is shown.
func (s *Suggestions) Shown() []Suggestion {
	if s.Places == 0 && !s.NoCapacity { // made before there was a spread
		return s.Items[:min(len(s.Items), ShownPlaces)]
	}
	return s.Items[:min(len(s.Items), s.Places)]
}

// Collection names where lists are kept.
func (*Suggestions) Collection() string { return "suggestions" }

// SuggestionsID gives the id of the one list of a subject.
func SuggestionsID(centre ID, side Side, subject ID) ID {
	return DerivedID("suggestions", string(centre), string(side), string(subject))
}

// Spread is what a night's spread leaves for the day and for the next night. One document a centre.
type Spread struct {
	Meta   `json:",inline"`
	On     Date        `json:"on"`
	Run    ID          `json:"run"`
	Places int         `json:"places"` // of lists, given out that night
	Seats  int         `json:"seats"`  // of all open postings that night: with Places, what a seat's fair share is
	Prices []SeatPrice `json:"prices"` // of seats that are not free, by posting: where the next night begins
	Before []SeatPrice `json:"before"` // where this one began, so that it can be done again on the same day and end the same
}

// SeatPrice is what a seat of a posting cost in the allocation, in thousandths of a point.
type SeatPrice struct {
	Posting ID  `json:"posting"`
	Price   int `json:"price"`
}

// Collection names where it is kept.
func (*Spread) Collection() string { return "spreads" }

// SpreadID gives the id of a centre's one.
func SpreadID(centre ID) ID { return DerivedID("spread", string(centre)) }

// MatchState is where the decision about a pair stands.
type MatchState string

const (
	MatchSuggested MatchState = "suggested" // shown to a counsellor, not decided
	MatchApproved  MatchState = "approved"  // may be offered to the worker
	MatchRejected  MatchState = "rejected"
	MatchPinned    MatchState = "pinned" // kept on top for later
	MatchStale     MatchState = "stale"  // posting or worker is gone
)

// MatchEvent is what may happen to a match.
type MatchEvent string

const (
	MatchApprove MatchEvent = "approve"
	MatchReject  MatchEvent = "reject"
	MatchPin     MatchEvent = "pin"
	MatchUndo    MatchEvent = "undo"
	MatchStaled  MatchEvent = "stale"
)

var matchMachine = machine[MatchState, MatchEvent]{
	noun:   "match",
	states: []MatchState{MatchSuggested, MatchApproved, MatchRejected, MatchPinned, MatchStale},
	events: []MatchEvent{MatchApprove, MatchReject, MatchPin, MatchUndo, MatchStaled},
	moves: slices.Concat(
		each(MatchApprove, MatchApproved, MatchSuggested, MatchPinned),
		each(MatchReject, MatchRejected, MatchSuggested, MatchPinned),
		each(MatchPin, MatchPinned, MatchSuggested),
		each(MatchUndo, MatchSuggested, MatchApproved, MatchRejected, MatchPinned, MatchStale),
		each(MatchStaled, MatchStale, MatchSuggested, MatchPinned),
	),
}

// Match is one posting × one worker, from the moment somebody decides about the pair. It keeps what was
// shown; a decided match is never recomputed.
type Match struct {
	Meta      `json:",inline"`
	Posting   ID         `json:"posting"`
	Worker    ID         `json:"worker"`
	Employer  ID         `json:"employer,omitempty"`
	State     MatchState `json:"state"`
	Shown     Suggestion `json:"shown"`
	Run       ID         `json:"run,omitempty"` // "" when a person made the pair
	Engine    string     `json:"engine,omitempty"`
	Weights   string     `json:"weights,omitempty"`
	Side      Side       `json:"side,omitempty"`   // whose list it stood in
	Place     int        `json:"place,omitempty"`  // where in it, from 1
	Of        int        `json:"of,omitempty"`     // how many of it were shown
	Chance    int        `json:"chance,omitempty"` // per thousand that it was among them, see Suggestions.Chance
	DecidedBy ID         `json:"decided_by,omitempty"`
	DecidedOn Date       `json:"decided_on,omitempty"`
	Reason    string     `json:"reason,omitempty"` // of RefusalReasons, when rejected
	Note      string     `json:"note,omitempty"`
}

// Collection names where matches are kept.
func (*Match) Collection() string { return "matches" }

// MatchID gives the id of the one match of a pair.
func MatchID(posting, worker ID) ID { return DerivedID("match", string(posting), string(worker)) }

// Do moves the match through the life-cycle.
func (m *Match) Do(e MatchEvent) error {
	to, err := matchMachine.next(m.State, e)
	if err == nil {
		m.State = to
	}
	return err
}

// Check reports a suggestion whose parts do not sum to its score; no such list may be stored.
func (s *Suggestions) Check() error {
	for _, item := range s.Items {
		if item.Sum() != item.Score || item.Score < 0 || item.Score > 100 {
			return Fail(Conflict, "error.suggestion.sum", string(item.Posting), string(item.Worker), strconv.Itoa(item.Sum()), strconv.Itoa(item.Score))
		}
	}
	return nil
}
