package jobs

import (
	"testing"

	"noiviec/internal/taxonomy"
)

// TestOccupationsAreLinked holds that the engine is told which occupations are close though their codes do not show it.
func TestOccupationsAreLinked(t *testing.T) {
	t.Parallel()
	links := map[[2]string]int{}
	for _, l := range matcherTables(taxonomy.Default()).OccupationLinks {
		links[[2]string{l.From, l.To}] = l.Percent
	}
	for pair, want := range map[[2]string]bool{
		{"7531", "8153"}: true, // tailors, sewing machine operators
		{"7531", "8332"}: false,
		{"3313", "7212"}: false,
	} {
		if got := links[pair] > 0; got != want {
			t.Errorf("%v: linked %v (%d %%), want %v", pair, got, links[pair], want)
		}
	}
	if len(links) < 50 {
		t.Errorf("got %d links", len(links))
	}
}
