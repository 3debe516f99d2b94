package matcher

import (
	"fmt"
	"testing"
)

// A side's partner is the least that makes a score with it.
func TestPartner(t *testing.T) {
	t.Parallel()
	for side := range 51 {
		for score := range 101 {
			least := 0
			for least <= 50 && !reaches(side, least, score) {
				least++
			}
			if got := partner(side, score); min(got, 51) != least {
				t.Fatalf("%d makes %d with %d, want %d", side, score, got, least)
			}
		}
	}
}

// People who have not said which commune they live in stand in no district, however far they would go. A block of nobody else is
// bounded as well as any.
func TestBoundsHoldForPeopleOfNoDistrict(t *testing.T) {
	t.Parallel()
	for reach := ReachUnknown; reach <= ReachAbroad; reach++ {
		d := seeded(uint64(reach))
		var workers []Worker
		for i := range 60 {
			w := randomWorker(d, fmt.Sprint("w", i))
			w.Commune, w.Province, w.Mobility = "", "11", Mobility{Reach: reach, Km: 10}
			for k := range w.Wishes {
				w.Wishes[k].Places = nil
			}
			workers = append(workers, w)
		}
		var postings []Posting
		for i := range 40 {
			p := randomPosting(d, fmt.Sprint("p", i))
			p.Workplaces = []Place{{Commune: testTables().Communes[i%4].Code}}
			postings = append(postings, p)
		}
		checkPostingBounds(t, buildMarket(t, testTables(), testDay, workers, postings), 0)
	}
}
