package matcher

import (
	"runtime"
	"slices"
	"sync"
)

// fine is how many parts a point of a price has.
const fine = 64

// priceRounds is how often prices are put right before the places are dealt out.
const priceRounds = 15

// settle finds prices at which people would by themselves ask for about as many places of each posting as its fair share:
// in every round each worker asks for the places that are best after the price, and what is asked for too often becomes
// dearer, what is asked for less cheaper. So those give way who have something nearly as good elsewhere. The rounds
// are few and the prices rough; the caps are kept by dealing out.
func (s *spreader) settle(shares Shares) {
	fair := each(s.seats, shares.fair)
	clear(s.price)
	for round := range priceRounds {
		step := int32(4*fine) >> (round / 3)
		for j, asked := range s.asked() {
			room := fair[j]
			switch {
			case room == 0:
			case asked > room:
				s.price[j] += max(1, int32(int64(step)*int64(min(asked-room, room))/int64(room)))
			case s.price[j] > 0:
				s.price[j] = max(0, s.price[j]-int32(int64(step)*int64(room-asked)/int64(room)))
			}
		}
	}
	s.inParts(func(_ int, i int32) { s.sort(i) })
}

// sort orders a worker's candidates by what they are worth after half the price. At the whole price those who would go
// far are sent far even where something near has room in their turn: of 4,375 people in the demo's market some 3,040 kept
// one of their best five in five places, at half the price 3,270, and 1,490 places instead of 1,270 stayed empty; without
// prices 2,780 did.
func (s *spreader) sort(i int32) {
	postings, values := s.c.Of(i)
	liked := s.liked[s.c.from[i]:s.c.from[i+1]]
	for k := range liked {
		liked[k] = uint16(k)
	}
	worth := func(at uint16) int32 { return int32(values[at])*fine - s.price[postings[at]]/2 }
	slices.SortStableFunc(liked, func(a, b uint16) int { return int(worth(b)) - int(worth(a)) })
}

// asked counts in how many lists each posting would stand at the prices.
func (s *spreader) asked() []int32 {
	counts, best := make([][]int32, s.parts()), make([][]ask, s.parts())
	for part := range counts {
		counts[part] = make([]int32, len(s.seats))
	}
	s.inParts(func(part int, i int32) {
		best[part] = s.best(i, best[part][:0])
		for _, a := range best[part] {
			counts[part][a.posting]++
		}
	})
	for _, more := range counts[1:] {
		for j, n := range more {
			counts[0][j] += n
		}
	}
	return counts[0]
}

func (s *spreader) parts() int { return runtime.GOMAXPROCS(0) }

// inParts does something for every worker, a part of them on each processor. The result must not depend on how many
// parts there are.
func (s *spreader) inParts(do func(part int, worker int32)) {
	n, parts := s.c.Workers(), s.parts()
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for i := int32(n * part / parts); i < int32(n*(part+1)/parts); i++ {
				do(part, i)
			}
		})
	}
	wait.Wait()
}

// ask is a posting with what it is worth to somebody after its price.
type ask struct{ worth, posting int32 }

// best gives the k postings that are best for a worker after the prices. Of two alike the one that stands first in the
// list, which is the day's draw, comes first.
func (s *spreader) best(i int32, list []ask) []ask {
	postings, values := s.of(i)
	for at, j := range postings {
		a := ask{int32(values[at])*fine - s.price[j], j}
		if len(list) == s.k {
			if a.worth <= list[len(list)-1].worth {
				continue
			}
			list = list[:len(list)-1]
		}
		k := len(list)
		list = append(list, a)
		for k > 0 && list[k-1].worth < a.worth {
			list[k] = list[k-1]
			k--
		}
		list[k] = a
	}
	return list
}
