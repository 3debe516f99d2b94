package matcher

// tallyPlain adds to what each row has lost already what its class loses in every column, up to lost, and gives the
// rows, a bit each, that lose no more than the budget. Columns and tables are as many.
func tallyPlain(out, start *column, columns []column, tables []losses, budget uint8) (within uint64) {
	*out = *start
	for k := range columns {
		table := &tables[k]
		for i, class := range &columns[k] {
			out[i] = uint8(min(lost, int(out[i])+int(table[class%classCount])))
		}
	}
	for i, sum := range out {
		if sum <= budget {
			within |= 1 << i
		}
	}
	return within
}

// tallyGreatestPlain does so for columns that tell the same thing in several ways: of these the greatest loss counts.
func tallyGreatestPlain(out, start *column, columns [][skillHashes]column, tables [][skillHashes]losses) {
	*out = *start
	for k := range columns {
		for i := range out {
			loss := uint8(0)
			for hash := range skillHashes {
				loss = max(loss, tables[k][hash][columns[k][hash][i]%classCount])
			}
			out[i] = uint8(min(lost, int(out[i])+int(loss)))
		}
	}
}

// tallyGainsPlain takes from what each row has lost what its classes gain, down to nothing. Columns tell the same thing in
// several ways as well: of these the least gain counts.
func tallyGainsPlain(out, start *column, columns [][skillHashes]column, tables [][skillHashes]losses) {
	*out = *start
	for k := range columns {
		for i := range out {
			gain := uint8(lost)
			for hash := range skillHashes {
				gain = min(gain, tables[k][hash][columns[k][hash][i]%classCount])
			}
			out[i] -= min(out[i], gain)
		}
	}
}

// reachingPlain gives the rows of a column, a bit each, that are no less than a number.
func reachingPlain(in *column, least uint8) (rows uint64) {
	for i, value := range in {
		if value >= least {
			rows |= 1 << i
		}
	}
	return rows
}
