package search

import (
	"bytes"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// spaces is the name of the tokenizer that cuts keys at single spaces. Bleve's own looks at every letter's class, which
// is a good part of building an index of text that is already cut.
const spaces = "noiviec_spaces"

type spaceTokenizer struct{}

func init() {
	err := registry.RegisterTokenizer(spaces, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) { return spaceTokenizer{}, nil })
	if err != nil {
		panic(err) // the name is taken
	}
}

func (spaceTokenizer) Tokenize(input []byte) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, bytes.Count(input, []byte{' '})+1)
	tokens := make([]analysis.Token, cap(out))
	for at := 0; at < len(input); {
		end := len(input)
		if i := bytes.IndexByte(input[at:], ' '); i >= 0 {
			end = at + i
		}
		if end > at {
			t := &tokens[len(out)]
			*t = analysis.Token{Term: input[at:end], Start: at, End: end, Position: len(out) + 1, Type: analysis.AlphaNumeric}
			out = append(out, t)
		}
		at = end + 1
	}
	return out
}
