package matcher

import (
	"math/rand/v2"
	"testing"
)

// However a processor adds up, the sums and the rows are those of the plain way.
func TestTally(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 12 {
		for range 500 {
			start, columns, tables := randomColumns(r, n)
			ways, wayTables := make([][skillHashes]column, n/skillHashes), make([][skillHashes]losses, n/skillHashes)
			for i := range ways {
				ways[i], wayTables[i] = [skillHashes]column(columns[skillHashes*i:]), [skillHashes]losses(tables[skillHashes*i:])
			}
			budget := uint8(r.IntN(256))
			var got, want column
			a, b := tally(&got, &start, columns, tables, budget), tallyPlain(&want, &start, columns, tables, budget)
			if a != b || got != want {
				t.Fatalf("%d columns: %x %v, plainly %x %v", n, a, got, b, want)
			}
			tallyGreatest(&got, &start, ways, wayTables)
			if tallyGreatestPlain(&want, &start, ways, wayTables); got != want {
				t.Fatalf("%d ways: %v, plainly %v", len(ways), got, want)
			}
			tallyGains(&got, &start, ways, wayTables)
			if tallyGainsPlain(&want, &start, ways, wayTables); got != want {
				t.Fatalf("gains in %d ways: %v, plainly %v", len(ways), got, want)
			}
			if a, b := reaching(&start, budget), reachingPlain(&start, budget); a != b {
				t.Fatalf("reaching %d: %x, plainly %x", budget, a, b)
			}
		}
	}
}

func randomColumns(r *rand.Rand, n int) (start column, columns []column, tables []losses) {
	columns, tables = make([]column, n), make([]losses, n)
	for i := range start {
		start[i] = uint8(r.IntN(1 + r.IntN(256)))
	}
	for k := range n {
		for i := range columns[k] {
			columns[k][i] = uint8(r.IntN(classCount))
		}
		for i := range tables[k] {
			if tables[k][i] = uint8(r.IntN(1 + r.IntN(40))); r.IntN(20) == 0 {
				tables[k][i] = lost
			}
		}
	}
	return start, columns, tables
}

func BenchmarkTally(b *testing.B) {
	start, columns, tables := randomColumns(rand.New(rand.NewPCG(1, 2)), 7)
	var out column
	b.Run("used", func(b *testing.B) {
		for b.Loop() {
			tally(&out, &start, columns, tables, 40)
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			tallyPlain(&out, &start, columns, tables, 40)
		}
	})
}
