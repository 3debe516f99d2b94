package matcher

import (
	"cmp"
	"maps"
	"slices"
)

// tallyRows is how many rows are tallied at a time.
const tallyRows = 64

// classCount is how many classes a column tells apart.
const classCount = 16

// column gives, for each of the rows of a block, the numbers of two classes, one in the lower half of the byte and one in
// the upper.
type column [tallyRows]uint8

func lower(classes uint8) uint8 { return classes & (classCount - 1) }
func upper(classes uint8) uint8 { return classes / classCount }

// both puts two classes into a byte.
func both(lower, upper uint8) uint8 { return lower | upper*classCount }

// losses says what each class loses, or gains.
type losses [classCount]uint8

// placeCount is how many classes of places a block tells apart: they take a byte each, whose highest bit says whatever.
const placeCount = 128

// places tells two classes of each row, the better of which counts, and whether the row is trusted: whether nothing is taken off
// what both sides come to.
type places [2]column

func (p *places) put(row int, a, b uint8, trusted bool) {
	p[0][row], p[1][row] = a, b
	if trusted {
		p[1][row] |= placeCount
	}
}

func (p *places) classes(row int) (a, b uint8, trusted bool) {
	return p[0][row] % placeCount, p[1][row] % placeCount, p[1][row] >= placeCount
}

// placeLosses says what each class of places loses.
type placeLosses [placeCount]uint8

// lost is what a class loses that cannot pass; it is more than any budget.
const lost = 255

// lossUnit is how many units of loss a point is. The hundred points that can be lost are 200 units, which is below lost, so
// that a sum cut off there is over every budget.
const lossUnit = 2

// couple tells two things of each row that are of too many kinds for a class, skills say: each by its code, in two halves,
// and by a degree, its level say. The codes lie in the first two columns, the degrees in the third.
type couple [tellings]column

// tellings is in how many ways a thing of a couple is told.
const tellings = 3

// ways says what a thing loses, or gains, by the upper and the lower half of its code and by its degree.
type ways [tellings]losses

// put tells one of the two things of a row.
func (c *couple) put(row, thing int, code, degree uint8) {
	c[thing][row] = code
	if thing == 0 {
		c[2][row] = both(degree, upper(c[2][row]))
	} else {
		c[2][row] = both(lower(c[2][row]), degree)
	}
}

// classes gives how the two things of a row are told.
func (c *couple) classes(row int) (a, b [tellings]uint8) {
	return [tellings]uint8{upper(c[0][row]), lower(c[0][row]), lower(c[2][row])}, [tellings]uint8{upper(c[1][row]), lower(c[1][row]), upper(c[2][row])}
}

// each changes what one thing loses or gains, in each of the ways in which it is told.
func (w *ways) each(code, degree uint8, change func(of uint8) uint8) {
	w[0][upper(code)] = change(w[0][upper(code)])
	w[1][lower(code)] = change(w[1][lower(code)])
	w[2][degree] = change(w[2][degree])
}

// codes numbers things by their rank among so many, so that those that follow each other share a half of their code; code 0
// is for nothing, and no half of another is 0.
func codes(ranks []int32) []uint8 {
	const halves = classCount - 1
	list := make([]uint8, len(ranks))
	for i, rank := range ranks {
		if len(ranks) > halves*halves {
			rank = int32(int(rank) * halves * halves / len(ranks))
		}
		list[i] = both(uint8(1+rank%halves), uint8(1+rank/halves))
	}
	return list
}

// classTable numbers the commonest values of a column; those without a number of their own are in the last class.
type classTable[K comparable] struct {
	values []K // by class
	of     map[K]uint8
	more   bool // the class behind them holds others
}

func commonest[K comparable](counts map[K]int, compare func(a, b K) int) (t classTable[K]) {
	t.values = slices.SortedFunc(maps.Keys(counts), func(a, b K) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), compare(a, b)) })
	if t.more = len(t.values) > classCount; t.more {
		t.values = t.values[:classCount-1]
	}
	t.of = make(map[K]uint8, len(t.values))
	for class, value := range t.values {
		t.of[value] = uint8(class)
	}
	return t
}

func (t *classTable[K]) class(value K) uint8 {
	if class, ok := t.of[value]; ok {
		return class
	}
	return classCount - 1
}

// steps cuts what is ordered into classes as even as can be. Class 0 is for what is not said; any other holds values from
// least to most, those of a class below those of the next.
type steps struct{ least, most [classCount]int64 }

func stepsOf(values []int64) (s steps) {
	slices.Sort(values)
	at, _ := slices.BinarySearch(values, 1)
	values = values[at:]
	if len(values) == 0 {
		return s
	}
	for c := 1; c < classCount; c++ {
		s.most[c] = values[(len(values)*c-1)/(classCount-1)]
		above, _ := slices.BinarySearch(values, s.most[c-1]+1)
		s.least[c] = values[min(above, len(values)-1)]
	}
	return s
}

func (s *steps) class(value int64) uint8 {
	if value <= 0 {
		return 0
	}
	class := uint8(1)
	for class < classCount-1 && value > s.most[class] {
		class++
	}
	return class
}
