package matcher

import "sync"

// queries keeps prepared queries for the next call: they are as large as the vocabulary. A market and those renewed
// from it share them.
type queries struct {
	workers, postings sync.Pool
}

func (m *Market) takeWorkerQuery() *workerQuery {
	q, ok := m.queries.workers.Get().(*workerQuery)
	if !ok {
		return newWorkerQuery(m)
	}
	q.m, q.top.ids = m, m.postings.ids
	if n := len(m.postings.siteSets) - len(q.placings); n > 0 {
		q.placings, q.seen = append(q.placings, make([]placing, n)...), append(q.seen, make([]uint32, n)...)
	}
	return q
}

func (m *Market) takePostingQuery() *postingQuery {
	q, ok := m.queries.postings.Get().(*postingQuery)
	if !ok {
		return newPostingQuery(m)
	}
	q.m, q.top.ids = m, m.workers.ids
	return q
}

// returnWorkerQuery keeps a query for the next call. It is laid clean by the market whose numbers it holds.
func (m *Market) returnWorkerQuery(q *workerQuery) {
	q.clear()
	q.w, q.reachOf.homing, q.placedFor.homing = nil, -1, -1
	m.queries.workers.Put(q)
}

func (m *Market) returnPostingQuery(q *postingQuery) {
	q.told = nil
	m.queries.postings.Put(q)
}
