package market

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Indicators of the year plan.
const (
	NewJobs  = "new_jobs"
	Training = "training"
	Total    = "total" // the line that sums an indicator
)

// Declared is a figure that a programme, bank or commune reports about people the centre never saw. It is
// kept apart from evidenced placements and added to them only in reports.
type Declared struct {
	Meta      `json:",inline"`
	Indicator string `json:"indicator"` // NewJobs or Training
	Line      string `json:"line"`      // a channel's code, or one of TrainingLines
	Month     Month  `json:"month"`
	Commune   string `json:"commune,omitempty"`
	Agency    string `json:"agency,omitempty"` // who declares, when it is no commune: a bank, a programme, a school
	Count     int    `json:"count"`
	Source    string `json:"source"`              // number or name of the document it was declared in
	SignedOn  Date   `json:"signed_on,omitempty"` // of that document
	Note      string `json:"note,omitempty"`
	By        ID     `json:"by,omitempty"`
	Voided    string `json:"voided,omitempty"` // why it counts no more; "" while it counts
}

// Collection names where declared results are kept.
func (*Declared) Collection() string { return "declared" }

// Validate gives every problem of the figure.
func (d *Declared) Validate(today Date) error {
	var p problems
	p.among("indicator", d.Indicator, []string{NewJobs, Training})
	p.need(d.Indicator != "", "indicator", "error.required")
	p.need(d.Line != "" && d.Line != Total, "line", "error.required")
	p.need(len(d.Month) == 7 && d.Month <= today.Month(), "month", "error.month.future", d.Month)
	p.need(d.Count >= 0 && d.Count <= 10_000_000, "count", "error.count")
	p.text("source", d.Source, true, MaxLine)
	p.text("agency", d.Agency, false, MaxName)
	p.text("note", d.Note, false, MaxLine)
	p.date("signed_on", d.SignedOn)
	p.need(d.SignedOn == "" || d.SignedOn.Whole() && d.SignedOn <= today, "signed_on", "error.date.past", d.SignedOn)
	return errors.Join(p...)
}

// Target is one figure of the year plan. The line Total is the indicator's own target: it need not be the
// sum of its lines, since not every line has one.
type Target struct {
	Indicator string `json:"indicator"`
	Line      string `json:"line"`
	Count     int    `json:"count"`
}

// Plan is a year's targets.
type Plan struct {
	Meta    `json:",inline"`
	Year    int      `json:"year"`
	Targets []Target `json:"targets"`
	Source  string   `json:"source,omitempty"`
}

// Collection names where plans are kept.
func (*Plan) Collection() string { return "plans" }

// PlanID gives the id of the one plan of a year.
func PlanID(centre ID, year int) ID { return DerivedID("plan", string(centre), strconv.Itoa(year)) }

// Target gives the figure of a line.
func (p *Plan) Target(indicator, line string) (int, bool) {
	for _, t := range p.Targets {
		if t.Indicator == indicator && t.Line == line {
			return t.Count, true
		}
	}
	return 0, false
}

// Sum adds an indicator's lines without its total.
func (p *Plan) Sum(indicator string) (sum int) {
	for _, t := range p.Targets {
		if t.Indicator == indicator && t.Line != Total {
			sum += t.Count
		}
	}
	return sum
}

// Validate gives every problem of the plan. Lines may come to less than their indicator's total, not to more.
func (p *Plan) Validate() error {
	var ps problems
	ps.need(p.Year >= 2000 && p.Year <= 2100, "year", "error.year")
	for _, t := range p.Targets {
		ps.need(t.Count >= 0 && t.Count <= 10_000_000, t.Indicator+"."+t.Line, "error.count")
	}
	for _, indicator := range []string{NewJobs, Training} {
		total, has := p.Target(indicator, Total)
		sum := p.Sum(indicator)
		ps.need(!has || sum <= total, indicator+"."+Total, "error.plan.sum", sum, total)
	}
	ps.text("source", p.Source, false, MaxLine)
	return errors.Join(ps...)
}

// Tally is a count of people in one line and month.
type Tally struct {
	Indicator, Line string
	Month           Month
	Count           int
}

// ReportLine is one line of the monthly report. Declared and Evidenced are the month's two sources and
// sum to Month; Cumulative runs from January to the month.
type ReportLine struct {
	Indicator           string   `json:"indicator"`
	Line                string   `json:"line"`
	Declared            int      `json:"declared"`
	Evidenced           int      `json:"evidenced"`
	Month               int      `json:"month"`
	Cumulative          int      `json:"cumulative"`
	CumulativeDeclared  int      `json:"cumulative_declared"`
	CumulativeEvidenced int      `json:"cumulative_evidenced"`
	Previous            int      `json:"previous"` // the month before, "kỳ trước"; 0 in January of the first year
	Plan                int      `json:"plan_year"`
	HasPlan             bool     `json:"has_plan"`
	Percent             *float64 `json:"percent_of_plan"` // cumulative over plan, nil without a plan
}

// MonthReport is the report of one month.
type MonthReport struct {
	Month Month        `json:"month"`
	Lines []ReportLine `json:"lines"`
}

// BuildReport adds declared figures and evidenced counts of the year up to the month. Lines come in the
// order given (indicator → lines), each indicator closed by its total; a line counted but not listed is
// put before the total rather than lost.
func BuildReport(month Month, plan Plan, order map[string][]string, declared, evidenced []Tally) MonthReport {
	report := MonthReport{Month: month}
	for _, indicator := range []string{NewJobs, Training} {
		total := ReportLine{Indicator: indicator, Line: Total}
		for _, line := range linesOf(indicator, order[indicator], declared, evidenced) {
			row := ReportLine{Indicator: indicator, Line: line}
			row.count(month, declared, &row.Declared, &row.CumulativeDeclared)
			row.count(month, evidenced, &row.Evidenced, &row.CumulativeEvidenced)
			row.close(plan)
			total.addLine(row)
			report.Lines = append(report.Lines, row)
		}
		total.close(plan)
		report.Lines = append(report.Lines, total)
	}
	return report
}

func linesOf(indicator string, order []string, tallies ...[]Tally) []string {
	lines := slices.Clone(order)
	for _, list := range tallies {
		for _, t := range list {
			if t.Indicator == indicator && !slices.Contains(lines, t.Line) {
				lines = append(lines, t.Line)
			}
		}
	}
	return lines
}

func (r *ReportLine) count(month Month, tallies []Tally, inMonth, sinceJanuary *int) {
	before := DateOf(month.First().Time().AddDate(0, 0, -1)).Month()
	for _, t := range tallies {
		if t.Indicator != r.Indicator || t.Line != r.Line {
			continue
		}
		if t.Month == month {
			*inMonth += t.Count
		}
		if t.Month == before {
			r.Previous += t.Count
		}
		if t.Month.Year() == month.Year() && t.Month <= month {
			*sinceJanuary += t.Count
		}
	}
}

func (r *ReportLine) addLine(row ReportLine) {
	r.Declared += row.Declared
	r.Evidenced += row.Evidenced
	r.CumulativeDeclared += row.CumulativeDeclared
	r.CumulativeEvidenced += row.CumulativeEvidenced
	r.Previous += row.Previous
}

func (r *ReportLine) close(plan Plan) {
	r.Month = r.Declared + r.Evidenced
	r.Cumulative = r.CumulativeDeclared + r.CumulativeEvidenced
	r.Plan, r.HasPlan = plan.Target(r.Indicator, r.Line)
	if r.HasPlan && r.Plan > 0 {
		percent := float64(r.Cumulative) * 100 / float64(r.Plan)
		r.Percent = &percent
	}
}

// PercentText gives the share with at most two decimals and no trailing zeros ("34.3", "22.38"), "" without
// a plan; the decimal mark is a point.
func (r ReportLine) PercentText() string {
	if r.Percent == nil {
		return ""
	}
	s := strconv.FormatFloat(*r.Percent, 'f', 2, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// Line finds one line.
func (m MonthReport) Line(indicator, line string) (ReportLine, bool) {
	for _, l := range m.Lines {
		if l.Indicator == indicator && l.Line == line {
			return l, true
		}
	}
	return ReportLine{}, false
}

// Needed is how many there should be by the end of a month for the year's plan to come out, spread evenly.
func (r ReportLine) Needed(month Month) int { return r.Plan * month.Number() / 12 }

// slowBelow is the share of what is needed, in per cent, under which a line is called slow: a line that is a
// few people short in one month is not.
const slowBelow = 90

// Slow reports whether a line with a plan is well behind the needed pace.
func (r ReportLine) Slow(month Month) bool {
	return r.HasPlan && r.Cumulative*100 < r.Needed(month)*slowBelow
}

// MonthFigures are one month's two sources over all lines of an indicator, beside the even share of its plan.
type MonthFigures struct {
	Month               Month
	Declared, Evidenced int
	Plan                int // 0 without a plan
}

// Sum adds both sources.
func (m MonthFigures) Sum() int { return m.Declared + m.Evidenced }

// Add moves a month by whole months.
func (m Month) Add(n int) Month { return DateOf(m.First().Time().AddDate(0, n, 0)).Month() }
