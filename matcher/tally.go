package matcher

import "slices"

// tallyPlain adds to what each row has lost already what its couples lose, of the three ways in which a thing is told the
// greatest: that is what is lost of what is asked. To this it adds what the two classes lose in every column, up to lost, and
// gives the rows, a bit each, that lose no more than the budget. Couples, and columns, are as many as their tables.
func tallyPlain(out, asked, start *column, couples []couple, worth [][2]ways, columns []column, tables [][2]losses, budget uint8) (within uint64) {
	*asked = *start
	for k := range couples {
		for i := range asked {
			a, b := couples[k].classes(i)
			lose(asked, i, greatestOf(a, &worth[k][0]), greatestOf(b, &worth[k][1]))
		}
	}
	*out = *asked
	loseColumns(out, columns, tables)
	for i, sum := range out {
		if sum <= budget {
			within |= 1 << i
		}
	}
	return within
}

func loseColumns(out *column, columns []column, tables [][2]losses) {
	for k := range columns {
		for i, classes := range &columns[k] {
			lose(out, i, tables[k][0][lower(classes)], tables[k][1][upper(classes)])
		}
	}
}

// lose adds to what a row has lost, up to lost.
func lose(out *column, row int, a, b uint8) { out[row] = uint8(min(lost, int(out[row])+int(a)+int(b))) }

func greatestOf(classes [tellings]uint8, tables *ways) uint8 {
	return max(tables[0][classes[0]], tables[1][classes[1]], tables[2][classes[2]])
}

// tallyLeftPlain adds what the two classes of each row lose in every column, and the better of its places, to what it has lost of
// what is asked, and raises what it has left to what that leaves of the most that is wished and asked: 1 more than that, and at
// least 1, but nothing where it is lost. Where a row is trusted both are joined. It gives the greatest that any row has left.
func tallyLeftPlain(left, start *column, columns []column, tables [][2]losses, places *places, near *placeLosses, wish, asked uint8) (greatest uint8) {
	out := *start
	loseColumns(&out, columns, tables)
	for i := range out {
		here, there, trusted := places.classes(i)
		lose(&out, i, min(near[here], near[there]), 0)
		if out[i] == lost {
			continue
		}
		a, b := sideLeft(wish, out[i]-start[i]), sideLeft(asked, start[i])
		both := a + b
		if trusted {
			gap := uint32(max(a, b) - min(a, b))
			both -= uint8(gap * gap * joining >> 16)
		}
		left[i] = max(left[i], 1+both)
	}
	return uppermostPlain(left)
}

// sideLeft is what a side comes to that has lost so much of the most there is.
func sideLeft(most, loss uint8) uint8 { return min(50*lossUnit, most-min(most, loss)) }

// joining is what the square of how far two sides are apart takes off their sum when they are joined, in 65536ths. Twice the root
// of their product is the root of the square of the sum less the square of the difference d, which is never more than the sum
// less d² in twice the sum, and the sum is 200 units at most.
const joining = 65536 / (2 * 2 * 50 * lossUnit)

// tallyCoveredPlain takes from what each row has lost the most that any of its things gains, down to nothing, and gives the
// rows, a bit each, that gain no less than a number. Here of the three ways in which a thing is told the least gain counts.
func tallyCoveredPlain(out, start *column, couples []couple, gains *ways, least uint8) (rows uint64) {
	for i, sum := range start {
		covered := uint8(0)
		for k := range couples {
			a, b := couples[k].classes(i)
			covered = max(covered, leastOf(a, gains), leastOf(b, gains))
		}
		out[i] = sum - min(sum, covered)
		if covered >= least {
			rows |= 1 << i
		}
	}
	return rows
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

// uppermostPlain gives the greatest number of a column.
func uppermostPlain(in *column) (most uint8) { return slices.Max(in[:]) }
