package labour

import (
	"cmp"
	"math"
	"slices"
)

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
