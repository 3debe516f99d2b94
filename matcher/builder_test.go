package matcher

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInputThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Worker, *Posting){
		"worker without id":       func(w *Worker, _ *Posting) { w.ID = "" },
		"posting without id":      func(_ *Worker, p *Posting) { p.ID = "" },
		"three wishes":            func(w *Worker, _ *Posting) { w.Wishes = make([]Wish, 3) },
		"negative floor":          func(w *Worker, _ *Posting) { w.Wishes[0].LeastPay = -1 },
		"negative pay":            func(_ *Worker, p *Posting) { p.PayMin = -1 },
		"pay beyond reason":       func(_ *Worker, p *Posting) { p.PayMax = math.MaxInt64 },
		"pay reversed":            func(_ *Worker, p *Posting) { p.PayMin, p.PayMax = 9, 8 },
		"unknown reach":           func(w *Worker, _ *Posting) { w.Mobility.Reach = 99 },
		"negative km":             func(w *Worker, _ *Posting) { w.Mobility.Km = -3 },
		"negative months":         func(_ *Worker, p *Posting) { p.Months = -1 },
		"rate above the whole":    func(_ *Worker, p *Posting) { p.Answers = Rate{101, true} },
		"unknown condition":       func(_ *Worker, p *Posting) { p.On = []Condition{77} },
		"level beyond any":        func(w *Worker, _ *Posting) { w.Certificates[0].Level = math.MaxUint16 },
		"too many workplaces":     func(_ *Worker, p *Posting) { p.Workplaces = make([]Place, 256) },
		"too many skills":         func(w *Worker, _ *Posting) { w.Skills = make([]Skill, 1001) },
		"more benefits than 32":   func(w *Worker, _ *Posting) { w.Wishes[0].Benefits, w.Needs = words(20), words(40)[20:] },
		"more shifts than 32":     func(w *Worker, _ *Posting) { w.Wishes[0].Shifts = words(33) },
		"more legal bars than 64": func(_ *Worker, p *Posting) { p.Bars = words(65) },
	} {
		w, p := perfect()
		spoil(&w, &p)
		b, err := NewBuilder(testTables(), testDay, DefaultWeights())
		if err != nil {
			t.Fatal(err)
		}
		if b.AddWorker(w) == nil && b.AddPosting(p) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func words(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprint("word", i))
	}
	return list
}

func TestTablesThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for name, tables := range map[string]Tables{
		"over 100 per cent":  {SkillLinks: []Link{{"a", "b", 101}}},
		"below nothing":      {OccupationLinks: []Link{{"a", "b", -1}}},
		"link to nothing":    {SkillLinks: []Link{{"a", "", 50}}},
		"occupation no code": {Occupations: []Occupation{{"", "1", "1"}}},
		"off the globe":      {Communes: []Commune{{"c", "p", 91, 0}}},
		"not a number":       {Communes: []Commune{{"c", "p", math.NaN(), 0}}},
		"no province":        {Communes: []Commune{{"c", "", 21, 103}}},
	} {
		if _, err := NewBuilder(tables, testDay, DefaultWeights()); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestTwoOfOneIDAreRefused(t *testing.T) {
	t.Parallel()
	w, p := perfect()
	for _, twice := range []string{"worker", "posting"} {
		b, err := NewBuilder(testTables(), testDay, DefaultWeights())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if twice == "worker" {
				err = b.AddWorker(w)
			} else {
				err = b.AddPosting(p)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Build(); err == nil || !strings.Contains(err.Error(), twice) {
			t.Errorf("two %ss of one id: got %v", twice, err)
		}
	}
}

func TestRowsAreFoundByID(t *testing.T) {
	t.Parallel()
	s := randomSample(t, seeded(600), 150, 130)
	for _, w := range s.workers {
		if row, ok := s.m.WorkerRow(w.ID); !ok || s.m.WorkerID(row) != w.ID {
			t.Errorf("worker %s: row %d %v", w.ID, row, ok)
		}
	}
	for _, p := range s.postings {
		if row, ok := s.m.PostingRow(p.ID); !ok || s.m.PostingID(row) != p.ID {
			t.Errorf("posting %s: row %d %v", p.ID, row, ok)
		}
	}
	for _, id := range []string{"", "w", "zzz", "p00"} {
		if _, ok := s.m.WorkerRow(id); ok {
			t.Errorf("worker %q is found", id)
		}
	}
}

func TestEmptyMarkets(t *testing.T) {
	t.Parallel()
	w, p := perfect()
	for name, m := range map[string]*Market{
		"nothing":     buildMarket(t, Tables{}, testDay, nil, nil),
		"no postings": buildMarket(t, testTables(), testDay, []Worker{w}, nil),
		"no workers":  buildMarket(t, testTables(), testDay, nil, []Posting{p}),
	} {
		forWorkers, forPostings, err := m.RankAll(t.Context(), BatchOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for row := range int32(m.Workers()) {
			if n := forWorkers.Len(row); n != 0 {
				t.Errorf("%s: a list of %d", name, n)
			}
		}
		for row := range int32(m.Postings()) {
			if n := forPostings.Len(row); n != 0 {
				t.Errorf("%s: a list of %d", name, n)
			}
		}
	}
}

func TestCertificatesImplyWholeChains(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		held  Certificate
		asked AskedCertificate
		want  bool
	}{
		{Certificate{ID: "ce"}, AskedCertificate{ID: "b"}, true},
		{Certificate{ID: "ce"}, AskedCertificate{ID: "b", Level: 9}, true},
		{Certificate{ID: "b"}, AskedCertificate{ID: "c"}, false},
		{Certificate{ID: "ce", Expires: testDay - 1}, AskedCertificate{ID: "b"}, false},
		{Certificate{ID: "topik", Level: 3}, AskedCertificate{ID: "topik", Level: 3}, true},
		{Certificate{ID: "topik", Level: 2}, AskedCertificate{ID: "topik", Level: 3}, false},
		{Certificate{ID: "topik"}, AskedCertificate{ID: "topik", Level: 3}, true},
	} {
		e := explainPerfect(t, func(w *Worker, p *Posting) {
			w.Certificates, p.Certificates = []Certificate{c.held}, []AskedCertificate{c.asked}
		})
		if e.Passes != c.want {
			t.Errorf("%+v for %+v: passes %v, want %v", c.held, c.asked, e.Passes, c.want)
		}
	}
}

func TestSkillsCoverInOneDirection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		held, asked string
		points      int
	}{
		{"pipe", "tig", 20}, {"tig", "pipe", 11}, {"tig", "weld", 22}, {"sew", "sew", 22}, {"sew", "cook", 4}, {"cook", "sew", 4}, {"unlinked", "weld", 4},
	} {
		e := explainPerfect(t, func(w *Worker, p *Posting) {
			w.Skills, p.Skills = []Skill{{ID: c.held, Level: 3, Verified: true}}, []AskedSkill{{ID: c.asked, Level: 2}}
		})
		if got := part1(t, e, "skills").Points; got != c.points {
			t.Errorf("%s for %s: got %d, want %d", c.held, c.asked, got, c.points)
		}
	}
}

func TestLevelsOfASkill(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		held   Skill
		asked  uint8
		points int
	}{
		{Skill{Level: 3, Verified: true}, 3, 22}, {Skill{Level: 3}, 3, 20}, {Skill{Level: 2, Verified: true}, 3, 15}, {Skill{Level: 1}, 3, 9},
		{Skill{}, 3, 17}, {Skill{Months: 100}, 3, 20}, {Skill{Months: 40}, 3, 15}, {Skill{Months: 14}, 3, 9}, {Skill{Months: 3}, 3, 17},
		{Skill{}, 0, 22}, {Skill{Level: 1}, 1, 22},
	} {
		e := explainPerfect(t, func(w *Worker, p *Posting) {
			c.held.ID = "weld"
			w.Skills, p.Skills = []Skill{c.held}, []AskedSkill{{ID: "weld", Level: c.asked}}
		})
		if got := part1(t, e, "skills").Points; got != c.points {
			t.Errorf("%+v for level %d: got %d, want %d", c.held, c.asked, got, c.points)
		}
	}
}

func TestOccupationsAreLinkedByTheWeakerDirection(t *testing.T) {
	t.Parallel()
	skills := []SkillOccupation{{"accounts", "3313"}, {"typing", "4131"}, {"tailor", "7531"}, {"machine", "8153"}, {"alone", "9999"}}
	links := []Link{{"accounts", "typing", 100}, {"tailor", "machine", 80}, {"machine", "tailor", 50}, {"machine", "tailor", 40}}
	want := []Link{{"7531", "8153", 50}, {"8153", "7531", 50}}
	if diff := cmp.Diff(want, LinkOccupations(skills, links)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	if d := NewDay(2026, 11, 24); d.String() != "2026-11-24" || d.until(NewDay(2027, 1, 1)) != 38 {
		t.Errorf("got %s, %d days to the new year", d, d.until(NewDay(2027, 1, 1)))
	}
	if NoDay.String() != "" {
		t.Error("no day has a date")
	}
}
