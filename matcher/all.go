package matcher

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
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

func (o *BatchOptions) parallel() int {
	if o.Parallel > 0 {
		return o.Parallel
	}
	return runtime.GOMAXPROCS(0)
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
	if err := m.rankWorkers(ctx, from, to, o, newProgress(o, int(to-from)), lists); err != nil {
		return nil, fmt.Errorf("rank workers: %w", err)
	}
	return lists, nil
}

// rankWorkers puts the lists of a range of workers where they belong.
func (m *Market) rankWorkers(ctx context.Context, from, to int32, o BatchOptions, p *progress, lists *Lists) error {
	order := m.workers.byHoming(from, to)
	return ranges(ctx, order, o.parallel(), p, func() (func([]int32), func()) {
		q := m.takeWorkerQuery()
		return func(rows []int32) {
			for _, row := range rows {
				if !m.workers.gone.has(row) {
					drops := q.rank(&m.workers.rows[row], o.Options)
					lists.put(row, q.top.sorted(), drops)
				}
			}
		}, func() { m.returnWorkerQuery(q) }
	})
}

// byHoming gives the rows of a range so that those who live and would go alike follow each other: what a place is
// worth to one of them is worth as much to the next.
func (t *workerTable) byHoming(from, to int32) []int32 {
	list := make([]keyed, to-from)
	for i := range list {
		homing := t.rows[from+int32(i)].homing
		list[i] = keyed{uint64(t.homings[homing].home)<<32 | uint64(homing), from + int32(i)}
	}
	return sortKeyed(list, cmp.Compare[int32])
}

// RankPostings makes the lists of the postings from row from up to, not including, to.
func (m *Market) RankPostings(ctx context.Context, from, to int32, o BatchOptions) (*Lists, error) {
	if from < 0 || to < from || int(to) > m.Postings() {
		return nil, fmt.Errorf("rank postings %d to %d of %d", from, to, m.Postings())
	}
	lists := newLists(from, to, m.Workers(), o.Options)
	if err := m.rankPostings(ctx, from, to, o, nil, newProgress(o, int(to-from)), lists); err != nil {
		return nil, fmt.Errorf("rank postings: %w", err)
	}
	return lists, nil
}

// rankPostings puts the lists of a range of postings where they belong; t is what the workers' lists tell, or nil.
func (m *Market) rankPostings(ctx context.Context, from, to int32, o BatchOptions, t *told, p *progress, lists *Lists) error {
	var known *naming
	if t != nil {
		var err error
		if known, err = m.naming(ctx, t, from, to, o.parallel()); err != nil {
			return err
		}
	}
	order := m.postings.byPlace(from, to)
	return ranges(ctx, order, o.parallel(), p, func() (func([]int32), func()) {
		side := m.takeTogether()
		return func(rows []int32) {
			for some := range slices.Chunk(rows, abreast) {
				m.rankTogether(side, some, known, t, o.Options, lists)
			}
		}, func() { m.returnTogether(side) }
	})
}

// byPlace gives the rows of a range so that postings in one province and of one occupation follow each other: they look into
// the same lists.
func (t *postingTable) byPlace(from, to int32) []int32 {
	list := make([]keyed, to-from)
	for i := range list {
		p, province := &t.rows[from+int32(i)], int32(0)
		if sites := t.siteSets[p.sites]; len(sites) > 0 {
			province = sites[0].province
		}
		list[i] = keyed{listKey(false, false, province, p.occupation), from + int32(i)}
	}
	return sortKeyed(list, cmp.Compare[int32])
}

// RankAll makes every list of both sides. Progress counts workers and postings together.
func (m *Market) RankAll(ctx context.Context, o BatchOptions) (forWorkers, forPostings *Lists, err error) {
	p := newProgress(o, m.Workers()+m.Postings())
	forWorkers = newLists(0, int32(m.Workers()), m.Postings(), o.Options)
	if err = m.rankWorkers(ctx, 0, int32(m.Workers()), o, p, forWorkers); err != nil {
		return nil, nil, fmt.Errorf("rank workers: %w", err)
	}
	var t *told
	if !o.Counts { // counting looks at every pair anyway
		t = m.told(forWorkers, o.k())
	}
	forPostings = newLists(0, int32(m.Postings()), m.Workers(), o.Options)
	for from := int32(0); from < int32(m.Postings()); from += atOnce {
		if err = m.rankPostings(ctx, from, min(from+atOnce, int32(m.Postings())), o, t, p, forPostings); err != nil {
			return nil, nil, fmt.Errorf("rank postings: %w", err)
		}
	}
	return forWorkers, forPostings, nil
}

// atOnce is for how many postings the workers who name them are collected at a time: more take more memory, fewer
// more passes over the workers' lists.
const atOnce = 1 << 17

// stretch is how many rows a goroutine takes at a time: rows that follow each other share their places.
const stretch = 64

// ranges deals out stretches of rows to goroutines, each with its own query, and stops when the context ends.
func ranges(ctx context.Context, rows []int32, parallel int, p *progress, open func() (rank func(rows []int32), close func())) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range parallel {
		wait.Go(func() {
			rank, done := open()
			defer done()
			for ctx.Err() == nil {
				start := int(next.Add(stretch)) - stretch
				if start >= len(rows) {
					return
				}
				some := rows[start:min(start+stretch, len(rows))]
				rank(some)
				p.add(len(some))
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
