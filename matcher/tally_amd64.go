package matcher

// wide is whether this processor adds up 32 rows at once (AVX2), and the system lets it.
var wide = func() bool {
	const saves, lanes, upper, words = 1 << 27, 1 << 5, 1<<1 | 1<<2, 1 << 28
	if most, _, _, _ := cpuid(0, 0); most < 7 {
		return false
	}
	_, _, c, _ := cpuid(1, 0)
	if c&saves == 0 || c&words == 0 || xgetbv()&upper != upper {
		return false
	}
	_, b, _, _ := cpuid(7, 0)
	return b&lanes != 0
}()

// tally is tallyPlain, on processors that can 64 rows a step.
func tally(out, start *column, columns []column, tables [][2]losses, budget uint8) (within uint64) {
	if !wide || len(columns) == 0 || len(tables) != len(columns) {
		return tallyPlain(out, start, columns, tables, budget)
	}
	return tallyWide(out, start, &columns[0], &tables[0], len(columns), budget)
}

// tallyGreatest is tallyGreatestPlain likewise.
func tallyGreatest(out, start *column, couples []couple, tables [][2]ways) {
	if !wide || len(couples) == 0 || len(tables) != len(couples) {
		tallyGreatestPlain(out, start, couples, tables)
		return
	}
	tallyGreatestWide(out, start, &couples[0], &tables[0], len(couples))
}

// tallyCovered is tallyCoveredPlain likewise.
func tallyCovered(covered, out *column, couples []couple, gains *ways) {
	if !wide || len(couples) == 0 {
		tallyCoveredPlain(covered, out, couples, gains)
		return
	}
	tallyCoveredWide(covered, out, &couples[0], gains, len(couples))
}

// reaching is reachingPlain likewise.
func reaching(in *column, least uint8) (rows uint64) {
	if !wide {
		return reachingPlain(in, least)
	}
	return reachingWide(in, least)
}

// leaving is leavingPlain likewise.
func leaving(left, out *column, most uint8) {
	if !wide {
		leavingPlain(left, out, most)
		return
	}
	leavingWide(left, out, most)
}

// uppermost is uppermostPlain likewise.
func uppermost(in *column) uint8 {
	if !wide {
		return uppermostPlain(in)
	}
	return uppermostWide(in)
}

//go:noescape
func leavingWide(left, out *column, most uint8)

//go:noescape
func uppermostWide(in *column) (most uint8)

//go:noescape
func tallyCoveredWide(covered, out *column, couples *couple, gains *ways, n int)

//go:noescape
func reachingWide(in *column, least uint8) (rows uint64)

//go:noescape
func tallyWide(out, start *column, columns *column, tables *[2]losses, n int, budget uint8) (within uint64)

//go:noescape
func tallyGreatestWide(out, start *column, couples *couple, tables *[2]ways, n int)

// fetchBriefs bids the processor fetch the briefs of some rows of a block into its cache: they will be read before long.
//
//go:noescape
func fetchBriefs(briefs *brief, rows uint64)

//go:noescape
func cpuid(leaf, sub uint32) (a, b, c, d uint32)

//go:noescape
func xgetbv() (enabled uint32)
