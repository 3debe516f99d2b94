package matcher

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// perfect gives a pair that passes every condition, optional ones too.
func perfect() (Worker, Posting) {
	w := Worker{
		ID: "w", Available: true, Commune: "03127", Mobility: Mobility{Reach: ReachKm, Km: 30}, Schooling: 5, Vocational: 4,
		Wishes:       []Wish{{Occupation: "7212", LeastPay: 8_000_000, Shifts: []string{"day"}, Benefits: []string{"meals"}}},
		Skills:       []Skill{{ID: "weld", Level: 2, Verified: true}},
		Certificates: []Certificate{{ID: "c1", Level: 2}, {ID: "safety", Expires: testDay + 200}},
		Languages:    []Language{{"vi", 4}}, Experience: []Experience{{Occupation: "7212", Months: 30}}, Needs: []string{"bus"},
	}
	p := Posting{
		ID: "p", Employer: "f", Occupation: "7212", Open: true, Left: 2, PayMin: 9_000_000, PayMax: 12_000_000, Workplaces: []Place{{Commune: "03334"}},
		Skills: []AskedSkill{{ID: "weld", Level: 2}}, Certificates: []AskedCertificate{{ID: "b"}, {ID: "safety"}}, Languages: []Language{{"vi", 3}},
		Schooling: 4, Vocational: 3, Months: 24, Benefits: []string{"meals", "bus"}, BenefitsComplete: true, Shift: "day",
		Deadline: testDay + 20, Confirmed: testDay - 3, Answers: Rate{90, true}, Stays: Rate{80, true},
		On: optional.List(),
	}
	return w, p
}

func TestEachConditionRemovesWhomItMust(t *testing.T) {
	t.Parallel()
	w, p := perfect()
	if e := buildMarket(t, testTables(), testDay, []Worker{w}, []Posting{p}).Explain(0, 0); !e.Passes || e.Score < 90 {
		t.Fatalf("the perfect pair: score %d, fails %v", e.Score, e.Fails)
	}
	for _, c := range []struct {
		condition Condition
		spoil     func(*Worker, *Posting)
		reason    Reason
	}{
		{PostingClosed, func(_ *Worker, p *Posting) { p.Open = false }, Reason{"posting_closed", nil}},
		{PostingFull, func(_ *Worker, p *Posting) { p.Left = 0 }, Reason{"posting_full", nil}},
		{PostingExpired, func(_ *Worker, p *Posting) { p.Deadline = testDay - 1 }, Reason{"posting_expired", nil}},
		{PostingStale, func(_ *Worker, p *Posting) { p.Confirmed = testDay - 31 }, Reason{"posting_stale", []string{"31"}}},
		{WorkerUnavailable, func(w *Worker, _ *Posting) { w.Available = false }, Reason{"worker_unavailable", nil}},
		{LegalBar, func(w *Worker, p *Posting) {
			w.BarredFrom, p.Bars = []string{"minor", "night_minor"}, []string{"heavy", "night_minor", "minor"}
		}, Reason{"legal_bar", []string{"minor", "night_minor"}}},
		{RefusedPosting, func(w *Worker, _ *Posting) { w.RefusedPostings = []Refusal{{"q", "pay"}, {"p", "too_far"}} }, Reason{"refused_posting", []string{"too_far"}}},
		{RefusedEmployer, func(w *Worker, _ *Posting) { w.RefusedEmployers = []Refusal{{"f", "unpaid"}} }, Reason{"refused_employer", []string{"unpaid"}}},
		{CertificateMissing, func(w *Worker, _ *Posting) { w.Certificates = w.Certificates[:1] }, Reason{"certificate_missing", []string{"safety"}}},
		{CertificateMissing, func(w *Worker, _ *Posting) { w.Certificates[1].Expires = testDay - 1 }, Reason{"certificate_expired", []string{"safety", (testDay - 1).String()}}},
		{CertificateMissing, func(w *Worker, p *Posting) { w.Certificates[1].Level, p.Certificates[1].Level = 2, 3 }, Reason{"certificate_too_low", []string{"safety", "2", "3"}}},
		{PlaceNever, func(w *Worker, _ *Posting) { w.Never = []Place{{Province: "11"}} }, Reason{"place_never", []string{"03334"}}},
		{TooFar, func(w *Worker, _ *Posting) { w.Mobility.Km = 4 }, Reason{"too_far", []string{"03334", "5"}}},
		{TooFar, func(w *Worker, _ *Posting) { w.Mobility.Reach = ReachCommune }, Reason{"too_far", []string{"03334", "5"}}},
		{PayBelowFloor, func(w *Worker, _ *Posting) { w.Wishes[0].LeastPay = 12_500_000 }, Reason{"pay_below_floor", []string{"500000", "12000000"}}},
		{NeedNotMet, func(w *Worker, _ *Posting) { w.Needs = []string{"insurance", "bus"} }, Reason{"need_not_met", []string{"insurance"}}},
		{SchoolingShort, func(w *Worker, _ *Posting) { w.Schooling = 3 }, Reason{"schooling_short", []string{"3", "4", "4", "3"}}},
		{ExperienceShort, func(w *Worker, _ *Posting) { w.Experience[0].Months = 23 }, Reason{"experience_short", []string{"23", "24"}}},
		{SkillMissing, func(w *Worker, _ *Posting) { w.Skills[0].ID = "sew" }, Reason{"skill_missing", []string{"weld"}}},
		{LanguageMissing, func(w *Worker, _ *Posting) { w.Languages = nil }, Reason{"language_missing", []string{"vi"}}},
		{ShiftUnwanted, func(w *Worker, _ *Posting) { w.Wishes[0].Shifts = []string{"night"} }, Reason{"shift_unwanted", []string{"day"}}},
	} {
		t.Run(c.condition.String()+"/"+c.reason.Code, func(t *testing.T) {
			t.Parallel()
			w, p := perfect()
			c.spoil(&w, &p)
			m := buildMarket(t, testTables(), testDay, []Worker{w}, []Posting{p})
			e := m.Explain(0, 0)
			if diff := cmp.Diff([]Failure{{c.condition, c.reason}}, e.Fails); diff != "" || e.Passes {
				t.Errorf("fails (-want +got):\n%s", diff)
			}
			if hits := m.RankWorker(0, Options{}).Hits; len(hits) != 0 {
				t.Errorf("listed for the worker: %v", hits)
			}
			if hits := m.RankPosting(0, Options{}).Hits; len(hits) != 0 {
				t.Errorf("listed for the posting: %v", hits)
			}
			relaxed := m.RankWorker(0, Options{Relax: SetOf(c.condition)}).Hits
			if want := c.condition != LegalBar; (len(relaxed) == 1) != want {
				t.Errorf("relaxed, listed %v, want it listed: %v", relaxed, want)
			}
			p.Off, p.On = []Condition{c.condition}, nil
			m = buildMarket(t, testTables(), testDay, []Worker{w}, []Posting{p})
			if want := c.condition != LegalBar; m.Explain(0, 0).Passes != want {
				t.Errorf("switched off by the posting, passes %v, want %v", !want, want)
			}
		})
	}
}

func TestOptionalConditionsHoldOnlyWhereSwitchedOn(t *testing.T) {
	t.Parallel()
	w, p := perfect()
	p.On = nil
	w.Schooling, w.Experience, w.Skills, w.Languages, w.Wishes[0].Shifts = 1, nil, nil, nil, []string{"night"}
	if e := buildMarket(t, testTables(), testDay, []Worker{w}, []Posting{p}).Explain(0, 0); !e.Passes {
		t.Errorf("fails %v, want none", e.Fails)
	}
}

// What is not known is not a no.
func TestDoubtIsNoFailure(t *testing.T) {
	t.Parallel()
	for name, blur := range map[string]func(*Worker, *Posting){
		"home unknown":              func(w *Worker, _ *Posting) { w.Commune = "" },
		"workplace unknown":         func(_ *Worker, p *Posting) { p.Workplaces = nil },
		"one workplace not named":   func(_ *Worker, p *Posting) { p.Workplaces = []Place{{Commune: "27000"}, {}} },
		"commune without a place":   func(_ *Worker, p *Posting) { p.Workplaces = []Place{{Commune: "00000"}} },
		"nationwide":                func(_ *Worker, p *Posting) { p.Workplaces = []Place{{Nationwide: true}} },
		"pay unknown":               func(_ *Worker, p *Posting) { p.PayMin, p.PayMax = 0, 0 },
		"pay from below the floor":  func(_ *Worker, p *Posting) { p.PayMin, p.PayMax = 7_000_000, 0 },
		"benefits not all stated":   func(w *Worker, p *Posting) { p.Benefits, p.BenefitsComplete = nil, false },
		"confirmation unknown":      func(_ *Worker, p *Posting) { p.Confirmed = NoDay },
		"deadline unknown":          func(_ *Worker, p *Posting) { p.Deadline = NoDay },
		"deadline today":            func(_ *Worker, p *Posting) { p.Deadline = testDay },
		"certificate ends today":    func(w *Worker, _ *Posting) { w.Certificates[1].Expires = testDay },
		"certificate level unknown": func(w *Worker, p *Posting) { p.Certificates[1].Level = 3 },
		"schooling unknown":         func(w *Worker, _ *Posting) { w.Schooling = 0 },
		"employer unknown":          func(w *Worker, p *Posting) { p.Employer, w.RefusedEmployers = "", []Refusal{{"", "x"}} },
		"reach unknown":             func(w *Worker, _ *Posting) { w.Mobility = Mobility{} },
		"shift unknown":             func(_ *Worker, p *Posting) { p.Shift = "" },
	} {
		w, p := perfect()
		blur(&w, &p)
		if e := buildMarket(t, testTables(), testDay, []Worker{w}, []Posting{p}).Explain(0, 0); !e.Passes || e.Score >= 97 {
			t.Errorf("%s: score %d, fails %v; want a pass below the perfect score", name, e.Score, e.Fails)
		}
	}
}

func TestDropsAreCounted(t *testing.T) {
	t.Parallel()
	_, p := perfect()
	var workers []Worker
	for i := range 10 {
		w, _ := perfect()
		w.ID = fmt.Sprint("w", i)
		if i < 4 {
			w.Mobility.Km = 1
		}
		if i >= 2 && i < 7 {
			w.Certificates = nil
		}
		workers = append(workers, w)
	}
	got := buildMarket(t, testTables(), testDay, workers, []Posting{p}).RankPosting(0, Options{Counts: true})
	if len(got.Hits) != 3 || got.Drops.Looked != 10 || got.Drops.Passed != 3 {
		t.Errorf("%d hits, looked %d, passed %d; want 3, 10, 3", len(got.Hits), got.Drops.Looked, got.Drops.Passed)
	}
	if diff := cmp.Diff(map[string]int{"certificate_missing": 5, "too_far": 2}, got.Drops.Removed()); diff != "" {
		t.Errorf("first failures (-want +got):\n%s", diff)
	}
	if far, certs := got.Drops.Total[TooFar], got.Drops.Total[CertificateMissing]; far != 4 || certs != 5 {
		t.Errorf("in all %d too far and %d without the certificate, want 4 and 5", far, certs)
	}
}

func TestFirstFailuresAndPassesAddUp(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(400), 120, 90)
	for row := range int32(s.m.Postings()) {
		d := s.m.RankPosting(row, Options{K: 5, Counts: true}).Drops
		sum := d.Passed
		for c, n := range d.First {
			sum += n
			if n > d.Total[c] {
				t.Errorf("%s: %d first of %d in all", Condition(c), n, d.Total[c])
			}
		}
		if sum != d.Looked || d.Looked != 120 {
			t.Fatalf("%d accounted for of %d", sum, d.Looked)
		}
	}
}

// TestNobodyListedBreaksARule reads the rules anew from the input, in plain words.
func TestNobodyListedBreaksARule(t *testing.T) {
	t.Parallel()
	listed := 0
	for seed := range uint64(4) {
		s := randomSample(t, seeded(500+seed), 200, 200)
		for row := range int32(s.m.Workers()) {
			for _, h := range s.m.RankWorker(row, Options{}).Hits {
				listed++
				if broken := brokenRule(s.worker(row), s.posting(h.Row)); broken != "" {
					t.Fatalf("%s is offered %s: %s", s.m.WorkerID(row), s.m.PostingID(h.Row), broken)
				}
			}
		}
	}
	if listed < 1000 {
		t.Errorf("only %d pairs were listed: the markets are too poor to prove anything", listed)
	}
}

func brokenRule(w *Worker, p *Posting) string {
	on := func(c Condition) bool { return !slices.Contains(p.Off, c) || slices.Contains(p.On, c) }
	held := heldPlainly(w)
	switch {
	case !w.Available && on(WorkerUnavailable):
		return "not available"
	case !p.Open && on(PostingClosed), p.Left <= 0 && on(PostingFull):
		return "closed or full"
	case p.Deadline != NoDay && p.Deadline < testDay && on(PostingExpired):
		return "deadline over"
	case p.Confirmed != NoDay && testDay-p.Confirmed > 30 && on(PostingStale):
		return "stale"
	case slices.ContainsFunc(w.BarredFrom, func(b string) bool { return slices.Contains(p.Bars, b) }):
		return "barred by law"
	case on(RefusedPosting) && slices.ContainsFunc(w.RefusedPostings, func(r Refusal) bool { return r.ID == p.ID }):
		return "refused before"
	case on(RefusedEmployer) && p.Employer != "" && slices.ContainsFunc(w.RefusedEmployers, func(r Refusal) bool { return r.ID == p.Employer }):
		return "employer refused before"
	case on(PayBelowFloor) && payRefused(w, p):
		return "pays too little for every wish"
	}
	for _, c := range p.Certificates {
		if !c.Nice && !held[c.ID] && on(CertificateMissing) {
			return "lacks " + c.ID
		}
	}
	for _, need := range w.Needs {
		if need != "dormitory" && p.BenefitsComplete && !slices.Contains(p.Benefits, need) && on(NeedNotMet) {
			return "does not give " + need
		}
	}
	return ""
}

func payRefused(w *Worker, p *Posting) bool {
	if p.PayMax == 0 || len(w.Wishes) == 0 {
		return false
	}
	return !slices.ContainsFunc(w.Wishes, func(wish Wish) bool { return wish.LeastPay <= p.PayMax })
}

// heldPlainly gives the certificates held and implied, at whatever level.
func heldPlainly(w *Worker) map[string]bool {
	held := map[string]bool{}
	var hold func(id string)
	hold = func(id string) {
		if held[id] {
			return
		}
		held[id] = true
		for _, i := range testTables().Implications {
			if i.Certificate == id {
				hold(i.Implies)
			}
		}
	}
	for _, c := range w.Certificates {
		if c.Expires == NoDay || c.Expires >= testDay {
			hold(c.ID)
		}
	}
	return held
}

func TestConditionCodesGoBothWays(t *testing.T) {
	t.Parallel()
	for c := range conditionCount {
		if got, ok := ParseCondition(c.String()); !ok || got != c {
			t.Errorf("%s parses as %v %v", c, got, ok)
		}
	}
	if _, ok := ParseCondition("no_such"); ok || Condition(99).String() != "unknown_condition" {
		t.Error("an unknown condition has a code")
	}
	if got := SetOf(TooFar, LegalBar).String(); got != "legal_bar too_far" {
		t.Errorf("got %q, want the fixed order", got)
	}
}
