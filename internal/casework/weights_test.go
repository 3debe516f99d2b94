package casework_test

import (
	"context"
	"testing"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

func weightSet(digest string, worse ...string) market.WeightSet {
	return market.WeightSet{Engine: "1", Digest: digest, Body: "{}", Source: market.FromRecords, Worse: worse}
}

// TestWeights walks sets of weights through their life, with who decided, when and why.
func TestWeights(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		chief := market.Actor{User: market.NewID(), Role: market.Administrator, Centre: centre}
		propose := func(s market.WeightSet) market.WeightSet {
			t.Helper()
			s, err := d.ProposeWeights(ctx, system, t0, s)
			if err != nil || s.State != market.WeightsProposed {
				t.Fatalf("propose: %v, %s", err, s.State)
			}
			return s
		}
		state := func(id market.ID) market.WeightsState {
			t.Helper()
			s, err := store.Get[market.WeightSet](ctx, d.st, centre, id)
			if err != nil {
				t.Fatal(err)
			}
			return s.State
		}
		decide := func(s market.WeightSet, e market.WeightsEvent, why string) error {
			_, err := d.DecideWeights(ctx, chief, t0, s.ID, 0, e, why)
			return err
		}
		first := propose(weightSet("a"))
		second := propose(weightSet("b"))
		if got := state(first.ID); got != market.WeightsOvertook {
			t.Errorf("an earlier proposal: got %s, want it overtaken", got)
		}
		if _, err := d.DecideWeights(ctx, staff, t0, second.ID, 0, market.WeightsApprove, "x"); market.KindOf(err) != market.Denied {
			t.Errorf("a counsellor approves: got %v, want denied", err)
		}
		if err := decide(second, market.WeightsApprove, "  "); market.KindOf(err) != market.Invalid {
			t.Errorf("without a reason: got %v, want invalid", err)
		}
		if err := decide(second, market.WeightsApprove, "Người được nhận đứng gần đầu hơn"); err != nil {
			t.Fatal(err)
		}
		worse := propose(weightSet("c", "mrr"))
		if err := decide(worse, market.WeightsApprove, "thử"); market.KindOf(err) != market.Conflict {
			t.Errorf("approve a worse one: got %v, want a conflict", err)
		}
		if err := decide(worse, market.WeightsReject, "kém hơn"); err != nil {
			t.Error(err)
		}
		third := propose(weightSet("d"))
		if err := decide(third, market.WeightsApprove, "tốt hơn nữa"); err != nil {
			t.Fatal(err)
		}
		if state(second.ID) != market.WeightsReplaced || state(third.ID) != market.WeightsInForce {
			t.Errorf("got %s and %s, want one in force", state(second.ID), state(third.ID))
		}
		if err := decide(second, market.WeightsReturn, "bộ mới gây phàn nàn"); err != nil {
			t.Fatal(err)
		}
		if state(second.ID) != market.WeightsInForce || state(third.ID) != market.WeightsReplaced {
			t.Errorf("returned: got %s and %s", state(second.ID), state(third.ID))
		}
		if err := decide(second, market.WeightsReplace, "về bộ gốc"); err != nil || state(second.ID) != market.WeightsReplaced {
			t.Errorf("back to the program's own: got %v, %s", err, state(second.ID))
		}
		held, err := store.Get[market.WeightSet](ctx, d.st, centre, second.ID)
		if err != nil || held.DecidedBy != chief.User || held.Why != "về bộ gốc" || held.DecidedAt.IsZero() {
			t.Errorf("got %v, %+v, want who, when and why", err, held)
		}
		entries, err := store.Find[market.AuditEntry](ctx, d.st, store.Query{Centre: centre, Index: "audit_by_document", Equal: []any{second.ID}})
		if err != nil || len(entries.Items) != 5 {
			t.Errorf("got %d audit entries (%v), want propose, approve, replace, return, replace", len(entries.Items), err)
		}
	})
}

// TestWaitingWeights holds that a worse proposal leaves a better one waiting, that one judged against weights no
// longer in force does not wait on, and that only a person decides.
func TestWaitingWeights(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := open(t, storetest.Embedded(t))
	chief := market.Actor{User: market.NewID(), Role: market.Administrator, Centre: centre}
	propose := func(digest, against string, worse ...string) market.ID {
		t.Helper()
		s := weightSet(digest, worse...)
		s.TodayDigest = against
		s, err := d.ProposeWeights(ctx, system, t0, s)
		if err != nil {
			t.Fatal(err)
		}
		return s.ID
	}
	want := func(id market.ID, state market.WeightsState) {
		t.Helper()
		if s, err := store.Get[market.WeightSet](ctx, d.st, centre, id); err != nil || s.State != state {
			t.Errorf("got %v, %s, want %s", err, s.State, state)
		}
	}
	decide := func(id market.ID, e market.WeightsEvent) {
		t.Helper()
		if _, err := d.DecideWeights(ctx, chief, t0, id, 0, e, "thử"); err != nil {
			t.Fatal(err)
		}
	}
	good := propose("a", "own")
	worse := propose("b", "own", "mrr")
	want(good, market.WeightsProposed)
	if _, err := d.DecideWeights(ctx, system, t0, good, 0, market.WeightsApprove, "tự duyệt"); market.KindOf(err) != market.Denied {
		t.Errorf("the program approves: got %v, want denied", err)
	}
	still := propose("c", "own", "gini")
	want(worse, market.WeightsOvertook)
	want(good, market.WeightsProposed)
	decide(good, market.WeightsApprove)
	want(good, market.WeightsInForce)
	want(still, market.WeightsOvertook)
	next := propose("d", "a")
	decide(good, market.WeightsReplace)
	want(next, market.WeightsOvertook)
}

// TestFairnessIsRecorded counts people of each group and keeps a closed month as it is.
func TestFairnessIsRecorded(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := open(t, storetest.Embedded(t))
	p := d.posting(9)
	var people []market.Worker
	for range 6 {
		w := d.worker("Lò Thị Thử")
		w.Sex, w.Priority = "f", []string{"disabled"}
		w, err := d.UpdateWorker(ctx, staff, t0, w)
		if err != nil {
			t.Fatal(err)
		}
		people = append(people, w)
	}
	list := market.Suggestions{Side: market.ForPosting, Subject: p.ID, Items: []market.Suggestion{{Posting: p.ID, Worker: people[0].ID, Parts: []market.Part{}}}}
	if err := d.RecordShowing(ctx, staff, t0, list, 1); err != nil {
		t.Fatal(err)
	}
	refs, err := d.Refer(ctx, staff, t0, refer(p.ID, people[1].ID))
	if err != nil {
		t.Fatal(err)
	}
	d.move(refs[0], market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralHire)
	month := market.MonthOf(t0)
	f, err := d.RecordFairness(ctx, system, t0, month)
	if err != nil || f.Closed {
		t.Fatalf("got %v, closed %v", err, f.Closed)
	}
	want := map[string][]int{"sex:f": {6, 1, 0, 1, 1}, "disability:yes": {6, 1, 0, 1, 1}, "commune:" + people[0].Commune: {6, 1, 0, 1, 1}, "ethnicity:unsaid": {6, 1, 0, 1, 1}}
	for _, g := range f.Groups {
		got, ok := want[g.Kind+":"+g.Code]
		for i := range got {
			if got[i] != g.Counts[i] {
				t.Errorf("%s:%s: got %v, want %v", g.Kind, g.Code, g.Counts, got)
			}
		}
		if !ok {
			t.Errorf("a group %s:%s of nobody", g.Kind, g.Code)
		}
	}
	later := t0.AddDate(0, 1, 0)
	if f, err = d.RecordFairness(ctx, system, later, month); err != nil || !f.Closed {
		t.Fatalf("a month that is over: got %v, closed %v", err, f.Closed)
	}
	d.worker("Người Mới")
	again, err := d.RecordFairness(ctx, system, later, month)
	if err != nil || again.Rev != f.Rev {
		t.Errorf("a closed month was reckoned again: %v", err)
	}
	if _, err := d.Fairness(ctx, staff, month); market.KindOf(err) != market.Denied {
		t.Errorf("a counsellor reads it: got %v, want denied", err)
	}
	department := market.Actor{User: market.NewID(), Role: market.Department, Centre: centre}
	if read, err := d.Fairness(ctx, department, month); err != nil || read.Month != month {
		t.Errorf("the department reads it: got %v", err)
	}
}

// TestShownIsWhatThePageShows keeps of a list what the page displayed, and adds what was opened later on the day.
func TestShownIsWhatThePageShows(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := open(t, storetest.Embedded(t))
	p := d.posting(9)
	list := market.Suggestions{Side: market.ForPosting, Subject: p.ID, Run: market.NewID()}
	for i := range 5 {
		list.Items = append(list.Items, market.Suggestion{Posting: p.ID, Worker: market.DerivedID("shown", string(rune('a'+i))), Score: 9 - i, Parts: []market.Part{}})
	}
	show := func(want string, shown int, places ...int) {
		t.Helper()
		if err := d.RecordShowing(ctx, staff, t0, list, shown, places...); err != nil {
			t.Fatal(err)
		}
		s, err := store.Get[market.Showing](ctx, d.st, centre, market.ShowingID(centre, market.DateOf(t0), market.Counsellor, market.ForPosting, p.ID))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i, item := range s.Items {
			if item.Other != list.Items[item.At(i)-1].Worker {
				t.Errorf("place %d: got another person", item.At(i))
			}
			got += string(rune('0' + item.At(i)))
		}
		if got != want {
			t.Errorf("places: got %s, want %s", got, want)
		}
	}
	show("3", 5, 2)
	show("123", 2)
	show("123", 5, 2)
	show("1235", 5, 4)
	list.Run = market.NewID()
	show("1235", 5)
}

func refer(posting market.ID, workers ...market.ID) casework.ReferralRequest {
	return casework.ReferralRequest{Posting: posting, Workers: workers}
}
