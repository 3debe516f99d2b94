package market

import (
	"errors"
	"slices"
	"time"
)

// WorkerState is where a worker stands.
type WorkerState string

const (
	WorkerSeeking    WorkerState = "seeking"    // available: matched every night
	WorkerPaused     WorkerState = "paused"     // does not want offers for now
	WorkerEmployed   WorkerState = "employed"   // has work, by us or otherwise
	WorkerWithdrawn  WorkerState = "withdrawn"  // took the consent back: nothing is shown or matched
	WorkerMerged     WorkerState = "merged"     // a duplicate: AliasOf says of whom
	WorkerAnonymised WorkerState = "anonymised" // personal data is gone, counts stay
)

// WorkerEvent is what may happen to a worker.
type WorkerEvent string

const (
	WorkerPause     WorkerEvent = "pause"
	WorkerResume    WorkerEvent = "resume"
	WorkerEmploy    WorkerEvent = "employ"
	WorkerWithdraw  WorkerEvent = "withdraw"
	WorkerMerge     WorkerEvent = "merge"
	WorkerUnmerge   WorkerEvent = "unmerge"
	WorkerAnonymise WorkerEvent = "anonymise"
)

var workerMachine = machine[WorkerState, WorkerEvent]{
	noun:   "worker",
	states: []WorkerState{WorkerSeeking, WorkerPaused, WorkerEmployed, WorkerWithdrawn, WorkerMerged, WorkerAnonymised},
	events: []WorkerEvent{WorkerPause, WorkerResume, WorkerEmploy, WorkerWithdraw, WorkerMerge, WorkerUnmerge, WorkerAnonymise},
	moves: slices.Concat(
		each(WorkerPause, WorkerPaused, WorkerSeeking, WorkerEmployed),
		each(WorkerResume, WorkerSeeking, WorkerPaused, WorkerEmployed, WorkerWithdrawn),
		each(WorkerEmploy, WorkerEmployed, WorkerSeeking, WorkerPaused),
		each(WorkerWithdraw, WorkerWithdrawn, WorkerSeeking, WorkerPaused, WorkerEmployed),
		each(WorkerMerge, WorkerMerged, WorkerSeeking, WorkerPaused, WorkerEmployed),
		each(WorkerUnmerge, WorkerSeeking, WorkerMerged),
		each(WorkerAnonymise, WorkerAnonymised, WorkerSeeking, WorkerPaused, WorkerEmployed, WorkerWithdrawn, WorkerMerged),
	),
}

// Worker is a person's profile. Sex and ethnicity are there for the legal forms and the fairness report
// only: no score ever reads them (the matcher has no field for them).
type Worker struct {
	Meta          `json:",inline"`
	Name          string            `json:"name"`
	Born          Date              `json:"born,omitempty"`       // the year may be enough
	Phones        []string          `json:"phones,omitempty"`     // never unique: families share one
	PhoneNote     string            `json:"phone_note,omitempty"` // whose phone, when to call
	CitizenID     string            `json:"citizen_id,omitempty"`
	CitizenKey    string            `json:"citizen_key,omitempty"`  // keyed hash of CitizenID, unique in a centre
	IdentityKey   string            `json:"identity_key,omitempty"` // keyed hash of folded name and year of birth
	Commune       string            `json:"commune,omitempty"`
	Hamlet        string            `json:"hamlet,omitempty"`
	Schooling     string            `json:"schooling,omitempty"`     // code of list "hoc-van"
	Qualification string            `json:"qualification,omitempty"` // code of list "cmkt"
	TrainingField string            `json:"training_field,omitempty"`
	Skills        []HeldSkill       `json:"skills,omitempty"`
	Certificates  []HeldCertificate `json:"certificates,omitempty"`
	Languages     []HeldLanguage    `json:"languages,omitempty"`
	History       []WorkSpell       `json:"history,omitempty"`
	Wishes        []Wish            `json:"wishes,omitempty"` // at most two, the first is wanted more
	Mobility      Mobility          `json:"mobility"`
	Needs         []string          `json:"needs,omitempty"` // of Benefits: what the person cannot do without
	Barriers      []string          `json:"barriers,omitempty"`
	Priority      []string          `json:"priority,omitempty"`
	Sex           string            `json:"sex,omitempty"` // "f", "m" or ""
	Ethnicity     string            `json:"ethnicity,omitempty"`
	State         WorkerState       `json:"state"`
	EmployedSince Date              `json:"employed_since,omitempty"`
	Counsellor    ID                `json:"counsellor,omitempty"`
	Consent       Consent           `json:"consent"`
	RegisteredBy  ID                `json:"registered_by,omitempty"` // "" when by themselves
	Registered    string            `json:"registered,omitempty"`    // channel: self, counsellor, commune, import, fair, demo
	AliasOf       ID                `json:"alias_of,omitempty"`
	Refusals      []Refusal         `json:"refusals,omitempty"` // what the person turned down
	Declines      []Refusal         `json:"declines,omitempty"` // where an employer said no to the person
	Learned       []Learned         `json:"learned,omitempty"`  // what both teach: see Learn
	About         string            `json:"about,omitempty"`    // in the person's own words
	Lists         ListVersions      `json:"lists,omitzero"`
	Source        Source            `json:"source,omitzero"`
}

// Collection names where workers are kept.
func (*Worker) Collection() string { return "workers" }

// HeldSkill is a skill a person says or shows to have.
type HeldSkill struct {
	ID       string   `json:"id"`
	Level    int      `json:"level,omitempty"`  // SkillBasic … SkillExpert, 0 not said
	Months   int      `json:"months,omitempty"` // of practice
	Evidence Evidence `json:"evidence,omitempty"`
}

// HeldCertificate is a certificate a person has.
type HeldCertificate struct {
	ID        string `json:"id"`
	Level     string `json:"level,omitempty"`
	Number    string `json:"number,omitempty"`
	Issuer    string `json:"issuer,omitempty"`
	Issued    Date   `json:"issued,omitempty"`
	Expires   Date   `json:"expires,omitempty"` // "" never
	CheckedBy ID     `json:"checked_by,omitempty"`
}

// ValidOn reports whether the certificate has not run out on a day.
func (c HeldCertificate) ValidOn(day Date) bool { return c.Expires == "" || c.Expires >= day }

// HeldLanguage is a language a person speaks. Level 1 basic, 2 everyday, 3 work, 4 fluent.
type HeldLanguage struct {
	Language string `json:"language"`
	Level    int    `json:"level,omitempty"`
}

// WorkSpell is one job a person had.
type WorkSpell struct {
	Occupation string `json:"occupation,omitempty"`
	Title      string `json:"title,omitempty"`
	Employer   string `json:"employer,omitempty"`
	From       Date   `json:"from,omitempty"`
	To         Date   `json:"to,omitempty"`
	Months     int    `json:"months,omitempty"`
}

// Wish is one of the two ranked wishes of the official slip.
type Wish struct {
	Occupation string      `json:"occupation,omitempty"`
	Title      string      `json:"title,omitempty"` // as the person said it
	Places     []Workplace `json:"places,omitempty"`
	Pay        Pay         `json:"pay,omitzero"` // Min is the lowest they take
	Shift      []string    `json:"shift,omitempty"`
	Benefits   []string    `json:"benefits,omitempty"`
	Contract   string      `json:"contract,omitempty"`
	Conditions Conditions  `json:"conditions,omitzero"`
}

// MobilityKind is how far a person would go.
type MobilityKind string

const (
	OwnCommune      MobilityKind = "commune"
	WithinKm        MobilityKind = "km"
	OwnProvince     MobilityKind = "province"
	ListedProvinces MobilityKind = "provinces"
	Anywhere        MobilityKind = "country"
	Abroad          MobilityKind = "abroad" // anywhere in the country, or in Countries (any when empty)
)

// MobilityKinds in order of reach.
var MobilityKinds = []MobilityKind{OwnCommune, WithinKm, OwnProvince, ListedProvinces, Anywhere, Abroad}

// Mobility is how far a person would go, and where never.
type Mobility struct {
	Kind      MobilityKind `json:"kind,omitempty"` // "" not asked yet: treated as own province
	Km        int          `json:"km,omitempty"`
	Provinces []string     `json:"provinces,omitempty"`
	Countries []string     `json:"countries,omitempty"`
	Never     []string     `json:"never,omitempty"` // province codes
}

// Refusal is a no about one offer, from the person or from the employer, with what was offered and how it stood
// in the list; it changes tomorrow's list.
type Refusal struct {
	Posting  ID        `json:"posting"`
	Employer ID        `json:"employer,omitempty"`
	Reason   string    `json:"reason"` // of RefusalReasons
	At       time.Time `json:"at"`
	Match    ID        `json:"match,omitempty"` // a counsellor said it for them, about this match
	Offer    Offer     `json:"offer,omitzero"`
	Shown    Standing  `json:"shown,omitzero"`
}

// Consent proves that a person agreed to be served: without it nothing is stored but the attempt.
type Consent struct {
	Version  string    `json:"version,omitempty"`   // of the text agreed to
	TextHash string    `json:"text_hash,omitempty"` // SHA-256 of that text, hex
	At       time.Time `json:"at,omitzero"`
	Channel  string    `json:"channel,omitempty"` // page, paper, phone, spoken
	By       ID        `json:"by,omitempty"`      // who recorded it
	Witness  string    `json:"witness,omitempty"`
}

// Given reports whether there is a consent.
func (c Consent) Given() bool { return c.Version != "" && !c.At.IsZero() }

// Events lists what may happen to the worker now.
func (w *Worker) Events() []WorkerEvent { return workerMachine.allowed(w.State) }

// Do moves the worker through the life-cycle.
func (w *Worker) Do(e WorkerEvent) error {
	to, err := workerMachine.next(w.State, e)
	if err == nil {
		w.State = to
	}
	return err
}

// Available reports whether the person is matched and may be referred.
func (w *Worker) Available() bool { return w.State == WorkerSeeking && w.Consent.Given() }

// Refused reports whether the person has turned this posting down.
func (w *Worker) Refused(posting ID) bool {
	return slices.ContainsFunc(w.Refusals, func(r Refusal) bool { return r.Posting == posting })
}

// Validate gives every problem of the profile, each with its field.
func (w *Worker) Validate(codes Codes, today Date) error {
	var p problems
	p.text("name", w.Name, true, MaxName)
	p.text("hamlet", w.Hamlet, false, MaxLine)
	p.text("about", w.About, false, MaxText)
	p.text("phone_note", w.PhoneNote, false, MaxLine)
	p.date("born", w.Born)
	if w.Born != "" && w.Born.Valid() {
		age, _ := w.Born.AgeOn(today)
		p.need(age >= 14 && age <= 100, "born", "error.born.range", w.Born.String())
	}
	for _, phone := range w.Phones {
		p.need(PhoneValid(phone), "phones", "error.phone", phone)
	}
	p.need(w.CitizenID == "" || allDigits(w.CitizenID) && (len(w.CitizenID) == 9 || len(w.CitizenID) == 12), "citizen_id", "error.citizen_id")
	p.code("commune", w.Commune, codes.HasCommune)
	p.code("ethnicity", w.Ethnicity, codes.HasEthnicity)
	p.among("sex", w.Sex, []string{"f", "m"})
	p.need(w.Schooling == "" || codes.HasListEntry("hoc-van", w.Schooling), "schooling", "error.code.unknown", w.Schooling)
	p.need(w.Qualification == "" || codes.HasListEntry("cmkt", w.Qualification), "qualification", "error.code.unknown", w.Qualification)
	p.allAmong("needs", w.Needs, Benefits)
	p.allAmong("barriers", w.Barriers, Barriers)
	p.allAmong("priority", w.Priority, PriorityGroups)
	w.validateAbilities(&p, codes)
	w.validateWishes(&p, codes)
	return errors.Join(p...)
}

func (w *Worker) validateAbilities(p *problems, codes Codes) {
	for _, s := range w.Skills {
		p.code("skills", s.ID, codes.HasSkill)
		p.need(s.Level >= 0 && s.Level <= SkillExpert && s.Months >= 0 && s.Months <= 720, "skills", "error.skill.level")
	}
	for _, c := range w.Certificates {
		p.code("certificates", c.ID, codes.HasCertificate)
		p.text("certificates", c.Number, false, MaxLine)
		p.text("certificates", c.Issuer, false, MaxLine)
		p.date("certificates", c.Issued)
		p.date("certificates", c.Expires)
		p.need(!c.Issued.Whole() || !c.Expires.Whole() || c.Issued <= c.Expires, "certificates", "error.dates.reversed")
	}
	for _, l := range w.Languages {
		p.among("languages", l.Language, Languages)
		p.need(l.Level >= 0 && l.Level <= 4, "languages", "error.language.level")
	}
	for _, h := range w.History {
		p.code("history", h.Occupation, codes.HasOccupation)
		p.text("history", h.Title, false, MaxLine)
		p.date("history", h.From)
		p.date("history", h.To)
	}
}

func (w *Worker) validateWishes(p *problems, codes Codes) {
	p.need(len(w.Wishes) <= 2, "wishes", "error.wishes.two")
	for _, wish := range w.Wishes {
		p.code("wishes", wish.Occupation, codes.HasOccupation)
		p.text("wishes", wish.Title, false, MaxLine)
		p.add(wish.Pay.Validate("wishes"))
		p.allAmong("wishes", wish.Shift, Shifts)
		p.allAmong("wishes", wish.Benefits, Benefits)
		for _, place := range wish.Places {
			place.validate(p, "wishes", codes)
		}
	}
	p.need(w.Mobility.Kind == "" || slices.Contains(MobilityKinds, w.Mobility.Kind), "mobility", "error.code.unknown", string(w.Mobility.Kind))
	p.need(w.Mobility.Km >= 0 && w.Mobility.Km <= 3000, "mobility", "error.km")
	for _, code := range slices.Concat(w.Mobility.Provinces, w.Mobility.Never) {
		p.code("mobility", code, codes.HasProvince)
	}
	for _, code := range w.Mobility.Countries {
		p.code("mobility", code, codes.HasCountry)
	}
}

// MaskedCitizenID shows the last three digits only.
func (w *Worker) MaskedCitizenID() string {
	if len(w.CitizenID) < 4 {
		return ""
	}
	return "•••••••••" + w.CitizenID[len(w.CitizenID)-3:]
}

// PhoneValid reports whether s is a Vietnamese number as NormalisePhone leaves it: 0 and nine or ten digits.
func PhoneValid(s string) bool {
	return allDigits(s) && s[0] == '0' && (len(s) == 10 || len(s) == 11)
}

// NormalisePhone drops spaces, dots, dashes and brackets and turns +84 and 84 into 0.
func NormalisePhone(s string) string {
	digits := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' || c == '+' && len(digits) == 0:
			digits = append(digits, c)
		case c == ' ' || c == '.' || c == '-' || c == '(' || c == ')':
		default:
			return s // not a number: let validation say so, with what was typed
		}
	}
	n := string(digits)
	switch {
	case len(n) > 3 && n[:3] == "+84":
		return "0" + trimZero(n[3:])
	case len(n) >= 11 && n[:2] == "84":
		return "0" + trimZero(n[2:])
	}
	return n
}

func trimZero(s string) string {
	if s != "" && s[0] == '0' {
		return s[1:]
	}
	return s
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
