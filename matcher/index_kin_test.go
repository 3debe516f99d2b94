package matcher

import "testing"

// Every wish is in one list, of its own occupation where many of the region wish for it, else of its branch, where its class says
// which occupation it is.
func TestKinsOfWishes(t *testing.T) {
	t.Parallel()
	m := variedCountry{newCountry(5)}.market(t, 4000, 50, DefaultWeights())
	x := &m.index.workers
	type wish struct {
		row int32
		of  uint8
	}
	met := map[wish]int{}
	wishes := map[[2]int32]int{} // by kin and region
	for number := range x.heads {
		h := &x.heads[number]
		shared := x.kins.shared(h.kin)
		for i := range int32(h.n) {
			w := &m.workers.rows[x.gists[h.from+i].row]
			met[wish{x.gists[h.from+i].row, h.wish}]++
			occupation := h.kin
			if shared != nil {
				occupation = shared[lower(x.sheets[number].columns[columnKin][i])]
			} else if w.static != 0 && occupation != 0 {
				t.Fatalf("worker %d fails whatever the posting and is among those of occupation %d", h.from+i, occupation)
			}
			if occupation != w.wishes[h.wish].occupation {
				t.Fatalf("block %d: a wish for occupation %d is among those for %d", number, w.wishes[h.wish].occupation, occupation)
			}
			if h.wish == 0 && w.static == 0 {
				wishes[[2]int32{occupation, h.group}]++
			}
		}
	}
	for row := range m.workers.rows {
		for of := range m.workers.rows[row].count {
			if n := met[wish{int32(row), of}]; n != 1 {
				t.Fatalf("wish %d of worker %d is in %d lists, want 1", of, row, n)
			}
		}
	}
	own := 0
	for i := range x.lists {
		if b := &x.lists[i]; b.kin != 0 && x.kins.shared(b.kin) == nil && b.wish == 0 {
			if own++; wishes[[2]int32{b.kin, b.group}] <= seldom {
				t.Errorf("occupation %d has a list of its own for %d wishes", b.kin, wishes[[2]int32{b.kin, b.group}])
			}
		}
	}
	if own == 0 || own == len(x.lists) {
		t.Errorf("%d of %d lists are of one occupation, want some", own, len(x.lists))
	}
}
