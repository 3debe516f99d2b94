package matcher

// ReachedByWorker gives the postings for which the worker is good enough: those by whose row the floor is not above
// the worker's score. Together with the lists that name the worker, theirs are the lists that a change of the worker
// may change. Postings behind the end of floors have a floor of nothing. Best first; K does not limit it.
func (m *Market) ReachedByWorker(row int32, floors []uint8, o Options) []Hit {
	q := m.takeWorkerQuery()
	defer m.returnWorkerQuery(q)
	if m.workers.gone.has(row) {
		return nil
	}
	q.floors = floors
	o.K, o.Counts = max(1, m.Postings()), false
	q.rank(&m.workers.rows[row], o)
	q.floors = nil
	return ranking(&q.top, Drops{}).Hits
}

// ReachedByPosting gives, in the same way, the workers for whom the posting is good enough.
func (m *Market) ReachedByPosting(row int32, floors []uint8, o Options) []Hit {
	q := m.takePostingQuery()
	defer m.returnPostingQuery(q)
	if m.postings.gone.has(row) {
		return nil
	}
	q.floors = floors
	o.K, o.Counts = max(1, m.Workers()), false
	q.rank(&m.postings.rows[row], o)
	q.floors = nil
	return ranking(&q.top, Drops{}).Hits
}

// floorOf gives the greater of a floor and that of a row.
func floorOf(floors []uint8, row int32, floor int) int {
	if int(row) < len(floors) {
		return max(floor, int(floors[row]))
	}
	return floor
}
