package market

import (
	"slices"
	"time"
)

// Role is what somebody is to the centre.
type Role string

const (
	Anyone        Role = "anyone" // not logged in
	Seeker        Role = "seeker"
	EmployerRole  Role = "employer"
	Commune       Role = "commune" // commune officer: registers people of own communes
	Counsellor    Role = "counsellor"
	Provider      Role = "provider"   // training provider
	Department    Role = "department" // the province's department: reads figures
	Administrator Role = "administrator"
	System        Role = "system" // jobs and commands on the machine itself
)

// Roles that accounts may have.
var Roles = []Role{Seeker, EmployerRole, Commune, Counsellor, Provider, Department, Administrator}

// Staff reports whether the role belongs to the centre.
func (r Role) Staff() bool { return r == Counsellor || r == Administrator || r == System }

// User is an account.
type User struct {
	Meta       `json:",inline"`
	Login      string    `json:"login"` // unique in a centre: a name for staff and employers, a phone or card number for seekers
	Name       string    `json:"name"`
	Role       Role      `json:"role"`
	Subject    ID        `json:"subject,omitempty"` // the worker or employer the account stands for
	Communes   []string  `json:"communes,omitempty"`
	Password   string    `json:"password,omitempty"` // argon2id, encoded
	TOTPSecret string    `json:"totp_secret,omitempty"`
	TOTPOn     bool      `json:"totp_on,omitempty"`
	Disabled   bool      `json:"disabled,omitempty"`
	Tries      int       `json:"tries,omitempty"` // failed since the last success
	LockedTill time.Time `json:"locked_till,omitzero"`
	Language   string    `json:"language,omitempty"`
	Demo       bool      `json:"demo,omitempty"`       // of the invented data: no second factor is asked
	Epoch      int       `json:"epoch,omitempty"`      // grows with every change after which log-ins must be made anew
	SetupKey   string    `json:"setup_key,omitempty"`  // hash of the secret in the one-time link that sets the password
	SetupUntil time.Time `json:"setup_until,omitzero"` // when that link ends
}

// Collection names where accounts are kept.
func (*User) Collection() string { return "users" }

// Actor gives the account as one who acts.
func (u *User) Actor() Actor {
	return Actor{User: u.ID, Role: u.Role, Centre: u.Centre, Subject: u.Subject, Communes: u.Communes}
}

// Session is one log-in. Its id is the hash of the token in the cookie, so a stolen store opens no door.
type Session struct {
	Meta      `json:",inline"`
	User      ID        `json:"user"`
	CSRF      string    `json:"csrf"`
	SeenAt    time.Time `json:"seen_at"`
	ExpiresAt time.Time `json:"expires_at"`
	Factor2   bool      `json:"factor2,omitempty"` // the second factor was given
	Epoch     int       `json:"epoch,omitempty"`   // the account's when it was opened; a session of an earlier one is over
}

// Collection names where sessions are kept.
func (*Session) Collection() string { return "sessions" }

// Actor is who does something.
type Actor struct {
	User     ID
	Role     Role
	Centre   ID
	Subject  ID       // own worker or employer
	Communes []string // a commune officer's area
}

// SystemActor acts for jobs and for commands on the machine itself.
func SystemActor(centre ID) Actor { return Actor{Role: System, Centre: centre} }

// Subject is what an action is about, as far as permission needs to know.
type Subject struct {
	Centre   ID
	Worker   ID // whose data it is
	Employer ID
	Commune  string
}

// Action is one thing that can be done.
type Action string

const (
	SearchPostings   Action = "search_postings"
	ReadPosting      Action = "read_posting"
	ReportPosting    Action = "report_posting"
	WritePosting     Action = "write_posting"
	CheckPosting     Action = "check_posting" // approve, return, hide
	RegisterWorker   Action = "register_worker"
	ReadWorker       Action = "read_worker"
	WriteWorker      Action = "write_worker"
	SearchWorkers    Action = "search_workers"
	ReadSuggestions  Action = "read_suggestions"
	ReviewMatches    Action = "review_matches"
	AnswerReferral   Action = "answer_referral"
	ReadReferral     Action = "read_referral"
	MoveReferral     Action = "move_referral" // any step, for the centre
	ReportResult     Action = "report_result" // the employer's answer
	RegisterEmployer Action = "register_employer"
	ReadEmployer     Action = "read_employer"
	WriteEmployer    Action = "write_employer"
	VerifyEmployer   Action = "verify_employer"
	ReadPlacements   Action = "read_placements"
	WritePlacement   Action = "write_placement"
	ReadReport       Action = "read_report"
	WritePlan        Action = "write_plan"
	WriteCentre      Action = "write_centre"
	DeclareResult    Action = "declare_result"
	ReadRuns         Action = "read_runs"
	StartRun         Action = "start_run"
	ManageAccounts   Action = "manage_accounts"
	ImportExport     Action = "import_export"
	ReadAudit        Action = "read_audit"
	KeepCourses      Action = "keep_courses"
	KeepPools        Action = "keep_pools"    // saved searches over people; whose, casework asks
	WriteWeights     Action = "write_weights" // of the engine: see and decide about sets
	ReadFairness     Action = "read_fairness" // who is shown, referred and hired, by group
	WriteWords       Action = "write_words"   // what searches that found nothing mean
)

// reach is how far a permission goes.
type reach int

const (
	none reach = iota
	own        // the actor's own worker, employer
	area       // people of the actor's communes
	all        // the whole centre
)

// permissions is the one table: what is not in it is denied. System may do everything in its centre.
var permissions = map[Action]map[Role]reach{
	SearchPostings:   {Anyone: all, Seeker: all, EmployerRole: all, Commune: all, Counsellor: all, Provider: all, Department: all, Administrator: all},
	ReadPosting:      {Anyone: all, Seeker: all, EmployerRole: all, Commune: all, Counsellor: all, Provider: all, Department: all, Administrator: all},
	ReportPosting:    {Anyone: all, Seeker: all, Commune: all, Counsellor: all, Administrator: all},
	WritePosting:     {EmployerRole: own, Counsellor: all, Administrator: all},
	CheckPosting:     {Counsellor: all, Administrator: all},
	RegisterWorker:   {Anyone: all, Seeker: all, Commune: area, Counsellor: all, Administrator: all},
	ReadWorker:       {Seeker: own, Commune: area, Counsellor: all, Administrator: all},
	WriteWorker:      {Seeker: own, Commune: area, Counsellor: all, Administrator: all},
	SearchWorkers:    {Counsellor: all, Administrator: all},
	ReadSuggestions:  {Seeker: own, Counsellor: all, Administrator: all},
	ReviewMatches:    {Counsellor: all, Administrator: all},
	AnswerReferral:   {Seeker: own, Counsellor: all, Administrator: all},
	ReadReferral:     {Seeker: own, EmployerRole: own, Counsellor: all, Administrator: all},
	MoveReferral:     {Counsellor: all, Administrator: all},
	ReportResult:     {EmployerRole: own, Counsellor: all, Administrator: all},
	RegisterEmployer: {Anyone: all, EmployerRole: own, Counsellor: all, Administrator: all},
	ReadEmployer:     {EmployerRole: own, Counsellor: all, Administrator: all},
	WriteEmployer:    {EmployerRole: own, Counsellor: all, Administrator: all},
	VerifyEmployer:   {Counsellor: all, Administrator: all},
	ReadPlacements:   {Counsellor: all, Administrator: all},
	WritePlacement:   {Counsellor: all, Administrator: all},
	ReadReport:       {Counsellor: all, Department: all, Administrator: all},
	WritePlan:        {Administrator: all},
	WriteCentre:      {Administrator: all},
	DeclareResult:    {Counsellor: all, Administrator: all},
	ReadRuns:         {Administrator: all},
	StartRun:         {Administrator: all},
	ManageAccounts:   {Administrator: all},
	ImportExport:     {Administrator: all},
	ReadAudit:        {Administrator: all},
	KeepPools:        {Counsellor: all, Administrator: all},
	WriteWeights:     {Administrator: all},
	ReadFairness:     {Department: all, Administrator: all},
	WriteWords:       {Counsellor: all, Administrator: all},
	KeepCourses:      {Counsellor: all, Administrator: all},
}

// Actions lists every action in the table.
func Actions() []Action {
	out := make([]Action, 0, len(permissions))
	for a := range permissions {
		out = append(out, a)
	}
	slices.Sort(out)
	return out
}

// May reports whether a role may ever do an action, to decide what to offer; Can decides about one case.
func May(r Role, a Action) bool { return r == System || permissions[a][r] != none }

// Can reports whether the actor may do the action to the subject. Nobody logged in gets Unauthenticated;
// another centre's or owner's document NotFound, so that it is not even known to exist; the rest Denied.
func Can(actor Actor, action Action, subject Subject) error {
	foreign := subject.Centre != "" && actor.Centre != "" && subject.Centre != actor.Centre
	if actor.Role == System && !foreign {
		return nil
	}
	r := permissions[action][actor.Role]
	switch {
	case r == none && (actor.Role == Anyone || actor.Role == ""):
		return Fail(Unauthenticated, "error.login_first")
	case r == none:
		return Fail(Denied, "error.denied")
	case foreign:
		return Fail(NotFound, "error.not_found")
	case r == all:
		return nil
	case r == own && actor.Subject != "" && (actor.Subject == subject.Worker || actor.Subject == subject.Employer):
		return nil
	case r == area && slices.Contains(actor.Communes, subject.Commune):
		return nil
	}
	return Fail(NotFound, "error.not_found")
}
