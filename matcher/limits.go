package matcher

import (
	"errors"
	"fmt"
	"slices"
)

// Limits of the packed form. Benefits, shifts and bars are short closed lists kept as bits.
const (
	maxBenefits = 32
	maxShifts   = 32
	maxBars     = 64
	maxList     = 1000 // of anything one worker or posting holds
	maxWishes   = 2
	maxPay      = 1 << 40 // đồng a month; above it is a slip of the pen, and sums could overflow
)

var errNoID = errors.New("no id")

func (b *Builder) checkWorker(w *Worker) error {
	var problems []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	if w.ID == "" {
		problems = append(problems, errNoID)
	}
	need(len(w.Wishes) <= maxWishes, "%d wishes, two at most", len(w.Wishes))
	need(w.Mobility.Reach <= ReachAbroad, "reach %d", w.Mobility.Reach)
	need(w.Mobility.Km >= 0 && w.Mobility.Km < unknownKm, "reach of %d km", w.Mobility.Km)
	for _, n := range []int{len(w.Skills), len(w.Certificates), len(w.Languages), len(w.Experience), len(w.Never), len(w.RefusedPostings), len(w.RefusedEmployers)} {
		need(n <= maxList, "a list of %d, %d at most", n, maxList)
	}
	benefits, shifts := w.Needs, []string(nil)
	for _, wish := range w.Wishes {
		need(wish.LeastPay >= 0 && wish.LeastPay <= maxPay, "lowest pay %d", wish.LeastPay)
		need(len(wish.Places) <= maxList, "%d wished places", len(wish.Places))
		benefits, shifts = slices.Concat(benefits, wish.Benefits), slices.Concat(shifts, wish.Shifts)
	}
	for _, c := range w.Certificates {
		need(c.Level < anyLevel, "certificate level %d", c.Level)
	}
	problems = append(problems, roomFor(&b.vocabulary.benefits, maxBenefits, "benefits", benefits),
		roomFor(&b.vocabulary.shifts, maxShifts, "shifts", shifts), roomFor(&b.vocabulary.bars, maxBars, "bars", w.BarredFrom))
	return errors.Join(problems...)
}

func (b *Builder) checkPosting(p *Posting) error {
	var problems []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	if p.ID == "" {
		problems = append(problems, errNoID)
	}
	for _, n := range []int{len(p.Skills), len(p.Certificates), len(p.Languages)} {
		need(n <= maxList, "a list of %d, %d at most", n, maxList)
	}
	need(len(p.Workplaces) <= 255, "%d workplaces, 255 at most", len(p.Workplaces))
	need(p.PayMin >= 0 && p.PayMin <= maxPay && p.PayMax >= 0 && p.PayMax <= maxPay, "pay %d to %d", p.PayMin, p.PayMax)
	need(p.PayMax == 0 || p.PayMin <= p.PayMax, "pay %d to %d", p.PayMin, p.PayMax)
	need(p.Months >= 0, "%d months asked", p.Months)
	need(p.Answers.Percent <= 100 && p.Stays.Percent <= 100, "rates of %d and %d per cent", p.Answers.Percent, p.Stays.Percent)
	for _, c := range p.Certificates {
		need(c.Level < anyLevel, "certificate level %d", c.Level)
	}
	for _, c := range slices.Concat(p.On, p.Off) {
		need(int(c) < ConditionCount, "condition %d", c)
	}
	problems = append(problems, roomFor(&b.vocabulary.benefits, maxBenefits, "benefits", p.Benefits),
		roomFor(&b.vocabulary.shifts, maxShifts, "shifts", []string{p.Shift}),
		roomFor(&b.vocabulary.bars, maxBars, "bars", p.Bars))
	return errors.Join(problems...)
}

// roomFor reports whether the words, with those known, still fit the bits there are.
func roomFor(t *terms, most int, what string, words []string) error {
	fresh := map[string]bool{}
	for _, word := range words {
		if _, known := t.ids[word]; !known && word != "" {
			fresh[word] = true
		}
	}
	if n := len(t.words) - 1 + len(fresh); n > most {
		return fmt.Errorf("%d different %s, %d at most", n, what, most)
	}
	return nil
}
