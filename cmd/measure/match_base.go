package main

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"

	"noiviec/matcher/interest"
)

// baselines are the simple ways of ranking that ours has to beat. Each ranks every opening by a score; what the
// person looked at already stands last, as in ours.
type baselines struct {
	v       *views
	titles  [][]string
	with    map[string][]int32 // openings whose title has a word
	mean    float64            // words in a title
	own     [][]int32          // what each person looked at, each opening once, the latest look last
	viewers []float64          // of each opening
	ties    [][2]uint64        // hashes of the words and of the id
	judges  map[string]*judge
}

var baselineNames = []string{"random", "popularity", "bm25", "bm25_place"}

func newBaselines(v *views) *baselines {
	b := &baselines{v: v, with: map[string][]int32{}, own: make([][]int32, len(v.people)), viewers: make([]float64, len(v.openings)), judges: map[string]*judge{}}
	for _, name := range baselineNames {
		b.judges[name] = newJudge(len(v.openings))
	}
	for i, o := range v.openings {
		title := titleWords(o.Title)
		b.titles = append(b.titles, title)
		b.mean += float64(len(title)) / float64(len(v.openings))
		for _, w := range title {
			b.with[w] = append(b.with[w], int32(i))
		}
		b.ties = append(b.ties, [2]uint64{hashOf(o.Title, o.Employer, o.Place, o.Region, o.Group), hashOf(o.ID)})
	}
	return b
}

// titleWords are the words of a title, each once.
func titleWords(text string) []string {
	all := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(all)
	return slices.Compact(all)
}

func hashOf(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p + "\x00"))
	}
	return scramble(h.Sum64())
}

func scramble(x uint64) uint64 {
	x = (x ^ x>>32) * 0xd6e8feb86659fd93
	x = (x ^ x>>32) * 0xd6e8feb86659fd93
	return x ^ x>>32
}

// record adds a view. A second look at an opening makes it the person's latest, and counts for nobody else.
func (b *baselines) record(v interest.View) {
	own := b.own[v.Person]
	if i := slices.Index(own, v.Opening); i >= 0 {
		b.own[v.Person] = append(slices.Delete(own, i, i+1), v.Opening)
		return
	}
	b.own[v.Person] = append(own, v.Opening)
	b.viewers[v.Opening]++
}

// judge makes the list of every baseline and judges it.
func (b *baselines) judge(m moment, watch func(string, moment, []int32)) {
	words := b.byWords(m)
	scores := map[string][]float64{
		"random": make([]float64, len(words)), "popularity": b.viewers, "bm25": words, "bm25_place": b.withPlace(m, words),
	}
	for _, name := range baselineNames {
		order := b.order(m, scores[name])
		if watch != nil {
			watch(name, m, order)
		}
		b.judges[name].see(order, m.truth)
	}
}

// order ranks by score; ties by a hash that differs with every moment.
func (b *baselines) order(m moment, score []float64) []int32 {
	score = slices.Clone(score)
	for _, j := range b.own[m.person] {
		score[j] = math.Inf(-1)
	}
	type scored struct {
		score float64
		ties  [2]uint64
		j     int32
	}
	seed := uint64(m.at.UnixNano())
	all := make([]scored, len(score))
	for j := range all {
		all[j] = scored{score[j], [2]uint64{scramble(b.ties[j][0] ^ seed), scramble(b.ties[j][1] ^ seed)}, int32(j)}
	}
	slices.SortFunc(all, func(x, y scored) int {
		if c := cmp.Compare(y.score, x.score); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(x.ties[0], y.ties[0]), cmp.Compare(x.ties[1], y.ties[1]))
	})
	list := make([]int32, len(all))
	for i := range all {
		list[i] = all[i].j
	}
	return list
}

// byWords is BM25 over titles; the query is what the person wrote and the titles they looked at.
func (b *baselines) byWords(m moment) []float64 {
	const k1, length = 1.2, 0.75
	query := map[string]float64{}
	p := b.v.people[m.person]
	for _, text := range []string{p.Worked, p.Wanted} {
		for _, w := range titleWords(text) {
			query[w]++
		}
	}
	for _, j := range b.own[m.person] {
		for _, w := range b.titles[j] {
			query[w]++
		}
	}
	score := make([]float64, len(b.titles))
	n := float64(len(b.titles))
	for _, w := range sortedWords(query) {
		found := float64(len(b.with[w]))
		rarity := math.Log(1 + (n-found+0.5)/(found+0.5))
		for _, j := range b.with[w] {
			score[j] += query[w] * rarity * (k1 + 1) / (1 + k1*(1-length+length*float64(len(b.titles[j]))/b.mean))
		}
	}
	return score
}

func sortedWords(m map[string]float64) []string {
	out := make([]string, 0, len(m))
	for w := range m {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

// withPlace puts the place before the words: first the place of the last look, then places of earlier looks, then
// the region of the last look. Within each the words decide.
func (b *baselines) withPlace(m moment, words []float64) []float64 {
	own := b.own[m.person]
	if len(own) == 0 {
		return words
	}
	most := max(slices.Max(words), 1e-9)
	last := b.v.openings[own[len(own)-1]]
	before := map[[2]string]bool{}
	for _, j := range own {
		before[placeOf(b.v.openings[j])] = true
	}
	score := make([]float64, len(words))
	for j, o := range b.v.openings {
		score[j] = words[j] / most
		if o.Region == last.Region {
			score[j]++
		}
		if before[placeOf(o)] {
			score[j]++
		}
		if placeOf(o) == placeOf(last) {
			score[j] += 0.5
		}
	}
	return score
}

func placeOf(o interest.Opening) [2]string { return [2]string{o.Place, o.Region} }
