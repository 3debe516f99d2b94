package matcher

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// However soon postings go through the index side by side, their lists are those of each alone.
func TestPostingsSideBySideEqualEachAlone(t *testing.T) {
	t.Parallel()
	m := randomSample(t, seeded(77), 6000, 150).m
	if !slices.ContainsFunc(m.index.workers.lists, func(b workerBlock) bool { return b.to-b.from > 2 }) {
		t.Fatal("no list has more than two blocks")
	}
	o := Options{K: 7}
	forWorkers, err := m.RankWorkers(t.Context(), 0, int32(m.Workers()), BatchOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	known := m.told(forWorkers, o.k())
	named, err := m.naming(t.Context(), known, 0, int32(m.Postings()), 1)
	if err != nil {
		t.Fatal(err)
	}
	side := m.takeTogether()
	for _, side.alone = range []int{0, 1, 5, 30} {
		bare, told := newLists(0, int32(m.Postings()), m.Workers(), o), newLists(0, int32(m.Postings()), m.Workers(), o)
		for rows := range slices.Chunk(m.postings.byPlace(0, int32(m.Postings())), abreast) {
			m.rankTogether(side, rows, nil, nil, o, bare)
			m.rankTogether(side, rows, named, known, o, told)
		}
		for row := range int32(m.Postings()) {
			want := m.PlainPosting(row, o)
			if diff := cmp.Diff(want, bare.Ranking(row)) + cmp.Diff(want, told.Ranking(row)); diff != "" {
				t.Fatalf("after %d alone, posting %s (-want +got):\n%s", side.alone, m.PostingID(row), diff)
			}
		}
	}
}
