package taxonomy

import "strings"

// Sector is a four-digit group of VSIC 2018: an employer's line of business.
type Sector struct {
	Code     string
	Section  string // letter
	Name     string
	keywords string // everyday products and services
}

// Section is a lettered section of VSIC 2025 with its two-digit divisions.
type Section struct {
	Code      string
	Name      string
	Divisions []string
}

type sectors struct {
	all      []Sector
	at       map[string]int
	sections []Section
}

func (t *Taxonomy) loadSectors() error {
	s := &t.sectors
	s.at = map[string]int{}
	if err := each("vsic.csv.gz", func(r row) error {
		s.at[r.text("code4")] = len(s.all)
		s.all = append(s.all, Sector{r.text("code4"), r.text("section"), r.text("name_vi"), r.text("product_keywords_vi")})
		return nil
	}); err != nil {
		return err
	}
	return each("vsic_sections.csv", func(r row) error {
		s.sections = append(s.sections, Section{r.text("section_2025"), r.text("name_vi"), r.list("divisions", ";")})
		return nil
	})
}

// Sectors gives the four-digit groups of VSIC 2018.
func (t *Taxonomy) Sectors() []Sector { return t.sectors.all }

// Sections gives the sections of VSIC 2025.
func (t *Taxonomy) Sections() []Section { return t.sectors.sections }

// Sector gives a group by its four-digit code.
func (t *Taxonomy) Sector(code string) (Sector, bool) {
	i, ok := t.sectors.at[code]
	if !ok {
		return Sector{}, false
	}
	return t.sectors.all[i], true
}

// HasSector reports whether a code is a section letter of VSIC 2025 or a four-digit group of VSIC 2018.
func (t *Taxonomy) HasSector(code string) bool {
	if _, ok := t.sectors.at[code]; ok {
		return true
	}
	for _, s := range t.sectors.sections {
		if s.Code == code {
			return true
		}
	}
	return false
}

// FindSectors gives the groups whose name or everyday words contain the text, names first, at most limit.
func (t *Taxonomy) FindSectors(text string, limit int) []Sector {
	key, of := Exact(text), Exact
	if key == Fold(text) {
		of = Fold
	}
	if key == "" {
		return nil
	}
	var named, worded []Sector
	for _, s := range t.sectors.all {
		switch {
		case s.Code == key || wordsContain(of(s.Name), key):
			named = append(named, s)
		case wordsContain(of(s.keywords), key):
			worded = append(worded, s)
		}
	}
	named = append(named, worded...)
	return named[:min(limit, len(named))]
}

// wordsContain reports whether whole words of a key contain another key.
func wordsContain(key, part string) bool {
	return strings.Contains(" "+key+" ", " "+part+" ")
}
