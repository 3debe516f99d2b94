package taxonomy

import (
	"fmt"
	"slices"
)

// Synonym is a phrase that somebody has added for a concept: "thợ chạy sợi" for the occupation 8151.
type Synonym struct {
	Phrase string
	Kind   ConceptKind // skill, certificate, occupation, benefit or work time
	ID     string
}

// With gives a Taxonomy that knows further phrases; the one it is called on stays as it is, so that readers
// of either need no lock. The phrases are recognised in running text, found by FindSkills and its like, and
// suggested. An unknown concept or a phrase without letters is an error, and nothing is added. A phrase that
// is one short word counts only beside another word of its concept in running text, as those of the list do.
func (t *Taxonomy) With(synonyms []Synonym) (*Taxonomy, error) {
	out := *t
	out.words = t.words.clone()
	out.skills.all, out.certificates.all, out.occupations.all = slices.Clone(t.skills.all), slices.Clone(t.certificates.all), slices.Clone(t.occupations.all)
	p := &putter{words: out.words, short: &out.short, there: make(map[string]bool, 2*len(synonyms)), phrases: slices.Clone(t.phrases)}
	for _, s := range synonyms {
		at, ok := t.placeOf(s)
		if !ok {
			return nil, fmt.Errorf("synonym %q: there is no %s %q", s.Phrase, s.Kind, s.ID)
		}
		tokens := Tokens(s.Phrase)
		if len(tokens) == 0 || len(tokens) > maxPhrase {
			return nil, fmt.Errorf("synonym %q: want 1 to %d words", s.Phrase, maxPhrase)
		}
		p.put(s.Phrase, conceptName{kind: s.Kind, id: s.ID, at: at, alone: len(tokens) > 1 || len(tokens[0].Fold) > 3})
		switch s.Kind {
		case SkillConcept:
			out.skills.all[at].Synonyms = append(slices.Clip(out.skills.all[at].Synonyms), s.Phrase)
		case CertificateConcept:
			out.certificates.all[at].Synonyms = append(slices.Clip(out.certificates.all[at].Synonyms), s.Phrase)
		case OccupationConcept:
			out.occupations.all[at].words = append(slices.Clip(out.occupations.all[at].words), s.Phrase)
		}
	}
	out.phrases, out.concepts = p.phrases, build(out.words, p.phrases)
	out.suggestions = out.suggestions.with(&out, synonyms)
	out.keepNames()
	return &out, nil
}

// placeOf gives where a synonym's concept stands in the list of its kind, -1 for kinds without a list.
func (t *Taxonomy) placeOf(s Synonym) (int32, bool) {
	var at int
	ok := false
	switch s.Kind {
	case SkillConcept:
		at, ok = t.skills.at[s.ID]
	case CertificateConcept:
		at, ok = t.certificates.at[s.ID]
	case OccupationConcept:
		at, ok = t.occupations.at[s.ID]
	case BenefitConcept, WorkTimeConcept, ExperienceConcept:
		at = -1
		ok = slices.ContainsFunc(t.phrases, func(p phrase[conceptName]) bool { return p.name.kind == s.Kind && p.name.id == s.ID })
	}
	return int32(at), ok
}
