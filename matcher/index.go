package matcher

import (
	"cmp"
	"slices"
)

// The index cuts each side into lists: the postings in one province of an occupation, or of a few that are seldom asked
// for, or the wishes for one occupation, or for a few, of the people living in one province, those who would leave it
// apart from those who would not (see kins). Every 64 rows of a list are a block, which is laid out by columns (see
// postingSheet and wishSheet). A list knows enough of the rows behind it (which skills and certificates any of them
// names, the best pay, the least doubt) to say what score none of them can exceed for a given worker or posting. In which
// of 64 blocks of wishes anybody has a skill, a paper or a home nearby is a word of bits each (see wishMap). A query
// opens what has the greatest bound, again and again, and stops when no bound reaches the worst score in its heap: the
// list it has made is exact, and most rows are never looked at. Where all lists are made together, the workers' bound
// the postings' once more (see told).
type index struct {
	postings postingIndex
	workers  workerIndex
}

// indexCodes number what the columns tell in two halves; what came later has no code and is in no column.
type indexCodes struct{ skills, occupations []uint8 }

func newIndex(m *Market) index {
	known := indexCodes{codes(m.vocabulary.skillRanks()), codes(ranks(m.vocabulary.occupations.words))}
	return index{newPostingIndex(m, known), newWorkerIndex(m, known)}
}

// skillRanks orders the skills so that those that cover each other are close.
func (v *vocabulary) skillRanks() []int32 {
	rank, next := make([]int32, len(v.skills.words)), int32(0)
	seen := make([]bool, len(rank))
	var visit func(skill int32)
	visit = func(skill int32) {
		if seen[skill] {
			return
		}
		seen[skill] = true
		rank[skill], next = next, next+1
		near := slices.Concat(v.skillsCovering.of(skill), v.skillsCovered.of(skill))
		slices.SortStableFunc(near, func(a, b share) int { return cmp.Compare(b.percent, a.percent) })
		for _, s := range near {
			visit(s.to)
		}
	}
	byWord := make([]int32, len(rank))
	for skill, place := range ranks(v.skills.words) {
		byWord[place] = int32(skill)
	}
	for _, skill := range byWord {
		visit(skill)
	}
	return rank
}

// blockSize is how many rows a block holds at most.
const blockSize = tallyRows

// impossible is the bound of a block in which every row fails a hard condition.
const impossible = -1

// signature is a set of numbered things, folded into 256 bits: it may say yes for no, never no for yes.
type signature [4]uint64

func (s *signature) add(id int32) { s[id>>6&3] |= 1 << (id & 63) }

func (s *signature) meets(t *signature) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

func (s *signature) join(t *signature) {
	for i := range s {
		s[i] |= t[i]
	}
}

func fold(id int32) uint64 { return 1 << (id & 63) }

// runEnd finds where a run that begins at from must end, most long at most.
func runEnd(from, n, most int, same func(int) bool) int {
	to := from + 1
	for to < n && to-from < most && same(to) {
		to++
	}
	return to
}

func identity(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

// beginnings sorts lists by a number up to n and gives where those of each begin; the last entry is where all end.
func beginnings[L any](lists []L, n int, of func(*L) int32) (begin []int32) {
	slices.SortStableFunc(lists, func(a, b L) int { return int(of(&a)) - int(of(&b)) })
	begin = make([]int32, n+1)
	for i := range lists {
		begin[of(&lists[i])+1]++
	}
	for i := 1; i < len(begin); i++ {
		begin[i] += begin[i-1]
	}
	return begin
}
