package jobs

import (
	"context"
	"time"

	"noiviec/internal/market"
)

// recordFairness reckons the running month anew, closes the one before if nobody has, and forgets the lists that were
// shown longer ago than any fit reads.
func recordFairness(ctx context.Context, r *Runner, _ market.Run, now time.Time) (map[string]int, error) {
	counts := map[string]int{"months": 0, "groups": 0}
	this := market.MonthOf(now)
	for _, month := range []market.Month{this.Add(-1), this} {
		f, err := r.Desk.RecordFairness(ctx, r.actor(), now, month)
		if err != nil {
			return counts, err
		}
		counts["months"]++
		counts["groups"] += len(f.Groups)
	}
	var err error
	counts["forgotten"], err = forgetShowings(ctx, r.Store, r.Centre, market.DateOf(now))
	return counts, err
}
