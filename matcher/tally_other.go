//go:build !amd64

package matcher

func tally(out, start *column, columns []column, tables [][2]losses, budget uint8) (within uint64) {
	return tallyPlain(out, start, columns, tables, budget)
}

func tallyGreatest(out, start *column, couples []couple, tables [][2]ways) {
	tallyGreatestPlain(out, start, couples, tables)
}

func tallyCovered(covered, out *column, couples []couple, gains *ways) {
	tallyCoveredPlain(covered, out, couples, gains)
}

// fetchBriefs leaves it to the processor when to fetch what.
func fetchBriefs(*brief, uint64) {}

func reaching(in *column, least uint8) (rows uint64) { return reachingPlain(in, least) }

func leaving(left, out *column, most uint8) { leavingPlain(left, out, most) }

func uppermost(in *column) uint8 { return uppermostPlain(in) }
