package labour

import (
	"context"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/taxonomy"
	"noiviec/jobs"
	"noiviec/matcher"
)

// small is a market that lives through its days in a moment.
func small(t *testing.T, policies ...string) *Study {
	t.Helper()
	p, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	p.Seekers = 150
	tax := taxonomy.Default()
	return &Study{Parameters: p, Tables: jobs.MatcherTables(tax), Taxonomy: tax, Policies: policies, Seeds: 2, Days: 40}
}

func (s *Study) world(t *testing.T) *World {
	t.Helper()
	w, err := NewWorld(t.Context(), s.Parameters, s.Tables, s.Taxonomy, 1, s.Days, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (s *Study) lived(t *testing.T, name string) *run {
	t.Helper()
	policy, ok := NewPolicy(name)
	if !ok {
		t.Fatalf("no policy %q", name)
	}
	w := s.world(t)
	r := newRun(w, policy, nil)
	for r.day = range w.days {
		if err := r.live(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestNobodyIsPlacedTwiceAtOnceAndNoSeatTwice(t *testing.T) {
	t.Parallel()
	for _, name := range PolicyNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := small(t).lived(t, name)
			if len(r.placed) == 0 {
				t.Fatal("nobody was placed")
			}
			taken, until := map[int]int{}, map[int]int{}
			for _, p := range r.placed {
				o := r.w.openings[p.posting]
				if p.from < until[p.seeker] {
					t.Errorf("seeker %d is placed on day %d and works elsewhere until %d", p.seeker, p.from, until[p.seeker])
				}
				if p.from < o.opens || p.from > o.closes {
					t.Errorf("posting %d takes somebody on day %d, it is open from %d to %d", p.posting, p.from, o.opens, o.closes)
				}
				until[p.seeker] = p.to
				taken[p.posting]++
			}
			for i, j := range r.jobs {
				if j.left < 0 || taken[i]+j.left > r.w.openings[i].seats {
					t.Errorf("posting %d: %d taken and %d left of %d seats", i, taken[i], j.left, r.w.openings[i].seats)
				}
			}
		})
	}
}

func TestAllApplicationsAreAccountedFor(t *testing.T) {
	t.Parallel()
	r := small(t).lived(t, "shipped")
	pending := map[int]int{}
	for _, l := range r.letters {
		if !l.answered {
			pending[l.seeker]++
		}
	}
	for i, p := range r.people {
		if p.pending != pending[i] || p.pending < 0 || p.pending > int(r.w.parameters.OpenApplications) {
			t.Errorf("seeker %d keeps %d applications open, %d have no answer", i, p.pending, pending[i])
		}
		if p.state != seeking && p.pending > 0 {
			t.Errorf("seeker %d does not seek and keeps %d applications open", i, p.pending)
		}
	}
}

// silent shows nobody anything.
type silent struct{}

func (silent) Lists(_ context.Context, n *Night) (Lists, error) {
	return Lists{Shown: make([][]int32, n.Workers())}, nil
}

func TestWhoShowsNothingPlacesNobody(t *testing.T) {
	t.Parallel()
	got, err := Run(t.Context(), small(t).world(t), silent{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Placements != 0 || got.Letters != 0 || got.Gini != 0 || got.Nothing == 0 {
		t.Errorf("got %d placements, %d applications, Gini %v, %v people with nothing", got.Placements, got.Letters, got.Gini, got.Nothing)
	}
}

func TestTheSameSeedGivesTheSameWhateverTheProcessors(t *testing.T) {
	t.Parallel()
	one, four := small(t, "newest", "shipped"), small(t, "newest", "shipped")
	one.Parallel, four.Parallel = 1, 4
	a, err := one.Compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := four.Compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, b, cmp.AllowUnexported(Result{}, groupTally{})); diff != "" {
		t.Error(diff)
	}
	if a["shipped"][0].Placements == a["shipped"][1].Placements && a["newest"][0].Placements == a["newest"][1].Placements {
		t.Error("two seeds give the same market")
	}
}

func TestFitPlacesMoreThanChance(t *testing.T) {
	t.Parallel()
	s := small(t, "random", "best")
	r, err := s.Compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for seed := range s.Seeds {
		if best, random := r["best"][seed].Placements, r["random"][seed].Placements; best <= random {
			t.Errorf("seed %d: %d placements by score, %d by chance", seed, best, random)
		}
	}
}

func TestTheEngineSeesNoTruth(t *testing.T) {
	t.Parallel()
	s := small(t)
	before := s.world(t)
	for _, hidden := range []string{"taste", "pay_worth", "offer_news", "skill_worth", "screening_noise", "stay_taste", "leaves", "position_bias"} {
		changed := small(t)
		p, err := changed.Parameters.Times(hidden, 2)
		if err != nil {
			t.Fatal(err)
		}
		changed.Parameters = p
		after := changed.world(t)
		for i := range before.seekers {
			if diff := cmp.Diff(before.seekers[i].card, after.seekers[i].card); diff != "" {
				t.Fatalf("%s shows on a person's card: %s", hidden, diff)
			}
		}
		for i := range before.openings {
			if diff := cmp.Diff(before.openings[i].card, after.openings[i].card); diff != "" {
				t.Fatalf("%s shows on a posting's card: %s", hidden, diff)
			}
		}
	}
}

func TestOutcomesAreRecordedAsTheyWere(t *testing.T) {
	t.Parallel()
	s := small(t, "shipped")
	s.Parameters.Contacts = 0 // nobody is placed but from a list
	plain, err := s.Compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Recorder, s.Recorded = NewRecorder(), "shipped"
	results, err := s.Compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain, results, cmp.AllowUnexported(Result{}, groupTally{})); diff != "" {
		t.Errorf("recording changes the market: %s", diff)
	}
	var text strings.Builder
	if err := s.Recorder.Write(&text); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	checkOutcomes(t, rows, results["shipped"][0])
}

func checkOutcomes(t *testing.T, rows [][]string, result Result) {
	t.Helper()
	head := rows[0]
	if parts := matcher.PartNames(); !slices.Equal(head[6:6+len(parts)], parts) {
		t.Fatalf("got columns %v", head)
	}
	column := func(row []string, name string) int {
		n, err := strconv.Atoi(row[slices.Index(head, name)])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	hired, stayed := 0, 0
	for _, row := range rows[1:] {
		sum := 0
		for _, part := range matcher.PartNames() {
			sum += column(row, part)
		}
		if sum != column(row, "score") {
			t.Fatalf("the parts of %v sum to %d", row, sum)
		}
		if !strings.HasPrefix(row[1], simulated) || column(row, "hired") > column(row, "approved") || column(row, "stayed90") > column(row, "hired") {
			t.Fatalf("row %v", row)
		}
		hired += column(row, "hired")
		stayed += column(row, "stayed90")
	}
	if hired != result.Placements || stayed != result.Stayed {
		t.Errorf("got %d hired and %d who stay, want %d and %d", hired, stayed, result.Placements, result.Stayed)
	}
}
