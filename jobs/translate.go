package jobs

import (
	"math"
	"slices"
	"strconv"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// The matcher knows neither documents nor lists: this file turns both into its own input types. What is not
// copied here cannot move a score; sex, ethnicity, name, barriers and priority groups are not. Age, and for one
// class of licence sex, decide what the law bars somebody from: that is judged here and passed on as codes.

// readiness are skills of the list that say what somebody is willing to do. No knowledge covers them: who speaks
// Korean does not for that go abroad. In search that link is right, a Korean speaker is worth finding for such work;
// here it would make half a willingness out of a language. They come from mobility and shifts instead.
var readiness = []string{"lam-ca", "xa-nha", "di-nuoc-ngoai"}

// matcherTables gives the lists' relations as plain rows.
func matcherTables(tax *taxonomy.Taxonomy) matcher.Tables {
	t := matcher.Tables{AwayBenefits: []string{"dormitory"}, NightShifts: []string{"night"}}
	for _, o := range tax.Occupations() {
		t.Occupations = append(t.Occupations, matcher.Occupation{Code: o.Code, Group: o.Group(), Field: o.Field()})
	}
	var of []matcher.SkillOccupation
	for _, want := range tax.Skills() {
		for _, o := range tax.OccupationsOfSkill(want.ID) {
			of = append(of, matcher.SkillOccupation{Skill: want.ID, Occupation: o.Code})
		}
		if slices.Contains(readiness, want.ID) {
			continue
		}
		for _, have := range tax.CoveredBy(want.ID) {
			if have.ID != want.ID {
				t.SkillLinks = append(t.SkillLinks, matcher.Link{From: have.ID, To: want.ID, Percent: int(math.Round(have.Similarity * 100))})
			}
		}
	}
	t.OccupationLinks = matcher.LinkOccupations(of, t.SkillLinks)
	for _, k := range tax.OccupationKin() {
		t.OccupationLinks = append(t.OccupationLinks, matcher.Link{From: k.One, To: k.Other, Percent: k.Percent},
			matcher.Link{From: k.Other, To: k.One, Percent: k.Percent})
	}
	for _, c := range tax.Certificates() {
		for _, implied := range c.Implies {
			t.Implications = append(t.Implications, matcher.Implication{Certificate: c.ID, Implies: implied})
		}
	}
	for _, c := range tax.Communes() {
		t.Communes = append(t.Communes, matcher.Commune{Code: c.Code, Province: c.Province, Lat: c.Lat, Lon: c.Lon})
	}
	return t
}

// dayOf counts days since 1970-01-01; a date that is not whole is not known.
func dayOf(d market.Date) matcher.Day {
	if !d.Whole() {
		return matcher.NoDay
	}
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return matcher.NoDay
	}
	return matcher.Day(t.Unix() / 86400)
}

var reaches = map[market.MobilityKind]matcher.Reach{
	market.OwnCommune: matcher.ReachCommune, market.WithinKm: matcher.ReachKm, market.OwnProvince: matcher.ReachProvince,
	market.ListedProvinces: matcher.ReachProvinces, market.Anywhere: matcher.ReachCountry, market.Abroad: matcher.ReachAbroad,
}

// on is the day whose exchange rates hold.
func matcherWorker(w market.Worker, tax *taxonomy.Taxonomy, on market.Date) matcher.Worker {
	out := matcher.Worker{ID: string(w.ID), Available: w.Available(), Commune: w.Commune, Needs: w.Needs,
		Mobility:  matcher.Mobility{Reach: reaches[w.Mobility.Kind], Km: w.Mobility.Km, Provinces: w.Mobility.Provinces, Countries: w.Mobility.Countries},
		Schooling: listOrder(tax, "hoc-van", w.Schooling), Vocational: listOrder(tax, "cmkt", w.Qualification),
		BarredFrom: tax.BarredFrom(w.Born, w.Sex, on)}
	for _, code := range w.Mobility.Never {
		out.Never = append(out.Never, matcher.Place{Province: code})
	}
	for _, wish := range w.Wishes {
		out.Wishes = append(out.Wishes, matcher.Wish{Occupation: wish.Occupation, Places: places(wish.Places), LeastPay: leastMonthly(wish.Pay, tax.DongPer(wish.Pay.Currency, on)),
			Shifts: wish.Shift, Benefits: wish.Benefits, Conditions: conditions(wish.Conditions)})
	}
	for _, s := range w.Skills {
		out.Skills = append(out.Skills, matcher.Skill{ID: s.ID, Level: uint8(s.Level), Months: s.Months, Verified: s.Evidence == market.Confirmed || s.Evidence == market.Certified,
			Until: practisedUntil(w.History, s.ID, tax)})
	}
	out.Skills = append(out.Skills, ready(w)...)
	for _, c := range w.Certificates {
		out.Certificates = append(out.Certificates, matcher.Certificate{ID: c.ID, Level: certificateLevel(tax, c.ID, c.Level), Expires: dayOf(c.Expires)})
	}
	for _, l := range w.Languages {
		out.Languages = append(out.Languages, matcher.Language{ID: l.Language, Level: uint8(l.Level)})
	}
	for _, h := range w.History {
		out.Experience = append(out.Experience, matcher.Experience{Occupation: h.Occupation, Months: monthsOf(h, on), Until: lastDay(h.To)})
	}
	for _, r := range slices.Concat(w.Refusals, w.Declines) {
		out.RefusedPostings = append(out.RefusedPostings, matcher.Refusal{ID: string(r.Posting), Reason: r.Reason})
	}
	home, _ := tax.Commune(w.Commune)
	for _, l := range w.LearnedNow(on) {
		learn(&out, l, home.Province)
	}
	return out
}

func matcherPosting(p market.Posting, e *market.Employer, tax *taxonomy.Taxonomy, on market.Date) matcher.Posting {
	least, most, _ := p.Pay.Monthly(tax.DongPer(p.Pay.Currency, on))
	out := matcher.Posting{ID: string(p.ID), Employer: string(p.Employer), Occupation: p.Occupation,
		Open: p.State == market.PostingOpen && len(p.Reports) < 2, Left: p.Left(),
		Schooling: listOrder(tax, "hoc-van", p.MinSchooling), Vocational: listOrder(tax, "cmkt", p.MinQualification), Months: p.MinMonths,
		PayMin: least, PayMax: most, Workplaces: places(p.Workplaces), Benefits: p.Benefits, BenefitsComplete: p.Employer != "",
		Shift: p.Shift, Conditions: conditions(p.Conditions), Deadline: dayOf(p.Deadline), Confirmed: dayOf(p.ConfirmedOn),
		On: hardConditions(p.Insists), Off: hardConditions(p.Waives), Bars: tax.BarsOf(taxonomy.WorkOf(p, e), on)}
	for range p.MorePlaces {
		out.Workplaces = append(out.Workplaces, matcher.Place{})
	}
	for _, r := range p.Requirements {
		if r.Kind == "certificate" {
			out.Certificates = append(out.Certificates, matcher.AskedCertificate{ID: r.ID, Level: certificateLevel(tax, r.ID, r.Level), Nice: r.Nice})
			continue
		}
		level, _ := strconv.ParseUint(r.Level, 10, 8)
		out.Skills = append(out.Skills, matcher.AskedSkill{ID: r.ID, Level: uint8(level), Nice: r.Nice})
	}
	for _, l := range p.Languages {
		out.Languages = append(out.Languages, matcher.Language{ID: l.Language, Level: uint8(l.Level)})
	}
	if e != nil {
		if rate, known := e.AnswerRate(); known {
			out.Answers = matcher.Rate{Percent: uint8(math.Round(rate * 100)), Known: true}
		}
		if e.Hired >= 3 {
			out.Stays = matcher.Rate{Percent: uint8(100 * (e.Hired - min(e.Left, e.Hired)) / e.Hired), Known: true}
		}
	}
	return out
}

// hardConditions turns codes into the matcher's conditions; one it no longer knows changes nothing.
func hardConditions(codes []string) []matcher.Condition {
	var out []matcher.Condition
	for _, code := range codes {
		if c, ok := matcher.ParseCondition(code); ok {
			out = append(out, c)
		}
	}
	return out
}

func places(list []market.Workplace) []matcher.Place {
	var out []matcher.Place
	for _, w := range list {
		out = append(out, matcher.Place{Commune: w.Commune, Province: w.Province, Country: w.Country, Nationwide: w.Nationwide})
	}
	return out
}

// listOrder gives a code's order in a list of the official forms, 1 the least, 0 not known.
func listOrder(tax *taxonomy.Taxonomy, list, code string) uint8 {
	if code == "" {
		return 0
	}
	return uint8(1 + slices.IndexFunc(tax.Entries(list), func(e taxonomy.Entry) bool { return e.Code == code }))
}

// certificateLevel gives the rank of a level inside a certificate, 1 the least; for a range it is the points.
func certificateLevel(tax *taxonomy.Taxonomy, id, level string) uint16 {
	c, ok := tax.Certificate(id)
	if !ok || level == "" {
		return 0
	}
	if i := slices.Index(c.Levels, level); i >= 0 {
		return uint16(i + 1)
	}
	points, err := strconv.ParseFloat(level, 64)
	if err != nil || points < 0 {
		return 0
	}
	return uint16(min(points*10, math.MaxUint16)) // IELTS counts in halves
}

// conditions turns the forms' codes into orders, 0 not said.
func conditions(c market.Conditions) matcher.Conditions {
	n := func(code string) uint8 {
		v, _ := strconv.ParseUint(code, 10, 8)
		return uint8(v)
	}
	out := matcher.Conditions{Setting: n(c.Setting), Lifting: n(c.Lifting), Walking: n(c.Walking), Hearing: n(c.Hearing), Sight: n(c.Sight), Hands: n(c.Hands)}
	if both := n(c.TwoHands); both > 0 {
		out.TwoHands = 4 - both // the form begins with "both hands are needed"
	}
	return out
}

// leastMonthly gives the lowest pay a person takes, đồng a month, 0 not said.
func leastMonthly(p market.Pay, rate float64) int64 {
	least, most, ok := p.Monthly(rate)
	if !ok {
		return 0
	}
	if least == 0 {
		return most
	}
	return least
}
