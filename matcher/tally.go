package matcher

import "slices"

// tallyPlain adds to what each row has lost already what its two classes lose in every column, up to lost, and gives the
// rows, a bit each, that lose no more than the budget. Columns and tables are as many.
func tallyPlain(out, start *column, columns []column, tables [][2]losses, budget uint8) (within uint64) {
	*out = *start
	for k := range columns {
		table := &tables[k]
		for i, classes := range &columns[k] {
			out[i] = uint8(min(lost, int(out[i])+int(table[0][lower(classes)])+int(table[1][upper(classes)])))
		}
	}
	for i, sum := range out {
		if sum <= budget {
			within |= 1 << i
		}
	}
	return within
}

// tallyGreatestPlain does so for couples: of the three ways in which a thing is told the greatest loss counts.
func tallyGreatestPlain(out, start *column, couples []couple, tables [][2]ways) {
	*out = *start
	for k := range couples {
		for i := range out {
			a, b := couples[k].classes(i)
			loss := int(greatestOf(a, &tables[k][0])) + int(greatestOf(b, &tables[k][1]))
			out[i] = uint8(min(lost, int(out[i])+loss))
		}
	}
}

func greatestOf(classes [tellings]uint8, tables *ways) uint8 {
	return max(tables[0][classes[0]], tables[1][classes[1]], tables[2][classes[2]])
}

// tallyCoveredPlain gives the most that any of the things of each row gains, and takes it from what the row has lost, down to
// nothing. Here of the three ways in which a thing is told the least gain counts.
func tallyCoveredPlain(covered, out *column, couples []couple, gains *ways) {
	*covered = column{}
	for k := range couples {
		for i := range covered {
			a, b := couples[k].classes(i)
			covered[i] = max(covered[i], leastOf(a, gains), leastOf(b, gains))
		}
	}
	for i := range out {
		out[i] -= min(out[i], covered[i])
	}
}

func leastOf(classes [tellings]uint8, tables *ways) uint8 {
	return min(tables[0][classes[0]], tables[1][classes[1]], tables[2][classes[2]])
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

// leavingPlain raises what each row has left to what it has left of the most there is after what it has lost: 1 more than that,
// and at least 1, but nothing where it is lost.
func leavingPlain(left, out *column, most uint8) {
	for i, sum := range out {
		if sum != lost {
			left[i] = max(left[i], 1+most-min(most, sum))
		}
	}
}

// uppermostPlain gives the greatest number of a column.
func uppermostPlain(in *column) (most uint8) { return slices.Max(in[:]) }
