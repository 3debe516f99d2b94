package taxonomy

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexicon numbers the syllables that phrases are made of. A form is a syllable as written, with its marks; a
// syllable number is shared by all forms that fold to the same key. Text is cut and looked up in one pass over
// its bytes, without a string or a map: the key of a token is built on the stack and hashed on the way.
type lexicon struct {
	slots []int32  // open addressing: hash → form + 1, 0 for a free slot
	hash  []uint32 // by form
	start []uint32 // by form: where its key starts in keys; one more at the end
	keys  []byte
	fold  []int32 // by form: its syllable number
	size  []uint8 // by syllable: bytes of its folded key
	names map[string]int32
}

// noForm is a token that no phrase contains in this form.
const noForm = -1

func newLexicon() *lexicon {
	return &lexicon{slots: make([]int32, 1<<14), start: []uint32{0}, names: map[string]int32{}}
}

// clone gives a lexicon that can take more forms while the first one is read.
func (x *lexicon) clone() *lexicon {
	return &lexicon{slices.Clone(x.slots), slices.Clone(x.hash), slices.Clone(x.start), slices.Clone(x.keys), slices.Clone(x.fold), slices.Clone(x.size), maps.Clone(x.names)}
}

// find gives the form of a key, noForm when it is unknown.
func (x *lexicon) find(key []byte, hash uint32) int32 {
	mask := uint32(len(x.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		form := x.slots[at] - 1
		if form < 0 {
			return noForm
		}
		if x.hash[form] == hash && string(x.keys[x.start[form]:x.start[form+1]]) == string(key) {
			return form
		}
	}
}

// intern gives the form of a token, which it adds when it is new together with the form without marks.
func (x *lexicon) intern(text string) int32 {
	var w wordKey
	w.read(text)
	if form := x.find(w.bytes[:w.n], w.hash); form != noForm {
		return form
	}
	fold, _ := keys(text)
	form := x.put(&w, fold)
	if w.marked {
		var bare wordKey
		bare.read(fold)
		x.put(&bare, fold)
	}
	return form
}

func (x *lexicon) put(w *wordKey, fold string) int32 {
	if form := x.find(w.bytes[:w.n], w.hash); form != noForm {
		return form
	}
	syllable, ok := x.names[fold]
	if !ok {
		syllable = int32(len(x.names))
		x.names[fold] = syllable
		x.size = append(x.size, uint8(min(len(fold), 255)))
	}
	form := int32(len(x.hash))
	x.hash, x.fold = append(x.hash, w.hash), append(x.fold, syllable)
	x.keys = append(x.keys, w.bytes[:w.n]...)
	x.start = append(x.start, uint32(len(x.keys)))
	if len(x.hash)*2 > len(x.slots) {
		x.slots = make([]int32, 2*len(x.slots))
		for f, h := range x.hash {
			x.place(int32(f), h)
		}
		return form
	}
	x.place(form, w.hash)
	return form
}

func (x *lexicon) place(form int32, hash uint32) {
	mask := uint32(len(x.slots) - 1)
	at := hash & mask
	for x.slots[at] != 0 {
		at = (at + 1) & mask
	}
	x.slots[at] = form + 1
}

// syllableOf gives the number of a folded syllable, noForm when no phrase has it.
func (x *lexicon) syllableOf(fold string) int32 {
	if s, ok := x.names[fold]; ok {
		return s
	}
	return noForm
}

// formsOf gives the forms of a phrase, adding those that are new.
func (x *lexicon) formsOf(phrase string) []int32 {
	var line [maxPhrase]syllable
	tokens := x.scan(line[:0], phrase)
	out := make([]int32, len(tokens))
	for i, s := range tokens {
		if out[i] = s.form; s.form == noForm {
			out[i] = x.intern(phrase[s.start:s.end])
		}
	}
	return out
}

// wordKey is the key of one token while it is read: letters without tones, then the tone. Two tokens have
// equal keys when their Exact keys are equal.
type wordKey struct {
	bytes  [64]byte
	n      int
	end    int // bytes of text the token takes
	hash   uint32
	marked bool
}

const (
	hashStart = 2166136261
	hashPrime = 16777619
)

// glyph is a letter ready to be put into a key: in lower case, its bytes without tone, and the tone.
type glyph struct {
	bytes  [3]byte
	n      uint8 // 0 for what the quick way cannot read
	tone   uint8 // 1–5
	marked bool  // the letter itself bears a mark ("đ", "ư")
}

// tones in the order of their numbers; a tone mark's number stands at the end of a key.
var tones = [...]rune{0, 0x300, 0x301, 0x303, 0x309, 0x323}

var glyphs = func() (out [latinEnd + latinMoreSize]glyph) {
	for at := range out {
		r := rune(at)
		if at >= latinEnd {
			r = latinMore + rune(at-latinEnd)
		}
		if !common[at] {
			continue
		}
		i := latinAt(unicode.ToLower(r))
		if i < 0 {
			continue
		}
		p := latin[i]
		if p.base >= utf8.RuneSelf || p.toneless == 0 {
			continue
		}
		var g glyph
		var b [4]byte
		n := utf8.EncodeRune(b[:], p.toneless)
		if n > len(g.bytes) {
			continue
		}
		copy(g.bytes[:], b[:n])
		g.n, g.tone, g.marked = uint8(n), toneNumber(p.tone), p.toneless != p.base
		out[at] = g
	}
	return out
}()

func toneNumber(tone rune) uint8 {
	for i, r := range tones {
		if i > 0 && r == tone {
			return uint8(i)
		}
	}
	return 0
}

// composed gives the letter that a plain one and a mark of Vietnamese writing make.
func composed(plain byte, mark rune) (rune, bool) {
	switch {
	case mark == 0x302 && (plain == 'a' || plain == 'e' || plain == 'o'):
		return map[byte]rune{'a': 'â', 'e': 'ê', 'o': 'ô'}[plain], true
	case mark == 0x306 && plain == 'a':
		return 'ă', true
	case mark == 0x31B && plain == 'o':
		return 'ơ', true
	case mark == 0x31B && plain == 'u':
		return 'ư', true
	}
	return 0, false
}

// read makes the key of the token that starts at the first byte; end is 0 when none starts there.
func (w *wordKey) read(text string) {
	if w.quick(text) {
		return
	}
	w.slow(text)
}

// quick reads a token of plain and Vietnamese letters and digits with at most one tone, composed or not. It is
// false when it cannot: the slow way then reads from the start.
func (w *wordKey) quick(text string) bool {
	w.n, w.marked = 0, false
	tone, at := uint8(0), 0
	for at < len(text) {
		c := text[at]
		if c < utf8.RuneSelf {
			if lower := c | 0x20; 'a' <= lower && lower <= 'z' {
				c = lower
			} else if c < '0' || c > '9' {
				if at > 0 && (c == '\'' || c == '`' || c == '&') {
					return false
				}
				break
			}
			if w.n+2 >= len(w.bytes) {
				return false
			}
			if c == 'y' && w.n > 0 && w.yIsI() {
				c = 'i'
			}
			w.bytes[w.n] = c
			w.n++
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if i := latinAt(r); i >= 0 && glyphs[i].n > 0 {
			g := &glyphs[i]
			if g.tone != 0 {
				if tone != 0 {
					return false
				}
				tone = g.tone
			}
			if w.n+4 >= len(w.bytes) {
				return false
			}
			if g.marked {
				w.marked = true
			}
			if g.n == 1 {
				c := g.bytes[0]
				if c == 'y' && w.n > 0 && w.yIsI() {
					c = 'i'
				}
				w.bytes[w.n] = c
				w.n++
			} else {
				w.n += copy(w.bytes[w.n:], g.bytes[:g.n])
			}
			at += size
			continue
		}
		if r >= 0x300 && r < 0x370 { // a mark of its own
			if at == 0 || !w.mark(r, &tone) {
				return false
			}
			at += size
			continue
		}
		if r == utf8.RuneError && size <= 1 || !wordRune(r) && !invisible(r) && !apostrophe(r) {
			break
		}
		return false
	}
	if tone != 0 {
		w.marked = true
		w.bytes[w.n] = tone
		w.n++
	}
	w.end = at
	w.sum()
	return true
}

// mark puts a combining mark on the last letter.
func (w *wordKey) mark(r rune, tone *uint8) bool {
	if t := toneNumber(r); t != 0 {
		if *tone != 0 {
			return false
		}
		*tone = t
		return true
	}
	if w.n == 0 || w.bytes[w.n-1] >= utf8.RuneSelf {
		return false
	}
	letter, ok := composed(w.bytes[w.n-1], r)
	if !ok || w.n+4 >= len(w.bytes) {
		return false
	}
	w.n += utf8.EncodeRune(w.bytes[w.n-1:], letter) - 1
	w.marked = true
	return true
}

// yIsI reports whether a y after what was read is written i (see iForY).
func (w *wordKey) yIsI() bool {
	switch w.bytes[w.n-1] {
	case 'b', 'h', 'k', 'l', 'm', 'n', 't', 's', 'v', 'x':
		return true
	case 'u':
		return w.n > 1 && w.bytes[w.n-2] == 'q'
	}
	return false
}

// slow reads any token by the keys that Tokens gives.
func (w *wordKey) slow(text string) {
	w.n, w.end, w.marked = 0, 0, false
	end, ok := tokenEnd(text, 0)
	if !ok {
		return
	}
	fold, exact := keys(text[:end])
	if fold == "" { // nothing but marks: skipped like a gap
		w.end = end
		return
	}
	if !w.quick(exact) || w.end != len(exact) {
		w.bytes[0] = 0xFF // a key no quick token has
		w.n = 1 + copy(w.bytes[1:], exact)
		w.sum()
	}
	w.end, w.marked = end, fold != exact
}

func (w *wordKey) sum() {
	h := uint32(hashStart)
	for _, c := range w.bytes[:w.n] {
		h = (h ^ uint32(c)) * hashPrime
	}
	w.hash = h
}

// gap says what stood between a token and the one before.
type gap uint8

const (
	gapParted gap = 1 << iota // punctuation that ends a phrase
	gapLine                   // a line end
	gapPoint                  // exactly one "." or ",": "6.5"
	gapDash                   // "-", "–" or "/"
)

// syllable is one token of a text as the recogniser sees it.
type syllable struct {
	start, end int32
	form       int32 // noForm when no phrase has it
	fold       int32 // its syllable number, noForm likewise
	gap        gap
	marked     bool
}

// scan appends the tokens of a text. They are those of Tokens.
func (x *lexicon) scan(out []syllable, text string) []syllable {
	var w wordKey
	g, from := gap(0), 0
	for at := 0; at < len(text); {
		c := text[at]
		if c < utf8.RuneSelf && !asciiWord[c] {
			g |= asciiGap[c]
			at++
			continue
		}
		w.read(text[at:])
		if w.n == 0 {
			if w.end > 0 {
				at += w.end
				continue
			}
			r, size := utf8.DecodeRuneInString(text[at:])
			switch r {
			case '•':
				g |= gapParted
			case '–', '—':
				g |= gapDash
			}
			at += size
			continue
		}
		s := syllable{start: int32(at), end: int32(at + w.end), form: x.find(w.bytes[:w.n], w.hash), fold: noForm, gap: g, marked: w.marked}
		if s.form != noForm {
			s.fold = x.fold[s.form]
		}
		if g&gapDash != 0 && spacedDash(text[from:at]) {
			s.gap |= gapParted
		}
		if at-from == 1 && from > 0 && (text[from] == '.' || text[from] == ',') {
			s.gap |= gapPoint
		}
		out = append(out, s)
		at += w.end
		g, from = 0, at
	}
	return out
}

// spacedDash reports whether a dash with spaces around it stands in a gap: it parts what it stands between.
func spacedDash(gap string) bool {
	return strings.Contains(gap, " - ") || strings.Contains(gap, " – ") || strings.Contains(gap, " — ")
}

var asciiWord = func() (out [utf8.RuneSelf]bool) {
	for c := range out {
		out[c] = wordRune(rune(c))
	}
	return out
}()

var asciiGap = func() (out [utf8.RuneSelf]gap) {
	for _, c := range ",;.:!?|()[]" {
		out[c] = gapParted
	}
	out['\n'], out['\r'] = gapLine, gapLine
	out['-'], out['/'] = gapDash, gapDash
	return out
}()
