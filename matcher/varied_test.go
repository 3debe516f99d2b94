package matcher

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// variedCountry says far more different things than the columns of a block tell apart, with everything that is rare.
type variedCountry struct{ *country }

func (c variedCountry) place() Place {
	code, province := c.commune()
	switch c.r.IntN(12) {
	case 0:
		return Place{Province: province}
	case 1:
		return Place{Country: "KR"}
	case 2:
		return Place{Nationwide: true}
	}
	return Place{Commune: code}
}

func (c variedCountry) some(n int, format string, most int) (list []string) {
	for range c.r.IntN(most + 1) {
		list = append(list, fmt.Sprintf(format, c.skewed(n)))
	}
	return list
}

func (c variedCountry) worker(i int) Worker {
	w := c.country.worker(i)
	for k := range w.Wishes {
		x := &w.Wishes[k]
		x.LeastPay, x.Benefits, x.Shifts = c.r.Int64N(20e6), c.some(9, "benefit%d", 3), c.some(20, "shift%d", 2)
		if c.r.IntN(8) == 0 {
			x.Places = []Place{c.place()}
		}
	}
	if c.r.IntN(4) == 0 {
		w.Needs = c.some(9, "benefit%d", 1)
	}
	if c.r.IntN(10) == 0 {
		w.Never = []Place{c.place()}
	}
	w.Schooling, w.Vocational, w.Mobility.Km = uint8(c.skewed(20)), uint8(c.skewed(20)), c.r.IntN(400)
	for range c.skewed(8) {
		w.Skills = append(w.Skills, Skill{ID: c.skills[c.skewed(200)], Level: uint8(c.r.IntN(4)), Verified: c.r.IntN(3) == 0, Until: testDay - Day(c.r.IntN(2000))})
	}
	for range c.skewed(3) {
		w.Experience = append(w.Experience, Experience{Occupation: c.occupations[c.skewed(500)], Months: c.r.IntN(200)})
	}
	if c.r.IntN(10) == 0 {
		w.RefusedPostings, w.BarredFrom = []Refusal{{ID: fmt.Sprintf("p%07d", c.r.IntN(500)), Reason: "far"}}, []string{"minor"}
	}
	return w
}

func (c variedCountry) posting(i int) Posting {
	p := c.country.posting(i)
	p.PayMin, p.Months, p.Schooling, p.Vocational = c.r.Int64N(20e6), c.skewed(300), uint8(c.skewed(20)), uint8(c.skewed(20))
	if p.PayMax = p.PayMin + c.r.Int64N(9e6); c.r.IntN(5) == 0 {
		p.PayMax = 0
	}
	for range c.skewed(5) {
		p.Workplaces = append(p.Workplaces, c.place())
	}
	for range c.skewed(10) {
		p.Skills = append(p.Skills, AskedSkill{ID: c.skills[c.skewed(200)], Level: uint8(c.r.IntN(4)), Nice: c.r.IntN(3) == 0})
	}
	p.Benefits, p.BenefitsComplete, p.Shift = c.some(9, "benefit%d", 4), c.r.IntN(2) == 0, fmt.Sprintf("shift%d", c.skewed(20))
	p.Answers = Rate{Percent: uint8(c.r.IntN(101)), Known: c.r.IntN(2) == 0}
	if c.r.IntN(6) == 0 {
		p.On = []Condition{SchoolingShort, ExperienceShort, SkillMissing, LanguageMissing, ShiftUnwanted}[c.r.IntN(5):]
	}
	if c.r.IntN(12) == 0 {
		p.Off = []Condition{TooFar, PayBelowFloor, NeedNotMet, CertificateMissing, PlaceNever}[c.r.IntN(5):]
	}
	if c.r.IntN(10) == 0 {
		p.Bars = []string{"minor"}
	}
	return p
}

func (c variedCountry) market(t testing.TB, workers, postings int, weights Weights) *Market {
	t.Helper()
	return inventedMarket(t, c.tables, weights, workers, c.worker, postings, c.posting)
}

// However much there is to tell apart, lists are those of brute force, made one by one and all together.
func TestRankEqualsBruteForceInVariedMarkets(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		m := variedCountry{newCountry(100 + seed)}.market(t, 2500, 1500, DefaultWeights())
		forWorkers, forPostings, err := m.RankAll(context.Background(), BatchOptions{Options: Options{K: 10}})
		if err != nil {
			t.Fatal(err)
		}
		listed := 0
		for row := int32(seed); row < int32(m.Workers()); row += 29 {
			listed += forWorkers.Len(row)
			want := m.PlainWorker(row, Options{K: 10})
			if diff := cmp.Diff(want, forWorkers.Ranking(row)); diff != "" {
				t.Fatalf("seed %d worker %s (-want +got):\n%s", seed, m.WorkerID(row), diff)
			}
			relaxed := Options{K: 10, Relax: SetOf(TooFar, PayBelowFloor, CertificateMissing)}
			if diff := cmp.Diff(m.PlainWorker(row, relaxed), m.RankWorker(row, relaxed)); diff != "" {
				t.Fatalf("seed %d worker %s, relaxed (-want +got):\n%s", seed, m.WorkerID(row), diff)
			}
		}
		if listed < m.Workers()/29 {
			t.Fatalf("seed %d: the lists looked at hold %d postings, which shows little", seed, listed)
		}
		for row := int32(seed); row < int32(m.Postings()); row += 17 {
			want := m.PlainPosting(row, Options{K: 10})
			if diff := cmp.Diff(want, forPostings.Ranking(row)); diff != "" {
				t.Fatalf("seed %d posting %s (-want +got):\n%s", seed, m.PostingID(row), diff)
			}
			if diff := cmp.Diff(want, m.RankPosting(row, Options{K: 10})); diff != "" {
				t.Fatalf("seed %d posting %s by itself (-want +got):\n%s", seed, m.PostingID(row), diff)
			}
		}
	}
}

// Every list of both sides, in markets where somebody's two wishes are told in different ways, and wishes name a few đồng.
func TestAllListsEqualBruteForceInVariedMarkets(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{7003, 7005} {
		m := variedCountry{newCountry(seed)}.market(t, 700, 500, otherWeights())
		for _, o := range []Options{{K: 3}, {K: 50}} {
			forWorkers, forPostings, err := m.RankAll(context.Background(), BatchOptions{Options: o})
			if err != nil {
				t.Fatal(err)
			}
			for row := range int32(m.Workers()) {
				if diff := cmp.Diff(m.PlainWorker(row, o), forWorkers.Ranking(row)); diff != "" {
					t.Fatalf("seed %d, %d best of worker %s (-want +got):\n%s", seed, o.K, m.WorkerID(row), diff)
				}
			}
			for row := range int32(m.Postings()) {
				if diff := cmp.Diff(m.PlainPosting(row, o), forPostings.Ranking(row)); diff != "" {
					t.Fatalf("seed %d, %d best of posting %s (-want +got):\n%s", seed, o.K, m.PostingID(row), diff)
				}
			}
		}
	}
}

func TestBoundsHoldInVariedMarkets(t *testing.T) {
	t.Parallel()
	for seed, weights := range []Weights{DefaultWeights(), otherWeights()} {
		m := variedCountry{newCountry(200 + uint64(seed))}.market(t, 500, 500, weights)
		for _, relax := range []ConditionSet{0, SetOf(TooFar, PayBelowFloor)} {
			checkWorkerBounds(t, m, relax)
			checkPostingBounds(t, m, relax)
		}
	}
}

// otherWeights are as unlike those in force as a fit could propose, and more.
func otherWeights() Weights {
	w := DefaultWeights()
	w.Occupation, w.Place, w.Pay, w.Benefits, w.Shift, w.Conditions = 12, 20, 6, 8, 3, 1
	w.Skills, w.Certificates, w.Nice, w.Experience, w.Education, w.Language = 12, 12, 12, 8, 4, 2
	w.SkillsUnasked, w.BenefitsUnasked, w.PayUpTo, w.PayPartly, w.LanguageUnasked, w.ConditionsUnknown = 11, 8, 6, 6, 2, 1
	w.Unrecorded, w.UntrustedMost, w.StaleMost = 60, 50, 20
	w.PlaceBands = [4]PlaceBand{{5, 20}, {30, 15}, {90, 9}, {150, 8}}
	w.PlaceProvince, w.PlaceFar, w.PlaceAnywhere, w.PlaceListed, w.PlaceWished, w.PlaceOpen = 3, 1, 9, 9, 20, 1
	return w
}

// Postings that say no workplace, or that one may work anywhere in the country, are bounded by what that earns and not by the most
// a place can.
func TestBoundsHoldWhereNoPlaceIsSaid(t *testing.T) {
	t.Parallel()
	for _, places := range [][]Place{nil, {{Nationwide: true}}} {
		c := variedCountry{newCountry(300)}
		nowhere := func(i int) Posting {
			p := c.posting(i)
			p.Workplaces = places
			return p
		}
		m := inventedMarket(t, c.tables, DefaultWeights(), 200, c.worker, 200, nowhere)
		if most := m.index.postings.lists[0].place; int(most) == m.weights.Place {
			t.Fatalf("workplaces %v: bounded by %d points", places, most)
		}
		checkWorkerBounds(t, m, 0)
	}
}
