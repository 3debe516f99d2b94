package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/matcher"
)

// proposed makes a set out of weights.
func proposed(t *testing.T, w matcher.Weights) market.WeightSet {
	t.Helper()
	body, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	return market.WeightSet{Engine: matcher.Version, Digest: w.Digest(), Body: string(body), Source: market.FromRecords}
}

// TestApprovedWeightsRank holds that lists change with an approval, not with a proposal, and change back.
func TestApprovedWeightsRank(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := office(t, storetest.Embedded(t), 12, 5)
	chief := market.Actor{User: market.NewID(), Role: market.Administrator, Centre: centre}
	match := func() market.Run {
		t.Helper()
		run, err := r.Run(ctx, "match", "command", "")
		if err != nil {
			t.Fatal(err)
		}
		return run
	}
	first := match()
	w := matcher.DefaultWeights()
	w.Skills, w.Certificates = w.Skills+2, w.Certificates-2
	set, err := r.Desk.ProposeWeights(ctx, market.SystemActor(centre), now, proposed(t, w))
	if err != nil {
		t.Fatal(err)
	}
	if run := match(); run.Weights != first.Weights || run.Counts["changed"] != 0 {
		t.Errorf("a proposal alone changed %d lists, weights %s", run.Counts["changed"], run.Weights)
	}
	decide := func(e market.WeightsEvent) {
		t.Helper()
		if _, err := r.Desk.DecideWeights(ctx, chief, now, set.ID, 0, e, "thử"); err != nil {
			t.Fatal(err)
		}
	}
	decide(market.WeightsApprove)
	run := match()
	if run.Weights != w.Digest() || run.Counts["changed"] == 0 {
		t.Errorf("approved: got weights %s and %d changed lists, want %s and some", run.Weights, run.Counts["changed"], w.Digest())
	}
	for _, l := range lists(t, r.Store) {
		if l.Weights != w.Digest() || l.Check() != nil {
			t.Fatalf("a list says %s (%v)", l.Weights, l.Check())
		}
	}
	decide(market.WeightsReplace)
	if run := match(); run.Weights != first.Weights {
		t.Errorf("put away: got %s, want the program's own %s", run.Weights, first.Weights)
	}
}

// TestWeightsThatDoNotFit holds that a set of another engine, or one that was tampered with, ranks nothing.
func TestWeightsThatDoNotFit(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, spoil := range map[string]func(*market.WeightSet){
		"another engine":  func(s *market.WeightSet) { s.Engine = "0" },
		"broken promises": func(s *market.WeightSet) { s.Body = strings.Replace(s.Body, `"occupation":20`, `"occupation":40`, 1) },
		"other numbers":   func(s *market.WeightSet) { s.Digest = "0123456789abcdef" },
		"not numbers":     func(s *market.WeightSet) { s.Body = "{" },
	} {
		r := office(t, storetest.Embedded(t), 0, 0)
		set := proposed(t, matcher.DefaultWeights())
		spoil(&set)
		set.Meta, set.State = meta("weights", 1), market.WeightsInForce
		if err := r.Store.Apply(ctx, store.Put(&set)); err != nil {
			t.Fatal(err)
		}
		w, unused, err := WeightsInForce(ctx, r.Store, centre)
		if err != nil || unused != set.ID || w != matcher.DefaultWeights() {
			t.Errorf("%s: got %v, unused %q, want it named and the program's own weights", name, err, unused)
		}
	}
}

func outcomesCSV(rows ...string) string {
	head := "night,worker,posting,position,probability,score," + strings.Join(matcher.PartNames(), ",") + ",approved,referred,hired,stayed90,group.sex\n"
	return head + strings.Join(rows, "\n")
}

const goodParts = "20,12,8,5,3,2,22,8,5,7,4,4,0,0"

func TestReadOutcomes(t *testing.T) {
	t.Parallel()
	o, err := ReadOutcomes(strings.NewReader(outcomesCSV("2026-03-01,simulated-w1,simulated-p1,1,0.5,100,"+goodParts+",1,1,1,0,f", "2026-03-01,simulated-w1,simulated-p2,2,0.25,100,"+goodParts+",0,0,0,0,f")))
	if err != nil || len(o.Seen) != 2 || o.Source != market.FromSimulator || !o.Looked {
		t.Fatalf("got %v, %+v", err, o)
	}
	if s := o.Seen[0]; s.Outcome != matcher.Hired || s.Chance != 0.5 || s.Night.String() != "2026-03-01" || len(s.Groups) != 1 || s.Groups[0] != "sex:f" {
		t.Errorf("got %+v", s)
	}
	for name, c := range map[string][2]string{
		"no columns":        {"a,b\n1,2", "there is no column night"},
		"empty":             {"", "no first line"},
		"sum":               {outcomesCSV("2026-03-01,w,p,1,1,99," + goodParts + ",0,0,0,0,"), "line 2: check record of p: the parts sum to 100"},
		"date":              {outcomesCSV("1/3/2026,w,p,1,1,100," + goodParts + ",0,0,0,0,"), `line 2: night is "1/3/2026"`},
		"chance of nothing": {outcomesCSV("2026-03-01,w,p,1,0,100," + goodParts + ",0,0,0,0,"), "chance 0"},
		"chance of none":    {outcomesCSV("2026-03-01,w,p,1,NaN,100," + goodParts + ",0,0,0,0,"), "chance NaN"},
		"yes":               {outcomesCSV("2026-03-01,w,p,1,1,100," + goodParts + ",yes,0,0,0,"), `approved is "yes"`},
		"number":            {outcomesCSV("2026-03-01,w,p,x,1,100," + goodParts + ",0,0,0,0,"), `position is "x"`},
		"a short row":       {outcomesCSV("2026-03-01,w,p"), "line 2"},
	} {
		if _, err := ReadOutcomes(strings.NewReader(c[0])); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: got %v, want %q", name, err, c[1])
		}
	}
}

// TestOutcomesOfOtherWeights refuses a table that other weights scored, and one that mixes them.
func TestOutcomesOfOtherWeights(t *testing.T) {
	t.Parallel()
	table := func(weights ...string) string {
		head := strings.Replace(outcomesCSV(), "group.sex", "weights", 1)
		for i, w := range weights {
			head += fmt.Sprintf("2026-03-01,w,p%d,%d,1,100,%s,0,0,0,0,%s\n", i, i+1, goodParts, w)
		}
		return head
	}
	o, err := ReadOutcomes(strings.NewReader(table("a", "a")))
	if err != nil || o.Weights != "a" || o.ScoredWith("a") != nil {
		t.Errorf("got %v, weights %q, %v", err, o.Weights, o.ScoredWith("a"))
	}
	if err := o.ScoredWith("b"); err == nil || !strings.Contains(err.Error(), "those in force are b") {
		t.Errorf("others in force: got %v", err)
	}
	if _, err := ReadOutcomes(strings.NewReader(table("a", "b"))); err == nil || !strings.Contains(err.Error(), `line 3: weights are "b"`) {
		t.Errorf("mixed: got %v", err)
	}
	if o, err := ReadOutcomes(strings.NewReader(outcomesCSV("2026-03-01,w,p,1,1,100," + goodParts + ",0,0,0,0,"))); err != nil || o.ScoredWith("b") != nil {
		t.Errorf("a table that does not say: got %v", err)
	}
}

// TestShowingsAreForgotten deletes the lists shown more than a year ago, and reads none of them.
func TestShowingsAreForgotten(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := office(t, storetest.Embedded(t), 0, 0)
	digest := matcher.DefaultWeights()
	today := market.DateOf(now)
	for i, days := range []int{0, showingDays, showingDays + 1, showingDays + 400} {
		s := market.Showing{Meta: meta("showing", i), On: today.AddDays(-days), To: market.Seeker, Side: market.ForWorker, Subject: meta("w", i).ID, Weights: digest.Digest(),
			Items: []market.ShownPair{{Other: meta("p", 1).ID, Chance: market.Certain}}}
		if err := r.Store.Apply(ctx, store.Put(&s)); err != nil {
			t.Fatal(err)
		}
	}
	o, err := RecordedOutcomes(ctx, r.Store, centre, digest.Digest(), today)
	if err != nil || len(o.Seen)+o.Skipped != 2 {
		t.Errorf("got %v, %d seen and %d left out, want the two of the year", err, len(o.Seen), o.Skipped)
	}
	run, err := r.Run(ctx, "fairness", "command", "")
	if err != nil || run.Counts["forgotten"] != 2 {
		t.Errorf("got %v, %v, want two forgotten", err, run.Counts)
	}
	left := 0
	if err := store.Each(ctx, r.Store, centre, func(market.Showing) error { left++; return nil }); err != nil || left != 2 {
		t.Errorf("got %v, %d left, want 2", err, left)
	}
}

// TestOutcomesOfEveryList gives what came of a pair to every list of the last night it stood in, with the posting a
// posting whoever's list it was.
func TestOutcomesOfEveryList(t *testing.T) {
	t.Parallel()
	all := []matcher.Seen{{Night: 10, List: "old"}, {Night: 12, List: "worker"}, {Night: 12, List: "posting"}, {Night: 14, List: "later"}}
	g := gathering{shown: map[pairKey][]int{{"p", "w"}: {0, 3, 1, 2}}, came: map[pairKey][]came{{"p", "w"}: {{13, matcher.Hired}}}}
	g.give(all)
	for i, want := range []matcher.Outcome{matcher.PassedOver, matcher.Hired, matcher.Hired, matcher.PassedOver} {
		if all[i].Outcome != want {
			t.Errorf("%s: got %d, want %d", all[i].List, all[i].Outcome, want)
		}
	}
}

// TestRecordedOutcomes holds that what came of a pair is found with the list it was chosen from.
func TestRecordedOutcomes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDay(t, office(t, storetest.Embedded(t), 4, 3))
	posting := meta("p", 0).ID
	d.list(meta("w", 0).ID)
	show := func() market.Suggestions {
		t.Helper()
		l, err := store.Get[market.Suggestions](ctx, d.Store, centre, market.SuggestionsID(centre, market.ForPosting, posting))
		if err == nil {
			err = d.Desk.RecordShowing(ctx, staff, d.at, l, len(l.Items))
		}
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := show()
	d.next()
	d.list(meta("w", 0).ID)
	show()
	chosen := l.Items[0].Worker
	refs, err := d.Desk.Refer(ctx, staff, d.at, referralRequest(posting, chosen))
	if err != nil {
		t.Fatal(err)
	}
	r := refs[0]
	for _, e := range []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralHire} {
		if r, err = d.Desk.MoveReferral(ctx, staff, d.at, r.ID, r.Rev, e, market.ReferralStep{}); err != nil {
			t.Fatal(err)
		}
	}
	o, err := RecordedOutcomes(ctx, d.Store, centre, l.Weights, market.DateOf(d.at))
	if err != nil || o.Source != market.FromRecords || len(o.Seen) != 2*len(l.Items) || o.Skipped != 0 {
		t.Fatalf("got %v, %d seen, %d skipped, want %d", err, len(o.Seen), o.Skipped, 2*len(l.Items))
	}
	for _, s := range o.Seen {
		want := matcher.PassedOver
		if s.Posting != string(posting) {
			t.Errorf("got posting %s, want %s", s.Posting, posting)
		}
		if s.Item == string(chosen) && s.Night == dayOf(market.DateOf(d.at)) {
			want = matcher.Hired // the last time it was shown
		}
		if s.Outcome != want || s.Chance <= 0 {
			t.Errorf("%s on %s: got %d, want %d", s.Posting, s.Night, s.Outcome, want)
		}
	}
	if o, err = RecordedOutcomes(ctx, d.Store, centre, "other weights", market.DateOf(d.at)); err != nil || len(o.Seen) != 0 || o.Skipped != 2*len(l.Items) {
		t.Errorf("of other weights: got %v, %d seen, %d skipped", err, len(o.Seen), o.Skipped)
	}
	run, err := d.Run(ctx, "weights", "command", "")
	if err != nil || run.Counts["proposed"] != 0 || run.Counts["outcomes"] != 2*len(l.Items) || run.Counts["positives"] != 1 {
		t.Errorf("too few to fit: got %v, %v", err, run.Counts)
	}
	if run, err = d.Run(ctx, "fairness", "command", ""); err != nil || run.Counts["months"] != 2 || run.Counts["groups"] == 0 {
		t.Errorf("fairness: got %v, %v", err, run.Counts)
	}
	f, err := store.Get[market.Fairness](ctx, d.Store, centre, market.FairnessID(centre, market.MonthOf(d.at)))
	if err != nil || len(f.Nights) == 0 || len(f.Engines) != 1 || f.Nights[0].Gini < 0 {
		t.Errorf("got %v, nights %+v, engines %v", err, f.Nights, f.Engines)
	}
}

// TestProposal keeps the figures of a back-test with the set a person decides about.
func TestProposal(t *testing.T) {
	t.Parallel()
	w := matcher.DefaultWeights()
	p := w
	p.Skills, p.Certificates = p.Skills+2, p.Certificates-2
	b := matcher.Backtest{Today: w, Proposed: p, Worse: []string{"mrr"}, Policies: map[string]matcher.PolicyFigures{matcher.PolicyProposed: {MRR: 0.5, GroupN: map[string]int{"sex:f": 30}}}}
	s, err := Proposal(b, Outcomes{Source: market.FromSimulator, Seen: []matcher.Seen{{Night: matcher.NewDay(2026, 3, 2)}, {Night: matcher.NewDay(2026, 3, 1)}}})
	if err != nil || s.From != "2026-03-01" || s.To != "2026-03-02" || s.Digest != p.Digest() || s.Source != market.FromSimulator || len(s.Worse) != 1 || len(s.Groups) != 1 {
		t.Fatalf("got %v, %+v", err, s)
	}
	if got := fmt.Sprint(s.Parts[6:8]); got != "[{skills 22 24} {certificates 8 6}]" {
		t.Errorf("parts: got %s", got)
	}
}
