package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"noiviec/internal/market"
)

// supposed is one change in words, with what it would add or take.
type supposed struct {
	market.Alternative
	Text   string
	More   string // signed: +18, −3, 0
	Passed string // signed, for a vacancy
	Course *courseFacts
}

// Size is how many vacancies it adds or takes.
func (s supposed) Size() int { return max(s.MoreFits, -s.MoreFits) }

// supposedGroup is what could be otherwise about one thing.
type supposedGroup struct {
	Code, Title string
	Rows        []supposed
}

// mostSupposed is how many lines of a long group are shown: those that open most.
const mostSupposed = 6

// longGroups are those with a line for everything that some vacancy asks for; only what would open something is shown.
var longGroups = []string{"certificate", "skill", "language", "education", "occupation", "course"}

// supposals words the alternatives, by what they are about, in the order in which they were counted.
func (v *visit) supposals(x market.WhatIf, courses []market.Course, home string) []supposedGroup {
	var out []supposedGroup
	for _, a := range x.Alternatives {
		at := slices.IndexFunc(out, func(g supposedGroup) bool { return g.Code == a.Group })
		if at < 0 {
			out = append(out, supposedGroup{Code: a.Group, Title: v.T("if.group." + string(x.Side) + "_" + a.Group)})
			at = len(out) - 1
		}
		if x.Side == market.ForWorker && a.MoreFits <= 0 && (slices.Contains(longGroups, a.Group) || a.What.Code == "place_if_also") {
			continue
		}
		out[at].Rows = append(out[at].Rows, v.supposedRow(a, courses, home))
	}
	for i := range out {
		if g := &out[i]; x.Side == market.ForWorker && slices.Contains(longGroups, g.Code) {
			slices.SortStableFunc(g.Rows, func(a, b supposed) int { return cmp.Compare(b.MoreFits, a.MoreFits) })
			g.Rows = g.Rows[:min(mostSupposed, len(g.Rows))]
		} else if x.Side == market.ForWorker && g.Code == "reach" {
			g.Rows = nearestReach(g.Rows)
		}
	}
	return slices.DeleteFunc(out, func(g supposedGroup) bool { return len(g.Rows) == 0 })
}

// nearestReach keeps the longer ways in their order, and of the other provinces those that open most.
func nearestReach(rows []supposed) []supposed {
	other := func(r supposed) bool { return r.What.Code == "place_if_also" }
	provinces := slices.DeleteFunc(slices.Clone(rows), func(r supposed) bool { return !other(r) })
	slices.SortStableFunc(provinces, func(a, b supposed) int { return cmp.Compare(b.MoreFits, a.MoreFits) })
	provinces = provinces[:min(mostSupposed, len(provinces))]
	at := slices.IndexFunc(rows, other)
	rows = slices.DeleteFunc(rows, other)
	if at < 0 {
		return rows
	}
	return slices.Concat(rows[:at], provinces, rows[at:])
}

func (v *visit) supposedRow(a market.Alternative, courses []market.Course, home string) supposed {
	row := supposed{Alternative: a, Text: v.supposal(a.What), More: v.signed(a.MoreFits), Passed: v.signed(a.MorePassed)}
	if at := slices.IndexFunc(courses, func(c market.Course) bool { return c.ID == a.Course }); at >= 0 {
		row.Course = v.courseFacts(courses[at], home)
	}
	return row
}

// gains is what would open most for one person: one change of each kind, and the courses, each counted on all open
// vacancies of today.
type gains struct {
	Fits, Open int
	On         market.Date
	Best       []supposed
	Courses    []supposed
}

// mostCourses is how many courses are offered beside a person's list.
const mostCourses = 3

// gains asks what would open most for a person. An engine that does not answer now leaves the page without it.
func (s *Server) gains(v *visit, w market.Worker) (*gains, error) {
	x, courses, err := s.personIf(v, w)
	if market.KindOf(err) == market.Unavailable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := &gains{Fits: x.Now.Fits, Open: x.Now.Looked, On: x.On, Best: v.bestChanges(x, courses, w.Commune)}
	for _, a := range x.Best("course") {
		if len(out.Courses) < mostCourses {
			out.Courses = append(out.Courses, v.supposedRow(a, courses, w.Commune))
		}
	}
	return out, nil
}

// signed writes a difference: +18, −3, 0.
func (v *visit) signed(n int) string {
	if n > 0 {
		return "+" + v.number(int64(n))
	}
	return v.number(int64(n))
}

// supposal words one change; its arguments are codes of what it is about, or figures.
func (v *visit) supposal(what market.Reason) string {
	args := make([]any, len(what.Args))
	for i, arg := range what.Args {
		args[i] = v.supposalArg(what.Code, i, arg)
	}
	return upperFirst(v.T("if."+what.Code, args...))
}

func (v *visit) supposalArg(code string, i int, arg string) any {
	about, _, _ := strings.Cut(code, "_if")
	switch about {
	case "place":
		if v.s.Tax.HasProvince(arg) {
			return v.inPlace(market.Workplace{Province: arg})
		}
		return v.inPlace(market.Workplace{Commune: arg})
	case "certificate":
		return lowerWord(v.certificate(arg))
	case "skill":
		return lowerWord(v.skill(arg))
	case "occupation":
		return lowerFirst(v.occupation(arg))
	case "need", "benefit":
		return lowerFirst(v.known("benefit."+arg, arg))
	case "shift":
		return lowerFirst(v.known("shift."+arg, arg))
	case "insist":
		return v.known("insist."+arg, arg)
	case "language":
		if i > 0 {
			return lowerFirst(v.known("level.language."+arg, arg))
		}
		return v.known("language."+arg, arg)
	case "education":
		list := "hoc-van"
		if code == "education_if_qualification" || code == "education_if_no_qualification" {
			list = "cmkt"
		}
		return lowerFirst(v.entry(list, arg))
	}
	if n, err := strconv.ParseInt(arg, 10, 64); err == nil {
		return n
	}
	return arg
}

// inPlace words a place inside a sentence: "tỉnh Bắc Ninh".
func (v *visit) inPlace(w market.Workplace) string {
	if v.lang == "vi" {
		return lowerFirst(v.place(w))
	}
	return v.place(w)
}

// lowerWord begins a name with a small letter unless its first word is an abbreviation: "giấy phép", but "TOPIK".
func lowerWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if runes := []rune(first); len(runes) > 1 && unicode.IsUpper(runes[1]) {
		return s
	}
	return lowerFirst(s)
}

// chanceLine is one hard condition with whom it keeps out.
type chanceLine struct {
	Text         string
	Count, Alone int
}

// chanceLines words whom each hard condition removed, the most first; the counts and those who pass add up to all.
func (v *visit) chanceLines(side market.Side, c market.Chances) []chanceLine {
	var out []chanceLine
	for code, n := range c.Removed {
		out = append(out, chanceLine{v.T("drop." + string(side) + "_" + code), n, c.Alone[code]})
	}
	slices.SortFunc(out, func(a, b chanceLine) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text)) })
	return out
}

// courseFacts is a course as somebody asks about it: when, how long, where, what it costs.
type courseFacts struct {
	market.Course
	Text string // all in one line
}

// joinable lists the courses that one may still enrol in, the next first.
func (v *visit) joinable() ([]market.Course, error) {
	var out []market.Course
	for _, state := range []market.CourseState{market.CourseEnrolling, market.CoursePlanned} {
		found, err := v.coursesIn(state)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(found, func(c market.Course) bool { return !c.Joinable(v.today) })...)
	}
	slices.SortStableFunc(out, func(a, b market.Course) int { return cmp.Compare(a.StartOn, b.StartOn) })
	return out, nil
}

// courseFacts words what one asks first: "khai giảng 12/12/2026, học 2 tháng, cách nhà 14 km, không mất học phí".
func (v *visit) courseFacts(c market.Course, home string) *courseFacts {
	text := ""
	add := func(s string) { text = joined(text, s) }
	if c.StartOn.Whole() {
		add(v.T("course.starts", c.StartOn))
	}
	switch days := c.Days(); {
	case days > 20:
		add(v.T("course.months", (days+15)/30))
	case days > 0:
		add(v.T("course.days", days))
	}
	switch km, ok := v.s.Tax.DistanceKm(home, c.Commune); {
	case ok && home != c.Commune:
		add(v.T("course.km", v.inPlace(market.Workplace{Commune: c.Commune}), int(km+.5)))
	case c.Commune != "":
		add(v.T("course.at", v.inPlace(market.Workplace{Commune: c.Commune})))
	case c.Place != "":
		add(v.T("course.at", c.Place))
	}
	switch {
	case c.Covered == "part" && c.Fee > 0:
		add(v.T("course.covered_rest", c.Fee))
	case c.Covered == "none" && c.Fee > 0:
		add(v.T("course.fee", c.Fee))
	case c.Covered != "":
		add(v.T("course.covered_" + c.Covered))
	}
	return &courseFacts{c, upperFirst(text)}
}
