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

// ShareLimit is how many times its fair share a posting may stand in lists, and LeastLimit the number of places
// that is always allowed.
const (
	ShareLimit = 3
	LeastLimit = 10
)

// ShareCaps gives, by posting, in how many lists it may stand: three times its fair share, which is its seats over
// all seats of the places given out, or ten places if that is more. A posting without a seat may stand in none.
func ShareCaps(seats []int32, places int) []int32 {
	return shareCaps(seats, places, ShareLimit, LeastLimit)
}

func shareCaps(seats []int32, places int, times float64, least int32) []int32 {
	all := 0.0
	for _, s := range seats {
		all += float64(max(0, s))
	}
	caps := make([]int32, len(seats))
	for j, s := range seats {
		if s > 0 {
			caps[j] = max(least, int32(min(times*float64(s)*float64(places)/all, 1<<30)))
		}
	}
	return caps
}
