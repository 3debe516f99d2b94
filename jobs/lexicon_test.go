package jobs

import (
	"context"
	"slices"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// follows runs the follower of a process until the test ends.
func follows(t *testing.T, ctx context.Context, r *Runner) {
	t.Helper()
	ctx, cancel := context.WithCancel(ctx)
	ready, done := make(chan struct{}), make(chan struct{})
	go func() { r.Follow(ctx, func() { close(ready) }); close(done) }()
	t.Cleanup(func() { cancel(); <-done; r.Stop(context.Background()) })
	select {
	case <-ready:
	case <-ctx.Done():
		t.Fatal("the follower is not ready")
	}
}

// finds reports whether a text finds the first welding job.
func finds(t *testing.T, r *Runner, text string, p market.ID) bool {
	t.Helper()
	res, err := r.Index.Search(t.Context(), search.Query{Centre: centre, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(res.Hits, func(h search.Hit) bool { return h.ID == p })
}

// TestSynonymInForce adds a phrase and takes it back: at once in the process that stored it, soon in the follower's
// re-read index.
func TestSynonymInForce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		defer cancel()
		r := office(t, open(), 2, 1)
		r.rereadAfter = 0
		p := meta("p", 0).ID
		said := &market.Posting{Meta: meta("said", 0), Title: "Người zíp zắp khung", Openings: 1, State: market.PostingOpen, ConfirmedOn: "2026-11-23", Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}}
		if err := r.Store.Apply(ctx, store.Put(said)); err != nil {
			t.Fatal(err)
		}
		follows(t, ctx, r)
		if finds(t, r, "zíp zắp", p) {
			t.Fatal("found before anybody said what it means")
		}
		s, err := r.Desk.AddSynonym(ctx, staff, now, "zíp zắp", "skill", "han")
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Lexicon.Refresh(ctx); err != nil { // as the page does before it answers
			t.Fatal(err)
		}
		if !finds(t, r, "zíp zắp", p) {
			t.Error("the next search does not know the phrase")
		}
		if found := r.Lexicon.Tax().FindSkills("zíp zắp", 1); len(found) != 1 || found[0].ID != "han" {
			t.Errorf("look-ups: got %v", found)
		}
		until(t, ctx, "the documents to be read again", func() bool { return !r.Index.NeedsRebuild() && finds(t, r, "thợ hàn", said.ID) })
		if _, err := r.Desk.DropSynonym(ctx, staff, now, s.ID, s.Rev); err != nil {
			t.Fatal(err)
		}
		until(t, ctx, "the phrase to be gone", func() bool { return !finds(t, r, "zíp zắp", p) && !finds(t, r, "thợ hàn", said.ID) })
	})
}

// TestSynonymInEveryProcess adds a phrase in one process and searches in another.
func TestSynonymInEveryProcess(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	uri := storetest.Mongo(t)
	connect := func() *store.Store {
		st, err := store.Open(ctx, store.Options{MongoURI: uri})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { st.Close() })
		return st
	}
	r := office(t, connect(), 2, 1)
	p := meta("p", 0).ID
	index, err := search.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	st := connect()
	other, err := NewRunner(Config{Centre: centre, Store: st, Desk: casework.New(st, taxonomy.Default()), Tax: taxonomy.Default(), Index: index, Now: r.Now, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	follows(t, ctx, r)
	follows(t, ctx, other)
	s, err := r.Desk.AddSynonym(ctx, staff, now, "zíp zắp", "skill", "han")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	until(t, ctx, "the other process to know the phrase", func() bool { return finds(t, other, "zíp zắp", p) })
	t.Logf("known in the other process after %v", time.Since(began).Round(time.Millisecond))
	if _, err := r.Desk.DropSynonym(ctx, staff, now, s.ID, s.Rev); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	until(t, ctx, "the other process to forget it", func() bool { return !finds(t, other, "zíp zắp", p) })
	t.Logf("forgotten after %v", time.Since(began).Round(time.Millisecond))
}
