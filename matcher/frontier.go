package matcher

// storey says what a part of an index is: all lists of one kin of wishes or one province, one list, bounded roughly or as well as
// can be, one block of it, or the rows of a block that has been looked up.
type storey uint8

const (
	kinStorey storey = iota
	provinceStorey
	roughStorey
	listStorey
	blockStorey
	rowStorey
)

// opening is a part of an index that is yet to be looked into.
type opening struct {
	id   int32
	next int32 // 1 + the opening behind it, 0 none
	at   storey
}

// frontier holds the openings by the most that a row behind them can score, the greatest first; of equals the one
// found last, so that a promising list is followed down to its rows before the next is opened. Bounds are whole
// numbers from 0 to 100, so it is a hundred and one chains and nothing is ever sorted.
type frontier struct {
	heads    [101]int32 // by bound: 1 + the first of its chain, 0 none
	greatest int        // nothing lies above it
	openings []opening
}

func (f *frontier) reset() {
	f.heads, f.greatest, f.openings = [101]int32{}, 0, f.openings[:0]
}

// add takes an opening, unless its bound is below the floor (as one that is impossible always is).
func (f *frontier) add(at storey, id int32, bound, floor int) {
	if bound < floor {
		return
	}
	f.openings = append(f.openings, opening{id, f.heads[bound], at})
	f.heads[bound] = int32(len(f.openings))
	f.greatest = max(f.greatest, bound)
}

// take gives the opening with the greatest bound; ok is false when none reaches the floor.
func (f *frontier) take(floor int) (o opening, bound int, ok bool) {
	for f.greatest >= floor && f.heads[f.greatest] == 0 {
		if f.greatest == 0 {
			return o, 0, false
		}
		f.greatest--
	}
	if f.greatest < floor {
		return o, 0, false
	}
	o = f.openings[f.heads[f.greatest]-1]
	f.heads[f.greatest] = o.next
	return o, f.greatest, true
}
