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
// with what its words are part of. Panics inside Bleve mean damage.
func (g *generation) search(ctx context.Context, x *Index, q *Query) (r Result, err error) {
	defer damaged(&err)
	v, release, err := g.sight()
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	defer release()
	v.words = x.words.Load()
	if text := corrected(q.Text, q.Province, v.words.lex, v.written); text != "" {
		r, err := v.try(ctx, q, text)
		if err != nil || r.Total+len(r.Nearly) > 0 {
			r.Corrected = text
			return r, err
		}
	}
	r, err = v.try(ctx, q, q.Text)
	if err != nil || r.Total+len(r.Nearly) > 0 {
		return r, err
	}
	return v.recover(ctx, q, r)
}

// sight is one snapshot of the index and what has been looked up in it: all tries of one search see the same documents.
type sight struct {
	columns *columns
	tables  []*table // by segment
	found   *lookup
	words   *words
}

func (g *generation) sight() (v *sight, release func() error, err error) {
	s, release, err := g.snapshot()
	if err != nil {
		return nil, nil, err
	}
	v = &sight{columns: g.columns, found: newLookup(s)}
	if v.tables, err = g.columns.view(s); err != nil {
		release()
		return nil, nil, err
	}
	return v, release, nil
}

// written tells whether a folded word is in documents.
func (v *sight) written(fold string) bool {
	return v.found.count(fold, titleField, bodyField, otherField) > 0
}

// damaged turns a panic into an error.
func damaged(err *error) {
	if p := recover(); p != nil {
		*err = &market.Error{Kind: market.Unavailable, Key: "error.index.damaged", Cause: fmt.Errorf("%w: %v", errDamaged, p)}
	}
}

// fewHits is below how many hits, a page of them, what has a part of what was asked is shown after what has all.
const fewHits = 10

// try answers a text: with all that it asks, else with what its words are part of; where that is little, what has a part
// of it comes after.
func (v *sight) try(ctx context.Context, q *Query, text string) (Result, error) {
	lex := v.words.lex
	in := understand(text, q.Province, lex)
	r, err := v.run(ctx, q, &in)
	if err != nil || r.Total >= fewHits || len(in.words) == 0 {
		return r, err
	}
	if r.Total == 0 && len(in.ideas) == 0 {
		if in.ideas = guessed(lex, text); len(in.ideas) > 0 {
			if r, err = v.run(ctx, q, &in); err != nil {
				return r, err
			}
		}
	}
	if q.Offset > 0 || in.things() < 2 && len(in.ideas) == 0 {
		return r, nil
	}
	in.loose, in.ideas = true, widest(lex, in.ideas)
	part := *q
	part.Limit, part.Facets = fewHits, false
	nearly, err := v.run(ctx, &part, &in)
	r.Nearly = nearly.Hits
	return r, err
}

// run asks Bleve for the documents of each key, adds up the points, and judges every document that answers.
func (v *sight) run(ctx context.Context, q *Query, in *intent) (Result, error) {
	if in.near == nil {
		in.near = newBonus(q, v.words.lex, v.columns.dict, in)
	}
	var p *plan
	switch {
	case in.asks() || len(in.bonus) > 0:
		p = in.plan(v.found)
	case len(in.words) == 0 && !in.empty && len(in.chips) == 0: // no letters
		return Result{}, nil
	}
	c := newCollector(q, v, in)
	if err := v.found.scan(ctx, p, in.loose, c.judge); err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return c.result(in, v), nil
}

// collector keeps the best hits and counts the rest.
type collector struct {
	q      *Query
	tables []*table
	sieve  *sieve
	bonus  *bonus
	most   float64 // that a bonus gives
	tally  *tally
	want   int
	total  int
	best   worstFirst // a heap as soon as there are as many as are wanted
	failed [blockSize]uint16
}

func newCollector(q *Query, v *sight, in *intent) *collector {
	c := &collector{q: q, tables: v.tables, sieve: newSieve(q, v.words.lex, v.columns, in), bonus: in.near, most: in.near.most(), want: q.Offset + q.Limit}
	if q.Facets {
		c.tally = newTally(c.sieve)
	}
	return c
}

// judge looks at documents that answer.
func (c *collector) judge(b *block) {
	t, failed := c.tables[b.segment], c.failed[:len(b.docs)]
	c.sieve.judge(t, b.docs, failed)
	if c.tally != nil {
		c.tally.add(t, b.docs, failed)
	}
	for i, doc := range b.docs {
		if failed[i] != 0 {
			continue
		}
		c.total++
		if points := b.points[i]; points+c.most >= c.least() {
			c.keep(scored{t, doc, math.Round((points+c.bonus.of(t, doc, b.titled[i]))*1e4) / 1e4})
		}
	}
}

// least is about what a document must have to be among the best: a little less, for the rounding.
func (c *collector) least() float64 {
	if len(c.best) < c.want {
		return math.Inf(-1)
	}
	return c.best[0].score - 0.001
}

func (c *collector) keep(s scored) {
	switch {
	case len(c.best) < c.want:
		if c.best = append(c.best, s); len(c.best) == c.want {
			heap.Init(&c.best)
		}
	case before(s, c.best[0]) < 0:
		c.best[0] = s
		heap.Fix(&c.best, 0)
	}
}

type scored struct {
	*table
	doc   uint32
	score float64
}

// before orders hits: score, then newest, then id, so that no two are equal.
func before(a, b scored) int {
	if a.score != b.score { // nearly always, and asked for every document
		return cmp.Compare(b.score, a.score)
	}
	return cmp.Or(cmp.Compare(b.fresh[b.doc], a.fresh[a.doc]), strings.Compare(a.id(a.doc), b.id(b.doc)))
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

func (c *collector) result(in *intent, v *sight) Result {
	r := Result{Total: c.total, Chips: in.chips}
	slices.SortFunc(c.best, before)
	for _, s := range c.best[min(c.q.Offset, len(c.best)):] {
		r.Hits = append(r.Hits, Hit{
			ID: market.ID(strings.Clone(s.id(s.doc))), Kind: s.kind(s.doc), Score: s.score, Title: strings.Clone(s.title(s.doc)),
			Why: in.why(s.table, s.doc, v.columns.dict, v.words.lex),
		})
	}
	if c.tally != nil {
		r.Facets = c.tally.facets()
	}
	return r
}

// each hands over every document of the index as it is now.
func (x *Index) each(ctx context.Context, use func(t *table, doc uint32)) (err error) {
	g, release, err := x.hold()
	if err != nil {
		return err
	}
	defer release()
	defer damaged(&err)
	v, closeSnapshot, err := g.sight()
	if err != nil {
		return err
	}
	defer closeSnapshot()
	for i, segment := range v.found.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		for live := segment.DocNumbersLive().Iterator(); live.HasNext(); {
			if doc := live.Next(); v.tables[i].has(doc) {
				use(v.tables[i], doc)
			}
		}
	}
	return nil
}
