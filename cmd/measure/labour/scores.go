package labour

import (
	"context"
	"fmt"
	"reflect"

	"noiviec/matcher"
)

// scores holds the engine's score of every pair that could ever meet. Cards do not change, employers confirm in time,
// and a pair's score does not hang on the day otherwise: what RankWorkers says of a market of everybody is what it
// would say every night of those who are there. Nights then choose among them.
type scores struct {
	market   *matcher.Market // everybody, as of the first day
	seekers  []int32         // seeker → row
	openings []int32         // opening → row
	twins    []int32         // by opening: those that say nearly the same have one number
	above    []uint8         // seeker by opening: the score and one, 0 where a hard condition fails

	forSeeker, forOpening [][]int32 // the other side's numbers from leastScore up, best first
}

// of gives the score of a pair, and whether it passes.
func (s *scores) of(seeker, opening int) (score int, passes bool) {
	above := s.above[seeker*len(s.openings)+opening]
	return int(above) - 1, above > 0
}

// scored ranks everybody for everything, or takes over what was ranked when no card differs.
func (w *World) scored(ctx context.Context, like *World) (*scores, error) {
	if like != nil && like.sameCards(w) {
		return like.scores, nil
	}
	m, err := w.everybody()
	if err != nil {
		return nil, err
	}
	s := &scores{market: m, seekers: make([]int32, len(w.seekers)), openings: make([]int32, len(w.openings)), twins: make([]int32, len(w.openings)),
		above: make([]uint8, len(w.seekers)*len(w.openings)), forSeeker: make([][]int32, len(w.seekers)), forOpening: make([][]int32, len(w.openings))}
	twins := m.Twins(nil)
	for row := range int32(m.Postings()) {
		i := number(m.PostingID(row))
		s.openings[i], s.twins[i] = row, twins[row]
	}
	for row := range int32(m.Workers()) {
		s.seekers[number(m.WorkerID(row))] = row
	}
	if err := s.rank(ctx); err != nil {
		return nil, err
	}
	s.turnRound()
	return s, nil
}

// rankAtOnce is how many people's whole lists are in memory at a time.
const rankAtOnce = 256

func (s *scores) rank(ctx context.Context) error {
	m := s.market
	o := matcher.BatchOptions{Options: matcher.Options{K: m.Postings()}, Parallel: 1} // markets go beside one another
	for from := int32(0); from < int32(m.Workers()); from += rankAtOnce {
		to := min(from+rankAtOnce, int32(m.Workers()))
		lists, err := m.RankWorkers(ctx, from, to, o)
		if err != nil {
			return err
		}
		for row := from; row < to; row++ {
			i := number(m.WorkerID(row))
			for k := range lists.Len(row) {
				h := lists.Hit(row, k)
				j := number(m.PostingID(h.Row))
				s.above[i*len(s.openings)+j] = uint8(h.Score) + 1
				if h.Score >= leastScore {
					s.forSeeker[i] = append(s.forSeeker[i], int32(j))
				}
			}
		}
	}
	return nil
}

// turnRound makes the postings' lists out of the people's: score after score, from the best down.
func (s *scores) turnRound() {
	next := make([]int, len(s.forSeeker)) // the first of a person's list not taken
	for score := 100; score >= leastScore; score-- {
		for i, list := range s.forSeeker {
			for ; next[i] < len(list); next[i]++ {
				j := list[next[i]]
				if is, _ := s.of(i, int(j)); is < score {
					break
				}
				s.forOpening[j] = append(s.forOpening[j], int32(i))
			}
		}
	}
}

// everybody is a market of all who will ever come, as if all postings had been confirmed today.
func (w *World) everybody() (*matcher.Market, error) {
	b, err := matcher.NewBuilder(w.tables, firstDay, matcher.DefaultWeights())
	if err != nil {
		return nil, err
	}
	for i := range w.seekers {
		if err := b.AddWorker(w.seekers[i].card); err != nil {
			return nil, fmt.Errorf("seeker %d: %w", i, err)
		}
	}
	for i := range w.openings {
		card := w.openings[i].on(0, 1)
		card.Confirmed, card.Deadline = firstDay, matcher.NoDay
		if err := b.AddPosting(card); err != nil {
			return nil, fmt.Errorf("opening %d: %w", i, err)
		}
	}
	return b.Build()
}

// sameCards reports whether the engine would see the same people and postings.
func (w *World) sameCards(other *World) bool {
	if len(w.seekers) != len(other.seekers) || len(w.openings) != len(other.openings) {
		return false
	}
	for i := range w.seekers {
		if !reflect.DeepEqual(w.seekers[i].card, other.seekers[i].card) {
			return false
		}
	}
	for i := range w.openings {
		a, b := w.openings[i].card, other.openings[i].card
		a.Deadline, b.Deadline = matcher.NoDay, matcher.NoDay
		if !reflect.DeepEqual(a, b) {
			return false
		}
	}
	return true
}
