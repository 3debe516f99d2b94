package taxonomy

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// labelledAbbreviation is one abbreviation in a sentence of our own.
type labelledAbbreviation struct {
	sentence, written, meaning string
	at                         int // byte offset of the occurrence meant
	listed                     bool
}

// abbreviationSentences reads the labelled sentences; meaning is "none" where the letters abbreviate nothing.
func abbreviationSentences(t testing.TB) []labelledAbbreviation {
	t.Helper()
	f, err := os.Open("testdata/abbreviations/sentences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []labelledAbbreviation
	for _, r := range all[1:] {
		n, err := strconv.Atoi(r[3])
		if err != nil {
			t.Fatalf("%q: %v", r[0], err)
		}
		at := occurrence(r[0], r[1], n)
		if at < 0 {
			t.Errorf("%q does not stand %d times in %q", r[1], n, r[0])
		}
		if r[4] != "yes" && r[4] != "no" {
			t.Errorf("%q: listed is %q", r[0], r[4])
		}
		out = append(out, labelledAbbreviation{sentence: r[0], written: r[1], meaning: r[2], at: at, listed: r[4] == "yes"})
	}
	return out
}

// occurrence finds the nth place where the abbreviation stands with no letter beside it, -1 for none.
func occurrence(sentence, written string, n int) int {
	from := 0
	for {
		i := strings.Index(sentence[from:], written)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(written)
		before, after := []rune(sentence[:start]), []rune(sentence[end:])
		alone := (len(before) == 0 || !unicode.IsLetter(before[len(before)-1])) && (len(after) == 0 || !unicode.IsLetter(after[0]))
		if alone {
			if n--; n == 0 {
				return start
			}
		}
		from = end
	}
}

// TestAbbreviationSentencesAreConsistent holds the labels to the rules of their README.
func TestAbbreviationSentencesAreConsistent(t *testing.T) {
	t.Parallel()
	sentences, seen := map[string]bool{}, map[string]bool{}
	uses, meanings := map[string]int{}, map[string]map[string]bool{}
	none := 0
	for _, l := range abbreviationSentences(t) {
		key := l.sentence + "|" + l.written + "|" + strconv.Itoa(l.at)
		if seen[key] {
			t.Errorf("%q is labelled twice in %q", l.written, l.sentence)
		}
		seen[key], sentences[l.sentence] = true, true
		if l.meaning == "" || strings.TrimSpace(l.meaning) != l.meaning {
			t.Errorf("%q in %q means %q", l.written, l.sentence, l.meaning)
		}
		uses[l.written]++
		if meanings[l.written] == nil {
			meanings[l.written] = map[string]bool{}
		}
		meanings[l.written][l.meaning] = true
		if l.meaning == "none" {
			none++
		}
	}
	if len(sentences) < 180 || none < 15 {
		t.Errorf("got %d sentences and %d traps, want at least 180 and 15", len(sentences), none)
	}
	for _, written := range strings.Fields("TP CN NV KD PT BH KT QL TC CT XD SX TN HS BV KS NH PV KN QC CC TT CĐ") {
		if uses[written] < 5 || len(meanings[written]) < 2 {
			t.Errorf("%s: got %d uses with %d meanings, want at least 5 with 2", written, uses[written], len(meanings[written]))
		}
	}
}
