package taxonomy

import (
	"slices"
	"strconv"
	"strings"
)

// reading is a place text taken apart: tokens, the places mentioned, and what else was said.
type reading struct {
	g          *gazetteer
	text       string
	tokens     []Token
	segment    []int // which comma-separated part each token belongs to
	used       []bool
	mentions   []*mention
	more       int
	nationwide bool
	remote     bool
	abroad     bool
	country    bool
}

// mention is one place name in a text.
type mention struct {
	from, to int // tokens
	found    []int32
	typed    bool     // its type was said
	parent   *mention // the larger place it was said to lie in
	children int
}

// read takes a place text apart.
func (g *gazetteer) read(text string) *reading {
	r := &reading{g: g, text: text, tokens: Tokens(text)}
	r.used = make([]bool, len(r.tokens))
	r.cut()
	r.phrases()
	r.names()
	r.linkBack()
	r.linkForward()
	r.dropDoubtful()
	return r
}

// cut numbers the parts between commas and their like.
func (r *reading) cut() {
	r.segment = make([]int, len(r.tokens))
	for i := 1; i < len(r.tokens); i++ {
		r.segment[i] = r.segment[i-1]
		gap := r.text[r.tokens[i-1].End:r.tokens[i].Start]
		if strings.ContainsAny(gap, ",;/|\n•&+()[]:") || strings.Contains(gap, " - ") || strings.Contains(gap, "–") {
			r.segment[i]++
		}
	}
}

// strongGap reports whether a name cannot go over the gap before a token.
func (r *reading) strongGap(i int) bool {
	return strings.ContainsAny(r.text[r.tokens[i-1].End:r.tokens[i].Start], ",;|\n•&+()[]:")
}

// phrases finds what is said about places without naming one.
func (r *reading) phrases() {
	for i := range r.tokens {
		if r.used[i] {
			continue
		}
		if n := phraseAt(r.tokens[min(i+1, len(r.tokens)):], moreWords); n > 0 && isNumber(r.tokens[i]) {
			count, _ := strconv.Atoi(r.tokens[i].Fold)
			r.more += max(0, min(count, 1000))
			r.use(i, i+1+n)
			continue
		}
		for _, p := range []struct {
			words []string
			said  *bool
		}{{nationwideWords, &r.nationwide}, {remoteWords, &r.remote}, {abroadWords, &r.abroad}, {countryWords, &r.country}} {
			if n := phraseAt(r.tokens[i:], p.words); n > 0 {
				*p.said = true
				r.use(i, i+n)
				break
			}
		}
	}
}

// phraseAt gives the length of the longest of the folded phrases at the first token, 0 for none.
func phraseAt(tokens []Token, phrases []string) int {
	for n := min(5, len(tokens)); n > 0; n-- {
		if slices.Contains(phrases, joinFold(tokens[:n])) {
			return n
		}
	}
	return 0
}

func (r *reading) use(from, to int) {
	for i := from; i < to; i++ {
		r.used[i] = true
	}
}

// names finds the place names, longest first from left to right.
func (r *reading) names() {
	marked := anyMarked(r.tokens)
	for i := 0; i < len(r.tokens); {
		end := i
		for end < min(len(r.tokens), i+r.g.longest+2) && !r.used[end] && (end == i || !r.strongGap(end)) {
			end++
		}
		found, length, typed := r.g.nameAt(r.tokens[i:end], marked)
		if length > 0 && !typed && r.hidesLarger(i, length, end, found, marked) {
			i++
			continue
		}
		if length == 0 || !typed && r.street(i, found) {
			i += max(1, length)
			continue
		}
		r.mentions = append(r.mentions, &mention{from: i, to: i + length, found: found, typed: typed})
		r.use(i, i+length)
		i += length
	}
}

// hidesLarger reports whether a small place's name overlaps that of a province or a country which begins
// inside it: in "ưu tiên Hà Nội", "Tiên Hà" is nobody's commune.
func (r *reading) hidesLarger(i, length, end int, found []int32, marked bool) bool {
	if r.g.places[r.g.best(found)[0]].tier() <= 1 {
		return false
	}
	for at := i + 1; at < i+length; at++ {
		larger, n := r.g.longestAt(r.tokens[at:end], marked)
		if n > 1 && at+n > i+length && r.g.places[r.g.best(larger)[0]].tier() <= 1 {
			return true
		}
	}
	return false
}

// street reports whether the name at a token is that of a street, a building or a company: a house number
// or a word like "đường" stands directly before it.
func (r *reading) street(i int, found []int32) bool {
	if i == 0 || r.used[i-1] || strings.Trim(r.text[r.tokens[i-1].End:r.tokens[i].Start], " .") != "" {
		return false
	}
	if isNumber(r.tokens[i-1]) {
		return strings.TrimSpace(r.text[r.tokens[i-1].End:r.tokens[i].Start]) == ""
	}
	for n := 1; n <= 3 && n <= i; n++ {
		before := r.tokens[i-n : i]
		key := joinFold(before)
		if exact, ok := streetWords[key]; ok && forgives(before, exact) {
			return !slices.Contains(industrialWords, key) || r.g.places[r.g.best(found)[0]].tier() > 0
		}
	}
	return false
}

// linkBack joins small places to the larger ones said after them: "xã A, huyện B, tỉnh C". It goes from
// right to left, so that the larger place is known when the smaller is looked at.
func (r *reading) linkBack() {
	for i := len(r.mentions) - 2; i >= 0; i-- {
		m := r.mentions[i]
		if r.stands(m) {
			continue
		}
		for larger := r.mentions[i+1]; larger != nil; larger = larger.parent {
			if r.join(m, larger) {
				break
			}
		}
	}
}

// linkForward joins small places to a larger one said before them: "Hà Nội: Cầu Giấy, Đống Đa".
func (r *reading) linkForward() {
	var last *mention
	for _, m := range r.mentions {
		switch {
		case m.parent != nil:
		case r.stands(m):
			last = m
		case last != nil && !r.elsewhere(m, last):
			r.join(m, last)
		}
	}
}

// stands reports whether a mention is a province or a country by itself.
func (r *reading) stands(m *mention) bool {
	return r.g.places[r.g.best(m.found)[0]].tier() <= 1
}

// elsewhere reports whether a name already means one place outside the larger one.
func (r *reading) elsewhere(m, larger *mention) bool {
	province := r.g.places[r.g.best(m.found)[0]].Province
	for _, at := range r.g.best(m.found) {
		if r.g.places[at].Province != province {
			return false
		}
	}
	return !slices.ContainsFunc(larger.found, func(at int32) bool { return r.g.places[at].Province == province })
}

// join makes larger the parent of m if some candidate of m lies in it, and drops the others.
func (r *reading) join(m, larger *mention) bool {
	var small, large []int32
	for _, a := range m.found {
		for _, b := range larger.found {
			if r.g.within(a, b) {
				small, large = append(small, a), append(large, b)
			}
		}
	}
	if len(small) == 0 {
		return false
	}
	slices.Sort(small)
	slices.Sort(large)
	m.found, m.parent = slices.Compact(small), larger
	larger.found = slices.Compact(large)
	larger.children++
	return true
}

// within reports whether place a lies in, or came from, the larger place b.
func (g *gazetteer) within(a, b int32) bool {
	small, large := &g.places[a], &g.places[b]
	if small.level() <= large.level() {
		return false
	}
	switch large.Kind {
	case InProvince:
		return small.Province == large.Code
	case InOldProvince:
		return small.oldProvince == large.Code || small.Kind == InCommune && g.cameFrom(small.Code, func(o *Place) bool { return o.oldProvince == large.Code })
	case InOldDistrict:
		return small.district == large.Code || small.Kind == InCommune && slices.Contains(large.Communes, small.Code)
	case InCommune:
		return slices.Contains(small.Communes, large.Code)
	}
	return false
}

func (g *gazetteer) cameFrom(commune string, from func(*Place) bool) bool {
	at, ok := g.communeAt[commune]
	return ok && slices.ContainsFunc(g.communes[at].old, func(i int32) bool { return from(&g.places[i]) })
}

// dropDoubtful forgets names of small places that nothing confirms: untyped, inside a longer phrase, and in
// no larger place that was named.
func (r *reading) dropDoubtful() {
	r.mentions = slices.DeleteFunc(r.mentions, func(m *mention) bool {
		doubtful := !m.typed && m.parent == nil && m.children == 0 && r.g.places[r.g.best(m.found)[0]].tier() >= 3 && !r.alone(m)
		if doubtful {
			for i := m.from; i < m.to; i++ {
				r.used[i] = false
			}
		}
		return doubtful
	})
}

// alone reports whether nothing but filler stands beside a mention in its part of the text.
func (r *reading) alone(m *mention) bool {
	for i := range r.tokens {
		inside := i >= m.from && i < m.to
		if r.segment[i] == r.segment[m.from] && !inside && !r.used[i] && !slices.Contains(fillerWords, r.tokens[i].Fold) {
			return false
		}
	}
	return true
}

// leaves gives the mentions that are places of their own: the smallest of every address.
func (r *reading) leaves() []*mention {
	return slices.DeleteFunc(slices.Clone(r.mentions), func(m *mention) bool { return m.children > 0 })
}

// stated gives the words of a mention together with what it was said to lie in, when they adjoin.
func (r *reading) stated(m *mention) string {
	from, to := m.from, m.to
	for p := m.parent; p != nil && p.from == to; p = p.parent {
		to = p.to
	}
	return strings.ToValidUTF8(r.text[r.tokens[from].Start:r.tokens[to-1].End], "")
}

// rest gives the parts of the text that named nothing. A part before a place is taken as its street.
func (r *reading) rest() []string {
	var out []string
	for from := 0; from < len(r.tokens); {
		to := from
		for to < len(r.tokens) && r.segment[to] == r.segment[from] {
			to++
		}
		if !slices.Contains(r.used[from:to], true) && !r.filler(from, to) && !r.followed(to) && !r.detail(from, to) {
			out = append(out, strings.ToValidUTF8(r.text[r.tokens[from].Start:r.tokens[to-1].End], ""))
		}
		from = to
	}
	return out
}

// detail reports whether a part says more about a place that was named before: in brackets, or with a house
// number or a word like "KCN" or "đường".
func (r *reading) detail(from, to int) bool {
	if from == 0 || len(r.mentions) == 0 || r.mentions[0].to > from {
		return false
	}
	if strings.Contains(r.text[r.tokens[from-1].End:r.tokens[from].Start], "(") {
		return true
	}
	for i := from; i < to; i++ {
		if _, street := streetWords[r.tokens[i].Fold]; street || isNumber(r.tokens[i]) {
			return true
		}
	}
	return false
}

func (r *reading) filler(from, to int) bool {
	for _, t := range r.tokens[from:to] {
		if !slices.Contains(fillerWords, t.Fold) {
			return false
		}
	}
	return true
}

func (r *reading) followed(token int) bool {
	return len(r.mentions) > 0 && r.mentions[len(r.mentions)-1].from >= token
}
