package matcher

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The invented markets of the property tests: few of every code, so that everything meets everything.
var (
	testDay         = NewDay(2026, 11, 24)
	testOccupations = []string{"7212", "7213", "7231", "7531", "8153", "9321", "9329", "5120", "2643", "none"}
	testSkills      = []string{"weld", "tig", "pipe", "sew", "cook", "korean", "drive", "unlinked"}
	testCerts       = []string{"b", "c1", "c", "ce", "safety", "topik", "weld-card"}
	testLanguages   = []string{"vi", "ko", "en"}
	testBenefits    = []string{"dormitory", "meals", "bus", "insurance"}
	testShifts      = []string{"day", "night", "two_shifts"}
	testBars        = []string{"minor", "night_minor"}
	testPlaces      = []Place{
		{Commune: "03127"}, {Commune: "03334"}, {Commune: "03158"}, {Commune: "03253"}, {Commune: "27000"}, {Commune: "03650"},
		{Commune: "99999"}, {Commune: "99998", Province: "11"}, {Commune: "00000"}, {Province: "11"}, {Province: "24"}, {Province: "14"}, {Country: "KR"}, {Country: "JP"}, {Nationwide: true}, {},
	}
)

func testTables() Tables {
	t := Tables{
		AwayBenefits:    []string{"dormitory"},
		NightShifts:     []string{"night"},
		OccupationLinks: []Link{{"7531", "8153", 80}, {"8153", "7531", 60}, {"9329", "9321", 90}, {"7212", "7213", 10}},
		SkillLinks:      []Link{{"tig", "weld", 100}, {"pipe", "weld", 100}, {"pipe", "tig", 90}, {"tig", "pipe", 50}, {"weld", "tig", 50}, {"cook", "sew", 20}, {"sew", "sew", 40}},
		Implications:    []Implication{{"c", "c1"}, {"c1", "b"}, {"ce", "c"}, {"b", "b"}},
		Communes: []Commune{
			{"03127", "11", 21.40953, 103.04636}, {"03334", "11", 21.3627, 103.0344}, {"03158", "11", 22.37991, 102.29311}, {"03253", "11", 21.63133, 103.43366},
			{"27000", "24", 21.18, 106.06}, {"03650", "14", 21.32, 103.91}, {"03700", "14", 21.45, 103.35}, {"00000", "11", 0, 0},
		},
	}
	for _, code := range testOccupations[:9] {
		t.Occupations = append(t.Occupations, Occupation{code, code[:2], code[:1]})
	}
	return t
}

// dice draws from rapid, so that a failure shrinks, or from a seed, where markets are large.
type dice interface{ upTo(n int) int }

type rapidDice struct{ t *rapid.T }

func (d rapidDice) upTo(n int) int { return rapid.IntRange(0, n).Draw(d.t, "die") }

type seedDice struct{ r *rand.Rand }

func (d seedDice) upTo(n int) int { return d.r.IntN(n + 1) }

func seeded(seed uint64) dice { return seedDice{rand.New(rand.NewPCG(seed, 1))} }

func one[T any](d dice, list []T) T { return list[d.upTo(len(list)-1)] }

func some[T any](d dice, most int, draw func() T) (list []T) {
	for range d.upTo(most) {
		list = append(list, draw())
	}
	return list
}

// maybe draws an empty text one time in three.
func maybe(d dice, list []string) string {
	if d.upTo(2) == 0 {
		return ""
	}
	return one(d, list)
}

func rarely(d dice, in int) bool { return d.upTo(in-1) == in-1 }

func randomPlaces(d dice, most int) []Place {
	return some(d, most, func() Place { return one(d, testPlaces) })
}

func randomConditions(d dice) (c Conditions) {
	if rarely(d, 3) {
		c = Conditions{uint8(d.upTo(3)), uint8(d.upTo(3)), uint8(d.upTo(3)), uint8(d.upTo(3)), 0, uint8(d.upTo(3)), uint8(d.upTo(3))}
	}
	return c
}

func randomDay(d dice) Day {
	if d.upTo(1) == 0 {
		return NoDay
	}
	return testDay + Day(d.upTo(100)) - 40
}

// longAgo draws a last day of practice, none one time in two.
func longAgo(d dice) Day {
	if d.upTo(1) == 0 {
		return NoDay
	}
	return testDay - Day(d.upTo(40))*300
}

func randomWorker(d dice, id string) Worker {
	home := one(d, testPlaces[:10])
	return Worker{
		ID: id, Available: !rarely(d, 12), Commune: home.Commune, Province: home.Province,
		Wishes: some(d, 2, func() Wish {
			return Wish{
				Occupation: maybe(d, testOccupations), Places: randomPlaces(d, 2), LeastPay: int64(d.upTo(4)) * 3_000_000,
				Shifts: some(d, 2, func() string { return one(d, testShifts) }), Benefits: some(d, 2, func() string { return one(d, testBenefits) }),
				Conditions: randomConditions(d),
			}
		}),
		Mobility: Mobility{
			Reach: Reach(d.upTo(int(ReachAbroad))), Km: d.upTo(6) * 25,
			Provinces: some(d, 2, func() string { return one(d, []string{"11", "14", "24"}) }), Countries: some(d, 1, func() string { return "KR" }),
		},
		Never: randomPlaces(d, d.upTo(1)),
		Needs: some(d, 1, func() string { return one(d, testBenefits) }),
		Skills: some(d, 3, func() Skill {
			return Skill{one(d, testSkills), uint8(d.upTo(3)), d.upTo(10) * 12, d.upTo(1) == 1, longAgo(d)}
		}),
		Certificates: some(d, 2, func() Certificate { return Certificate{one(d, testCerts), uint16(d.upTo(3)), randomDay(d)} }),
		Languages:    some(d, 2, func() Language { return Language{one(d, testLanguages), uint8(d.upTo(4))} }),
		Schooling:    uint8(d.upTo(5)), Vocational: uint8(d.upTo(9)),
		Experience:       some(d, 2, func() Experience { return Experience{maybe(d, testOccupations), d.upTo(60), longAgo(d)} }),
		BarredFrom:       some(d, d.upTo(1), func() string { return one(d, testBars) }),
		RefusedPostings:  some(d, d.upTo(1), func() Refusal { return Refusal{fmt.Sprintf("p%02d", d.upTo(20)), "far"} }),
		RefusedEmployers: some(d, d.upTo(1), func() Refusal { return Refusal{fmt.Sprintf("f%d", d.upTo(3)), ""} }),
	}
}

func randomPosting(d dice, id string) Posting {
	pay := int64(d.upTo(4)) * 3_000_000
	p := Posting{
		ID: id, Employer: maybe(d, []string{"f0", "f1", "f2", "f3"}), Occupation: maybe(d, testOccupations), Open: !rarely(d, 15), Left: d.upTo(10),
		Skills: some(d, 4, func() AskedSkill { return AskedSkill{one(d, testSkills), uint8(d.upTo(3)), d.upTo(2) == 0} }),
		Certificates: some(d, 2, func() AskedCertificate {
			return AskedCertificate{one(d, testCerts), uint16(d.upTo(3)), d.upTo(1) == 0}
		}),
		Languages: some(d, 2, func() Language { return Language{one(d, testLanguages), uint8(d.upTo(4))} }),
		Schooling: uint8(d.upTo(5)), Vocational: uint8(d.upTo(3)), Months: d.upTo(3) * 12,
		PayMin: pay, Workplaces: randomPlaces(d, 3), Benefits: some(d, 3, func() string { return one(d, testBenefits) }),
		BenefitsComplete: d.upTo(3) == 0, Shift: maybe(d, testShifts), Conditions: randomConditions(d),
		Deadline: randomDay(d), Confirmed: randomDay(d) - 20*Day(d.upTo(1)), Answers: Rate{uint8(d.upTo(100)), d.upTo(1) == 0}, Stays: Rate{uint8(d.upTo(100)), d.upTo(1) == 0},
		Bars: some(d, d.upTo(1), func() string { return one(d, testBars) }),
	}
	if p.Confirmed < 0 {
		p.Confirmed = NoDay
	}
	if d.upTo(2) > 0 {
		p.PayMax = p.PayMin + int64(d.upTo(2))*2_500_000
	}
	if rarely(d, 3) {
		p.Off = some(d, 3, func() Condition { return Condition(d.upTo(ConditionCount - 1)) })
		p.On = some(d, 3, func() Condition { return Condition(d.upTo(ConditionCount - 1)) })
	}
	return p
}

// sample is one invented market before and after packing.
type sample struct {
	workers  []Worker
	postings []Posting
	m        *Market
}

func randomSample(t testing.TB, d dice, workers, postings int) *sample {
	s := &sample{}
	for i := range workers {
		s.workers = append(s.workers, randomWorker(d, fmt.Sprintf("w%02d", i)))
	}
	for i := range postings {
		s.postings = append(s.postings, randomPosting(d, fmt.Sprintf("p%02d", i)))
	}
	s.m = buildMarket(t, testTables(), testDay, s.workers, s.postings)
	return s
}

func drawSample(t *rapid.T) *sample {
	d := rapidDice{t}
	return randomSample(fataler{TB: nil, t: t}, d, 1+d.upTo(8), 1+d.upTo(12))
}

// fataler lets rapid's T stand in where a testing.TB is asked for its Fatal and Helper only.
type fataler struct {
	testing.TB
	t *rapid.T
}

func (f fataler) Helper()           {}
func (f fataler) Fatal(args ...any) { f.t.Fatal(args...) }

func buildMarket(t testing.TB, tables Tables, day Day, workers []Worker, postings []Posting) *Market {
	t.Helper()
	b, err := NewBuilder(tables, day, DefaultWeights())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range workers {
		if err := b.AddWorker(w); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range postings {
		if err := b.AddPosting(p); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (s *sample) worker(row int32) *Worker {
	id := s.m.WorkerID(row)
	return &s.workers[slices.IndexFunc(s.workers, func(w Worker) bool { return w.ID == id })]
}

func (s *sample) posting(row int32) *Posting {
	id := s.m.PostingID(row)
	return &s.postings[slices.IndexFunc(s.postings, func(p Posting) bool { return p.ID == id })]
}
