package market_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
)

var today = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)

// no is one refusal of so many days ago.
func no(reason string, days int, o market.Offer) market.Refusal {
	return market.Refusal{Posting: market.NewID(), Employer: "firm", Reason: reason, At: today.AddDate(0, 0, -days), Offer: o}
}

// learned gives what stands by key, as one text each.
func learned(w market.Worker) map[string]market.Learned {
	out := map[string]market.Learned{}
	for _, l := range w.LearnedNow(market.DateOf(today)) {
		l.From, l.On, l.Until = nil, "", ""
		out[l.Key()] = l
	}
	return out
}

func TestLearn(t *testing.T) {
	t.Parallel()
	far := func(km int) market.Offer { return market.Offer{Km: km} }
	away := market.Offer{Km: 700, Away: true}
	million := func(n int64) market.Offer { return market.Offer{Pay: n * 1_000_000} }
	wants := func(n int64) market.Worker {
		return market.Worker{Wishes: []market.Wish{{Pay: market.Pay{Min: n * 1_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}}}}
	}
	welder := market.Worker{Skills: []market.HeldSkill{{ID: "han", Level: 3, Evidence: market.SelfStated}, {ID: "may-cn", Level: 3, Evidence: market.Confirmed}},
		Certificates: []market.HeldCertificate{{ID: "6g"}, {ID: "b2", CheckedBy: "somebody"}}, Languages: []market.HeldLanguage{{Language: "ko", Level: 3}}}
	for name, c := range map[string]struct {
		w        market.Worker
		refusals []market.Refusal
		declines []market.Refusal
		want     map[string]market.Learned
	}{
		"too far once says nothing": {refusals: []market.Refusal{no("too_far", 1, far(35))}},
		"too far twice narrows to the band below the nearest": {refusals: []market.Refusal{no("too_far", 1, far(62)), no("too_far", 3, far(35))},
			want: map[string]market.Learned{"radius:": {Kind: market.LearnedRadius, Km: 20, Reason: "too_far"}}},
		"never below five kilometres": {refusals: []market.Refusal{no("too_far", 1, far(4)), no("family", 3, far(5)), no("too_far", 3, far(5))},
			want: map[string]market.Learned{"radius:": {Kind: market.LearnedRadius, Km: 5, Reason: "too_far"}}},
		"what was said is stricter": {w: market.Worker{Mobility: market.Mobility{Kind: market.WithinKm, Km: 10}}, refusals: []market.Refusal{no("too_far", 1, far(35)), no("too_far", 3, far(35))}},
		"too far twice outside the province": {w: market.Worker{Mobility: market.Mobility{Kind: market.Anywhere}}, refusals: []market.Refusal{no("too_far", 1, away), no("family", 3, away)},
			want: map[string]market.Learned{"province:": {Kind: market.LearnedProvince, Reason: "too_far"}}},
		"who would leave is not narrowed at home": {w: market.Worker{Mobility: market.Mobility{Kind: market.Anywhere}}, refusals: []market.Refusal{no("too_far", 1, far(35)), no("too_far", 3, far(35))}},
		"three months ago is forgotten":           {refusals: []market.Refusal{no("too_far", 91, far(35)), no("too_far", 1, far(35))}},
		"pay lifts the floor above the best refused": {w: wants(7), refusals: []market.Refusal{no("pay_low", 2, million(7)), no("pay_low", 1, market.Offer{Pay: 8_350_000})},
			want: map[string]market.Learned{"floor:": {Kind: market.LearnedFloor, Pay: 8_400_000, Reason: "pay_low"}}},
		"of a range its least was too low": {w: wants(7), refusals: []market.Refusal{no("pay_low", 1, market.Offer{Pay: 40_000_000, PayLeast: 8_000_000})},
			want: map[string]market.Learned{"floor:": {Kind: market.LearnedFloor, Pay: 8_100_000, Reason: "pay_low"}}},
		"with nothing named one refused pay says nothing": {refusals: []market.Refusal{no("pay_low", 1, million(40))}},
		"with nothing named the lower of two counts": {refusals: []market.Refusal{no("pay_low", 2, million(40)), no("pay_low", 1, million(9))},
			want: map[string]market.Learned{"floor:": {Kind: market.LearnedFloor, Pay: 9_100_000, Reason: "pay_low"}}},
		"the lowest of all that was named counts": {w: market.Worker{Wishes: append(wants(8).Wishes, market.Wish{Pay: market.Pay{Min: 7_000_000, Max: 9_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}})},
			refusals: []market.Refusal{no("pay_low", 1, million(12))},
			want:     map[string]market.Learned{"floor:": {Kind: market.LearnedFloor, Pay: 9_100_000, Reason: "pay_low"}}},
		"by at most three tenths of what was named": {w: wants(6), refusals: []market.Refusal{no("pay_low", 2, million(12))},
			want: map[string]market.Learned{"floor:": {Kind: market.LearnedFloor, Pay: 7_800_000, Reason: "pay_low"}}},
		"an offer below the named floor teaches nothing": {w: wants(9), refusals: []market.Refusal{no("pay_low", 2, million(7))}},
		"pay that nobody stated teaches nothing":         {refusals: []market.Refusal{no("pay_low", 2, market.Offer{})}},
		"night work does not go with the family": {refusals: []market.Refusal{no("family", 2, market.Offer{Shift: "night"}), no("health", 2, market.Offer{Shift: "night"}), no("family", 9, market.Offer{Shift: "night"})},
			want: map[string]market.Learned{"shift:night": {Kind: market.LearnedShift, Code: "night", Reason: "family"}}},
		"a shift one asked for stays": {w: market.Worker{Wishes: []market.Wish{{Shift: []string{"night"}}}}, refusals: []market.Refusal{no("family", 2, market.Offer{Shift: "night"}), no("family", 2, market.Offer{Shift: "night"})}},
		"health spares the back": {refusals: []market.Refusal{no("health", 2, market.Offer{Lifting: 3})},
			want: map[string]market.Learned{"lifting:": {Kind: market.LearnedLifting, Level: 2, Reason: "health"}}},
		"a language counts one step lower": {w: welder, refusals: []market.Refusal{no("language", 2, market.Offer{Languages: []market.HeldLanguage{{Language: "ko", Level: 3}}})},
			want: map[string]market.Learned{"language:ko": {Kind: market.LearnedLanguage, Code: "ko", Level: 2, Reason: "language"}}},
		"one who works already rests a month": {refusals: []market.Refusal{no("already_working", 29, market.Offer{})},
			want: map[string]market.Learned{"rest:": {Kind: market.LearnedRest, Reason: "already_working"}}},
		"and no longer": {refusals: []market.Refusal{no("already_working", 31, market.Offer{})}},
		"one firm twice": {refusals: []market.Refusal{no("conditions", 2, market.Offer{}), no("not_interested", 2, market.Offer{}), no("conditions", 3, market.Offer{})},
			want: map[string]market.Learned{"employer:firm": {Kind: market.LearnedEmployer, Code: "firm", Reason: "conditions"}}},
		"two employers miss a skill that only the person claims": {w: welder, declines: []market.Refusal{no("skills_short", 2, market.Offer{Skills: []string{"han", "may-cn"}}), no("skills_short", 3, market.Offer{Skills: []string{"han", "may-cn"}})},
			want: map[string]market.Learned{"skill:han": {Kind: market.LearnedSkill, Code: "han", Reason: "skills_short"}}},
		"one employer misses a certificate nobody has seen": {w: welder, declines: []market.Refusal{no("certificate_missing", 2, market.Offer{Certificates: []string{"6g", "b2"}})},
			want: map[string]market.Learned{"certificate:6g": {Kind: market.LearnedCertificate, Code: "6g", Reason: "certificate_missing"}}},
		"not coming twice asks for a call": {declines: []market.Refusal{no("no_show", 2, market.Offer{}), no("no_show", 20, market.Offer{})},
			want: map[string]market.Learned{"call_first:": {Kind: market.LearnedCallFirst, Reason: "no_show"}}},
		"a full posting says nothing of the person": {w: welder, declines: []market.Refusal{no("seats_taken", 1, market.Offer{Skills: []string{"han"}}), no("seats_taken", 1, market.Offer{Skills: []string{"han"}})}},
	} {
		t.Run(name, func(t *testing.T) {
			w := c.w
			w.Refusals, w.Declines = c.refusals, c.declines
			w.Learn(today)
			want := c.want
			if want == nil {
				want = map[string]market.Learned{}
			}
			if diff := cmp.Diff(want, learned(w)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			before := slices.Clone(w.Learned)
			w.Learn(today)
			if diff := cmp.Diff(before, w.Learned); diff != "" {
				t.Errorf("reckoned again (-first +second)\n%s", diff)
			}
		})
	}
}

// TestOneNoCountsOnce holds that a no which a counsellor repeats is no second one, and that taking the repetition back
// leaves the first.
func TestOneNoCountsOnce(t *testing.T) {
	t.Parallel()
	first := no("too_far", 5, market.Offer{Km: 35})
	again := no("too_far", 2, market.Offer{Km: 35})
	again.Posting, again.Match = first.Posting, market.NewID()
	w := market.Worker{Refusals: []market.Refusal{first, again}}
	if w.Learn(today); len(w.Learned) != 0 {
		t.Errorf("one posting refused, said twice: got %+v", w.Learned)
	}
	other := no("too_far", 40, market.Offer{Km: 35})
	w.Refusals = append(w.Refusals, other)
	w.Learn(today)
	if len(w.Learned) != 1 || len(w.Learned[0].From) != 2 || w.Learned[0].On != market.DateOf(again.At) {
		t.Errorf("two postings refused: got %+v, want the later said of each", w.Learned)
	}
}

// TestLearnedHoldsAsIfReckonedAnew compares, day by day, what holds of a file left alone with one reckoned that day.
func TestLearnedHoldsAsIfReckonedAnew(t *testing.T) {
	t.Parallel()
	far, night := market.Offer{Km: 35}, market.Offer{Shift: "night"}
	left := market.Worker{Refusals: []market.Refusal{no("too_far", 60, far), no("too_far", 1, far), no("family", 70, night), no("family", 30, night), no("health", 10, night), no("pay_low", 80, market.Offer{Pay: 1}), no("pay_low", 3, market.Offer{Pay: 1})}}
	left.Learn(today)
	if len(left.Learned) != 3 {
		t.Fatalf("got %+v, want three", left.Learned)
	}
	for day := range 100 {
		at := today.AddDate(0, 0, day)
		anew := left
		anew.Learned = nil
		anew.Learn(at)
		keys := func(list []market.Learned) (out []string) {
			for _, l := range list {
				out = append(out, l.Key())
			}
			return out
		}
		if diff := cmp.Diff(keys(anew.LearnedNow(market.DateOf(at))), keys(left.LearnedNow(market.DateOf(at)))); diff != "" {
			t.Fatalf("%d days on (-anew +left alone)\n%s", day, diff)
		}
	}
}

func TestDropLearned(t *testing.T) {
	t.Parallel()
	w := market.Worker{Refusals: []market.Refusal{no("too_far", 5, market.Offer{Km: 35}), no("too_far", 4, market.Offer{Km: 35})}}
	w.Learn(today)
	if err := w.DropLearned("radius:", "somebody", today); err != nil || len(learned(w)) != 0 {
		t.Fatalf("got %v, still there: %v", err, learned(w))
	}
	if err := w.DropLearned("radius:", "somebody", today); market.KindOf(err) != market.NotFound {
		t.Errorf("again: got %v, want not found", err)
	}
	w.Refusals = append(w.Refusals, no("too_far", -1, market.Offer{Km: 15}))
	w.Learn(today.AddDate(0, 0, 1))
	if got := w.LearnedNow(market.DateOf(today)); len(got) != 0 {
		t.Errorf("one more refusal after it brings back what earlier ones taught: %v", got)
	}
	w.Refusals = append(w.Refusals, no("too_far", -2, market.Offer{Km: 15}))
	w.Learn(today.AddDate(0, 0, 2))
	if got := learned(w)["radius:"]; got.Km != 10 || got.Dropped {
		t.Errorf("two after it: got %+v, want 10 km", got)
	}
	w.Learn(today.AddDate(0, 0, 3))
	if got := w.LearnedNow(market.DateOf(today)); len(got) != 1 || len(got[0].From) != 2 {
		t.Errorf("reckoned again: got %+v, want what the last two taught", got)
	}
	if got := w.LearnedNow(market.DateOf(today).AddDays(100)); len(got) != 0 {
		t.Errorf("after 90 days: got %v", got)
	}
}

// TestChance holds the chance to the share of the orders of equal scores in which a pair is among those shown.
func TestChance(t *testing.T) {
	t.Parallel()
	l := market.Suggestions{}
	for _, score := range []int{90, 80, 80, 80, 70, 70} {
		l.Items = append(l.Items, market.Suggestion{Score: score})
	}
	for shown, want := range map[int][]int{1: {1000, 0, 0, 0, 0, 0}, 2: {1000, 333, 333, 333, 0, 0}, 3: {1000, 666, 666, 666, 0, 0}, 5: {1000, 1000, 1000, 1000, 500, 500}, 6: {1000, 1000, 1000, 1000, 1000, 1000}} {
		for i := range l.Items {
			if got := l.Chance(i, shown); got != want[i] {
				t.Errorf("place %d of %d shown: got %d, want %d", i+1, shown, got, want[i])
			}
		}
	}
	l.Items[4].Allocated = true // was put among the first: it takes a place
	for i, want := range []int{1000, 333, 333, 333, 1000, 0} {
		if got := l.Chance(i, 2); got != want {
			t.Errorf("with one put there, place %d: got %d, want %d", i+1, got, want)
		}
	}
}
