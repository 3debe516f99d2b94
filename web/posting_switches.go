package web

import (
	"maps"
	"slices"
	"time"

	"noiviec/internal/market"
)

// What a vacancy insists on stands in its form as ticks: who lacks what is ticked is not suggested. Required
// certificates are insisted on unless the tick is taken away; the others only where it is set. Staff may besides let
// a vacancy be suggested to people whose own limits it does not meet.

const certificatesHard = "certificate_missing"

// hardTicks are the conditions an employer ticks, in the order of the form.
var hardTicks = append([]string{certificatesHard}, market.OptionalConditions...)

// looseTicks are the worker's own limits that staff may let one vacancy pass over.
var looseTicks = []string{"too_far", "pay_below_floor", "need_not_met"}

// switchValues gives the ticks of a stored vacancy.
func switchValues(p market.Posting) map[string][]string {
	hard := slices.Clone(p.Insists)
	if !slices.Contains(p.Waives, certificatesHard) {
		hard = append(hard, certificatesHard)
	}
	return map[string][]string{"hard": hard, "loose": p.Waives}
}

// switches fills the ticks of the form; a stored vacancy says beside each how many it keeps out today.
func (page *postingFormPage) switches(v *visit, staff bool, p market.Posting) {
	options := make([]Option, len(hardTicks))
	removes := v.removes(p)
	for i, code := range hardTicks {
		options[i] = Option{Value: code, Text: v.T("insist.tick_" + code)}
		if n, counted := removes[code]; counted {
			key := "insist.would_remove"
			if page.Form.Has("hard", code) {
				key = "insist.removes"
			}
			options[i].Text += " (" + v.T(key, v.few(n)) + ")"
		}
	}
	page.Hard = page.Form.Choose("hard", "field.hard", options)
	if staff {
		page.Loose = page.Form.Choose("loose", "field.loose", v.options("insist.loose", looseTicks))
	}
}

// readSwitches takes the ticks over; a form without them leaves what the vacancy had, and so does each tick that the
// form does not offer. People's own limits are passed over by staff only, whatever is sent.
func readSwitches(f *Form, p *market.Posting, staff bool) {
	if f.Sent("hard_asked") {
		p.Insists = nil
		for _, code := range market.OptionalConditions {
			if f.Has("hard", code) {
				p.Insists = append(p.Insists, code)
			}
		}
		p.Waives = switched(p.Waives, certificatesHard, !f.Has("hard", certificatesHard))
	}
	if staff && f.Sent("loose_asked") {
		for _, code := range looseTicks {
			p.Waives = switched(p.Waives, code, f.Has("loose", code))
		}
	}
}

// switched puts a code into a list, or takes it out.
func switched(list []string, code string, on bool) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(c string) bool { return c == code })
	if on {
		list = append(list, code)
	}
	return list
}

// fewest is below which a count of people is not shown to an employer, none included: one might be recognised.
const fewest = 5

// few words a count of people. An employer reads steps of five, so that two counts taken one after the other do not
// tell of one person.
func (v *visit) few(n int) string {
	switch {
	case v.actor.Role.Staff():
		return v.number(int64(n))
	case n < fewest:
		return v.T("if.under", fewest)
	}
	return v.T("if.about", n/fewest*fewest)
}

// chancesAMinute is how often one employer's account may have a vacancy counted.
const chancesAMinute = 60

// mayCount says whether the visitor may have a vacancy counted now: staff always, an employer once verified and not
// without a pause.
func (v *visit) mayCount(p market.Posting) (bool, error) {
	if v.actor.Role.Staff() {
		return true, nil
	}
	employer, err := load[market.Employer](v, p.Employer)
	if market.KindOf(err) == market.NotFound {
		return false, nil
	}
	return err == nil && employer.State == market.EmployerVerified && v.s.limits.allow("chances:"+string(v.actor.User), chancesAMinute, time.Minute, v.now), err
}

// chances asks the engine about a vacancy; nil when it does not answer now or the visitor is not to know.
func (v *visit) chances(p market.Posting) (*market.WhatIf, error) {
	if may, err := v.mayCount(p); err != nil || !may {
		return nil, err
	}
	x, err := v.s.Engine.PostingWhatIf(v.ctx, p)
	if market.KindOf(err) == market.Unavailable {
		return nil, nil
	}
	return &x, err
}

// removes counts, for each condition that a stored vacancy can be ticked for, whom the tick keeps out, whether it is
// set or not. A vacancy nobody has stored yet has no counts, nor has one whose numbers the engine cannot give now.
func (v *visit) removes(p market.Posting) map[string]int {
	out := map[string]int{}
	if p.ID == "" {
		return out
	}
	x, err := v.chances(p)
	if err != nil || x == nil {
		return out
	}
	for _, a := range x.Of("insist") {
		out[a.What.Args[0]] = max(a.MorePassed, -a.MorePassed)
	}
	return out
}

// reviewChances is how many could take the vacancy, who is kept out by what, and what one change would do, as an
// employer may read it.
type reviewChances struct {
	Passed, Looked string
	Drops          []string
	Lines          []chanceChange
}

// chanceChange is one requirement with whom it keeps out, or one offer with whom it brings.
type chanceChange struct{ Text, Effect string }

// reviewChances words the counts of a vacancy. All who look for work are said in tens, so that what is left over says
// nothing about few.
func (v *visit) reviewChances(p market.Posting) (*reviewChances, error) {
	x, err := v.chances(p)
	if err != nil || x == nil {
		return nil, err
	}
	out := &reviewChances{Passed: v.few(x.Now.Passed), Looked: v.T("if.about", x.Now.Looked/10*10)}
	if x.Now.Looked < 10 {
		out.Looked = v.T("if.under", 10)
	}
	now := x.Now
	if !v.actor.Role.Staff() {
		now.Removed = maps.Clone(now.Removed)
		for _, code := range keptBack {
			delete(now.Removed, code)
		}
	}
	for _, line := range v.chanceLines(market.ForPosting, now) {
		if line.Count >= fewest {
			out.Drops = append(out.Drops, v.T("if.drop_said", v.few(line.Count), lowerFirst(line.Text)))
		}
	}
	for _, a := range x.Alternatives {
		if text, effect := v.chanceChange(a); effect != "" {
			out.Lines = append(out.Lines, chanceChange{text, effect})
		}
	}
	return out, nil
}

// keptBack are the conditions whose counts are not an employer's to know: who turned it down, and whom the law bars.
var keptBack = []string{"refused_posting", "refused_employer", "legal_bar"}

// chanceChange words one alternative from the side of the vacancy as it stands: a must keeps people out, an offer
// would bring some. What moves nobody is left out, but for a must: that it costs nothing is worth knowing.
func (v *visit) chanceChange(a market.Alternative) (text, effect string) {
	keeps := func(key string, n int) string { return v.T(key, v.few(max(0, n))) }
	switch a.What.Code {
	case "certificate_if_nice":
		return v.T("if.must", v.certificate(a.What.Args[0])), keeps("insist.removes", a.MorePassed)
	case "insist_if_not":
		return v.T("if.must", v.T("insist."+a.What.Args[0])), keeps("insist.removes", a.MorePassed)
	case "insist_if":
		return v.supposal(a.What), keeps("insist.would_remove", -a.MorePassed)
	case "certificate_if_must":
		return v.supposal(a.What), keeps("insist.would_remove", -a.MorePassed)
	}
	if a.MorePassed <= 0 || a.MorePassed < fewest && !v.actor.Role.Staff() {
		return "", ""
	}
	return v.supposal(a.What), v.T("insist.would_add", v.few(a.MorePassed))
}
