package market

import (
	"errors"
	"strings"
	"time"
)

// CentreSettings is the province's service itself: its own document, whose id every other document carries
// in Centre.
type CentreSettings struct {
	Meta     `json:",inline"`
	Name     string   `json:"name"`
	Province string   `json:"province"` // two-digit code
	Phone    string   `json:"phone,omitempty"`
	Address  string   `json:"address,omitempty"`
	Hours    string   `json:"hours,omitempty"`    // when it is open, in Vietnamese
	HoursEN  string   `json:"hours_en,omitempty"` // the same in English
	Parent   string   `json:"parent,omitempty"`   // the body above it, on top of official papers
	Director string   `json:"director,omitempty"` // who signs
	Demo     bool     `json:"demo,omitempty"`     // filled with invented data
	Secret   string   `json:"secret,omitempty"`   // key of the hashes that identify people, hex
	Communes []string `json:"communes,omitempty"`
}

// Collection names where centres are kept.
func (*CentreSettings) Collection() string { return "centres" }

// Validate gives every problem of what may be edited.
func (c *CentreSettings) Validate() error {
	var p problems
	p.text("name", c.Name, true, MaxName)
	p.text("phone", c.Phone, false, 40)
	p.need(strings.Trim(c.Phone, "0123456789 .+-()") == "", "phone", "error.phone.centre", c.Phone)
	p.text("address", c.Address, false, MaxLine)
	p.text("hours", c.Hours, false, MaxName)
	p.text("hours_en", c.HoursEN, false, MaxName)
	p.text("parent", c.Parent, false, MaxName)
	p.text("director", c.Director, false, MaxName)
	return errors.Join(p...)
}

// Contact is one dated line of a case: append-only.
type Contact struct {
	Meta     `json:",inline"`
	Worker   ID        `json:"worker,omitempty"`
	Employer ID        `json:"employer,omitempty"`
	Referral ID        `json:"referral,omitempty"`
	Kind     string    `json:"kind"` // call, visit, advice, offer, answer
	At       time.Time `json:"at"`
	By       ID        `json:"by,omitempty"`
	Text     string    `json:"text,omitempty"`
}

// ContactKinds are what a line of a case can be.
var ContactKinds = []string{"call", "visit", "advice", "offer", "answer"}

// Validate gives every problem of the line.
func (c *Contact) Validate(today Date) error {
	var p problems
	p.text("text", c.Text, true, MaxText)
	p.need(c.Kind != "", "kind", "error.required")
	p.among("kind", c.Kind, ContactKinds)
	p.need(DateOf(c.At) <= today, "at", "error.contact.future")
	return errors.Join(p...)
}

// Collection names where contacts are kept.
func (*Contact) Collection() string { return "contacts" }

// Notice is something to be told to somebody: stored first, sent by whatever cmd connects.
type Notice struct {
	Meta   `json:",inline"`
	Worker ID        `json:"worker,omitempty"`
	Firm   ID        `json:"firm,omitempty"`
	User   ID        `json:"user,omitempty"`
	Key    string    `json:"key"` // of the message
	Args   []string  `json:"args,omitempty"`
	Link   string    `json:"link,omitempty"`
	State  string    `json:"state"` // queued, sent, failed, read
	SentAt time.Time `json:"sent_at,omitzero"`
	Tries  int       `json:"tries,omitempty"`
}

// Collection names where notices are kept.
func (*Notice) Collection() string { return "notices" }

// RunState is how a job's run ended.
type RunState string

const (
	RunRunning RunState = "running"
	RunDone    RunState = "done"
	RunFailed  RunState = "failed"
	RunStopped RunState = "stopped" // asked to stop before it was done; nothing is broken
)

// Run is one run of a job.
type Run struct {
	Meta    `json:",inline"`
	Job     string         `json:"job"`
	Trigger string         `json:"trigger"` // schedule, button, command, change, start
	By      ID             `json:"by,omitempty"`
	Started time.Time      `json:"started"`
	Ended   time.Time      `json:"ended,omitzero"`
	State   RunState       `json:"state"`
	Counts  map[string]int `json:"counts,omitempty"`
	Error   string         `json:"error,omitempty"`
	Engine  string         `json:"engine,omitempty"`
	Weights string         `json:"weights,omitempty"`
	Fence   int64          `json:"fence,omitempty"` // number of the lease it ran under
}

// Collection names where runs are kept.
func (*Run) Collection() string { return "runs" }

// AuditEntry is written with every decision, in the same batch. It names documents by id and never holds
// personal data.
type AuditEntry struct {
	Meta    `json:",inline"`
	At      time.Time `json:"at"`
	Actor   ID        `json:"actor,omitempty"`
	Role    Role      `json:"role"`
	Action  string    `json:"action"`  // the decision's name: "posting.approve"
	Subject string    `json:"subject"` // collection/id
	Of      ID        `json:"of"`      // the id alone, to find a document's history
	From    string    `json:"from,omitempty"`
	To      string    `json:"to,omitempty"`
	Reason  string    `json:"reason,omitempty"`
}

// Collection names where the audit is kept.
func (*AuditEntry) Collection() string { return "audit" }

// Counter gives people-facing numbers, per centre, kind and year; it is part of the batch that uses the number.
type Counter struct {
	Meta `json:",inline"`
	Kind string `json:"kind"`
	Year int    `json:"year"`
	Last int64  `json:"last"`
}

// Collection names where counters are kept.
func (*Counter) Collection() string { return "counters" }

// Lease says which process works; Fence grows with every taking.
type Lease struct {
	Meta   `json:",inline"`
	Name   string    `json:"name"`
	Holder string    `json:"holder"`
	Until  time.Time `json:"until"`
	Fence  int64     `json:"fence"`
	Mark   string    `json:"mark,omitempty"` // how far the work has come, for who takes the lease next
}

// Collection names where leases are kept.
func (*Lease) Collection() string { return "leases" }

// Replay remembers the answer to a form that was sent, so that sending it again changes nothing.
type Replay struct {
	Meta     `json:",inline"`
	User     ID        `json:"user,omitempty"`
	Path     string    `json:"path"`
	Location string    `json:"location"` // where the first sending led
	At       time.Time `json:"at"`
}

// Collection names where replays are kept.
func (*Replay) Collection() string { return "replays" }
