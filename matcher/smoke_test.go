package matcher

import "testing"

func TestSmoke(t *testing.T) {
	b, err := NewBuilder(Tables{Occupations: []Occupation{{"7212", "72", "7"}, {"7531", "75", "7"}},
		Communes: []Commune{{"03127", "11", 21.40953, 103.04636}, {"03334", "11", 21.3627, 103.0344}}}, NewDay(2026, 11, 24), DefaultWeights())
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		b.AddWorker(Worker{ID: "w", Available: true, Commune: "03127", Wishes: []Wish{{Occupation: "7212", LeastPay: 7e6}}, Skills: []Skill{{ID: "han", Level: 2}}}),
		b.AddPosting(Posting{ID: "p", Occupation: "7212", Open: true, Left: 3, PayMin: 8e6, PayMax: 9e6, Workplaces: []Place{{Commune: "03334"}}, Skills: []AskedSkill{{ID: "han"}}, Certificates: []AskedCertificate{{ID: "cc-han", Nice: true}}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	e := m.Explain(0, 0)
	t.Logf("%+v", e)
	t.Logf("%+v", m.RankWorker(0, Options{}))
	t.Logf("%+v", m.RankPosting(0, Options{}))
}
