package demo

import (
	"slices"
	"strings"
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
	if diff := cmp.Diff(a, b); diff != "" { // in the same order, too
		t.Errorf("two markets of one seed differ:\n%.2000s", diff)
	}
	other := options
	other.Seed++
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	if c := Generate(other, tax); cmp.Equal(a.Documents[0], c.Documents[0]) {
		t.Error("another seed invents the same market")
	}
}

// TestFirmsHireForTheirTrade looks at every firm's name, sector and postings: a hotel hires no sewing workers.
func TestFirmsHireForTheirTrade(t *testing.T) {
	t.Parallel()
	data, tax := generate(t)
	of := func(e *market.Employer) line {
		for _, l := range lines {
			for _, kind := range l.kinds {
				if l.sector == e.Sector && strings.HasPrefix(e.Name, strings.TrimSpace(kind+" "+l.name)+" ") {
					return l
				}
			}
		}
		t.Errorf("%s is of sector %q: no such line", e.Name, e.Sector)
		return line{}
	}
	firms, asked := map[market.ID]*market.Employer{}, map[string]int{}
	for _, doc := range data.Documents {
		switch d := doc.(type) {
		case *market.Employer:
			firms[d.ID] = d
			if l := of(d); d.Province != "11" && !l.away {
				t.Errorf("%s is of province %s", d.Name, d.Province)
			}
			if _, ok := tax.Sector(d.Sector); !ok {
				t.Errorf("%s: no sector %s", d.Name, d.Sector)
			}
		case *market.Posting:
			e, skill := firms[d.Employer], d.Requirements[0].ID
			l := of(e)
			if !slices.Contains(l.hires, skill) && (e.Province != "11" || !slices.Contains(l.also, skill)) {
				t.Errorf("%s looks for %q", e.Name, d.Title)
			}
			asked[skill]++
		}
	}
	for _, trade := range trades {
		if linesOf(trade.skill) == 0 || parts%linesOf(trade.skill) != 0 {
			t.Errorf("%d lines hire for %s, want a number that divides %d", linesOf(trade.skill), trade.skill, parts)
		}
		if trade.share >= 8 && asked[trade.skill] == 0 {
			t.Errorf("nobody asks for %s", trade.skill)
		}
	}
}

// TestHistoryHangsTogether asks of every placement that it could have come about.
func TestHistoryHangsTogether(t *testing.T) {
	t.Parallel()
	data, _ := generate(t)
	workers, postings := map[market.ID]*market.Worker{}, map[market.ID]*market.Posting{}
	employers, contracts := map[market.ID]*market.Employer{}, map[market.ID]*market.SupplyContract{}
	referrals, courses := map[market.ID]*market.Referral{}, map[market.ID]*market.Course{}
	for _, doc := range data.Documents {
		switch d := doc.(type) {
		case *market.Worker:
			workers[d.ID] = d
		case *market.Posting:
			postings[d.ID] = d
		case *market.Employer:
			employers[d.ID] = d
		case *market.SupplyContract:
			contracts[d.ID] = d
		case *market.Referral:
			referrals[d.ID] = d
		case *market.Course:
			courses[d.ID] = d
			if err := d.Validate(taxonomy.Default()); err != nil {
				t.Errorf("course %s: %v", d.Name, err)
			}
		}
	}
	taken, hired, delivered := map[market.ID]int{}, map[market.ID]int{}, map[market.ID]int{}
	for _, doc := range data.Documents {
		switch d := doc.(type) {
		case *market.Placement:
			w, p, r := workers[d.Worker], postings[d.Posting], referrals[d.Referral]
			if w == nil || p == nil || r == nil || employers[d.Employer] == nil || p.Employer != d.Employer || r.Worker != w.ID || r.Posting != p.ID {
				t.Errorf("placement %s names somebody who is not there, or somebody else", d.ID)
				continue
			}
			if market.DateOf(w.RecordedAt) >= d.StartOn || market.DateOf(p.OpenedAt) >= d.StartOn || w.EmployedSince != d.StartOn || p.State == market.PostingInReview {
				t.Errorf("placement %s began %s: person known %s, posting open %s (%s)", d.ID, d.StartOn, market.DateOf(w.RecordedAt), market.DateOf(p.OpenedAt), p.State)
			}
			if !r.HoldsSeat() || r.Channel != d.Channel || r.Contract != d.Contract {
				t.Errorf("placement %s and its referral differ: %s %s", d.ID, r.State, r.Channel)
			}
			taken[p.ID]++
			hired[d.Employer]++
			delivered[d.Contract]++
		case *market.Enrolment:
			w, c := workers[d.Worker], courses[d.Course]
			if w == nil || c == nil || c.Level != d.Level || market.DateOf(w.RecordedAt) > c.StartOn {
				t.Errorf("enrolment %s: no such person or course, or not known then", d.ID)
			}
		case *market.Fair:
			for _, e := range d.Employers {
				if employers[e] == nil {
					t.Errorf("fair %s names an employer who is not there", d.ID)
				}
			}
		case *market.User:
			if d.Subject != "" && workers[d.Subject] == nil && employers[d.Subject] == nil {
				t.Errorf("account %s is nobody's", d.Login)
			}
		}
	}
	for _, p := range postings {
		if p.Taken != taken[p.ID] || (p.State == market.PostingFilled) != (p.Left() == 0) {
			t.Errorf("posting %s: %d of %d taken, %d placed, %s", p.ID, p.Taken, p.Openings, taken[p.ID], p.State)
		}
		if !p.OpenedAt.IsZero() && (p.OpenedAt.Before(p.RecordedAt) || p.ConfirmedOn != "" && p.ConfirmedOn < market.DateOf(p.RecordedAt)) {
			t.Errorf("posting %s was opened or confirmed before it was there", p.ID)
		}
		if p.Contract != "" && (contracts[p.Contract] == nil || contracts[p.Contract].Employer != p.Employer) {
			t.Errorf("posting %s has a contract that is not its employer's", p.ID)
		}
	}
	for _, e := range employers {
		if e.Hired != hired[e.ID] {
			t.Errorf("employer %s: got %d hired, want %d", e.ID, e.Hired, hired[e.ID])
		}
	}
	for _, c := range contracts {
		if c.Delivered != delivered[c.ID] || c.Validate() != nil {
			t.Errorf("contract %s: got %d delivered, want %d (%v)", c.ID, c.Delivered, delivered[c.ID], c.Validate())
		}
	}
	if len(taken) == 0 || len(contracts) == 0 || len(courses) == 0 {
		t.Errorf("got %d postings with placements, %d contracts, %d courses", len(taken), len(contracts), len(courses))
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
