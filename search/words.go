package search

import (
	"os"
	"path/filepath"
	"sync"

	"noiviec/internal/taxonomy"
)

// words are what texts are read with, and the names that a mistyped text may have meant.
type words struct {
	lex     *taxonomy.Taxonomy
	version string
	names   func() []spelling // made when first asked
}

func newWords(lex *taxonomy.Taxonomy, version string) *words {
	return &words{lex, version, sync.OnceValue(func() []spelling { return spellings(lex) })}
}

func (x *Index) lexicon() *taxonomy.Taxonomy { return x.words.Load().lex }

// Lexicon gives what queries are read with.
func (x *Index) Lexicon() *taxonomy.Taxonomy { return x.lexicon() }

// SetLexicon changes the words that texts are read with; version names them, "" those of the program itself.
//
// At once, without a lock that a search would wait for: every query that begins after it is read with the new words,
// and so is every document that is put after it. Later: documents that are in the index already were read with the
// words before; when those were of another version NeedsRebuild becomes true, also after a restart, and Rebuild reads
// them again. Until then a new phrase finds what is known to be about its concept, not yet what only says the phrase.
func (x *Index) SetLexicon(lex *taxonomy.Taxonomy, version string) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.words.Store(newWords(lex, version))
	g, release, err := x.hold()
	if err != nil {
		return err
	}
	defer release()
	if g.wordsVersion() == version {
		return nil
	}
	x.stale.Store(true)
	return refusal(mark(g.path, staleMark), "mark index", g.path)
}

// wordsFile names the words that a generation's documents were read with; none is the program's own.
const wordsFile = "words"

func (g *generation) wordsVersion() string {
	raw, err := os.ReadFile(filepath.Join(g.path, wordsFile))
	if err != nil {
		return ""
	}
	return string(raw)
}

func (g *generation) setWordsVersion(version string) error {
	if version == "" {
		return nil
	}
	return os.WriteFile(filepath.Join(g.path, wordsFile), []byte(version), 0o600)
}
