package labour

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// run is one market under one policy: what has happened so far.
type run struct {
	w        *World
	policy   Policy
	day      int
	people   []person
	jobs     []job
	active   []int // seekers who have come and not gone for good
	open     []int // postings not closed
	letters  []letter
	placed   []placement
	refused  *refused
	night    *Night
	lists    Lists
	tally    tally
	recorder *Recorder
}

// person is what has become of a seeker.
type person struct {
	state   personState
	pending int // applications without an answer
	asked   int // the last day a counsellor asked, never before: -1
	back    int // the day on which somebody who left a job seeks again
	hires   int
	letters []int
}

type personState uint8

const (
	notYet personState = iota
	seeking
	working
	gone
)

// job is what has become of a posting.
type job struct {
	left    int
	outside int // how many of its outside days have passed
	queue   []int
	closed  bool
	taken   int // by people the service sent
}

// letter is one application or referral.
type letter struct {
	seeker, posting int
	day             int
	referred        bool
	answered        bool
	record          int // the row of the recorder, -1 none
}

// placement is one seat filled with one person, from a day up to, not including, another.
type placement struct {
	seeker, posting, from, to int
}

// Run lives through the days of a market under a policy.
func Run(ctx context.Context, w *World, p Policy, recorder *Recorder) (Result, error) {
	r := newRun(w, p, recorder)
	for r.day = range r.w.days {
		if err := r.live(ctx); err != nil {
			return Result{}, fmt.Errorf("day %d: %w", r.day, err)
		}
	}
	return r.result(), nil
}

func newRun(w *World, p Policy, recorder *Recorder) *run {
	r := &run{w: w, policy: p, people: make([]person, len(w.seekers)), jobs: make([]job, len(w.openings)), recorder: recorder,
		refused: newRefused(len(w.seekers), len(w.openings))}
	for i := range r.people {
		r.people[i].asked = -1
	}
	for i := range r.jobs {
		r.jobs[i].left = w.openings[i].seats
	}
	return r
}

// live is one day.
func (r *run) live(ctx context.Context) error {
	r.comeAndGo()
	r.openAndClose()
	if err := r.makeLists(ctx); err != nil {
		return err
	}
	r.giveUp()
	for row, i := range r.night.seekers {
		r.look(row, i)
	}
	r.counsel()
	r.review()
	return nil
}

// comeAndGo lets people arrive, give up and come back.
func (r *run) comeAndGo() {
	for i := range r.people {
		p, s := &r.people[i], &r.w.seekers[i]
		switch {
		case p.state == notYet && s.arrives == r.day:
			p.state = seeking
		case p.state == seeking && s.exits <= r.day:
			p.state = gone
			r.withdraw(i)
		case p.state == working && p.back == r.day:
			r.leaveJob(i)
		}
	}
	r.active = r.active[:0]
	for i := range r.people {
		if r.people[i].state == seeking {
			r.active = append(r.active, i)
		}
	}
}

// leaveJob lets somebody who has left a job seek again, or not.
func (r *run) leaveJob(i int) {
	p := &r.people[i]
	p.state, p.back = gone, 0
	r.tally.left++
	if r.w.dice.share(ofReturn, i, p.hires) < r.w.parameters.Returns && r.w.seekers[i].exits > r.day {
		p.state = seeking
	}
}

// withdraw takes back all of somebody's applications.
func (r *run) withdraw(i int) {
	for _, k := range r.people[i].letters {
		r.answer(k)
	}
}

// answer closes an application.
func (r *run) answer(k int) {
	l := &r.letters[k]
	if l.answered {
		return
	}
	l.answered = true
	p := &r.people[l.seeker]
	p.pending--
	p.letters = slices.DeleteFunc(slices.Clone(p.letters), func(other int) bool { return other == k })
}

// openAndClose lets postings open, run out and be filled by others.
func (r *run) openAndClose() {
	r.open = r.open[:0]
	for i := range r.jobs {
		j, o := &r.jobs[i], &r.w.openings[i]
		if o.opens > r.day || j.closed {
			continue
		}
		for j.outside < len(o.outside) && o.outside[j.outside] <= r.day {
			j.outside++
			j.left = max(0, j.left-1)
		}
		if o.closes < r.day || j.left == 0 {
			r.closeJob(i)
			continue
		}
		r.open = append(r.open, i)
	}
}

// closeJob ends a posting: those who still wait are told.
func (r *run) closeJob(i int) {
	j := &r.jobs[i]
	j.closed = true
	for _, k := range j.queue {
		r.answer(k)
	}
	j.queue = nil
}

// makeLists lets the policy choose for the night.
func (r *run) makeLists(ctx context.Context) (err error) {
	p := &r.w.parameters
	n := &Night{Day: r.day, Length: int(p.ListLength), Shortlist: int(p.Shortlist), dice: r.w.dice, scores: r.w.scores, refused: r.refused,
		seekers: r.active, openings: r.open, seekerRow: rows(len(r.people), r.active), openingRow: rows(len(r.jobs), r.open)}
	for _, i := range r.open {
		n.Left, n.Opened, n.Twins = append(n.Left, int32(r.jobs[i].left)), append(n.Opened, r.w.openings[i].opens), append(n.Twins, r.w.scores.twins[i])
	}
	r.night = n
	if r.lists, err = r.policy.Lists(ctx, n); err != nil {
		return fmt.Errorf("make lists: %w", err)
	}
	r.count(n)
	return nil
}

// giveUp ends applications that have waited too long.
func (r *run) giveUp() {
	for _, i := range r.active {
		for _, k := range slices.Clone(r.people[i].letters) {
			if r.day-r.letters[k].day >= int(r.w.parameters.Patience) {
				r.answer(k)
			}
		}
	}
}

// look lets somebody open the list, perhaps, and apply.
func (r *run) look(row, i int) {
	w, p := r.w, &r.w.parameters
	shown := r.lists.Shown[row]
	if len(shown) == 0 || w.dice.share(ofLook, i, r.day) >= min(1, p.Looks/7) {
		return
	}
	r.recorder.list(r, row, shown)
	sent := 0
	for place, at := range shown {
		if r.people[i].pending >= int(p.OpenApplications) || sent >= int(p.VisitApplications) {
			return
		}
		if w.dice.share(ofPlace, i, r.day*1000+place) >= p.lookedAt(place) {
			continue
		}
		r.tally.looked++
		if posting := r.night.openings[at]; w.utility(i, posting) >= w.wantedBar {
			r.apply(i, posting, false)
			sent++
		} else if w.dice.share(ofNo, i, posting) < p.SaysNo {
			r.refused.add(i, posting)
		}
	}
}

// lookedAt is the chance that somebody who opens a list looks at a place, 0 the first.
func (p *Parameters) lookedAt(place int) float64 { return math.Pow(float64(place+1), -p.PositionBias) }

func (r *run) apply(i, posting int, referred bool) {
	k := len(r.letters)
	r.letters = append(r.letters, letter{seeker: i, posting: posting, day: r.day, referred: referred, record: r.recorder.applied(i, posting, referred)})
	p := &r.people[i]
	p.pending++
	p.letters = append(p.letters, k)
	r.jobs[posting].queue = append(r.jobs[posting].queue, k)
	r.refused.add(i, posting) // no need to show it again
	r.tally.letters++
	if referred {
		r.tally.referrals++
	}
}

// askAgain is how many days counsellors leave somebody in peace.
const askAgain = 7

// counsel lets counsellors ask people, each about one posting.
func (r *run) counsel() {
	p := &r.w.parameters
	calls := int(math.Round(p.Contacts * p.Seekers))
	for _, pair := range r.lists.Shortlist {
		if calls == 0 {
			return
		}
		i, posting := r.night.seekers[pair.Worker], r.night.openings[pair.Posting]
		person := &r.people[i]
		if person.pending >= int(p.OpenApplications) || person.asked >= 0 && r.day-person.asked < askAgain || r.refused.has(i, posting) {
			continue
		}
		calls--
		person.asked = r.day
		r.tally.asked++
		if r.w.utility(i, posting) >= r.w.wantedBar {
			r.apply(i, posting, true)
		} else {
			r.refused.add(i, posting)
		}
	}
}

// offer is one seat held out to one person.
type offer struct {
	letter  int
	utility float64
}

// review lets employers look at applicants and fill seats.
func (r *run) review() {
	offers := map[int][]offer{}
	var order []int
	for _, i := range r.open {
		for _, k := range r.judge(i) {
			l := r.letters[k]
			if offers[l.seeker] == nil {
				order = append(order, l.seeker)
			}
			offers[l.seeker] = append(offers[l.seeker], offer{k, r.w.offerUtility(l.seeker, l.posting)})
		}
	}
	for _, i := range order {
		r.choose(i, offers[i])
	}
}

// judge looks at the applicants of a posting and gives those who are offered a seat, best first.
func (r *run) judge(i int) []int {
	p, j := &r.w.parameters, &r.jobs[i]
	j.queue = slices.DeleteFunc(j.queue, func(k int) bool { return r.letters[k].answered })
	phase := r.w.dice.share(ofOrder, i, 0) * p.ReviewDays
	due := math.Floor((float64(r.day)+phase)/p.ReviewDays) > math.Floor((float64(r.day-1)+phase)/p.ReviewDays)
	if !r.w.openings[i].answers || !due || len(j.queue) == 0 {
		return nil
	}
	r.sortQueue(j.queue)
	looked := j.queue[:min(r.capacity(i), len(j.queue))]
	j.queue = j.queue[len(looked):]
	var good []int
	for _, k := range looked {
		if r.seen(k) >= r.w.hiredBar {
			good = append(good, k)
		} else {
			r.answer(k)
		}
	}
	r.tally.screened += len(looked)
	slices.SortFunc(good, func(a, b int) int { return cmp.Or(cmp.Compare(r.seen(b), r.seen(a)), cmp.Compare(a, b)) })
	for _, k := range good[min(j.left, len(good)):] {
		r.answer(k)
	}
	return good[:min(j.left, len(good))]
}

func (r *run) seen(k int) float64 { return r.w.seenValue(r.letters[k].seeker, r.letters[k].posting) }

// sortQueue puts those the service sends first, then who came first.
func (r *run) sortQueue(queue []int) {
	slices.SortFunc(queue, func(a, b int) int {
		x, y := r.letters[a], r.letters[b]
		return cmp.Or(-compareBool(x.referred, y.referred), cmp.Compare(x.day, y.day),
			cmp.Compare(r.w.dice.raw(ofOrder, x.seeker, x.posting), r.w.dice.raw(ofOrder, y.seeker, y.posting)))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// capacity is how many applicants a posting looks at in one review.
func (r *run) capacity(i int) int {
	p := &r.w.parameters
	most := min(p.ScreenedPerSeat*float64(r.jobs[i].left), p.ScreenedMost) * p.ReviewDays / 7
	whole := math.Floor(most)
	if r.w.dice.share(ofOrder, i, 1+r.day) < most-whole {
		whole++
	}
	return int(whole)
}

// choose lets somebody take the best of the day's offers, or none.
func (r *run) choose(i int, offers []offer) {
	best := slices.MaxFunc(offers, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.utility, b.utility), cmp.Compare(b.letter, a.letter))
	})
	r.tally.offers += len(offers)
	for _, o := range offers {
		r.answer(o.letter)
	}
	if best.utility >= r.w.wantedBar {
		r.hire(best.letter)
	}
}

// hire fills a seat with a person.
func (r *run) hire(k int) {
	l := &r.letters[k]
	p, j, o := &r.people[l.seeker], &r.jobs[l.posting], &r.w.openings[l.posting]
	if p.state != seeking || j.left <= 0 {
		panic("labour: a hire without a seeker or a seat")
	}
	j.left--
	j.taken++
	p.state, p.hires = working, p.hires+1
	r.withdraw(l.seeker)
	stay := r.w.daysStayed(l.seeker, l.posting)
	p.back = r.day + 1 + int(min(stay, 1e6))
	r.placed = append(r.placed, placement{l.seeker, l.posting, r.day, p.back})
	r.tally.hire(r, l, r.day-o.opens, stay >= 90)
	r.recorder.hired(l.record, stay >= 90)
	if j.left == 0 {
		r.closeJob(l.posting)
	}
}
