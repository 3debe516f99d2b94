package matcher

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Processors that cannot add up many rows at once make the same lists. It runs by itself: no other test ranks meanwhile.
func TestListsOfSimpleProcessors(t *testing.T) {
	if !wide {
		t.Skip("this processor is a simple one: all other tests show it")
	}
	s := randomSample(t, seeded(7), 600, 600)
	want := named(t, s.m, BatchOptions{})
	wide = false
	defer func() { wide = true }()
	if diff := cmp.Diff(want, named(t, s.m, BatchOptions{})); diff != "" {
		t.Errorf("lists differ (-at once +one by one):\n%s", diff)
	}
}

// fetchBriefs finds the brief of a row by its length.
func TestBriefsFillALineEach(t *testing.T) {
	t.Parallel()
	if size := reflect.TypeFor[brief]().Size(); size != 64 {
		t.Errorf("a brief takes %d bytes, want 64", size)
	}
}
