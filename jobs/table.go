package jobs

import (
	"context"
	"time"

	"noiviec/internal/market"
)

// Job is one line of the table.
type Job struct {
	Name     string // as in "noiviec run NAME" and on the page of runs
	Schedule string // cron: minute hour day month weekday, in market.Zone
	Missed   string // what it means when it did not run
	do       func(context.Context, *Runner, market.Run, time.Time) (map[string]int, error)
}

// Jobs in the order they are listed.
var Jobs = []Job{
	{"placements", "*/10 * * * *", "people who started are missing from the report, and their other offers stay open", recordPlacements},
	{"expire", "5 0 * * *", "postings past their deadline or unconfirmed for 14 days are still shown", expirePostings},
	{"referrals", "0 7 * * *", "employers are not reminded and silent referrals never end", remindEmployers},
	{"followups", "30 6 * * *", "counsellors do not see whom to call on day 7, 30, 90 and 180", dueFollowUps},
	{"match", "30 1 * * *", "suggestions are a day old; changes of the day are still matched as they happen", matchAll},
	{"weights", "0 3 1 * *", "weights are not held to a month's outcomes; nothing changes without a person's approval", fitWeights},
	{"fairness", "30 4 * * *", "who is shown, referred and hired by group is a day old; on the first of a month the last one is not closed", recordFairness},
	{"index", "0 4 * * *", "a search index that differs from the records goes unnoticed for a day", checkIndex},
}

// Names of all jobs.
func Names() []string {
	out := make([]string, len(Jobs))
	for i, j := range Jobs {
		out[i] = j.Name
	}
	return out
}

func jobNamed(name string) (Job, error) {
	for _, j := range Jobs {
		if j.Name == name {
			return j, nil
		}
	}
	return Job{}, market.Bad("job", "error.job.unknown", name)
}
