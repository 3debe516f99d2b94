package search

import (
	"regexp"
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
)

// What keyboards leave behind: VNI digits and Telex letters that no program turned into marks, and words typed
// without a space between them.

// syllable is the shape of a Vietnamese syllable without its marks.
var syllable = regexp.MustCompile(`^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(uye|uya|uyu|uoi|uou|ieu|yeu|oai|oay|oao|oeo|uay|uay|iu|ia|ie|ai|ao|au|ay|eo|eu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])(ch|ng|nh|[cmnpt])?$`)

// spelled reports whether a folded word can be a Vietnamese syllable.
func spelled(fold string) bool { return syllable.MatchString(fold) }

var (
	vniMarks   = map[rune]map[rune]rune{'6': {'a': 'â', 'e': 'ê', 'o': 'ô'}, '7': {'o': 'ơ', 'u': 'ư'}, '8': {'a': 'ă'}, '9': {'d': 'đ'}}
	vniTones   = map[rune]rune{'1': 0x301, '2': 0x300, '3': 0x309, '4': 0x303, '5': 0x323}
	telexTones = map[rune]rune{'s': 0x301, 'f': 0x300, 'r': 0x309, 'x': 0x303, 'j': 0x323}
)

// fromVNI reads a word typed with VNI digits: "d9ie6n5" is "điện". ok is false for anything else.
func fromVNI(word string) (out string, ok bool) {
	letters, tone := []rune{}, rune(0)
	for _, r := range strings.ToLower(word) {
		switch {
		case vniTones[r] != 0 && tone == 0:
			tone = vniTones[r]
		case vniMarks[r] != nil:
			at := len(letters) - 1
			for at >= 0 && vniMarks[r][letters[at]] == 0 {
				at--
			}
			if at < 0 {
				return "", false
			}
			letters[at] = vniMarks[r][letters[at]]
			if r == '7' && letters[at] == 'ơ' && at > 0 && letters[at-1] == 'u' && (at < 2 || letters[at-2] != 'q') {
				letters[at-1] = 'ư' // "uo7" is ươ
			}
		case 'a' <= r && r <= 'z':
			letters = append(letters, r)
		default:
			return "", false
		}
	}
	return finished(word, letters, tone, strings.ContainsAny(word, "123456789"))
}

// fromTelex reads a word typed with Telex letters: "thowj" is "thợ", "coong" is "công". ok is false for anything else.
func fromTelex(word string) (out string, ok bool) {
	in := []rune(strings.ToLower(word))
	letters, tone, changed := []rune{}, rune(0), false
	for i, r := range in {
		last := len(letters) - 1
		vowel := slices.IndexFunc(letters, isVowel) >= 0
		switch {
		case r == 'd' && i > 0 && slices.Contains(letters, 'd') && letters[0] == 'd':
			letters[0], changed = 'đ', true
		case (r == 'a' || r == 'e' || r == 'o') && slices.Contains(letters, r):
			at := slices.Index(letters, r)
			letters[at], changed = vniMarks['6'][r], true
		case r == 'w' && vowel:
			changed = horn(letters) || changed
		case r == 'w':
			letters, changed = append(letters, 'ư'), true
		case telexTones[r] != 0 && vowel && tone == 0 && last >= 0:
			tone, changed = telexTones[r], true
		case 'a' <= r && r <= 'z':
			letters = append(letters, r)
		default:
			return "", false
		}
	}
	return finished(word, letters, tone, changed)
}

// horn puts the mark of Telex "w" on the last letter that takes one.
func horn(letters []rune) bool {
	marks := map[rune]rune{'a': 'ă', 'o': 'ơ', 'u': 'ư'}
	for at := len(letters) - 1; at >= 0; at-- {
		if m := marks[letters[at]]; m != 0 {
			letters[at] = m
			if m == 'ơ' && at > 0 && letters[at-1] == 'u' && (at < 2 || letters[at-2] != 'q') {
				letters[at-1] = 'ư'
			}
			return true
		}
	}
	return false
}

func isVowel(r rune) bool { return strings.ContainsRune("aăâeêioôơuưy", r) }

// finished puts the tone on its vowel; ok when something was decoded and a syllable came out.
func finished(word string, letters []rune, tone rune, changed bool) (string, bool) {
	plain := string(letters)
	if !changed || len(letters) < 2 || !spelled(taxonomy.Fold(plain)) {
		return "", false
	}
	if tone != 0 {
		at := toneAt(letters)
		letters = slices.Insert(letters, at+1, tone)
	}
	return taxonomy.CleanLine(string(letters)), true
}

// toneAt gives the vowel that carries the tone: the one with a mark of its own, else the last before a final
// consonant, else the first of two and the middle of three.
func toneAt(letters []rune) int {
	first, last := -1, -1
	for i, r := range letters {
		if !isVowel(r) {
			if first >= 0 {
				break
			}
			continue
		}
		next := i+1 < len(letters) && isVowel(letters[i+1])
		if i == 1 && next && (r == 'u' && letters[0] == 'q' || r == 'i' && letters[0] == 'g') {
			continue // qu-, gi-
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	for i := last; i >= first; i-- {
		if strings.ContainsRune("ăâêôơư", letters[i]) {
			return i
		}
	}
	switch {
	case last < len(letters)-1:
		return last
	case last-first == 2:
		return first + 1
	}
	return first
}

// fromChat reads the letters that people write to each other in messages: "fê" is "phê".
func fromChat(word string) (out string, ok bool) {
	lower := strings.ToLower(word)
	out = strings.NewReplacer("f", "ph", "z", "d", "j", "gi", "w", "qu").Replace(lower)
	return out, out != lower && spelled(taxonomy.Fold(out))
}

// decoded gives the text with every word decoded that a keyboard left undone, "" when there is none. Digits are decoded
// wherever a syllable comes out ("B2" does not, "ha2n" does).
func decoded(text string, known func(taxonomy.Token) bool) string {
	var out strings.Builder
	at, changed := 0, false
	for _, t := range taxonomy.Tokens(text) {
		word := text[t.Start:t.End]
		to, ok := "", false
		switch {
		case known(t):
		case t.Marked() && !spelled(t.Fold):
			to, ok = fromChat(word)
		case t.Marked():
		case strings.ContainsAny(word, "123456789"):
			to, ok = fromVNI(word)
		default: // in no document as it is
			if to, ok = fromTelex(word); !ok && !spelled(t.Fold) {
				to, ok = fromChat(word)
			}
		}
		if ok {
			out.WriteString(text[at:t.Start] + to)
			at, changed = t.End, true
		}
	}
	if !changed {
		return ""
	}
	return out.String() + text[at:]
}

// leastRunTogether is how many letters two syllables have at least that were typed as one word.
const leastRunTogether = 4

// spaced gives the text with words cut into syllables that were typed without spaces, where the cut makes a phrase that
// is known: "thohan" is "tho han". "" when there is none.
func spaced(text string, lex *taxonomy.Taxonomy) string {
	var out strings.Builder
	at, changed := 0, false
	for _, t := range taxonomy.Tokens(text) {
		if len(t.Fold) < leastRunTogether || spelled(t.Fold) {
			continue
		}
		if cut := cutUp(t.Fold, lex); cut != "" {
			out.WriteString(text[at:t.Start] + cut)
			at, changed = t.End, true
		}
	}
	if !changed {
		return ""
	}
	return out.String() + text[at:]
}

// cutUp gives the way to cut a word into syllables that makes a known phrase of all of them, the one of fewest syllables.
func cutUp(word string, lex *taxonomy.Taxonomy) string {
	best := ""
	for _, cut := range cuts(word, 6, nil) {
		if best != "" && strings.Count(cut, " ") >= strings.Count(best, " ") {
			continue
		}
		for _, c := range lex.Recognise(cut) {
			if c.Kind != taxonomy.PlaceConcept && c.Start == 0 && c.End == len(cut) {
				best = cut
				break
			}
		}
	}
	return best
}

// cuts gives the ways to cut a word into at most n syllables.
func cuts(word string, n int, head []string) []string {
	if word == "" {
		return []string{strings.Join(head, " ")}
	}
	if n == 0 {
		return nil
	}
	var out []string
	for size := min(len(word), 7); size > 0 && len(out) < 200; size-- {
		if spelled(word[:size]) {
			out = append(out, cuts(word[size:], n-1, append(slices.Clip(head), word[:size]))...)
		}
	}
	return out
}
