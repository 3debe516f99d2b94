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
			couples, coupleTables := randomCouples(r, n/2)
			budget := uint8(r.IntN(256))
			var got, want column
			a, b := tally(&got, &start, columns, tables, budget), tallyPlain(&want, &start, columns, tables, budget)
			if a != b || got != want {
				t.Fatalf("%d columns: %x %v, plainly %x %v", n, a, got, b, want)
			}
			tallyGreatest(&got, &start, couples, coupleTables)
			if tallyGreatestPlain(&want, &start, couples, coupleTables); got != want {
				t.Fatalf("%d couples: %v, plainly %v", len(couples), got, want)
			}
			var covered, wantCovered column
			gains := ways{randomLosses(r), randomLosses(r), randomLosses(r)}
			got, want = start, start
			tallyCovered(&covered, &got, couples, &gains)
			if tallyCoveredPlain(&wantCovered, &want, couples, &gains); got != want || covered != wantCovered {
				t.Fatalf("covered by %d couples: %v and %v, plainly %v and %v", len(couples), covered, got, wantCovered, want)
			}
			if a, b := reaching(&start, budget), reachingPlain(&start, budget); a != b {
				t.Fatalf("reaching %d: %x, plainly %x", budget, a, b)
			}
			if a, b := uppermost(&start), uppermostPlain(&start); a != b {
				t.Fatalf("greatest of %v: %d, plainly %d", start, a, b)
			}
			got = randomColumn(r)
			want = got
			leaving(&got, &start, min(budget, lost-1))
			if leavingPlain(&want, &start, min(budget, lost-1)); got != want {
				t.Fatalf("leaving of %d: %v, plainly %v", budget, got, want)
			}
		}
	}
}

func randomColumns(r *rand.Rand, n int) (start column, columns []column, tables [][2]losses) {
	columns, tables = make([]column, n), make([][2]losses, n)
	for i := range start {
		if start[i] = uint8(r.IntN(1 + r.IntN(256))); r.IntN(10) == 0 {
			start[i] = lost
		}
	}
	for k := range n {
		columns[k], tables[k] = randomColumn(r), [2]losses{randomLosses(r), randomLosses(r)}
	}
	return start, columns, tables
}

func randomCouples(r *rand.Rand, n int) (couples []couple, tables [][2]ways) {
	couples, tables = make([]couple, n), make([][2]ways, n)
	for k := range n {
		for i := range tellings {
			couples[k][i], tables[k][0][i], tables[k][1][i] = randomColumn(r), randomLosses(r), randomLosses(r)
		}
	}
	return couples, tables
}

func randomColumn(r *rand.Rand) (c column) {
	for i := range c {
		c[i] = uint8(r.IntN(256))
	}
	return c
}

func randomLosses(r *rand.Rand) (l losses) {
	for i := range l {
		if l[i] = uint8(r.IntN(1 + r.IntN(40))); r.IntN(20) == 0 {
			l[i] = lost
		}
	}
	return l
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
