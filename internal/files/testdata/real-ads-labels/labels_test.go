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

func committed(t *testing.T) []Label {
	t.Helper()
	f, err := os.Open("labels.csv")
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

func TestLabelsAreOfTheDrawnRowsInTheirOrder(t *testing.T) {
	t.Parallel()
	manual, topcv, err := ReadFolder(Folder("../../../.."))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real ads are not here; set NOIVIEC_SHARED to the folder holding data/real-ads")
	}
	if err != nil {
		t.Fatal(err)
	}
	type key struct{ Set, Hash, Draw string }
	var drawn, labelled []key
	for _, d := range Draw(manual, topcv) {
		drawn = append(drawn, key{d.Set, d.Hash, d.Draw})
	}
	for _, l := range committed(t) {
		labelled = append(labelled, key{l.Set, l.Hash, l.Draw})
	}
	if diff := cmp.Diff(drawn, labelled); diff != "" {
		t.Errorf("labels.csv is not of the rows drawn (-drawn +labelled):\n%s", diff)
	}
}

func TestLabelsFollowTheirOwnConventions(t *testing.T) {
	t.Parallel()
	place := regexp.MustCompile(`^(province:[0-9]{2}|commune:[0-9]{5}|country:[A-Z]{2}|abroad|nationwide|unresolved)$`)
	seen, random := map[string]bool{}, 0
	for _, l := range committed(t) {
		if seen[l.Hash] {
			t.Errorf("%s is labelled twice", l.Hash)
		}
		seen[l.Hash] = true
		if l.Draw == "random" {
			random++
		}
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
	if random != 300 {
		t.Errorf("%d random rows are labelled, want 300", random)
	}
}
