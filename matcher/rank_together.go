package matcher

import "math"

// together ranks a few postings side by side. Each looks by itself into what promises the most. Those that have not found
// their lists by then would look into most of the index, one after the other; so they go through what is left of it side by
// side, and a list is read from memory once for all of them.
type together struct {
	queries [abreast]*postingQuery
	bounds  [][abreast]uint8 // by list and query: 1 + what the list promises, 0 where it need not be looked into
	alone   int              // how many lists and blocks a posting looks into before it goes along with others
}

const (
	abreast = 32
	alone   = 192
)

func (m *Market) takeTogether() *together {
	t := &together{bounds: make([][abreast]uint8, len(m.index.workers.lists)), alone: alone}
	for i := range t.queries {
		t.queries[i] = m.takePostingQuery()
	}
	return t
}

func (m *Market) returnTogether(t *together) {
	for _, q := range t.queries {
		m.returnPostingQuery(q)
	}
}

// rankTogether puts the lists of a few postings where they belong.
func (m *Market) rankTogether(side *together, rows []int32, known *naming, t *told, o Options, lists *Lists) {
	var begun []int
	var drops [abreast]Drops
	for i, row := range rows {
		if m.postings.gone.has(row) {
			continue
		}
		q, done := side.queries[i], false
		q.row, q.told = row, t
		q.top.reset(o.k())
		if known != nil {
			q.top.heap = append(q.top.heap, known.tops[row-known.from].heap...)
		}
		if drops[i], done = q.begin(&m.postings.rows[row], o); !done {
			begun = append(begun, i)
		}
	}
	side.search(begun)
	for i, row := range rows {
		if !m.postings.gone.has(row) {
			side.queries[i].weighWaiting()
			lists.put(row, side.queries[i].top.sorted(), drops[i])
		}
	}
}

// search finds the lists of those queries that have begun.
func (t *together) search(begun []int) {
	left := begun[:0]
	for _, i := range begun {
		if !t.queries[i].search(t.alone) {
			left = append(left, i)
		}
	}
	if len(left) <= 1 {
		for _, i := range left {
			t.queries[i].search(math.MaxInt)
		}
		return
	}
	for _, i := range left {
		t.queries[i].lists(func(list int32, bound int) { t.bounds[list][i] = 1 + uint8(bound) })
	}
	for _, list := range t.queries[0].m.index.workers.bySheet {
		bounds := &t.bounds[list]
		if *bounds == [abreast]uint8{} {
			continue
		}
		for _, i := range left {
			if bound, q := int(bounds[i])-1, t.queries[i]; bound >= q.floor() {
				q.openList(list, true)
			}
		}
		*bounds = [abreast]uint8{}
	}
}

// lists gives the lists that are left to be looked into with what they promise, and looks into all else that is left.
func (q *postingQuery) lists(put func(list int32, bound int)) {
	for {
		next, bound, ok := q.frontier.take(q.floor())
		if !ok {
			return
		}
		switch next.at {
		case kinStorey:
			q.openKin(next.id)
		case listStorey:
			put(next.id, bound)
		case blockStorey:
			q.tryBlock(next.id, bound)
		}
	}
}
