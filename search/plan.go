package search

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"noiviec/internal/taxonomy"
)

// plan is how an intent is answered: for each thing that was asked, which documents have it, and what each way
// of having it is worth.
type plan struct {
	known  []thing // phrases that were recognised, and the place when nothing else was named
	others []thing // other words
	need   int     // of others
	wide   []thing // where a part will do: the same as known, with what comes near
	ways   []way
	ideas  [][]group // by phrase that was recognised: the documents about it
}

// all reports whether a document must have every word.
func (p *plan) all() bool { return p.need == len(p.others) }

// thing is what documents must have: of each word one of the groups.
type thing [][]group

// exactPair is two syllables with their marks side by side: both are there so, and side by side folded. A document that
// has "thợ hàn" nowhere but "thợ", "hàn" and "thơ hạn" is taken for one; keeping the marked pairs would cost
// a quarter of the index to tell it apart.
func exactPair(field string, a, b taxonomy.Token) group {
	return group{{field, pairKey + a.Fold + b.Fold}, {field, exactKey + a.Exact}, {field, exactKey + b.Exact}}
}

// plan decides, knowing which keys there are.
func (in *intent) plan(l *lookup) *plan {
	p := &plan{ideas: [][]group{nil}}
	in.passSlips(l)
	spans := map[[2]int]int{} // phrase → its place in known
	for i, w := range in.words {
		if w.filler {
			continue
		}
		span, ok := in.phraseOf(w)
		if ok && in.aroundCountry(span, w) {
			continue
		}
		cover := in.cover(l, i)
		if !ok {
			p.others = append(p.others, thing{cover})
			continue
		}
		if _, ok := spans[span]; !ok {
			spans[span] = len(p.known)
			p.known = append(p.known, nil)
		}
		p.known[spans[span]] = append(p.known[spans[span]], cover)
	}
	if in.loose {
		p.wide = make([]thing, len(p.known))
		for span, at := range spans {
			p.wide[at] = thing{in.nearly(span)}
		}
	}
	if there := in.atPlace(); there != nil {
		p.known, p.wide = append(p.known, thing{there}), append(p.wide, thing{there})
	}
	p.need = in.need(len(p.known), len(p.others))
	if !in.loose {
		p.wide = nil
	}
	in.weighWords(l, p)
	in.weighTaken(l, p)
	in.weighIdeas(l, p)
	return p
}

// nearly gives the ways of having a part of a recognised phrase: what is related to it, and of three words or more any two
// side by side.
func (in *intent) nearly(span [2]int) []group {
	var out []group
	for _, idea := range in.ideas {
		if span[0] <= idea.from && idea.to <= span[1] {
			out = append(out, group{{ideaField, titleIdea + idea.idea}}, group{{ideaField, bodyIdea + idea.idea}})
		}
	}
	words := slices.DeleteFunc(slices.Clone(in.words), func(w word) bool { return w.Start < span[0] || w.End > span[1] })
	for i := 1; i < len(words); i++ {
		for _, f := range []string{titleField, bodyField} {
			if pair := exactPair(f, words[i-1].Token, words[i].Token); len(words) > 2 && in.marked {
				out = append(out, pair)
			} else if len(words) > 2 || len(words) == 2 && !in.marked {
				out = append(out, pair[:1])
			}
		}
	}
	return out
}

// phraseOf gives the recognised skill, occupation or certificate that a word is part of, the longest of several.
func (in *intent) phraseOf(w word) (span [2]int, ok bool) {
	for _, idea := range in.ideasAt(w) {
		if idea.to-idea.from > span[1]-span[0] {
			span, ok = [2]int{idea.from, idea.to}, true
		}
	}
	return span, ok
}

// things counts what was asked: recognised phrases and other words.
func (in *intent) things() int {
	spans, n := map[[2]int]bool{}, 0
	for _, w := range in.words {
		if span, ok := in.phraseOf(w); ok {
			spans[span] = true
		} else if !w.filler {
			n++
		}
	}
	return n + len(spans)
}

// need gives how many of the words that were not recognised a document must have. Of a few all; of a sentence in which
// something was understood none, of another a part: "em học xong cao đẳng muốn xin dạy" says more than any document will.
func (in *intent) need(recognised, others int) int {
	switch {
	case recognised+len(in.chips) > 0 && others > 2:
		return 0
	case others > 6:
		return (others + 2) / 3
	case others > 3:
		return (others + 1) / 2
	}
	return others
}

// atPlace gives the ways of being at the place, when only a place was named: there, or speaking of it.
func (in *intent) atPlace() []group {
	if len(in.placeOnly) == 0 {
		return nil
	}
	var out []group
	for _, code := range in.placeOnly {
		out = append(out, group{{ideaField, placeIdea + code}})
	}
	for _, name := range in.placeNames {
		for _, f := range []string{titleField, bodyField, otherField} {
			g := group{{f, exactKey + name[0].Exact}}
			for i := 1; i < len(name); i++ {
				g = append(g, exactPair(f, name[i-1], name[i])...)
			}
			if len(name) > 1 || name[0].Marked() {
				out = append(out, g)
			}
		}
	}
	return out
}

// passSlips forgets the concepts that were recognised by passing over the marks, where documents have the words as they
// were typed: "hộ sinh" is not a slip for "hồ sinh".
func (in *intent) passSlips(l *lookup) {
	in.ideas = slices.DeleteFunc(in.ideas, func(w wanted) bool {
		if !w.slip {
			return false
		}
		pairs := 0
		for i := 1; i < len(in.words); i++ {
			a, b := in.words[i-1], in.words[i]
			if w.from > a.Start || b.End > w.to {
				continue
			}
			if pairs++; !l.written(a.Token, b.Token) {
				return false
			}
		}
		return pairs > 0
	})
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
				if !l.written(a.Token, b.Token) {
					add(pairKey+a.Fold+b.Fold, titleField, bodyField, otherField)
				}
			})
		}
	}
	if len(t.Fold) >= leastSticky {
		add(pairKey+t.Fold, titleField, bodyField)
	}
	if len(t.long) > 0 {
		for _, f := range []string{titleField, bodyField} {
			g := group{{f, exactKey + t.long[0].Exact}}
			for j := 1; j < len(t.long); j++ {
				g = append(g, exactPair(f, t.long[j-1], t.long[j])...)
			}
			out = append(out, g)
		}
	}
	paper := in.needsPaper(t)
	for _, idea := range in.ideasAt(t) {
		if !paper || strings.HasPrefix(idea.idea, certificateIdea) {
			add(titleIdea+idea.idea, ideaField)
			add(bodyIdea+idea.idea, ideaField)
		}
	}
	return out
}

// ideasAt gives the concepts of the phrases a word is part of. The name of a country is none of the phrase around it:
// "đi Đài Loan" is not answered by Japan.
func (in *intent) ideasAt(t word) []wanted {
	var out []wanted
	for _, idea := range in.ideas {
		if idea.from <= t.Start && t.End <= idea.to && (t.country == [2]int{} || t.country == [2]int{idea.from, idea.to}) {
			out = append(out, idea)
		}
	}
	return out
}

// aroundCountry reports whether a word stands beside a country in one phrase: "đi" in "đi Đài Loan" asks for nothing more.
func (in *intent) aroundCountry(span [2]int, w word) bool {
	return w.country == [2]int{} && slices.ContainsFunc(in.words, func(o word) bool {
		return o.country != [2]int{} && span[0] <= o.country[0] && o.country[1] <= span[1]
	})
}

// needsPaper reports whether a word is part of a certificate's name: then who has the skill alone has not what was asked.
func (in *intent) needsPaper(t word) bool {
	return slices.ContainsFunc(in.ideasAt(t), func(w wanted) bool { return w.share == 1 && strings.HasPrefix(w.idea, certificateIdea) })
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

// having gives the documents of a segment that have one of the groups.
func (l *lookup) having(segment int, cover []group) *roaring.Bitmap {
	var any []*roaring.Bitmap
	for _, g := range cover {
		if docs := l.all(g)[segment]; !docs.IsEmpty() {
			any = append(any, docs)
		}
	}
	return roaring.FastOr(any...)
}
