package matcher

import "fmt"

// Candidates are the pairs that an allocation or a spread may choose from, worker by worker. Rows are those of a
// Market, or of any other numbering from 0.
type Candidates struct {
	from     []int // worker i's pairs lie at from[i] up to, not including, from[i+1]
	postings []int32
	values   []uint16
}

// NewCandidates makes room for so many workers with so many pairs altogether.
func NewCandidates(workers, pairs int) *Candidates {
	c := &Candidates{from: make([]int, 1, workers+1), postings: make([]int32, 0, pairs), values: make([]uint16, 0, pairs)}
	return c
}

// Add appends the next worker with the postings he or she may have, best first, none twice. Score is what the
// pair is worth: a score, or any other whole number from 0 to 65,535, such as a hundred times a score.
func (c *Candidates) Add(list []Hit) {
	if len(c.from) == 0 {
		c.from = append(c.from, 0)
	}
	for _, h := range list {
		c.postings, c.values = append(c.postings, h.Row), append(c.values, uint16(min(max(h.Score, 0), 1<<16-1)))
	}
	c.from = append(c.from, len(c.postings))
}

// Workers is the number of workers.
func (c *Candidates) Workers() int { return max(0, len(c.from)-1) }

// Pairs is the number of pairs.
func (c *Candidates) Pairs() int { return len(c.postings) }

// Of gives the postings of one worker and what they are worth. Neither may be changed.
func (c *Candidates) Of(worker int32) (postings []int32, values []uint16) {
	from, to := c.from[worker], c.from[worker+1]
	return c.postings[from:to:to], c.values[from:to:to]
}

// check reports a pair with a posting that there is not.
func (c *Candidates) check(postings int) error {
	for _, p := range c.postings {
		if p < 0 || int(p) >= postings {
			return fmt.Errorf("a candidate names posting %d of %d", p, postings)
		}
	}
	return nil
}

// Candidates gives the pairs of a range of workers' lists, in the order of their rows.
func (l *Lists) Candidates() *Candidates {
	c := NewCandidates(len(l.counts), 0)
	var list []Hit
	for i := range l.counts {
		row := l.from + int32(i)
		list = list[:0]
		for k := range l.Len(row) {
			list = append(list, l.Hit(row, k))
		}
		c.Add(list)
	}
	return c
}
