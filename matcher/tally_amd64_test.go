package matcher

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Processors that add up fewer rows at once come to the same sums.
func TestTallyOfSimplerProcessors(t *testing.T) {
	onSimpler(t, func() { checkTally(t) })
}

// They make the same lists.
func TestListsOfSimplerProcessors(t *testing.T) {
	s := randomSample(t, seeded(7), 600, 600)
	want := named(t, s.m, BatchOptions{})
	onSimpler(t, func() {
		if diff := cmp.Diff(want, named(t, s.m, BatchOptions{})); diff != "" {
			t.Errorf("lists with %d rows at once differ (-as here +so):\n%s", lanes, diff)
		}
	})
}

// onSimpler checks with every number of rows at once that is below what this processor can. A test of it runs by itself: no
// other tallies meanwhile.
func onSimpler(t *testing.T, check func()) {
	t.Helper()
	all := lanes
	defer func() { lanes = all }()
	for _, lanes = range []uint8{1, 32} {
		if lanes < all {
			check()
		}
	}
}

// fetchBriefs finds the brief of a row by its length.
func TestBriefsFillALineEach(t *testing.T) {
	t.Parallel()
	if size := reflect.TypeFor[brief]().Size(); size != 64 {
		t.Errorf("a brief takes %d bytes, want 64", size)
	}
}
