package search_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/search"
)

// TestCloseLeavesOneIndex: the index that a rebuild replaced is gone when Close returns, not some time later, when the
// folder may be copied or opened by somebody else.
func TestCloseLeavesOneIndex(t *testing.T) {
	t.Parallel()
	all := invented(20, 7)
	for range 10 {
		dir := t.TempDir()
		x := openIn(t, dir)
		for range 3 {
			err := x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error { return put(all, nil) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		left, err := filepath.Glob(filepath.Join(dir, "*-*"))
		if err != nil || len(left) != 1 {
			t.Fatalf("got %v, %v, want one index", left, err)
		}
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := openIn(t, dir)
	if !x.NeedsRebuild() {
		t.Error("a new index does not ask to be built")
	}
	all := invented(200, 7)
	err := x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error { return put(all, nil) })
	if err != nil {
		t.Fatal(err)
	}
	before := ids(find(t, x, search.Query{Text: "tuyển", Limit: 100}))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	y := openIn(t, dir)
	if y.NeedsRebuild() {
		t.Error("a built index asks to be built again")
	}
	if d := cmp.Diff(before, ids(find(t, y, search.Query{Text: "tuyển", Limit: 100}))); d != "" {
		t.Error(d)
	}
}

func TestSecondOpener(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := openIn(t, dir)
	put(t, x, invented(10, 8))
	start := time.Now()
	_, err := search.Open(dir)
	if !errors.Is(err, &market.Error{Kind: market.Unavailable, Key: "error.index.locked"}) || time.Since(start) > 3*time.Second {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	if n, _ := x.Count(); n != 10 {
		t.Errorf("the first lost documents: %d", n)
	}
}

// TestSwapUnderSearches rebuilds while searches and writes go on: no search fails, none sees an empty index,
// and what was written meanwhile is there after.
func TestSwapUnderSearches(t *testing.T) {
	t.Parallel()
	x := open(t)
	all := invented(300, 9)
	put(t, x, all)
	var done atomic.Bool
	var searched atomic.Int64
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for !done.Load() {
				r, err := x.Search(ctx, search.Query{Today: today, Facets: true})
				if err != nil || r.Total == 0 {
					t.Errorf("search failed during the swap: %d, %v", r.Total, err)
					return
				}
				searched.Add(1)
			}
		})
	}
	for round := range 5 {
		err := x.Rebuild(ctx, func(add func([]market.Posting, []market.Worker) error) error {
			late := market.Posting{Meta: market.Meta{ID: market.ID(fmt.Sprintf("late%d", round))}, Title: "Việc muộn", Openings: 1, State: market.PostingOpen}
			if err := errors.Join(add(all[:150], nil), x.PutPostings(ctx, []market.Posting{late}), x.Remove(ctx, all[149].ID)); err != nil {
				return err
			}
			return add(all[149:], nil) // brings the removed one again, out of an older read
		})
		if err != nil {
			t.Fatal(err)
		}
		stamps, _ := x.Stamps(ctx)
		_, late := stamps[market.ID(fmt.Sprintf("late%d", round))]
		_, removed := stamps[all[149].ID]
		if !late || removed || len(stamps) != len(all) {
			t.Errorf("round %d: late %v, removed %v, %d documents", round, late, removed, len(stamps))
		}
	}
	done.Store(true)
	wait.Wait()
	if searched.Load() < 20 {
		t.Errorf("only %d searches ran", searched.Load())
	}
}

func TestFailedRebuildKeepsTheOld(t *testing.T) {
	t.Parallel()
	x := open(t)
	put(t, x, invented(30, 10))
	broken := errors.New("store is away")
	if err := x.Rebuild(ctx, func(func([]market.Posting, []market.Worker) error) error { return broken }); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if n, _ := x.Count(); n != 30 {
		t.Errorf("got %d, want 30", n)
	}
}
