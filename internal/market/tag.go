package market

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Tag is one thing that the program read in a posting's title or text, with the bytes it was read from: the
// evidence that the person who checks the posting is shown. A tag decides nothing by itself.
type Tag struct {
	Kind     string    `json:"kind"`               // one of TagKinds
	ID       string    `json:"id,omitempty"`       // of the skill, benefit, shift…; code of the occupation, place, language
	Of       string    `json:"of,omitempty"`       // of a place: the kind of unit the code belongs to
	Level    string    `json:"level,omitempty"`    // of a certificate
	Min      int64     `json:"min,omitempty"`      // pay in the smallest unit, months of experience, openings, meals a day
	Max      int64     `json:"max,omitempty"`      // 0 is "no ceiling" of pay and experience
	Currency string    `json:"currency,omitempty"` // of pay
	Period   PayPeriod `json:"period,omitempty"`   // of pay
	Section  string    `json:"section,omitempty"`  // what its sentence is about: one of Sections
	Field    string    `json:"field"`              // TagInTitle or TagInText
	Start    int       `json:"start"`              // bytes of the field
	End      int       `json:"end"`
	Said     string    `json:"said"`              // the words there
	Decided  string    `json:"decided,omitempty"` // what a person made of it: "" nothing yet, TagTaken or TagDropped
}

// What a person may make of a tag.
const (
	TagTaken   = "taken"   // it is in the posting's own fields
	TagDropped = "dropped" // it was read wrongly: nothing finds the posting by it
)

// Key names what a tag says, wherever it stands: the same skill read twice is one thing to decide.
func (t Tag) Key() string {
	return strings.Join([]string{t.Kind, t.ID, t.Of, t.Level, strconv.FormatInt(t.Min, 10), strconv.FormatInt(t.Max, 10), t.Currency, string(t.Period)}, "|")
}

// KeepDecisions carries what was decided about the same words over to tags that were read anew.
func KeepDecisions(read, before []Tag) []Tag {
	out := slices.Clone(read)
	for i := range out {
		for _, b := range before {
			if b.Decided != "" && b.Key() == out[i].Key() {
				out[i].Decided = b.Decided
			}
		}
	}
	return out
}

// Where a tag stands.
const (
	TagInTitle = "title"
	TagInText  = "text"
)

// TagKinds are what may be read in a posting.
var TagKinds = []string{"skill", "certificate", "occupation", "place", "language", "benefit", "meals", "shift", "pay", "openings", "experience"}

// What a sentence of an advertisement is about.
const (
	SectionCompany = "company" // who we are: nothing in it is asked of anybody
	SectionDuties  = "duties"  // what you do
	SectionAsks    = "asks"    // what we ask
	SectionOffers  = "offers"  // what we offer
	SectionApply   = "apply"   // how to apply
)

// Sections are all kinds of sentences.
var Sections = []string{SectionCompany, SectionDuties, SectionAsks, SectionOffers, SectionApply}

// MaxTags bounds the tags of one posting.
const MaxTags = 200

// WorkTimes are what a tag of the kind "shift" may say beside Shifts.
var WorkTimes = []string{"full_time", "evening", "weekend", "overtime", "seasonal", "sunday_off"}

// field gives the text a tag stands in.
func (p *Posting) field(t Tag) string {
	if t.Field == TagInTitle {
		return p.Title
	}
	return p.Text
}

// stands reports whether a tag's words are at its place.
func (p *Posting) stands(t Tag) bool {
	s := p.field(t)
	return t.Start >= 0 && t.Start < t.End && t.End <= len(s) && s[t.Start:t.End] == t.Said
}

// DropStaleTags forgets the tags whose words an edit has moved or taken away.
func (p *Posting) DropStaleTags() {
	p.Tags = slices.DeleteFunc(slices.Clone(p.Tags), func(t Tag) bool { return !p.stands(t) })
}

// validateTags checks that every tag is known and stands where it says.
func (p *Posting) validateTags(ps *problems, codes Codes) {
	ps.need(len(p.Tags) <= MaxTags, "tags", "error.tags.many", MaxTags)
	for _, t := range p.Tags {
		ps.need(slices.Contains(TagKinds, t.Kind), "tags", "error.code.unknown", t.Kind)
		ps.need(t.Section == "" || slices.Contains(Sections, t.Section), "tags", "error.code.unknown", t.Section)
		ps.need(t.Field == TagInTitle || t.Field == TagInText, "tags", "error.code.unknown", t.Field)
		ps.among("tags", t.Decided, []string{TagTaken, TagDropped})
		ps.need(p.stands(t) && utf8.ValidString(t.Said), "tags", "error.tags.place", t.Said)
		ps.need(t.Min >= 0 && (t.Max == 0 || t.Max >= t.Min), "tags", "error.number", t.Said)
		switch t.Kind {
		case "skill":
			ps.code("tags", t.ID, codes.HasSkill)
		case "certificate":
			ps.code("tags", t.ID, codes.HasCertificate)
		case "occupation":
			ps.code("tags", t.ID, codes.HasOccupation)
		case "language":
			ps.among("tags", t.ID, Languages)
		case "benefit":
			ps.among("tags", t.ID, Benefits)
		case "shift":
			ps.need(slices.Contains(Shifts, t.ID) || slices.Contains(WorkTimes, t.ID), "tags", "error.code.unknown", t.ID)
		}
	}
}
