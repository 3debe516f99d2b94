package matcher

// SpreadTurn gives, by worker's row, whose turn it is first on the market's day: another order every day.
func (m *Market) SpreadTurn() []uint64 {
	turn := make([]uint64, m.Workers())
	for i := range turn {
		turn[i] = mix(m.workers.rows[i].hash)
	}
	return turn
}

// Seats gives the seats left of every posting by row, none of those that nobody may be sent to.
func (m *Market) Seats() []int32 {
	seats := make([]int32, m.Postings())
	for i := range seats {
		if p := &m.postings.rows[i]; p.static == 0 && !m.PostingGone(int32(i)) {
			seats[i] = p.left
		}
	}
	return seats
}

// Twins numbers postings so that those of one employer, occupation and set of workplaces have one number, and those
// whose texts are equal too. text names what each posting's text says, by row, "" for nothing; nil leaves it out.
func (m *Market) Twins(text []string) []int32 {
	type place struct {
		firm       uint64
		occupation int32
		sites      int32
	}
	same := newUnion(m.Postings())
	places, texts := map[place]int32{}, map[string]int32{}
	for i := range int32(m.Postings()) {
		if p := &m.postings.rows[i]; p.firm != 0 && p.occupation != 0 {
			key := place{p.firm, p.occupation, p.sites}
			if first, ok := places[key]; ok {
				same.join(first, i)
			} else {
				places[key] = i
			}
		}
		if text != nil && text[i] != "" {
			if first, ok := texts[text[i]]; ok {
				same.join(first, i)
			} else {
				texts[text[i]] = i
			}
		}
	}
	for i := range same {
		same[i] = same.find(int32(i))
	}
	return same
}

// Alike reports whether two postings are of one employer, occupation and set of workplaces.
func (m *Market) Alike(a, b int32) bool {
	p, q := &m.postings.rows[a], &m.postings.rows[b]
	return p.firm != 0 && p.firm == q.firm && p.occupation != 0 && p.occupation == q.occupation && p.sites == q.sites
}

// union is sets of rows, each named by its least row.
type union []int32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = int32(i)
	}
	return u
}

func (u union) find(i int32) int32 {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	u[max(a, b)] = min(a, b)
}
