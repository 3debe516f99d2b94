package search

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// batchSize is how many documents go into one batch, and so into one segment: fewer cost a dictionary and a disk write
// each and merging later, more cost memory (about 20 KB a document while it is built).
const batchSize = 4000

// op is one write: a document under its id, or nil to remove it.
type op struct {
	id  string
	doc document
}

// PutPostings puts postings into the index, replacing older versions. It returns when searches see them.
func (x *Index) PutPostings(ctx context.Context, postings []market.Posting) error {
	ops := make([]op, len(postings))
	for i := range postings {
		ops[i] = op{string(postings[i].ID), ofPosting(&postings[i], x.lexicon())}
	}
	return x.apply(ctx, ops)
}

// PutWorkers puts workers into the index, replacing older versions. Merged, withdrawn and anonymised people are
// removed instead: nothing of theirs may be found.
func (x *Index) PutWorkers(ctx context.Context, workers []market.Worker) error {
	ops := make([]op, len(workers))
	for i := range workers {
		ops[i] = workerOp(&workers[i], x.lexicon())
	}
	return x.apply(ctx, ops)
}

func workerOp(w *market.Worker, lex *taxonomy.Taxonomy) op {
	switch w.State {
	case market.WorkerMerged, market.WorkerWithdrawn, market.WorkerAnonymised:
		return op{id: string(w.ID)}
	}
	return op{string(w.ID), ofWorker(w, lex)}
}

// Remove takes documents out of the index; ids that are not in it change nothing.
func (x *Index) Remove(ctx context.Context, ids ...market.ID) error {
	ops := make([]op, len(ids))
	for i, id := range ids {
		ops[i] = op{id: string(id)}
	}
	return x.apply(ctx, ops)
}

// apply writes to the current generation, and remembers it for the one being built.
func (x *Index) apply(ctx context.Context, ops []op) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	g, release, err := x.hold()
	if err != nil {
		return err
	}
	defer release()
	if x.journal != nil {
		for _, o := range ops {
			x.journal[o.id] = change{o.doc}
		}
	}
	return g.write(ctx, ops)
}

// write applies the operations in batches. A panic inside Bleve is an error.
func (g *generation) write(ctx context.Context, ops []op) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("write index: %w: %v", errDamaged, p)
		}
	}()
	for len(ops) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(batchSize, len(ops))
		batch := g.bleve.NewBatch()
		for _, o := range ops[:n] {
			if o.id == "" {
				continue
			}
			if o.doc == nil {
				batch.Delete(o.id)
			} else if err := batch.Index(o.id, o.doc); err != nil {
				return fmt.Errorf("index document %s: %w", o.id, err)
			}
		}
		if err := g.bleve.Batch(batch); err != nil {
			return fmt.Errorf("write index: %w", err)
		}
		ops = ops[n:]
	}
	return nil
}

// Rebuild builds a new index beside the current one and swaps them; searches are answered by the old one
// until then and by the new one after, without a gap. fill calls put as often as it likes with all that the
// store holds; what Put and Remove bring meanwhile wins over it. On an error the old index stays.
func (x *Index) Rebuild(ctx context.Context, fill func(put func(postings []market.Posting, workers []market.Worker) error) error) error {
	x.rebuilding.Lock()
	defer x.rebuilding.Unlock()
	x.startJournal()
	defer x.stopJournal()
	g, err := newGeneration(x.dir, x.hash)
	if err != nil {
		return refusal(err, "make index", x.dir)
	}
	words := x.words.Load()
	err = x.fill(ctx, g, words, fill)
	if err == nil {
		err = g.probe()
	}
	if err == nil {
		err = x.swap(ctx, g, words)
	}
	if err != nil {
		g.retire(true)
		return fmt.Errorf("rebuild index: %w", err)
	}
	return nil
}

// fill puts documents into a generation: those at hand are prepared on all processors while those before them are
// written.
func (x *Index) fill(ctx context.Context, g *generation, words *words, source func(put func([]market.Posting, []market.Worker) error) error) error {
	batches := make(chan []op)
	writers := runtime.GOMAXPROCS(0) // every id comes once, so that the batches may overtake each other
	written := make(chan error, writers)
	for range writers {
		go func() {
			var err error
			for ops := range batches {
				if err == nil {
					err = g.write(ctx, ops)
				}
			}
			written <- err
		}()
	}
	var waiting []op
	err := source(func(postings []market.Posting, workers []market.Worker) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		for from := 0; from < len(postings); from += batchSize {
			part := postings[from:min(from+batchSize, len(postings))]
			waiting = append(waiting, prepare(len(part), func(i int) op { return op{string(part[i].ID), ofPosting(&part[i], words.lex)} })...)
			waiting = send(batches, waiting)
		}
		for from := 0; from < len(workers); from += batchSize {
			part := workers[from:min(from+batchSize, len(workers))]
			waiting = append(waiting, prepare(len(part), func(i int) op { return workerOp(&part[i], words.lex) })...)
			waiting = send(batches, waiting)
		}
		return nil
	})
	if err == nil {
		batches <- waiting
	}
	close(batches)
	for range writers {
		err = errors.Join(err, <-written)
	}
	return err
}

// send passes on what fills a batch.
func send(batches chan<- []op, waiting []op) []op {
	if len(waiting) < batchSize {
		return waiting
	}
	batches <- waiting
	return nil
}

// prepare makes n operations on all processors.
func prepare(n int, make1 func(i int) op) []op {
	out := make([]op, n)
	var all sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				out[i] = make1(int(i))
			}
		})
	}
	all.Wait()
	return out
}

func (x *Index) startJournal() {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.journal = map[string]change{}
}

func (x *Index) stopJournal() {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.journal = nil
}

// swap replays what was written meanwhile and makes g the current generation.
func (x *Index) swap(ctx context.Context, g *generation, words *words) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.current.Load() == nil {
		return errClosed
	}
	ops := make([]op, 0, len(x.journal))
	for id, c := range x.journal {
		ops = append(ops, op{id, c.doc})
	}
	if err := g.write(ctx, ops); err != nil {
		return err
	}
	if err := g.setWordsVersion(words.version); err != nil {
		return err
	}
	outdated := x.words.Load().version != words.version // changed while the documents were read
	if outdated {
		if err := mark(g.path, staleMark); err != nil {
			return err
		}
	}
	if err := g.complete(); err != nil {
		return err
	}
	old := x.current.Swap(g)
	x.stale.Store(outdated)
	x.retiring.Go(func() { old.retire(true) }) // when its last search has ended
	return nil
}
