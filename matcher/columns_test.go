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

// Skills that stand in for each other lie side by side.
func TestSkillRanks(t *testing.T) {
	t.Parallel()
	m := randomSample(t, seeded(5), 300, 300).m
	v, rank := m.vocabulary, m.vocabulary.skillRanks()
	linked, apart := 0, 0
	for skill := range int32(len(rank)) {
		for _, s := range v.skillsCovering.of(skill) {
			if s.to != skill {
				linked++
				if d := rank[skill] - rank[s.to]; max(d, -d) > 5 {
					apart++
				}
			}
		}
	}
	if linked == 0 || apart*4 > linked {
		t.Errorf("of %d skills that stand in for another %d lie far from it", linked, apart)
	}
	if slices.Sort(rank); !slices.Equal(rank, identity(len(rank))) {
		t.Errorf("ranks %v are no order", rank)
	}
}
