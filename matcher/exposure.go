package matcher

import "slices"

// Gini says how unevenly places in lists fall on seats: 0 when every seat of every posting is shown equally often,
// near 1 when a few have all. Each seat of a posting with s seats that stands in e lists has e/s; the figure is the
// mean difference between two seats drawn at random, divided by twice the mean. Postings without a seat do not
// count, those never shown do.
func Gini(exposure, seats []int32) float64 {
	var order []int32
	var all, shown float64
	for j, s := range seats {
		if s > 0 {
			order = append(order, int32(j))
			all, shown = all+float64(s), shown+float64(exposure[j])
		}
	}
	if shown == 0 {
		return 0
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := int64(exposure[a])*int64(seats[b]), int64(exposure[b])*int64(seats[a])
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return int(a) - int(b)
	})
	// Twice the area under the curve of the share of places over the share of seats, the least shown first.
	area, below := 0.0, 0.0
	for _, j := range order {
		e := float64(exposure[j])
		area += float64(seats[j]) * (2*below + e)
		below += e
	}
	return 1 - area/(all*shown)
}

// Shares says how many places in lists there are for how many seats. A posting's fair share is its seats over all
// seats of all places. The zero value is used where nobody has counted yet.
type Shares struct{ Places, Seats int }

// SharesOf counts the seats.
func SharesOf(seats []int32, places int) Shares {
	s := Shares{Places: places}
	for _, n := range seats {
		s.Seats += int(max(0, n))
	}
	return s
}

const (
	mostShares  = 3  // times its fair share: in more lists no posting stands
	leastLimit  = 10 // lists in which a posting may always stand
	evenHalves  = 3  // halves of its fair share: where there is a choice it does not stand in more. See Even.
	leastEven   = 5  // lists in which it may stand even so: a single opening next door is not kept from the neighbours
	mostLimited = 1 << 30
)

// Limit gives in how many lists a posting with so many seats may stand: three times its fair share, or ten where that
// is more; none without a seat.
func (s Shares) Limit(seats int) int {
	if seats <= 0 {
		return 0
	}
	return max(leastLimit, s.times(mostShares, seats))
}

// Even gives in how many lists it stands where there is a choice: one and a half times its fair share, or five where that
// is more. If every seat had at most that and all places were given, Gini could not be above a third.
func (s Shares) Even(seats int) int {
	if s.Seats == 0 || seats <= 0 {
		return s.Limit(seats)
	}
	return min(s.Limit(seats), max(leastEven, s.times(evenHalves, seats)/2))
}

// fair gives in how many lists it would stand if all seats were shown equally often, or five where that is more.
func (s Shares) fair(seats int) int {
	if s.Seats == 0 || seats <= 0 {
		return s.Limit(seats)
	}
	return min(s.Limit(seats), max(leastEven, s.times(1, seats)))
}

func (s Shares) times(n, seats int) int {
	if s.Seats == 0 {
		return 0
	}
	return min(n*seats*s.Places/s.Seats, mostLimited)
}

// each gives the limits of all postings.
func each(seats []int32, limit func(int) int) []int32 {
	out := make([]int32, len(seats))
	for j, n := range seats {
		out[j] = int32(limit(int(n)))
	}
	return out
}
