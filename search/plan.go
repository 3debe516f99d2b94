package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"noiviec/internal/taxonomy"
)

// plan is how an intent is answered: for each thing that was asked, which documents have it, and what each way
// of having it is worth.
type plan struct {
	covers [][]group // by thing asked: the document needs one of the groups
	need   int       // of covers
	ways   []way
	ideas  [][]group // by phrase that was recognised: the documents about it
}

// group is leaves that must all be there.
type group []leaf

// exactPair is two syllables with their marks side by side: both are there so, and side by side folded. A document that
// has "thợ hàn" nowhere but "thợ", "hàn" and "thơ hạn" is taken for one; keeping the marked pairs would cost
// a quarter of the index to tell it apart.
func exactPair(field string, a, b taxonomy.Token) group {
	return group{{field, pairKey + a.Fold + b.Fold}, {field, exactKey + a.Exact}, {field, exactKey + b.Exact}}
}

// way is worth points to a document that has the group.
type way struct {
	group
	points float64
	title  bool // a syllable of the title was asked for
	idea   int  // of plan.ideas: documents not about it get doubtShare only; 0 for none
}

// leaves gives every key that answering the intent may look at.
func (in *intent) leaves() []leaf {
	var out []leaf
	all := func(key string, fields ...string) {
		for _, f := range fields {
			out = append(out, leaf{f, key})
		}
	}
	for _, t := range in.words {
		all(t.Fold, titleField, bodyField, otherField)
		all(exactKey+t.Exact, titleField, bodyField, otherField)
		all(bareKey+t.Fold, titleField, bodyField, otherField)
		if len(t.Fold) >= leastSticky {
			all(pairKey+t.Fold, titleField, bodyField)
		}
		for _, long := range abbreviations()[t.Fold] {
			for i, l := range long {
				all(exactKey+l.Exact, titleField, bodyField)
				if i > 0 {
					all(pairKey+long[i-1].Fold+l.Fold, titleField, bodyField)
				}
			}
		}
	}
	for i := 1; i < len(in.words); i++ {
		all(pairKey+in.words[i-1].Fold+in.words[i].Fold, titleField, bodyField, otherField)
	}
	for _, idea := range in.ideas {
		all(titleIdea+idea.idea, ideaField)
		all(bodyIdea+idea.idea, ideaField)
	}
	for _, code := range in.placeOnly {
		all(placeIdea+code, ideaField)
	}
	return out
}

// leastSticky is how many letters two syllables written as one word have at least.
const leastSticky = 4

// plan decides, knowing which keys there are.
func (in *intent) plan(l *lookup) *plan {
	p := &plan{ideas: [][]group{nil}}
	for i := range in.words {
		if in.words[i].filler {
			continue
		}
		p.covers = append(p.covers, in.cover(l, i))
	}
	if len(in.placeOnly) > 0 {
		var there []group
		for _, code := range in.placeOnly {
			there = append(there, group{{ideaField, placeIdea + code}})
		}
		p.covers = append(p.covers, there)
	}
	p.need = len(p.covers)
	if p.need > 3 {
		p.need = (p.need + 1) / 2
	}
	in.weighWords(l, p)
	in.weighIdeas(l, p)
	return p
}

// cover gives the ways a document can have the word at i. A word typed with marks must be there with its marks, or in
// a text without any; when that word or its neighbours do not exist so, the marks were a slip and the folded pair
// counts. A recognised word has its marks right.
func (in *intent) cover(l *lookup, i int) []group {
	t := in.words[i]
	var out []group
	add := func(key string, fields ...string) {
		for _, f := range fields {
			out = append(out, group{{f, key}})
		}
	}
	switch exact := l.count(exactKey+t.Exact, titleField, bodyField, otherField); {
	case !in.marked || exact == 0 && !t.known:
		add(t.Fold, titleField, bodyField, otherField)
	default:
		add(exactKey+t.Exact, titleField, bodyField, otherField)
		add(bareKey+t.Fold, titleField, bodyField, otherField)
		if !t.known {
			in.eachPair(i, func(a, b word) {
				if !l.any(exactPair(titleField, a.Token, b.Token), exactPair(bodyField, a.Token, b.Token), exactPair(otherField, a.Token, b.Token)) {
					add(pairKey+a.Fold+b.Fold, titleField, bodyField, otherField)
				}
			})
		}
	}
	if len(t.Fold) >= leastSticky {
		add(pairKey+t.Fold, titleField, bodyField)
	}
	for _, long := range abbreviations()[t.Fold] {
		for _, f := range []string{titleField, bodyField} {
			var g group
			for j := 1; j < len(long); j++ {
				g = append(g, exactPair(f, long[j-1], long[j])...)
			}
			out = append(out, g)
		}
	}
	for _, idea := range in.ideas {
		if idea.from <= t.Start && t.End <= idea.to {
			add(titleIdea+idea.idea, ideaField)
			add(bodyIdea+idea.idea, ideaField)
		}
	}
	return out
}

// eachPair gives the pairs that the word at i stands in.
func (in *intent) eachPair(i int, use func(a, b word)) {
	if i > 0 {
		use(in.words[i-1], in.words[i])
	}
	if i+1 < len(in.words) {
		use(in.words[i], in.words[i+1])
	}
}

func (in *intent) weighWords(l *lookup, p *plan) {
	fields := []string{titleField, bodyField, otherField}
	factors := []float64{titleFactor, 1, otherFactor}
	idea := 0
	add := func(weight float64, title bool, of func(field string) group) {
		n := 0
		for _, f := range fields {
			n += l.countAll(of(f))
		}
		for i, f := range fields {
			p.ways = append(p.ways, way{of(f), weight * l.rarity(n) * factors[i], title && f == titleField, idea})
		}
	}
	key := func(key string) func(string) group { return func(field string) group { return group{{field, key}} } }
	for i, t := range in.words {
		if slices.ContainsFunc(in.words[:i], func(o word) bool { return o.Exact == t.Exact }) {
			continue
		}
		idea = in.ideaOf(p, t)
		add(weightWord, true, key(t.Fold))
		if t.Marked() {
			add(weightExact, false, key(exactKey+t.Exact))
		} else {
			add(weightLiteral, false, key(exactKey+t.Exact))
		}
		if len(t.Fold) >= leastSticky {
			add(weightPair, false, key(pairKey+t.Fold))
		}
		for _, long := range abbreviations()[t.Fold] {
			for j := 1; j < len(long); j++ {
				add(weightPair, false, func(f string) group { return exactPair(f, long[j-1], long[j]) })
			}
		}
		if i > 0 {
			a := in.words[i-1]
			add(weightPair, false, key(pairKey+a.Fold+t.Fold))
			if a.Marked() || t.Marked() {
				add(weightExactPair, false, func(f string) group { return exactPair(f, a.Token, t.Token) })
			}
		}
	}
}

// ideaOf gives the place in p.ideas of the documents about the phrase that a word stands in, 0 when it is in none.
func (in *intent) ideaOf(p *plan, t word) int {
	var about []group
	for _, idea := range in.ideas {
		if idea.from <= t.Start && t.End <= idea.to {
			about = append(about, group{{ideaField, titleIdea + idea.idea}}, group{{ideaField, bodyIdea + idea.idea}})
		}
	}
	if about == nil {
		return 0
	}
	p.ideas = append(p.ideas, about)
	return len(p.ideas) - 1
}

func (in *intent) weighIdeas(l *lookup, p *plan) {
	for _, idea := range in.ideas {
		rarity := l.rarity(l.count(titleIdea+idea.idea, ideaField) + l.count(bodyIdea+idea.idea, ideaField))
		p.ways = append(p.ways,
			way{group{{ideaField, titleIdea + idea.idea}}, weightTitleIdea * idea.share * rarity, false, 0},
			way{group{{ideaField, bodyIdea + idea.idea}}, weightBodyIdea * idea.share * rarity, false, 0})
	}
}

// having gives the documents of a segment that have one of the groups.
func (l *lookup) having(segment int, cover []group) *roaring.Bitmap {
	var any []*roaring.Bitmap
	for _, g := range cover {
		if docs := l.all(segment, g); !docs.IsEmpty() {
			any = append(any, docs)
		}
	}
	return roaring.FastOr(any...)
}
