package market

import (
	"errors"
	"slices"
	"time"
)

// PostingState is where a vacancy stands.
type PostingState string

const (
	PostingDraft    PostingState = "draft"     // the employer is still writing
	PostingInReview PostingState = "in_review" // waits for staff
	PostingOpen     PostingState = "open"      // shown, matched
	PostingPaused   PostingState = "paused"    // hidden for a while, or unconfirmed for 14 days
	PostingFilled   PostingState = "filled"    // every opening is taken
	PostingClosed   PostingState = "closed"    // ended by somebody
	PostingExpired  PostingState = "expired"   // the deadline has passed
)

// PostingEvent is what may happen to a vacancy.
type PostingEvent string

const (
	PostingSubmit  PostingEvent = "submit"
	PostingApprove PostingEvent = "approve"
	PostingReturn  PostingEvent = "return"
	PostingPause   PostingEvent = "pause"
	PostingResume  PostingEvent = "resume"
	PostingConfirm PostingEvent = "confirm" // still recruiting: also brings a paused one back
	PostingFill    PostingEvent = "fill"
	PostingFree    PostingEvent = "free" // a seat came back
	PostingClose   PostingEvent = "close"
	PostingExpire  PostingEvent = "expire"
	PostingReopen  PostingEvent = "reopen"
)

var postingMachine = machine[PostingState, PostingEvent]{
	noun:   "posting",
	states: []PostingState{PostingDraft, PostingInReview, PostingOpen, PostingPaused, PostingFilled, PostingClosed, PostingExpired},
	events: []PostingEvent{PostingSubmit, PostingApprove, PostingReturn, PostingPause, PostingResume, PostingConfirm, PostingFill, PostingFree, PostingClose, PostingExpire, PostingReopen},
	moves: slices.Concat(
		each(PostingSubmit, PostingInReview, PostingDraft),
		each(PostingApprove, PostingOpen, PostingInReview),
		each(PostingReturn, PostingDraft, PostingInReview),
		each(PostingPause, PostingPaused, PostingOpen),
		each(PostingResume, PostingOpen, PostingPaused),
		each(PostingConfirm, PostingOpen, PostingOpen, PostingPaused),
		each(PostingFill, PostingFilled, PostingOpen, PostingPaused),
		each(PostingFree, PostingOpen, PostingFilled),
		each(PostingClose, PostingClosed, PostingDraft, PostingInReview, PostingOpen, PostingPaused, PostingFilled),
		each(PostingExpire, PostingExpired, PostingOpen, PostingPaused, PostingInReview),
		each(PostingReopen, PostingInReview, PostingClosed, PostingExpired),
	),
}

// ConfirmEvery is how long a posting stays shown without the employer confirming it, in days.
const ConfirmEvery = 14

// Requirement is one skill or certificate a posting asks for.
type Requirement struct {
	Kind  string `json:"kind"` // "skill" or "certificate"
	ID    string `json:"id"`
	Level string `json:"level,omitempty"` // a skill's 1–3, or a level inside the certificate
	Nice  bool   `json:"nice,omitempty"`  // welcome, not required
	Span  [2]int `json:"span,omitempty"`  // bytes of Text it was read from, when read by the program
	Read  bool   `json:"read,omitempty"`  // read from the text, not ticked by a person
}

// Posting is a vacancy.
type Posting struct {
	Meta             `json:",inline"`
	Number           string         `json:"number,omitempty"` // people-facing, per centre and year
	Employer         ID             `json:"employer,omitempty"`
	EmployerName     string         `json:"employer_name,omitempty"` // as stated; the only one when imported
	Title            string         `json:"title"`
	Occupation       string         `json:"occupation,omitempty"` // VSCO four-digit code
	Openings         int            `json:"openings"`
	Taken            int            `json:"taken,omitempty"` // seats taken by hires, ≤ Openings
	Requirements     []Requirement  `json:"requirements,omitempty"`
	Languages        []HeldLanguage `json:"languages,omitempty"`
	MinSchooling     string         `json:"min_schooling,omitempty"`
	MinQualification string         `json:"min_qualification,omitempty"`
	MinMonths        int            `json:"min_months,omitempty"` // of experience
	ExperienceStated string         `json:"experience_stated,omitempty"`
	Pay              Pay            `json:"pay,omitzero"`
	Workplaces       []Workplace    `json:"workplaces,omitempty"`
	MorePlaces       int            `json:"more_places,omitempty"` // "& 2 more", which were not named
	PlaceStated      string         `json:"place_stated,omitempty"`
	Conditions       Conditions     `json:"conditions,omitzero"`
	Channel          string         `json:"channel,omitempty"`
	Contract         ID             `json:"contract,omitempty"` // the labour-supply contract it belongs to
	Benefits         []string       `json:"benefits,omitempty"`
	MealsPerDay      int            `json:"meals_per_day,omitempty"`
	Shift            string         `json:"shift,omitempty"`
	ContractType     string         `json:"contract_type,omitempty"`
	StartOn          Date           `json:"start_on,omitempty"`
	Deadline         Date           `json:"deadline,omitempty"`
	ConfirmedOn      Date           `json:"confirmed_on,omitempty"`
	State            PostingState   `json:"state"`
	EndReason        string         `json:"end_reason,omitempty"`
	Text             string         `json:"text,omitempty"`
	Note             string         `json:"note,omitempty"` // from staff to the employer, when returned
	Reports          []Report       `json:"reports,omitempty"`
	Source           Source         `json:"source,omitzero"`
	OpenedAt         time.Time      `json:"opened_at,omitzero"`
	Lists            ListVersions   `json:"lists,omitzero"`
	Tags             []Tag          `json:"tags,omitempty"`    // what was read in title and text, when imported
	Insists          []string       `json:"insists,omitempty"` // of OptionalConditions: who fails one is not suggested
	Waives           []string       `json:"waives,omitempty"`  // of WaivableConditions: who fails one may be suggested all the same
}

// Report is a reader's warning about a posting; two hide it until a person has looked.
type Report struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Text   string    `json:"text,omitempty"`
}

// Collection names where postings are kept.
func (*Posting) Collection() string { return "postings" }

// Do moves the posting through the life-cycle.
func (p *Posting) Do(e PostingEvent) error {
	to, err := postingMachine.next(p.State, e)
	if err == nil {
		p.State = to
	}
	return err
}

// Events lists what may happen to the posting now.
func (p *Posting) Events() []PostingEvent { return postingMachine.allowed(p.State) }

// Left is the number of openings not yet taken.
func (p *Posting) Left() int { return max(0, p.Openings-p.Taken) }

// TakeSeat takes one opening, and fills the posting with the last; a full one is a Conflict "error.posting.full".
func (p *Posting) TakeSeat() error {
	if p.Left() == 0 {
		return Fail(Conflict, "error.posting.full", p.Openings)
	}
	if p.State != PostingOpen && p.State != PostingPaused {
		return Fail(Conflict, "error.transition", "state.posting."+string(p.State), "event.posting.fill")
	}
	p.Taken++
	if p.Left() == 0 {
		return p.Do(PostingFill)
	}
	return nil
}

// FreeSeat gives one opening back.
func (p *Posting) FreeSeat() error {
	if p.Taken == 0 {
		return Fail(Conflict, "error.posting.no_seat")
	}
	p.Taken--
	if p.State == PostingFilled {
		return p.Do(PostingFree)
	}
	return nil
}

// Confirmed reports whether the employer has said within ConfirmEvery days that it still recruits.
func (p *Posting) Confirmed(today Date) bool {
	return p.ConfirmedOn.Whole() && p.ConfirmedOn.DaysUntil(today) <= ConfirmEvery
}

// Matchable reports whether people may be sent there today.
func (p *Posting) Matchable(today Date) bool {
	return p.State == PostingOpen && p.Left() > 0 && (p.Deadline == "" || p.Deadline >= today) && len(p.Reports) < 2
}

// Validate gives every problem of the vacancy. An imported posting may lack its employer.
func (p *Posting) Validate(codes Codes) error {
	var ps problems
	ps.text("title", p.Title, true, MaxTitle)
	ps.text("employer_name", p.EmployerName, false, MaxLine)
	ps.text("text", p.Text, false, MaxText)
	ps.text("place_stated", p.PlaceStated, false, MaxLine)
	ps.need(p.Openings >= 1 && p.Openings <= 100_000, "openings", "error.openings")
	ps.need(p.Taken >= 0 && (p.Openings < 1 || p.Taken <= p.Openings), "openings", "error.openings.taken", p.Taken)
	ps.code("occupation", p.Occupation, codes.HasOccupation)
	for _, r := range p.Requirements {
		switch r.Kind {
		case "skill":
			ps.code("requirements", r.ID, codes.HasSkill)
		case "certificate":
			ps.code("requirements", r.ID, codes.HasCertificate)
		default:
			ps.add(Bad("requirements", "error.code.unknown", r.Kind))
		}
	}
	for _, l := range p.Languages {
		ps.among("languages", l.Language, Languages)
	}
	ps.need(p.MinSchooling == "" || codes.HasListEntry("hoc-van", p.MinSchooling), "min_schooling", "error.code.unknown", p.MinSchooling)
	ps.need(p.MinQualification == "" || codes.HasListEntry("cmkt", p.MinQualification), "min_qualification", "error.code.unknown", p.MinQualification)
	ps.need(p.MinMonths >= 0 && p.MinMonths <= 600, "min_months", "error.months")
	ps.add(p.Pay.Validate("pay"))
	for _, w := range p.Workplaces {
		w.validate(&ps, "workplaces", codes)
	}
	p.Conditions.validate(&ps, codes)
	ps.allAmong("benefits", p.Benefits, Benefits)
	ps.need(p.MealsPerDay >= 0 && p.MealsPerDay <= 4, "meals_per_day", "error.meals")
	ps.among("shift", p.Shift, Shifts)
	ps.among("contract_type", p.ContractType, ContractTypes)
	ps.date("start_on", p.StartOn)
	ps.date("deadline", p.Deadline)
	ps.allAmong("insists", p.Insists, OptionalConditions)
	ps.allAmong("waives", p.Waives, WaivableConditions)
	p.validateTags(&ps, codes)
	return errors.Join(ps...)
}

// CheckDeadline refuses a deadline that has passed, when a person enters or submits one.
func (p *Posting) CheckDeadline(today Date) error {
	if p.Deadline != "" && p.Deadline < today {
		return Bad("deadline", "error.deadline.past", p.Deadline.String())
	}
	return nil
}

// CheckStart refuses a first day of work that has passed, when a person enters or changes it.
func (p *Posting) CheckStart(before, today Date) error {
	if p.StartOn.Whole() && p.StartOn != before && p.StartOn < today {
		return Bad("start_on", "error.start_on.past", p.StartOn.String())
	}
	return nil
}
