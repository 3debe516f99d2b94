package taxonomy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Occupation is one of the 509 four-digit occupations of VSCO 2020.
type Occupation struct {
	Code   string
	Title  string
	Titles []string // five-digit titles; their numbers are not in the source
	ISCO   string   // ISCO-08 unit group, "" for the 93 that exist in Vietnam only
	EN     string   // English title of that group, "" where several occupations share it: it is no name of one then
	words  []string // everyday names
}

// Group gives the two-digit group, Field the one-digit field that the code begins with.
func (o Occupation) Group() string { return o.Code[:2] }

// Field gives the one-digit field that the code begins with.
func (o Occupation) Field() string { return o.Code[:1] }

// ISCOGroup is a unit group of ISCO-08.
type ISCOGroup struct {
	Code  string
	Title string // Vietnamese
	EN    string
}

type occupations struct {
	all    []Occupation
	at     map[string]int
	byISCO map[string][]int
	groups map[string]string
	isco   map[string]ISCOGroup
}

func (t *Taxonomy) loadOccupations() error {
	o := &t.occupations
	o.at, o.byISCO, o.groups, o.isco = map[string]int{}, map[string][]int{}, map[string]string{}, map[string]ISCOGroup{}
	if err := each("vsco.csv.gz", func(r row) error {
		code, isco := r.text("vsco_code4"), r.text("isco08")
		if len(code) != 4 {
			return fmt.Errorf("code %q", code)
		}
		o.at[code] = len(o.all)
		if isco != "" {
			o.byISCO[isco] = append(o.byISCO[isco], len(o.all))
		}
		o.all = append(o.all, Occupation{Code: code, Title: r.text("title_vi"), Titles: r.list("level5_titles_vi", "|"), ISCO: isco})
		return nil
	}); err != nil {
		return err
	}
	if err := each("vsco_groups.csv", func(r row) error {
		o.groups[r.text("code")] = r.text("title_vi")
		return nil
	}); err != nil {
		return err
	}
	if err := each("isco.csv.gz", func(r row) error {
		o.isco[r.text("isco08")] = ISCOGroup{r.text("isco08"), r.text("title_vi"), r.text("title_en")}
		return nil
	}); err != nil {
		return err
	}
	for i, occupation := range o.all {
		if isco := occupation.ISCO; len(o.byISCO[isco]) == 1 {
			o.all[i].EN = o.isco[isco].EN
		}
	}
	return each("occupation_words.csv", func(r row) error {
		i, ok := o.at[r.text("vsco")]
		if !ok {
			return fmt.Errorf("no occupation %q", r.text("vsco"))
		}
		o.all[i].words = append(o.all[i].words, r.list("words", ";")...)
		return nil
	})
}

// Occupations gives all occupations in the order of their codes.
func (t *Taxonomy) Occupations() []Occupation { return t.occupations.all }

// Occupation gives an occupation by its four-digit code.
func (t *Taxonomy) Occupation(code string) (Occupation, bool) {
	i, ok := t.occupations.at[code]
	if !ok {
		return Occupation{}, false
	}
	return t.occupations.all[i], true
}

// HasOccupation reports whether a four-digit code of VSCO 2020 exists.
func (t *Taxonomy) HasOccupation(code string) bool { _, ok := t.occupations.at[code]; return ok }

// GroupName gives the name of a two-digit group or a one-digit field, "" for the ten groups whose name is
// not in the source: show the field then.
func (t *Taxonomy) GroupName(code string) string { return t.occupations.groups[code] }

// ISCO gives a unit group of ISCO-08.
func (t *Taxonomy) ISCO(code string) (ISCOGroup, bool) {
	g, ok := t.occupations.isco[code]
	return g, ok
}

// OccupationsOfISCO gives the occupations that map to an ISCO-08 unit group.
func (t *Taxonomy) OccupationsOfISCO(code string) []Occupation {
	var out []Occupation
	for _, i := range t.occupations.byISCO[code] {
		out = append(out, t.occupations.all[i])
	}
	return out
}

// OccupationsOfSkill gives the occupations a skill belongs to, through ISCO-08; none for soft skills.
func (t *Taxonomy) OccupationsOfSkill(id string) []Occupation {
	s, ok := t.Skill(id)
	if !ok || s.ISCO == "" {
		return nil
	}
	return t.OccupationsOfISCO(s.ISCO)
}

// SkillsOfOccupation gives the skills that belong to an occupation, through ISCO-08.
func (t *Taxonomy) SkillsOfOccupation(code string) []Skill {
	o, ok := t.Occupation(code)
	if !ok || o.ISCO == "" {
		return nil
	}
	var out []Skill
	for _, s := range t.skills.all {
		if s.ISCO == o.ISCO {
			out = append(out, s)
		}
	}
	return out
}

// FindOccupations gives the occupations a typed text may mean, best first, at most limit: by code, by
// official title, by everyday words and by the skills of the occupation. A longer text ("cần tuyển thợ hàn
// đi làm ngay") is read for the words it contains.
func (t *Taxonomy) FindOccupations(text string, limit int) []Occupation {
	if o, ok := t.Occupation(strings.TrimSpace(text)); ok {
		return []Occupation{o}
	}
	score := map[int]int{}
	for _, c := range t.Recognise(text) {
		for at, points := range t.occupationsOf(c) {
			score[at] = max(score[at], points)
		}
	}
	for place, i := range search(text, t.named.occupations()) {
		score[i] += max(1, 30-place)
	}
	found := make([]int, 0, len(score))
	for i := range score {
		found = append(found, i)
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	out := make([]Occupation, 0, min(limit, len(found)))
	for _, i := range found[:min(limit, len(found))] {
		out = append(out, t.occupations.all[i])
	}
	return out
}

// OccupationOf gives the occupation that a job title names, ok false when it names none that is known.
func (t *Taxonomy) OccupationOf(title string) (Occupation, bool) {
	best, points := -1, 0
	for _, c := range t.Recognise(title) {
		for at, p := range t.occupationsOf(c) {
			if p > points || p == points && best > at {
				best, points = at, p
			}
		}
	}
	if best < 0 {
		return Occupation{}, false
	}
	return t.occupations.all[best], true
}

// Languages are asked for in every line of work; only interpreting makes one an occupation.
const (
	languageGroup = "ngoai-ngu"
	interpreting  = "phien-dich"
)

// occupationsOf gives the occupations behind a concept with points: the longer the words and the earlier
// they stand, the more. What says the occupation itself counts before a skill of it.
func (t *Taxonomy) occupationsOf(c Concept) map[int]int {
	points := 1000*c.tokens - min(c.Start, 900)
	switch c.Kind {
	case OccupationConcept:
		return map[int]int{t.occupations.at[c.ID]: points + 100}
	case SkillConcept:
		out := map[int]int{}
		if s, ok := t.Skill(c.ID); ok && s.ISCO != "" && (s.Group != languageGroup || s.ID == interpreting) {
			for _, i := range t.occupations.byISCO[s.ISCO] {
				out[i] = points
			}
		}
		return out
	}
	return nil
}
