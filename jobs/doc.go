// Package jobs does the work of later: on a cron schedule, on a button, or by "noiviec run NAME", always the
// same function. The table in table.go names every job, when it is due and what it means to miss it.
//
// Cron only says "due". The work itself is idempotent: what was done already is not done again, so a run that
// was killed half-way is simply run again. Every run is recorded (market.Run) with its counts and its error.
// With several processes on one store a lease decides who works: the others record nothing and do nothing.
//
// The Engine keeps the matcher's picture of the market warm from the store's change feed: it answers what
// fits one worker or one posting at once, refreshes the stored lists of what has changed, and writes the
// nightly result. Between two nights it answers questions from the same picture (questions.go): what would change
// if one thing were otherwise with a person or a vacancy, and why a pair is not suggested. The Follower keeps the
// search index equal to the store.
//
// Of several processes on one store one makes the lists, so each is made once and what is shown is counted in one place.
// It holds the lease "lists", under which every list is stored; the others keep their picture of the market for questions.
// A match run takes the lease from whoever makes the day's lists. A process that stops hands it on at once; one that
// dies, or stands still, is followed within half a minute, and what changed meanwhile is made up for (turn.go). One that
// stands still in the middle of a write holds it open until the database ends it, after a minute (MongoDB's
// transactionLifetimeLimitSeconds), and is followed then.
package jobs
