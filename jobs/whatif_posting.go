package jobs

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// PostingWhatIf counts the people for one vacancy today, whom each hard condition removes, and what each single
// change would add or take: a requirement made welcome only or insisted on, more pay, a benefit, another workplace.
// Every number is counted on all workers. A draft is counted as if it were shown today.
func (e *Engine) PostingWhatIf(ctx context.Context, p market.Posting) (market.WhatIf, error) {
	out := market.WhatIf{Side: market.ForPosting, On: e.today()}
	s, err := e.snapshot(ctx)
	if err != nil {
		return out, err
	}
	now, err := e.asked(ctx, p)
	if err != nil {
		return out, err
	}
	ask := postingAsk{now: shown(now), tax: e.cfg.Tax}
	ask.list(p, s.homes())
	postings := []matcher.Posting{ask.now}
	for _, other := range ask.out {
		postings = append(postings, other.as)
	}
	people, err := s.m.SupposePostings(postings...)
	if err != nil {
		return out, err
	}
	out.Now = chancesOf(people.TallyPosting(0, market.FitScore))
	out.Alternatives = make([]market.Alternative, len(ask.out))
	onAll(len(ask.out), func(i int) {
		a := ask.out[i].Alternative
		a.Passed, a.Fits = people.FitPosting(int32(i+1), market.FitScore)
		a.MorePassed, a.MoreFits = a.Passed-out.Now.Passed, a.Fits-out.Now.Fits
		out.Alternatives[i] = a
	})
	return out, nil
}

// postingAsk lists what could be otherwise with one vacancy.
type postingAsk struct {
	now matcher.Posting
	tax *taxonomy.Taxonomy
	out []supposal[matcher.Posting]
}

func (a *postingAsk) list(p market.Posting, homes map[string]int) {
	a.certificates()
	a.skills()
	a.others(p)
	a.switches(p)
	a.pay()
	a.benefits(p)
	a.places(homes)
}

func (a *postingAsk) add(group, code string, as matcher.Posting, args ...string) {
	as.ID = strconv.Itoa(len(a.out)) + " " + as.ID
	a.out = append(a.out, supposal[matcher.Posting]{market.Alternative{Group: group, What: market.Reason{Code: code, Args: args}}, as})
}

// certificates makes each required one welcome only, and each welcome one required.
func (a *postingAsk) certificates() {
	for i, c := range a.now.Certificates {
		p, code := a.now, "certificate_if_nice"
		if c.Nice {
			code = "certificate_if_must"
		}
		p.Certificates = slices.Clone(p.Certificates)
		p.Certificates[i].Nice = !c.Nice
		a.add("certificate", code, p, c.ID)
	}
}

func (a *postingAsk) skills() {
	for i, s := range a.now.Skills {
		p, code := a.now, "skill_if_nice"
		if s.Nice {
			code = "skill_if_must"
		}
		p.Skills = slices.Clone(p.Skills)
		p.Skills[i].Nice = !s.Nice
		a.add("skill", code, p, s.ID)
	}
}

// others stops asking for languages, schooling, qualification and experience, each alone.
func (a *postingAsk) others(p market.Posting) {
	for i, l := range a.now.Languages {
		q := a.now
		q.Languages = slices.Delete(slices.Clone(q.Languages), i, i+1)
		a.add("other", "language_if_not", q, l.ID)
	}
	if a.now.Schooling > 0 {
		q := a.now
		q.Schooling = 0
		a.add("other", "education_if_no_schooling", q, p.MinSchooling)
	}
	if a.now.Vocational > 0 {
		q := a.now
		q.Vocational = 0
		a.add("other", "education_if_no_qualification", q, p.MinQualification)
	}
	if a.now.Months > 0 {
		q := a.now
		q.Months = 0
		a.add("other", "experience_if_not", q, strconv.Itoa(p.MinMonths))
	}
}

// switches insists on what is only weighed, or weighs only what is insisted on.
func (a *postingAsk) switches(p market.Posting) {
	for _, code := range Insistable(p) {
		c, _ := matcher.ParseCondition(code)
		q, what := a.now, "insist_if"
		if at := slices.Index(q.On, c); at >= 0 {
			q.On, what = slices.Delete(slices.Clone(q.On), at, at+1), "insist_if_not"
		} else {
			q.On = append(slices.Clone(q.On), c)
		}
		a.add("insist", what, q, code)
	}
}

// Insistable are the optional conditions that a vacancy says enough for: one that asks for no schooling cannot
// insist on it.
func Insistable(p market.Posting) []string {
	says := map[string]bool{
		"schooling_short": p.MinSchooling != "" || p.MinQualification != "", "experience_short": p.MinMonths > 0, "language_missing": len(p.Languages) > 0, "shift_unwanted": p.Shift != "",
		"skill_missing": slices.ContainsFunc(p.Requirements, func(r market.Requirement) bool { return r.Kind == "skill" && !r.Nice }),
	}
	return slices.DeleteFunc(slices.Clone(market.OptionalConditions), func(code string) bool { return !says[code] })
}

// pay offers one and two million đồng a month more.
func (a *postingAsk) pay() {
	if a.now.PayMin == 0 && a.now.PayMax == 0 {
		return
	}
	for _, more := range []int64{million, 2 * million} {
		p := a.now
		if p.PayMin > 0 {
			p.PayMin += more
		}
		if p.PayMax > 0 {
			p.PayMax += more
		}
		a.add("offer", "pay_if_raised", p, strconv.FormatInt(more, 10))
	}
}

// benefits gives one more of those that keep people away when they are not there.
func (a *postingAsk) benefits(p market.Posting) {
	for _, benefit := range []string{"dormitory", "bus", "meals", "insurance", "childcare"} {
		if !slices.Contains(p.Benefits, benefit) {
			q := a.now
			q.Benefits = append(slices.Clone(q.Benefits), benefit)
			a.add("offer", "benefit_if", q, benefit)
		}
	}
}

// mostHomes is how many more workplaces are tried: the communes where most workers live.
const mostHomes = 3

func (a *postingAsk) places(homes map[string]int) {
	codes := slices.SortedFunc(maps.Keys(homes), func(x, y string) int { return cmp.Or(cmp.Compare(homes[y], homes[x]), cmp.Compare(x, y)) })
	there := func(code string) bool {
		return slices.ContainsFunc(a.now.Workplaces, func(p matcher.Place) bool { return p.Commune == code })
	}
	tried := 0
	for _, code := range codes {
		if tried == mostHomes {
			return
		}
		c, ok := a.tax.Commune(code)
		if !ok || there(code) {
			continue
		}
		p := a.now
		p.Workplaces = append(slices.Clone(p.Workplaces), matcher.Place{Commune: code, Province: c.Province})
		a.add("place", "place_if_workplace", p, code)
		tried++
	}
}
