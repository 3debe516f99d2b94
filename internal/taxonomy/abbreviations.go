package taxonomy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Abbreviation is a short form in a text and what it stands for there.
type Abbreviation struct {
	Start, End int    // bytes in the text given
	Meaning    string // "công nhân"; "" when the text does not tell which of its meanings is meant
}

// Each meaning of a short form has a prior and cues: words that stand before it, after it or near it, each
// with points. A cue right beside the short form counts fully, one or two words further half, a near one two
// points (nearPoints). The meaning with the most points is meant, if it has at least leastPoints and more than
// any other. The data is in data/abbreviations.csv.
const (
	cuePoints   = 4 // of a cue that states none
	nearPoints  = 2
	nearMost    = 4 // all near cues of one meaning together
	nearReach   = 12
	leastPoints = 2
	surePrior   = 3 // of a short form of one meaning that needs no cue
)

// Cues that are not words.
const (
	wordCue    = byte(0)
	numberCue  = byte('#') // a number
	payCue     = byte('$') // an amount of money: "10tr", "8 triệu"
	placeCue   = byte('@') // the name of a place
	startCue   = byte('^') // the beginning of the line, or after punctuation
	endCue     = byte('!') // the end of the line, or before punctuation
	weekdayCue = byte('%') // "T2", "thứ 7"
	fieldCue   = byte('&') // a line that says where the work is: "Nơi làm việc: …"
)

type side uint8

const (
	before side = iota
	after
	near
)

// cue is one sign of a meaning.
type cue struct {
	class  byte
	side   side
	points int16
	first  int32 // the syllable it begins with
	forms  []int32
}

// sense is one meaning of a short form.
type sense struct {
	meaning string
	prior   int
	cues    []cue
}

// shortForms are all abbreviations: a trie of how they are written, whose names are meanings.
type shortForms struct {
	senses []sense
	at     *trie[int32] // written → sense
	levels []bool       // syllable → may stand between a certificate and its level
	dishes []int32      // syllables before which a country is a cuisine

	fields   *trie[int32] // phrases that begin a place field
	things   *trie[int32] // words for things that have codes
	numbered int32        // the syllable "số"
	goods    []int32      // syllables of words for goods: "mảng", "sản phẩm"

	expansions []expansion       // longest first
	byFirst    map[int32][]int32 // form → expansions that begin with it
	weekdays   []int32           // syllables "t2"… and "thu"
	money      []int32           // syllables "trieu", "tr"
}

// expansion is a meaning of several syllables and how it is written short, for phrases that contain it.
type expansion struct {
	words   []int32 // forms
	written [][]int32
	sense   int32
	only    bool // the short form has no other meaning
}

func (t *Taxonomy) loadShortForms() error {
	s := &t.short
	var phrases []phrase[int32]
	meanings := map[int32]int{}
	if err := each("abbreviations.csv", func(r row) error {
		prior, err := strconv.Atoi(r.text("prior"))
		if err != nil {
			return err
		}
		at := int32(len(s.senses))
		meaning := sense{meaning: r.text("meaning"), prior: prior}
		for name, where := range map[string]side{"before": before, "after": after, "near": near} {
			for _, words := range r.list(name, ";") {
				c, err := t.words.cue(words, where)
				if err != nil {
					return err
				}
				meaning.cues = append(meaning.cues, c)
			}
		}
		s.senses = append(s.senses, meaning)
		written := r.list("written", ";")
		for _, w := range written {
			forms := t.words.formsOf(w)
			phrases = append(phrases, phrase[int32]{forms, at})
			meanings[t.words.fold[forms[0]]]++
		}
		if words := t.words.formsOf(meaning.meaning); len(words) > 1 {
			e := expansion{words: words, sense: at}
			for _, w := range written {
				if len(w) > 1 {
					e.written = append(e.written, t.words.formsOf(w))
				}
			}
			s.expansions = append(s.expansions, e)
		}
		return nil
	}); err != nil {
		return err
	}
	for i := range s.expansions {
		e := &s.expansions[i]
		e.only = s.senses[e.sense].prior >= surePrior && !slices.ContainsFunc(e.written, func(w []int32) bool { return meanings[t.words.fold[w[0]]] > 1 })
	}
	slices.SortStableFunc(s.expansions, func(a, b expansion) int { return len(b.words) - len(a.words) })
	s.byFirst = map[int32][]int32{}
	for i, e := range s.expansions {
		s.byFirst[e.words[0]] = append(s.byFirst[e.words[0]], int32(i))
	}
	for _, word := range []string{"t2", "t3", "t4", "t5", "t6", "t7"} {
		s.weekdays = append(s.weekdays, t.words.fold[t.words.intern(word)])
	}
	for _, word := range []string{"triệu", "tr", "nghìn", "ngàn", "củ"} {
		s.money = append(s.money, t.words.fold[t.words.intern(word)])
	}
	s.numbered = t.words.fold[t.words.intern("số")]
	s.fields = t.words.set("nơi làm việc", "địa điểm", "địa chỉ", "nơi làm", "làm việc tại", "khu vực", "nơi ở", "quê")
	s.things = t.words.set("máy", "xe", "mã", "ống", "dây", "sơn", "gói", "vải", "hàng", "hàng hộp", "cây", "tem", "model", "loại", "khoan", "giống", "thuốc", "bơm", "keo", "vít", "thép", "phòng")
	for _, word := range []string{"mảng", "sản", "phẩm", "ngành", "hàng", "thiết", "bị", "vật", "tư", "dịch", "vụ", "lĩnh", "vực", "đồ", "máy", "thuốc"} {
		s.goods = append(s.goods, t.words.fold[t.words.intern(word)])
	}
	for _, word := range []string{"bếp", "hàng", "món", "ăn", "quán", "lẩu", "nướng", "thực"} { // "nhà hàng", "món ăn", "ẩm thực"
		s.dishes = append(s.dishes, t.words.fold[t.words.intern(word)])
	}
	s.at = build(t.words, phrases)
	for _, word := range levelWords {
		syllable := t.words.fold[t.words.intern(word)]
		for int(syllable) >= len(s.levels) {
			s.levels = append(s.levels, false)
		}
		s.levels[syllable] = true
	}
	return nil
}

func (s *shortForms) levelWord(syllable int32) bool {
	return syllable >= 0 && int(syllable) < len(s.levels) && s.levels[syllable]
}

func (s *shortForms) goodsWord(syllable int32) bool {
	return syllable >= 0 && slices.Contains(s.goods, syllable)
}

// steers reports whether a phrase begins with a word for driving.
func (s *shortForms) steers(t *Taxonomy, words string) bool {
	first, _, _ := strings.Cut(words, " ")
	fold := Fold(first)
	return fold == "lai" || fold == "tai" || fold == "van"
}

func (s *shortForms) cooked(syllable int32) bool {
	return syllable >= 0 && slices.Contains(s.dishes, syllable)
}

// set makes a trie of phrases that mean nothing but themselves.
func (x *lexicon) set(words ...string) *trie[int32] {
	var phrases []phrase[int32]
	for i, w := range words {
		phrases = append(phrases, phrase[int32]{x.formsOf(w), int32(i)})
	}
	return build(x, phrases)
}

// cue reads "tuyển", "off*6", "#*4".
func (x *lexicon) cue(words string, where side) (cue, error) {
	c := cue{side: where, points: cuePoints}
	if word, points, ok := strings.Cut(words, "*"); ok {
		n, err := strconv.Atoi(points)
		if err != nil {
			return c, fmt.Errorf("cue %q: %w", words, err)
		}
		words, c.points = word, int16(n)
	}
	if len(words) == 1 && strings.Contains("#$@^!%&", words) {
		c.class = words[0]
		return c, nil
	}
	if c.forms = x.formsOf(words); len(c.forms) == 0 {
		return c, fmt.Errorf("cue %q has no letters", words)
	}
	c.first = x.fold[c.forms[0]]
	return c, nil
}

// Abbreviations finds the short forms of a text and gives for each the meaning its neighbours decide: "CN" is
// công nhân in "tuyển CN may", chủ nhật in "nghỉ CN", chi nhánh in "ngân hàng X CN Điện Biên". Where they do
// not decide, Meaning is empty. Units behind a figure ("10tr", "300k") are short forms too.
func (t *Taxonomy) Abbreviations(text string) []Abbreviation {
	var out []Abbreviation
	line := t.words.scan(make([]syllable, 0, 64), text)
	for from := 0; from < len(line); {
		to := from + 1
		for to < len(line) && line[to].gap&gapLine == 0 {
			to++
		}
		for i := from; i < to; {
			found, length := t.short.written(line[from:to], i-from)
			if length == 0 {
				if a, ok := gluedUnit(text, line[i]); ok {
					out = append(out, a)
				}
				i++
				continue
			}
			a := Abbreviation{Start: int(line[i].start), End: int(line[i+length-1].end)}
			best, sure := t.short.decide(t, text, line[from:to], i-from, length, found)
			if sure {
				a.Meaning = t.short.senses[best].meaning
			}
			if !sure && t.short.everyday(text, line[i:i+length], found) || sure && a.Meaning == "" {
				i += length
				continue
			}
			out = append(out, a)
			i += length
		}
		from = to
	}
	return out
}

// everyday reports whether an undecided short form is rather a word of its own: typed in lower case, and one
// that has a vowel ("ta", "ma"), so that it can be said.
func (s *shortForms) everyday(text string, typed []syllable, _ []int32) bool {
	word := text[typed[0].start:typed[len(typed)-1].end]
	return strings.ToLower(word) == word && (strings.ContainsAny(word, "aeiouy") || len(word) == 1)
}

// written gives the meanings of the longest short form at a token.
func (s *shortForms) written(line []syllable, i int) (found []int32, length int) {
	node := s.at.start(line[i].fold)
	for at := i; node != 0; {
		for n := s.at.from[node]; n < s.at.from[node+1]; n++ {
			if s.at.forgives(n, line[i:at+1]) {
				if length < at+1-i {
					found, length = found[:0], at+1-i
				}
				found = append(found, s.at.names[n])
			}
		}
		if at++; at == len(line) {
			break
		}
		node = s.at.step(node, line[at].fold)
	}
	return found, length
}

// meant gives the meaning of the short form that stands first in a phrase, -1 when none is decided.
func (s *shortForms) meant(t *Taxonomy, text string, line []syllable, from, to int) int32 {
	found, length := s.written(line, from)
	if length == 0 || length > to-from {
		return -1
	}
	if best, sure := s.decide(t, text, line, from, length, found); sure {
		return best
	}
	return -1
}

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

// gluedUnits stand right behind a figure.
var gluedUnits = map[string]string{"tr": "triệu đồng", "trđ": "triệu đồng", "k": "nghìn đồng", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "h": "giờ", "p": "phút", "ng": "người"}

// gluedUnit reads the unit of a token like "10tr", "8tr5" or "300k".
func gluedUnit(text string, s syllable) (Abbreviation, bool) {
	word := text[s.start:s.end]
	from := 0
	for from < len(word) && word[from] >= '0' && word[from] <= '9' {
		from++
	}
	to := len(word)
	for to > from && word[to-1] >= '0' && word[to-1] <= '9' {
		to--
	}
	if from == 0 || from == to {
		return Abbreviation{}, false
	}
	meaning, ok := gluedUnits[strings.ToLower(word[from:to])]
	if !ok || to < len(word) && meaning != "triệu đồng" && meaning != "giờ" {
		return Abbreviation{}, false
	}
	return Abbreviation{int(s.start) + from, int(s.start) + to, meaning}, true
}

// shortened puts a phrase with the abbreviations of its parts: "nhân viên kinh doanh" is also "nv kinh doanh"
// and "nvkd". A short form of several meanings stands in for a whole phrase only where its neighbours decide.
func (p *putter) shortened(forms []int32, n conceptName) {
	var all []int32
	changed, skip := false, 0
	for at, form := range forms {
		longest := 0
		for _, i := range p.short.byFirst[form] {
			e := &p.short.expansions[i]
			if len(forms)-at < len(e.words) || !slices.Equal(forms[at:at+len(e.words)], e.words) {
				continue
			}
			whole := len(e.words) == len(forms)
			for k, w := range e.written {
				m := n
				if whole && !e.only {
					m.sense = e.sense
				}
				p.keep(slices.Concat(forms[:at], w, forms[at+len(e.words):]), m)
				if k == 0 && longest == 0 && skip == 0 && !whole {
					all, longest, changed = append(all, w...), len(e.words), true
				}
			}
		}
		switch {
		case longest > 0:
			skip = longest - 1
		case skip > 0:
			skip--
		default:
			all = append(all, form)
		}
	}
	if changed {
		p.keep(all, n)
	}
}
