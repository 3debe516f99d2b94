package matcher

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
)

// country is an invented labour market as skewed as real ones: few occupations, provinces and skills hold most
// of the people, and most people want work near home.
type country struct {
	r           *rand.Rand
	tables      Tables
	occupations []string
	provinces   [][]string // communes
	skills      []string
}

func newCountry(seed uint64) *country {
	c := &country{r: rand.New(rand.NewPCG(seed, 7))}
	for i := range 500 {
		code := fmt.Sprintf("%04d", 1000+i*17%9000)
		c.occupations = append(c.occupations, code)
		c.tables.Occupations = append(c.tables.Occupations, Occupation{code, code[:2], code[:1]})
	}
	for p := range 34 {
		var communes []string
		lat, lon := 9+14*c.r.Float64(), 103+5*c.r.Float64()
		for k := range 98 {
			code := fmt.Sprintf("%02d%03d", p, k)
			communes = append(communes, code)
			c.tables.Communes = append(c.tables.Communes, Commune{code, fmt.Sprintf("%02d", p), lat + c.r.Float64(), lon + c.r.Float64()})
		}
		c.provinces = append(c.provinces, communes)
	}
	for i := range 200 {
		c.skills = append(c.skills, fmt.Sprintf("s%03d", i))
		for range 3 {
			c.tables.SkillLinks = append(c.tables.SkillLinks, Link{fmt.Sprintf("s%03d", i), fmt.Sprintf("s%03d", c.r.IntN(200)), 30 + c.r.IntN(70)})
		}
	}
	return c
}

// skewed draws 0 to n-1, the first far more often than the last: the k-th about as 1/k.
func (c *country) skewed(n int) int { return int(math.Pow(float64(n), c.r.Float64())) - 1 }

func (c *country) commune() (string, string) {
	p := c.skewed(len(c.provinces))
	return c.provinces[p][c.r.IntN(98)], fmt.Sprintf("%02d", p)
}

// skillsOf draws skills that go with an occupation.
func (c *country) skillOf(occupation int) string { return c.skills[(occupation*3+c.skewed(12))%200] }

func (c *country) worker(i int) Worker {
	occupation := c.skewed(500)
	commune, _ := c.commune()
	w := Worker{ID: fmt.Sprintf("w%07d", i), Available: true, Commune: commune, Schooling: uint8(2 + c.r.IntN(4)), Vocational: uint8(1 + c.skewed(9))}
	w.Wishes = append(w.Wishes, Wish{Occupation: c.occupations[occupation], LeastPay: int64(5+c.skewed(12)) * 1e6, Benefits: []string{"dormitory"}})
	if c.r.IntN(2) == 0 {
		w.Wishes = append(w.Wishes, Wish{Occupation: c.occupations[c.skewed(500)], LeastPay: int64(5+c.skewed(10)) * 1e6})
	}
	w.Mobility.Reach = []Reach{ReachCommune, ReachKm, ReachKm, ReachProvince, ReachProvince, ReachProvince, ReachProvinces, ReachCountry}[c.r.IntN(8)]
	w.Mobility.Km = 10 + c.r.IntN(60)
	if w.Mobility.Reach == ReachProvinces {
		w.Mobility.Provinces = []string{fmt.Sprintf("%02d", c.skewed(34))}
	}
	for range c.r.IntN(4) {
		w.Skills = append(w.Skills, Skill{ID: c.skillOf(occupation), Level: uint8(c.r.IntN(4))})
	}
	if c.r.IntN(3) == 0 {
		w.Certificates = append(w.Certificates, Certificate{ID: fmt.Sprintf("c%02d", c.skewed(60))})
	}
	if c.r.IntN(2) == 0 {
		w.Experience = append(w.Experience, Experience{Occupation: c.occupations[occupation], Months: 6 + c.r.IntN(100)})
	}
	return w
}

func (c *country) posting(i int) Posting {
	occupation := c.skewed(500)
	commune, _ := c.commune()
	pay := int64(5+c.skewed(15)) * 1e6
	p := Posting{
		ID: fmt.Sprintf("p%07d", i), Employer: fmt.Sprintf("f%05d", c.r.IntN(20000)), Occupation: c.occupations[occupation], Open: true, Left: 1 + c.skewed(50),
		PayMin: pay, PayMax: pay * 3 / 2, Workplaces: []Place{{Commune: commune}}, Benefits: []string{"meals"}, Confirmed: testDay - Day(c.r.IntN(25)),
	}
	for range c.r.IntN(4) {
		p.Skills = append(p.Skills, AskedSkill{ID: c.skillOf(occupation), Level: uint8(c.r.IntN(3)), Nice: c.r.IntN(3) == 0})
	}
	if c.r.IntN(5) == 0 {
		p.Certificates = append(p.Certificates, AskedCertificate{ID: fmt.Sprintf("c%02d", c.skewed(60)), Nice: c.r.IntN(2) == 0})
	}
	p.Months = []int{0, 0, 12, 24}[c.r.IntN(4)]
	p.Schooling = []uint8{0, 0, 4, 5}[c.r.IntN(4)]
	return p
}

func (c *country) market(t testing.TB, workers, postings int) *Market {
	t.Helper()
	return inventedMarket(t, c.tables, DefaultWeights(), workers, c.worker, postings, c.posting)
}

// inventedMarket builds a market of so many workers and postings.
func inventedMarket(t testing.TB, tables Tables, weights Weights, workers int, worker func(int) Worker, postings int, posting func(int) Posting) *Market {
	t.Helper()
	b, err := NewBuilder(tables, testDay, weights)
	if err != nil {
		t.Fatal(err)
	}
	for i := range workers {
		if err := b.AddWorker(worker(i)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range postings {
		if err := b.AddPosting(posting(i)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// benchSize is 20,000 × 5,000, or what MATCHER_BENCH says ("1000000x100000").
func benchSize() (workers, postings int) {
	workers, postings = 20_000, 5_000
	_, _ = fmt.Sscanf(os.Getenv("MATCHER_BENCH"), "%dx%d", &workers, &postings)
	return workers, postings
}

var benchMarket = sync.OnceValue(func() *Market {
	w, p := benchSize()
	return newCountry(1).market(&testing.B{}, w, p)
})

func BenchmarkBuild(b *testing.B) {
	w, p := benchSize()
	for b.Loop() {
		newCountry(1).market(b, w, p)
	}
}

func BenchmarkRankAll(b *testing.B) {
	m := benchMarket()
	b.ResetTimer()
	for b.Loop() {
		if _, _, err := m.RankAll(b.Context(), BatchOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(m.Workers())*float64(m.Postings())*float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
}

func BenchmarkRankWorkers(b *testing.B) {
	m := benchMarket()
	for b.Loop() {
		if _, err := m.RankWorkers(b.Context(), 0, int32(m.Workers()), BatchOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*m.Workers()), "us/worker")
}

func BenchmarkRankPostings(b *testing.B) {
	m := benchMarket()
	for b.Loop() {
		if _, err := m.RankPostings(b.Context(), 0, int32(m.Postings()), BatchOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*m.Postings()), "us/posting")
}

func BenchmarkRankOneWorker(b *testing.B) {
	for _, postings := range []int{2000} {
		b.Run(strconv.Itoa(postings), func(b *testing.B) {
			m := newCountry(2).market(b, 1000, postings)
			i := int32(0)
			for b.Loop() {
				m.RankWorker(i%1000, Options{})
				i++
			}
		})
	}
}

func BenchmarkRankOneWorkerWithCounts(b *testing.B) {
	m := newCountry(2).market(b, 1000, 2000)
	i := int32(0)
	for b.Loop() {
		m.RankWorker(i%1000, Options{Counts: true})
		i++
	}
}

func BenchmarkRankOnePosting(b *testing.B) {
	m := benchMarket()
	i := int32(0)
	for b.Loop() {
		m.RankPosting(i%int32(m.Postings()), Options{})
		i++
	}
}

func BenchmarkExplain(b *testing.B) {
	m := benchMarket()
	i := int32(0)
	for b.Loop() {
		m.Explain(i%int32(m.Workers()), i%int32(m.Postings()))
		i++
	}
}
