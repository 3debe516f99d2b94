package market

import (
	"slices"
	"time"
)

// PlacementState is where a placement stands.
type PlacementState string

const (
	PlacementWorking PlacementState = "working"
	PlacementStayed  PlacementState = "stayed" // all follow-ups are done, still there
	PlacementLeft    PlacementState = "left"
	PlacementVoid    PlacementState = "void" // recorded in error
)

// PlacementEvent is what may happen to a placement.
type PlacementEvent string

const (
	PlacementStay  PlacementEvent = "stay"
	PlacementLeave PlacementEvent = "leave"
	PlacementUndo  PlacementEvent = "void"
)

var placementMachine = machine[PlacementState, PlacementEvent]{
	noun:   "placement",
	states: []PlacementState{PlacementWorking, PlacementStayed, PlacementLeft, PlacementVoid},
	events: []PlacementEvent{PlacementStay, PlacementLeave, PlacementUndo},
	moves: slices.Concat(
		each(PlacementStay, PlacementStayed, PlacementWorking),
		each(PlacementLeave, PlacementLeft, PlacementWorking, PlacementStayed),
		each(PlacementUndo, PlacementVoid, PlacementWorking, PlacementStayed, PlacementLeft),
	),
}

// FollowUpDays after the start when the centre asks whether the person still works there.
var FollowUpDays = []int{7, 30, 90, 180}

// FollowUp is one such question. Answer "" is not asked yet, "unknown" asked and nobody knew.
type FollowUp struct {
	Day    int       `json:"day"`
	DueOn  Date      `json:"due_on"`
	Answer string    `json:"answer,omitempty"` // working, left, unknown
	At     time.Time `json:"at,omitzero"`
	By     ID        `json:"by,omitempty"`
	Source Evidence  `json:"source,omitempty"`
}

// Placement is a person who started work, counted once in its channel and month.
type Placement struct {
	Meta      `json:",inline"`
	Worker    ID             `json:"worker"`
	Posting   ID             `json:"posting,omitempty"`
	Employer  ID             `json:"employer,omitempty"`
	Referral  ID             `json:"referral,omitempty"`
	Contract  ID             `json:"contract,omitempty"`
	Channel   string         `json:"channel"`
	StartOn   Date           `json:"start_on"`
	Month     Month          `json:"month"` // of StartOn: what reports find it by
	Commune   string         `json:"commune,omitempty"`
	Evidence  Evidence       `json:"evidence"`
	State     PlacementState `json:"state"`
	LeftOn    Date           `json:"left_on,omitempty"`
	FollowUps []FollowUp     `json:"follow_ups"`
	NextDue   Date           `json:"next_due,omitempty"` // of the first unanswered follow-up
}

// Collection names where placements are kept.
func (*Placement) Collection() string { return "placements" }

// PlacementID gives the id of the one placement of a referral, so that it is recorded once.
func PlacementID(referral ID) ID { return DerivedID("placement", string(referral)) }

// Plan sets the month and the follow-ups from the start date.
func (p *Placement) Plan() {
	p.Month = p.StartOn.Month()
	p.FollowUps = nil
	for _, d := range FollowUpDays {
		p.FollowUps = append(p.FollowUps, FollowUp{Day: d, DueOn: p.StartOn.AddDays(d)})
	}
	p.next()
}

func (p *Placement) next() {
	p.NextDue = ""
	for _, f := range p.FollowUps {
		if f.Answer == "" {
			p.NextDue = f.DueOn
			return
		}
	}
}

// Do moves the placement through the life-cycle.
func (p *Placement) Do(e PlacementEvent) error {
	to, err := placementMachine.next(p.State, e)
	if err == nil {
		p.State = to
	}
	return err
}

// Answer records one follow-up; "left" ends the placement, "working" at the last one settles it.
func (p *Placement) Answer(day int, answer string, by ID, source Evidence, now time.Time) error {
	if !slices.Contains([]string{"working", "left", "unknown"}, answer) {
		return Bad("answer", "error.code.unknown", answer)
	}
	i := slices.IndexFunc(p.FollowUps, func(f FollowUp) bool { return f.Day == day })
	if i < 0 {
		return Bad("day", "error.code.unknown", day)
	}
	f := &p.FollowUps[i]
	if DateOf(now) < f.DueOn && answer != "left" {
		return Fail(Conflict, "error.followup.early", f.DueOn.String())
	}
	f.Answer, f.At, f.By, f.Source = answer, Stamp(now), by, source
	switch {
	case answer == "left" && p.State != PlacementLeft:
		p.LeftOn = DateOf(now)
		if err := p.Do(PlacementLeave); err != nil {
			return err
		}
	case answer == "working" && i == len(p.FollowUps)-1 && p.State == PlacementWorking:
		if err := p.Do(PlacementStay); err != nil {
			return err
		}
	}
	p.next()
	if p.State == PlacementLeft || p.State == PlacementVoid {
		p.NextDue = ""
	}
	return nil
}
