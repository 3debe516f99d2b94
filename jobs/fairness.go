package jobs

import (
	"context"
	"time"

	"noiviec/internal/market"
)

// recordFairness reckons the running month anew, and closes the one before if nobody has.
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
	return counts, nil
}
