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
			drops.add(q.offer(int32(i), o.LeastScore))
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
	q.blocks.reset(len(blocks))
	for i := range blocks {
		b := &blocks[i]
		q.blocks.set(i, q.bound(b, [2]int8{q.reach[0][b.province], q.reach[1][b.province]}))
	}
	for _, i := range q.blocks.order() {
		b := &blocks[i]
		least := max(o.LeastScore, q.top.least())
		if q.blocks.of(i) < least {
			break
		}
		if q.bound(b, q.placesBound(b)) < least {
			continue
		}
		for row := b.from; row < b.to; row++ {
			q.offer(row, o.LeastScore)
		}
	}
	return drops
}

// offer weighs one posting and keeps it if it is among the best.
func (q *workerQuery) offer(row int32, least int) ConditionSet {
	p := &q.m.postings.rows[row]
	s := q.weigh(p)
	if s.fails == 0 {
		if score := s.score(p); score >= least {
			q.top.offer(candidate{order(q.w, p), row, uint8(score)})
		}
	}
	return s.fails
}

// rank leaves the best workers for a posting in q.top.
func (q *postingQuery) rank(p *postingRow, o Options) (drops Drops) {
	q.prepare(p, o.Relax)
	q.top.reset(o.k())
	if o.Counts {
		for i := range q.m.workers.rows {
			drops.add(q.offer(int32(i), anyWish, o.LeastScore))
		}
		return drops
	}
	index := &q.m.index
	q.blocks.reset(len(index.workers))
	for i := range index.workers {
		b := &index.workers[i]
		q.blocks.set(i, q.bound(b, q.placeBound(b)))
	}
	for _, i := range q.blocks.order() {
		b := &index.workers[i]
		least := max(o.LeastScore, q.top.least())
		if q.blocks.of(i) < least {
			break
		}
		if q.bound(b, q.placesBound(b)) < least {
			continue
		}
		for at := b.from; at < b.to; at++ {
			row := at
			if b.wish > 0 {
				row = index.second[at]
			}
			q.offer(row, int(b.wish), o.LeastScore)
		}
	}
	return drops
}

// anyWish offers a worker whichever wish counts.
const anyWish = -1

// offer weighs one worker and keeps it if it is among the best. A worker with two wishes stands in two lists
// and is kept from the list of the wish that counts only: that list's bound is not below the score.
func (q *postingQuery) offer(row int32, wish, least int) ConditionSet {
	w := &q.m.workers.rows[row]
	s := q.weigh(w)
	if s.fails == 0 && (wish == anyWish || int(s.chosen) == wish) {
		if score := s.score(q.p); score >= least {
			q.top.offer(candidate{order(w, q.p), row, uint8(score)})
		}
	}
	return s.fails
}

// blockOrder sorts blocks by bound, the greatest first, leaving out the impossible.
type blockOrder struct {
	bounds []int8
	sorted []int32
	ends   [102]int32
}

func (o *blockOrder) reset(n int) {
	if cap(o.bounds) < n {
		o.bounds, o.sorted = make([]int8, n), make([]int32, n)
	}
	o.bounds = o.bounds[:n]
	o.ends = [102]int32{}
}

func (o *blockOrder) set(i, bound int) {
	o.bounds[i] = int8(bound)
	if bound != impossible {
		o.ends[100-bound]++
	}
}

func (o *blockOrder) of(i int32) int { return int(o.bounds[i]) }

// order counts the blocks of each bound, then deals them out.
func (o *blockOrder) order() []int32 {
	total := int32(0)
	for i, n := range o.ends {
		o.ends[i] = total
		total += n
	}
	o.sorted = o.sorted[:total]
	for i, bound := range o.bounds {
		if bound != impossible {
			at := &o.ends[100-bound]
			o.sorted[*at] = int32(i)
			*at++
		}
	}
	return o.sorted
}
