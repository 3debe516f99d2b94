package market

import "errors"

// Synonym is a phrase that staff have added for a skill, an occupation or a certificate: "thợ chạy sợi" for the
// occupation 8151. It is in force as long as it is stored.
type Synonym struct {
	Meta   `json:",inline"`
	Phrase string `json:"phrase"`
	Kind   string `json:"kind"` // one of SynonymKinds
	Of     string `json:"of"`   // id of the skill or certificate, code of the occupation
	By     ID     `json:"by,omitempty"`
}

// SynonymKinds are what a phrase may stand for.
var SynonymKinds = []string{"skill", "occupation", "certificate"}

// MaxSynonyms bounds the phrases of one centre: all of them are read with every change.
const MaxSynonyms = 2000

// MaxPhrase is the most letters of a phrase, and of a search that is kept because it found nothing.
const MaxPhrase = 80

// SynonymID derives the id, so that the same phrase for the same thing is there once.
func SynonymID(centre ID, phrase, kind, of string) ID {
	return DerivedID("synonym", string(centre), phrase, kind, of)
}

// Collection names where synonyms are kept.
func (*Synonym) Collection() string { return "synonyms" }

// Validate gives every problem of the phrase and of what it stands for.
func (s *Synonym) Validate(codes Codes) error {
	var p problems
	p.text("phrase", s.Phrase, true, MaxPhrase)
	p.need(s.Kind != "" && s.Of != "", "of", "error.synonym.of")
	p.among("of", s.Kind, SynonymKinds)
	switch s.Kind {
	case "skill":
		p.code("of", s.Of, codes.HasSkill)
	case "occupation":
		p.code("of", s.Of, codes.HasOccupation)
	case "certificate":
		p.code("of", s.Of, codes.HasCertificate)
	}
	return errors.Join(p...)
}

// MissedSearch counts how often a text found no job, or only nearly: words without a person, a session or an hour.
type MissedSearch struct {
	Meta   `json:",inline"`
	Text   string      `json:"text"`
	State  MissedState `json:"state"`
	Count  int         `json:"count"`
	Last   Date        `json:"last"`
	Nearly bool        `json:"nearly,omitempty"` // something was shown that answers a part of it
	Maybe  []string    `json:"maybe,omitempty"`  // the names that were offered instead
}

// MissedState is what staff have made of a missed search.
type MissedState string

const (
	MissedOpen    MissedState = "open"
	MissedIgnored MissedState = "ignored" // nothing is to be done about it, however often it comes
)

// MaxMissed bounds the missed searches of one centre; the rarest makes room.
const MaxMissed = 1000

// MissedID derives the id from the text.
func MissedID(centre ID, text string) ID { return DerivedID("missed", string(centre), text) }

// Collection names where missed searches are kept.
func (*MissedSearch) Collection() string { return "missed" }
