package taxonomy

import (
	"fmt"
	"slices"
	"strings"
)

// ConceptKind is what a recognised phrase stands for.
type ConceptKind string

const (
	SkillConcept       ConceptKind = "skill"
	CertificateConcept ConceptKind = "certificate"
	OccupationConcept  ConceptKind = "occupation"
	PlaceConcept       ConceptKind = "place"
)

// Concepts that search filters by and postings state, beside those that have a list of their own.
const (
	BenefitConcept    ConceptKind = "benefit"    // market.Benefits
	WorkTimeConcept   ConceptKind = "work_time"  // market.Shifts, or one of the times below
	ExperienceConcept ConceptKind = "experience" // NoExperience or SomeExperience
)

// Work times that are no shifts, and what is said of experience without a figure.
const (
	FullTime       = "full_time"
	Evening        = "evening"
	Weekend        = "weekend"
	Overtime       = "overtime"
	Seasonal       = "seasonal"
	SundayOff      = "sunday_off"
	NoExperience   = "none"
	SomeExperience = "some"
)

// conceptName is what one phrase means.
type conceptName struct {
	kind  ConceptKind // "" for a phrase that only keeps others from matching inside it
	id    string
	at    int32 // its place in the list of its kind, -1 without one
	level string
	alone bool  // false: counts only beside another word of the same concept or family
	sense int32 // the abbreviation's meaning that must be meant, -1 for none
}

// putter gathers phrases before their trie is built; a phrase is kept once.
type putter struct {
	words   *lexicon
	short   *shortForms
	phrases []phrase[conceptName]
	there   map[string]bool
}

// put adds a phrase, and the phrase with abbreviations in it.
func (p *putter) put(words string, n conceptName) {
	n.sense = -1
	forms := p.words.formsOf(words)
	if p.keep(forms, n) && n.kind != "" {
		p.shortened(forms, n)
	}
}

// keep adds a phrase by its forms, unless it is there.
func (p *putter) keep(forms []int32, n conceptName) bool {
	if len(forms) == 0 || len(forms) > maxPhrase {
		return false
	}
	var room [128]byte
	key := formsKey(room[:0], forms)
	key = append(append(append(append(append(key, n.kind...), 0), n.id...), 0), n.level...)
	if p.there[string(key)] {
		return false
	}
	p.there[string(key)] = true
	p.phrases = append(p.phrases, phrase[conceptName]{forms, n})
	return true
}

// formsKey appends forms as bytes that tell them from other forms.
func formsKey(key []byte, forms []int32) []byte {
	for _, f := range forms {
		key = append(key, byte(f), byte(f>>8), byte(f>>16))
	}
	return key
}

// maxPhrase bounds the syllables of one phrase.
const maxPhrase = 24

func (t *Taxonomy) loadConcepts() error {
	p := &putter{words: t.words, short: &t.short, there: make(map[string]bool, 1<<15), phrases: make([]phrase[conceptName], 0, 1<<15)}
	for i := range t.skills.all {
		t.putSkill(p, i)
	}
	for i := range t.certificates.all {
		t.putCertificate(p, i)
	}
	t.putOccupations(p)
	for _, load := range []func(*putter) error{t.putWorkWords, putNotConcepts} {
		if err := load(p); err != nil {
			return err
		}
	}
	t.phrases, t.concepts = p.phrases, build(t.words, p.phrases)
	t.related = t.skills.relations()
	return t.loadCraftWords()
}

// loadCraftWords reads the short words for a craft that only somebody's own account may use alone.
func (t *Taxonomy) loadCraftWords() error {
	var phrases []phrase[int32]
	err := each("skill_words.csv", func(r row) error {
		at, ok := t.skills.at[r.text("id")]
		if !ok {
			return fmt.Errorf("no skill %q", r.text("id"))
		}
		for _, words := range r.list("words", ";") {
			phrases = append(phrases, phrase[int32]{t.words.formsOf(words), int32(at)})
		}
		return nil
	})
	t.craftWords = build(t.words, phrases)
	return err
}

// putNotConcepts adds phrases that mean no concept, and takes away what else was said to be meant by them.
func putNotConcepts(p *putter) error {
	none := map[string]bool{}
	err := each("not_concepts.csv", func(r row) error {
		for _, words := range r.list("words", ";") {
			none[string(formsKey(nil, p.words.formsOf(words)))] = true
			p.put(words, conceptName{alone: true, at: -1})
		}
		return nil
	})
	var room [128]byte
	p.phrases = slices.DeleteFunc(p.phrases, func(n phrase[conceptName]) bool {
		return n.name.kind != "" && none[string(formsKey(room[:0], n.forms))]
	})
	return err
}

// putWorkWords adds benefits, work times and what is said of experience.
func (t *Taxonomy) putWorkWords(p *putter) error {
	return each("work_words.csv", func(r row) error {
		for _, words := range r.list("words", ";") {
			p.put(words, conceptName{kind: ConceptKind(r.text("kind")), id: r.text("id"), at: -1, alone: r.text("alone") != "no"})
		}
		return nil
	})
}

func (t *Taxonomy) putSkill(p *putter, at int) {
	s := &t.skills.all[at]
	for _, phrase := range append([]string{s.Name, s.EN}, s.Synonyms...) {
		for _, name := range variants(phrase) {
			alone := !s.needsCompany(name) && (phrase != s.EN || len(name) > 4) // "Lao", "Tai": syllables of other words
			p.put(name, conceptName{kind: SkillConcept, id: s.ID, at: int32(at), alone: alone})
		}
	}
}

// variants gives a phrase and, when it has a part in brackets, the phrase without it.
func variants(phrase string) []string {
	if at := strings.Index(phrase, " ("); at > 0 {
		return []string{phrase, phrase[:at]}
	}
	return []string{phrase}
}

// putOccupations adds the everyday words, then those official titles that are words people say and that no
// other occupation has in everyday use.
func (t *Taxonomy) putOccupations(p *putter) {
	everyday := map[string]bool{}
	for at, o := range t.occupations.all {
		for _, word := range o.words {
			p.put(word, conceptName{kind: OccupationConcept, id: o.Code, at: int32(at), alone: true})
			everyday[strings.ToLower(word)] = true
		}
	}
	for at, o := range t.occupations.all {
		if o.Field() == "1" { // leaders' titles repeat under many codes
			continue
		}
		for _, title := range append([]string{o.Title}, o.Titles...) {
			if strings.ContainsAny(title, ",;") {
				continue
			}
			for _, name := range variants(title) {
				if !everyday[strings.ToLower(name)] {
					p.put(name, conceptName{kind: OccupationConcept, id: o.Code, at: int32(at), alone: true})
				}
			}
		}
	}
}

// licenceWords stand before the class of a driving licence.
var licenceWords = []string{"bằng", "bằng lái", "bằng lái xe", "bằng lái xe hạng", "bằng hạng", "bằng lái hạng", "gplx", "gplx hạng", "giấy phép lái xe", "giấy phép lái xe hạng", "hạng bằng lái", "dấu", "có bằng", "lái xe hạng"}

// oldLicences are the classes of before 2025 and what they count as (Law 36/2024/QH15, article 89: licences
// issued before stay valid for what they allowed).
var oldLicences = map[string]string{"b1": "gplx-b", "b2": "gplx-b", "e": "gplx-d", "fb2": "gplx-be", "fc": "gplx-ce", "fd": "gplx-d2e", "fe": "gplx-de", "a2": "gplx-a"}

func (t *Taxonomy) putCertificate(p *putter, at int) {
	c := &t.certificates.all[at]
	n := conceptName{kind: CertificateConcept, id: c.ID, at: int32(at)}
	for _, phrase := range append([]string{c.Name, c.EN}, c.Synonyms...) {
		for _, name := range variants(phrase) {
			n.alone = phrase == c.Name || len(Tokens(name)) > 1 || len(Fold(name)) > 3
			n.level, _ = c.levelIn(name)
			p.put(name, n)
		}
	}
	if class, ok := strings.CutPrefix(c.ID, "gplx-"); ok {
		putLicence(p, n, class)
		for old, id := range oldLicences {
			if id == c.ID {
				putLicence(p, n, old)
			}
		}
	}
	for _, level := range c.Levels { // "N3": means the test only beside its name or its language
		if len(level) == 2 && level[0] == 'N' {
			p.put(level, conceptName{kind: CertificateConcept, id: c.ID, at: int32(at), level: level})
		}
	}
}

func putLicence(p *putter, n conceptName, class string) {
	if n.id == "gplx-b1" && class == "b1" { // "bằng B1" still means the car licence of before 2025
		return
	}
	n.level, n.alone = "", true
	for _, word := range licenceWords {
		p.put(word+" "+class, n)
	}
}

// levelIn gives the level that the last word of a synonym is: "toeic 450", "jft a2".
func (c Certificate) levelIn(phrase string) (string, bool) {
	fields := strings.Fields(phrase)
	if !c.HasLevels() || len(fields) == 0 {
		return "", false
	}
	return c.Level(fields[len(fields)-1])
}
