package market

import (
	"errors"
	"slices"
	"time"
)

// ReferralState is where a referral (giới thiệu) stands.
type ReferralState string

const (
	ReferralProposed   ReferralState = "proposed"   // made, not yet told to the worker
	ReferralSent       ReferralState = "sent"       // the worker was told
	ReferralAgreed     ReferralState = "agreed"     // the worker wants it: the employer may now see who it is
	ReferralIntroduced ReferralState = "introduced" // the employer was told
	ReferralInterview  ReferralState = "interview"
	ReferralHired      ReferralState = "hired"   // takes a seat
	ReferralStarted    ReferralState = "started" // the first working day came
	ReferralSettled    ReferralState = "settled" // still there after 90 days

	ReferralWorkerDeclined   ReferralState = "worker_declined"
	ReferralEmployerDeclined ReferralState = "employer_declined"
	ReferralNoAnswer         ReferralState = "no_answer"
	ReferralElsewhere        ReferralState = "found_elsewhere"
	ReferralCancelled        ReferralState = "cancelled"
)

// ReferralEvent is what may happen to a referral.
type ReferralEvent string

const (
	ReferralSend      ReferralEvent = "send"
	ReferralAgree     ReferralEvent = "agree"
	ReferralDecline   ReferralEvent = "decline" // by the worker
	ReferralIntroduce ReferralEvent = "introduce"
	ReferralInvite    ReferralEvent = "invite"
	ReferralHire      ReferralEvent = "hire"
	ReferralReject    ReferralEvent = "reject" // by the employer
	ReferralStart     ReferralEvent = "start"
	ReferralSettle    ReferralEvent = "settle"
	ReferralGiveUp    ReferralEvent = "give_up"
	ReferralFound     ReferralEvent = "found_elsewhere"
	ReferralCancel    ReferralEvent = "cancel"
	ReferralUndo      ReferralEvent = "void" // the start was recorded in error: only with its placement
)

var referralMachine = machine[ReferralState, ReferralEvent]{
	noun: "referral",
	states: []ReferralState{ReferralProposed, ReferralSent, ReferralAgreed, ReferralIntroduced, ReferralInterview, ReferralHired, ReferralStarted, ReferralSettled,
		ReferralWorkerDeclined, ReferralEmployerDeclined, ReferralNoAnswer, ReferralElsewhere, ReferralCancelled},
	events: []ReferralEvent{ReferralSend, ReferralAgree, ReferralDecline, ReferralIntroduce, ReferralInvite, ReferralHire, ReferralReject, ReferralStart, ReferralSettle, ReferralGiveUp, ReferralFound, ReferralCancel, ReferralUndo},
	moves: slices.Concat(
		each(ReferralSend, ReferralSent, ReferralProposed),
		each(ReferralAgree, ReferralAgreed, ReferralProposed, ReferralSent),
		each(ReferralDecline, ReferralWorkerDeclined, ReferralProposed, ReferralSent, ReferralAgreed, ReferralIntroduced, ReferralInterview, ReferralHired),
		each(ReferralIntroduce, ReferralIntroduced, ReferralAgreed),
		each(ReferralInvite, ReferralInterview, ReferralIntroduced),
		each(ReferralHire, ReferralHired, ReferralIntroduced, ReferralInterview),
		each(ReferralReject, ReferralEmployerDeclined, ReferralIntroduced, ReferralInterview, ReferralHired),
		each(ReferralStart, ReferralStarted, ReferralHired),
		each(ReferralSettle, ReferralSettled, ReferralStarted),
		each(ReferralGiveUp, ReferralNoAnswer, ReferralSent, ReferralIntroduced, ReferralInterview),
		each(ReferralFound, ReferralElsewhere, ReferralProposed, ReferralSent, ReferralAgreed, ReferralIntroduced, ReferralInterview),
		each(ReferralCancel, ReferralCancelled, ReferralProposed, ReferralSent, ReferralAgreed, ReferralIntroduced, ReferralInterview, ReferralHired),
		each(ReferralUndo, ReferralCancelled, ReferralStarted, ReferralSettled),
	),
}

// RefusalReasons are the sixteen reasons for a no, from either side, bilingual in web and countable.
var RefusalReasons = []string{
	"too_far", "pay_low", "family", "health", "language", "already_working", "conditions", "not_interested", // worker
	"skills_short", "certificate_missing", "experience_short", "seats_taken", "documents_missing", // employer
	"no_contact", "no_show", "duplicate", // either
}

// EmployerReasons are those of RefusalReasons that are about what the employer asks of the person.
var EmployerReasons = []string{"skills_short", "certificate_missing", "experience_short", "documents_missing", "no_show"}

// WorkerReasons are those of RefusalReasons that only the person can have.
var WorkerReasons = []string{"too_far", "pay_low", "family", "health", "language", "already_working", "conditions", "not_interested"}

// Step is one logged move of a referral.
type Step struct {
	At     time.Time     `json:"at"`
	By     ID            `json:"by,omitempty"`
	Event  ReferralEvent `json:"event"`
	To     ReferralState `json:"to"`
	Reason string        `json:"reason,omitempty"`
	Note   string        `json:"note,omitempty"`
}

// Referral is one person sent to one posting, alone or as one of a group under one number.
type Referral struct {
	Meta     `json:",inline"`
	Number   string        `json:"number"` // of the slip, per centre and year
	Group    ID            `json:"group,omitempty"`
	Match    ID            `json:"match,omitempty"`
	Posting  ID            `json:"posting"`
	Worker   ID            `json:"worker"`
	Employer ID            `json:"employer,omitempty"`
	Channel  string        `json:"channel"`
	Contract ID            `json:"contract,omitempty"`
	State    ReferralState `json:"state"`
	By       ID            `json:"by,omitempty"` // the counsellor
	Steps    []Step        `json:"steps,omitempty"`
	Meeting  *Meeting      `json:"meeting,omitempty"`
	StartOn  Date          `json:"start_on,omitempty"` // agreed or real first working day
	DueOn    Date          `json:"due_on,omitempty"`   // when an answer is due
	Recorded bool          `json:"recorded,omitempty"` // its placement exists
	Shown    Standing      `json:"shown,omitzero"`     // how the pair stood in the list when it was made
}

// Meeting is an interview.
type Meeting struct {
	At    time.Time `json:"at"`
	Place string    `json:"place,omitempty"`
	Link  string    `json:"link,omitempty"`
}

// validate refuses a meeting of yesterday, and a place longer than a line.
func (m *Meeting) validate(now time.Time) error {
	if DateOf(m.At) < DateOf(now) {
		return Bad("meeting_on", "error.meeting.past")
	}
	var p problems
	p.text("meeting_place", m.Place, false, MaxLine)
	p.text("meeting_place", m.Link, false, MaxLine)
	return errors.Join(p...)
}

// Collection names where referrals are kept.
func (*Referral) Collection() string { return "referrals" }

// ReferralStep is what is said with a move.
type ReferralStep struct {
	Reason  string
	Note    string
	On      Date     // for hire and start: the first working day
	Meeting *Meeting // for an invitation: when and where
}

// Do moves the referral, logs the step and checks what the move needs: a reason for every no, a first
// working day for a start that is not in the future.
func (r *Referral) Do(e ReferralEvent, by ID, s ReferralStep, now time.Time) error {
	to, err := referralMachine.next(r.State, e)
	if err != nil {
		return err
	}
	if slices.Contains([]ReferralEvent{ReferralDecline, ReferralReject}, e) && !slices.Contains(RefusalReasons, s.Reason) {
		return Bad("reason", "error.reason.required")
	}
	if e == ReferralStart {
		on := s.On
		if on == "" {
			on = r.StartOn
		}
		if !on.Whole() || !on.Valid() {
			return Bad("start_on", "error.start_on.required")
		}
		if on > DateOf(now) {
			return Bad("start_on", "error.start_on.future", on.String())
		}
	}
	if s.On != "" && (e == ReferralHire || e == ReferralStart) {
		if !s.On.Whole() || !s.On.Valid() {
			return Bad("start_on", "error.date", string(s.On))
		}
		r.StartOn = s.On
	}
	if s.Meeting != nil && e == ReferralInvite {
		if err := s.Meeting.validate(now); err != nil {
			return err
		}
		r.Meeting = s.Meeting
	}
	r.State = to
	r.Steps = append(r.Steps, Step{At: Stamp(now), By: by, Event: e, To: to, Reason: s.Reason, Note: s.Note})
	return nil
}

// Events lists what may happen to the referral now.
func (r *Referral) Events() []ReferralEvent { return referralMachine.allowed(r.State) }

// Pending reports whether the referral still runs and no seat is taken.
func (r *Referral) Pending() bool {
	return slices.Contains([]ReferralState{ReferralProposed, ReferralSent, ReferralAgreed, ReferralIntroduced, ReferralInterview}, r.State)
}

// HoldsSeat reports whether the referral has taken one of the posting's openings.
func (r *Referral) HoldsSeat() bool {
	return slices.Contains([]ReferralState{ReferralHired, ReferralStarted, ReferralSettled}, r.State)
}

// IntroducedOnce reports whether the employer may know who the worker is.
func (r *Referral) IntroducedOnce() bool {
	return slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Event == ReferralIntroduce })
}
