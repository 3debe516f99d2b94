package casework_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/internal/taxonomy"
)

var (
	centre = market.DerivedID("centre", "test")
	system = market.SystemActor(centre)
	staff  = market.Actor{User: market.NewID(), Role: market.Counsellor, Centre: centre}
	t0     = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
)

type desk struct {
	*casework.Desk
	t  *testing.T
	st *store.Store
}

func open(t *testing.T, st *store.Store) desk {
	t.Helper()
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := desk{casework.New(st, tax), t, st}
	if _, err := d.OpenCentre(context.Background(), t0, market.CentreSettings{Meta: market.Meta{ID: centre}, Name: "Thử", Province: "11"}); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d desk) worker(name string) market.Worker {
	d.t.Helper()
	w, err := d.RegisterWorker(context.Background(), staff, t0, market.Worker{Name: name, Born: "1999-02-03", Commune: "03127", Phones: []string{"0912 345 678"},
		Consent: market.Consent{Version: "1", At: t0}})
	if err != nil {
		d.t.Fatal(err)
	}
	return w
}

func (d desk) posting(openings int) market.Posting {
	d.t.Helper()
	ctx := context.Background()
	e, err := d.RegisterEmployer(ctx, market.Actor{Role: market.Anyone, Centre: centre}, t0, market.Employer{Name: "Công ty Ví Dụ", TaxCode: string(market.NewID()[:0]) + "01" + digits8()})
	if err != nil {
		d.t.Fatal(err)
	}
	if e, err = d.MoveEmployer(ctx, staff, t0, e.ID, e.Rev, market.EmployerVerify, ""); err != nil {
		d.t.Fatal(err)
	}
	boss := market.Actor{User: market.NewID(), Role: market.EmployerRole, Centre: centre, Subject: e.ID}
	p, err := d.SavePosting(ctx, boss, t0, market.Posting{Title: "Thợ may", Openings: openings, Workplaces: []market.Workplace{{Commune: "03127"}}})
	if err != nil {
		d.t.Fatal(err)
	}
	if p, err = d.MovePosting(ctx, boss, t0, p.ID, p.Rev, market.PostingSubmit, ""); err != nil {
		d.t.Fatal(err)
	}
	if p, err = d.MovePosting(ctx, staff, t0, p.ID, p.Rev, market.PostingApprove, ""); err != nil {
		d.t.Fatal(err)
	}
	return p
}

var serial atomic.Int64

func digits8() string {
	n := serial.Add(1) + 10_000_000
	out := make([]byte, 8)
	for i := range out {
		out[7-i] = byte('0' + n%10)
		n /= 10
	}
	return string(out)
}

func (d desk) move(r market.Referral, events ...market.ReferralEvent) market.Referral {
	d.t.Helper()
	for _, e := range events {
		step := market.ReferralStep{}
		if e == market.ReferralHire {
			step.On = market.DateOf(t0)
		}
		var err error
		if r, err = d.MoveReferral(context.Background(), staff, t0, r.ID, r.Rev, e, step); err != nil {
			d.t.Fatalf("%s: %v", e, err)
		}
	}
	return r
}

// TestJourney walks a vacancy to the report, with the audit counted at every decision.
func TestJourney(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		w, p, other := d.worker("Lò Thị Thử"), d.posting(1), d.posting(3)
		m, err := d.DecideMatch(ctx, staff, t0, casework.MatchDecision{Posting: p.ID, Worker: w.ID, Event: market.MatchApprove})
		if err != nil || m.State != market.MatchApproved {
			t.Fatalf("approve: %v %s", err, m.State)
		}
		if _, err := d.DecideMatch(ctx, staff, t0, casework.MatchDecision{Posting: p.ID, Worker: w.ID, Event: market.MatchReject, Reason: "too_far"}); market.KindOf(err) != market.Conflict {
			t.Errorf("a second person's decision on what they saw before gave %v, want a conflict", err)
		}
		refs, err := d.Refer(ctx, staff, t0, casework.ReferralRequest{Posting: p.ID, Workers: []market.ID{w.ID}})
		if err != nil || refs[0].Match != m.ID || refs[0].Number == "" {
			t.Fatalf("refer: %v %+v", err, refs)
		}
		if _, err := d.Refer(ctx, staff, t0, casework.ReferralRequest{Posting: p.ID, Workers: []market.ID{w.ID}}); !errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.referral.exists"}) {
			t.Errorf("a second referral to the same posting gave %v", err)
		}
		also, err := d.Refer(ctx, staff, t0, casework.ReferralRequest{Posting: other.ID, Workers: []market.ID{w.ID}})
		if err != nil {
			t.Fatal(err)
		}
		r := d.move(refs[0], market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralHire)
		full, _ := store.Get[market.Posting](ctx, d.st, centre, p.ID)
		if full.State != market.PostingFilled || full.Taken != 1 {
			t.Errorf("after the hire the posting is %s with %d taken, want filled with 1", full.State, full.Taken)
		}
		if _, err := d.RecordPlacement(ctx, system, t0, r.ID); market.KindOf(err) != market.Conflict {
			t.Errorf("a placement before the start gave %v", err)
		}
		r = d.move(r, market.ReferralStart)
		first, err := d.RecordPlacement(ctx, system, t0, r.ID)
		if err != nil || first.Channel != "in_province" || first.Month != "2026-11" {
			t.Fatalf("placement: %v %+v", err, first)
		}
		if again, err := d.RecordPlacement(ctx, system, t0, r.ID); err != nil || again.ID != first.ID || again.Rev != first.Rev {
			t.Errorf("recorded again: %v, revision %d", err, again.Rev)
		}
		closed, _ := store.Get[market.Referral](ctx, d.st, centre, also[0].ID)
		if closed.State != market.ReferralElsewhere {
			t.Errorf("the other referral is %s, want found_elsewhere", closed.State)
		}
		person, _ := store.Get[market.Worker](ctx, d.st, centre, w.ID)
		if person.State != market.WorkerEmployed {
			t.Errorf("the person is %s, want employed", person.State)
		}
		report, err := d.MonthReport(ctx, staff, "2026-11")
		line, _ := report.Line(market.NewJobs, "in_province")
		if err != nil || line.Evidenced != 1 || line.Declared != 0 || line.Cumulative != 1 {
			t.Errorf("report: %v %+v, want one evidenced", err, line)
		}
		n := 0
		if err := store.Each(ctx, d.st, centre, func(a market.AuditEntry) error { n++; return nil }); err != nil || n != 22 {
			t.Errorf("%d audit entries (%v), want 22: one for each decision", n, err)
		}
	})
}

// TestSeats lets many people hire on few seats at once.
func TestSeats(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		const seats, people = 10, 200
		p := d.posting(seats)
		referrals := make([]market.Referral, 0, people)
		var ops []store.Op
		for range people {
			w := market.Worker{Meta: market.Meta{ID: market.NewID(), Centre: centre, RecordedAt: t0}, Name: "Thử", State: market.WorkerSeeking}
			r := market.Referral{Meta: market.Meta{ID: market.NewID(), Centre: centre, RecordedAt: t0}, Posting: p.ID, Worker: w.ID, State: market.ReferralInterview, Channel: "in_province"}
			ops = append(ops, store.Put(&w), store.Put(&r))
			referrals = append(referrals, r)
		}
		if err := d.st.Apply(ctx, ops...); err != nil {
			t.Fatal(err)
		}
		var hired, refused atomic.Int32
		var wait sync.WaitGroup
		for _, r := range referrals {
			wait.Go(func() {
				_, err := d.MoveReferral(ctx, staff, t0, r.ID, 1, market.ReferralHire, market.ReferralStep{On: "2026-12-01"})
				switch {
				case err == nil:
					hired.Add(1)
				case errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.posting.full"}):
					refused.Add(1)
				default:
					t.Errorf("hire: %v", err)
				}
			})
		}
		wait.Wait()
		after, err := store.Get[market.Posting](ctx, d.st, centre, p.ID)
		if hired.Load() != seats || refused.Load() != people-seats || after.Taken != seats || after.State != market.PostingFilled || err != nil {
			t.Errorf("%d hired, %d refused, %d taken, %s (%v); want %d, %d, %d, filled", hired.Load(), refused.Load(), after.Taken, after.State, err, seats, people-seats, seats)
		}
	})
}

// TestWaiversAreStaffs keeps people's limits and the state of a posting out of an employer's edit; its own certificates
// it may do without.
func TestWaiversAreStaffs(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := open(t, storetest.Embedded(t))
	p := d.posting(2)
	boss := market.Actor{User: market.NewID(), Role: market.EmployerRole, Centre: centre, Subject: p.Employer}
	save := func(by market.Actor, want string, waives ...string) {
		t.Helper()
		p.Waives = waives
		var err error
		if p, err = d.SavePosting(ctx, by, t0, p); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(p.Waives, " "); got != want {
			t.Errorf("%s sent %v: got %q, want %q", by.Role, waives, got, want)
		}
	}
	save(boss, "certificate_missing", "too_far", "certificate_missing", "posting_closed")
	save(staff, "too_far certificate_missing", "too_far", "certificate_missing")
	save(boss, "too_far")
	q := market.Posting{Title: "Thợ hàn", Openings: 1, Workplaces: p.Workplaces, Waives: []string{"posting_closed", "pay_below_floor"}}
	if q, err := d.SavePosting(ctx, boss, t0, q); err != nil || len(q.Waives) > 0 {
		t.Errorf("a new one: got %v, %v", q.Waives, err)
	}
}

// TestPermission tries what each role may not do.
func TestPermission(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := open(t, storetest.Embedded(t))
	p, w := d.posting(2), d.worker("Giàng A Thử")
	stranger := market.Actor{User: market.NewID(), Role: market.EmployerRole, Centre: centre, Subject: market.NewID()}
	seeker := market.Actor{User: market.NewID(), Role: market.Seeker, Centre: centre, Subject: market.NewID()}
	nobody := market.Actor{Role: market.Anyone, Centre: centre}
	tries := map[string]struct {
		do   func() error
		kind market.Kind
	}{
		"employer edits another's posting": {func() error { q := p; _, err := d.SavePosting(ctx, stranger, t0, q); return err }, market.NotFound},
		"employer approves a posting": {func() error {
			_, err := d.MovePosting(ctx, stranger, t0, p.ID, p.Rev, market.PostingApprove, "")
			return err
		}, market.Denied},
		"seeker edits another's profile": {func() error { _, err := d.UpdateWorker(ctx, seeker, t0, w); return err }, market.NotFound},
		"seeker decides a match": {func() error {
			_, err := d.DecideMatch(ctx, seeker, t0, casework.MatchDecision{Posting: p.ID, Worker: w.ID, Event: market.MatchApprove})
			return err
		}, market.Denied},
		"nobody refers": {func() error {
			_, err := d.Refer(ctx, nobody, t0, casework.ReferralRequest{Posting: p.ID, Workers: []market.ID{w.ID}})
			return err
		}, market.Unauthenticated},
		"counsellor writes the plan": {func() error { _, err := d.SavePlan(ctx, staff, t0, market.Plan{Year: 2026}); return err }, market.Denied},
		"counsellor makes an administrator": {func() error {
			_, err := d.SaveUser(ctx, staff, t0, market.User{Login: "x", Name: "x", Role: market.Administrator})
			return err
		}, market.Denied},
		"registration without consent": {func() error { _, err := d.RegisterWorker(ctx, nobody, t0, market.Worker{Name: "x"}); return err }, market.Invalid},
		"a name of 300 letters": {func() error {
			x := w
			x.Name = string(make([]rune, 0)) + long(300)
			_, err := d.UpdateWorker(ctx, staff, t0, x)
			return err
		}, market.Invalid},
		"a deadline in the past": {func() error {
			q := market.Posting{Title: "x", Openings: 1, Employer: p.Employer, Deadline: "2020-01-01"}
			_, err := d.SavePosting(ctx, staff, t0, q)
			return err
		}, market.Invalid},
		"a commune that is no more": {func() error { x := w; x.Commune = "99999"; _, err := d.UpdateWorker(ctx, staff, t0, x); return err }, market.Invalid},
	}
	for name, try := range tries {
		t.Run(name, func(t *testing.T) {
			if err := try.do(); market.KindOf(err) != try.kind {
				t.Errorf("got %v, want %s", err, try.kind)
			}
		})
	}
}

func long(n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = 'ấ'
	}
	return string(out)
}

// TestDecomposedText stores typed text composed, whatever the keyboard sent.
func TestDecomposedText(t *testing.T) {
	t.Parallel()
	d := open(t, storetest.Embedded(t))
	if w := d.worker("Lò Văn Thử"); w.Name != "Lò Văn Thử" {
		t.Errorf("stored %q, want it composed", w.Name)
	}
}
