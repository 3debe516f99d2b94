package jobs

import (
	"context"
	"slices"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
	"noiviec/internal/taxonomy"
)

// day is an office whose clock can be moved.
type day struct {
	*Runner
	t  *testing.T
	at time.Time
}

func newDay(t *testing.T, r *Runner) *day {
	d := &day{Runner: r, t: t, at: now}
	clock := func() time.Time { return d.at }
	r.Now, r.Engine.cfg.Now = clock, clock
	return d
}

func (d *day) next() { d.at = d.at.AddDate(0, 0, 1) }

// list runs the nightly match and gives the postings on somebody's list.
func (d *day) list(worker market.ID) []market.ID {
	d.t.Helper()
	if _, err := d.Run(context.Background(), "match", "command", ""); err != nil {
		d.t.Fatal(err)
	}
	l, err := store.Get[market.Suggestions](context.Background(), d.Store, centre, market.SuggestionsID(centre, market.ForWorker, worker))
	if err != nil {
		d.t.Fatal(err)
	}
	var out []market.ID
	for _, item := range l.Items {
		out = append(out, item.Posting)
	}
	return out
}

// communeAt finds a commune of the own province in a band of distances from home.
func communeAt(t *testing.T, tax *taxonomy.Taxonomy, home string, least, most float64) string {
	t.Helper()
	for _, c := range tax.WithinKm(home, most) {
		if c.Km > least && c.Commune.Province == "11" {
			return c.Commune.Code
		}
	}
	t.Fatalf("no commune between %v and %v km of %s", least, most, home)
	return ""
}

// TestRefusalChangesTomorrow holds every rule to what it is for: what is refused today is not offered tomorrow, what
// it does not speak of still is, and taking it back brings the rest back.
func TestRefusalChangesTomorrow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDay(t, office(t, storetest.Embedded(t), 1, 0))
	worker := meta("w", 0).ID
	near, far := "03127", communeAt(t, d.Tax, "03127", 22, 38)
	firm := func(i int) market.ID { return meta("e", i).ID }
	n := 0
	posting := func(change func(*market.Posting)) market.ID {
		t.Helper()
		p := market.Posting{Meta: meta("q", n), Title: "Thợ hàn", Occupation: "7212", Openings: 2, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
			Pay:        market.Pay{Min: 9_000_000, Max: 9_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated},
			Workplaces: []market.Workplace{{Commune: near, Province: "11"}}, Channel: "in_province", Employer: firm(n)}
		n++
		if change != nil {
			change(&p)
		}
		if err := d.Store.Apply(ctx, store.Put(&p)); err != nil {
			t.Fatal(err)
		}
		return p.ID
	}
	there := func(p *market.Posting) { p.Workplaces = []market.Workplace{{Commune: far, Province: "11"}} }
	poor := func(p *market.Posting) { p.Pay.Min, p.Pay.Max = 6_000_000, 6_000_000 }
	ofOne := func(p *market.Posting) { p.Employer = firm(900) }
	good := posting(nil)
	fars, poors, ones := []market.ID{posting(there), posting(there), posting(there)}, []market.ID{posting(poor), posting(poor), posting(poor)}, []market.ID{posting(ofOne), posting(ofOne), posting(ofOne)}
	self := market.Actor{User: market.NewID(), Role: market.Seeker, Centre: centre, Subject: worker}
	refuse := func(id market.ID, reason string) {
		t.Helper()
		if err := d.Desk.RefusePosting(ctx, self, d.at, id, reason); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(when string, list []market.ID, has []market.ID, hasNot []market.ID) {
		t.Helper()
		for _, id := range has {
			if !slices.Contains(list, id) {
				t.Errorf("%s: a posting that should be offered is not", when)
			}
		}
		for _, id := range hasNot {
			if slices.Contains(list, id) {
				t.Errorf("%s: a posting that should not be offered is", when)
			}
		}
	}
	all := slices.Concat([]market.ID{good}, fars, poors, ones)
	expect("before", d.list(worker), all, nil)
	refuse(fars[0], "too_far")
	refuse(poors[0], "pay_low")
	refuse(ones[0], "conditions")
	d.next()
	expect("once too far, once too little, one job of a firm", d.list(worker), slices.Concat([]market.ID{good}, fars[1:], poors[1:], ones[1:]), slices.Concat(poors[:1], fars[:1], ones[:1]))
	refuse(fars[1], "too_far")
	refuse(poors[1], "pay_low")
	refuse(ones[1], "not_interested")
	d.next()
	expect("twice too far, twice too little, two jobs of a firm", d.list(worker), []market.ID{good}, all[1:])
	w, err := d.Desk.DropLearned(ctx, self, d.at, worker, 0, "radius:")
	if err != nil || len(w.LearnedNow(market.DateOf(d.at))) != 2 {
		t.Fatalf("take back: %v, left %v, want two", err, w.LearnedNow(market.DateOf(d.at)))
	}
	d.next()
	expect("the radius taken back", d.list(worker), []market.ID{good, fars[2]}, slices.Concat(fars[:2], poors, ones))
	refuse(good, "already_working")
	d.next()
	if got := d.list(worker); len(got) != 0 {
		t.Errorf("works already: got %d offers, want none", len(got))
	}
	d.at = d.at.AddDate(0, 0, 91)
	for _, id := range slices.Concat(all) {
		p, err := store.Get[market.Posting](ctx, d.Store, centre, id)
		if err != nil {
			t.Fatal(err)
		}
		p.ConfirmedOn = market.DateOf(d.at)
		if err := d.Store.Apply(ctx, store.Put(&p)); err != nil {
			t.Fatal(err)
		}
	}
	expect("after ninety days only what was refused itself stays away", d.list(worker), []market.ID{fars[2], poors[2], ones[2]}, []market.ID{good, fars[0], fars[1], poors[0], poors[1], ones[0], ones[1]})
	said, err := store.Get[market.Worker](ctx, d.Store, centre, worker)
	if err != nil || said.Mobility.Kind != "" || said.Wishes[0].Pay.Known() {
		t.Errorf("what the person said was overwritten: %+v %+v (%v)", said.Mobility, said.Wishes, err)
	}
}

// TestRejectionTeaches holds a counsellor's rejection to the person's own, and taking it back to taking it back.
func TestRejectionTeaches(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDay(t, office(t, storetest.Embedded(t), 2, 1))
	worker, posting := meta("w", 0).ID, meta("p", 0).ID
	if got := d.list(worker); len(got) != 1 {
		t.Fatalf("got %d offers, want 1", len(got))
	}
	m, err := d.Desk.DecideMatch(ctx, staff, d.at, matchDecision(posting, worker, 0, market.MatchReject, "health"))
	if err != nil || m.Side != market.ForPosting || m.Place < 1 || m.Of < 1 || m.Chance < 1 || m.Shown.Score == 0 || m.Weights == "" {
		t.Fatalf("reject: %v, kept %+v", err, m)
	}
	w, err := store.Get[market.Worker](ctx, d.Store, centre, worker)
	if err != nil || len(w.Refusals) != 1 || w.Refusals[0].Shown.Place != m.Place || w.Refusals[0].Shown.Parts["occupation"] == 0 {
		t.Fatalf("got %v, %+v, want the refusal with what was shown", err, w.Refusals)
	}
	d.next()
	if got := d.list(worker); len(got) != 0 {
		t.Errorf("the day after: got %d offers, want none", len(got))
	}
	if _, err := d.Desk.DecideMatch(ctx, staff, d.at, matchDecision(posting, worker, m.Rev, market.MatchUndo, "")); err != nil {
		t.Fatal(err)
	}
	d.next()
	if got := d.list(worker); len(got) != 1 {
		t.Errorf("taken back: got %d offers, want 1", len(got))
	}
}

// TestEmployersNo holds that an employer's no keeps the pair apart and is kept with the person, and that a full
// posting says nothing about them.
func TestEmployersNo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for reason, want := range map[string]int{"skills_short": 1, "seats_taken": 0} {
		d := newDay(t, office(t, storetest.Embedded(t), 1, 1))
		worker, posting := meta("w", 0).ID, meta("p", 0).ID
		d.list(worker)
		refs, err := d.Desk.Refer(ctx, staff, d.at, referralRequest(posting, worker))
		if err != nil || refs[0].Shown.Place == 0 {
			t.Fatalf("refer: %v, kept %+v", err, refs)
		}
		r := refs[0]
		for _, e := range []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralReject} {
			if r, err = d.Desk.MoveReferral(ctx, staff, d.at, r.ID, r.Rev, e, market.ReferralStep{Reason: reason}); err != nil {
				t.Fatal(err)
			}
		}
		w, err := store.Get[market.Worker](ctx, d.Store, centre, worker)
		if err != nil || len(w.Declines) != want || len(w.Refusals) != 0 {
			t.Errorf("%s: got %v, declines %+v, refusals %+v, want %d declines", reason, err, w.Declines, w.Refusals, want)
		}
		d.next()
		if got := d.list(worker); len(got) != 1-want {
			t.Errorf("%s: got %d offers, want %d", reason, len(got), 1-want)
		}
	}
}

func matchDecision(posting, worker market.ID, rev int64, e market.MatchEvent, reason string) casework.MatchDecision {
	return casework.MatchDecision{Posting: posting, Worker: worker, Rev: rev, Event: e, Reason: reason}
}

func referralRequest(posting, worker market.ID) casework.ReferralRequest {
	return casework.ReferralRequest{Posting: posting, Workers: []market.ID{worker}}
}
