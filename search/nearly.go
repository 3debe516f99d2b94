package search

import (
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
)

// spelling is a name people may have meant, without marks and spaces.
type spelling struct{ key, name string }

// spellings gives the names of skills, certificates and occupations that are long enough to be told from a slip.
func spellings(lex *taxonomy.Taxonomy) []spelling {
	var out []spelling
	seen := map[string]bool{}
	add := func(names ...string) {
		for _, n := range names {
			name, _, _ := strings.Cut(n, " (")
			key := strings.ReplaceAll(taxonomy.Fold(name), " ", "")
			if len(key) >= leastSlip && !seen[key] {
				seen[key] = true
				out = append(out, spelling{key, name})
			}
		}
	}
	for _, s := range lex.Skills() {
		add(append([]string{s.Name}, s.Synonyms...)...)
	}
	for _, o := range lex.Occupations() {
		add(append([]string{o.Title}, o.Titles...)...)
	}
	for _, c := range lex.Certificates() {
		add(append([]string{c.Name}, c.Synonyms...)...)
	}
	return out
}

// Letters a text has at least to be taken for a slip of one letter, and of two.
const (
	leastSlip  = 6
	leastSlips = 12
)

// meant gives the names that are one slip away from a text (a letter too many, too few, wrong, or two exchanged; two
// slips in a long one), nearest first: the answer to "did you mean". Never used to find what was typed right.
func meant(text string, names []spelling) []string {
	key := strings.ReplaceAll(taxonomy.Fold(text), " ", "")
	if len(key) < leastSlip-1 {
		return nil
	}
	slips := 1
	if len(key) >= leastSlips {
		slips = 2
	}
	type near struct {
		name string
		far  int
	}
	var found []near
	for _, n := range names {
		if d := len(n.key) - len(key); d > slips || -d > slips || n.key == key {
			continue
		}
		if far := distance(key, n.key, slips); far <= slips {
			found = append(found, near{n.name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return a.far - b.far })
	var out []string
	for _, n := range found[:min(len(found), 3)] {
		out = append(out, n.name)
	}
	return out
}

// distance counts the slips between two ASCII keys (Damerau, 1964, "A technique for computer detection and correction
// of spelling errors": insertion, deletion, substitution, exchange of neighbours), most+1 when there are more than most.
func distance(a, b string, most int) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			best = min(best, now[j])
		}
		if best > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
