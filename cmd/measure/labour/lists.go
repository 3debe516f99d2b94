package labour

import (
	"cmp"
	"context"
	"slices"

	"noiviec/matcher"
)

// Lists are what a policy shows on one day, in rows of that night.
type Lists struct {
	Shown     [][]int32 // by person: the postings on the list, best place first
	Shortlist []Pair    // for counsellors, in the order they take them
}

// Pair is a person and a posting, and the engine's score for them.
type Pair struct {
	Worker, Posting int32
	Score           int
}

// Night is what a policy knows: who is there, what the engine says of them, and how long lists are. It knows no truth.
type Night struct {
	Day       int
	Left      []int32 // seats left, by posting
	Opened    []int   // the day a posting opened
	Twins     []int32 // postings that say nearly the same have one number
	Length    int     // places on a person's list
	Shortlist int     // people on a posting's shortlist

	seekers, openings     []int   // by row
	seekerRow, openingRow []int32 // by number, -1 who is not there
	dice                  dice
	scores                *scores
	refused               *refused
}

// Policy chooses what people are shown and whom counsellors ask. A fresh one is made for every run.
type Policy interface {
	Lists(context.Context, *Night) (Lists, error)
}

// rows gives everybody's row, -1 to those who are not there.
func rows(of int, there []int) []int32 {
	out := make([]int32, of)
	for i := range out {
		out[i] = -1
	}
	for row, i := range there {
		out[i] = int32(row)
	}
	return out
}

// leastScore is the score below which the service stores no suggestion.
const leastScore = 30

// Workers is the number of people who seek.
func (n *Night) Workers() int { return len(n.seekers) }

// Postings is the number of postings that are open.
func (n *Night) Postings() int { return len(n.openings) }

// Score gives the engine's score of a pair, and whether it passes every hard condition.
func (n *Night) Score(worker, posting int32) (score int, passes bool) {
	i, j := n.seekers[worker], n.openings[posting]
	if n.refused.has(i, j) {
		return 0, false
	}
	return n.scores.of(i, j)
}

// tie orders pairs of one score anew every day.
func (n *Night) tie(worker, posting int32) uint64 {
	return n.dice.raw(ofPolicy, n.seekers[worker]+n.Day*1_000_003, n.openings[posting])
}

// forWorker gives the best k postings of a person as the engine ranks them.
func (n *Night) forWorker(worker int32, k int) []matcher.Hit {
	i := n.seekers[worker]
	return n.best(n.scores.forSeeker[i], k, func(opening int32) (row int32, score int, tie uint64) {
		if row = n.openingRow[opening]; row < 0 || n.refused.has(i, int(opening)) {
			return -1, 0, 0
		}
		score, _ = n.scores.of(i, int(opening))
		return row, score, n.tie(worker, row)
	})
}

// forPosting gives the best k people of a posting as the engine ranks them.
func (n *Night) forPosting(posting int32, k int) []matcher.Hit {
	j := n.openings[posting]
	return n.best(n.scores.forOpening[j], k, func(seeker int32) (row int32, score int, tie uint64) {
		if row = n.seekerRow[seeker]; row < 0 || n.refused.has(int(seeker), j) {
			return -1, 0, 0
		}
		score, _ = n.scores.of(int(seeker), j)
		return row, score, n.tie(row, posting)
	})
}

// best gives the best k of a list that is ordered by score: those who are there, ties dealt anew.
func (n *Night) best(list []int32, k int, of func(id int32) (row int32, score int, tie uint64)) []matcher.Hit {
	type ranked struct {
		matcher.Hit
		tie uint64
	}
	found := make([]ranked, 0, k+16)
	for _, id := range list {
		row, score, tie := of(id)
		if row < 0 {
			continue
		}
		if len(found) >= k && score < found[len(found)-1].Score {
			break
		}
		found = append(found, ranked{matcher.Hit{Row: row, Score: score}, tie})
	}
	slices.SortFunc(found, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.tie, b.tie)) })
	out := make([]matcher.Hit, min(k, len(found)))
	for i := range out {
		out[i] = found[i].Hit
	}
	return out
}

// candidates gives the best k postings of everybody.
func (n *Night) candidates(k int) *matcher.Candidates {
	c := matcher.NewCandidates(n.Workers(), n.Workers()*k)
	for i := range n.Workers() {
		c.Add(n.forWorker(int32(i), k))
	}
	return c
}

// refused is a set of pairs that are not to be shown again.
type refused struct {
	openings int
	bits     []uint64
}

func newRefused(seekers, openings int) *refused {
	return &refused{openings, make([]uint64, (seekers*openings+63)/64)}
}

func (r *refused) has(seeker, opening int) bool {
	at := seeker*r.openings + opening
	return r.bits[at/64]>>(at%64)&1 == 1
}

func (r *refused) add(seeker, opening int) {
	at := seeker*r.openings + opening
	r.bits[at/64] |= 1 << (at % 64)
}
