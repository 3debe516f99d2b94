package taxonomy

import (
	"maps"
	"slices"
	"strings"
	"testing"

	labels "noiviec/internal/files/testdata/real-ads-labels"
)

// The shares, in per cent, below which recognition in titles must not fall: of titles with a right concept of
// work, and of right ones among the concepts found. The aim is 90 and 95. When the titles were first measured,
// 88.5 and 90.4 were reached; these are what was reached once the recogniser had been mended with the misses in
// view, so they flatter. To be raised, never to be lowered.
const (
	titlesReached   = 98.5
	conceptsReached = 99.5

	freshTitlesReached   = 95.0
	freshConceptsReached = 97.8
)

// labelledTitles are the files of titles, and what must be reached in each. The fresh ones were measured once, when
// the recogniser was as it had been before they were labelled.
var labelledTitles = []struct {
	file             string
	count            int
	titles, concepts float64 // per cent
}{
	{"titles.csv", labels.TitleCount, titlesReached, conceptsReached},
	{"fresh_titles.csv", labels.FreshCount, freshTitlesReached, freshConceptsReached},
}

// TestLabelledTitles holds what is recognised in the titles of real advertisements against the concepts that
// a reader held to be right in each; the labels' README says what that means.
func TestLabelledTitles(t *testing.T) {
	t.Parallel()
	rows := labelledRows(t)
	for _, want := range labelledTitles {
		all, err := labels.ReadTitles(openLabels(t, want.file))
		if err != nil {
			t.Fatal(err)
		}
		n := titleCount{found: map[ConceptKind]int{}, right: map[ConceptKind]int{}}
		for _, l := range all {
			r, ok := rows[l.Hash]
			if !ok {
				t.Fatalf("no row has the hash %s", l.Hash)
			}
			checkKnown(t, l)
			n.compare(t, l, r.Title)
		}
		titles, concepts := n.shares(t, want.file, len(all))
		if len(all) != want.count || titles < want.titles || concepts < want.concepts {
			t.Errorf("%s: want %d titles, a right concept in %v %% of them, %v %% of the concepts right", want.file, want.count, want.titles, want.concepts)
		}
	}
}

// shares prints what was counted and gives the two shares that are aimed at.
func (n *titleCount) shares(t *testing.T, file string, all int) (titles, concepts float64) {
	t.Helper()
	found, right := 0, 0
	for _, kind := range []ConceptKind{SkillConcept, OccupationConcept, CertificateConcept, PlaceConcept} {
		t.Logf("%s: %s: %d found, %d right = %.2f %%", file, kind, n.found[kind], n.right[kind], percent(n.right[kind], n.found[kind]))
		found, right = found+n.found[kind], right+n.right[kind]
	}
	titles, concepts = percent(n.work, all), percent(right, found)
	t.Logf("%s: %d titles: a right concept of work in %d = %.2f %% (aim 90), a right skill in %d = %.2f %%; %d concepts found, %d right = %.2f %% (aim 95)",
		file, all, n.work, titles, n.skill, percent(n.skill, all), found, right, concepts)
	return titles, concepts
}

// titleCount counts what was found in titles and was right, and the titles with a right skill, or with a right
// concept of any kind but a place.
type titleCount struct {
	found, right map[ConceptKind]int
	work, skill  int
}

func (n *titleCount) compare(t *testing.T, l labels.Title, title string) {
	t.Helper()
	rightHere := map[ConceptKind]bool{}
	got := titleConcepts(title)
	for _, concept := range slices.Sorted(maps.Keys(got)) {
		kind := got[concept]
		n.found[kind]++
		if slices.Contains(l.Concepts, concept) {
			n.right[kind]++
			rightHere[kind] = true
		} else {
			t.Logf("%s %q: found %s, right are %v", l.Hash, title, concept, l.Concepts)
		}
	}
	if rightHere[SkillConcept] {
		n.skill++
	}
	if rightHere[SkillConcept] || rightHere[OccupationConcept] || rightHere[CertificateConcept] {
		n.work++
	} else {
		t.Logf("%s %q: nothing right found, right are %v", l.Hash, title, l.Concepts)
	}
}

// titleConcepts gives what is recognised in a title, each once, written as in the labels.
func titleConcepts(title string) map[string]ConceptKind {
	out := map[string]ConceptKind{}
	for _, c := range Default().Recognise(title) {
		if c.Kind != PlaceConcept {
			out[string(c.Kind)+":"+c.ID] = c.Kind
			continue
		}
		if p := placeOf(c); p.Province != "" {
			out["province:"+p.Province] = c.Kind
		} else {
			out[string(c.Place)+":"+c.ID] = c.Kind
		}
	}
	return out
}

func placeOf(c Concept) Place {
	all := Default().places.places
	return all[slices.IndexFunc(all, func(p Place) bool { return p.Kind == c.Place && p.Code == c.ID })]
}

// checkKnown makes sure that a label names concepts that there are.
func checkKnown(t *testing.T, l labels.Title) {
	t.Helper()
	tax := Default()
	known := map[string]func(string) bool{
		"skill":       func(id string) bool { _, ok := tax.Skill(id); return ok },
		"occupation":  func(code string) bool { _, ok := tax.Occupation(code); return ok },
		"certificate": func(id string) bool { _, ok := tax.Certificate(id); return ok },
		"province":    func(code string) bool { _, ok := tax.Province(code); return ok },
	}
	for _, c := range l.Concepts {
		kind, id, _ := strings.Cut(c, ":")
		if is := known[kind]; is == nil || !is(id) {
			t.Errorf("%s: there is no concept %q", l.Hash, c)
		}
	}
}
