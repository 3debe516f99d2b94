package taxonomy

import (
	"testing"
	"time"
)

// TestLoadIsQuick loads until one run is quick enough, twenty times at most: others share the machine.
func TestLoadIsQuick(t *testing.T) {
	if raceDetector {
		t.Skip("skipped: the race detector slows loading down")
	}
	best := time.Hour
	for tries := 0; tries < 20 && best > 150*time.Millisecond; tries++ {
		start := time.Now()
		if _, err := Load(); err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	t.Logf("loaded in %v", best)
	if best > 150*time.Millisecond {
		t.Errorf("loading took %v, want under 150 ms", best)
	}
}
