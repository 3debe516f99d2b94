package search

import (
	"time"

	"noiviec/internal/market"
)

// Kind is what is searched.
type Kind string

const (
	Posting Kind = "posting"
	Worker  Kind = "worker" // staff only: the caller sees to it
)

// Query is one search. The zero value lists the open postings, newest first.
type Query struct {
	Centre   market.ID // only this centre's documents; "" is every centre
	Text     string    // what was typed
	Province string    // whose communes need no "xã" before their names, "" for none
	Kind     Kind      // "" is Posting
	Filters  Filters
	Offset   int
	Limit    int         // 0 is 20, at most MaxLimit
	Facets   bool        // count what each filter would leave
	Today    market.Date // deadlines before it are past; "" looks at no deadline
}

// Filters narrow a search. Within Skills, Certificates and Benefits every one must be there; within the other
// lists any one is enough. Different fields must all hold.
type Filters struct {
	Skills        []string        `json:"skills,omitempty"`
	Certificates  []string        `json:"certificates,omitempty"`
	CertificateOn market.Date     `json:"certificate_on,omitempty"`  // the certificates must be valid on that day
	Communes      []string        `json:"communes,omitempty"`        // a posting's workplaces, a worker's home
	Provinces     []string        `json:"provinces,omitempty"`       // codes; Nationwide stands for "anywhere in the country"
	Occupations   []string        `json:"occupations,omitempty"`     // VSCO codes, shorter ones are groups
	MinMonthlyPay int64           `json:"min_monthly_pay,omitempty"` // đồng; for workers: who would work for it
	MaxMonthlyPay int64           `json:"max_monthly_pay,omitempty"` // đồng; postings whose pay begins at or below it
	Benefits      []string        `json:"benefits,omitempty"`
	Shift         string          `json:"shift,omitempty"`
	NoExperience  bool            `json:"no_experience,omitempty"`
	Abroad        []string        `json:"abroad,omitempty"`      // countries; "*" is any
	Evidence      market.Evidence `json:"evidence,omitempty"`    // of workers: how well the skills must be known at least, one of Evidences
	SkillLevel    int             `json:"skill_level,omitempty"` // of workers: how good they must be at least
	Mobility      []string        `json:"mobility,omitempty"`    // of workers: how far they would go, market.MobilityKinds
	States        []string        `json:"states,omitempty"`      // none: what the public may see
	NearCommune   string          `json:"near_commune,omitempty"`
	Km            int             `json:"km,omitempty"` // around NearCommune, as the crow flies; 0 leaves nobody out. The nearest stand first; of postings only where the words name no place
}

// Nationwide is the province code of "anywhere in the country".
const Nationwide = "nationwide"

// MaxLimit is the most hits one search returns, MaxOffset how far one may page.
const (
	MaxLimit  = 200
	MaxOffset = 10_000
)

// Names of the facets in Result.Facets.
const (
	FacetSkills       = "skills"
	FacetCertificates = "certificates"
	FacetCommunes     = "communes"
	FacetProvinces    = "provinces"
	FacetOccupations  = "occupations"
	FacetPay          = "pay" // codes are thresholds in đồng a month: "7000000"
	FacetBenefits     = "benefits"
	FacetShift        = "shift"
	FacetExperience   = "experience" // one code, "none"
	FacetAbroad       = "abroad"
	FacetMobility     = "mobility" // of workers
	FacetStates       = "states"   // counted only when States is set
)

// PayBands are the thresholds that FacetPay counts, in đồng a month.
var PayBands = [...]int64{5_000_000, 7_000_000, 10_000_000, 15_000_000, 20_000_000}

// FacetCount is how many results would be left with one more filter value.
type FacetCount struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

// Hit is one result.
type Hit struct {
	ID    market.ID       `json:"id"`
	Kind  Kind            `json:"kind"`
	Score float64         `json:"score"` // higher is better; comparable within one search only
	Title string          `json:"title"` // a posting's title, a worker's name
	Why   []market.Reason `json:"why,omitempty"`
}

// Kinds of chips.
const (
	ChipPay   = "pay"   // Least and Most, đồng a month: a filter
	ChipPlace = "place" // Codes: what is near stands first; a filter only when asked for

	ChipBenefit    = "benefit"    // Codes: a filter
	ChipShift      = "shift"      // Codes: a filter; shifts, and times that are none ("weekend")
	ChipExperience = "experience" // a filter: no experience needed
)

// Chip is a part of the text that was understood as something else than words. It can be taken back: Without is the
// text without it.
type Chip struct {
	Kind    string   `json:"kind"`
	Typed   string   `json:"typed"`
	Codes   []string `json:"codes,omitempty"`
	Least   int64    `json:"least,omitempty"`
	Most    int64    `json:"most,omitempty"`
	Strict  bool     `json:"strict,omitempty"` // a place, and nothing else was asked: only what is there was found
	Without string   `json:"without"`
}

// Without is how many results there would be without one filter.
type Without struct {
	Filter string `json:"filter,omitempty"` // a facet's name, or FilterNear
	Chip   *Chip  `json:"chip,omitempty"`   // one that was read from the text
	Count  int    `json:"count"`
}

// Filters that have no facet, by name: of a distance around a commune; of how well skills are known and how good they are.
const (
	FilterNear     = "near"
	FilterEvidence = "evidence"
)

// Result is what a search found.
type Result struct {
	Total     int                     `json:"total"`
	Chips     []Chip                  `json:"chips,omitempty"`
	Hits      []Hit                   `json:"hits"`
	Nearly    []Hit                   `json:"nearly,omitempty"` // where hits are few: what has only a part of what was asked; not in Total
	Facets    map[string][]FacetCount `json:"facets,omitempty"` // most frequent first, then by code
	Took      time.Duration           `json:"took"`
	Without   []Without               `json:"without,omitempty"`   // when nothing was found: what would be, most first
	Maybe     []string                `json:"maybe,omitempty"`     // names that may have been meant
	Corrected string                  `json:"corrected,omitempty"` // what was searched instead, when the text found nothing
}
