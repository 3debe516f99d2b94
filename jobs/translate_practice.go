package jobs

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// When somebody last did something, as far as the profile says; what it does not say changes no score.

// lastDay gives the last day of a spell; of a bare year it is the last of December, in the person's favour.
func lastDay(to market.Date) matcher.Day {
	if to.Year() > 0 && !to.Whole() {
		return dayOf(market.NewDate(to.Year(), 12, 31))
	}
	return dayOf(to)
}

// monthsOf gives the months of a spell: those stated, else those between its two dates; a spell without an end goes on.
func monthsOf(h market.WorkSpell, today market.Date) int {
	to := h.To
	if to == "" {
		to = today
	}
	if h.Months > 0 || !h.From.Whole() || !to.Whole() || to < h.From {
		return h.Months
	}
	return h.From.DaysUntil(to) / 30
}

// practisedUntil gives the last day of the spells in a skill's own occupations, NoDay when one of them goes on or
// there is none.
func practisedUntil(history []market.WorkSpell, skill string, tax *taxonomy.Taxonomy) (last matcher.Day) {
	own := tax.OccupationsOfSkill(skill)
	for _, h := range history {
		if !slices.ContainsFunc(own, func(o taxonomy.Occupation) bool { return o.Code == h.Occupation }) {
			continue
		}
		until := lastDay(h.To)
		if until == matcher.NoDay {
			return matcher.NoDay
		}
		last = max(last, until)
	}
	return last
}

// ready turns what somebody would do into the skills of the list by which postings ask for it.
func ready(w market.Worker) (out []matcher.Skill) {
	far := []market.MobilityKind{market.ListedProvinces, market.Anywhere, market.Abroad}
	if slices.Contains(far, w.Mobility.Kind) {
		out = append(out, matcher.Skill{ID: "xa-nha"})
	}
	if w.Mobility.Kind == market.Abroad {
		out = append(out, matcher.Skill{ID: "di-nuoc-ngoai"})
	}
	shifts := []string{"two_shifts", "three_shifts", "night"}
	if slices.ContainsFunc(w.Wishes, func(wish market.Wish) bool {
		return slices.ContainsFunc(wish.Shift, func(s string) bool { return slices.Contains(shifts, s) })
	}) {
		out = append(out, matcher.Skill{ID: "lam-ca"})
	}
	return out
}
