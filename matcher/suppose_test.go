package matcher

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestSupposed lets one of many stand in a supposed market, on either side and with codes that nobody named before:
// every answer is that of a market built anew.
func TestSupposed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, d := drawSample(t), rapidDice{t}
		least := d.upTo(100)
		w, p := randomWorker(d, "wx"), randomPosting(d, "px")
		if rarely(d, 3) {
			w.Needs, w.Skills, w.RefusedPostings = append(w.Needs, "childcare"), append(w.Skills, Skill{ID: "new"}), append(w.RefusedPostings, Refusal{"p00", "new"})
			p.Skills, p.Certificates = append(p.Skills, AskedSkill{ID: "new", Level: 2}), append(p.Certificates, AskedCertificate{ID: "newer"})
			w.Commune, p.Shift = "99997", "weekend"
		}
		anew := buildMarket(fataler{t: t}, testTables(), testDay, append(s.workers, w), append(s.postings, p))
		wx, _ := anew.WorkerRow("wx")
		px, _ := anew.PostingRow("px")
		with, err := s.m.SupposeWorkers(s.workers[0], w)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tallyByHand(func(row int32) (Explanation, bool) {
			at, ok := anew.PostingRow(s.m.PostingID(row))
			return anew.Explain(wx, at), ok
		}, s.m.Postings(), least), with.TallyWorker(1, least)); diff != "" {
			t.Fatalf("jobs for a person (-want +got):\n%s", diff)
		}
		if got, want := with.FitWorker(1, least), with.TallyWorker(1, least).Fits; got != want {
			t.Fatalf("fit: got %d, want %d", got, want)
		}
		of, err := s.m.SupposePostings(s.postings[0], p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tallyByHand(func(row int32) (Explanation, bool) {
			at, ok := anew.WorkerRow(s.m.WorkerID(row))
			return anew.Explain(at, px), ok
		}, s.m.Workers(), least), of.TallyPosting(1, least)); diff != "" {
			t.Fatalf("people for a job (-want +got):\n%s", diff)
		}
		passed, fits := of.FitPosting(1, least)
		if all := of.TallyPosting(1, least); passed != all.Passed || fits != all.Fits {
			t.Fatalf("pass and fit: got %d and %d, want %d and %d", passed, fits, all.Passed, all.Fits)
		}
		pair, err := s.m.SupposeBoth([]Worker{w}, []Posting{p})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(anew.Explain(wx, px), pair.Explain(0, 0)); diff != "" {
			t.Fatalf("the pair (-want +got):\n%s", diff)
		}
	})
}

// tallyByHand counts explanations one by one.
func tallyByHand(explain func(int32) (Explanation, bool), n, least int) (out Tally) {
	for row := range int32(n) {
		x, ok := explain(row)
		if !ok {
			continue
		}
		out.Looked++
		if x.Passes {
			out.Passed++
			if x.Score >= least {
				out.Fits++
			}
		}
		for i, f := range x.Fails {
			out.Total[f.Condition]++
			if i == 0 {
				out.First[f.Condition]++
			}
		}
		if len(x.Fails) == 1 {
			out.Alone[x.Fails[0].Condition]++
		}
	}
	return out
}

// TestSupposedAfterRenewal asks a market that has been renewed: those who left it count no more, and those who came or
// changed count as they are now.
func TestSupposedAfterRenewal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, d := drawSample(t), rapidDice{t}
		w, p, least := randomWorker(d, "wx"), randomPosting(d, "px"), d.upTo(100)
		changed, moved := randomWorker(d, s.workers[0].ID), randomPosting(d, s.postings[0].ID)
		renewed, err := s.m.Renew(Renewal{Workers: []Worker{changed}, Postings: []Posting{moved}})
		if err != nil {
			t.Fatal(err)
		}
		workers, postings := append([]Worker{changed}, s.workers[1:]...), append([]Posting{moved}, s.postings[1:]...)
		anew := buildMarket(fataler{t: t}, testTables(), testDay, workers, postings)
		tally := func(m *Market) (jobs, people Tally, fit, passed, fits int) {
			with, err := m.SupposeWorkers(w)
			if err != nil {
				t.Fatal(err)
			}
			of, err := m.SupposePostings(p)
			if err != nil {
				t.Fatal(err)
			}
			passed, fits = of.FitPosting(0, least)
			return with.TallyWorker(0, least), of.TallyPosting(0, least), with.FitWorker(0, least), passed, fits
		}
		jobs, people, fit, passed, fits := tally(renewed)
		jobs2, people2, fit2, passed2, fits2 := tally(anew)
		if jobs != jobs2 || people != people2 || fit != fit2 || passed != passed2 || fits != fits2 {
			t.Fatalf("renewed: %+v %+v %d %d %d\nanew: %+v %+v %d %d %d", jobs, people, fit, passed, fits, jobs2, people2, fit2, passed2, fits2)
		}
		if diff := cmp.Diff(anew.Asked(), renewed.Asked()); diff != "" {
			t.Fatalf("asked (-anew +renewed):\n%s", diff)
		}
	})
}

func TestAsked(t *testing.T) {
	t.Parallel()
	open := Posting{ID: "a", Open: true, Left: 1, Occupation: "7212", Skills: []AskedSkill{{ID: "weld"}, {ID: "tig", Nice: true}, {ID: "weld", Level: 2, Nice: true}},
		Certificates: []AskedCertificate{{ID: "b"}}, Languages: []Language{{"ko", 2}}, Workplaces: []Place{{Commune: "03127"}}, Shift: "night"}
	full := Posting{ID: "b", Open: true, Skills: []AskedSkill{{ID: "cook"}}}
	m := buildMarket(t, testTables(), testDay, []Worker{{ID: "w", Available: true, Commune: "03127"}, {ID: "x", Commune: "03127"}, {ID: "y", Available: true}}, []Posting{open, full})
	want := Asked{Skills: []AskedSkill{{ID: "tig"}, {ID: "weld"}}, Certificates: []AskedCertificate{{ID: "b"}}, Languages: []Language{{"ko", 2}},
		Occupations: []string{"7212"}, Provinces: []string{"11"}, Shifts: []string{"night"}}
	if diff := cmp.Diff(want, m.Asked()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"03127": 1}, m.Homes()); diff != "" {
		t.Errorf("homes (-want +got):\n%s", diff)
	}
}
