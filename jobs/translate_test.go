package jobs

import (
	"slices"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// TestOccupationsAreLinked holds that the engine is told which occupations are close though their codes do not show it.
func TestOccupationsAreLinked(t *testing.T) {
	t.Parallel()
	links := map[[2]string]int{}
	for _, l := range matcherTables(taxonomy.Default()).OccupationLinks {
		links[[2]string{l.From, l.To}] = l.Percent
	}
	for pair, want := range map[[2]string]bool{
		{"7531", "8153"}: true, // tailors, sewing machine operators
		{"7531", "8332"}: false,
		{"3313", "7212"}: false,
	} {
		if got := links[pair] > 0; got != want {
			t.Errorf("%v: linked %v (%d %%), want %v", pair, got, links[pair], want)
		}
	}
	if len(links) < 50 {
		t.Errorf("got %d links", len(links))
	}
}

// TestConditionsAreTheMatchers holds the vocabulary's lists of switchable conditions equal to the engine's: what
// holds always is in neither.
func TestConditionsAreTheMatchers(t *testing.T) {
	t.Parallel()
	always := []string{"worker_unavailable", "legal_bar"}
	for i := range matcher.ConditionCount {
		c := matcher.Condition(i)
		standing, code := matcher.Standing().Has(c), c.String()
		if got, want := slices.Contains(market.OptionalConditions, code), !standing; got != want {
			t.Errorf("%s: optional %v, want %v", code, got, want)
		}
		if got, want := slices.Contains(market.WaivableConditions, code), standing && !slices.Contains(always, code); got != want {
			t.Errorf("%s: waivable %v, want %v", code, got, want)
		}
	}
	if got, want := len(market.OptionalConditions)+len(market.WaivableConditions)+len(always), matcher.ConditionCount; got != want {
		t.Errorf("%d conditions listed, the engine has %d", got, want)
	}
}

// TestPostingSwitchesConditions follows both lists from the document to who passes.
func TestPostingSwitchesConditions(t *testing.T) {
	t.Parallel()
	tax := taxonomy.Default()
	worker := market.Worker{Meta: meta("w", 1), State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: now}, Commune: "03158",
		Mobility: market.Mobility{Kind: market.OwnCommune}, Wishes: []market.Wish{{Occupation: "7212"}}}
	for _, c := range []struct {
		name            string
		insists, waives []string
		want            bool
	}{
		{"too_far_holds", nil, nil, false},
		{"too_far_waived", nil, []string{"too_far"}, true},
		{"skill_insisted_on", []string{"skill_missing"}, []string{"too_far"}, false},
	} {
		p := market.Posting{Meta: meta("p", 1), Title: "Thợ hàn", Occupation: "7212", Openings: 1, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
			Workplaces: []market.Workplace{{Commune: "03127"}}, Requirements: []market.Requirement{{Kind: "skill", ID: "han"}}, Insists: c.insists, Waives: c.waives}
		if err := p.Validate(tax); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := explainPair(t, worker, p).Passes; got != c.want {
			t.Errorf("%s: passes %v, want %v", c.name, got, c.want)
		}
	}
	p := market.Posting{Waives: []string{"legal_bar"}}
	if err := p.Validate(tax); err == nil {
		t.Error("a posting may waive what the law bars")
	}
}

// explainPair takes one pair through translation and engine.
func explainPair(t testing.TB, w market.Worker, p market.Posting) matcher.Explanation {
	t.Helper()
	tax, day := taxonomy.Default(), market.DateOf(now)
	b, err := matcher.NewBuilder(matcherTables(tax), dayOf(day), matcher.DefaultWeights())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.AddWorker(matcherWorker(w, tax, day)); err != nil {
		t.Fatal(err)
	}
	if err := b.AddPosting(matcherPosting(p, nil, tax, day)); err != nil {
		t.Fatal(err)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m.Explain(0, 0)
}

// TestTheLawIsJudgedFromTheProfile follows the bars from the documents to who passes, and holds that no posting can
// switch them off.
func TestTheLawIsJudgedFromTheProfile(t *testing.T) {
	t.Parallel()
	post := func(change func(*market.Posting)) market.Posting {
		p := market.Posting{Meta: meta("p", 1), Title: "Việc làm", Occupation: "9321", Openings: 1, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
			Workplaces: []market.Workplace{{Commune: "03127"}}, Waives: market.WaivableConditions}
		change(&p)
		return p
	}
	asks := func(kind, id string, nice bool) func(*market.Posting) {
		return func(p *market.Posting) {
			p.Requirements = []market.Requirement{{Kind: kind, ID: id, Nice: nice}}
		}
	}
	for _, c := range []struct {
		name, sex string
		born      market.Date
		work      func(*market.Posting)
		bar       string // "" passes
	}{
		{"packing at seventeen", "f", "2009-05-01", func(*market.Posting) {}, ""},
		{"nights at seventeen", "f", "2009-05-01", func(p *market.Posting) { p.Shift = "night" }, "night_minor"},
		{"nights at eighteen", "f", "2008-05-01", func(p *market.Posting) { p.Shift = "night" }, ""},
		{"welding at seventeen", "m", "2009-05-01", asks("skill", "han-que", false), "hazardous_minor"},
		{"welding welcome at seventeen", "m", "2009-05-01", asks("skill", "han-que", true), ""},
		{"building site at seventeen", "m", "2009-05-01", func(p *market.Posting) { p.Occupation = "9313" }, "place_minor"},
		{"sacks of more than 20 kg at seventeen", "m", "2009", func(p *market.Posting) { p.Conditions.Lifting = "3" }, "hazardous_minor"},
		{"factory at fourteen", "f", "2012-05-01", func(*market.Posting) {}, "work_under_15"},
		{"weaving at fourteen", "f", "2012-05-01", func(p *market.Posting) { p.Occupation = "7318" }, ""},
		{"class C at twenty", "m", "2006-05-01", asks("certificate", "gplx-c", false), "drive_under_21"},
		{"class D at 56, a woman", "f", "1970-05-01", asks("certificate", "gplx-d", false), "drive_large_bus_age"},
		{"class D at 56, a man", "m", "1970-05-01", asks("certificate", "gplx-d", false), ""},
		{"abroad at seventeen", "f", "2009-05-01", func(p *market.Posting) { p.Workplaces = []market.Workplace{{Country: "KR"}} }, "abroad_under_18"},
		{"at home or abroad at seventeen", "f", "2009-05-01", func(p *market.Posting) { p.Workplaces = append(p.Workplaces, market.Workplace{Country: "KR"}) }, ""},
		{"born we do not know when", "m", "", func(p *market.Posting) { p.Shift = "night" }, ""},
	} {
		worker := market.Worker{Meta: meta("w", 1), State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: now}, Commune: "03127", Born: c.born, Sex: c.sex}
		x := explainPair(t, worker, post(c.work))
		var bars []string
		for _, f := range x.Fails {
			if f.Condition == matcher.LegalBar {
				bars = f.Reason.Args
			}
		}
		if x.Passes != (c.bar == "") || c.bar != "" && !slices.Contains(bars, c.bar) {
			t.Errorf("%s: passes %v, bars %v, fails %v, want %q", c.name, x.Passes, bars, x.Fails, c.bar)
		}
	}
}

// TestSkillsCoverInOneDirection holds what the shipped list says of who can stand in for whom, as the engine gets it.
func TestSkillsCoverInOneDirection(t *testing.T) {
	t.Parallel()
	cover := map[[2]string]int{}
	for _, l := range matcherTables(taxonomy.Default()).SkillLinks {
		cover[[2]string{l.From, l.To}] = l.Percent
	}
	for pair, want := range map[[2]string]int{
		{"han-6g", "han-tig"}: 90, {"han-tig", "han-6g"}: 50, // a pipe welder welds TIG, a TIG welder is half a pipe welder
		{"han-tig", "han"}: 100, {"han", "han-tig"}: 50, // the narrower skill covers the wider one
		{"tieng-han", "han"}: 0, {"han", "tieng-han"}: 0, // Korean and welding share a syllable
		{"lai-dau-keo", "lai-xe-tai"}: 100, {"lai-xe-tai", "lai-dau-keo"}: 50,
		{"tieng-han", "di-nuoc-ngoai"}: 0, {"tieng-nhat", "di-nuoc-ngoai"}: 0, // a language is no wish to leave
	} {
		if got := cover[pair]; got != want {
			t.Errorf("%s covers %d %% of %s, want %d", pair[0], got, pair[1], want)
		}
	}
	if got := taxonomy.Default().Similarity("tieng-han", "di-nuoc-ngoai"); got <= 0 {
		t.Error("search no longer finds Korean speakers for work abroad")
	}
}

// TestReadinessComesFromMobilityAndShifts holds that willingness is taken from what was asked, not from a language.
func TestReadinessComesFromMobilityAndShifts(t *testing.T) {
	t.Parallel()
	ids := func(w market.Worker) (out []string) {
		for _, s := range matcherWorker(w, taxonomy.Default(), "2026-11-24").Skills {
			out = append(out, s.ID)
		}
		return out
	}
	for _, c := range []struct {
		name string
		w    market.Worker
		want []string
	}{
		{"stays in the province", market.Worker{Mobility: market.Mobility{Kind: market.OwnProvince}}, nil},
		{"speaks Korean, stays", market.Worker{Skills: []market.HeldSkill{{ID: "tieng-han"}}}, []string{"tieng-han"}},
		{"anywhere, two shifts", market.Worker{Mobility: market.Mobility{Kind: market.Anywhere}, Wishes: []market.Wish{{Shift: []string{"two_shifts"}}}}, []string{"xa-nha", "lam-ca"}},
		{"abroad", market.Worker{Mobility: market.Mobility{Kind: market.Abroad}}, []string{"xa-nha", "di-nuoc-ngoai"}},
	} {
		if got := ids(c.w); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// TestPracticeComesFromTheHistory follows the dates of the work history to months and last days.
func TestPracticeComesFromTheHistory(t *testing.T) {
	t.Parallel()
	day := func(d market.Date) matcher.Day { return dayOf(d) }
	for _, c := range []struct {
		name    string
		history []market.WorkSpell
		months  int
		until   matcher.Day // of the spell
		skill   matcher.Day // of welding
	}{
		{"undated", []market.WorkSpell{{Occupation: "7212", Months: 30}}, 30, matcher.NoDay, matcher.NoDay},
		{"until a day", []market.WorkSpell{{Occupation: "7212", Months: 30, To: "2013-05-01"}}, 30, day("2013-05-01"), day("2013-05-01")},
		{"until a year", []market.WorkSpell{{Occupation: "7212", Months: 30, To: "2013"}}, 30, day("2013-12-31"), day("2013-12-31")},
		{"from a day, goes on", []market.WorkSpell{{Occupation: "7212", From: "2024-11-24"}}, 24, matcher.NoDay, matcher.NoDay},
		{"from and to", []market.WorkSpell{{Occupation: "7212", From: "2010-01-01", To: "2012-01-01"}}, 24, day("2012-01-01"), day("2012-01-01")},
		{"another trade", []market.WorkSpell{{Occupation: "5120", Months: 12, To: "2013-05-01"}}, 12, day("2013-05-01"), matcher.NoDay},
		{"left and came back", []market.WorkSpell{{Occupation: "7212", Months: 30, To: "2013-05-01"}, {Occupation: "7212", Months: 2}}, 30, day("2013-05-01"), matcher.NoDay},
	} {
		w := matcherWorker(market.Worker{History: c.history, Skills: []market.HeldSkill{{ID: "han"}}}, taxonomy.Default(), "2026-11-24")
		if got := w.Experience[0]; got.Months != c.months || got.Until != c.until || w.Skills[0].Until != c.skill {
			t.Errorf("%s: got %d months until %q, skill until %q", c.name, got.Months, got.Until, w.Skills[0].Until)
		}
	}
}
