package market

import "slices"

// The short closed lists that forms offer and the matcher compares. Longer lists (occupations, skills,
// certificates, places, the official forms' lists) are data in taxonomy.

// Benefits an employer gives and a worker may need, in the order they are shown.
var Benefits = []string{"dormitory", "meals", "bus", "insurance", "travel", "childcare", "bonus", "training", "uniform"}

// Shifts of work.
var Shifts = []string{"day", "two_shifts", "three_shifts", "night", "part_time", "flexible"}

// Barriers that keep a person from work; staff only, never shown to employers.
var Barriers = []string{"transport", "childcare", "reading", "health", "documents", "debt"}

// PriorityGroups of the official form ("uu-tien").
var PriorityGroups = []string{"disabled", "demobilised", "poor", "near_poor", "minority", "other"}

// ContractTypes of a vacancy: the official form's list after the Labour Code 2019 (article 20).
var ContractTypes = []string{"indefinite", "under_12_months", "from_12_to_36_months", "seasonal"}

// Languages asked for and held, ISO 639-1 where there is one.
var Languages = []string{"vi", "en", "ko", "zh", "ja", "de", "lo", "tai", "hmn"}

// EmployerTypes of the official form.
var EmployerTypes = []string{"private", "state", "foreign", "cooperative", "household", "public_body", "labour_export", "person"}

// OptionalConditions are the hard conditions of matching that hold only for a posting that insists on them; in
// the order in which they are shown.
var OptionalConditions = []string{"schooling_short", "experience_short", "skill_missing", "language_missing", "shift_unwanted"}

// WaivableConditions are those that hold for every posting which does not do without them. Two hold always and are
// not here: legal_bar, and worker_unavailable, since who has not agreed to be served, or has withdrawn, is shown to
// nobody.
var WaivableConditions = []string{
	"posting_closed", "posting_full", "posting_expired", "posting_stale", "refused_posting", "refused_employer",
	"certificate_missing", "place_never", "too_far", "pay_below_floor", "need_not_met",
}

// SkillLevels: 0 is "not said".
const (
	SkillBasic  = 1
	SkillGood   = 2
	SkillExpert = 3
)

// Evidence of a skill or a placement.
type Evidence string

const (
	SelfStated      Evidence = "self_stated"
	Confirmed       Evidence = "confirmed"        // a counsellor or an employer confirms it
	Certified       Evidence = "certified"        // a certificate was seen
	SocialInsurance Evidence = "social_insurance" // placements: the insurance record shows it
)

func (p *problems) among(field, value string, list []string) {
	p.need(value == "" || slices.Contains(list, value), field, "error.code.unknown", value)
}

func (p *problems) allAmong(field string, values, list []string) {
	for _, v := range values {
		p.among(field, v, list)
	}
}
