package casework_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

var boss = market.Actor{User: market.NewID(), Role: market.Administrator, Centre: centre}

// office is a desk on an embedded store of its own.
func office(t *testing.T) desk {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return open(t, st)
}

func (d desk) history(id market.ID) []market.AuditEntry {
	d.t.Helper()
	page, err := store.Find[market.AuditEntry](d.t.Context(), d.st, store.Query{Centre: centre, Index: "audit_by_document", Equal: []any{id}})
	if err != nil {
		d.t.Fatal(err)
	}
	return page.Items
}

func refusedWith(t *testing.T, err error, key string) {
	t.Helper()
	for _, p := range market.Problems(err) {
		if p.Key == key {
			return
		}
	}
	t.Errorf("got %v, want %s", err, key)
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	figure := market.Declared{Indicator: market.NewJobs, Line: "loan_fund", Month: "2026-10", Commune: "03127", Count: 215, Source: "12/BC-NHCS", SignedOn: "2026-11-02"}
	for key, spoil := range map[string]func(*market.Declared){
		"error.count":        func(f *market.Declared) { f.Count = -1 },
		"error.month.future": func(f *market.Declared) { f.Month = "2026-12" },
		"error.code.unknown": func(f *market.Declared) { f.Line = "elementary" }, // of training
		"error.required":     func(f *market.Declared) { f.Source = " " },
		"error.date.past":    func(f *market.Declared) { f.SignedOn = "2026-12-01" },
	} {
		bad := figure
		spoil(&bad)
		_, err := d.Declare(ctx, staff, t0, bad)
		refusedWith(t, err, key)
	}
	seeker := market.Actor{User: market.NewID(), Role: market.Seeker, Centre: centre}
	if _, err := d.Declare(ctx, seeker, t0, figure); market.KindOf(err) != market.Denied {
		t.Errorf("a seeker declares: got %v", err)
	}
	f, err := d.Declare(ctx, staff, t0, figure)
	if err != nil {
		t.Fatal(err)
	}
	again := figure
	again.Source = "12/bc-nhcs"
	if other, same, err := d.SameDeclared(ctx, staff, again); err != nil || !same || other.ID != f.ID {
		t.Errorf("same document, line and month: got %v, %v", same, err)
	}
	if _, same, _ := d.SameDeclared(ctx, staff, f); same {
		t.Error("a figure is the same as itself")
	}

	fixed := f
	fixed.Count = 216
	if _, err := d.CorrectDeclared(ctx, staff, t0, fixed, " "); market.KindOf(err) != market.Invalid {
		t.Errorf("corrected without a reason: got %v", err)
	}
	fixed, err = d.CorrectDeclared(ctx, staff, t0.Add(time.Minute), fixed, "cộng nhầm")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.CorrectDeclared(ctx, staff, t0, f, "bản cũ")
	refusedWith(t, err, "error.stale")
	last := d.history(f.ID)[1]
	if last.Action != "declared.correct" || last.From != "new_jobs.loan_fund.2026-10=215" || last.To != "new_jobs.loan_fund.2026-10=216" || last.Reason != "cộng nhầm" {
		t.Errorf("audit: got %+v, want the earlier and the later figure", last)
	}
	report := func() int {
		r, err := d.MonthReport(ctx, staff, "2026-10")
		if err != nil {
			t.Fatal(err)
		}
		line, _ := r.Line(market.NewJobs, "loan_fund")
		return line.Declared
	}
	if n := report(); n != 216 {
		t.Errorf("report: got %d, want 216", n)
	}
	if _, err := d.VoidDeclared(ctx, staff, t0, fixed.ID, fixed.Rev, "gửi nhầm đơn vị"); err != nil {
		t.Fatal(err)
	}
	if n := report(); n != 0 {
		t.Errorf("report with the figure voided: got %d, want 0", n)
	}
	_, err = d.VoidDeclared(ctx, staff, t0, fixed.ID, 0, "lần nữa")
	refusedWith(t, err, "error.declared.voided")
	if list, err := d.DeclaredIn(ctx, staff, "2026-10"); err != nil || len(list) != 1 || list[0].Voided == "" {
		t.Errorf("list: got %+v, %v, want the voided figure kept", list, err)
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	plan := market.Plan{Year: 2026, Targets: []market.Target{{Indicator: market.NewJobs, Line: market.Total, Count: 100}, {Indicator: market.NewJobs, Line: "loan_fund", Count: 101}}}
	_, err := d.SavePlan(ctx, boss, t0, plan)
	refusedWith(t, err, "error.plan.sum")
	plan.Targets[1].Count = 60 // less than the total is right: not every line has a target
	saved, err := d.SavePlan(ctx, boss, t0, plan)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.SavePlan(ctx, boss, t0, plan)
	refusedWith(t, err, "error.stale")
	saved.Targets = []market.Target{{Indicator: market.NewJobs, Line: market.Total, Count: 120}, {Indicator: market.NewJobs, Line: "loan_fund", Count: 60}}
	if saved, err = d.SavePlan(ctx, boss, t0.Add(time.Minute), saved); err != nil {
		t.Fatal(err)
	}
	if last := d.history(saved.ID)[1]; last.From != "new_jobs.total=100" || last.To != "new_jobs.total=120" {
		t.Errorf("audit: got %q to %q, want only what changed", last.From, last.To)
	}
	if _, err := d.SavePlan(ctx, staff, t0, saved); market.KindOf(err) != market.Denied {
		t.Errorf("a counsellor plans: got %v", err)
	}
	months, err := d.Months(ctx, staff, market.NewJobs, "2026-02", 3)
	if err != nil || len(months) != 3 || months[0].Month != "2025-12" || months[0].Plan != 0 || months[2].Plan != 10 {
		t.Errorf("months: got %+v, %v", months, err)
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	account := func(login string, role market.Role) market.User {
		t.Helper()
		u, err := d.SaveUser(ctx, system, t0, market.User{Login: login, Name: login, Role: role, Password: "x"})
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	first := account("mot", market.Administrator)
	t.Run("the last administrator stays", func(t *testing.T) {
		closed := first
		closed.Disabled = true
		_, err := d.SaveUser(ctx, system, t0, closed)
		refusedWith(t, err, "error.account.last")
		lower := first
		lower.Role = market.Counsellor
		_, err = d.SaveUser(ctx, system, t0, lower)
		refusedWith(t, err, "error.account.last")
		if _, err := d.SaveUser(ctx, system, t0, market.User{Login: "chua", Name: "Chưa có mật khẩu", Role: market.Administrator}); err != nil {
			t.Fatal(err)
		}
		_, err = d.SaveUser(ctx, system, t0, closed) // who cannot log in yet does not count
		refusedWith(t, err, "error.account.last")
	})
	t.Run("two administrators close each other", func(t *testing.T) {
		second := account("hai", market.Administrator)
		done := make(chan error, 2)
		for _, pair := range [][2]market.User{{first, second}, {second, first}} {
			go func() {
				other := pair[1]
				other.Disabled = true
				_, err := d.SaveUser(ctx, pair[0].Actor(), t0, other)
				done <- err
			}()
		}
		one, two := <-done, <-done
		if (one == nil) == (two == nil) {
			t.Errorf("got %v and %v, want exactly one to succeed", one, two)
		}
	})
	t.Run("a subject is needed and must exist", func(t *testing.T) {
		_, err := d.SaveUser(ctx, system, t0, market.User{Login: "ba", Name: "Ba", Role: market.EmployerRole, Subject: market.NewID()})
		refusedWith(t, err, "error.account.subject")
	})
	t.Run("only a change of access ends log-ins", func(t *testing.T) {
		u := account("bon", market.Counsellor)
		u.Name = "Tên Mới"
		u, err := d.SaveUser(ctx, system, t0, u)
		if err != nil || u.Epoch != 0 {
			t.Fatalf("new name: got epoch %d, %v", u.Epoch, err)
		}
		u.Role = market.Administrator
		if u, err = d.SaveUser(ctx, system, t0, u); err != nil || u.Epoch != 1 {
			t.Fatalf("new role: got epoch %d, %v", u.Epoch, err)
		}
		if u, err = d.EndSessions(ctx, system, t0, u.ID, u.Rev); err != nil || u.Epoch != 2 {
			t.Fatalf("ended: got epoch %d, %v", u.Epoch, err)
		}
	})
}

func TestSetupLink(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	u, err := d.SaveUser(ctx, system, t0, market.User{Login: "nam", Name: "Năm", Role: market.Counsellor})
	if err != nil {
		t.Fatal(err)
	}
	offer := func() string {
		t.Helper()
		var secret string
		if secret, u, err = d.OfferSetup(ctx, system, t0, u.ID, 0); err != nil {
			t.Fatal(err)
		}
		return secret
	}
	old, secret := offer(), offer()
	if u.SetupKey == secret || len(secret) != 52 {
		t.Errorf("the secret is stored as it is, or has %d letters", len(secret))
	}
	for name, try := range map[string]struct {
		secret string
		at     time.Time
	}{"replaced": {old, t0}, "too late": {secret, t0.Add(30*time.Minute + time.Millisecond)}, "made up": {secret[:26] + old[26:], t0}, "short": {"x", t0}} {
		if _, err := d.SetPassword(ctx, centre, try.at, try.secret, "hash"); !errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.setup.gone"}) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	u, err = d.SetPassword(ctx, centre, t0.Add(30*time.Minute), secret, "hash")
	if err != nil || u.Password != "hash" || u.Epoch != 1 {
		t.Fatalf("got %+v, %v", u, err)
	}
	_, err = d.SetPassword(ctx, centre, t0, secret, "other")
	refusedWith(t, err, "error.setup.gone")
	if _, _, err := d.OfferSetup(ctx, staff, t0, u.ID, 0); market.KindOf(err) != market.Denied {
		t.Errorf("a counsellor makes a link: got %v", err)
	}
}

func TestCentre(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	now, err := store.Get[market.CentreSettings](ctx, d.st, centre, centre)
	if err != nil {
		t.Fatal(err)
	}
	now.Director, now.Secret, now.Province = "Bà Giám Đốc Thử", "khác", "99"
	saved, err := d.SaveCentre(ctx, boss, t0, now)
	if err != nil || saved.Director != "Bà Giám Đốc Thử" || saved.Secret == "khác" || saved.Province != "11" {
		t.Errorf("got %+v, %v, want the director alone changed", saved, err)
	}
	_, err = d.SaveCentre(ctx, boss, t0, now)
	refusedWith(t, err, "error.stale")
	saved.Phone = "gọi sau"
	_, err = d.SaveCentre(ctx, boss, t0, saved)
	refusedWith(t, err, "error.phone.centre")
	if _, err := d.SaveCentre(ctx, staff, t0, saved); market.KindOf(err) != market.Denied {
		t.Errorf("a counsellor: got %v", err)
	}
}
