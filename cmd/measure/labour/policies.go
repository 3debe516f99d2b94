package labour

import (
	"cmp"
	"context"
	"slices"
	"sort"
)

// PolicyNames are the policies compared, in the order printed.
var PolicyNames = []string{"random", "newest", "best", "capped", "allocated", "shipped"}

// NewPolicy makes a fresh policy by its name.
func NewPolicy(name string) (Policy, bool) {
	switch name {
	case "random":
		return ordered{func(n *Night, w, p int32) uint64 { return n.dice.raw(ofPolicy, int(w)+n.Day*1_000_003, int(p)) }}, true
	case "newest":
		return ordered{func(n *Night, w, p int32) uint64 {
			return uint64(1<<20-n.Opened[p])<<32 | n.dice.raw(ofPolicy, int(w), int(p))>>32
		}}, true
	case "best":
		return chosen{shown: bestShown, shortlist: bestShortlist}, true
	case "capped":
		return chosen{shown: cappedShown, shortlist: bestShortlist}, true
	case "allocated":
		return chosen{shown: allocatedShown, shortlist: allocatedShortlist(map[string]int32{})}, true
	case "shipped":
		return chosen{shown: cappedShown, shortlist: allocatedShortlist(map[string]int32{})}, true
	}
	return nil, false
}

// ordered shows everybody what passes in an order that has nothing to do with fit, the least key first.
type ordered struct {
	key func(n *Night, worker, posting int32) uint64
}

// all is longer than any list.
const all = 1 << 20

func (o ordered) Lists(ctx context.Context, n *Night) (Lists, error) {
	ranked, err := n.forWorkers(ctx, all, 0)
	if err != nil {
		return Lists{}, err
	}
	out := Lists{Shown: make([][]int32, n.Market.Workers())}
	people := make([][]Pair, n.Market.Postings())
	for row := range out.Shown {
		list := make([]Pair, ranked.Len(int32(row)))
		for i := range list {
			h := ranked.Hit(int32(row), i)
			list[i] = Pair{int32(row), h.Row, h.Score}
			people[h.Row] = append(people[h.Row], list[i])
		}
		for _, x := range o.first(n, list, n.Length) {
			out.Shown[row] = append(out.Shown[row], x.Posting)
		}
	}
	for _, list := range people {
		out.Shortlist = append(out.Shortlist, o.first(n, list, n.Shortlist)...)
	}
	slices.SortFunc(out.Shortlist, func(a, b Pair) int { return o.compare(n, a, b) })
	return out, nil
}

// keyed is a pair with its place in the order.
type keyed struct {
	key uint64
	Pair
}

func (a keyed) before(b keyed) bool {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.Posting, b.Posting)) < 0
}

func (o ordered) compare(n *Night, a, b Pair) int {
	x, y := keyed{o.key(n, a.Worker, a.Posting), a}, keyed{o.key(n, b.Worker, b.Posting), b}
	return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.Posting, b.Posting))
}

// first gives the first k by key, in order.
func (o ordered) first(n *Night, list []Pair, k int) []Pair {
	best := make([]keyed, 0, min(k, len(list))+1)
	for _, pair := range list {
		x := keyed{o.key(n, pair.Worker, pair.Posting), pair}
		if len(best) == k && !x.before(best[k-1]) {
			continue
		}
		at := sort.Search(len(best), func(i int) bool { return x.before(best[i]) })
		best = slices.Insert(best, at, x)
		best = best[:min(k, len(best))]
	}
	out := make([]Pair, len(best))
	for i, x := range best {
		out[i] = x.Pair
	}
	return out
}
