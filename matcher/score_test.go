package matcher

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPartsSumToTheScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t)
		for w := range int32(s.m.Workers()) {
			for p := range int32(s.m.Postings()) {
				checkExplanation(t, s.m, w, p)
			}
		}
	})
}

func checkExplanation(t *rapid.T, m *Market, w, p int32) {
	e := m.Explain(w, p)
	sum, wish, requirement := 0, 0, 0
	for i, part := range e.Parts {
		sum += part.Points
		switch {
		case part.Name != partNames[i] || part.Reason.Code == "":
			t.Fatalf("part %d is %+v", i, part)
		case i < partSkills:
			wish += part.Points
		case i < partCount:
			requirement += part.Points
		}
		if low, high := 0, part.Max; i < partCount && (part.Points < low || part.Points > high) || i >= partCount && part.Points > 0 {
			t.Fatalf("%s has %d of %d points", part.Name, part.Points, part.Max)
		}
	}
	score, passes := m.Score(w, p)
	if sum != e.Score || e.Score < 0 || e.Score > 100 || wish != e.Wish || requirement != e.Requirement {
		t.Fatalf("parts sum to %d = %d + %d …, score %d = %d + %d …", sum, wish, requirement, e.Score, e.Wish, e.Requirement)
	}
	if score != e.Score || passes != e.Passes || passes != (len(e.Fails) == 0) {
		t.Fatalf("score %d passes %v, explained %d %v with %v", score, passes, e.Score, e.Passes, e.Fails)
	}
	if len(e.Reasons) > 2 || e.Change != nil && e.Change.Gain <= 0 && e.Passes {
		t.Fatalf("reasons %v, change %+v", e.Reasons, e.Change)
	}
}

// pairOf gives the score of one worker and one posting alone, and whether they pass.
func pairOf(t *rapid.T, w Worker, p Posting) (score int, passes bool) {
	m := buildMarket(fataler{t: t}, testTables(), testDay, []Worker{w}, []Posting{p})
	return m.Score(0, 0)
}

// TestASatisfiedRequirementNeverLowersAScore adds to postings what the worker has, and to workers what the
// posting asks, in pairs that pass; they must go on to pass.
func TestASatisfiedRequirementNeverLowersAScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := rapidDice{t}
		w, p := randomWorker(d, "w"), randomPosting(d, "p")
		w.Available, p.Open, p.Left, p.Deadline, p.Confirmed = true, true, 3, NoDay, testDay-18
		before, passed := pairOf(t, w, p)
		if !passed {
			return
		}
		for name, change := range satisfied(&w, &p) {
			w2, p2 := w, p
			if !change(&w2, &p2) {
				continue
			}
			if after, passes := pairOf(t, w2, p2); after < before || !passes {
				t.Fatalf("%s: %d before, %d after, passes %v\nworker %+v\nposting %+v", name, before, after, passes, w2, p2)
			}
		}
	})
}

func satisfied(w *Worker, p *Posting) map[string]func(*Worker, *Posting) bool {
	changes := map[string]func(*Worker, *Posting) bool{
		"posting asks less schooling than held": func(w *Worker, p *Posting) bool {
			ok := p.Schooling == 0 && w.Schooling > 0
			p.Schooling = max(p.Schooling, w.Schooling)
			return ok
		},
		"posting asks the qualification held": func(w *Worker, p *Posting) bool {
			ok := p.Vocational == 0 && w.Vocational > 0
			p.Vocational = w.Vocational
			return ok
		},
		"worker has the schooling asked": func(w *Worker, p *Posting) bool {
			w.Schooling, w.Vocational = max(w.Schooling, p.Schooling), max(w.Vocational, p.Vocational)
			return true
		},
		"posting gives what is needed": func(w *Worker, p *Posting) bool {
			p.Benefits = slices.Concat(p.Benefits, w.Needs)
			return true
		},
		"posting pays more": func(_ *Worker, p *Posting) bool {
			if p.PayMin == 0 {
				return false
			}
			p.PayMin += 1_000_000
			if p.PayMax > 0 {
				p.PayMax += 1_000_000
			}
			return true
		},
		"worker asks for less": func(w *Worker, _ *Posting) bool {
			w.Wishes = slices.Clone(w.Wishes)
			for i := range w.Wishes {
				if w.Wishes[i].LeastPay > 1_000_000 {
					w.Wishes[i].LeastPay -= 1_000_000
				}
			}
			return len(w.Wishes) > 0
		},
		"posting asks the months worked": func(w *Worker, p *Posting) bool {
			m := buildMarket(fatalOnly{}, testTables(), testDay, []Worker{*w}, []Posting{*p})
			x := m.meet(&m.workers.rows[0], &m.postings.rows[0])
			ok := p.Months == 0 && x.coverage.months > 0
			p.Months = x.coverage.months
			return ok
		},
		"worker has worked so long": func(w *Worker, p *Posting) bool {
			w.Experience = append(slices.Clone(w.Experience), Experience{Occupation: p.Occupation, Months: max(p.Months, 1)})
			return slices.ContainsFunc(w.Wishes, func(wish Wish) bool { return wish.Occupation != "" })
		},
		"employer answers and keeps people": func(_ *Worker, p *Posting) bool {
			p.Answers, p.Stays, p.Confirmed = Rate{100, true}, Rate{100, true}, testDay
			return true
		},
	}
	weights := DefaultWeights()
	for i, s := range w.Skills {
		changes[fmt.Sprint("posting asks held skill ", i)] = func(_ *Worker, p *Posting) bool {
			fresh := s.Until == NoDay || s.Until.until(testDay) <= monthDays*weights.FadeAfter // else it is met in part only
			ok := fresh && !slices.ContainsFunc(p.Skills, func(a AskedSkill) bool { return a.ID == s.ID })
			p.Skills = append(slices.Clone(p.Skills), AskedSkill{ID: s.ID, Nice: i%2 == 1})
			return ok
		}
	}
	for i, a := range p.Skills {
		changes[fmt.Sprint("worker learns asked skill ", i)] = func(w *Worker, _ *Posting) bool {
			w.Skills = append(slices.Clone(w.Skills), Skill{ID: a.ID, Level: 3, Verified: true})
			return true
		}
	}
	for i, c := range w.Certificates {
		changes[fmt.Sprint("posting asks held certificate ", i)] = func(_ *Worker, p *Posting) bool {
			ok := (c.Expires == NoDay || c.Expires >= testDay) && !slices.ContainsFunc(p.Certificates, func(a AskedCertificate) bool { return a.ID == c.ID })
			p.Certificates = append(slices.Clone(p.Certificates), AskedCertificate{ID: c.ID, Level: c.Level, Nice: i%2 == 1})
			return ok
		}
	}
	for i, a := range p.Certificates {
		changes[fmt.Sprint("worker gets asked certificate ", i)] = func(w *Worker, _ *Posting) bool {
			w.Certificates = append(slices.Clone(w.Certificates), Certificate{ID: a.ID, Level: 100})
			return true
		}
	}
	for i, l := range w.Languages {
		changes[fmt.Sprint("posting asks spoken language ", i)] = func(w *Worker, p *Posting) bool {
			ok := !slices.ContainsFunc(p.Languages, func(a Language) bool { return a.ID == l.ID })
			p.Languages = append(slices.Clone(p.Languages), Language{ID: l.ID, Level: l.Level})
			return ok
		}
	}
	for i, a := range p.Languages {
		changes[fmt.Sprint("worker learns asked language ", i)] = func(w *Worker, _ *Posting) bool {
			w.Languages = append(slices.Clone(w.Languages), Language{ID: a.ID, Level: 4})
			return true
		}
	}
	return changes
}

// fatalOnly panics where a test would fail, inside helpers that have no T.
type fatalOnly struct{ testing.TB }

func (fatalOnly) Helper()           {}
func (fatalOnly) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func TestJoinIsTwiceTheGeometricMean(t *testing.T) {
	t.Parallel()
	for a := range 51 {
		for b := range 51 {
			if got, want := join(a, b), int(math.Sqrt(float64(4*a*b))+1e-9); got != want {
				t.Fatalf("join(%d, %d) = %d, want %d", a, b, got, want)
			}
			if join(a, b) > a+b {
				t.Fatalf("join(%d, %d) = %d is more than the sum", a, b, join(a, b))
			}
		}
	}
}

func TestPay(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	for _, c := range []struct {
		floor, least, most int64
		points             int
		below              bool
	}{
		{0, 7, 9, 4, false}, {7, 0, 0, 4, false}, {7, 7, 9, 8, false}, {7, 8, 0, 8, false}, {7, 6, 0, 3, false},
		{7, 0, 8, 5, false}, {7, 0, 6, 0, true}, {7, 5, 6, 0, true}, {7, 5, 7, 5, false}, {7, 6, 10, 6, false}, {7, 7, 7, 8, false},
	} {
		if points, below := payPoints(c.floor, c.least, c.most, &w); points != c.points || below != c.below {
			t.Errorf("floor %d, offer %d–%d: got %d %v, want %d %v", c.floor, c.least, c.most, points, below, c.points, c.below)
		}
	}
}

func TestWorkingConditions(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	for _, c := range []struct {
		name          string
		wanted, asked Conditions
		points        int
	}{
		{"nothing said", Conditions{}, Conditions{}, 1},
		{"nothing comparable", Conditions{Setting: 1}, Conditions{Lifting: 3}, 1},
		{"same setting", Conditions{Setting: 1}, Conditions{Setting: 1}, 2},
		{"outdoors, wants indoors", Conditions{Setting: 1}, Conditions{Setting: 2}, 0},
		{"outdoors, either will do", Conditions{Setting: 3}, Conditions{Setting: 2}, 2},
		{"lifts less than could", Conditions{Lifting: 3}, Conditions{Lifting: 1}, 2},
		{"lifts more than could", Conditions{Lifting: 1}, Conditions{Lifting: 3}, 0},
		{"half of them", Conditions{Setting: 1, Lifting: 1}, Conditions{Setting: 1, Lifting: 3}, 1},
	} {
		if got := conditionPoints(packConditions(c.wanted), packConditions(c.asked), &w); got != c.points {
			t.Errorf("%s: got %d, want %d", c.name, got, c.points)
		}
	}
}

func TestDistrust(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	for _, c := range []struct {
		name                  string
		p                     Posting
		stale, answers, stays int
	}{
		{"fresh", Posting{Confirmed: testDay - 14}, 0, 0, 0},
		{"confirmed tomorrow", Posting{Confirmed: testDay + 1}, 0, 0, 0},
		{"a month old", Posting{Confirmed: testDay - 30}, 6, 0, 0},
		{"three weeks old", Posting{Confirmed: testDay - 22}, 3, 0, 0},
		{"never confirmed", Posting{}, 2, 0, 0},
		{"never answers", Posting{Confirmed: testDay, Answers: Rate{0, true}}, 0, 5, 0},
		{"answers unknown", Posting{Confirmed: testDay, Answers: Rate{0, false}}, 0, 0, 0},
		{"answers fairly", Posting{Confirmed: testDay, Answers: Rate{60, true}}, 0, 0, 0},
		{"half leave", Posting{Confirmed: testDay, Stays: Rate{48, true}}, 0, 0, 1},
	} {
		if stale, answers, stays := distrust(&c.p, testDay, &w); stale != c.stale || answers != c.answers || stays != c.stays {
			t.Errorf("%s: got %d %d %d, want %d %d %d", c.name, stale, answers, stays, c.stale, c.answers, c.stays)
		}
	}
}

func TestWeightsThatBreakThePromisesAreRefused(t *testing.T) {
	t.Parallel()
	if err := DefaultWeights().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Weights){
		"wish beyond 50":             func(w *Weights) { w.Pay++ },
		"requirement below 50":       func(w *Weights) { w.Skills-- },
		"silence earns all and more": func(w *Weights) { w.SkillsUnasked = w.Skills + 1 },
		"silence earns nothing":      func(w *Weights) { w.PayUnknown = 0 },
		"a far band earns more":      func(w *Weights) { w.PlaceBands[2].Points = 12 },
		"bands go inwards":           func(w *Weights) { w.PlaceBands[1].Km = 5 },
		"over 100 per cent":          func(w *Weights) { w.SecondWish = 101 },
	} {
		w := DefaultWeights()
		spoil(&w)
		if w.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
		if _, err := NewBuilder(Tables{}, testDay, w); err == nil {
			t.Errorf("%s: a builder takes it", name)
		}
	}
}

func TestDigestNamesTheWeights(t *testing.T) {
	t.Parallel()
	a, b := DefaultWeights(), DefaultWeights()
	b.PlaceBands[0].Km++
	if a.Digest() != DefaultWeights().Digest() || a.Digest() == b.Digest() || len(a.Digest()) != 16 {
		t.Errorf("digests %q and %q", a.Digest(), b.Digest())
	}
}
