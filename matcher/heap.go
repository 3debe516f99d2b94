package matcher

import (
	"cmp"
	"slices"
)

// candidate is one row of the other side with its score and what breaks ties.
type candidate struct {
	order uint64
	row   int32
	score uint8
}

// better is the total order of every list: score, then the hash of day and pair, then the ids. Only two
// different ids of one hash get as far as the ids.
func better(a, b candidate, ids []string) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	if a.order != b.order {
		return a.order < b.order
	}
	return ids[a.row] < ids[b.row]
}

// topK keeps the best k candidates it is offered: a heap with the worst on top.
type topK struct {
	k    int
	ids  []string // of the other side's rows
	heap []candidate
	room []candidate // to sort in
}

func (t *topK) reset(k int) { t.k, t.heap = k, t.heap[:0] }

// least is the score below which nothing is taken any more.
func (t *topK) least() int {
	if len(t.heap) < t.k {
		return 0
	}
	return int(t.heap[0].score)
}

// full reports whether the list is as long as it may be, and gives the tie-break that an equal score must beat then.
func (t *topK) full() (worst uint64, full bool) {
	if len(t.heap) < t.k || t.k == 0 {
		return 0, false
	}
	return t.heap[0].order, true
}

func (t *topK) offer(c candidate) {
	if len(t.heap) < t.k {
		t.heap = append(t.heap, c)
		t.up(len(t.heap) - 1)
		return
	}
	if t.k > 0 && better(c, t.heap[0], t.ids) {
		t.heap[0] = c
		t.down(0)
	}
}

// offerOnce takes in the better of what it is offered of one row: who has two wishes is offered by each of them.
func (t *topK) offerOnce(c candidate) {
	for i := range t.heap {
		if t.heap[i].row != c.row {
			continue
		}
		if c.score > t.heap[i].score {
			t.heap[i] = c
			t.down(i)
		}
		return
	}
	t.offer(c)
}

func (t *topK) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !better(t.heap[parent], t.heap[i], t.ids) {
			return
		}
		t.heap[parent], t.heap[i] = t.heap[i], t.heap[parent]
		i = parent
	}
}

func (t *topK) down(i int) {
	for {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(t.heap); child++ {
			if better(t.heap[worst], t.heap[child], t.ids) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.heap[worst], t.heap[i] = t.heap[i], t.heap[worst]
		i = worst
	}
}

// sorted gives the candidates best first; the heap is used up. They are dealt out by their scores, so that only those of one
// score are left to be compared.
func (t *topK) sorted() []candidate {
	var ends [anyScore + 1]int32
	for i := range t.heap {
		ends[t.heap[i].score]++
	}
	next := int32(0)
	for score := anyScore; score >= 0; score-- {
		next, ends[score] = next+ends[score], next
	}
	t.room = slices.Grow(t.room[:0], len(t.heap))[:len(t.heap)]
	for _, c := range t.heap {
		t.room[ends[c.score]] = c
		ends[c.score]++
	}
	from := int32(0)
	for score := anyScore; score >= 0; score-- {
		if to := ends[score]; to > from {
			slices.SortFunc(t.room[from:to], t.compare)
			from = to
		}
	}
	t.heap, t.room = t.room, t.heap
	return t.heap
}

// compare orders candidates of one score.
func (t *topK) compare(a, b candidate) int {
	if a.order != b.order {
		return cmp.Compare(a.order, b.order)
	}
	return cmp.Compare(t.ids[a.row], t.ids[b.row])
}
