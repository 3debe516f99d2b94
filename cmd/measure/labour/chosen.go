package labour

import (
	"cmp"
	"context"
	"slices"

	"noiviec/matcher"
)

// chooseFrom is how many of the exact best the nightly run chooses places from, and widerFrom when all those are full.
const (
	chooseFrom = 50
	widerFrom  = 500
)

// chosen shows what the engine ranks: people's lists made one way, counsellors' shortlists another.
type chosen struct {
	candidates int // how many of the exact best a list is chosen from; 0 is as many as it has places
	shown      func(context.Context, *Night, *matcher.Candidates) ([][]int32, error)
	shortlist  func(context.Context, *Night, *matcher.Candidates) ([]Pair, error)
}

func (c chosen) Lists(ctx context.Context, n *Night) (out Lists, err error) {
	candidates := n.candidates(cmp.Or(c.candidates, n.Length))
	if out.Shown, err = c.shown(ctx, n, candidates); err != nil {
		return out, err
	}
	out.Shortlist, err = c.shortlist(ctx, n, candidates)
	n.order(out.Shortlist)
	return out, err
}

// order puts the best score first, equal ones in the day's order.
func (n *Night) order(list []Pair) {
	type ranked struct {
		Pair
		tie uint64
	}
	ties := make([]ranked, len(list))
	for k, x := range list {
		ties[k] = ranked{x, n.tie(x.Worker, x.Posting)}
	}
	slices.SortFunc(ties, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.tie, b.tie)) })
	for k, x := range ties {
		list[k] = x.Pair
	}
}

// bestShown gives everybody their best, whoever else has it on the list.
func bestShown(_ context.Context, n *Night, c *matcher.Candidates) ([][]int32, error) {
	out := make([][]int32, n.Workers())
	for i := range out {
		postings, _ := c.Of(int32(i))
		out[i] = postings[:min(n.Length, len(postings))]
	}
	return out, nil
}

// bestShortlist gives every posting its best people, whoever else has them on the list.
func bestShortlist(_ context.Context, n *Night, _ *matcher.Candidates) (out []Pair, _ error) {
	for j := range int32(n.Postings()) {
		for _, h := range n.forPosting(j, n.Shortlist) {
			out = append(out, Pair{h.Row, j, h.Score})
		}
	}
	return out, nil
}

// cappedShown spreads what people see under a cap that follows the seats.
func cappedShown(ctx context.Context, n *Night, c *matcher.Candidates) ([][]int32, error) {
	turn := make([]uint64, n.Workers())
	for i := range turn {
		turn[i] = n.dice.raw(ofOrder, n.seekers[i], -1-n.Day)
	}
	s, err := matcher.Spread(ctx, c, n.Left, matcher.SpreadOptions{Places: n.Length, Turn: turn, Twins: n.Twins,
		Wider: func(worker int32) []matcher.Hit { return n.forWorker(worker, widerFrom) }})
	if err != nil {
		return nil, err
	}
	out := make([][]int32, n.Workers())
	for i := range out {
		for _, place := range s.Of(int32(i)) {
			out[i] = append(out[i], place.Posting)
		}
	}
	return out, nil
}

// allocatedShown gives every seat to one person's list, a list's length of seats to everybody, best in all.
func allocatedShown(ctx context.Context, n *Night, c *matcher.Candidates) ([][]int32, error) {
	slots := make([]int32, n.Workers())
	for i := range slots {
		slots[i] = int32(n.Length)
	}
	a, err := matcher.Allocate(ctx, c, n.Left, matcher.AllocateOptions{Slots: slots})
	if err != nil {
		return nil, err
	}
	out := make([][]int32, len(slots))
	for i := range out {
		given := a.Of(int32(i))
		postings, _ := c.Of(int32(i)) // best first
		for _, p := range postings {
			if slices.Contains(given, p) {
				out[i] = append(out[i], p)
			}
		}
	}
	return out, nil
}

// allocatedShortlist gives everybody the one seat that is best for all together; prices are kept for the next night.
// In the service the rest of a posting's exact list stands behind these; counsellors do not get so far in a day.
func allocatedShortlist(prices map[int]int32) func(context.Context, *Night, *matcher.Candidates) ([]Pair, error) {
	return func(ctx context.Context, n *Night, c *matcher.Candidates) ([]Pair, error) {
		last := make([]int32, n.Postings())
		for j, opening := range n.openings {
			last[j] = prices[opening]
		}
		a, err := matcher.Allocate(ctx, c, n.Left, matcher.AllocateOptions{Prices: last})
		if err != nil {
			return nil, err
		}
		clear(prices)
		for j, opening := range n.openings {
			prices[opening] = a.Prices[j]
		}
		var out []Pair
		for i := range int32(n.Workers()) {
			for _, p := range a.Of(i) {
				score, _ := n.Score(i, p)
				out = append(out, Pair{i, p, score})
			}
		}
		return out, nil
	}
}
