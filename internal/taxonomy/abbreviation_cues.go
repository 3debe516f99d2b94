package taxonomy

import (
	"slices"
	"strings"
)

// decide gives the meaning with the most points and whether it is sure.
func (s *shortForms) decide(t *Taxonomy, text string, line []syllable, i, length int, found []int32) (best int32, sure bool) {
	c := surroundings{t: t, text: text, line: line, from: i, to: i + length}
	c.findParted()
	most, second := -1, -1
	for _, at := range found {
		points := s.senses[at].prior
		if len(found) > 1 || points < surePrior {
			points += c.points(&s.senses[at])
		}
		switch {
		case points > most:
			if best != at || most < 0 {
				second = most
			}
			most, best = points, at
		case points > second && s.senses[at].meaning != s.senses[best].meaning:
			second = points
		}
	}
	return best, most >= leastPoints && most > second && most > c.code()
}

// Points of the signs that letters are part of a code ("máy KD 7100", "CN-2045") and stand for nothing.
const (
	codeDashed = 30 // a dash and a figure
	codeFigure = 3  // a figure behind it, or in it
	codeThing  = 4  // a word for a thing before it
)

// code gives the points for the letters being a code.
func (c *surroundings) code() int {
	figure := digitIn(c.text[c.line[c.from].start:c.line[c.to-1].end])
	if c.to < len(c.line) && digit(c.text[c.line[c.to].start:]) {
		gap := c.text[c.line[c.to-1].end:c.line[c.to].start]
		if gap == "-" && !digitIn(c.text[c.line[c.from].start:c.line[c.from].end]) {
			return codeDashed
		}
		figure = figure || gap == " "
	}
	if c.to+1 < len(c.line) && c.line[c.to].fold == c.t.short.numbered && digit(c.text[c.line[c.to+1].start:]) {
		figure = true // "số 7"
	}
	if figure && c.afterAny(c.t.short.things, 2) {
		return codeFigure + codeThing
	}
	return 0
}

// afterAny reports whether one of some phrases ends within a few tokens before the short form.
func (c *surroundings) afterAny(phrases *trie[int32], reach int) bool {
	for at := max(0, c.from-reach); at < c.from; at++ {
		node := phrases.start(c.line[at].fold)
		for i := at; node != 0 && i < c.from; {
			for n := phrases.from[node]; n < phrases.from[node+1]; n++ {
				if phrases.forgives(n, c.line[at:i+1]) {
					return true
				}
			}
			if i++; i < len(c.line) {
				node = phrases.step(node, c.line[i].fold)
			}
		}
	}
	return false
}

func digitIn(word string) bool { return strings.ContainsAny(word, "0123456789") }

// surroundings is a short form, tokens from to to, in its line.
type surroundings struct {
	t        *Taxonomy
	text     string
	line     []syllable
	from, to int
	parted   [2][3]bool // by side and tokens skipped: punctuation lies between
}

// findParted looks for punctuation beside the short form.
func (c *surroundings) findParted() {
	for skip := 0; skip <= 2; skip++ {
		at, back := c.to+skip, c.from-skip
		c.parted[after][skip] = skip > 0 && c.parted[after][skip-1] || at < len(c.line) && c.line[at].gap&gapParted != 0
		c.parted[before][skip] = skip > 0 && c.parted[before][skip-1] || back > 0 && c.line[back].gap&gapParted != 0
	}
}

// points adds up the cues of a meaning: the best before, the best after, and those near.
func (c *surroundings) points(s *sense) int {
	most, nearby := [2]int{}, 0
	for i := range s.cues {
		q := &s.cues[i]
		switch {
		case q.side == near:
			if c.near(q) {
				nearby += nearPoints
			}
		case int(q.points) > most[q.side]:
			most[q.side] = max(most[q.side], c.beside(q))
		}
	}
	return most[0] + most[1] + min(nearby, nearMost)
}

// beside gives the points of a cue before or after the short form.
func (c *surroundings) beside(q *cue) int {
	for skip := 0; skip <= 2; skip++ {
		at := c.to + skip
		if q.side == before {
			at = c.from - skip - max(1, len(q.forms))
		}
		if skip > 0 && q.class != wordCue && q.class != weekdayCue {
			break
		}
		if !c.is(q, at) {
			if skip > 0 && c.parted[q.side][skip] {
				break
			}
			continue
		}
		points := int(q.points)
		if skip > 0 {
			points = (points + 1) / 2
			if c.parted[q.side][skip] {
				points = (points + 1) / 2
			}
		}
		return points
	}
	return 0
}

// is reports whether a cue stands at a token.
func (c *surroundings) is(q *cue, at int) bool {
	switch q.class {
	case startCue:
		return c.from == 0 || c.line[c.from].gap&gapParted != 0
	case endCue:
		return c.to == len(c.line) || c.line[c.to].gap&gapParted != 0
	case fieldCue:
		return c.afterAny(c.t.short.fields, 12)
	}
	if at < 0 || at+len(q.forms) > len(c.line) || at == len(c.line) || q.class == wordCue && c.line[at].fold != q.first {
		return false
	}
	word := c.text[c.line[at].start:c.line[at].end]
	switch q.class {
	case wordCue:
		for k, form := range q.forms {
			s := &c.line[at+k]
			if s.form == noForm || s.form != form && (s.marked || s.fold != c.t.words.fold[form]) {
				return false
			}
		}
		return true
	case numberCue:
		return allDigits(word)
	case payCue:
		if allDigits(word) {
			return at+1 < len(c.line) && slices.Contains(c.t.short.money, c.line[at+1].fold)
		}
		_, money := gluedUnit(c.text, c.line[at])
		return money
	case weekdayCue:
		return slices.Contains(c.t.short.weekdays, c.line[at].fold)
	case placeCue:
		return c.place(at)
	}
	return false
}

// place reports whether a place name starts at a token: written with a capital, or of two syllables.
func (c *surroundings) place(at int) bool {
	x := c.t.placeNames
	node, depth := x.start(c.line[at].fold), 0
	found := 0
	for node != 0 && at+depth < len(c.line) {
		depth++
		for n := x.from[node]; n < x.from[node+1]; n++ {
			if x.forgives(n, c.line[at:at+depth]) {
				found = depth
			}
		}
		if at+depth < len(c.line) {
			node = x.step(node, c.line[at+depth].fold)
		}
	}
	word := c.text[c.line[at].start:c.line[at].end]
	capital := strings.ToLower(word[:1]) != word[:1] || word[0] >= 0x80 && strings.ToLower(word) != word
	return found > 1 && (capital || !anyMarkedSyllable(c.line)) || found == 1 && capital && len(word) > 1
}

func anyMarkedSyllable(line []syllable) bool {
	return slices.ContainsFunc(line, func(s syllable) bool { return s.marked })
}

// near reports whether a cue stands within reach.
func (c *surroundings) near(q *cue) bool {
	for at := max(0, c.from-nearReach); at < min(len(c.line), c.to+nearReach); at++ {
		if (at < c.from || at >= c.to) && c.is(q, at) {
			return true
		}
	}
	return false
}

func allDigits(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return word != ""
}
