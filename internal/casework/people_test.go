package casework_test

import (
	"context"
	"errors"
	"testing"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

func TestSamePeople(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		w := d.worker("Lò Thị Thử")
		for _, c := range []struct {
			name  string
			like  market.Worker
			found bool
		}{
			{"year only, without marks", market.Worker{Name: "lo thi  thu", Born: "1999", Commune: w.Commune}, true},
			{"commune not known", market.Worker{Name: "Lò Thị Thử", Born: "1999"}, true},
			{"decomposed letters", market.Worker{Name: "Lo\u0300 Thi\u0323 Thu\u031b\u0309", Born: "1999", Commune: w.Commune}, true},
			{"another commune", market.Worker{Name: "Lò Thị Thử", Born: "1999", Commune: "03130"}, false},
			{"another year", market.Worker{Name: "Lò Thị Thử", Born: "1998", Commune: w.Commune}, false},
			{"oneself", w, false},
		} {
			got, err := d.SamePeople(ctx, staff, c.like)
			if err != nil || (len(got) == 1) != c.found {
				t.Errorf("%s: got %d people, %v, want found %v", c.name, len(got), err, c.found)
			}
		}
		byPhone, err := d.FindPeople(ctx, staff, "0912345678", "", "", 10)
		if err != nil || len(byPhone) != 1 {
			t.Errorf("by phone: got %d, %v, want 1", len(byPhone), err)
		}
		seeker := market.Actor{User: market.NewID(), Role: market.Seeker, Centre: centre, Subject: w.ID}
		if _, err := d.FindPeople(ctx, seeker, "0912345678", "", "", 10); market.KindOf(err) != market.Denied {
			t.Errorf("a seeker searching people gave %v, want denied", err)
		}
	})
}

func TestCaseFile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		w := d.worker("Giàng A Thử")
		u, err := d.SaveUser(ctx, system, t0, market.User{Login: "cb", Name: "Cán bộ Thử", Role: market.Counsellor, Password: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.AssignWorker(ctx, staff, t0, w.ID, w.Rev, market.NewID()); market.KindOf(err) != market.Invalid {
			t.Errorf("hand over to nobody we know gave %v", err)
		}
		if w, err = d.AssignWorker(ctx, staff, t0, w.ID, w.Rev, u.ID); err != nil || w.Counsellor != u.ID {
			t.Fatalf("take over: %v %s", err, w.Counsellor)
		}
		if _, err := d.MoveWorker(ctx, staff, t0, w.ID, w.Rev, market.WorkerWithdraw, " "); market.KindOf(err) != market.Invalid {
			t.Errorf("withdraw without reason gave %v", err)
		}
		if w, err = d.MoveWorker(ctx, staff, t0, w.ID, w.Rev, market.WorkerWithdraw, "tự xin rút"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.MoveWorker(ctx, staff, t0, w.ID, w.Rev, market.WorkerResume, ""); market.KindOf(err) != market.Invalid {
			t.Errorf("resume without consent gave %v", err)
		}
		if w, err = d.ConsentAgain(ctx, staff, t0, w.ID, w.Rev, market.Consent{Version: "2", At: t0, Channel: "spoken"}); err != nil || !w.Available() || w.Consent.Version != "2" {
			t.Errorf("consent again: %v, available %v", err, w.Available())
		}
		if _, err := d.AddContact(ctx, staff, t0, market.Contact{Worker: w.ID, Kind: "gossip", Text: "x"}); market.KindOf(err) != market.Invalid {
			t.Errorf("a line of an unknown kind gave %v", err)
		}
		if _, err := d.AddContact(ctx, staff, t0, market.Contact{Worker: w.ID, Kind: "call", Text: "x", At: t0.AddDate(0, 0, 2)}); market.KindOf(err) != market.Invalid {
			t.Errorf("a line of the day after tomorrow gave %v", err)
		}
	})
}

func TestVoidPlacement(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		w, p := d.worker("Lò Thị Thử"), d.posting(1)
		refs, err := d.Refer(ctx, staff, t0, casework.ReferralRequest{Posting: p.ID, Workers: []market.ID{w.ID}})
		if err != nil {
			t.Fatal(err)
		}
		r := d.move(refs[0], market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralHire, market.ReferralStart)
		placed, err := d.RecordPlacement(ctx, system, t0, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.MoveReferral(ctx, staff, t0, r.ID, 0, market.ReferralUndo, market.ReferralStep{}); market.KindOf(err) != market.Denied {
			t.Errorf("undoing a start without its placement gave %v", err)
		}
		if _, err := d.VoidPlacement(ctx, staff, t0, placed.ID, placed.Rev, ""); market.KindOf(err) != market.Invalid {
			t.Errorf("void without reason gave %v", err)
		}
		if _, err := d.VoidPlacement(ctx, staff, t0, placed.ID, placed.Rev+7, "nhầm người"); !errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.stale"}) {
			t.Errorf("void of a stale revision gave %v", err)
		}
		if placed, err = d.VoidPlacement(ctx, staff, t0, placed.ID, placed.Rev, "nhầm người"); err != nil || placed.State != market.PlacementVoid || placed.NextDue != "" {
			t.Fatalf("void: %v %s", err, placed.State)
		}
		report, err := d.MonthReport(ctx, staff, "2026-11")
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range report.Lines {
			if line.Evidenced != 0 {
				t.Errorf("the report still counts %d in %s", line.Evidenced, line.Line)
			}
		}
		posting, _ := store.Get[market.Posting](ctx, d.st, centre, p.ID)
		employer, _ := store.Get[market.Employer](ctx, d.st, centre, p.Employer)
		person, _ := store.Get[market.Worker](ctx, d.st, centre, w.ID)
		referral, _ := store.Get[market.Referral](ctx, d.st, centre, r.ID)
		if posting.Taken != 0 || posting.State != market.PostingOpen || employer.Hired != 0 || person.State != market.WorkerSeeking || referral.State != market.ReferralCancelled {
			t.Errorf("after it: %d taken in a %s posting, %d hired, a %s person, a %s referral", posting.Taken, posting.State, employer.Hired, person.State, referral.State)
		}
		if _, err := d.RecordPlacement(ctx, system, t0, r.ID); err != nil {
			t.Errorf("recording again gave %v, want the void one as it is", err)
		}
	})
}
