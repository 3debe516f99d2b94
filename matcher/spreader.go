package matcher

import (
	"cmp"
	"context"
	"slices"
)

// spreader deals out the places of lists.
type spreader struct {
	c      *Candidates
	seats  []int32
	o      SpreadOptions
	k      int
	order  []int32 // workers in the day's turn
	wide   map[int32]*Candidates
	places int // how many places the caps are worked out for

	even, most []int32 // caps: what evenness wants, and what is allowed
	exposure   []int32
	chosen     []uint16 // by worker, k of them: where in his or her candidates
	count      []uint8
	next       []uint16 // by worker, the first of liked not tried in this pass
	lacking    []int32
	price      []int32  // by posting, in parts of a point
	liked      []uint16 // by worker, where in the candidates, best first after half the price
}

func newSpreader(c *Candidates, seats []int32, o SpreadOptions) *spreader {
	n := c.Workers()
	s := &spreader{c: c, seats: seats, o: o, k: min(cmp.Or(max(o.Places, 0), DefaultPlaces), 255), wide: map[int32]*Candidates{}}
	s.order = make([]int32, n)
	for i := range s.order {
		s.order[i] = int32(i)
		s.places += min(s.k, c.from[i+1]-c.from[i])
	}
	turn := func(i int32) uint64 {
		if o.Turn != nil {
			return o.Turn[i]
		}
		return mix(uint64(i) + 1)
	}
	slices.SortFunc(s.order, func(a, b int32) int { return cmp.Or(cmp.Compare(turn(a), turn(b)), cmp.Compare(a, b)) })
	s.chosen, s.count, s.next = make([]uint16, n*s.k), make([]uint8, n), make([]uint16, n)
	s.exposure, s.price, s.liked = make([]int32, len(seats)), make([]int32, len(seats)), make([]uint16, c.Pairs())
	return s
}

// of gives a worker's candidates, the wider ones where they were asked for.
func (s *spreader) of(i int32) (postings []int32, values []uint16) {
	if w := s.wide[i]; w != nil {
		return w.Of(0)
	}
	return s.c.Of(i)
}

// deal settles prices and gives everybody a first place, then, place after place and each time the other way round, the
// best after half the price that there is room for.
func (s *spreader) deal(ctx context.Context) error {
	shares := SharesOf(s.seats, s.places)
	s.even, s.most = each(s.seats, shares.Even), each(s.seats, shares.Limit)
	clear(s.exposure)
	clear(s.count)
	clear(s.next)
	s.settle(shares)
	if err := s.first(ctx); err != nil {
		return err
	}
	for place := 1; place < s.k; place++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		slices.Reverse(s.order)
		for _, i := range s.order {
			s.more(i, s.even, false)
		}
	}
	for _, caps := range [][]int32{s.even, s.most} {
		clear(s.next)
		for _, i := range s.order {
			for int(s.count[i]) < s.k && s.more(i, caps, true) {
			}
		}
	}
	return nil
}

// more gives a worker one more place if any of the candidates not tried has room.
func (s *spreader) more(i int32, caps []int32, twins bool) bool {
	if int(s.count[i]) >= s.k {
		return false
	}
	postings, _ := s.of(i)
	for k := int(s.next[i]); k < len(postings); k++ {
		at := k
		if s.wide[i] == nil {
			at = int(s.liked[s.c.from[i]+k])
		}
		j := postings[at]
		s.next[i] = uint16(k + 1)
		if s.exposure[j] < caps[j] && !s.has(i, at) && (twins || !s.hasTwin(i, j)) {
			s.put(i, at, j)
			return true
		}
	}
	return false
}

func (s *spreader) put(i int32, at int, j int32) {
	s.chosen[int(i)*s.k+int(s.count[i])] = uint16(at)
	s.count[i]++
	s.exposure[j]++
}

func (s *spreader) taken(i int32) []uint16 {
	return s.chosen[int(i)*s.k : int(i)*s.k+int(s.count[i])]
}

func (s *spreader) has(i int32, at int) bool { return slices.Contains(s.taken(i), uint16(at)) }

// hasTwin reports whether a posting that says nearly the same stands in the list.
func (s *spreader) hasTwin(i, j int32) bool {
	if s.o.Twins == nil {
		return false
	}
	postings, _ := s.of(i)
	for _, at := range s.taken(i) {
		if s.o.Twins[postings[at]] == s.o.Twins[j] {
			return true
		}
	}
	return false
}

// fits reports whether the caps hold for the places that were given; when fewer were given than reckoned, the
// shares are smaller and everything is dealt anew.
func (s *spreader) fits() bool {
	given := 0
	for _, n := range s.count {
		given += int(n)
	}
	if given == s.places {
		return true
	}
	s.places = given
	s.most = each(s.seats, SharesOf(s.seats, given).Limit)
	for j, e := range s.exposure {
		if e > s.most[j] {
			return false
		}
	}
	return true
}

func (s *spreader) result() *Spreading {
	out := &Spreading{Exposure: s.exposure, Caps: s.most, Places: s.places, Seats: SharesOf(s.seats, 0).Seats, NoCapacity: s.lacking, Widened: len(s.wide)}
	out.from, out.placed = make([]int32, s.c.Workers()+1), make([]placed, 0, s.places)
	var loss, full average
	for i := range int32(s.c.Workers()) {
		postings, values := s.of(i)
		places := s.taken(i)
		slices.Sort(places)
		want := min(s.k, len(postings))
		out.Short += want - len(places)
		got := 0
		for _, at := range places {
			out.placed = append(out.placed, placed{postings[at], values[at], at})
			got += int(values[at])
		}
		out.from[i+1] = int32(len(out.placed))
		loss.less(got, values[:len(places)])
		full.less(got, values[:want])
	}
	out.Loss, out.FullLoss = loss.value(), full.value()
	out.Gini = Gini(s.exposure, s.seats)
	for j, e := range s.exposure {
		if s.seats[j] > 0 && e == 0 {
			out.NeverShown++
		}
	}
	return out
}

// average is the mean of shares.
type average struct {
	sum float64
	n   int
}

// less adds by how much got is less than the values together.
func (m *average) less(got int, values []uint16) {
	top := 0
	for _, v := range values {
		top += int(v)
	}
	if top > 0 {
		m.sum += 1 - float64(got)/float64(top)
		m.n++
	}
}

func (m *average) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / float64(m.n)
}
