package market_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"noiviec/internal/market"
)

func group(kind, code string, counts ...int) market.GroupCounts {
	return market.GroupCounts{Kind: kind, Code: code, Counts: counts}
}

// TestMasking draws many months and tries to work out what is hidden, column by column, from the total.
func TestMasking(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 1))
	hiddenOnes, totals := 0, 0
	for range 5000 {
		f := market.Fairness{}
		groups := 1 + dice.IntN(6)
		truth := map[string][]int{}
		for g := range groups {
			counts := []int{dice.IntN(40)}
			for range 4 {
				counts = append(counts, dice.IntN(counts[0]+1))
			}
			code := fmt.Sprint(g)
			truth[code] = counts
			f.Groups = append(f.Groups, group("sex", code, counts...))
		}
		rows := f.Kind("sex")
		for k := range market.Stages {
			total := rows[len(rows)-1].Cells[k]
			hidden, people, seen := 0, 0, 0
			for _, r := range rows[:len(rows)-1] {
				n := truth[r.Code][k]
				c := r.Cells[k]
				switch {
				case c.Hidden && c != (market.Masked{Hidden: true}):
					t.Fatalf("one of what is hidden is told from another: %+v", c)
				case c.Hidden:
					hidden, people = hidden+1, people+n
				case c.N != n:
					t.Fatalf("got %d, want %d", c.N, n)
				case n < 5:
					t.Fatalf("a count of %d is shown", n)
				case k > 0 && truth[r.Code][0]-n > 0 && truth[r.Code][0]-n < 5:
					t.Fatalf("%d of %d are shown: %d are left", n, truth[r.Code][0], truth[r.Code][0]-n)
				default:
					seen += n
				}
			}
			hiddenOnes += hidden
			if total.Hidden {
				totals++
				continue
			}
			if hidden == 1 || hidden > 0 && people < 5 {
				t.Fatalf("stage %d: the total %d less what is shown leaves %d people in %d hidden cells", k, total.N, people, hidden)
			}
			if total.N != seen+people {
				t.Fatalf("total %d, want %d", total.N, seen+people)
			}
		}
	}
	if hiddenOnes < 1000 || totals == 0 {
		t.Errorf("%d cells and %d totals were hidden: nothing was tried", hiddenOnes, totals)
	}
}

func TestCountGroups(t *testing.T) {
	t.Parallel()
	var people []market.Worker
	for i := range 40 {
		people = append(people, market.Worker{Meta: market.Meta{ID: market.ID(fmt.Sprint(i))}, Sex: []string{"f", "m", ""}[i%3], Commune: fmt.Sprint(i % 20)})
	}
	people[0].Priority = []string{"disabled"}
	counts := market.CountGroups(people, func(id market.ID) []int {
		if id == "0" {
			return []int{0, 1, 4}
		}
		return []int{0}
	})
	got := map[string][]int{}
	communes := 0
	for _, g := range counts {
		got[g.Kind+":"+g.Code] = g.Counts
		if g.Kind == "commune" {
			communes += g.Counts[0]
		}
	}
	if got["sex:f"][0] != 14 || got["sex:unsaid"][0] != 13 || got["disability:yes"][4] != 1 || got["disability:no"][1] != 0 {
		t.Errorf("got %v", got)
	}
	if communes != 40 || got["commune:others"][0] != 18 {
		t.Errorf("communes: got %d people, %v in the smaller ones, want 40 and 18", communes, got["commune:others"])
	}
}
