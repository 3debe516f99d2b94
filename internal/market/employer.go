package market

import (
	"errors"
	"slices"
)

// EmployerState is where an employer's registration stands.
type EmployerState string

const (
	EmployerPending   EmployerState = "pending"   // waits for staff to check
	EmployerVerified  EmployerState = "verified"  // may publish
	EmployerRefused   EmployerState = "refused"   // could not be verified; may correct and ask again
	EmployerSuspended EmployerState = "suspended" // reported or misbehaving: postings are hidden
)

// EmployerEvent is what may happen to an employer.
type EmployerEvent string

const (
	EmployerVerify  EmployerEvent = "verify"
	EmployerRefuse  EmployerEvent = "refuse"
	EmployerSuspend EmployerEvent = "suspend"
	EmployerAsk     EmployerEvent = "ask"
)

var employerMachine = machine[EmployerState, EmployerEvent]{
	noun:   "employer",
	states: []EmployerState{EmployerPending, EmployerVerified, EmployerRefused, EmployerSuspended},
	events: []EmployerEvent{EmployerVerify, EmployerRefuse, EmployerSuspend, EmployerAsk},
	moves: slices.Concat(
		each(EmployerVerify, EmployerVerified, EmployerPending, EmployerRefused, EmployerSuspended),
		each(EmployerRefuse, EmployerRefused, EmployerPending),
		each(EmployerSuspend, EmployerSuspended, EmployerVerified),
		each(EmployerAsk, EmployerPending, EmployerRefused),
	),
}

// Employer is a firm, household or body that hires.
type Employer struct {
	Meta       `json:",inline"`
	Name       string        `json:"name"`
	TaxCode    string        `json:"tax_code,omitempty"` // 10, 10-3 or 12 digits; unique in a centre
	Type       string        `json:"type,omitempty"`     // of EmployerTypes
	Sector     string        `json:"sector,omitempty"`   // VSIC four-digit group
	Commune    string        `json:"commune,omitempty"`
	Province   string        `json:"province,omitempty"`
	Address    string        `json:"address,omitempty"`
	Size       string        `json:"size,omitempty"` // code of list "quy-mo"
	Contact    string        `json:"contact,omitempty"`
	Phone      string        `json:"phone,omitempty"`
	Email      string        `json:"email,omitempty"`
	State      EmployerState `json:"state"`
	VerifiedBy ID            `json:"verified_by,omitempty"`
	VerifiedOn Date          `json:"verified_on,omitempty"`
	Refusal    string        `json:"refusal,omitempty"`    // why not verified, for the employer to read
	Permission string        `json:"permission,omitempty"` // number and date of the province's written permission to recruit here
	Asked      int           `json:"asked,omitempty"`      // referrals that needed an answer
	Answered   int           `json:"answered,omitempty"`   // of those, answered in time
	Hired      int           `json:"hired,omitempty"`      // through the centre, computed
	Left       int           `json:"left,omitempty"`       // of those, left within 90 days
	Lists      ListVersions  `json:"lists,omitzero"`
}

// Collection names where employers are kept.
func (*Employer) Collection() string { return "employers" }

// Events lists what may happen to the employer now.
func (e *Employer) Events() []EmployerEvent { return employerMachine.allowed(e.State) }

// Do moves the employer through the life-cycle.
func (e *Employer) Do(ev EmployerEvent) error {
	to, err := employerMachine.next(e.State, ev)
	if err == nil {
		e.State = to
	}
	return err
}

// AnswerRate is the share of referrals answered in time, 0–1; known is false before three were asked.
func (e *Employer) AnswerRate() (rate float64, known bool) {
	if e.Asked < 3 {
		return 0, false
	}
	return float64(e.Answered) / float64(e.Asked), true
}

// Validate gives every problem of the registration.
func (e *Employer) Validate(codes Codes) error {
	var p problems
	p.text("name", e.Name, true, MaxLine)
	p.text("address", e.Address, false, MaxLine)
	p.text("contact", e.Contact, false, MaxName)
	p.text("permission", e.Permission, false, MaxLine)
	p.need(e.TaxCode == "" || TaxCodeForm(e.TaxCode), "tax_code", "error.tax_code")
	p.need(e.Phone == "" || PhoneValid(e.Phone), "phone", "error.phone", e.Phone)
	p.need(e.Email == "" || emailForm(e.Email), "email", "error.email", e.Email)
	p.among("type", e.Type, EmployerTypes)
	p.code("sector", e.Sector, codes.HasSector)
	p.code("commune", e.Commune, codes.HasCommune)
	p.code("province", e.Province, codes.HasProvince)
	p.need(e.Size == "" || codes.HasListEntry("quy-mo", e.Size), "size", "error.code.unknown", e.Size)
	return errors.Join(p...)
}

// TaxCodeForm reports whether a tax code has one of the three lawful forms: ten digits, ten digits and a
// three-digit branch ("0101234567-001"), or a person's twelve-digit identity number (Circular
// 86/2024/TT-BTC, articles 5 and 7).
func TaxCodeForm(code string) bool {
	switch len(code) {
	case 10, 12:
		return allDigits(code)
	case 14:
		return code[10] == '-' && allDigits(code[:10]) && allDigits(code[11:])
	}
	return false
}

// TaxCodeCheck reports whether the tenth digit is the check digit of the nine before it (weights 31, 29,
// 23, 19, 17, 13, 7, 5, 3; 10 less the sum modulo 11). It warns and never refuses: forms with twelve digits
// have no check digit and give true.
func TaxCodeCheck(code string) bool {
	if !TaxCodeForm(code) || len(code) == 12 {
		return true
	}
	sum := 0
	for i, weight := range []int{31, 29, 23, 19, 17, 13, 7, 5, 3} {
		sum += int(code[i]-'0') * weight
	}
	return 10-sum%11 == int(code[9]-'0')
}

func emailForm(s string) bool {
	at := -1
	for i := range len(s) {
		switch {
		case s[i] <= ' ' || s[i] == '<' || s[i] == '>' || s[i] == ',':
			return false
		case s[i] == '@' && at >= 0:
			return false
		case s[i] == '@':
			at = i
		}
	}
	return at > 0 && at < len(s)-3 && len(s) <= 254
}
