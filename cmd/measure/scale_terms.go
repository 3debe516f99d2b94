package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"

	"noiviec/internal/taxonomy"
)

//go:embed terms.txt
var adTerms string

// weighted draws codes as often as they were counted.
type weighted struct {
	codes []string
	upTo  []int // running sum of the counts
}

func (w *weighted) add(code string, count int) {
	w.codes, w.upTo = append(w.codes, code), append(w.upTo, w.total()+count)
}

func (w *weighted) total() int {
	if len(w.upTo) == 0 {
		return 0
	}
	return w.upTo[len(w.upTo)-1]
}

func (w *weighted) draw(r *rand.Rand) string {
	if w.total() == 0 {
		return ""
	}
	return w.codes[sort.SearchInts(w.upTo, 1+r.IntN(w.total()))]
}

// terms are the frequencies an invented market is drawn by.
type terms struct {
	provinces, occupations, skills, certificates weighted
	skillsOf                                     map[string]*weighted // by occupation: the counted skills that belong to it
}

// readTerms reads lines of a code and a count; # begins a remark. What a code is, the lists say.
func readTerms(r io.Reader) (*terms, error) {
	tax := taxonomy.Default()
	t := &terms{skillsOf: map[string]*weighted{}}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		code, said, _ := strings.Cut(line, " ")
		count, err := strconv.Atoi(strings.TrimSpace(said))
		if err != nil || count <= 0 {
			return nil, fmt.Errorf("line %d: want a code and how often it was counted, got %q", n, line)
		}
		if !t.put(tax, code, count) {
			return nil, fmt.Errorf("line %d: %q is no province, occupation, skill or certificate", n, code)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if t.provinces.total() == 0 || t.occupations.total() == 0 || t.skills.total() == 0 {
		return nil, fmt.Errorf("want at least one province, one occupation and one skill")
	}
	return t, nil
}

func (t *terms) put(tax *taxonomy.Taxonomy, code string, count int) bool {
	if _, ok := tax.Province(code); ok {
		t.provinces.add(code, count)
		return true
	}
	if _, ok := tax.Occupation(code); ok {
		t.occupations.add(code, count)
		return true
	}
	if _, ok := tax.Certificate(code); ok {
		t.certificates.add(code, count)
		return true
	}
	if _, ok := tax.Skill(code); !ok {
		return false
	}
	t.skills.add(code, count)
	for _, o := range tax.OccupationsOfSkill(code) {
		if t.skillsOf[o.Code] == nil {
			t.skillsOf[o.Code] = &weighted{}
		}
		t.skillsOf[o.Code].add(code, count)
	}
	return true
}

// skill draws a skill that goes with an occupation: two in three of its own, the others of any work.
func (t *terms) skill(r *rand.Rand, occupation string) string {
	if own := t.skillsOf[occupation]; own != nil && r.IntN(3) > 0 {
		return own.draw(r)
	}
	return t.skills.draw(r)
}
