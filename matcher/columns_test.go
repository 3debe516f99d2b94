package matcher

import (
	"slices"
	"testing"
)

// Each of so many things as two halves tell apart has a code of its own, more share one with their neighbours; none has a half
// that stands for nothing.
func TestCodes(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 15, 16, 225, 226, 3000} {
		ranks := identity(n)
		slices.Reverse(ranks)
		list := codes(ranks)
		distinct := slices.Compact(slices.Sorted(slices.Values(list)))
		if want := min(n, 225); len(distinct) != want {
			t.Errorf("%d things have %d codes, want %d", n, len(distinct), want)
		}
		if !slices.IsSortedFunc(list, func(a, b uint8) int { return int(b) - int(a) }) {
			t.Errorf("the codes of %d things are not in the order of their ranks", n)
		}
		if slices.ContainsFunc(list, func(code uint8) bool { return lower(code) == 0 || upper(code) == 0 }) {
			t.Errorf("one of %d things has a half for nothing", n)
		}
	}
}

// Skills that stand in for each other lie side by side, far more often than in the alphabet.
func TestSkillRanks(t *testing.T) {
	t.Parallel()
	v := variedCountry{newCountry(3)}.market(t, 300, 300, DefaultWeights()).vocabulary
	near := func(rank []int32) (links int) {
		for skill := range int32(len(rank)) {
			for _, s := range v.skillsCovering.of(skill) {
				if d := rank[skill] - rank[s.to]; s.to != skill && max(d, -d) <= 5 {
					links++
				}
			}
		}
		return links
	}
	rank := v.skillRanks()
	if got, alphabet := near(rank), near(ranks(v.skills.words)); alphabet == 0 || got < 3*alphabet {
		t.Errorf("%d skills lie near one that they stand in for, by the alphabet %d", got, alphabet)
	}
	if slices.Sort(rank); !slices.Equal(rank, identity(len(rank))) {
		t.Errorf("ranks %v are no order", rank)
	}
}
