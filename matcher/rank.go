package matcher

// Options say how to rank.
type Options struct {
	K          int          // how many of the best, 0 is DefaultK
	LeastScore int          // nothing below it is listed
	Relax      ConditionSet // hard conditions not insisted on, for "what if"; legal bars stay
	Counts     bool         // also count whom the hard conditions removed: looks at every pair
}

// DefaultK is the length of a list when nobody says.
const DefaultK = 50

// Hit is one row of the other side in a list.
type Hit struct {
	Row   int32
	Score int
}

// Ranking is a list, best first, and what was removed when Options.Counts asks for it.
type Ranking struct {
	Hits  []Hit
	Drops Drops
}

func (o Options) k() int {
	if o.K <= 0 {
		return DefaultK
	}
	return o.K
}

// RankWorker lists the best postings for one worker.
func (m *Market) RankWorker(row int32, o Options) Ranking {
	q := newWorkerQuery(m)
	top := topK{k: o.k(), ids: m.postings.ids}
	w := &m.workers.rows[row]
	q.prepare(w, o.Relax)
	var r Ranking
	for i := range m.postings.rows {
		p := &m.postings.rows[i]
		s := q.weigh(p)
		r.Drops.add(s.fails)
		if score := s.score(p); s.fails == 0 && score >= o.LeastScore {
			top.offer(candidate{order(w, p), int32(i), uint8(score)})
		}
	}
	for _, c := range top.sorted() {
		r.Hits = append(r.Hits, Hit{c.row, int(c.score)})
	}
	return r
}

// RankPosting lists the best workers for one posting.
func (m *Market) RankPosting(row int32, o Options) Ranking {
	q := newPostingQuery(m)
	top := topK{k: o.k(), ids: m.workers.ids}
	p := &m.postings.rows[row]
	q.prepare(p, o.Relax)
	var r Ranking
	for i := range m.workers.rows {
		w := &m.workers.rows[i]
		s := q.weigh(w)
		r.Drops.add(s.fails)
		if score := s.score(p); s.fails == 0 && score >= o.LeastScore {
			top.offer(candidate{order(w, p), int32(i), uint8(score)})
		}
	}
	for _, c := range top.sorted() {
		r.Hits = append(r.Hits, Hit{c.row, int(c.score)})
	}
	return r
}
