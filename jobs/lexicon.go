package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// Lexicon keeps the phrases that staff have added in force, in one process. The stored synonyms are the truth; every
// process reads them again when its follower hears that one has changed, within about a second, and the one that
// stored it reads them before it answers. At once after that: typed searches and the look-ups of forms. After the next
// re-reading of the index, which the follower begins by itself: postings and people in whose text the phrase stands.
type Lexicon struct {
	st      *store.Store
	centre  market.ID
	base    *taxonomy.Taxonomy
	index   *search.Index // nil: none is kept
	log     *slog.Logger
	now     atomic.Pointer[taxonomy.Taxonomy]
	reading sync.Mutex // an older reading never wins over a newer one; guards version
	version string
}

// NewLexicon gives the words of the program alone; Refresh adds those of the centre.
func NewLexicon(st *store.Store, index *search.Index, base *taxonomy.Taxonomy, centre market.ID, log *slog.Logger) *Lexicon {
	l := &Lexicon{st: st, index: index, base: base, centre: centre, log: log}
	l.now.Store(base)
	return l
}

// Tax gives the words in force.
func (l *Lexicon) Tax() *taxonomy.Taxonomy { return l.now.Load() }

// Refresh reads the stored synonyms and puts them in force where that has not been done. One that no longer names
// anything in the lists is left out and logged.
func (l *Lexicon) Refresh(ctx context.Context) error {
	l.reading.Lock()
	defer l.reading.Unlock()
	var all []taxonomy.Synonym
	sum := sha256.New()
	err := store.Each(ctx, l.st, l.centre, func(s market.Synonym) error {
		if err := s.Validate(l.base); err != nil {
			l.log.Warn("a synonym names nothing that is known", "synonym", s.ID)
			return nil
		}
		all = append(all, taxonomy.Synonym{Phrase: s.Phrase, Kind: taxonomy.ConceptKind(s.Kind), ID: s.Of})
		fmt.Fprintf(sum, "%q %s %s\n", s.Phrase, s.Kind, s.Of)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read synonyms: %w", err)
	}
	version, tax := "", l.base
	if len(all) > 0 {
		version = hex.EncodeToString(sum.Sum(nil)[:8])
	}
	if version == l.version {
		return nil
	}
	if len(all) > 0 {
		if tax, err = l.base.With(all); err != nil {
			return fmt.Errorf("put synonyms in force: %w", err)
		}
	}
	if l.index != nil {
		if err := l.index.SetLexicon(tax, version); err != nil {
			return fmt.Errorf("put synonyms in force: %w", err)
		}
	}
	l.now.Store(tax)
	l.version = version
	l.log.Info("synonyms in force", "count", len(all))
	return nil
}

// rereadAfter is how long the re-reading of the index waits for further phrases: who works at the desk adds several.
const rereadAfter = 15 * time.Second

// reread reads the documents again beside the running index, when that is known to be read with other words; it does
// not wait for it. Asked again meanwhile, it does not begin a second time.
func (r *Runner) reread(ctx context.Context) {
	if r.Index == nil || !r.Index.NeedsRebuild() || !r.rereading.CompareAndSwap(false, true) {
		return
	}
	if r.begin() != nil { // the next start compares the index with the records
		r.rereading.Store(false)
		return
	}
	go func() {
		defer r.running.Done()
		defer r.rereading.Store(false)
		for r.Index.NeedsRebuild() {
			select {
			case <-time.After(r.rereadAfter):
			case <-ctx.Done():
				return
			}
			if err := RebuildIndex(ctx, r.Store, r.Index, r.Centre, nil); err != nil {
				if ctx.Err() == nil {
					r.Log.Error("reading the index again failed", "err", err)
				}
				return
			}
		}
	}()
}
