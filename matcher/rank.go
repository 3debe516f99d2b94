package matcher

// Options say how to rank.
type Options struct {
	K          int          // how many of the best; 0 is DefaultK
	LeastScore int          // nothing below it is listed
	Relax      ConditionSet // hard conditions not insisted on, for "what if"; legal bars stay
	Counts     bool         // also count whom the hard conditions removed, which looks at every pair
}

// DefaultK is the length of a list when nobody says.
const DefaultK = 50

func (o Options) k() int {
	if o.K <= 0 {
		return DefaultK
	}
	return o.K
}

// Hit is one row of the other side in a list.
type Hit struct {
	Row   int32
	Score int
}

// Ranking is one list, best first. Drops is filled where Options.Counts asks for it.
type Ranking struct {
	Hits  []Hit
	Drops Drops
}

func ranking(top *topK, drops Drops) Ranking {
	r := Ranking{Drops: drops}
	for _, c := range top.sorted() {
		r.Hits = append(r.Hits, Hit{c.row, int(c.score)})
	}
	return r
}

// RankWorker lists the best postings for one worker.
func (m *Market) RankWorker(row int32, o Options) Ranking {
	q := m.takeWorkerQuery()
	defer m.queries.workers.Put(q)
	drops := q.rank(&m.workers.rows[row], o)
	return ranking(&q.top, drops)
}

// RankPosting lists the best workers for one posting.
func (m *Market) RankPosting(row int32, o Options) Ranking {
	q := m.takePostingQuery()
	defer m.queries.postings.Put(q)
	drops := q.rank(&m.postings.rows[row], o)
	return ranking(&q.top, drops)
}

// rank leaves the best postings for a worker in q.top.
func (q *workerQuery) rank(w *workerRow, o Options) (drops Drops) {
	q.prepare(w, o.Relax)
	q.top.reset(o.k())
	if o.Counts {
		for i := range q.m.postings.rows {
			drops.add(q.count(int32(i), o.LeastScore))
		}
		return drops
	}
	if q.reachOf != w.homing {
		h := &q.m.workers.homings[w.homing]
		for i := range h.wishes {
			q.placeBounds(q.reach[i], h, i)
		}
		q.reachOf = w.homing
	}
	blocks := q.m.index.postings
	q.fillBlocks(blocks)
	for _, i := range q.blocks.order() {
		b := &blocks[i]
		floor := max(o.LeastScore, q.top.least())
		if q.blocks.of(i) < floor {
			break
		}
		if q.bound(b, q.placesBound(b)) < floor {
			continue
		}
		for row := b.from; row < b.to; row++ {
			q.try(row, max(o.LeastScore, q.top.least()))
		}
	}
	return drops
}

// fillBlocks bounds every block in reach.
func (q *workerQuery) fillBlocks(blocks []postingBlock) {
	q.blocks.reset(len(blocks))
	for k := range q.m.index.postingGroups {
		g := &q.m.index.postingGroups[k]
		place := [2]int8{q.reach[0][g.province], impossible}
		if q.w.count > 1 {
			place[1] = q.reach[1][g.province]
		}
		if max(place[0], place[1]) == impossible && (g.must &^ q.relax).Has(TooFar) {
			continue
		}
		for i := g.from; i < g.to; i++ {
			q.blocks.add(i, q.bound(&blocks[i], place))
		}
	}
}

// count weighs one posting wholly and keeps it if it is among the best.
func (q *workerQuery) count(row int32, floor int) ConditionSet {
	p := &q.m.postings.rows[row]
	s := q.weigh(p)
	if score := s.score(p); s.fails == 0 && score >= floor {
		q.top.offer(candidate{order(q.w, p), row, uint8(score)})
	}
	return s.fails
}

// try weighs one posting as far as it can still be among the best.
func (q *workerQuery) try(row int32, floor int) {
	p := &q.m.postings.rows[row]
	if q.quick(p) < floor {
		return
	}
	x, must := q.meet(p), mustFor(p, q.relax)
	var s sides
	if !q.m.promising(x, must, floor, &s) {
		return
	}
	x.coverage = q.coverage(p)
	if score, passes := q.m.settle(x, must, &s); passes && score >= floor {
		q.top.offer(candidate{order(q.w, p), row, uint8(score)})
	}
}

// rank leaves the best workers for a posting in q.top.
func (q *postingQuery) rank(p *postingRow, o Options) (drops Drops) {
	q.prepare(p, o.Relax)
	q.top.reset(o.k())
	if o.Counts {
		for i := range q.m.workers.rows {
			drops.add(q.count(int32(i), o.LeastScore))
		}
		return drops
	}
	index := &q.m.index
	q.fillBlocks(index.workers)
	for _, i := range q.blocks.order() {
		b := &index.workers[i]
		if q.blocks.of(i) < max(o.LeastScore, q.top.least()) {
			break
		}
		q.tryBlock(b, o.LeastScore)
	}
	return drops
}

// fillBlocks bounds every block of people the posting is in reach of.
func (q *postingQuery) fillBlocks(blocks []workerBlock) {
	q.blocks.reset(len(blocks))
	for k := range q.m.index.workerGroups {
		g := &q.m.index.workerGroups[k]
		if q.placeBound(&g.homes) == impossible && q.must.Has(TooFar) {
			continue
		}
		for i := g.from; i < g.to; i++ {
			q.blocks.add(i, q.bound(&blocks[i], q.placeBound(&blocks[i].homes)))
		}
	}
}

// tryBlock weighs the workers of a block whose gist may reach the list.
func (q *postingQuery) tryBlock(b *workerBlock, least int) {
	wish := occupationPoints(q.closenessFrom(b.occupation), b.whole, b.least, &q.m.weights)
	place := max(0, q.placeBound(&b.homes))
	floor := max(least, q.top.least())
	entries := q.m.index.entries[b.from:b.to]
	for i := range entries {
		g := &entries[i]
		if q.sieve.bound(q, g, wish, place, b.homes.province) >= floor {
			q.try(g.row, b.wish, floor)
			floor = max(least, q.top.least())
		}
	}
}

// count weighs one worker wholly and keeps it if it is among the best.
func (q *postingQuery) count(row int32, floor int) ConditionSet {
	w := &q.m.workers.rows[row]
	s := q.weigh(w)
	if score := s.score(q.p); s.fails == 0 && score >= floor {
		q.top.offer(candidate{order(w, q.p), row, uint8(score)})
	}
	return s.fails
}

// try weighs one worker as far as he or she can still be among the best. A worker with two wishes stands in
// two lists and is kept from the list of the wish that counts only: that list's bound is not below the score.
func (q *postingQuery) try(row int32, wish uint8, floor int) {
	w := &q.m.workers.rows[row]
	x := q.meet(w)
	var s sides
	if !q.m.promising(x, q.must, floor, &s) || s.chosen != wish {
		return
	}
	x.coverage = q.coverage(w)
	if score, passes := q.m.settle(x, q.must, &s); passes && score >= floor {
		q.top.offer(candidate{order(w, q.p), row, uint8(score)})
	}
}

// blockOrder sorts blocks by bound, the greatest first, leaving out the impossible.
type blockOrder struct {
	blocks []int32
	bounds []int8 // by block, good for blocks only
	sorted []int32
	ends   [102]int32
}

func (o *blockOrder) reset(n int) {
	if len(o.bounds) < n {
		o.bounds = make([]int8, n)
	}
	o.blocks, o.ends = o.blocks[:0], [102]int32{}
}

func (o *blockOrder) add(block int32, bound int) {
	if bound != impossible {
		o.blocks, o.bounds[block] = append(o.blocks, block), int8(bound)
		o.ends[100-bound]++
	}
}

func (o *blockOrder) of(block int32) int { return int(o.bounds[block]) }

// order counts the blocks of each bound, then deals them out.
func (o *blockOrder) order() []int32 {
	begin := int32(0)
	for i, n := range o.ends {
		o.ends[i] = begin
		begin += n
	}
	o.sorted = append(o.sorted[:0], o.blocks...)
	for _, block := range o.blocks {
		at := &o.ends[100-o.bounds[block]]
		o.sorted[*at] = block
		*at++
	}
	return o.sorted
}
