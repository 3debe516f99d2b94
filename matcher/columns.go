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

// column gives, for each of the rows of a block, the number of a class.
type column [tallyRows]uint8

// losses says what each class loses, or gains.
type losses [classCount]uint8

// lost is what a class loses that cannot pass; it is more than any budget.
const lost = 255

// lossUnit is how many units of loss a point is. The hundred points that can be lost are 200 units, which is below lost, so
// that a sum cut off there is over every budget.
const lossUnit = 2

// skillHashes is by how many hashes a required skill is told: some by the skill alone, the last by its level as well.
const skillHashes = 3

// hashClass hashes a number into one of so many classes from 1 on; the hashes 0 and 1 are of different bits.
func hashClass(number uint32, hash, classes int) uint8 {
	return 1 + uint8(number*0x9e3779b1>>(16+8*hash)%uint32(classes))
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
