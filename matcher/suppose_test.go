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
		pair, err := s.m.SupposePair(w, p)
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

func TestAsked(t *testing.T) {
	t.Parallel()
	open := Posting{ID: "a", Open: true, Left: 1, Occupation: "7212", Skills: []AskedSkill{{ID: "weld"}, {ID: "tig", Nice: true}}, Certificates: []AskedCertificate{{ID: "b"}}, Workplaces: []Place{{Commune: "03127"}}}
	full := Posting{ID: "b", Open: true, Skills: []AskedSkill{{ID: "cook"}}}
	got := buildMarket(t, testTables(), testDay, nil, []Posting{open, full}).Asked()
	want := Asked{Skills: []string{"tig", "weld"}, Certificates: []string{"b"}, Languages: []string{}, Occupations: []string{"7212"}, Provinces: []string{"11"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}
