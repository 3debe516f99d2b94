package search

import (
	"strings"

	"noiviec/internal/taxonomy"
)

// Kinds of keys, by their first letter. A folded syllable has none: "han".
const (
	exactKey = "=" // "=hàn": the syllable with its marks
	bareKey  = "~" // "~han": the syllable in a text without any marks, where "han" may be "hàn"
	pairKey  = "+" // "+thohan": two syllables side by side, folded; also how "thohan" typed in one word is found
)

// keys gathers the keys of one field, each once.
type keys struct {
	seen map[string]bool
	out  strings.Builder
}

func newKeys() *keys { return &keys{seen: map[string]bool{}} }

func (k *keys) add(prefix, key string) {
	key = prefix + key
	if k.seen[key] {
		return
	}
	k.seen[key] = true
	k.out.WriteString(key)
	k.out.WriteByte(' ')
}

func (k *keys) String() string { return strings.TrimSuffix(k.out.String(), " ") }

// addText adds the keys of a text. Short forms get what they mean there, so that either finds the other. Neighbours
// with nothing but space between them are a pair.
func (k *keys) addText(text string, lex *taxonomy.Taxonomy) {
	tokens := taxonomy.Tokens(text)
	bare := true
	for _, t := range tokens {
		bare = bare && !t.Marked()
	}
	for i, t := range tokens {
		k.addToken(t, bare)
		if i+1 < len(tokens) && beside(text, t, tokens[i+1]) {
			k.addPair(t, tokens[i+1])
		}
	}
	for _, a := range lex.Abbreviations(text) {
		k.addPhrase(taxonomy.Tokens(a.Meaning))
	}
}

func (k *keys) addPhrase(tokens []taxonomy.Token) {
	for i, t := range tokens {
		k.addToken(t, false)
		if i > 0 {
			k.addPair(tokens[i-1], t)
		}
	}
}

func (k *keys) addToken(t taxonomy.Token, bare bool) {
	k.add("", t.Fold)
	k.add(exactKey, t.Exact)
	if bare {
		k.add(bareKey, t.Fold)
	}
}

func (k *keys) addPair(a, b taxonomy.Token) { k.add(pairKey, a.Fold+b.Fold) }

// beside reports whether only space stands between two tokens.
func beside(text string, a, b taxonomy.Token) bool {
	return strings.TrimSpace(text[a.End:b.Start]) == ""
}
