// Package casework makes every decision that a person or a job takes about people and vacancies: one
// function a decision. Each loads what it needs, asks market.Can, moves the state, and writes everything the
// decision changes in one atomic batch together with its audit entry: all of it happens or none of it.
// Pages, jobs and commands call the same functions, so a hire by tap, by import and by the nightly job is
// the same code.
//
// Functions take the actor, the instant and the revision that the person saw. A revision that has moved is a
// Conflict ("error.stale"): somebody else decided first, and the caller shows the document again. When only
// something behind the decision moved (the posting's seats, the year's counter), the decision is made again
// on what is now there; whoever comes after the last seat is told "error.posting.full".
package casework
