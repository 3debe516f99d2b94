//go:build !amd64

package matcher

func tally(out, asked, start *column, couples []couple, worth [][2]ways, columns []column, tables [][2]losses, budget uint8) (within uint64) {
	return tallyPlain(out, asked, start, couples, worth, columns, tables, budget)
}

func tallyLeft(left, start *column, columns []column, tables [][2]losses, places *places, near *placeLosses, wish, asked uint8) (greatest uint8) {
	return tallyLeftPlain(left, start, columns, tables, places, near, wish, asked)
}

func tallyCovered(out, start *column, couples []couple, gains *ways, least uint8) (rows uint64) {
	return tallyCoveredPlain(out, start, couples, gains, least)
}

func reaching(in *column, least uint8) (rows uint64) { return reachingPlain(in, least) }

func uppermost(in *column) uint8 { return uppermostPlain(in) }

// fetchBriefs and fetchGists leave it to the processor when to fetch what.
func fetchBriefs(*brief, uint64) {}
func fetchGists(*gist, uint64)   {}
