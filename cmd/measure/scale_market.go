package main

import (
	"fmt"
	"math/rand/v2"

	"noiviec/internal/taxonomy"
	"noiviec/jobs"
	"noiviec/matcher"
)

// country invents workers and postings whose codes are as frequent as in the terms. Everything else is drawn by
// what is written beside it; nothing is known of any person.
type country struct {
	r        *rand.Rand
	terms    *terms
	day      matcher.Day
	tables   matcher.Tables
	communes map[string][]string // by province
}

func newCountry(t *terms, seed uint64) *country {
	tax := taxonomy.Default()
	c := &country{r: rand.New(rand.NewPCG(seed, 11)), terms: t, day: matcher.NewDay(2026, 11, 24), tables: jobs.MatcherTables(tax), communes: map[string][]string{}}
	for _, commune := range tax.Communes() {
		c.communes[commune.Province] = append(c.communes[commune.Province], commune.Code)
	}
	return c
}

func (c *country) chance(percent int) bool { return c.r.IntN(100) < percent }

func (c *country) commune() string {
	communes := c.communes[c.terms.provinces.draw(c.r)]
	return communes[c.r.IntN(len(communes))]
}

// occupation is not known for one in twenty.
func (c *country) occupation() string {
	if c.chance(5) {
		return ""
	}
	return c.terms.occupations.draw(c.r)
}

var (
	shifts   = []string{"day", "night", "two_shifts"}
	benefits = []string{"meals", "dormitory", "insurance", "bus", "bonus"}
)

func (c *country) worker(id string) matcher.Worker {
	first := c.occupation()
	w := matcher.Worker{ID: id, Available: !c.chance(2), Commune: c.commune(), Schooling: uint8(2 + c.r.IntN(4)), Vocational: uint8(1 + c.r.IntN(5))}
	w.Wishes = []matcher.Wish{c.wish(first)}
	if c.chance(50) {
		w.Wishes = append(w.Wishes, c.wish(c.occupation()))
	}
	w.Mobility = c.mobility()
	for range c.r.IntN(5) {
		w.Skills = append(w.Skills, matcher.Skill{ID: c.terms.skill(c.r, first), Level: uint8(c.r.IntN(4)), Verified: c.chance(20)})
	}
	if c.chance(25) {
		w.Certificates = append(w.Certificates, matcher.Certificate{ID: c.terms.certificates.draw(c.r), Level: uint16(c.r.IntN(3)), Expires: c.day + matcher.Day(c.r.IntN(1000)-100)})
	}
	if c.chance(10) {
		w.Languages = append(w.Languages, matcher.Language{ID: "en", Level: uint8(1 + c.r.IntN(4))})
	}
	if c.chance(60) {
		w.Experience = append(w.Experience, matcher.Experience{Occupation: first, Months: 3 * (1 + c.r.IntN(40))})
	}
	if c.chance(8) {
		w.Needs = []string{"dormitory"}
	}
	c.bars(&w)
	return w
}

func (c *country) wish(occupation string) matcher.Wish {
	wish := matcher.Wish{Occupation: occupation}
	if c.chance(80) {
		wish.LeastPay = int64(8+c.r.IntN(16)) * 500_000
	}
	if c.chance(40) {
		wish.Shifts = []string{shifts[c.r.IntN(2)]}
	}
	if c.chance(40) {
		wish.Benefits = []string{benefits[c.r.IntN(len(benefits))]}
	}
	if c.chance(5) {
		wish.Places = []matcher.Place{{Province: c.terms.provinces.draw(c.r)}}
	}
	return wish
}

// mobility: three in four stay in the own province or nearer.
func (c *country) mobility() matcher.Mobility {
	switch n := c.r.IntN(100); {
	case n < 10:
		return matcher.Mobility{Reach: matcher.ReachCommune}
	case n < 45:
		return matcher.Mobility{Reach: matcher.ReachKm, Km: 5 * (1 + c.r.IntN(12))}
	case n < 75:
		return matcher.Mobility{Reach: matcher.ReachProvince}
	case n < 87:
		return matcher.Mobility{Reach: matcher.ReachProvinces, Provinces: []string{c.terms.provinces.draw(c.r)}}
	case n < 99:
		return matcher.Mobility{Reach: matcher.ReachCountry}
	}
	return matcher.Mobility{Reach: matcher.ReachAbroad}
}

// bars are the rarer hard conditions: places ruled out, what a law bars, and what was turned down.
func (c *country) bars(w *matcher.Worker) {
	if c.chance(3) {
		w.Never = []matcher.Place{{Province: c.terms.provinces.draw(c.r)}}
	}
	if c.chance(4) {
		w.BarredFrom = []string{"minor"}
	}
	if c.chance(3) {
		w.RefusedPostings = []matcher.Refusal{{ID: postingID(c.r.IntN(1000)), Reason: "far"}}
	}
	if c.chance(2) {
		w.RefusedEmployers = []matcher.Refusal{{ID: employerID(c.r.IntN(1000)), Reason: "pay"}}
	}
}

func workerID(i int) string   { return fmt.Sprintf("w%07d", i) }
func postingID(i int) string  { return fmt.Sprintf("p%06d", i) }
func employerID(i int) string { return fmt.Sprintf("f%05d", i) }

func (c *country) posting(id string) matcher.Posting {
	p := matcher.Posting{ID: id, Employer: employerID(c.r.IntN(20_000)), Occupation: c.occupation(), Open: !c.chance(1), Left: 1 + c.r.IntN(20),
		Workplaces: []matcher.Place{{Commune: c.commune()}}, Benefits: benefits[:c.r.IntN(len(benefits))], BenefitsComplete: c.chance(50),
		Months: []int{0, 0, 6, 12, 24}[c.r.IntN(5)], Schooling: []uint8{0, 0, 3, 4, 5}[c.r.IntN(5)], Confirmed: c.day - matcher.Day(c.r.IntN(32)),
		Answers: matcher.Rate{Percent: uint8(40 + c.r.IntN(60)), Known: c.chance(60)}}
	c.offer(&p)
	for range c.r.IntN(5) {
		p.Skills = append(p.Skills, matcher.AskedSkill{ID: c.terms.skill(c.r, p.Occupation), Level: uint8(c.r.IntN(3)), Nice: c.chance(30)})
	}
	if c.chance(15) {
		p.Certificates = append(p.Certificates, matcher.AskedCertificate{ID: c.terms.certificates.draw(c.r), Nice: c.chance(50)})
	}
	if c.chance(8) {
		p.Languages = append(p.Languages, matcher.Language{ID: "en", Level: uint8(1 + c.r.IntN(3))})
	}
	if c.chance(8) {
		p.Bars = []string{"minor"}
	}
	if c.chance(10) {
		p.On = []matcher.Condition{matcher.SkillMissing, matcher.ExperienceShort, matcher.SchoolingShort, matcher.LanguageMissing, matcher.ShiftUnwanted}[:1+c.r.IntN(5)]
	}
	return p
}

// offer is pay, shift and further workplaces: one in eight says no pay, one in twelve names a second place, one in
// fifty any in the country.
func (c *country) offer(p *matcher.Posting) {
	if !c.chance(12) {
		p.PayMin = int64(8+c.r.IntN(24)) * 500_000
		p.PayMax = p.PayMin * int64(100+c.r.IntN(60)) / 100
	}
	if c.chance(60) {
		p.Shift = shifts[c.r.IntN(len(shifts))]
	}
	if c.chance(8) {
		p.Workplaces = append(p.Workplaces, matcher.Place{Commune: c.commune()})
	}
	if c.chance(2) {
		p.Workplaces = []matcher.Place{{Nationwide: true}}
	}
}

// pack invents the market as packed rows.
func (c *country) pack(workers, postings int) (*matcher.Builder, error) {
	b, err := matcher.NewBuilder(c.tables, c.day, matcher.DefaultWeights())
	if err != nil {
		return nil, err
	}
	for i := range workers {
		if err := b.AddWorker(c.worker(workerID(i))); err != nil {
			return nil, err
		}
	}
	for i := range postings {
		if err := b.AddPosting(c.posting(postingID(i))); err != nil {
			return nil, err
		}
	}
	return b, nil
}
