package matcher

import (
	"context"
	"sync"
)

// told is what the lists of all workers tell of the postings' before any of these is made. Every pair in them is a
// candidate of its posting, and the pair of a posting with somebody whose list does not name it scores no more than the
// last that is named there, nor passes at all where the list is not full. So a posting's list begins with the best
// of those who name it, and nobody needs to be looked at whose last is worse than its last.
type told struct {
	lists *Lists
	full  int    // how long a list is that may have left something out
	caps  []int8 // by worker: the most a posting scores that the list does not name, impossible where it names all there are

	// The greatest of a part of the index.
	blocks, parts, kins []int8
	rows                []column // by block: 1 + the caps of its rows
}

func (m *Market) told(lists *Lists, k int) *told {
	t := &told{lists: lists, full: k, caps: make([]int8, m.Workers())}
	for row := range int32(m.Workers()) {
		t.caps[row] = impossible
		if n := lists.Len(row); n >= k {
			t.caps[row] = int8(lists.Hit(row, n-1).Score)
		}
	}
	x := &m.index.workers
	t.rows, t.blocks = make([]column, len(x.sheets)), make([]int8, len(x.sheets))
	for i := range x.heads {
		s := &x.heads[i]
		t.blocks[i] = impossible
		for k := range int32(s.n) {
			most := t.caps[x.gists[s.from+k].row]
			t.rows[i][k], t.blocks[i] = uint8(1+most), max(t.blocks[i], most)
		}
	}
	t.parts = greatest(t.blocks, len(x.lists), func(i int) (from, to int32) { return x.lists[i].from, x.lists[i].to })
	t.kins = greatest(t.parts, len(x.begin)-1, func(i int) (from, to int32) { return x.begin[i], x.begin[i+1] })
	return t
}

// greatest gives the greatest of each of n stretches.
func greatest(list []int8, n int, stretch func(int) (from, to int32)) []int8 {
	out := make([]int8, n)
	for i := range out {
		out[i] = impossible
		from, to := stretch(i)
		for _, most := range list[from:to] {
			out[i] = max(out[i], most)
		}
	}
	return out
}

// names reports whether a pair of so many points stands in its worker's list.
func (t *told) names(row, posting int32, score int) bool {
	if limit := int(t.caps[row]); score != limit {
		return score > limit
	}
	for i := t.lists.Len(row) - 1; i >= 0; i-- {
		switch hit := t.lists.Hit(row, i); {
		case hit.Row == posting:
			return true
		case hit.Score > score:
			return false
		}
	}
	return false
}

// naming holds, for a range of postings, the best of the workers whose lists name them, each a heap.
type naming struct {
	from int32
	tops []topK
}

// naming collects them; each goroutine reads all lists for the postings of its own.
func (m *Market) naming(ctx context.Context, t *told, from, to int32, parallel int) (*naming, error) {
	n := &naming{from: from, tops: make([]topK, to-from)}
	room := make([]candidate, int(to-from)*t.full)
	for i := range n.tops {
		n.tops[i] = topK{k: t.full, ids: m.workers.ids, heap: room[i*t.full : i*t.full : (i+1)*t.full]}
	}
	share := (to - from + int32(parallel) - 1) / int32(parallel)
	var wait sync.WaitGroup
	for begin := from; begin < to; begin += share {
		wait.Go(func() { m.collect(ctx, t, n, begin, min(begin+share, to)) })
	}
	wait.Wait()
	return n, ctx.Err()
}

func (m *Market) collect(ctx context.Context, t *told, n *naming, from, to int32) {
	floors := make([]uint8, to-from)
	hashes := make([]uint64, to-from)
	for i := range hashes {
		hashes[i] = m.postings.rows[from+int32(i)].hash
	}
	l := t.lists
	for row := range l.counts {
		if row%4096 == 0 && ctx.Err() != nil {
			return
		}
		hash, at := m.workers.rows[row].hash, row*l.k
		scores := l.scores[at : at+int(l.counts[row])]
		for i, posting := range l.rows[at : at+len(scores)] {
			mine := uint32(posting - from)
			if mine >= uint32(len(floors)) || scores[i] < floors[mine] {
				continue
			}
			top := &n.tops[posting-n.from]
			top.offer(candidate{mix(hash ^ hashes[mine]), int32(row), scores[i]})
			floors[mine] = uint8(top.least())
		}
	}
}

// anyScore is a cap that cuts nothing.
const anyScore = 100

func (t *told) ofKin(number int) int {
	if t == nil {
		return anyScore
	}
	return int(t.kins[number])
}

// ofLists gives the caps of some lists, nil for none.
func (t *told) ofLists(from, to int32) []int8 {
	if t == nil {
		return nil
	}
	return t.parts[from:to]
}

func (t *told) ofBlock(number int32) int {
	if t == nil {
		return anyScore
	}
	return int(t.blocks[number])
}

func (t *told) ofWorker(row int32) int {
	if t == nil {
		return anyScore
	}
	return int(t.caps[row])
}

// ofRows gives 1 + the caps of a block's rows, nil for none.
func (t *told) ofRows(block int32) *column {
	if t == nil {
		return nil
	}
	return &t.rows[block]
}
