package interest

import (
	"math"
	"slices"
)

// Market holds openings and people, ready to be ranked. It never changes; what people looked at is kept in a
// Memory beside it. It is safe for any number of goroutines.
type Market struct {
	source   []Opening
	openings []opening
	people   []person
	texts    textIndex
	places   groups // place with region
	regions  groups
	firms    groups
	kinds    groups // the groups that the source files openings under
	unfiled  int    // openings without a group
	ads      groups // title with employer: the same ad in another place is the same number
}

// opening is an Opening in numbers.
type opening struct {
	words                         []weighed
	place, region, firm, kind, ad int32
	tie, tieID                    uint64
}

// person is a Person in numbers.
type person struct{ worked, wanted []weighed }

// New makes a Market. The order of the openings and of the people does not matter to any list.
func New(openings []Opening, people []Person) *Market {
	m := &Market{source: slices.Clone(openings), openings: make([]opening, len(openings)), people: make([]person, len(people))}
	m.texts.count(openings)
	for i, o := range openings {
		place, region, firm := key(o.Place), key(o.Region), key(o.Employer)
		title := key(o.Title)
		m.openings[i] = opening{
			words: m.texts.weigh(o.Title), place: m.places.add(place, region), region: m.regions.add(region), firm: m.firms.add(firm),
			kind: m.kinds.add(key(o.Group)), ad: m.ads.add(title, firm),
			tie: hash(title, firm, place, region, key(o.Group)), tieID: hash(o.ID),
		}
		m.texts.post(int32(i), m.openings[i].words)
		if m.openings[i].kind == none {
			m.unfiled++
		}
	}
	for i, p := range people {
		m.people[i] = person{worked: m.texts.weigh(p.Worked), wanted: m.texts.weigh(p.Wanted)}
	}
	return m
}

// Len is the number of openings.
func (m *Market) Len() int { return len(m.openings) }

// groups numbers texts and counts how many openings have each. The number of the empty text is none.
type groups struct {
	number map[string]int32
	size   []int
}

// none is the number of what is not said.
const none = int32(-1)

func (g *groups) add(parts ...string) int32 {
	if parts[0] == "" {
		return none
	}
	name := ""
	for _, p := range parts {
		name += p + "\x00"
	}
	if g.number == nil {
		g.number = map[string]int32{}
	}
	n, ok := g.number[name]
	if !ok {
		n = int32(len(g.size))
		g.number[name] = n
		g.size = append(g.size, 0)
	}
	g.size[n]++
	return n
}

// textIndex knows how rare each word is among the titles, and which titles have it.
type textIndex struct {
	number   map[string]int32
	word     []string
	rarity   []float64
	postings [][]posting
}

// weighed is a word with its share of a text of length one.
type weighed struct {
	word   int32
	weight float64
}

type posting struct {
	opening int32
	weight  float64
}

// count numbers the words of all titles in alphabetical order, so that sums do not depend on the order of input.
func (x *textIndex) count(openings []Opening) {
	titles := map[string]float64{}
	for _, o := range openings {
		for _, w := range words(o.Title) {
			titles[w]++
		}
	}
	all := make([]string, 0, len(titles))
	for w := range titles {
		all = append(all, w)
	}
	slices.Sort(all)
	x.word = all
	x.number, x.rarity, x.postings = make(map[string]int32, len(all)), make([]float64, len(all)), make([][]posting, len(all))
	for i, w := range all {
		x.number[w] = int32(i)
		x.rarity[i] = math.Log(1 + (float64(len(openings))-titles[w]+0.5)/(titles[w]+0.5))
	}
}

// weigh turns a text into its words by number, rare ones heavier, of length one together. Words that no title
// has count in the length only as if they were not there: they can match nothing.
func (x *textIndex) weigh(text string) []weighed {
	var out []weighed
	var sum float64
	for _, w := range words(text) {
		if n, ok := x.number[w]; ok {
			out = append(out, weighed{n, x.rarity[n]})
			sum += x.rarity[n] * x.rarity[n]
		}
	}
	slices.SortFunc(out, func(a, b weighed) int { return int(a.word) - int(b.word) })
	for i := range out {
		out[i].weight /= math.Sqrt(sum)
	}
	return out
}

func (x *textIndex) post(opening int32, ws []weighed) {
	for _, w := range ws {
		x.postings[w.word] = append(x.postings[w.word], posting{opening, w.weight})
	}
}

// alike adds to out, for every title, its cosine with a text. Only titles that share a word are touched.
func (x *textIndex) alike(ws []weighed, out []float64) {
	for _, w := range ws {
		for _, p := range x.postings[w.word] {
			out[p.opening] += w.weight * p.weight
		}
	}
}
