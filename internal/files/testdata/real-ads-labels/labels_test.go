package labels

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func committed(t *testing.T, name string) []Label {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := ReadLabels(f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func committedTitles(t *testing.T, name string) []Title {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := ReadTitles(f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func ads(t *testing.T) (manual, topcv []Row) {
	t.Helper()
	manual, topcv, err := ReadFolder(Folder("../../../.."))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real ads are not here; set NOIVIEC_SHARED to the folder holding data/real-ads")
	}
	if err != nil {
		t.Fatal(err)
	}
	return manual, topcv
}

func TestLabelsAreOfTheDrawnRowsInTheirOrder(t *testing.T) {
	t.Parallel()
	manual, topcv := ads(t)
	type key struct{ Set, Hash, Draw string }
	for name, rows := range map[string][]Drawn{"labels.csv": Draw(manual, topcv), "further.csv": Further(manual, topcv)} {
		var drawn, labelled []key
		for _, d := range rows {
			drawn = append(drawn, key{d.Set, d.Hash, d.Draw})
		}
		for _, l := range committed(t, name) {
			labelled = append(labelled, key{l.Set, l.Hash, l.Draw})
		}
		if diff := cmp.Diff(drawn, labelled); diff != "" {
			t.Errorf("%s is not of the rows drawn (-drawn +labelled):\n%s", name, diff)
		}
	}
}

func TestTitlesAreOfTheDrawnRowsInTheirOrder(t *testing.T) {
	t.Parallel()
	manual, _ := ads(t)
	for name, rows := range map[string][]Row{"titles.csv": Titles(manual), "fresh_titles.csv": FreshTitles(manual)} {
		var drawn, labelled []string
		for _, r := range rows {
			drawn = append(drawn, r.Hash)
		}
		for _, l := range committedTitles(t, name) {
			labelled = append(labelled, l.Hash)
		}
		if diff := cmp.Diff(drawn, labelled); diff != "" {
			t.Errorf("%s is not of the rows drawn (-drawn +labelled):\n%s", name, diff)
		}
	}
}

func TestFurtherRowsSayNothingThatWasDrawnBefore(t *testing.T) {
	t.Parallel()
	manual, topcv := ads(t)
	seen := map[string]bool{}
	for _, d := range Draw(manual, topcv) {
		seen[d.Set+d.content()] = true
	}
	for _, d := range Further(manual, topcv) {
		if seen[d.Set+d.content()] {
			t.Errorf("%s says what another drawn row says", d.Hash)
		}
		seen[d.Set+d.content()] = true
	}
}

func TestLabelsFollowTheirOwnConventions(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for name, want := range map[string]int{"labels.csv": 300, "further.csv": 150} {
		random := 0
		for _, l := range committed(t, name) {
			if seen[l.Hash] {
				t.Errorf("%s is labelled twice", l.Hash)
			}
			seen[l.Hash] = true
			if l.Draw == "random" {
				random++
			}
			checkConventions(t, l)
		}
		if random != want {
			t.Errorf("%s: %d random rows are labelled, want %d", name, random, want)
		}
	}
}

var place = regexp.MustCompile(`^(province:[0-9]{2}|commune:[0-9]{5}|country:[A-Z]{2}|region:[a-z_]+|abroad|nationwide|unresolved)$`)

func checkConventions(t *testing.T, l Label) {
	t.Helper()
	if !slices.Contains([]string{"stated", "negotiable", "implausible", "unreadable", "unstated"}, l.Status) {
		t.Errorf("%s: pay status %q", l.Hash, l.Status)
	}
	figures := l.Min > 0 || l.Max > 0
	if named := l.Currency != "" && l.Period != ""; (l.Status == "stated") != (figures && named) {
		t.Errorf("%s: %s pay with %d–%d %s per %q", l.Hash, l.Status, l.Min, l.Max, l.Currency, l.Period)
	}
	if l.Max > 0 && l.Min > l.Max {
		t.Errorf("%s: least %d above most %d", l.Hash, l.Min, l.Max)
	}
	for i, p := range l.Places {
		if !place.MatchString(p) || slices.Contains(l.Places[:i], p) {
			t.Errorf("%s: place %q", l.Hash, p)
		}
	}
}

func TestTitlesFollowTheirOwnConventions(t *testing.T) {
	t.Parallel()
	concept := regexp.MustCompile(`^(skill:[a-z0-9-]+|occupation:[0-9]{4}|certificate:[a-z0-9-]+|province:[0-9]{2})$`)
	seen := map[string]bool{}
	for _, l := range append(committedTitles(t, "titles.csv"), committedTitles(t, "fresh_titles.csv")...) {
		if seen[l.Hash] {
			t.Errorf("%s is labelled twice", l.Hash)
		}
		seen[l.Hash] = true
		for i, c := range l.Concepts {
			if !concept.MatchString(c) || slices.Contains(l.Concepts[:i], c) {
				t.Errorf("%s: concept %q", l.Hash, c)
			}
		}
	}
	if len(seen) != TitleCount+FreshCount {
		t.Errorf("%d titles are labelled, want %d", len(seen), TitleCount+FreshCount)
	}
}
