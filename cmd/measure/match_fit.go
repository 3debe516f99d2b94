package main

import (
	"math"
	"time"

	"noiviec/matcher/interest"
)

// heldBack holds weights near nothing while they are fitted.
const heldBack = 1

// look is a choice that the history tells of.
type look struct {
	interest.Choice
	person int32
	at     time.Time
	last   bool // the person's last in the history
}

// looks are all new looks in the history of people who had looked at something before: what weights are fitted
// to. Nobody's counts more than the square root of their number. No row of truth.csv is among them: the history
// of each person ends before theirs.
func (v *views) looks() ([]look, error) {
	y := interest.New(v.openings, v.people).Empty()
	var out []look
	of := map[int32][]int{}
	for _, h := range v.history {
		if q, err := y.Ask(h.Person, h.At); err == nil { // not so where somebody else looked in the same second
			if c, ok := q.Choice(h.Opening); ok {
				of[h.Person] = append(of[h.Person], len(out))
				out = append(out, look{Choice: c, person: h.Person, at: h.At})
			}
		}
		if err := y.Record(h); err != nil {
			return nil, err
		}
	}
	for _, mine := range of {
		for _, i := range mine {
			out[i].Weight = 1 / math.Sqrt(float64(len(mine)))
		}
		out[mine[len(mine)-1]].last = true
	}
	return out, nil
}

func fitTo(looks []look, take func(*look) bool) interest.Weights {
	var choices []interest.Choice
	for i := range looks {
		if take(&looks[i]) {
			choices = append(choices, looks[i].Choice)
		}
	}
	return interest.Fit(choices, heldBack)
}

// addFitted fits weights to the history alone and adds three ways: those of everybody; each half of the people
// with weights of the other half's history; and weights of the history before the later half of the moments, of
// which only the figures of that half mean something.
func (t *trial) addFitted(out *matchFigures) error {
	looks, err := t.v.looks()
	if err != nil {
		return err
	}
	out.count("fit.looks", len(looks))
	all := fitTo(looks, func(*look) bool { return true })
	for i, name := range interest.FeatureNames() {
		out.add("fit."+name, all[i])
	}
	t.add("fitted", all, interest.Capped())
	var other [2]interest.Weights
	var held [2]mean
	for half := range other {
		other[half] = fitTo(looks, func(l *look) bool { return t.v.half(l.person) != half })
		for i := range looks {
			if l := &looks[i]; l.last && t.v.half(l.person) == half {
				rank := l.Rank(&other[half])
				held[0].add(hit(int(math.Ceil(rank))), true)
				held[1].add(1/rank, true)
			}
		}
	}
	out.add("fit.held_looks.recall@10", held[0].value())
	out.add("fit.held_looks.mrr", held[1].value())
	t.add("other_half", all, interest.Capped()).choose = func(m moment) *interest.Weights { return &other[t.v.half(m.person)] }
	middle := t.v.moments[len(t.v.moments)/2].at
	before := fitTo(looks, func(l *look) bool { return l.at.Before(middle) })
	t.add("fitted_before", before, interest.Capped())
	return nil
}
