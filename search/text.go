package search

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

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

// addText adds the keys of a text. Abbreviations get their long form, so that either finds the other. Neighbours
// with nothing but space between them are a pair.
func (k *keys) addText(text string) {
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
		for _, long := range abbreviations()[t.Fold] {
			k.addPhrase(long)
		}
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

//go:embed data/abbreviations.csv
var abbreviationFile string

// abbreviations gives the long forms of an abbreviation's folded key. Those with several meanings, or with
// one only in some place or trade, are left out: a wrong long form is worse than none.
var abbreviations = sync.OnceValue(func() map[string][][]taxonomy.Token {
	out := map[string][][]taxonomy.Token{}
	rows, err := csv.NewReader(strings.NewReader(abbreviationFile)).ReadAll()
	if err != nil {
		panic(err) // embedded
	}
	for _, r := range rows[1:] {
		key, meaning, note := r[1], r[2], r[3]
		if len(key) < 2 || strings.ContainsAny(meaning, "/?,…") || strings.Contains(note, "only") || strings.Contains(note, "ambiguous") || strings.Contains(note, "clashes") {
			continue
		}
		meaning, _, _ = strings.Cut(meaning, "(")
		if long := taxonomy.Tokens(meaning); len(long) > 1 {
			out[key] = append(out[key], long)
		}
	}
	return out
})
