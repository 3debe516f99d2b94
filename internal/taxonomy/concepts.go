package taxonomy

import (
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

// conceptName is one phrase of a concept.
type conceptName struct {
	exact string
	kind  ConceptKind // "" for a phrase that only keeps others from matching inside it
	id    string
	level string
	alone bool // false: counts only beside another word of the same concept or family
}

// conceptIndex is a trie over folded syllables: nodes are numbers, an edge is (node, syllable).
type conceptIndex struct {
	syllable map[string]int32
	edge     map[uint64]int32
	names    [][]conceptName // by node
}

func edgeKey(node, syllable int32) uint64 { return uint64(node)<<32 | uint64(uint32(syllable)) }

// put adds a phrase.
func (x *conceptIndex) put(phrase string, n conceptName) {
	tokens := Tokens(phrase)
	if len(tokens) == 0 {
		return
	}
	n.exact = joinExact(tokens)
	node := int32(0)
	for _, t := range tokens {
		s, ok := x.syllable[t.Fold]
		if !ok {
			s = int32(len(x.syllable))
			x.syllable[strings.Clone(t.Fold)] = s
		}
		next, ok := x.edge[edgeKey(node, s)]
		if !ok {
			next = int32(len(x.names))
			x.names = append(x.names, nil)
			x.edge[edgeKey(node, s)] = next
		}
		node = next
	}
	same := func(o conceptName) bool {
		return o.exact == n.exact && o.kind == n.kind && o.id == n.id && o.level == n.level
	}
	if !slices.ContainsFunc(x.names[node], same) {
		x.names[node] = append(x.names[node], n)
	}
}

func (t *Taxonomy) loadConcepts() error {
	t.concepts = conceptIndex{syllable: map[string]int32{}, edge: map[uint64]int32{}, names: make([][]conceptName, 1)}
	for i := range t.skills.all {
		t.putSkill(&t.skills.all[i])
	}
	for i := range t.certificates.all {
		t.putCertificate(&t.certificates.all[i])
	}
	t.putOccupations()
	return each("not_concepts.csv", func(r row) error {
		for _, words := range r.list("words", ";") {
			t.concepts.put(words, conceptName{alone: true})
		}
		return nil
	})
}

func (t *Taxonomy) putSkill(s *Skill) {
	for _, phrase := range append([]string{s.Name, s.EN}, s.Synonyms...) {
		for _, name := range variants(phrase) {
			alone := !slices.Contains(s.ambiguous, Exact(name))
			t.concepts.put(name, conceptName{kind: SkillConcept, id: s.ID, alone: alone})
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
func (t *Taxonomy) putOccupations() {
	everyday := map[string]bool{}
	for _, o := range t.occupations.all {
		for _, word := range o.words {
			t.concepts.put(word, conceptName{kind: OccupationConcept, id: o.Code, alone: true})
			everyday[Exact(word)] = true
		}
	}
	for _, o := range t.occupations.all {
		if o.Field() == "1" { // leaders' titles repeat under many codes
			continue
		}
		for _, title := range append([]string{o.Title}, o.Titles...) {
			if strings.ContainsAny(title, ",;") {
				continue
			}
			for _, name := range variants(title) {
				if !everyday[Exact(name)] {
					t.concepts.put(name, conceptName{kind: OccupationConcept, id: o.Code, alone: true})
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

func (t *Taxonomy) putCertificate(c *Certificate) {
	n := conceptName{kind: CertificateConcept, id: c.ID}
	for _, phrase := range append([]string{c.Name, c.EN}, c.Synonyms...) {
		for _, name := range variants(phrase) {
			n.alone = phrase == c.Name || len(Tokens(name)) > 1 || len(Fold(name)) > 3
			n.level, _ = c.levelIn(name)
			t.concepts.put(name, n)
		}
	}
	if class, ok := strings.CutPrefix(c.ID, "gplx-"); ok {
		t.putLicence(c.ID, class)
		for old, id := range oldLicences {
			if id == c.ID {
				t.putLicence(c.ID, old)
			}
		}
	}
	for _, level := range c.Levels { // "N3": means the test only beside its name or its language
		if len(level) == 2 && level[0] == 'N' {
			t.concepts.put(level, conceptName{kind: CertificateConcept, id: c.ID, level: level})
		}
	}
}

func (t *Taxonomy) putLicence(id, class string) {
	if id == "gplx-b1" && class == "b1" { // "bằng B1" still means the car licence of before 2025
		return
	}
	for _, word := range licenceWords {
		t.concepts.put(word+" "+class, conceptName{kind: CertificateConcept, id: id, alone: true})
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
