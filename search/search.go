package search

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bsearch "github.com/blevesearch/bleve/v2/search"

	"noiviec/internal/market"
)

// Search answers a query. Text that finds nothing is tried once more as typed with another keyboard; the
// answer then says so in Corrected. Errors: Invalid for a page that is too far, Unavailable when the index is
// closed or damaged, the context's own when it ends first.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	start := time.Now()
	if err := q.normalise(); err != nil {
		return Result{}, err
	}
	g, release, err := x.hold()
	if err != nil {
		return Result{}, err
	}
	defer release()
	r, err := g.search(ctx, x, &q)
	if market.KindOf(err) == market.Unavailable {
		x.stale.Store(true)
	}
	r.Took = time.Since(start)
	return r, err
}

// normalise fills in what was left out and refuses what cannot be answered.
func (q *Query) normalise() error {
	if q.Kind == "" {
		q.Kind = Posting
	}
	if q.Kind != Posting && q.Kind != Worker {
		return market.Bad("kind", "error.code.unknown", string(q.Kind))
	}
	if q.Offset < 0 || q.Offset > MaxOffset {
		return market.Bad("page", "error.search.page")
	}
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit = min(q.Limit, MaxLimit)
	return nil
}

// search understands the text and runs it, once more with a corrected text when there was no hit at all.
func (g *generation) search(ctx context.Context, x *Index, q *Query) (Result, error) {
	in := understand(q.Text, x.lex)
	r, err := g.run(ctx, x, q, in)
	if err != nil || r.Total > 0 || len(in.words) == 0 {
		return r, err
	}
	if in.ideas = guessed(x.lex, q.Text); len(in.ideas) > 0 {
		if r, err = g.run(ctx, x, q, in); err != nil || r.Total > 0 {
			return r, err
		}
	}
	for _, text := range retyped(in.words) {
		again, err := g.run(ctx, x, q, understand(text, x.lex))
		if err != nil {
			return Result{}, err
		}
		if again.Total > 0 {
			again.Corrected = text
			return again, nil
		}
	}
	return r, nil
}

// run asks Bleve and judges every document it finds. Panics inside Bleve mean damage.
func (g *generation) run(ctx context.Context, x *Index, q *Query, in intent) (r Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &market.Error{Kind: market.Unavailable, Key: "error.index.damaged", Cause: fmt.Errorf("%w: %v", errDamaged, p)}
		}
	}()
	c := &collector{q: q, want: q.Offset + q.Limit}
	ctx = context.WithValue(ctx, bsearch.MakeDocumentMatchHandlerKey, bsearch.MakeDocumentMatchHandler(
		func(sc *bsearch.SearchContext) (bsearch.DocumentMatchHandler, bool, error) {
			s, ok := sc.IndexReader.(*scorch.IndexSnapshot)
			if !ok {
				return nil, false, fmt.Errorf("index reader is a %T", sc.IndexReader)
			}
			if c.view, err = g.columns.view(s); err != nil {
				return nil, false, err
			}
			c.begin(newSieve(q, x, g.columns.dict, in))
			return func(m *bsearch.DocumentMatch) error {
				if m != nil {
					c.judge(m.IndexInternalID.Value(), m.Score)
					sc.DocumentMatchPool.Put(m)
				}
				return nil
			}, false, nil
		}))
	if _, err := g.bleve.SearchInContext(ctx, bleve.NewSearchRequestOptions(in.query(q), 0, 0, false)); err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return c.result(in, g.columns.dict), nil
}

// collector keeps the best hits and counts the rest.
type collector struct {
	q     *Query
	view  *view
	sieve *sieve
	tally *tally
	want  int
	total int
	best  worstFirst
}

func (c *collector) begin(s *sieve) {
	c.sieve = s
	if c.q.Facets {
		c.tally = newTally(s)
	}
}

// judge looks at one document that has the words.
func (c *collector) judge(doc uint64, score float64) {
	r := c.view.at(doc)
	if r == nil {
		return
	}
	failed := c.sieve.fails(r)
	if c.tally != nil && failed&byCentre == 0 {
		c.tally.add(r, failed)
	}
	if failed != 0 {
		return
	}
	c.total++
	h := scored{r, math.Round(score*1e6) / 1e6} // the order of adding up must not decide between equals
	if len(c.best) < c.want {
		heap.Push(&c.best, h)
	} else if c.want > 0 && before(h, c.best[0]) < 0 {
		c.best[0] = h
		heap.Fix(&c.best, 0)
	}
}

type scored struct {
	row   *row
	score float64
}

// before orders hits: score, then newest, then id, so that no two are equal.
func before(a, b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.row.fresh, a.row.fresh), strings.Compare(a.row.id, b.row.id))
}

// worstFirst is a heap with the worst of the best on top.
type worstFirst []scored

func (h worstFirst) Len() int           { return len(h) }
func (h worstFirst) Less(i, j int) bool { return before(h[i], h[j]) > 0 }
func (h worstFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *worstFirst) Push(s any)        { *h = append(*h, s.(scored)) }
func (h *worstFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (c *collector) result(in intent, dict *dictionary) Result {
	r := Result{Total: c.total}
	slices.SortFunc(c.best, before)
	for _, s := range c.best[min(c.q.Offset, len(c.best)):] {
		r.Hits = append(r.Hits, Hit{ID: market.ID(s.row.id), Kind: s.row.kind, Score: s.score, Title: s.row.title, Why: in.why(s.row, dict)})
	}
	if c.tally != nil {
		r.Facets = c.tally.facets()
	}
	return r
}

// each hands over every row of the index as it is now.
func (x *Index) each(ctx context.Context, use func(*row)) (err error) {
	g, release, err := x.hold()
	if err != nil {
		return err
	}
	defer release()
	defer func() {
		if p := recover(); p != nil {
			err = &market.Error{Kind: market.Unavailable, Key: "error.index.damaged", Cause: fmt.Errorf("%w: %v", errDamaged, p)}
		}
	}()
	s, closeSnapshot, err := g.snapshot()
	if err != nil {
		return err
	}
	defer closeSnapshot()
	v, err := g.columns.view(s)
	if err != nil {
		return err
	}
	for i, segment := range s.Segments() {
		if err := ctx.Err(); err != nil {
			return err
		}
		for live := segment.DocNumbersLive().Iterator(); live.HasNext(); {
			if r := v.rows[i][live.Next()]; r != nil {
				use(r)
			}
		}
	}
	return nil
}
