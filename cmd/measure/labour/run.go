package labour

import (
	"context"
	"fmt"
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
