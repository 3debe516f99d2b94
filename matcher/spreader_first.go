package matcher

import "context"

// first gives everybody one place. Who finds every candidate full asks the people standing there to take another of
// theirs: a chain of such moves to a posting with room is found if there is one, so that as many as possible have a
// place. Who finds none asks for a longer list, and else has no capacity.
func (s *spreader) first(ctx context.Context) error {
	var full []int32
	for _, i := range s.order {
		if s.more(i, s.even, true) {
			continue
		}
		s.next[i] = 0
		if postings, _ := s.of(i); !s.more(i, s.most, true) && len(postings) > 0 {
			full = append(full, i)
		}
	}
	s.lacking = nil
	if len(full) > 0 {
		h := newHolders(s)
		for _, i := range full {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !h.place(i) && !(s.widen(i) && h.place(i)) {
				s.lacking = append(s.lacking, i)
			}
		}
	}
	clear(s.next)
	return nil
}

// widen asks for a longer list, once.
func (s *spreader) widen(i int32) bool {
	if s.o.Wider == nil {
		return false
	}
	if s.wide[i] == nil {
		w := NewCandidates(1, 0)
		list := s.o.Wider(i)
		w.Add(list[:min(len(list), mostCandidates)])
		s.wide[i] = w
	}
	return true
}

// holders knows who stands where while everybody has one place at most.
type holders struct {
	s     *spreader
	head  []int32 // by posting, somebody standing there, or -1
	after []int32 // by worker, the next one standing there
	seen  []int32 // by posting, the number of the search that saw it; those of a search in vain stay closed
	by    []int32 // by posting, who would move there
	found int32
	queue []int32
}

const closed = -1

func newHolders(s *spreader) *holders {
	h := &holders{s: s, head: make([]int32, len(s.seats)), after: make([]int32, s.c.Workers()), seen: make([]int32, len(s.seats)), by: make([]int32, len(s.seats))}
	for j := range h.head {
		h.head[j] = -1
	}
	for i := range int32(s.c.Workers()) {
		if s.count[i] > 0 {
			h.link(i, h.at(i))
		}
	}
	return h
}

// at gives where a worker stands.
func (h *holders) at(i int32) int32 {
	postings, _ := h.s.of(i)
	return postings[h.s.chosen[int(i)*h.s.k]]
}

func (h *holders) link(i, j int32) { h.after[i], h.head[j] = h.head[j], i }

func (h *holders) unlink(i, j int32) {
	at := &h.head[j]
	for *at != i {
		at = &h.after[*at]
	}
	*at = h.after[i]
}

// place finds the shortest chain of moves that makes room for a worker, and makes them.
func (h *holders) place(i int32) bool {
	h.found++
	h.queue = h.queue[:0]
	if j := h.reach(i); j >= 0 {
		h.shift(i, j)
		return true
	}
	for k := 0; k < len(h.queue); k++ {
		for w := h.head[h.queue[k]]; w >= 0; w = h.after[w] {
			if j := h.reach(w); j >= 0 {
				h.shift(i, j)
				return true
			}
		}
	}
	for _, j := range h.queue {
		h.seen[j] = closed
	}
	return false
}

// reach looks at all postings a worker could move to, and gives one with room, or -1.
func (h *holders) reach(w int32) int32 {
	postings, _ := h.s.of(w)
	for _, j := range postings {
		if h.seen[j] == closed || h.seen[j] == h.found {
			continue
		}
		h.seen[j], h.by[j] = h.found, w
		if h.s.exposure[j] < h.s.most[j] {
			return j
		}
		if h.s.most[j] > 0 {
			h.queue = append(h.queue, j)
		}
	}
	return -1
}

// shift moves everybody along the chain that ends at a posting with room and begins with worker i.
func (h *holders) shift(i, j int32) {
	s := h.s
	s.exposure[j]++
	for {
		w := h.by[j]
		old := int32(-1)
		if s.count[w] > 0 {
			old = h.at(w)
			h.unlink(w, old)
		}
		postings, _ := s.of(w)
		for at, p := range postings {
			if p == j {
				s.chosen[int(w)*s.k] = uint16(at)
				break
			}
		}
		s.count[w] = 1
		h.link(w, j)
		if w == i {
			return
		}
		j = old
	}
}
