package matcher

import "slices"

// kins number what lists of wishes are of. Where many people of a region wish for an occupation, it has lists of its own. Those
// that few wish for share lists with others of their branch, that is occupations whose codes follow each other. People who fail
// whatever the posting have lists apart from all others', by branches only.
type kins struct {
	occupations int       // the kin of an occupation is its number; those of branches follow, then those of who fail by branches
	branches    [][]int32 // by kin from there on: the occupations, by class
	branch      []int32   // by occupation: the kin of its branch
	class       []uint8   // by occupation: its class in its branch
}

// seldom is how many wishes for an occupation in a region are too few for a list of their own.
const seldom = blockSize / 2

func newKins(m *Market) (k kins) {
	words := m.vocabulary.occupations.words
	k.occupations, k.branch, k.class = len(words), make([]int32, len(words)), make([]uint8, len(words))
	for _, occupation := range m.wished() {
		if n := len(k.branches); n == 0 || len(k.branches[n-1]) == classCount {
			k.branches = append(k.branches, nil)
		}
		last := len(k.branches) - 1
		k.branch[occupation], k.class[occupation] = int32(k.occupations+last), uint8(len(k.branches[last]))
		k.branches[last] = append(k.branches[last], occupation)
	}
	k.branches = append(k.branches, k.branches...)
	return k
}

// wished gives the occupations that anybody wishes for, in the order of their codes.
func (m *Market) wished() []int32 {
	rank := ranks(m.vocabulary.occupations.words)
	byRank := make([]int32, len(rank)) // 0 where nobody wishes for it
	for i := range m.workers.rows {
		w := &m.workers.rows[i]
		for _, wish := range w.wishes[:w.count] {
			byRank[rank[wish.occupation]] = wish.occupation
		}
	}
	return slices.DeleteFunc(byRank, func(occupation int32) bool { return occupation == 0 })
}

// n is how many kins there are.
func (k *kins) n() int { return k.occupations + len(k.branches) }

// of gives the kin of so many wishes for an occupation in a region.
func (k *kins) of(occupation int32, wishes int, fail bool) int32 {
	switch {
	case occupation == 0, wishes > seldom && !fail:
		return occupation
	case fail:
		return k.branch[occupation] + int32(len(k.branches)/2)
	}
	return k.branch[occupation]
}

// shared gives the occupations of a kin by class, none where it is an occupation.
func (k *kins) shared(kin int32) []int32 {
	if int(kin) < k.occupations {
		return nil
	}
	return k.branches[int(kin)-k.occupations]
}

// kindred are wishes of one kin in one region.
type kindred struct {
	kin  int32
	rows []int32
}

// runs cuts the wishes of a region, those for an occupation one after the other, into those of a kin.
func (k *kins) runs(rows []int32, occupation func(row int32) int32, fail bool) (runs []kindred) {
	shared := make([][]int32, len(k.branches))
	for from := 0; from < len(rows); {
		first := occupation(rows[from])
		to := runEnd(from, len(rows), len(rows), func(i int) bool { return occupation(rows[i]) == first })
		if kin := k.of(first, to-from, fail); int(kin) < k.occupations {
			runs = append(runs, kindred{kin, rows[from:to]})
		} else {
			of := &shared[int(kin)-k.occupations]
			*of = append(*of, rows[from:to]...)
		}
		from = to
	}
	for i, rows := range shared {
		if len(rows) > 0 {
			runs = append(runs, kindred{int32(k.occupations + i), rows})
		}
	}
	return runs
}
