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
			if !sure && t.short.everyday(text, line[i:i+length]) || sure && a.Meaning == "" {
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
func (s *shortForms) everyday(text string, typed []syllable) bool {
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
