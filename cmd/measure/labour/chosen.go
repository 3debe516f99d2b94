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
	shown      func(context.Context, *Night, *matcher.Lists) ([][]int32, error)
	shortlist  func(context.Context, *Night, *matcher.Lists) ([]Pair, error)
}

func (c chosen) Lists(ctx context.Context, n *Night) (out Lists, err error) {
	ranked, err := n.forWorkers(ctx, cmp.Or(c.candidates, n.Length))
	if err != nil {
		return out, err
	}
	if out.Shown, err = c.shown(ctx, n, ranked); err != nil {
		return out, err
	}
	out.Shortlist, err = c.shortlist(ctx, n, ranked)
	slices.SortFunc(out.Shortlist, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(n.tie(a), n.tie(b)), cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.Posting, b.Posting))
	})
	return out, err
}

// tie orders pairs of one score anew every day.
func (n *Night) tie(p Pair) uint64 {
	return n.dice.raw(ofPolicy, int(p.Worker)+n.Day*1_000_003, int(p.Posting))
}

// bestShown gives everybody their best, whoever else has it on the list.
func bestShown(_ context.Context, n *Night, ranked *matcher.Lists) ([][]int32, error) {
	out := make([][]int32, n.Market.Workers())
	for i := range out {
		for k := range min(n.Length, ranked.Len(int32(i))) {
			out[i] = append(out[i], ranked.Hit(int32(i), k).Row)
		}
	}
	return out, nil
}

// bestShortlist gives every posting its best people, whoever else has them on the list.
func bestShortlist(ctx context.Context, n *Night, _ *matcher.Lists) ([]Pair, error) {
	ranked, err := n.forPostings(ctx, n.Shortlist)
	if err != nil {
		return nil, err
	}
	var out []Pair
	for j := range int32(n.Market.Postings()) {
		for k := range ranked.Len(j) {
			h := ranked.Hit(j, k)
			out = append(out, Pair{h.Row, j, h.Score})
		}
	}
	return out, nil
}

// cappedShown spreads what people see under a cap that follows the seats.
func cappedShown(ctx context.Context, n *Night, ranked *matcher.Lists) ([][]int32, error) {
	s, err := matcher.Spread(ctx, ranked.Candidates(), n.Left, matcher.SpreadOptions{
		Places: n.Length, Turn: n.Market.SpreadTurn(), Twins: n.Market.Twins(nil),
		Wider: func(worker int32) []matcher.Hit {
			return n.Market.RankWorker(worker, matcher.Options{K: widerFrom, LeastScore: leastScore}).Hits
		},
	})
	if err != nil {
		return nil, err
	}
	out := make([][]int32, n.Market.Workers())
	for i := range out {
		for _, place := range s.Of(int32(i)) {
			out[i] = append(out[i], place.Posting)
		}
	}
	return out, nil
}

// allocatedShown gives every seat to one person's list, a list's length of seats to everybody, best in all.
func allocatedShown(ctx context.Context, n *Night, ranked *matcher.Lists) ([][]int32, error) {
	slots := make([]int32, n.Market.Workers())
	for i := range slots {
		slots[i] = int32(n.Length)
	}
	a, err := matcher.Allocate(ctx, ranked.Candidates(), n.Left, matcher.AllocateOptions{Slots: slots})
	if err != nil {
		return nil, err
	}
	out := make([][]int32, len(slots))
	for i := range out {
		given := a.Of(int32(i))
		for k := range ranked.Len(int32(i)) { // best first
			if h := ranked.Hit(int32(i), k); slices.Contains(given, h.Row) {
				out[i] = append(out[i], h.Row)
			}
		}
	}
	return out, nil
}

// allocatedShortlist gives everybody the one seat that is best for all together; prices are kept for the next night.
// In the service the rest of a posting's exact list stands behind these; counsellors do not get so far in a day.
func allocatedShortlist(prices map[string]int32) func(context.Context, *Night, *matcher.Lists) ([]Pair, error) {
	return func(ctx context.Context, n *Night, ranked *matcher.Lists) ([]Pair, error) {
		last := make([]int32, len(n.Left))
		for j := range last {
			last[j] = prices[n.Market.PostingID(int32(j))]
		}
		a, err := matcher.Allocate(ctx, ranked.Candidates(), n.Left, matcher.AllocateOptions{Prices: last})
		if err != nil {
			return nil, err
		}
		clear(prices)
		for j, price := range a.Prices {
			prices[n.Market.PostingID(int32(j))] = price
		}
		var out []Pair
		for i := range int32(n.Market.Workers()) {
			for k := range ranked.Len(i) {
				if h := ranked.Hit(i, k); slices.Contains(a.Of(i), h.Row) {
					out = append(out, Pair{i, h.Row, h.Score})
				}
			}
		}
		return out, nil
	}
}
