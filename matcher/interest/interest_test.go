package interest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func after(minutes int) time.Time { return morning.Add(time.Duration(minutes) * time.Minute) }

// town is a small invented market.
func town() ([]Opening, []Person) {
	return []Opening{
			{ID: "a", Title: "Baker", Employer: "Lotus Bread", Place: "Riverton", Region: "North", Group: "Food"},
			{ID: "b", Title: "Night baker", Employer: "Blue Oven", Place: "Riverton", Region: "North", Group: "Food"},
			{ID: "c", Title: "Bakers' helper", Employer: "Blue Oven", Place: "Hillside", Region: "North", Group: "Food"},
			{ID: "d", Title: "Truck driver", Employer: "Swift Carts", Place: "Riverton", Region: "North"},
			{ID: "e", Title: "Baker", Employer: "Sun Loaf", Place: "Riverton", Region: "South", Group: "Food"},
			{ID: "f", Title: "Welder", Employer: "Iron Yard", Place: "Hillside", Region: "North"},
			{ID: "g", Title: "Welder", Employer: "Iron Yard", Place: "Dunes", Region: "South"},
			{ID: "h", Title: "Clerk", Employer: "", Place: "", Region: ""},
		}, []Person{
			{ID: "p", Worked: "kitchen hand; baker", Wanted: "Bakery"},
			{ID: "q", Wanted: "welder"},
			{ID: "r"},
			{ID: "s"},
		}
}

// ids ranks for a person after views, given as person and opening.
func ids(t *testing.T, m *Market, who int32, at time.Time, views []View, e *Exposure) []string {
	t.Helper()
	var out []string
	for _, r := range ask(t, m, who, at, views).Rank(&DefaultWeights, e) {
		out = append(out, m.source[r.Opening].ID)
	}
	return out
}

func ask(t *testing.T, m *Market, who int32, at time.Time, views []View) *Query {
	t.Helper()
	y := m.Empty()
	for _, v := range views {
		if err := y.Record(v); err != nil {
			t.Fatal(err)
		}
	}
	q, err := y.Ask(who, at)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestRankFollowsWordsAndPlace(t *testing.T) {
	m := New(town())
	got := ids(t, m, 2, after(9), []View{{2, 0, after(1)}}, nil)
	if got[0] != "b" {
		t.Errorf("after a look at a baker's job in Riverton, got %v, want the other one there first", got)
	}
	if got[len(got)-1] != "a" {
		t.Errorf("got %v, want what was looked at already last", got)
	}
	if slices.Index(got, "e") < slices.Index(got, "c") {
		t.Errorf("got %v, want Riverton in the North before the other Riverton", got)
	}
}

func TestRankKnowsPeopleByWhatTheyWrote(t *testing.T) {
	got := ids(t, New(town()), 1, after(9), nil, nil)
	if first := got[:2]; !slices.Contains(first, "f") || !slices.Contains(first, "g") {
		t.Errorf("somebody who wants to weld and looked at nothing: got %v, want both welders first", got)
	}
}

func TestRankFollowsPeopleWhoLookedAtTheSame(t *testing.T) {
	m := New(town())
	alone := []View{{2, 3, after(1)}}
	others := []View{{3, 3, after(1)}, {3, 5, after(2)}, {2, 3, after(3)}}
	without := ask(t, m, 2, after(9), alone).Features(5)
	with := ask(t, m, 2, after(9), others).Features(5)
	if without[lookedAlike] != 0 || with[lookedAlike] <= 0 {
		t.Errorf("got %v without and %v with somebody who looked at both, want nothing and something", without[lookedAlike], with[lookedAlike])
	}
	if with[placeMoves] <= without[placeMoves] {
		t.Errorf("got %v, want the way between the two places known", with[placeMoves])
	}
}

func TestRankDoesNotSeeLaterLooks(t *testing.T) {
	m := New(town())
	y := m.Empty()
	if err := y.Record(View{3, 1, after(5)}); err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{after(4), after(5)} {
		if _, err := y.Ask(2, at); err == nil {
			t.Errorf("asked at %v with a view of %v recorded: want an error", at, after(5))
		}
	}
	if err := y.Record(View{3, 2, after(4)}); err == nil {
		t.Error("want an error for a view out of order")
	}
}

// looks invents views of everything by everybody.
func looks(seed uint64, n int) (out []View) {
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range n {
		out = append(out, View{int32(rng.IntN(4)), int32(rng.IntN(8)), after(10 * i)})
	}
	return out
}

func TestRankIgnoresOrderAndIDs(t *testing.T) {
	openings, people := town()
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 2))
		views := looks(seed, 12)
		to := rng.Perm(len(openings))
		moved, shuffled := slices.Clone(openings), slices.Clone(views)
		for i, o := range openings {
			o.ID = fmt.Sprint("new-", rng.IntN(1<<30))
			moved[to[i]] = o
		}
		for i := range shuffled {
			shuffled[i].Opening = int32(to[shuffled[i].Opening])
		}
		want := ask(t, New(openings, people), 2, after(500), views).Rank(&DefaultWeights, nil)
		got := ask(t, New(moved, people), 2, after(500), shuffled).Rank(&DefaultWeights, nil)
		for i := range want {
			want[i].Opening = int32(to[want[i].Opening])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: other ids and another order change the list (-want +got):\n%s", seed, diff)
		}
	}
}

func TestRankDealsTiesAnew(t *testing.T) {
	var openings []Opening
	for i := range 20 {
		openings = append(openings, Opening{ID: fmt.Sprint(i), Title: "Packer", Place: fmt.Sprint("Place ", i), Region: "R"})
	}
	m := New(openings, []Person{{ID: "p"}})
	first := map[string]bool{}
	for i := range 40 {
		first[ids(t, m, 0, after(i), nil, nil)[0]] = true
	}
	if len(first) < 10 {
		t.Errorf("of 20 equal openings %d came first in 40 lists, want at least 10", len(first))
	}
}

func TestExplainSumsToTheScore(t *testing.T) {
	m := New(town())
	e := Capped()
	for seed := range uint64(10) {
		q := ask(t, m, int32(seed%4), after(500), looks(seed, 15))
		ranked := q.Rank(&DefaultWeights, e)
		for _, r := range ranked {
			got := q.Explain(r.Opening, &DefaultWeights, e)
			sum := 0
			for _, p := range got.Parts {
				sum += p.Points
				if p.Reason.Code == "" {
					t.Errorf("part %s has no reason", p.Name)
				}
			}
			if got.Score != r.Score || sum != r.Score {
				t.Errorf("opening %d: got score %d and parts of %d, want %d", r.Opening, got.Score, sum, r.Score)
			}
		}
		e.Show(ranked[:3])
	}
}

func TestExplainNamesTheStrongestReason(t *testing.T) {
	q := ask(t, New(town()), 2, after(9), []View{{2, 0, after(1)}})
	var got []string
	for _, p := range q.Explain(1, &DefaultWeights, nil).Parts {
		got = append(got, fmt.Sprint(p.Name, " ", p.Reason.Code, " ", p.Reason.Args))
	}
	want := []string{
		"text words_like_last [baker]", "place place_last [Riverton]", "employer employer_new []",
		"freshness kind_looked_at_lately [Food]", "nearby_interest nobody_looked []", "shown_often shown_to_others [0]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

func TestExposureSendsPeopleElsewhere(t *testing.T) {
	m := New(town())
	views := []View{{2, 0, after(1)}}
	e := &Exposure{Most: 2}
	for range 2 {
		if got := ids(t, m, 2, after(9), views, e)[0]; got != "b" {
			t.Fatalf("got %s first, want b as long as it was shown less than twice", got)
		}
		e.Show(ask(t, m, 2, after(9), views).Rank(&DefaultWeights, e)[:1])
	}
	got := ids(t, m, 2, after(9), views, e)
	if got[0] == "b" || got[len(got)-2] != "b" {
		t.Errorf("got %v, want b behind all but what is known, once shown twice", got)
	}
}

func TestFitFindsTheWeightsThatChoicesWereMadeBy(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	truth := Weights{wordsLast: 2, placeLast: -1, seenDays: 0.5}
	var choices []Choice
	for range 3000 {
		c := Choice{Weight: 1, offsets: make([]float64, 12)}
		for range 12 {
			c.rows = append(c.rows, Features{wordsLast: rng.Float64(), placeLast: float64(rng.IntN(2)), seenDays: rng.NormFloat64()})
		}
		u := rng.Float64()
		for r, p := range c.chances(&truth, nil) {
			if u -= p; u < 0 {
				c.chosen = r
				break
			}
		}
		choices = append(choices, c)
	}
	got := Fit(choices, 0.1)
	for i := range got {
		if math.Abs(got[i]-truth[i]) > 0.2 {
			t.Errorf("%s: got %.2f, want about %.2f", features[i].name, got[i], truth[i])
		}
	}
}

func TestChoiceIsANewLookAfterAnother(t *testing.T) {
	m := New(town())
	views := []View{{2, 0, after(1)}}
	if _, ok := ask(t, m, 2, after(9), nil).Choice(1); ok {
		t.Error("the first look of all is no choice: nothing is known of the person")
	}
	if _, ok := ask(t, m, 2, after(9), views).Choice(0); ok {
		t.Error("a second look at the same is no choice")
	}
	c, ok := ask(t, m, 2, after(9), views).Choice(1)
	if !ok || len(c.rows) != 7 || c.rows[c.chosen] != ask(t, m, 2, after(9), views).Features(1) {
		t.Errorf("got %v with %d rows, want all openings but the known one, and the chosen marked", ok, len(c.rows))
	}
	if rank := c.Rank(&DefaultWeights); rank != 1 {
		t.Errorf("got rank %v for the other baker in the same place, want 1", rank)
	}
}

func TestEmptyMarket(t *testing.T) {
	m := New(nil, []Person{{ID: "p", Wanted: "baker"}})
	if got := ask(t, m, 0, morning, nil).Rank(&DefaultWeights, Capped()); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}
