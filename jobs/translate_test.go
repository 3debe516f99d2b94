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
