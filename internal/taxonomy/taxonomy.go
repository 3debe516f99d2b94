package taxonomy

import (
	"fmt"
	"sync"

	"noiviec/internal/market"
)

// Taxonomy is all the reference data with its indexes. Make one with Load, or use Default.
type Taxonomy struct {
	places        gazetteer
	skills        skills
	certificates  certificates
	occupations   occupations
	sectors       sectors
	entries       map[string][]Entry
	entryAt       map[string]int // "list\x00code" → place in entries[list]
	minimumPay    []minimumPay
	wageRegions   []wageRegion
	words         *lexicon
	concepts      *trie[conceptName]
	phrases       []phrase[conceptName] // what concepts was built of
	placeNames    *trie[int32]          // place names → places
	units         unitIndex
	related       []bool // skills × skills: one covers some of the other
	short         shortForms
	sectionWords  *trie[sectionWord]
	craftWords    *trie[int32]
	tiles         []Tile
	suggestions   *suggestIndex
	countries     []Country
	countryAt     map[string]int
	occupationKin []Kin
	named         nameKeys
	bars          []LegalBar
	barredWork    []barredWork
}

var _ market.Codes = (*Taxonomy)(nil)

// Default is the embedded data, read on first use. It panics when the embedded data is damaged, which a
// test of this package rules out.
var Default = sync.OnceValue(func() *Taxonomy {
	t, err := Load()
	if err != nil {
		panic(err)
	}
	return t
})

// Load reads the embedded data and builds the indexes.
func Load() (*Taxonomy, error) {
	t := &Taxonomy{words: newLexicon(), suggestions: &suggestIndex{}}
	for _, load := range []func() error{
		t.loadCountries, t.loadPlaces, t.loadLists, t.loadMinimumPay, t.loadExchangeRates, t.loadOccupations, t.loadKin, t.loadSectors,
		t.loadSkills, t.loadCertificates, t.loadLegalBars, t.loadPlaceNames, t.loadShortForms, t.loadConcepts, t.loadSectionWords, t.loadTiles,
	} {
		if err := load(); err != nil {
			return nil, fmt.Errorf("load taxonomy: %w", err)
		}
	}
	t.keepNames()
	return t, nil
}

// List names one list of codes and the version that this build holds.
type List struct {
	Name    string // "communes", "vsco", "skills", "cmkt"…
	Version string
	Source  string // the decision or dataset the codes come from
	Count   int
}

// Versions of the lists. A new version of a list gets a new string here together with its data.
const (
	unitsVersion        = "2026-04-30"
	vscoVersion         = "2020"
	vsicVersion         = "2018"
	skillsVersion       = "2"
	certificatesVersion = "1"
	formsVersion        = "2022"
)

// Lists names every list and its version.
func (t *Taxonomy) Lists() []List {
	out := []List{
		{"provinces", unitsVersion, "Nghị quyết 202/2025/QH15; 30/2026/QH16", len(t.places.provinces)},
		{"communes", unitsVersion, "Nghị quyết 202/2025/QH15; 237/NQ-UBTVQH16", len(t.places.communes)},
		{"vsco", vscoVersion, "Quyết định 34/2020/QĐ-TTg", len(t.occupations.all)},
		{"isco", "08", "ILO ISCO-08, ESCO v1.1", len(t.occupations.isco)},
		{"vsic", vsicVersion, "Quyết định 27/2018/QĐ-TTg", len(t.sectors.all)},
		{"vsic-sections", "2025", "Quyết định 36/2025/QĐ-TTg", len(t.sectors.sections)},
		{"skills", skillsVersion, "noiviec", len(t.skills.all)},
		{"certificates", certificatesVersion, "noiviec", len(t.certificates.all)},
	}
	for _, name := range entryLists {
		out = append(out, List{name, listVersion[name], listSource[name], len(t.entries[name])})
	}
	return out
}

// ListVersions gives what a document stores beside its codes.
func (t *Taxonomy) ListVersions() market.ListVersions {
	return market.ListVersions{
		Places:      "units " + unitsVersion,
		Occupations: "VSCO " + vscoVersion,
		Sectors:     "VSIC " + vsicVersion,
		Skills:      "skills " + skillsVersion,
	}
}
