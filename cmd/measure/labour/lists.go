package labour

import (
	"context"

	"noiviec/matcher"
)

// Lists are what a policy shows on one day, in rows of that night's market.
type Lists struct {
	Shown     [][]int32 // by person: the postings on the list, best place first
	Shortlist []Pair    // for counsellors, in the order they take them
}

// Pair is a person and a posting, and the engine's score for them.
type Pair struct {
	Worker, Posting int32
	Score           int
}

// Night is what a policy knows: the market as cards tell it, and how long lists are. A policy knows no truth.
type Night struct {
	Market    *matcher.Market
	Day       int
	Left      []int32 // seats left, by posting
	Opened    []int   // the day a posting opened
	Length    int     // places on a person's list
	Shortlist int     // people on a posting's shortlist
	dice      dice
}

// Policy chooses what people are shown and whom counsellors ask. It must not keep anything between nights that
// another run could see: a fresh one is made for every run.
type Policy interface {
	Lists(context.Context, *Night) (Lists, error)
}

// leastScore is the score below which the service stores no suggestion.
const leastScore = 30

// batch ranks on one processor: runs go beside one another.
func batch(k int) matcher.BatchOptions {
	return matcher.BatchOptions{Options: matcher.Options{K: k, LeastScore: leastScore}, Parallel: 1}
}

// forWorkers ranks postings for every person.
func (n *Night) forWorkers(ctx context.Context, k int) (*matcher.Lists, error) {
	return n.Market.RankWorkers(ctx, 0, int32(n.Market.Workers()), batch(k))
}

// forPostings ranks people for every posting.
func (n *Night) forPostings(ctx context.Context, k int) (*matcher.Lists, error) {
	return n.Market.RankPostings(ctx, 0, int32(n.Market.Postings()), batch(k))
}
