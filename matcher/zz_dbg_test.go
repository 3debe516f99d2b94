package matcher
import ("testing";"fmt")
func TestZDbg(t *testing.T) {
	m := variedCountry{newCountry(201)}.market(t, 500, 500, otherWeights())
	for _, relax := range []ConditionSet{0, SetOf(TooFar, PayBelowFloor)} {
	q := newPostingQuery(m)
	for i := range m.postings.rows {
		p := &m.postings.rows[i]
		q.prepare(p, relax)
		q.prepareReach()
		x := &m.index.workers
		for number := range x.sheets {
			sheet := &x.sheets[number]
			for i := range sheet.n {
				g := &x.gists[sheet.from+i]
				s := q.weigh(&m.workers.rows[g.row])
				score, mine := s.score(p), s.chosen == sheet.wish
				if s.fails == 0 && mine && (q.within(int32(number), score)>>i&1 == 0 || !q.mayReach(int(i), score)) {
					fmt.Println(relax, score, q.within(int32(number), score)>>i&1, q.mayReach(int(i), score), q.losing.wish, q.losing.asked, q.losing.out[i], q.losing.requirement[i], p.untrusted, q.losing.plain, q.reach[sheet.group], s)
					w := &m.weights
					for c := range wishColumns { fmt.Println(c, q.losing.tables[c][0][lower(sheet.columns[c][i])], q.losing.tables[c][1][upper(sheet.columns[c][i])]) }
					fmt.Println(w.Conditions, occupationPoints(q.closenessFrom(sheet.occupation), sheet.whole, sheet.least, w), g.conditions, p.conditions, conditionPoints(g.conditions, p.conditions, w))
					return
				}
			}
		}
	}
	}
}
