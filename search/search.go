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

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Search answers a query. Text that finds nothing is tried once more as typed with another keyboard; the
// answer then says so in Corrected. Errors: Invalid for a page that is too far, Unavailable when the index is
// closed or damaged, the context's own when it ends first.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	if err := q.normalise(); err != nil {
		return Result{}, err
	}
	return x.answer(ctx, q)
}

// IDs gives the ids of everything that a query finds, best first and at most so many, and how many there are. Limit
// and Offset of the query do not count.
func (x *Index) IDs(ctx context.Context, q Query, most int) (ids []market.ID, total int, err error) {
	q.Offset, q.Facets = 0, false
	if err := q.normalise(); err != nil {
		return nil, 0, err
	}
	q.Limit = most
	r, err := x.answer(ctx, q)
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids, r.Total, err
}

func (x *Index) answer(ctx context.Context, q Query) (Result, error) {
	start := time.Now()
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
	q.Text = q.Text[:min(len(q.Text), maxTyped)]
	return nil
}

// search understands the text and runs it: as it was plainly meant, else as it was typed, and when nothing is found so,
// with what its words are part of.
func (g *generation) search(ctx context.Context, x *Index, q *Query) (Result, error) {
	indexed, err := g.vocabulary()
	if err != nil {
		return Result{}, err
	}
	if text := corrected(q.Text, q.Province, x.lexicon(), indexed); text != "" {
		r, err := g.try(ctx, x, q, text)
		if err != nil || r.Total+len(r.Nearly) > 0 {
			r.Corrected = text
			return r, err
		}
	}
	r, err := g.try(ctx, x, q, q.Text)
	if err != nil || r.Total+len(r.Nearly) > 0 {
		return r, err
	}
	return g.recover(ctx, x, q, r)
}

// fewHits is below how many hits, a page of them, what has a part of what was asked is shown after what has all.
const fewHits = 10

// try answers a text: with all that it asks, else with what its words are part of; where that is little, what has a part
// of it comes after.
func (g *generation) try(ctx context.Context, x *Index, q *Query, text string) (Result, error) {
	in := understand(text, q.Province, x.lexicon())
	r, err := g.run(ctx, x, q, &in)
	if err != nil || r.Total >= fewHits || len(in.words) == 0 {
		return r, err
	}
	if r.Total == 0 && len(in.ideas) == 0 {
		if in.ideas = guessed(x.lexicon(), text); len(in.ideas) > 0 {
			if r, err = g.run(ctx, x, q, &in); err != nil {
				return r, err
			}
		}
	}
	if q.Offset > 0 || in.things() < 2 && len(in.ideas) == 0 {
		return r, nil
	}
	in.loose, in.ideas = true, widest(x.lexicon(), in.ideas)
	part := *q
	part.Limit, part.Facets = fewHits, false
	nearly, err := g.run(ctx, x, &part, &in)
	r.Nearly = nearly.Hits
	return r, err
}

// vocabulary tells which folded words are in documents.
func (g *generation) vocabulary() (func(fold string) bool, error) {
	return func(fold string) bool {
		s, release, err := g.snapshot()
		if err != nil {
			return false
		}
		defer release()
		l, err := lookUp(context.Background(), s, []leaf{{titleField, fold}, {bodyField, fold}, {otherField, fold}})
		return err == nil && l.count(fold, titleField, bodyField, otherField) > 0
	}, nil
}

// run asks Bleve for the documents of each key, adds up the points, and judges every document that answers. Panics
// inside Bleve mean damage.
func (g *generation) run(ctx context.Context, x *Index, q *Query, in *intent) (r Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &market.Error{Kind: market.Unavailable, Key: "error.index.damaged", Cause: fmt.Errorf("%w: %v", errDamaged, p)}
		}
	}()
	snapshot, release, err := g.snapshot()
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	defer release()
	c := &collector{q: q, want: q.Offset + q.Limit}
	if c.view, err = g.columns.view(snapshot); err != nil {
		return Result{}, err
	}
	if in.near == nil {
		in.near = newBonus(q, x.lexicon(), g.columns.dict, in)
	}
	c.begin(newSieve(q, x, g.columns.dict, in), in.near)
	found, err := lookUp(ctx, snapshot, in.leaves())
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	var p *plan
	switch {
	case in.asks() || len(in.bonus) > 0:
		p = in.plan(found)
	case len(in.words) == 0 && !in.empty && len(in.chips) == 0: // no letters
		return Result{}, nil
	}
	if err := found.scan(ctx, p, in.loose, c.judge); err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return c.result(in, g.columns.dict, x.lexicon()), nil
}

// collector keeps the best hits and counts the rest.
type collector struct {
	q     *Query
	view  *view
	sieve *sieve
	bonus *bonus
	tally *tally
	want  int
	total int
	best  worstFirst
}

func (c *collector) begin(s *sieve, b *bonus) {
	c.sieve, c.bonus = s, b
	if c.q.Facets {
		c.tally = newTally(s)
	}
}

// judge looks at one document that answers.
func (c *collector) judge(segment int, doc uint32, points float64, titled int) {
	r := c.view.rows[segment][doc]
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
	h := scored{r, math.Round((points+c.bonus.of(r, titled))*1e4) / 1e4}
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
	if a.score != b.score { // nearly always, and asked for every document
		return cmp.Compare(b.score, a.score)
	}
	return cmp.Or(cmp.Compare(b.row.fresh, a.row.fresh), strings.Compare(a.row.id, b.row.id))
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

func (c *collector) result(in *intent, dict *dictionary, lex *taxonomy.Taxonomy) Result {
	r := Result{Total: c.total, Chips: in.chips}
	slices.SortFunc(c.best, before)
	for _, s := range c.best[min(c.q.Offset, len(c.best)):] {
		r.Hits = append(r.Hits, Hit{ID: market.ID(s.row.id), Kind: s.row.kind, Score: s.score, Title: s.row.title, Why: in.why(s.row, dict, lex)})
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
