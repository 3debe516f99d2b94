package matcher

import (
	"math/rand/v2"
	"testing"
)

// However a processor adds up, the sums and the rows are those of the plain way.
func TestTally(t *testing.T) {
	t.Parallel()
	checkTally(t)
}

func checkTally(t *testing.T) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 12 {
		for range 500 {
			start, columns, tables := randomColumns(r, n)
			couples, worth := randomCouples(r, n/2)
			budget := uint8(r.IntN(256))
			var got, want column
			var asked, wantAsked column
			a, b := tally(&got, &asked, &start, couples, worth, columns, tables, budget), tallyPlain(&want, &wantAsked, &start, couples, worth, columns, tables, budget)
			if a != b || got != want || asked != wantAsked {
				t.Fatalf("%d columns, %d couples: %x %v %v, plainly %x %v %v", n, len(couples), a, got, asked, b, want, wantAsked)
			}
			gains, least := ways{randomLosses(r), randomLosses(r), randomLosses(r)}, uint8(r.IntN(20))
			a, b = tallyCovered(&got, &start, couples, &gains, least), tallyCoveredPlain(&want, &start, couples, &gains, least)
			if a != b || got != want {
				t.Fatalf("covered by %d couples: %x %v, plainly %x %v", len(couples), a, got, b, want)
			}
			got, want = asked, asked
			places, near, wish := places{randomColumn(r), randomColumn(r)}, randomPlaceLosses(r), uint8(r.IntN(110))
			greatest := tallyLeft(&got, &start, columns, tables, &places, &near, wish, budget)
			wantGreatest := tallyLeftPlain(&want, &start, columns, tables, &places, &near, wish, budget)
			if greatest != wantGreatest || got != want {
				t.Fatalf("left of %d and %d: %d %v, plainly %d %v", wish, budget, greatest, got, wantGreatest, want)
			}
			if a, b := reaching(&start, budget), reachingPlain(&start, budget); a != b {
				t.Fatalf("reaching %d: %x, plainly %x", budget, a, b)
			}
			if a, b := uppermost(&start), uppermostPlain(&start); a != b {
				t.Fatalf("greatest of %v: %d, plainly %d", start, a, b)
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

func randomPlaceLosses(r *rand.Rand) (l placeLosses) {
	for i := range l {
		if l[i] = uint8(r.IntN(1 + r.IntN(40))); r.IntN(20) == 0 {
			l[i] = lost
		}
	}
	return l
}

func BenchmarkTally(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	start, columns, tables := randomColumns(r, 4)
	couples, worth := randomCouples(r, 1)
	var out, asked, left column
	places, near := places{randomColumn(r), randomColumn(r)}, randomPlaceLosses(r)
	b.Run("used", func(b *testing.B) {
		for b.Loop() {
			tally(&out, &asked, &start, couples, worth, columns, tables, 40)
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			tallyPlain(&out, &asked, &start, couples, worth, columns, tables, 40)
		}
	})
	b.Run("left", func(b *testing.B) {
		for b.Loop() {
			tallyLeft(&left, &start, columns, tables, &places, &near, 100, 100)
		}
	})
	b.Run("covered", func(b *testing.B) {
		for b.Loop() {
			tallyCovered(&out, &start, couples, &worth[0][0], 20)
		}
	})
	b.Run("reaching", func(b *testing.B) {
		for b.Loop() {
			reaching(&start, 20)
		}
	})
	b.Run("uppermost", func(b *testing.B) {
		for b.Loop() {
			uppermost(&start)
		}
	})
}
