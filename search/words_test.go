package search_test

import (
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// TestSetLexicon adds a phrase that nobody knows, and takes it back.
func TestSetLexicon(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := openIn(t, dir)
	welder := market.Posting{Meta: market.Meta{ID: market.NewID(), Rev: 1}, Title: "Thợ hàn", Openings: 2, State: market.PostingOpen}
	zipping := market.Posting{Meta: market.Meta{ID: market.NewID(), Rev: 1}, Title: "Cần người zíp zắp khung sắt", Openings: 2, State: market.PostingOpen}
	build := func() {
		t.Helper()
		err := x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error {
			return put([]market.Posting{welder, zipping}, nil)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	finds := func(when, text string, p market.Posting, want bool) {
		t.Helper()
		got := false
		for _, h := range find(t, x, search.Query{Text: text}).Hits {
			got = got || h.ID == p.ID
		}
		if got != want {
			t.Errorf("%s: %q finds %q: got %v, want %v", when, text, p.Title, got, want)
		}
	}
	build()
	finds("before", "zíp zắp", welder, false)
	lex, err := taxonomy.Default().With([]taxonomy.Synonym{{Phrase: "zíp zắp", Kind: taxonomy.SkillConcept, ID: "han"}})
	if err != nil {
		t.Fatal(err)
	}
	set := func(lex *taxonomy.Taxonomy, version string) {
		t.Helper()
		if err := x.SetLexicon(lex, version); err != nil {
			t.Fatal(err)
		}
	}
	set(lex, "1")
	finds("at once", "zíp zắp", welder, true)
	finds("at once, without marks", "zip zap", welder, true)
	if !x.NeedsRebuild() {
		t.Error("documents read with other words do not ask to be read again")
	}
	build()
	finds("read again", "thợ hàn", zipping, true)
	if x.NeedsRebuild() {
		t.Error("documents read with the words in force ask to be read again")
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = openIn(t, dir)
	if set(lex, "1"); x.NeedsRebuild() {
		t.Error("after a restart with the same words the documents ask to be read again")
	}
	set(taxonomy.Default(), "")
	finds("taken back", "zíp zắp", welder, false)
	if !x.NeedsRebuild() {
		t.Error("taken back, the documents do not ask to be read again")
	}
	build()
	finds("taken back and read again", "thợ hàn", zipping, false)
}

// TestLexiconMovesWhileRebuilding keeps asking when the words changed after the documents had been read.
func TestLexiconMovesWhileRebuilding(t *testing.T) {
	t.Parallel()
	x := open(t)
	lex, err := taxonomy.Default().With([]taxonomy.Synonym{{Phrase: "zíp zắp", Kind: taxonomy.SkillConcept, ID: "han"}})
	if err != nil {
		t.Fatal(err)
	}
	err = x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error {
		if err := put(invented(20, 3), nil); err != nil {
			return err
		}
		return x.SetLexicon(lex, "1")
	})
	if err != nil {
		t.Fatal(err)
	}
	if !x.NeedsRebuild() {
		t.Error("an index that was read with the words before counts as read with the new ones")
	}
}
