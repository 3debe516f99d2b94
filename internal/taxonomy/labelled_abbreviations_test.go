package taxonomy

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// labelledAbbreviations reads the sentences that say what one abbreviation in each stands for; their README
// tells how they were made.
func labelledAbbreviations(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open("testdata/abbreviations/sentences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// expanded gives what the n-th occurrence of an abbreviation was read as, "none" for nothing.
func expanded(sentence, short string, n int) string {
	at := 0
	for i := range n {
		next := strings.Index(sentence[at:], short)
		if next < 0 {
			return "no such occurrence"
		}
		if at += next; i < n-1 {
			at += len(short)
		}
	}
	for _, a := range Default().Abbreviations(sentence) {
		if a.Start < at+len(short) && at < a.End && a.Meaning != "" {
			return a.Meaning
		}
	}
	return "none"
}

// TestLabelledAbbreviations holds the meanings that neighbours decide against those of a reader. The figures
// are committed in testdata/abbreviations/FIGURES.md, which must say what is measured.
func TestLabelledAbbreviations(t *testing.T) {
	t.Parallel()
	right, all := map[string]int{}, map[string]int{}
	for _, row := range labelledAbbreviations(t) {
		n, err := strconv.Atoi(row[3])
		if err != nil {
			t.Fatal(err)
		}
		all[row[4]]++
		want, _, _ := strings.Cut(row[2], " (") // what stands in brackets only explains
		if got := expanded(row[0], row[1], n); Exact(got) == Exact(want) {
			right[row[4]]++
		} else {
			t.Logf("%q: %s is %q, want %q", row[0], row[1], got, row[2])
		}
	}
	listed := fmt.Sprintf("%d of %d of the table's (%.2f %%)", right["yes"], all["yes"], percent(right["yes"], all["yes"]))
	others := fmt.Sprintf("%d of %d others (%.2f %%)", right["no"], all["no"], percent(right["no"], all["no"]))
	t.Logf("expanded rightly: %s, %s", listed, others)
	if percent(right["yes"], all["yes"]) < 95 {
		t.Errorf("got %s, want 95 %%", listed)
	}
	now := fmt.Sprintf("| now | %d = %.2f %% | %d = %.2f %% |", right["yes"], percent(right["yes"], all["yes"]), right["no"], percent(right["no"], all["no"]))
	if figures, err := os.ReadFile("testdata/abbreviations/FIGURES.md"); err != nil || !strings.Contains(string(figures), now) {
		t.Errorf("FIGURES.md does not say %q (%v)", now, err)
	}
	if all["yes"] < 150 {
		t.Errorf("got %d sentences, want at least 150", all["yes"])
	}
}
