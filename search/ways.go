package search

import (
	"slices"
)

// way is worth points to a document that has the group.
type way struct {
	group
	points float64
	title  bool // a syllable of the title was asked for
	idea   int  // of plan.ideas: documents not about it get doubtShare only; 0 for none
}

// leastSticky is how many letters two syllables written as one word have at least.
const leastSticky = 4

func (in *intent) weighWords(l *lookup, p *plan) {
	everywhere := []string{titleField, bodyField, otherField}
	work := everywhere[:2] // a name is not looked at for words written as one and for what short forms mean
	factors := map[string]float64{titleField: titleFactor, bodyField: 1, otherField: otherFactor}
	idea := 0
	add := func(weight float64, title bool, fields []string, of func(field string) group) {
		n := 0
		for _, f := range fields {
			n += l.countAll(of(f))
		}
		for _, f := range fields {
			p.ways = append(p.ways, way{of(f), weight * l.rarity(n) * factors[f], title && f == titleField, idea})
		}
	}
	key := func(key string) func(string) group { return func(field string) group { return group{{field, key}} } }
	for i, t := range in.words {
		if slices.ContainsFunc(in.words[:i], func(o word) bool { return o.Exact == t.Exact }) {
			continue
		}
		idea = in.ideaOf(p, t)
		add(weightWord, true, everywhere, key(t.Fold))
		if t.Marked() {
			add(weightExact, false, everywhere, key(exactKey+t.Exact))
		} else {
			add(weightLiteral, false, everywhere, key(exactKey+t.Exact))
		}
		if len(t.Fold) >= leastSticky {
			add(weightPair, false, work, key(pairKey+t.Fold))
		}
		for j := 1; j < len(t.long); j++ {
			add(weightPair, false, work, func(f string) group { return exactPair(f, t.long[j-1], t.long[j]) })
		}
		if i > 0 {
			a := in.words[i-1]
			add(weightPair, false, everywhere, key(pairKey+a.Fold+t.Fold))
			if a.Marked() || t.Marked() {
				add(weightExactPair, false, everywhere, func(f string) group { return exactPair(f, a.Token, t.Token) })
			}
		}
	}
}

// ideaOf gives the place in p.ideas of the documents about the phrase that a word stands in, 0 when it is in none.
func (in *intent) ideaOf(p *plan, t word) int {
	if t.country != [2]int{} {
		return 0
	}
	var about []group
	for _, idea := range in.ideasAt(t) {
		about = append(about, group{{ideaField, titleIdea + idea.idea}}, group{{ideaField, bodyIdea + idea.idea}})
	}
	if about == nil {
		return 0
	}
	same := func(other []group) bool { return slices.EqualFunc(about, other, slices.Equal[group]) }
	if i := slices.IndexFunc(p.ideas[1:], same); i >= 0 { // of another word of the phrase
		return i + 1
	}
	p.ideas = append(p.ideas, about)
	return len(p.ideas) - 1
}

// weighTaken lets the words that became a filter or a place decide between documents that pass it: who says "Noong Bua"
// itself stands before who is only there.
func (in *intent) weighTaken(l *lookup, p *plan) {
	for i, t := range in.taken {
		keys := []string{exactKey + t.Exact}
		if !in.marked {
			keys[0] = t.Fold
		}
		if i > 0 {
			keys = append(keys, pairKey+in.taken[i-1].Fold+t.Fold)
		}
		for _, key := range keys {
			points := weightTaken * l.rarity(l.count(key, titleField, bodyField, otherField))
			p.ways = append(p.ways, way{group{{titleField, key}}, points * titleFactor, false, 0}, way{group{{bodyField, key}}, points, false, 0})
		}
	}
}

func (in *intent) weighIdeas(l *lookup, p *plan) {
	for _, idea := range in.bonus {
		p.ways = append(p.ways, way{group{{ideaField, titleIdea + idea}}, pointsSaid * titleFactor, false, 0}, way{group{{ideaField, bodyIdea + idea}}, pointsSaid, false, 0})
	}
	for _, idea := range in.ideas {
		rarity := l.rarity(l.count(titleIdea+idea.idea, ideaField) + l.count(bodyIdea+idea.idea, ideaField))
		p.ways = append(p.ways,
			way{group{{ideaField, titleIdea + idea.idea}}, weightTitleIdea * idea.share * rarity, false, 0},
			way{group{{ideaField, bodyIdea + idea.idea}}, weightBodyIdea * idea.share * rarity, false, 0})
	}
}
