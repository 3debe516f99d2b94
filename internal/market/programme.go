package market

import (
	"errors"
	"slices"
)

// Channel is one way people come to work; a list kept as data, so a centre may add to it.
type Channel struct {
	Meta   `json:",inline"`
	Code   string `json:"code"` // the report's line: "loan_fund"
	NameVI string `json:"name_vi"`
	NameEN string `json:"name_en"`
	Order  int    `json:"order"`
	Closed bool   `json:"closed,omitempty"`
}

// Collection names where channels are kept.
func (*Channel) Collection() string { return "channels" }

// StartChannels is what a new centre begins with.
var StartChannels = []Channel{
	{Code: "in_province", NameVI: "Việc làm trong tỉnh", NameEN: "Jobs in the province", Order: 1},
	{Code: "out_of_province", NameVI: "Cung ứng lao động ngoài tỉnh", NameEN: "Labour supplied outside the province", Order: 2},
	{Code: "labour_export", NameVI: "Đi làm việc ở nước ngoài", NameEN: "Work abroad under contract", Order: 3},
	{Code: "loan_fund", NameVI: "Vay vốn Quỹ quốc gia về việc làm", NameEN: "Loans of the job-creation fund", Order: 4},
	{Code: "socio_economic_programme", NameVI: "Chương trình phát triển kinh tế – xã hội", NameEN: "Socio-economic programmes", Order: 5},
	{Code: "self_found", NameVI: "Tự tìm được việc sau tư vấn", NameEN: "Found work themselves after advice", Order: 6},
	{Code: "seasonal", NameVI: "Việc thời vụ", NameEN: "Seasonal work", Order: 7},
}

// TrainingLines are the levels of vocational training that reports count by.
var TrainingLines = []string{"college", "intermediate", "elementary", "under_3_months"}

// Organisation is a commune office, bank, training provider or programme with its area.
type Organisation struct {
	Meta     `json:",inline"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"` // commune, bank, provider, programme, department
	Communes []string `json:"communes,omitempty"`
	Licence  string   `json:"licence,omitempty"`
}

// Collection names where organisations are kept.
func (*Organisation) Collection() string { return "organisations" }

// ContractState is where a labour-supply contract stands.
type ContractState string

const (
	ContractDraft     ContractState = "draft"
	ContractRunning   ContractState = "running"
	ContractFulfilled ContractState = "fulfilled"
	ContractLapsed    ContractState = "lapsed"
	ContractCancelled ContractState = "cancelled"
)

// ContractEvent is what may happen to a contract.
type ContractEvent string

const (
	ContractSign    ContractEvent = "sign"
	ContractFulfil  ContractEvent = "fulfil"
	ContractLapse   ContractEvent = "lapse"
	ContractCancel  ContractEvent = "cancel"
	ContractProlong ContractEvent = "prolong"
)

var contractMachine = machine[ContractState, ContractEvent]{
	noun:   "contract",
	states: []ContractState{ContractDraft, ContractRunning, ContractFulfilled, ContractLapsed, ContractCancelled},
	events: []ContractEvent{ContractSign, ContractFulfil, ContractLapse, ContractCancel, ContractProlong},
	moves: slices.Concat(
		each(ContractSign, ContractRunning, ContractDraft),
		each(ContractFulfil, ContractFulfilled, ContractRunning),
		each(ContractLapse, ContractLapsed, ContractRunning),
		each(ContractCancel, ContractCancelled, ContractDraft, ContractRunning),
		each(ContractProlong, ContractRunning, ContractRunning, ContractLapsed),
	),
}

// SupplyContract is a labour-supply contract with an enterprise.
type SupplyContract struct {
	Meta      `json:",inline"`
	Number    string        `json:"number"`
	Employer  ID            `json:"employer"`
	Channel   string        `json:"channel"`
	Quantity  int           `json:"quantity"`
	Delivered int           `json:"delivered"`
	SignedOn  Date          `json:"signed_on,omitempty"`
	Deadline  Date          `json:"deadline,omitempty"`
	State     ContractState `json:"state"`
}

// Collection names where contracts are kept.
func (*SupplyContract) Collection() string { return "contracts" }

// Do moves the contract through the life-cycle.
func (c *SupplyContract) Do(e ContractEvent) error {
	to, err := contractMachine.next(c.State, e)
	if err == nil {
		c.State = to
	}
	return err
}

// Deliver counts one placement under the contract, and fulfils it with the last.
func (c *SupplyContract) Deliver() error {
	if c.State != ContractRunning {
		return Fail(Conflict, "error.transition", "state.contract."+string(c.State), "event.contract.fulfil")
	}
	if c.Delivered++; c.Delivered == c.Quantity {
		return c.Do(ContractFulfil)
	}
	return nil
}

// TakeBack counts one placement less, of one that was recorded in error, while the contract runs. One that is fulfilled
// or over stays as it was settled on paper.
func (c *SupplyContract) TakeBack() {
	if c.State == ContractRunning {
		c.Delivered = max(0, c.Delivered-1)
	}
}

// Remaining is how many people are still owed.
func (c *SupplyContract) Remaining() int { return max(0, c.Quantity-c.Delivered) }

// Validate gives every problem of the contract.
func (c *SupplyContract) Validate() error {
	var p problems
	p.text("number", c.Number, true, MaxLine)
	p.need(c.Employer != "", "employer", "error.required")
	p.need(c.Quantity >= 1 && c.Quantity <= 100_000, "quantity", "error.openings")
	p.date("signed_on", c.SignedOn)
	p.date("deadline", c.Deadline)
	p.need(!c.SignedOn.Whole() || !c.Deadline.Whole() || c.SignedOn <= c.Deadline, "deadline", "error.dates.reversed")
	return errors.Join(p...)
}

// CourseState is where a training course stands.
type CourseState string

const (
	CoursePlanned   CourseState = "planned"
	CourseEnrolling CourseState = "enrolling"
	CourseRunning   CourseState = "running"
	CourseFinished  CourseState = "finished"
	CourseCancelled CourseState = "cancelled"
)

// CourseEvent is what may happen to a course.
type CourseEvent string

const (
	CourseOpen   CourseEvent = "open"
	CourseBegin  CourseEvent = "begin"
	CourseFinish CourseEvent = "finish"
	CourseCancel CourseEvent = "cancel"
)

var courseMachine = machine[CourseState, CourseEvent]{
	noun:   "course",
	states: []CourseState{CoursePlanned, CourseEnrolling, CourseRunning, CourseFinished, CourseCancelled},
	events: []CourseEvent{CourseOpen, CourseBegin, CourseFinish, CourseCancel},
	moves: slices.Concat(
		each(CourseOpen, CourseEnrolling, CoursePlanned),
		each(CourseBegin, CourseRunning, CourseEnrolling),
		each(CourseFinish, CourseFinished, CourseRunning),
		each(CourseCancel, CourseCancelled, CoursePlanned, CourseEnrolling, CourseRunning),
	),
}

// CostsCovered are who pays for a course: the state or the provider all of it, part of it, or the learner.
var CostsCovered = []string{"all", "part", "none"}

// Course is a training course. What it teaches is held when it is finished.
type Course struct {
	Meta         `json:",inline"`
	Name         string      `json:"name"`
	Provider     ID          `json:"provider,omitempty"`
	ProviderName string      `json:"provider_name,omitempty"` // as stated, when no organisation is kept
	Level        string      `json:"level"`                   // of TrainingLines
	Field        string      `json:"field,omitempty"`
	Skills       []string    `json:"skills,omitempty"`
	Certificates []string    `json:"certificates,omitempty"`
	Commune      string      `json:"commune,omitempty"`
	Place        string      `json:"place,omitempty"` // the address, as people are told it
	StartOn      Date        `json:"start_on,omitempty"`
	EndOn        Date        `json:"end_on,omitempty"`
	Places       int         `json:"places,omitempty"`
	Covered      string      `json:"covered,omitempty"` // of CostsCovered
	Fee          int64       `json:"fee,omitempty"`     // what the learner pays, đồng
	State        CourseState `json:"state"`
}

// Joinable reports whether somebody may still enrol on a day.
func (c *Course) Joinable(today Date) bool {
	return (c.State == CoursePlanned || c.State == CourseEnrolling) && (c.StartOn == "" || c.StartOn >= today)
}

// Days is how many days lie between the first and the last, both counted; 0 when they are not known.
func (c *Course) Days() int {
	if !c.StartOn.Whole() || !c.EndOn.Whole() {
		return 0
	}
	return c.StartOn.DaysUntil(c.EndOn) + 1
}

// SkillLevel is the level at which it teaches: what takes less than three months is a beginning.
func (c *Course) SkillLevel() int {
	if c.Level == "under_3_months" {
		return SkillBasic
	}
	return SkillGood
}

// Validate gives every problem of the course.
func (c *Course) Validate(codes Codes) error {
	var p problems
	p.text("name", c.Name, true, MaxLine)
	p.text("provider_name", c.ProviderName, false, MaxLine)
	p.text("place", c.Place, false, MaxLine)
	p.need(slices.Contains(TrainingLines, c.Level), "level", "error.required")
	for _, id := range c.Skills {
		p.code("skills", id, codes.HasSkill)
	}
	for _, id := range c.Certificates {
		p.code("certificates", id, codes.HasCertificate)
	}
	p.need(len(c.Skills)+len(c.Certificates) > 0, "skills", "error.course.teaches")
	p.code("commune", c.Commune, codes.HasCommune)
	p.date("start_on", c.StartOn)
	p.date("end_on", c.EndOn)
	p.need(!c.StartOn.Whole() || !c.EndOn.Whole() || c.StartOn <= c.EndOn, "end_on", "error.dates.reversed")
	p.need(c.Places >= 0 && c.Places <= 10_000, "places", "error.course.places")
	p.among("covered", c.Covered, CostsCovered)
	p.need(c.Fee >= 0 && c.Fee <= 1_000_000_000, "fee", "error.course.fee")
	return errors.Join(p...)
}

// Collection names where courses are kept.
func (*Course) Collection() string { return "courses" }

// Do moves the course through the life-cycle.
func (c *Course) Do(e CourseEvent) error {
	to, err := courseMachine.next(c.State, e)
	if err == nil {
		c.State = to
	}
	return err
}

// Enrolment is one person in one course, counted in its month and level.
type Enrolment struct {
	Meta   `json:",inline"`
	Course ID     `json:"course"`
	Worker ID     `json:"worker"`
	Level  string `json:"level"`
	Month  Month  `json:"month"`
}

// Collection names where enrolments are kept.
func (*Enrolment) Collection() string { return "enrolments" }

// FairState is where a job-exchange session (phiên giao dịch, ngày hội việc làm) stands.
type FairState string

const (
	FairPlanned   FairState = "planned"
	FairOpen      FairState = "open" // people check in
	FairClosed    FairState = "closed"
	FairCancelled FairState = "cancelled"
)

// FairEvent is what may happen to a session.
type FairEvent string

const (
	FairBegin  FairEvent = "begin"
	FairFinish FairEvent = "finish"
	FairReopen FairEvent = "reopen"
	FairCancel FairEvent = "cancel"
)

var fairMachine = machine[FairState, FairEvent]{
	noun:   "fair",
	states: []FairState{FairPlanned, FairOpen, FairClosed, FairCancelled},
	events: []FairEvent{FairBegin, FairFinish, FairReopen, FairCancel},
	moves: slices.Concat(
		each(FairBegin, FairOpen, FairPlanned),
		each(FairFinish, FairClosed, FairOpen),
		each(FairReopen, FairOpen, FairClosed),
		each(FairCancel, FairCancelled, FairPlanned),
	),
}

// Fair is one job-exchange session.
type Fair struct {
	Meta       `json:",inline"`
	Name       string    `json:"name"`
	Place      string    `json:"place,omitempty"`
	Commune    string    `json:"commune,omitempty"`
	On         Date      `json:"on"`
	Employers  []ID      `json:"employers,omitempty"`
	Postings   []ID      `json:"postings,omitempty"`
	Attendance int       `json:"attendance,omitempty"`
	Interviews int       `json:"interviews,omitempty"`
	Hired      int       `json:"hired,omitempty"` // on the spot; later hires are counted from placements
	State      FairState `json:"state"`
}

// Collection names where sessions are kept.
func (*Fair) Collection() string { return "fairs" }

// Do moves the session through the life-cycle.
func (f *Fair) Do(e FairEvent) error {
	to, err := fairMachine.next(f.State, e)
	if err == nil {
		f.State = to
	}
	return err
}
