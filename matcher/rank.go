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
	defer m.returnWorkerQuery(q)
	if m.workers.gone.has(row) {
		return Ranking{}
	}
	drops := q.rank(&m.workers.rows[row], o)
	return ranking(&q.top, drops)
}

// RankPosting lists the best workers for one posting.
func (m *Market) RankPosting(row int32, o Options) Ranking {
	q := m.takePostingQuery()
	defer m.returnPostingQuery(q)
	if m.postings.gone.has(row) {
		return Ranking{}
	}
	drops := q.rank(&m.postings.rows[row], o)
	return ranking(&q.top, drops)
}
