package matcher

import "slices"

// PlainWorker lists the best postings for one worker by looking at every pair through the plain reading of the
// model: no index, no bound, no prepared query. It is what every faster way is checked against.
func (m *Market) PlainWorker(row int32, o Options) Ranking {
	return m.plain(m.postings.gone, m.postings.ids, o, func(other int32) (*workerRow, *postingRow) {
		return &m.workers.rows[row], &m.postings.rows[other]
	})
}

// PlainPosting lists the best workers for one posting in the same way.
func (m *Market) PlainPosting(row int32, o Options) Ranking {
	return m.plain(m.workers.gone, m.workers.ids, o, func(other int32) (*workerRow, *postingRow) {
		return &m.workers.rows[other], &m.postings.rows[row]
	})
}

func (m *Market) plain(gone rowSet, ids []string, o Options, pairOf func(int32) (*workerRow, *postingRow)) (r Ranking) {
	var all []candidate
	for other := range int32(len(ids)) {
		if gone.has(other) {
			continue
		}
		w, p := pairOf(other)
		x := m.meet(w, p)
		s := m.weigh(&x, mustFor(p, o.Relax))
		if o.Counts {
			r.Drops.add(s.fails)
		}
		if score := s.score(p); s.fails == 0 && score >= o.LeastScore {
			all = append(all, candidate{order(w, p), other, uint8(score)})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		if better(a, b, ids) {
			return -1
		}
		return 1
	})
	for _, c := range all[:min(len(all), o.k())] {
		r.Hits = append(r.Hits, Hit{c.row, int(c.score)})
	}
	return r
}
