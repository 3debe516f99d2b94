package labour

import (
	"math"
	"slices"
)

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
