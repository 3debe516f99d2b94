package taxonomy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is one syllable, word or number of a text, with its two keys and the bytes it came from.
type Token struct {
	Start, End int    // bytes in the text given
	Fold       string // marks off: "thợ", "Tho" and "THỢ" are all "tho"
	Exact      string // marks kept, tone at the end of the syllable: "hòa" and "hoà" are equal, "hoa" is not
}

// Marked reports whether the token was typed with a mark of Vietnamese writing.
func (t Token) Marked() bool { return t.Fold != t.Exact }

// Fold gives the key in which marks, case, tone placement, the i/y spelling and separators do not count:
// "Thợ hàn", "THO-HAN" and the decomposed form are all "tho han". It is idempotent, and texts that are
// canonically equal have equal keys. Invalid bytes count as separators.
func Fold(text string) string { return join(Tokens(text), func(t Token) string { return t.Fold }) }

// Exact gives the key in which marks count but not case, the place of the tone mark, the i/y spelling or
// separators: "Hòa Bình" and "hoà bình" are equal, "Hoa Binh" is not. It is idempotent.
func Exact(text string) string { return join(Tokens(text), func(t Token) string { return t.Exact }) }

func join(tokens []Token, key func(Token) string) string {
	if len(tokens) == 1 {
		return key(tokens[0])
	}
	size := 0
	for _, t := range tokens {
		size += len(key(t)) + 1
	}
	var b strings.Builder
	b.Grow(size)
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(key(t))
	}
	return b.String()
}

// Tokens cuts a text at everything that is neither letter, digit nor mark. An apostrophe inside a word
// (H'Mông) disappears, "M&E" and its like stay one word, invisible format characters do not cut.
func Tokens(text string) []Token {
	out := make([]Token, 0, min(4+len(text)/8, 64))
	for at := 0; at < len(text); {
		end, ok := tokenEnd(text, at)
		if !ok {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		fold, exact := keys(text[at:end])
		if fold != "" {
			out = append(out, Token{Start: at, End: end, Fold: fold, Exact: exact})
		}
		at = end
	}
	return out
}

// tokenEnd gives where the token that starts at a byte ends; ok is false when none starts there.
func tokenEnd(text string, start int) (end int, ok bool) {
	at := start
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == utf8.RuneError && size <= 1:
			return at, at > start
		case wordRune(r):
		case at > start && invisible(r):
		case at > start && apostrophe(r) && letterAt(text, at+size) && letterBefore(text, at):
		case r == '&' && at == start+1 && plainLetter(text[start]) && loneLetterAt(text, at+size):
		default:
			return at, at > start
		}
		at += size
	}
	return at, at > start
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func invisible(r rune) bool { return r >= 0xAD && unicode.Is(unicode.Cf, r) }

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' }

func letterAt(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(at, len(text)):])
	return unicode.IsLetter(r)
}

func letterBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// loneLetterAt reports whether one plain letter stands at a byte with nothing of a word after it.
func loneLetterAt(text string, at int) bool {
	if at >= len(text) || !plainLetter(text[at]) {
		return false
	}
	r, size := utf8.DecodeRuneInString(text[at+1:])
	return size == 0 || !wordRune(r) && !apostrophe(r) && !invisible(r) && r != '&'
}

func plainLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// keys gives both keys of one token as typed.
func keys(word string) (fold, exact string) {
	if plain := asciiLower(word); plain != "" {
		key := iForY(plain)
		return key, key
	}
	if fold, exact, ok := commonKeys(word); ok {
		return fold, exact
	}
	var bare, kept, tones []rune
	for _, r := range norm.NFKC.String(strings.ToLower(norm.NFKC.String(word))) {
		p := partsOf(r)
		if p.toneless == 0 { // a mark, or a letter whose marks must be looked at one by one
			bare, kept, tones = apart(word)
			break
		}
		if !wordRune(r) && r != '&' {
			continue
		}
		bare, kept = append(bare, p.base), append(kept, p.toneless)
		if p.tone != 0 {
			tones = append(tones, p.tone)
		}
	}
	if len(bare) == 0 {
		return "", ""
	}
	exact = iForY(norm.NFC.String(string(kept)))
	if len(tones) > 0 {
		exact = norm.NFC.String(exact + string(tones))
	}
	return iForY(norm.NFC.String(string(bare))), exact
}

// apart takes a word with combining marks to pieces: letters without marks, letters with all but the tones,
// and the tones.
func apart(word string) (bare, kept, tones []rune) {
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKC.String(word))) {
		switch {
		case isTone(r):
			tones = append(tones, r)
		case unicode.IsMark(r):
			if len(kept) > 0 {
				kept = append(kept, r)
			}
		case !wordRune(r) && r != '&':
		default:
			p := partsOf(r)
			bare, kept = append(bare, p.base), append(kept, p.whole(r))
		}
	}
	return bare, kept, tones
}

// asciiLower gives the lower-case form of a word of ASCII letters and digits (and "&"), "" for any other.
func asciiLower(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf || word[i] == '\'' || word[i] == '`' {
			return ""
		}
	}
	return strings.ToLower(word)
}

// iForY writes i for y after b h k l m n t s v x, qu and th, where both spellings are in use (kỹ, kĩ).
func iForY(word string) string {
	if !strings.Contains(word, "y") {
		return word
	}
	b := []byte(word)
	for i := 1; i < len(b); i++ {
		if b[i] != 'y' {
			continue
		}
		if strings.IndexByte("bhklmntsvx", b[i-1]) >= 0 || b[i-1] == 'u' && i > 1 && b[i-2] == 'q' {
			b[i] = 'i'
		}
	}
	return string(b)
}

// letter is what a rune is made of.
// toneless is 0 for a mark and for a letter that cannot be written without its tone as one rune.
type letter struct{ base, toneless, tone rune }

func (l letter) whole(r rune) rune {
	if l.toneless == 0 {
		return r
	}
	return l.toneless
}

// latin are the ranges of the composed Latin letters: all that Vietnamese is written with in NFC.
const (
	latinEnd      = 0x250
	latinMore     = 0x1E00
	latinMoreEnd  = 0x1F00
	latinMoreSize = latinMoreEnd - latinMore
)

// latinAt gives the place of a rune in the tables of Latin letters, -1 for any other rune.
func latinAt(r rune) int {
	switch {
	case r >= 0 && r < latinEnd:
		return int(r)
	case r >= latinMore && r < latinMoreEnd:
		return latinEnd + int(r-latinMore)
	}
	return -1
}

// latin holds what each Latin letter is made of. Common letters are those whose lower case and compatible
// form are one rune each, so that no normalising is needed.
var latin, common = func() (parts [latinEnd + latinMoreSize]letter, common [latinEnd + latinMoreSize]bool) {
	for at := range parts {
		r := rune(at)
		if at >= latinEnd {
			r = latinMore + rune(at-latinEnd)
		}
		parts[at] = decompose(r)
		lower := unicode.ToLower(r)
		common[at] = wordRune(r) && parts[at].toneless != 0 && strings.ToLower(string(r)) == string(lower) &&
			norm.NFKC.String(string(r)) == string(r) && norm.NFKC.String(string(lower)) == string(lower)
	}
	return parts, common
}()

// toned gives the letter with a tone: {'ê', acute} → 'ế'.
var toned = func() map[[2]rune]rune {
	out := map[[2]rune]rune{}
	for r := rune(0); r < latinMoreEnd; r++ {
		if at := latinAt(r); at >= 0 && latin[at].tone != 0 && latin[at].toneless != 0 && latin[at].base != 0 {
			out[[2]rune{latin[at].toneless, latin[at].tone}] = r
		}
	}
	return out
}()

// commonKeys gives the keys of a word of common letters with at most one tone, which nearly all words are,
// without the normaliser.
func commonKeys(word string) (fold, exact string, ok bool) {
	var bare [32]byte
	var kept [96]byte
	n, at, tone := 0, 0, rune(0)
	for _, r := range word {
		i := latinAt(r)
		if i < 0 || !common[i] || n == len(bare) {
			return "", "", false
		}
		if i = latinAt(unicode.ToLower(r)); i < 0 {
			return "", "", false
		}
		p := latin[i]
		if p.base >= utf8.RuneSelf || p.toneless == 0 || p.tone != 0 && tone != 0 {
			return "", "", false
		}
		if p.tone != 0 {
			tone = p.tone
		}
		bare[n] = byte(p.base)
		n++
		at += utf8.EncodeRune(kept[at:], p.toneless)
	}
	fold, exact = iForY(string(bare[:n])), iForY(string(kept[:at]))
	if tone != 0 {
		last, size := utf8.DecodeLastRuneInString(exact)
		switch composed, found := toned[[2]rune{last, tone}]; {
		case found:
			exact = exact[:len(exact)-size] + string(composed)
		case last < utf8.RuneSelf: // nothing to compose with: "ưng" and a grave
			exact += string(tone)
		default:
			return "", "", false
		}
	}
	return fold, exact, true
}

func partsOf(r rune) letter {
	if at := latinAt(r); at >= 0 {
		return latin[at]
	}
	return decompose(r)
}

func isTone(r rune) bool {
	return r == 0x300 || r == 0x301 || r == 0x303 || r == 0x309 || r == 0x323
}

func decompose(r rune) letter {
	switch r {
	case 'đ', 'ð':
		return letter{base: 'd', toneless: 'đ'}
	case 'Đ', 'Ð':
		return letter{base: 'D', toneless: 'Đ'}
	}
	if isTone(r) {
		return letter{tone: r}
	}
	if unicode.IsMark(r) {
		return letter{}
	}
	if r < utf8.RuneSelf || unicode.Is(unicode.Hangul, r) {
		return letter{base: r, toneless: r}
	}
	var l letter
	kept := make([]rune, 0, 4)
	for i, p := range []rune(norm.NFD.String(string(r))) {
		switch {
		case i == 0:
			l.base, kept = p, append(kept, p)
		case isTone(p) && l.tone != 0: // two tones: no Vietnamese letter
			return letter{base: l.base}
		case isTone(p):
			l.tone = p
		default:
			kept = append(kept, p)
		}
	}
	composed := []rune(norm.NFC.String(string(kept)))
	if len(composed) != 1 || l.tone != 0 && norm.NFC.String(string(composed)+string(l.tone)) != string(r) {
		return letter{base: l.base}
	}
	l.toneless = composed[0]
	return l
}
