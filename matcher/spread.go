package matcher

import (
	"context"
	"fmt"
)

// DefaultPlaces is the length of a spread list when nobody says.
const DefaultPlaces = 10

// SpreadOptions say how to spread. The zero value is good.
type SpreadOptions struct {
	Places int // in a list; 0 is DefaultPlaces
	// Turn orders the workers of the day: who has a smaller number chooses first among equals. nil draws by row.
	Turn []uint64
	// Twins gives postings that say nearly the same one number, as Market.Twins does; nil is none alike.
	Twins []int32
	// Wider gives a longer exact list for a worker all of whose candidates are full; nil is nobody's.
	Wider func(worker int32) []Hit
}

// mostCandidates is how many a worker may have: places in the list are kept in 16 bits.
const mostCandidates = 1<<16 - 1

// SpreadList is what one worker is shown.
type SpreadList []SpreadPlace

// SpreadPlace is one place of a list.
type SpreadPlace struct {
	Posting int32
	Score   int
	Rank    int // where it stands in the exact list, from 0
}

// Spreading is the lists of all workers, with what the spread did to them.
type Spreading struct {
	Exposure   []int32 // by posting, in how many lists it stands
	Caps       []int32 // by posting, in how many it may
	Places     int     // places given out
	Seats      int     // of all postings
	NoCapacity []int32 // workers who pass for something and whose openings are all full
	Widened    int     // workers for whom a longer list was asked
	Short      int     // places that lists of full length would hold besides, for which nothing had room
	// Loss is how much less a worker's places are worth than as many from the top of his or her candidates, on average
	// over the workers who have any: 0.05 is 5 per cent. FullLoss counts the places that nothing had room for as worth
	// nothing, also of workers without a place.
	Loss, FullLoss float64
	Gini           float64 // of places over seats
	NeverShown     int     // postings with a seat that stand in no list

	from   []int32
	placed []placed
}

// placed is a SpreadPlace in few bytes: there are ten for everybody.
type placed struct {
	posting     int32
	score, rank uint16
}

// Of gives the list of a worker, best first.
func (s *Spreading) Of(worker int32) SpreadList {
	var list SpreadList
	for _, p := range s.placed[s.from[worker]:s.from[worker+1]] {
		list = append(list, SpreadPlace{p.posting, int(p.score), int(p.rank)})
	}
	return list
}

// Spread makes every worker's list from his or her candidates so that no posting stands in more lists than its seats
// allow (see Shares), and everybody has a place for whom there can be one. The same input gives the same lists, however
// many processors there are.
func Spread(ctx context.Context, c *Candidates, seats []int32, o SpreadOptions) (*Spreading, error) {
	if err := c.check(len(seats)); err != nil {
		return nil, fmt.Errorf("spread: %w", err)
	}
	for i := range c.Workers() {
		if n := c.from[i+1] - c.from[i]; n > mostCandidates {
			return nil, fmt.Errorf("spread: %d candidates of one worker, %d at most", n, mostCandidates)
		}
	}
	s := newSpreader(c, seats, o)
	for {
		if err := s.deal(ctx); err != nil {
			return nil, fmt.Errorf("spread: %w", err)
		}
		if s.fits() {
			return s.result(), nil
		}
	}
}
