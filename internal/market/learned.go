package market

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// What people turn down changes what they are offered, by the few rules of this file: each bounded, worded for
// the person and for staff, gone after 90 days, and taken back with one tap. What a person said of themselves is
// never overwritten: what was learned stands beside it, and whichever is stricter holds.

// LearnedKind is what a rule changes.
type LearnedKind string

const (
	LearnedRadius      LearnedKind = "radius"      // no farther than Km from home
	LearnedProvince    LearnedKind = "province"    // only in the own province
	LearnedFloor       LearnedKind = "floor"       // no pay below Pay
	LearnedShift       LearnedKind = "shift"       // not in the shift Code
	LearnedLifting     LearnedKind = "lifting"     // lifts no more than Level of list "dk-nang"
	LearnedLanguage    LearnedKind = "language"    // speaks the language Code at Level only
	LearnedEmployer    LearnedKind = "employer"    // nothing of the employer Code
	LearnedRest        LearnedKind = "rest"        // no suggestions for a while: says they work already
	LearnedSkill       LearnedKind = "skill"       // the skill Code counts as basic until somebody confirms it
	LearnedCertificate LearnedKind = "certificate" // the certificate Code counts only once somebody has seen it
	LearnedCallFirst   LearnedKind = "call_first"  // changes no list: staff call before they send
)

// LearnedKinds in the order they are shown.
var LearnedKinds = []LearnedKind{LearnedRest, LearnedProvince, LearnedRadius, LearnedFloor, LearnedShift, LearnedLifting, LearnedLanguage, LearnedEmployer,
	LearnedSkill, LearnedCertificate, LearnedCallFirst}

// Learned is one thing that refusals taught about a person.
type Learned struct {
	Kind    LearnedKind `json:"kind"`
	Code    string      `json:"code,omitempty"` // of the shift, language, employer, skill or certificate
	Km      int         `json:"km,omitempty"`
	Pay     int64       `json:"pay,omitempty"` // đồng a month
	Level   int         `json:"level,omitempty"`
	Reason  string      `json:"reason,omitempty"`  // of RefusalReasons: what was said most
	From    []ID        `json:"from,omitempty"`    // the postings that taught it
	On      Date        `json:"on,omitempty"`      // when it was last said
	Until   Date        `json:"until,omitempty"`   // the last day it holds
	Dropped bool        `json:"dropped,omitempty"` // taken back, and not taught again since
	After   time.Time   `json:"after,omitzero"`    // when it was last taken back: only what was said later teaches it
	By      ID          `json:"by,omitempty"`      // who took it back
}

// Key names what is learned: there is one of each.
func (l Learned) Key() string { return string(l.Kind) + ":" + l.Code }

// Holds reports whether it counts on a day.
func (l Learned) Holds(on Date) bool { return !l.Dropped && on <= l.Until }

const (
	learnedDays = 90 // how long a refusal teaches
	restDays    = 30 // how long somebody who works already is left alone
	raiseMost   = 1.3
	payStep     = 100_000
)

// learnedBands are the distances a radius narrows to, km in a straight line: the place bands of the score, and
// one below. Nobody's radius is narrowed below the last.
var learnedBands = []int{80, 40, 20, 10, 5}

// Offer is what a refused posting offered, as far as rules look at it.
type Offer struct {
	Km           int            `json:"km,omitempty"`        // from home to the nearest workplace, 0 in the own commune or not known
	Away         bool           `json:"away,omitempty"`      // every workplace lies outside the own province
	Pay          int64          `json:"pay,omitempty"`       // the most it pays, đồng a month, 0 not known
	PayLeast     int64          `json:"pay_least,omitempty"` // the least of a range
	Shift        string         `json:"shift,omitempty"`
	Lifting      int            `json:"lifting,omitempty"` // order in list "dk-nang", 0 not said
	Languages    []HeldLanguage `json:"languages,omitempty"`
	Skills       []string       `json:"skills,omitempty"`       // required
	Certificates []string       `json:"certificates,omitempty"` // required
}

// Learn reckons anew what the refusals of the last 90 days teach. What was taken back stays so until something
// said later teaches it again. The same refusals give the same rules, in the order of LearnedKinds.
func (w *Worker) Learn(now time.Time) {
	l := lessons{w: w, now: now, after: map[string]Learned{}}
	for _, old := range w.Learned {
		if !old.After.IsZero() && DateOf(old.After).DaysUntil(DateOf(now)) <= learnedDays {
			old.Dropped = true
			l.after[old.Key()] = old
		}
	}
	l.rest()
	l.places()
	l.floor()
	l.shifts()
	l.lifting()
	l.languages()
	l.employers()
	l.doubts()
	l.calls()
	for _, old := range l.after {
		if !slices.ContainsFunc(l.out, func(o Learned) bool { return o.Key() == old.Key() }) {
			l.out = append(l.out, old)
		}
	}
	slices.SortFunc(l.out, func(a, b Learned) int {
		return cmp.Or(cmp.Compare(slices.Index(LearnedKinds, a.Kind), slices.Index(LearnedKinds, b.Kind)), cmp.Compare(a.Code, b.Code))
	})
	w.Learned = l.out
}

// LearnedNow gives what holds on a day.
func (w *Worker) LearnedNow(on Date) []Learned {
	var out []Learned
	for _, l := range w.Learned {
		if l.Holds(on) {
			out = append(out, l)
		}
	}
	return out
}

// DropLearned takes back what was learned under a key; nothing there is NotFound.
func (w *Worker) DropLearned(key string, by ID, now time.Time) error {
	for i := range w.Learned {
		if l := &w.Learned[i]; l.Key() == key && l.Holds(DateOf(now)) {
			l.Dropped, l.After, l.By = true, Stamp(now), by
			return nil
		}
	}
	return Fail(NotFound, "error.learned.gone")
}

// lessons gathers what is learned.
type lessons struct {
	w     *Worker
	now   time.Time
	after map[string]Learned // what was taken back
	out   []Learned
}

// of gives the refusals that may teach what a key names: recent, said for one of the reasons, and after it was
// last taken back. Of one posting the last counts: what a counsellor says after the person is the same no.
func (l *lessons) of(list []Refusal, key string, reasons []string, fits func(Refusal) bool) []Refusal {
	var out []Refusal
	for _, r := range list {
		age := DateOf(r.At).DaysUntil(DateOf(l.now))
		if age > learnedDays || !slices.Contains(reasons, r.Reason) || !r.At.After(l.after[key].After) || !fits(r) {
			continue
		}
		i := slices.IndexFunc(out, func(o Refusal) bool { return o.Posting == r.Posting })
		switch {
		case i < 0:
			out = append(out, r)
		case r.At.After(out[i].At):
			out[i] = r
		}
	}
	return out
}

// add puts down one thing, with what taught it. It holds as long as so many of these are no older than the days: what
// holds on a day does not hang on when it was reckoned.
func (l *lessons) add(learned Learned, from []Refusal, need, days int) {
	counts := map[string]int{}
	said := make([]Date, 0, len(from))
	for _, r := range from {
		learned.From = append(learned.From, r.Posting)
		said = append(said, DateOf(r.At))
		if counts[r.Reason]++; counts[r.Reason] > counts[learned.Reason] {
			learned.Reason = r.Reason
		}
	}
	slices.Sort(said)
	learned.On, learned.Until, learned.After = said[len(said)-1], said[len(said)-need].AddDays(days), l.after[learned.Key()].After
	l.out = append(l.out, learned)
}

func anyOffer(Refusal) bool { return true }

// rest leaves somebody alone who says they work already.
func (l *lessons) rest() {
	from := l.of(l.w.Refusals, string(LearnedRest)+":", []string{"already_working"}, func(r Refusal) bool {
		return DateOf(r.At).DaysUntil(DateOf(l.now)) <= restDays
	})
	if len(from) > 0 {
		l.add(Learned{Kind: LearnedRest}, from, 1, restDays)
	}
}

// places narrows how far somebody would go who twice found it too far, or twice could not leave the family: to
// the own province when it was twice outside it, and within it to the next band below the nearest refused place.
// Whoever would leave the province is not narrowed within it: they may well live where they work.
func (l *lessons) places() {
	reasons := []string{"too_far", "family"}
	away := l.of(l.w.Refusals, string(LearnedProvince)+":", reasons, func(r Refusal) bool { return r.Offer.Away })
	leaves := slices.Contains([]MobilityKind{ListedProvinces, Anywhere, Abroad}, l.w.Mobility.Kind)
	if leaves && len(away) >= 2 {
		l.add(Learned{Kind: LearnedProvince}, away, 2, learnedDays)
		leaves = false
	}
	near := l.of(l.w.Refusals, string(LearnedRadius)+":", reasons, func(r Refusal) bool { return !r.Offer.Away && r.Offer.Km > 0 })
	if leaves || len(near) < 2 {
		return
	}
	nearest := math.MaxInt
	for _, r := range near {
		nearest = min(nearest, r.Offer.Km)
	}
	km := learnedBands[len(learnedBands)-1]
	for _, band := range learnedBands {
		if band < nearest {
			km = band
			break
		}
	}
	if k := l.w.Mobility; k.Kind != OwnCommune && (k.Kind != WithinKm || k.Km == 0 || k.Km > km) {
		l.add(Learned{Kind: LearnedRadius, Km: km}, near, 2, learnedDays)
	}
}

// floor lifts the lowest pay to just above the best that was called too low, by at most 30 per cent of what the
// person named. Of a range its least is what was called too low. Where nothing was named nothing bounds it: then it
// takes two, and the lower of them counts.
func (l *lessons) floor() {
	from := l.of(l.w.Refusals, string(LearnedFloor)+":", []string{"pay_low"}, func(r Refusal) bool { return r.Offer.Pay > 0 })
	said, need := l.w.leastPay(), 1
	if said == 0 {
		need = 2
	}
	if len(from) < need {
		return
	}
	above := func(r Refusal) int64 { return (cmp.Or(r.Offer.PayLeast, r.Offer.Pay)/payStep + 1) * payStep }
	pay := above(from[0])
	for _, r := range from[1:] {
		if said > 0 {
			pay = max(pay, above(r))
		} else {
			pay = min(pay, above(r))
		}
	}
	if said > 0 {
		pay = min(pay, int64(float64(said)*raiseMost)/payStep*payStep)
	}
	if pay > said {
		l.add(Learned{Kind: LearnedFloor, Pay: pay}, from, need, learnedDays)
	}
}

// leastPay is the lowest pay the person named in đồng a month, 0 for none.
func (w *Worker) leastPay() int64 {
	var out int64
	for _, wish := range w.Wishes {
		if wish.Pay.Currency != "VND" {
			continue
		}
		if least, most, ok := wish.Pay.Monthly(1); ok {
			if named := cmp.Or(least, most); out == 0 || named < out {
				out = named
			}
		}
	}
	return out
}

// shifts leaves out a shift that twice did not go with family, health or the working conditions. The day's shift
// is never left out, nor one the person asked for.
func (l *lessons) shifts() {
	for _, shift := range Shifts {
		asked := slices.ContainsFunc(l.w.Wishes, func(w Wish) bool { return slices.Contains(w.Shift, shift) })
		if shift == "day" || asked {
			continue
		}
		key := Learned{Kind: LearnedShift, Code: shift}
		from := l.of(l.w.Refusals, key.Key(), []string{"family", "health", "conditions"}, func(r Refusal) bool { return r.Offer.Shift == shift })
		if len(from) >= 2 {
			l.add(key, from, 2, learnedDays)
		}
	}
}

// lifting takes somebody whose health does not allow a heavy job for one who lifts a step less.
func (l *lessons) lifting() {
	from := l.of(l.w.Refusals, string(LearnedLifting)+":", []string{"health"}, func(r Refusal) bool { return r.Offer.Lifting >= 2 })
	if len(from) == 0 {
		return
	}
	level := math.MaxInt
	for _, r := range from {
		level = min(level, r.Offer.Lifting-1)
	}
	l.add(Learned{Kind: LearnedLifting, Level: level}, from, 1, learnedDays)
}

// languages counts a language a step lower when a job was refused that asked no more of it than the person says
// to have.
func (l *lessons) languages() {
	for _, held := range l.w.Languages {
		key, level := Learned{Kind: LearnedLanguage, Code: held.Language}, held.Level
		from := l.of(l.w.Refusals, key.Key(), []string{"language"}, func(r Refusal) bool {
			asked := slices.IndexFunc(r.Offer.Languages, func(a HeldLanguage) bool { return a.Language == held.Language && a.Level > 0 && a.Level <= held.Level })
			if asked >= 0 {
				level = min(level, r.Offer.Languages[asked].Level-1)
			}
			return asked >= 0
		})
		if len(from) > 0 {
			key.Level = level
			l.add(key, from, 1, learnedDays)
		}
	}
}

// employers leaves out an employer of whom two different jobs were turned down for what the work there is.
func (l *lessons) employers() {
	var done []ID
	for _, r := range l.w.Refusals {
		if r.Employer == "" || slices.Contains(done, r.Employer) {
			continue
		}
		done = append(done, r.Employer)
		key := Learned{Kind: LearnedEmployer, Code: string(r.Employer)}
		from := l.of(l.w.Refusals, key.Key(), []string{"not_interested", "conditions"}, func(o Refusal) bool { return o.Employer == r.Employer })
		if len(from) >= 2 {
			l.add(key, from, 2, learnedDays)
		}
	}
}

// doubts takes what only the person said for less, where employers did not find it: a skill after two, a
// required certificate nobody of the centre has seen after one.
func (l *lessons) doubts() {
	for _, held := range l.w.Skills {
		key := Learned{Kind: LearnedSkill, Code: held.ID}
		if held.Evidence == Confirmed || held.Evidence == Certified {
			continue
		}
		from := l.of(l.w.Declines, key.Key(), []string{"skills_short"}, func(r Refusal) bool { return slices.Contains(r.Offer.Skills, held.ID) })
		if len(from) >= 2 {
			l.add(key, from, 2, learnedDays)
		}
	}
	for _, held := range l.w.Certificates {
		key := Learned{Kind: LearnedCertificate, Code: held.ID}
		if held.CheckedBy != "" || slices.ContainsFunc(l.out, func(o Learned) bool { return o.Key() == key.Key() }) {
			continue
		}
		from := l.of(l.w.Declines, key.Key(), []string{"certificate_missing"}, func(r Refusal) bool { return slices.Contains(r.Offer.Certificates, held.ID) })
		if len(from) > 0 {
			l.add(key, from, 1, learnedDays)
		}
	}
}

// calls asks staff to call before they send somebody who twice did not come. It changes no list: why they did
// not come is not known.
func (l *lessons) calls() {
	from := l.of(l.w.Declines, string(LearnedCallFirst)+":", []string{"no_show"}, anyOffer)
	if len(from) >= 2 {
		l.add(Learned{Kind: LearnedCallFirst}, from, 2, learnedDays)
	}
}
