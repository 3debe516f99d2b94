package matcher

import (
	"reflect"
	"testing"
	"unsafe"

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

// A column of which a register reads parts of two lines of the cache takes half as long again.
func TestColumnsFillALineEach(t *testing.T) {
	t.Parallel()
	var s postingSheet
	for name, at := range map[string]uintptr{
		"start": unsafe.Offsetof(s.start), "skills": unsafe.Offsetof(s.skills), "columns": unsafe.Offsetof(s.columns), "places": unsafe.Offsetof(s.places),
		"next block": unsafe.Sizeof(s), "next block of wishes": unsafe.Sizeof(wishSheet{}),
	} {
		if at%tallyRows != 0 {
			t.Errorf("%s at %d, want a multiple of %d", name, at, tallyRows)
		}
	}
}

// fetchBriefs and fetchGists find what they fetch by its length.
func TestBriefsAndGistsFillALineEach(t *testing.T) {
	t.Parallel()
	if size := reflect.TypeFor[gist]().Size(); size != 64 {
		t.Errorf("a gist takes %d bytes, want 64", size)
	}
	if size := reflect.TypeFor[brief]().Size(); size != 64 {
		t.Errorf("a brief takes %d bytes, want 64", size)
	}
}
