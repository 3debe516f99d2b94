//go:build !amd64

package matcher

func tally(out, start *column, columns []column, tables []losses, budget uint8) (within uint64) {
	return tallyPlain(out, start, columns, tables, budget)
}

func tallyGreatest(out, start *column, columns [][skillHashes]column, tables [][skillHashes]losses) {
	tallyGreatestPlain(out, start, columns, tables)
}

func tallyGains(out, start *column, columns [][skillHashes]column, tables [][skillHashes]losses) {
	tallyGainsPlain(out, start, columns, tables)
}

func reaching(in *column, least uint8) (rows uint64) { return reachingPlain(in, least) }
