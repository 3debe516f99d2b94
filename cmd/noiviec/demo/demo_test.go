package demo

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

var options = Options{Seed: 7, Workers: 400, Postings: 200, Now: time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC), Centre: market.DerivedID("centre", "11")}

func generate(t *testing.T) (Data, *taxonomy.Taxonomy) {
	t.Helper()
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	return Generate(options, tax), tax
}

func TestEveryDocumentIsValid(t *testing.T) {
	t.Parallel()
	data, tax := generate(t)
	ids := map[market.ID]bool{}
	kinds := map[string]int{}
	for _, doc := range data.Documents {
		if h := doc.Head(); !h.ID.Valid() || ids[h.ID] || h.Centre != options.Centre {
			t.Errorf("%s %s: id not valid, or there twice, or of no centre", doc.Collection(), h.ID)
		}
		ids[doc.Head().ID] = true
		kinds[doc.Collection()]++
		var err error
		switch d := doc.(type) {
		case *market.Worker:
			if err = d.Validate(tax, "2026-11-24"); len(d.Skills) == 0 && len(d.Wishes) == 0 {
				t.Errorf("worker %s has neither skill nor wish", d.ID)
			}
		case *market.Employer:
			err = d.Validate(tax)
		case *market.Posting:
			if err = d.Validate(tax); d.Occupation == "" || !ids[d.Employer] {
				t.Errorf("posting %q has no occupation or no employer", d.Title)
			}
		case *market.Declared:
			err = d.Validate("2026-11-24")
		case *market.Plan:
			err = d.Validate()
		case *market.Placement:
			if !ids[d.Worker] || !ids[d.Posting] || !ids[d.Referral] {
				t.Errorf("placement %s names somebody who is not there", d.ID)
			}
		}
		if err != nil {
			t.Errorf("%s %s: %v", doc.Collection(), doc.Head().ID, err)
		}
	}
	if kinds["workers"] != 400 || kinds["postings"] != 200 || kinds["placements"] == 0 || len(data.Logins) != 4 {
		t.Errorf("got %v and %d log-ins", kinds, len(data.Logins))
	}
}

func TestSameSeedSameMarket(t *testing.T) {
	t.Parallel()
	a, _ := generate(t)
	b, _ := generate(t)
	byID := func(d Data) map[market.ID]market.Document {
		out := map[market.ID]market.Document{}
		for _, doc := range d.Documents {
			out[doc.Head().ID] = doc
		}
		return out
	}
	if diff := cmp.Diff(byID(a), byID(b)); diff != "" {
		t.Errorf("two markets of one seed differ:\n%.2000s", diff)
	}
}

// TestArticle holds the figures of April 2018 through the report's own arithmetic.
func TestArticle(t *testing.T) {
	t.Parallel()
	data, _ := generate(t)
	var declared []market.Tally
	var plan market.Plan
	for _, doc := range data.Documents {
		switch d := doc.(type) {
		case *market.Declared:
			declared = append(declared, market.Tally{Indicator: d.Indicator, Line: d.Line, Month: d.Month, Count: d.Count})
		case *market.Plan:
			if d.Year == 2018 {
				plan = *d
			}
		}
	}
	report := market.BuildReport("2018-04", plan, nil, declared, nil)
	for _, want := range []struct {
		indicator, line   string
		month, cumulative int
		percent           string
	}{
		{market.NewJobs, "loan_fund", 215, 215, "20"}, {market.NewJobs, "out_of_province", 158, 158, ""}, {market.NewJobs, "labour_export", 5, 5, ""},
		{market.NewJobs, "socio_economic_programme", 2572, 2572, ""}, {market.NewJobs, market.Total, 2950, 2950, "34.3"},
		{market.Training, "elementary", 70, 360, ""}, {market.Training, "under_3_months", 357, 1341, ""}, {market.Training, market.Total, 427, 1701, "22.38"},
	} {
		got, ok := report.Line(want.indicator, want.line)
		if !ok || got.Month != want.month || got.Cumulative != want.cumulative || got.PercentText() != want.percent || got.Evidenced != 0 {
			t.Errorf("%s %s: got %+v (%s %%), want %+v", want.indicator, want.line, got, got.PercentText(), want)
		}
	}
}
