package search

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

	"noiviec/internal/taxonomy"
)

// cut is a text as its fields hold it: keys between single spaces.
type cut struct{ fold, exact, sticky string }

// cutText gives the keys of a text. Abbreviations get their long form behind them, so that either finds the
// other. Two neighbouring syllables without punctuation between them also become one sticky key.
func cutText(text string) cut {
	var fold, exact, sticky strings.Builder
	tokens := taxonomy.Tokens(text)
	add := func(t taxonomy.Token) {
		fold.WriteString(t.Fold + " ")
		exact.WriteString(t.Exact + " ")
	}
	for i, t := range tokens {
		add(t)
		if i+1 < len(tokens) && strings.TrimSpace(text[t.End:tokens[i+1].Start]) == "" {
			sticky.WriteString(t.Fold + tokens[i+1].Fold + " ")
		}
	}
	for _, t := range tokens {
		for _, long := range abbreviations()[t.Fold] {
			for _, l := range long {
				add(l)
			}
		}
	}
	return cut{strings.TrimSpace(fold.String()), strings.TrimSpace(exact.String()), strings.TrimSpace(sticky.String())}
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
