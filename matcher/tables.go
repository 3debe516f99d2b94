package matcher

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Tables is what the caller's lists know, as plain rows in any order. The engine holds no list of its own.
type Tables struct {
	Occupations     []Occupation
	OccupationLinks []Link // occupations that are close though their codes do not show it
	SkillLinks      []Link // From covers Percent of a job that asks for To; a skill covers itself wholly
	Implications    []Implication
	Communes        []Commune
	// AwayBenefits are needed only by those who cannot go home at night ("dormitory").
	AwayBenefits []string
	// NightShifts are those nobody takes for granted ("night").
	NightShifts []string
}

// Occupation is one code of the list with the wider codes it belongs to.
type Occupation struct {
	Code  string
	Group string // two digits
	Field string // one digit
}

// Link says how much of To somebody from From covers, in per cent. The reverse is another link.
type Link struct {
	From, To string
	Percent  int
}

// Implication says that who holds Certificate also holds Implies, at any level, as long as it is valid.
// Chains are followed.
type Implication struct {
	Certificate, Implies string
}

// Commune is a commune with its province and the place it is reckoned from, in degrees.
type Commune struct {
	Code     string
	Province string
	Lat, Lon float64
}

// check gives every row the engine cannot use.
func (t *Tables) check() error {
	var problems []error
	for _, l := range slices.Concat(t.OccupationLinks, t.SkillLinks) {
		if l.From == "" || l.To == "" || l.Percent < 0 || l.Percent > 100 {
			problems = append(problems, fmt.Errorf("link %q to %q: %d per cent", l.From, l.To, l.Percent))
		}
	}
	for _, o := range t.Occupations {
		if o.Code == "" {
			problems = append(problems, errors.New("occupation without a code"))
		}
	}
	for _, c := range t.Communes {
		if c.Code == "" || c.Province == "" || math.Abs(c.Lat) > 90 || math.Abs(c.Lon) > 180 || c.Lat != c.Lat || c.Lon != c.Lon {
			problems = append(problems, fmt.Errorf("commune %q of province %q at %v %v", c.Code, c.Province, c.Lat, c.Lon))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("check tables: %w", err)
	}
	return nil
}

// terms gives words numbers from 1; 0 is the empty word.
type terms struct {
	ids   map[string]int32
	words []string
}

func newTerms() terms { return terms{ids: map[string]int32{}, words: []string{""}} }

func (t *terms) id(word string) int32 {
	if word == "" {
		return 0
	}
	id, ok := t.ids[word]
	if !ok {
		id = int32(len(t.words))
		t.ids[word] = id
		t.words = append(t.words, word)
	}
	return id
}

// share is one number with a percentage.
type share struct {
	to      int32
	percent uint8
}

// packed is a list of short lists, one after the other: list i is items[start[i]:start[i+1]].
type packed[T any] struct {
	start []uint32
	items []T
}

func (p *packed[T]) of(i int32) []T {
	if int(i)+1 >= len(p.start) {
		return nil
	}
	return p.items[p.start[i]:p.start[i+1]]
}

// pack lays out one list for each number from 0 to len(lists)-1.
func pack[T any](lists [][]T) packed[T] {
	p := packed[T]{start: make([]uint32, 1, len(lists)+1)}
	for _, list := range lists {
		p.items = append(p.items, list...)
		p.start = append(p.start, uint32(len(p.items)))
	}
	return p
}

// sparse packs links in one direction, each number first linked wholly to itself; of two links between the
// same numbers the greater holds.
func sparse(size int, links []Link, ids *terms, reverse bool) packed[share] {
	lists := make([][]share, size)
	for i := range lists {
		lists[i] = []share{{int32(i), 100}}
	}
	for _, l := range links {
		from, to := ids.id(l.From), ids.id(l.To)
		if reverse {
			from, to = to, from
		}
		lists[from] = append(lists[from], share{to, uint8(l.Percent)})
	}
	for i, list := range lists {
		slices.SortFunc(list, func(a, b share) int {
			return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(b.percent, a.percent))
		})
		list = slices.CompactFunc(list, func(a, b share) bool { return a.to == b.to })
		lists[i] = slices.DeleteFunc(list, func(s share) bool { return s.percent == 0 })
	}
	return pack(lists)
}

// closure packs, for every certificate, all it implies, itself first.
func closure(size int, rows []Implication, ids *terms) packed[int32] {
	direct := make([][]int32, size)
	for _, r := range rows {
		if from, to := ids.id(r.Certificate), ids.id(r.Implies); from != 0 && to != 0 {
			direct[from] = append(direct[from], to)
		}
	}
	lists := make([][]int32, size)
	for i := range lists {
		reached := []int32{int32(i)}
		for k := 0; k < len(reached); k++ {
			for _, next := range direct[reached[k]] {
				if !slices.Contains(reached, next) {
					reached = append(reached, next)
				}
			}
		}
		slices.Sort(reached[1:])
		lists[i] = reached
	}
	return pack(lists)
}

// SkillOccupation says that a skill belongs to an occupation.
type SkillOccupation struct {
	Skill, Occupation string
}

// LinkOccupations derives links between occupations from those between their skills: two occupations are as
// close as the closest two of their skills that cover each other, by the weaker direction. One direction is
// not enough: an accountant can do the typing, and does not want to.
func LinkOccupations(skills []SkillOccupation, links []Link) []Link {
	of := map[string][]string{}
	for _, s := range skills {
		of[s.Skill] = append(of[s.Skill], s.Occupation)
	}
	type pair struct{ from, to string }
	percent := map[pair]int{}
	for _, l := range links {
		percent[pair{l.From, l.To}] = max(percent[pair{l.From, l.To}], l.Percent)
	}
	nearest := map[pair]int{}
	for skills, there := range percent {
		mutual := min(there, percent[pair{skills.to, skills.from}])
		for _, from := range of[skills.from] {
			for _, to := range of[skills.to] {
				if from != to && mutual > 0 {
					nearest[pair{from, to}] = max(nearest[pair{from, to}], mutual)
				}
			}
		}
	}
	var out []Link
	for p, percent := range nearest {
		out = append(out, Link{p.from, p.to, percent})
	}
	slices.SortFunc(out, func(a, b Link) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}
