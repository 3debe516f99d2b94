package taxonomy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Skill is one thing people can do, as small as an employer would ask for it.
type Skill struct {
	ID           string
	Name         string
	EN           string
	Group        string // "co-khi", "dien", "xay-dung"…
	Parent       string // the wider skill, "" for none
	Synonyms     []string
	ISCO         string // the ISCO-08 unit group it belongs to, "" for soft skills
	Certificates []string
	Related      []RelatedSkill
	ambiguous    []string // synonyms that mean other things when alone
}

// RelatedSkill is a skill and how much of it is covered, 0 to 1.
type RelatedSkill struct {
	ID         string
	Similarity float64
}

// parentCoversChild is how much of a narrower skill somebody with the wider one covers; a narrower skill
// covers the wider one wholly.
const parentCoversChild = 0.5

type skills struct {
	all []Skill
	at  map[string]int
}

func (t *Taxonomy) loadSkills() error {
	s := &t.skills
	s.at = map[string]int{}
	if err := each("skills.csv", func(r row) error {
		skill := Skill{
			ID: r.text("id"), Name: r.text("name_vi"), EN: r.text("name_en"), Group: r.text("group"), Parent: r.text("parent_id"),
			Synonyms: r.list("synonyms_vi", ";"), ISCO: r.text("isco08"), Certificates: r.list("related_certificates", ";"),
		}
		skill.ambiguous = r.list("short_or_ambiguous_synonyms", ";")
		for _, pair := range r.list("related_skill_similarity", ";") {
			id, value, _ := strings.Cut(pair, ":")
			similarity, err := strconv.ParseFloat(value, 64)
			if err != nil || similarity <= 0 || similarity > 1 {
				return fmt.Errorf("skill %s: similarity %q", skill.ID, pair)
			}
			skill.Related = append(skill.Related, RelatedSkill{id, similarity})
		}
		s.at[skill.ID] = len(s.all)
		s.all = append(s.all, skill)
		return nil
	}); err != nil {
		return err
	}
	return s.check()
}

// needsCompany reports whether a synonym means other things when alone.
func (s *Skill) needsCompany(word string) bool {
	return slices.ContainsFunc(s.ambiguous, func(a string) bool { return strings.EqualFold(a, word) })
}

// check makes sure that every id a skill refers to exists.
func (s *skills) check() error {
	for _, skill := range s.all {
		if _, ok := s.at[skill.Parent]; skill.Parent != "" && !ok {
			return fmt.Errorf("skill %s: no parent %s", skill.ID, skill.Parent)
		}
		for _, related := range skill.Related {
			if _, ok := s.at[related.ID]; !ok {
				return fmt.Errorf("skill %s: no related %s", skill.ID, related.ID)
			}
		}
	}
	return nil
}

// Skills gives all skills in the order of the list.
func (t *Taxonomy) Skills() []Skill { return t.skills.all }

// Skill gives a skill by id.
func (t *Taxonomy) Skill(id string) (Skill, bool) {
	i, ok := t.skills.at[id]
	if !ok {
		return Skill{}, false
	}
	return t.skills.all[i], true
}

// HasSkill reports whether a skill exists.
func (t *Taxonomy) HasSkill(id string) bool { _, ok := t.skills.at[id]; return ok }

// Similarity gives how much of a wanted skill somebody with another has, 0 to 1. It is directed: a TIG
// welder can weld (1), a welder covers half of TIG welding.
func (t *Taxonomy) Similarity(have, want string) float64 {
	if !t.HasSkill(have) || !t.HasSkill(want) {
		return 0
	}
	if have == want {
		return 1
	}
	best := 0.0
	for wider, up := have, 0; wider != ""; wider, up = t.skills.all[t.skills.at[wider]].Parent, up+1 {
		if wider == want {
			return 1
		}
		for _, related := range t.skills.all[t.skills.at[wider]].Related {
			if related.ID == want {
				best = max(best, related.Similarity)
			}
		}
		if up > len(t.skills.all) {
			break // a circle of parents: the test of the data forbids it
		}
	}
	share := 1.0
	for narrower := want; narrower != ""; narrower = t.skills.all[t.skills.at[narrower]].Parent {
		if narrower == have {
			return max(best, share)
		}
		if share *= parentCoversChild; share < 0.01 {
			break
		}
	}
	return best
}

// CoveredBy gives the skills that cover a wanted one at all, most first, itself not included.
func (t *Taxonomy) CoveredBy(want string) []RelatedSkill {
	var out []RelatedSkill
	for _, s := range t.skills.all {
		if similarity := t.Similarity(s.ID, want); similarity > 0 && s.ID != want {
			out = append(out, RelatedSkill{s.ID, similarity})
		}
	}
	slices.SortStableFunc(out, func(a, b RelatedSkill) int { return cmp.Compare(b.Similarity, a.Similarity) })
	return out
}

// FindSkills gives the skills a typed text may mean, best first, at most limit: an id alone, names and synonyms that
// equal it (also the short ones that running text may not contain alone), then those that begin with it,
// then those that contain its words.
func (t *Taxonomy) FindSkills(text string, limit int) []Skill {
	if skill, ok := t.Skill(strings.TrimSpace(text)); ok {
		return []Skill{skill}
	}
	s := search(text, t.named.skills())
	out := make([]Skill, 0, min(limit, len(s)))
	for _, i := range s[:min(limit, len(s))] {
		out = append(out, t.skills.all[i])
	}
	return out
}
