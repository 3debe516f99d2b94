package labour

import (
	"slices"
	"testing"

	"noiviec/matcher"
)

// marketOf is the market of those who are there on a night, built from that night's cards as the service builds it.
func (r *run) marketOf(t *testing.T) *matcher.Market {
	t.Helper()
	b, err := matcher.NewBuilder(r.w.tables, firstDay+matcher.Day(r.day), matcher.DefaultWeights())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range r.night.seekers {
		card := r.w.seekers[i].card
		for j := range r.w.openings {
			if r.night.refused.has(i, j) {
				card.RefusedPostings = append(card.RefusedPostings, matcher.Refusal{ID: openingID(j), Reason: "other"})
			}
		}
		if err := b.AddWorker(card); err != nil {
			t.Fatal(err)
		}
	}
	for row, j := range r.night.openings {
		if err := b.AddPosting(r.w.openings[j].on(r.day, int(r.night.Left[row]))); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A pair is scored once for all nights. This compares what is kept with what the nightly run would rank.
func TestKeptScoresAreThoseOfTheNight(t *testing.T) {
	t.Parallel()
	w := small(t).world(t)
	policy, _ := NewPolicy("shipped")
	r := newRun(w, policy, nil)
	for r.day = range w.days {
		r.comeAndGo()
		r.openAndClose()
		if err := r.makeLists(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r.day%13 == 0 {
			r.compareLists(t)
		}
		for row, i := range r.night.seekers {
			r.look(row, i)
		}
		r.counsel()
		r.review()
	}
}

func (r *run) compareLists(t *testing.T) {
	t.Helper()
	m := r.marketOf(t)
	o := matcher.Options{K: chooseFrom, LeastScore: leastScore}
	for row, i := range r.night.seekers {
		at, ok := m.WorkerRow(seekerID(i))
		if !ok {
			t.Fatalf("day %d: no seeker %d", r.day, i)
		}
		sameScores(t, r.day, r.night.forWorker(int32(row), chooseFrom), m.RankWorker(at, o).Hits)
	}
	for row, j := range r.night.openings {
		at, ok := m.PostingRow(openingID(j))
		if !ok {
			t.Fatalf("day %d: no opening %d", r.day, j)
		}
		sameScores(t, r.day, r.night.forPosting(int32(row), chooseFrom), m.RankPosting(at, o).Hits)
	}
}

// sameScores compares two lists; equal scores may stand in any order.
func sameScores(t *testing.T, day int, got, want []matcher.Hit) {
	t.Helper()
	of := func(list []matcher.Hit) (scores []int) {
		for _, h := range list {
			scores = append(scores, h.Score)
		}
		return scores
	}
	if !slices.Equal(of(got), of(want)) {
		t.Fatalf("day %d: got scores %v, want %v", day, of(got), of(want))
	}
}

func TestScoresAreTakenOverOnlyForTheSameCards(t *testing.T) {
	t.Parallel()
	s := small(t)
	first := s.world(t)
	for name, same := range map[string]bool{"taste": true, "outside_fill": true, "pay_stated": false, "reach_noise": false, "seekers": false} {
		p, err := s.Parameters.Times(name, 0.5)
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewWorld(t.Context(), p, s.Tables, s.Taxonomy, 1, s.Days, first)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.scores == first.scores; got != same {
			t.Errorf("%s halved: got scores taken over %v, want %v", name, got, same)
		}
	}
}
