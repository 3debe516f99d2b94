package labour

import (
	"cmp"
	"context"
	"slices"
)

// PolicyNames are the policies compared, in the order printed.
//
//	random     what passes, in an order drawn for everybody anew every day
//	newest     what passes, the newest first, the same for everybody
//	best       the best score for everybody, on both sides: what a service does that ranks and no more
//	capped     lists spread under a cap that follows the seats; shortlists the best score
//	allocated  only what an allocation of all seats gives, on both sides
//	shipped    what the nightly run does: spread lists for people, allocated shortlists for counsellors
var PolicyNames = []string{"random", "newest", "best", "capped", "allocated", "shipped"}

// NewPolicy makes a fresh policy by its name.
func NewPolicy(name string) (Policy, bool) {
	switch name {
	case "random":
		return blind{}, true
	case "newest":
		return blind{newest: true}, true
	case "best":
		return chosen{candidates: 0, shown: bestShown, shortlist: bestShortlist}, true
	case "capped":
		return chosen{candidates: chooseFrom, shown: cappedShown, shortlist: bestShortlist}, true
	case "allocated":
		return chosen{candidates: chooseFrom, shown: allocatedShown, shortlist: allocatedShortlist(map[int]int32{})}, true
	case "shipped":
		return chosen{candidates: chooseFrom, shown: cappedShown, shortlist: allocatedShortlist(map[int]int32{})}, true
	}
	return nil, false
}

// blind shows what passes in an order that has nothing to do with fit.
type blind struct {
	newest bool // or else by chance
}

func (b blind) Lists(_ context.Context, n *Night) (Lists, error) {
	out := Lists{Shown: make([][]int32, n.Workers())}
	postings := b.postings(n)
	for w := range out.Shown {
		from := postings
		if !b.newest {
			from = shuffled(n.Postings(), n.dice.raw(ofPolicy, n.Day, w))
		}
		for _, p := range from {
			if len(out.Shown[w]) == n.Length {
				break
			}
			if _, passes := n.Score(int32(w), p); passes {
				out.Shown[w] = append(out.Shown[w], p)
			}
		}
	}
	out.Shortlist = b.shortlist(n, postings)
	return out, nil
}

// postings orders them for everybody.
func (b blind) postings(n *Night) []int32 {
	order := shuffled(n.Postings(), n.dice.raw(ofPolicy, n.Day, -1))
	if b.newest {
		slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(n.Opened[y], n.Opened[x]) })
	}
	return order
}

// shortlist takes people by chance, one for each posting, then a second for each, and so on.
func (b blind) shortlist(n *Night, postings []int32) (out []Pair) {
	rounds := make([][]Pair, n.Shortlist)
	for _, p := range postings {
		k := 0
		for _, w := range shuffled(n.Workers(), n.dice.raw(ofPolicy, n.Day, -2-int(p))) {
			if k == n.Shortlist {
				break
			}
			if score, passes := n.Score(w, p); passes {
				rounds[k] = append(rounds[k], Pair{w, p, score})
				k++
			}
		}
	}
	return slices.Concat(rounds...)
}

// shuffled gives the numbers below n in an order drawn by chance: steps of one width around a prime circle.
func shuffled(n int, chance uint64) []int32 {
	if n == 0 {
		return nil
	}
	circle := n
	for !prime(circle) {
		circle++
	}
	at, step := int(chance%uint64(circle)), 1+int(mix(chance)%uint64(max(1, circle-1)))
	out := make([]int32, 0, n)
	for range circle {
		if at < n {
			out = append(out, int32(at))
		}
		at = (at + step) % circle
	}
	return out
}

func prime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return n > 1
}
