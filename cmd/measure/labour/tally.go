package labour

import (
	"slices"

	"noiviec/matcher"
)

// tally counts while a run goes.
type tally struct {
	looked, letters, referrals, asked, screened, offers int
	hires, local, stayed, left                          int
	fillDays                                            []int
	gini, nothing, empty                                float64 // summed over nights
	nights                                              int
	groups                                              [dimensions][]groupTally
}

func (t *tally) hire(r *run, l *letter, days int, stays bool) {
	t.hires++
	t.fillDays = append(t.fillDays, days)
	if stays {
		t.stayed++
	}
	if r.w.openings[l.posting].place >= 0 {
		t.local++
	}
	for d := range dimensions {
		g := t.group(r, d, l.seeker)
		g.placed++
		if stays {
			g.stayed++
		}
	}
}

// count looks at what a night's lists show whom.
func (r *run) count(n *Night) {
	t, lists := &r.tally, &r.lists
	shown := make([]int32, len(n.Left))
	nothing := 0
	for row, list := range lists.Shown {
		looked := 0.0
		for place, posting := range list {
			shown[posting]++
			looked += r.w.parameters.lookedAt(place)
		}
		if len(list) == 0 {
			nothing++
		}
		for d := range dimensions {
			g := t.group(r, d, n.seekers[row])
			g.nights++
			g.exposure += looked
		}
	}
	for row, i := range n.openings {
		if r.w.openings[i].place >= 0 {
			t.empty += float64(n.Left[row])
		}
	}
	t.nights++
	t.nothing += float64(nothing)
	t.gini += matcher.Gini(shown, n.Left)
	if r.day%countEvery == 0 {
		r.countEligible(n)
	}
}

// countEvery is how many nights lie between two counts of what everybody passes for.
const countEvery = 7

// countEligible counts who passes for anything, whatever a policy shows.
func (r *run) countEligible(n *Night) {
	for row, i := range n.seekers {
		passed := 0
		for posting := range int32(n.Postings()) {
			if _, passes := n.Score(int32(row), posting); passes {
				passed++
			}
		}
		for d := range dimensions {
			g := r.tally.group(r, d, i)
			g.pairs += passed
			g.eligible += min(1, passed)
		}
	}
}

// Result is what one run came to.
type Result struct {
	Placements  int     // people hired through the service within the days
	Working     int     // of them, still in that work at the end of the days
	Local       int     // of them, in the province
	Stayed      int     // of them, those who stay 90 days
	Persons     int     // different people hired
	FillDays    float64 // median days from opening to a seat taken through the service
	SeatsFilled float64 // per cent of all seats that were ever open
	Gini        float64 // mean over nights
	Nothing     float64 // people with nothing shown, mean over nights
	LocalEmpty  float64 // empty seats in the province, mean over nights
	Looked      int     // places looked at
	Letters     int     // applications and referrals
	Referrals   int
	Asked       int // people counsellors asked
	Screened    int // applicants employers looked at
	Offers      int
	Groups      [dimensions][]groupTally
}

func (r *run) result() Result {
	t := &r.tally
	out := Result{Placements: t.hires, Working: t.hires - t.left, Local: t.local, Stayed: t.stayed, Looked: t.looked, Letters: t.letters, Referrals: t.referrals,
		Asked: t.asked, Screened: t.screened, Offers: t.offers, Groups: t.groups, FillDays: median(t.fillDays)}
	if t.nights > 0 {
		nights := float64(t.nights)
		out.Gini, out.Nothing, out.LocalEmpty = t.gini/nights, t.nothing/nights, t.empty/nights
	}
	seats := 0
	for i := range r.w.openings {
		seats += r.w.openings[i].seats
	}
	out.SeatsFilled = 100 * float64(t.hires) / float64(max(1, seats))
	for i := range r.people {
		if r.people[i].hires > 0 {
			out.Persons++
		}
	}
	return out
}

// median of nothing is 0.
func median(list []int) float64 {
	if len(list) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(list))
	return (float64(s[(len(s)-1)/2]) + float64(s[len(s)/2])) / 2
}
