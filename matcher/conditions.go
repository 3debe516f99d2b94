package matcher

import "strings"

// Condition is a hard condition: a pair that fails one is never suggested. The numbers are the fixed order in
// which a failing pair is attributed to the first condition it fails.
type Condition uint8

// The hard conditions. Those up to NeedNotMet hold unless switched off, the others only where switched on.
const (
	PostingClosed      Condition = iota // not open
	PostingFull                         // no seat left
	PostingExpired                      // the deadline has passed
	PostingStale                        // the employer has not confirmed for Weights.StaleDays days
	WorkerUnavailable                   // not seeking
	LegalBar                            // the law bars this person from this work; cannot be switched off
	RefusedPosting                      // turned this posting down before
	RefusedEmployer                     // turned this employer down before
	CertificateMissing                  // a required certificate is missing, run out or too low
	PlaceNever                          // every workplace is where the person would never go
	TooFar                              // no workplace is within the person's reach
	PayBelowFloor                       // pays less than the lowest the person takes
	NeedNotMet                          // does not give what the person cannot do without
	SchoolingShort                      // less schooling or qualification than asked
	ExperienceShort                     // less experience than asked
	SkillMissing                        // a required skill is covered by less than half
	LanguageMissing                     // an asked language is missing or too weak
	ShiftUnwanted                       // a shift the person did not say yes to
	conditionCount
)

// ConditionCount is how many conditions there are.
const ConditionCount = int(conditionCount)

var conditionNames = [ConditionCount]string{
	"posting_closed", "posting_full", "posting_expired", "posting_stale", "worker_unavailable", "legal_bar",
	"refused_posting", "refused_employer", "certificate_missing", "place_never", "too_far", "pay_below_floor",
	"need_not_met", "schooling_short", "experience_short", "skill_missing", "language_missing", "shift_unwanted",
}

// String gives the condition's stable code, by which counts are kept and worded.
func (c Condition) String() string {
	if int(c) < ConditionCount {
		return conditionNames[c]
	}
	return "unknown_condition"
}

// ParseCondition finds a condition by its code.
func ParseCondition(code string) (Condition, bool) {
	for c, name := range conditionNames {
		if name == code {
			return Condition(c), true
		}
	}
	return 0, false
}

// ConditionSet is a set of hard conditions.
type ConditionSet uint32

// SetOf gives the set of the conditions named.
func SetOf(conditions ...Condition) (s ConditionSet) {
	for _, c := range conditions {
		s |= 1 << c
	}
	return s
}

// Has reports whether c is in the set.
func (s ConditionSet) Has(c Condition) bool { return s>>c&1 == 1 }

// List gives the members in their fixed order.
func (s ConditionSet) List() []Condition {
	var list []Condition
	for c := range conditionCount {
		if s.Has(c) {
			list = append(list, c)
		}
	}
	return list
}

// String joins the codes of the members.
func (s ConditionSet) String() string {
	var names []string
	for _, c := range s.List() {
		names = append(names, c.String())
	}
	return strings.Join(names, " ")
}

const (
	standing   ConditionSet = 1<<(NeedNotMet+1) - 1 // hold unless switched off
	unbendable ConditionSet = 1 << LegalBar         // nobody may switch these off
	optional   ConditionSet = 1<<conditionCount - 1 - standing
)

// Standing are the conditions that hold for every posting that does not switch them off.
func Standing() ConditionSet { return standing }

// must gives the conditions a posting insists on.
func (p *Posting) must() ConditionSet {
	return (standing&^SetOf(p.Off...) | SetOf(p.On...)) | unbendable
}

// Drops counts, for one list, whom the hard conditions removed: First attributes every failing pair to the
// first condition it fails, so that Passed and First add up to Looked; Total counts all it fails.
type Drops struct {
	Looked, Passed int
	First, Total   [ConditionCount]int
}

func (d *Drops) add(fails ConditionSet) {
	d.Looked++
	if fails == 0 {
		d.Passed++
		return
	}
	first := true
	for c := range conditionCount {
		if fails.Has(c) {
			d.Total[c]++
			if first {
				d.First[c]++
				first = false
			}
		}
	}
}

// Removed gives First by the condition's code, without zeros.
func (d *Drops) Removed() map[string]int {
	removed := map[string]int{}
	for c, n := range d.First {
		if n > 0 {
			removed[conditionNames[c]] = n
		}
	}
	return removed
}
