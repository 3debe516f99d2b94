package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Index answers searches from one folder. All methods are safe for concurrent use.
type Index struct {
	dir   string
	hash  string
	words atomic.Pointer[words]
	lock  *os.File
	stale atomic.Bool // NeedsRebuild

	current atomic.Pointer[generation]

	writing    sync.Mutex        // one writer at a time; guards journal
	journal    map[string]change // what was written while a rebuild runs, nil otherwise
	rebuilding sync.Mutex
	retiring   sync.WaitGroup // generations that were replaced and wait for their last search; added to under writing
}

// change is the last thing that happened to an id: a document to put, or nil for removed.
type change struct{ doc document }

// Open opens the index in dir, making the folder when there is none. An index that is damaged, or of another
// mapping and unreadable by this build, is replaced by an empty one and NeedsRebuild becomes true. One that is
// locked by another process gives Unavailable "error.index.locked" at once; a folder that may not be read or
// written gives Unavailable "error.index.permission" and is left as it is.
func Open(dir string) (*Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, fmt.Errorf("build mapping: %w", err)
	}
	hash, err := mappingHash(m)
	if err != nil {
		return nil, fmt.Errorf("hash mapping: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, refusal(err, "open index folder", dir)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	x := &Index{dir: dir, hash: hash, lock: lock}
	x.words.Store(newWords(taxonomy.Default(), ""))
	if err := x.openNewest(); err != nil {
		lock.Close()
		return nil, err
	}
	return x, nil
}

// openNewest opens the newest complete generation of this mapping, else the newest of another that this build
// can still read, else a new one; and deletes the others.
func (x *Index) openNewest() error {
	found, err := generations(x.dir)
	if err != nil {
		return refusal(err, "list index folder", x.dir)
	}
	var g *generation
	for _, f := range ordered(found, x.hash) {
		g, err = openGeneration(f.path)
		if err == nil {
			x.stale.Store(f.hash != x.hash)
			break
		}
		if errors.Is(err, os.ErrPermission) || errors.Is(err, errLocked) {
			return refusal(err, "open index", f.path)
		}
	}
	if g == nil {
		x.stale.Store(true)
		if g, err = newGeneration(x.dir, x.hash); err != nil {
			return refusal(err, "make index", x.dir)
		}
		if err = g.complete(); err != nil {
			g.retire(true)
			return refusal(err, "make index", x.dir)
		}
	}
	x.current.Store(g)
	for _, f := range found {
		if f.path != g.path {
			os.RemoveAll(f.path)
		}
	}
	if x.stale.Load() {
		return refusal(mark(g.path, staleMark), "mark index", g.path)
	}
	x.stale.Store(marked(g.path, staleMark) || !g.intact())
	return nil
}

// refusal turns errors of the file system into what a person can act on.
func refusal(err error, doing, path string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, os.ErrPermission):
		return &market.Error{Kind: market.Unavailable, Key: "error.index.permission", Args: []any{filepath.ToSlash(path)}, Cause: err}
	case errors.Is(err, errLocked):
		return &market.Error{Kind: market.Unavailable, Key: "error.index.locked", Args: []any{filepath.ToSlash(path)}, Cause: err}
	}
	return fmt.Errorf("%s %s: %w", doing, path, err)
}

// NeedsRebuild reports whether the index is not known to hold what the store holds: it is new, was damaged,
// has an older mapping, or was read with other words than those in force. It answers searches all the same, with
// what it has.
func (x *Index) NeedsRebuild() bool { return x.stale.Load() }

// Answers reports whether it is worth asking: an index that is new or was damaged finds nothing until it has been built.
func (x *Index) Answers() bool {
	if !x.stale.Load() {
		return true
	}
	g, release, err := x.hold()
	if err != nil {
		return false
	}
	defer release()
	n, err := g.bleve.DocCount()
	return err == nil && n > 0
}

// Close waits for running searches, and until what a rebuild replaced is deleted, and frees the folder.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	var err error
	if g := x.current.Swap(nil); g != nil {
		err = g.retire(false)
	}
	x.retiring.Wait()
	if x.lock != nil {
		x.lock.Close()
		x.lock = nil
	}
	return err
}

var errClosed = market.Fail(market.Unavailable, "error.index.closed")

// hold gives the current generation, which stays open until release.
func (x *Index) hold() (g *generation, release func(), err error) {
	for {
		g := x.current.Load()
		if g == nil {
			return nil, nil, errClosed
		}
		g.using.RLock()
		if !g.closed {
			return g, g.using.RUnlock, nil
		}
		g.using.RUnlock() // swapped in between: take the new one
	}
}

// Count gives how many documents of each kind are in the index, whatever their state.
func (x *Index) Count() (postings, workers int) {
	err := x.each(context.Background(), func(t *table, doc uint32) {
		if t.worker(doc) {
			workers++
		} else {
			postings++
		}
	})
	if err != nil {
		return 0, 0
	}
	return postings, workers
}

// Stamps gives the revision of every document in the index, for comparing with the store.
func (x *Index) Stamps(ctx context.Context) (map[market.ID]int64, error) {
	out := map[market.ID]int64{}
	err := x.each(ctx, func(t *table, doc uint32) { out[market.ID(t.id(doc))] = t.rev[doc] })
	return out, err
}
