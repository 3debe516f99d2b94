package matcher

import (
	"math/rand/v2"
	"testing"
)

// Whatever skills are covered, their slots lose no more than they do, with what is allowed for rounding; covered wholly, they
// lose nothing.
func TestSlotsLoseNoMoreThanSkills(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 1))
	for range 200_000 {
		most, slots := 1+r.IntN(25), mustSlots
		if r.IntN(3) == 0 {
			slots = niceSlots
		}
		n := 1 + r.IntN(slots)
		sum, slotsLose := 0, 0
		for skill := range n {
			percent := 100 - 5*r.IntN(21)
			sum += percent
			for i := range slotsEach(n, slots) {
				slotsLose += int(slotLoss(most, percent, skill*slotsEach(n, slots)+i, slots))
			}
		}
		loses := lossUnit * (most - sharePoints(most, sum, n, 0))
		if slotsLose > loses+roundedBy(n, slots) || sum == 100*n && slotsLose > 0 {
			t.Fatalf("%d skills that cover %d in all, of %d points: slots lose %d units, skills %d", n, sum, most, slotsLose, loses)
		}
	}
}
