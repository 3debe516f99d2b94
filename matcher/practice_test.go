package matcher

import "testing"

func TestFreshness(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	month := func(n int) Day { return testDay - Day(n*monthDays) }
	for _, c := range []struct {
		name  string
		until Day
		want  int
	}{
		{"not known, or goes on", NoDay, 100},
		{"yesterday", testDay - 1, 100},
		{"tomorrow", testDay + 1, 100},
		{"two years ago", month(w.FadeAfter), 100},
		{"one halving", month(w.FadeAfter + w.FadeHalf), 50},
		{"half way to it", month(w.FadeAfter + w.FadeHalf/2), 75},
		{"two halvings", month(w.FadeAfter + 2*w.FadeHalf), 25},
		{"a hundred years ago", month(1200), 0},
	} {
		if got := freshness(c.until, testDay, &w); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
	last := 100
	for day := testDay; day > month(1300); day -= 17 {
		got := freshness(day, testDay, &w)
		if got > last || got < 0 {
			t.Fatalf("%s: %d after %d", day, got, last)
		}
		last = got
	}
}

// TestOldPracticeCountsLess weighs the same trade of today and of long ago: less, never nothing, and what nobody
// dated counts as before.
func TestOldPracticeCountsLess(t *testing.T) {
	t.Parallel()
	score := func(until Day) int {
		return explainPerfect(t, func(w *Worker, p *Posting) {
			p.Months = 24
			w.Skills = []Skill{{ID: "weld", Level: 3, Verified: true, Until: until}}
			p.Skills = []AskedSkill{{ID: "weld", Level: 2}}
			w.Experience = []Experience{{Occupation: "7212", Months: 40, Until: until}}
		}).Score
	}
	undated, fresh, old := score(NoDay), score(testDay-100), score(testDay-12*365)
	if undated != fresh || old >= fresh || old < fresh/2 {
		t.Errorf("undated %d, fresh %d, twelve years ago %d", undated, fresh, old)
	}
}

// TestTheTradePractisedLastStandsInForAWish holds that a long spell of long ago does not speak for somebody who has
// done other work since.
func TestTheTradePractisedLastStandsInForAWish(t *testing.T) {
	t.Parallel()
	e := explainPerfect(t, func(w *Worker, p *Posting) {
		w.Wishes = nil
		w.Experience = []Experience{{Occupation: "5120", Months: 70, Until: NewDay(2010, 1, 1)}, {Occupation: p.Occupation, Months: 40}}
	})
	if got := part1(t, e, "occupation"); got.Reason.Code != "occupation_worked_in" {
		t.Errorf("got %+v", got)
	}
}

// TestLongAgoIsSaid holds that a counsellor is told when the trade counted on was left long ago.
func TestLongAgoIsSaid(t *testing.T) {
	t.Parallel()
	warn := func(until Day) string {
		e := explainPerfect(t, func(w *Worker, p *Posting) {
			w.Certificates, p.Certificates = nil, nil
			w.Experience = []Experience{{Occupation: p.Occupation, Months: 40, Until: until}}
		})
		if e.Warning == nil {
			return ""
		}
		return e.Warning.Code
	}
	if got := warn(NewDay(2012, 1, 1)); got != "practice_long_ago" {
		t.Errorf("fourteen years ago: got %q", got)
	}
	for _, until := range []Day{NoDay, testDay - 1000} {
		if got := warn(until); got == "practice_long_ago" {
			t.Errorf("%s: got %q", until, got)
		}
	}
}

func TestNightsAreNotTakenForGranted(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	const day, night = 1, 2
	for _, c := range []struct {
		name          string
		wanted, shift uint32
		want          int
	}{
		{"said nothing, by day", 0, day, w.ShiftUnknown},
		{"said nothing, at night", 0, night, w.NightUnknown},
		{"said nights", night, night, w.Shift},
		{"said days, at night", day, night, 0},
		{"neither says", 0, 0, w.ShiftUnknown},
	} {
		if got, _ := shiftPoints(c.wanted, c.shift, night, &w); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}
