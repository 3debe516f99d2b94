package matcher

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// BatchOptions say how to rank many rows.
type BatchOptions struct {
	Options
	Parallel int // goroutines; 0 is one a processor. The result is the same for any number.
	// Progress is told how many rows of how many are done, from any goroutine, never twice at once.
	Progress func(done, total int)
}

// Lists holds the lists of a range of rows, packed.
type Lists struct {
	from   int32
	k      int
	counts []uint32
	rows   []int32
	scores []uint8
	drops  []Drops
}

// newLists makes room for the lists of a range, each of k at most; others is how many there are to list.
func newLists(from, to int32, others int, o Options) *Lists {
	n, k := int(to-from), min(o.k(), others)
	l := &Lists{from: from, k: k, counts: make([]uint32, n), rows: make([]int32, n*k), scores: make([]uint8, n*k)}
	if o.Counts {
		l.drops = make([]Drops, n)
	}
	return l
}

func (l *Lists) put(row int32, list []candidate, drops Drops) {
	at := int(row - l.from)
	l.counts[at] = uint32(len(list))
	for i, c := range list {
		l.rows[at*l.k+i], l.scores[at*l.k+i] = c.row, c.score
	}
	if l.drops != nil {
		l.drops[at] = drops
	}
}

// Len gives the length of the list of one row.
func (l *Lists) Len(row int32) int { return int(l.counts[row-l.from]) }

// Hit gives the i-th best of the list of one row.
func (l *Lists) Hit(row int32, i int) Hit {
	at := int(row-l.from)*l.k + i
	return Hit{l.rows[at], int(l.scores[at])}
}

// Ranking gives the list of one row as RankWorker or RankPosting would.
func (l *Lists) Ranking(row int32) Ranking {
	var r Ranking
	for i := range l.Len(row) {
		r.Hits = append(r.Hits, l.Hit(row, i))
	}
	if l.drops != nil {
		r.Drops = l.drops[row-l.from]
	}
	return r
}

// RankWorkers makes the lists of the workers from row from up to, not including, to.
func (m *Market) RankWorkers(ctx context.Context, from, to int32, o BatchOptions) (*Lists, error) {
	if from < 0 || to < from || int(to) > m.Workers() {
		return nil, fmt.Errorf("rank workers %d to %d of %d", from, to, m.Workers())
	}
	lists := newLists(from, to, m.Postings(), o.Options)
	p := newProgress(o, int(to-from))
	err := ranges(ctx, from, to, o.Parallel, p, func() (func(int32), func()) {
		q := m.takeWorkerQuery()
		return func(row int32) {
			if m.workers.gone.has(row) {
				return
			}
			drops := q.rank(&m.workers.rows[row], o.Options)
			lists.put(row, q.top.sorted(), drops)
		}, func() { m.returnWorkerQuery(q) }
	})
	if err != nil {
		return nil, fmt.Errorf("rank workers: %w", err)
	}
	return lists, nil
}

// RankPostings makes the lists of the postings from row from up to, not including, to.
func (m *Market) RankPostings(ctx context.Context, from, to int32, o BatchOptions) (*Lists, error) {
	if from < 0 || to < from || int(to) > m.Postings() {
		return nil, fmt.Errorf("rank postings %d to %d of %d", from, to, m.Postings())
	}
	lists := newLists(from, to, m.Workers(), o.Options)
	p := newProgress(o, int(to-from))
	err := ranges(ctx, from, to, o.Parallel, p, func() (func(int32), func()) {
		q := m.takePostingQuery()
		return func(row int32) {
			if m.postings.gone.has(row) {
				return
			}
			drops := q.rank(&m.postings.rows[row], o.Options)
			lists.put(row, q.top.sorted(), drops)
		}, func() { m.returnPostingQuery(q) }
	})
	if err != nil {
		return nil, fmt.Errorf("rank postings: %w", err)
	}
	return lists, nil
}

// RankAll makes every list of both sides. Progress counts workers and postings together.
func (m *Market) RankAll(ctx context.Context, o BatchOptions) (forWorkers, forPostings *Lists, err error) {
	total := m.Workers() + m.Postings()
	tell := o.Progress
	first, second := o, o
	if tell != nil {
		first.Progress = func(done, _ int) { tell(done, total) }
		second.Progress = func(done, _ int) { tell(m.Workers()+done, total) }
	}
	if forWorkers, err = m.RankWorkers(ctx, 0, int32(m.Workers()), first); err != nil {
		return nil, nil, err
	}
	if forPostings, err = m.RankPostings(ctx, 0, int32(m.Postings()), second); err != nil {
		return nil, nil, err
	}
	return forWorkers, forPostings, nil
}

// stretch is how many rows a goroutine takes at a time: rows that lie together share their places.
const stretch = 64

// ranges deals out stretches of rows to goroutines, each with its own query, and stops when the context ends.
func ranges(ctx context.Context, from, to int32, parallel int, p *progress, open func() (rank func(int32), close func())) error {
	if parallel <= 0 {
		parallel = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int32
	next.Store(from)
	var wait sync.WaitGroup
	for range parallel {
		wait.Go(func() {
			rank, done := open()
			defer done()
			for ctx.Err() == nil {
				start := next.Add(stretch) - stretch
				if start >= to {
					return
				}
				end := min(start+stretch, to)
				for row := start; row < end; row++ {
					rank(row)
				}
				p.add(int(end - start))
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// progress counts what is done and tells it in order.
type progress struct {
	mu          sync.Mutex
	done, total int
	tell        func(done, total int)
}

func newProgress(o BatchOptions, total int) *progress {
	return &progress{total: total, tell: o.Progress}
}

func (p *progress) add(n int) {
	if p.tell == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	p.tell(p.done, p.total)
}
