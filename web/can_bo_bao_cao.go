package web

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/files"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

const reportPath = "/can-bo/bao-cao"

type reportPage struct {
	Layout
	Month          market.Month
	Pick           *Form
	Months, Years  Field
	Previous, Next string
	CSV, XLSX      string
	Stand          string
	Figures        []reportFigure
	Pace           string // the key's words for the pace line
	Parts          []reportPart
	Chart          reportChart
}

// reportFigure is one of the three large figures on top.
type reportFigure struct{ Figure, Text, Note string }

// reportPart is one indicator's table: its lines and their total.
type reportPart struct {
	Title string
	Lines []reportRow
	Total reportRow
}

// reportRow is a line of the report with what its bar and links need.
type reportRow struct {
	market.ReportLine
	Name, Share         string
	Slow                bool
	Bar                 bar
	FromRecords, FromBy string // where the month's evidenced and declared figures come from
	YearRecords         string // where the evidenced figure since January comes from
}

// bar gives lengths in per cent of the year's plan, or of what was reached when that is more.
type bar struct{ Evidenced, Declared, Pace string }

// showReport shows how the year stands at the end of a month, declared and evidenced apart; "?dang=csv" and
// "?dang=xlsx" give it as files.
func (s *Server) showReport(v *visit) error {
	if year := v.Query("nam"); year != "" { // from the two fields: the address that stays is the one with the month alone
		return v.to(reportPath + "?thang=" + url.QueryEscape(year+"-"+v.Query("thang")))
	}
	f := v.blank(0, map[string][]string{"thang": {v.Query("thang")}})
	month := v.reportMonth(f)
	report, err := s.Desk.MonthReport(v.ctx, v.actor, month)
	if err != nil {
		return err
	}
	switch v.Query("dang") {
	case "csv":
		return v.sendReportCSV(report)
	case "xlsx":
		return v.sendReportXLSX(report)
	}
	months, err := s.Desk.Months(v.ctx, v.actor, market.NewJobs, month, 12)
	if err != nil {
		return err
	}
	page := &reportPage{Layout: v.layout("monthly.title", month), Month: month, Pick: f}
	page.Wide = true
	if err := page.pick(v); err != nil {
		return err
	}
	page.tell(report)
	if page.Parts, err = v.reportParts(report); err != nil {
		return err
	}
	page.Chart = v.reportChart(months)
	return v.render("can-bo-bao-cao", f.status(), page)
}

// reportMonth reads the month asked for; one that is none, or has not come, is a problem and this month is shown.
func (v *visit) reportMonth(f *Form) market.Month {
	now := v.today.Month()
	if v.Query("thang") == "" {
		return now
	}
	month, err := market.ParseMonth("thang", v.Query("thang"))
	if err == nil && month > now {
		err = market.Bad("thang", "error.month.future", month)
	}
	if f.caught(err) {
		return now
	}
	return month
}

// pick fills the fields that choose a month, and the links around it.
func (p *reportPage) pick(v *visit) error {
	first, err := v.firstYear()
	if err != nil {
		return err
	}
	p.Months, p.Years = v.monthFields(p.Pick, p.Month, "thang", "nam", first)
	here := reportPath + "?thang="
	p.Previous = here + string(p.Month.Add(-1))
	if next := p.Month.Add(1); next <= v.today.Month() {
		p.Next = here + string(next)
	}
	p.CSV, p.XLSX = here+string(p.Month)+"&dang=csv", here+string(p.Month)+"&dang=xlsx"
	return nil
}

// firstYear is the year of the oldest figure.
func (v *visit) firstYear() (int, error) {
	year := v.today.Year()
	f, err := store.First[market.Declared](v.ctx, v.s.Store, store.Query{Centre: v.s.Centre, Index: "declared_by_month", From: market.Month("")})
	if err == nil {
		year = min(year, f.Month.Year())
	} else if market.KindOf(err) != market.NotFound {
		return 0, err
	}
	p, err := store.First[market.Placement](v.ctx, v.s.Store, store.Query{Centre: v.s.Centre, Index: "placements_by_month", From: market.Month("")})
	if err == nil {
		year = min(year, p.Month.Year())
	} else if market.KindOf(err) != market.NotFound {
		return 0, err
	}
	return year, nil
}

// tell writes the sentence that says how we stand, and the three figures.
func (p *reportPage) tell(report market.MonthReport) {
	t, month := p.T, p.Month
	total, _ := report.Line(market.NewJobs, market.Total)
	share := p.v.share(total)
	ahead, left := total.Cumulative-total.Needed(month), total.Plan-total.Cumulative
	rest := 12 - month.Number()
	p.Stand = t("stand.none", month, total.Cumulative)
	if total.HasPlan {
		p.Stand = t("stand.year", month, total.Cumulative, share) + " "
		switch {
		case left <= 0:
			p.Stand += t("stand.reached", total.Plan)
		case rest == 0:
			p.Stand += t("stand.over", left)
		case ahead < 0:
			p.Stand += t("stand.behind", -ahead, month.Number()) + " " + p.left(left, rest)
		default:
			p.Stand += t("stand.ahead", ahead, month.Number()) + " " + p.left(left, rest)
		}
		p.Pace = t("monthly.pace", month, p.Percent(float64(month.Number())/12))
	}
	year := reportFigure{p.Number(total.Cumulative), t("monthly.since_january"), t("monthly.no_plan")}
	if total.HasPlan {
		year.Note = t("monthly.of_plan", share, total.Plan)
	}
	evidenced := reportFigure{p.Number(total.CumulativeEvidenced), t("monthly.with_evidence"), ""}
	if total.Cumulative > 0 {
		evidenced.Note = t("monthly.of_year", p.Percent(float64(total.CumulativeEvidenced)/float64(total.Cumulative)))
	}
	p.Figures = []reportFigure{year, {p.Number(total.Month), t("monthly.in_month", month), t("monthly.before", month.Add(-1), total.Previous)}, evidenced}
}

func (p *reportPage) left(people, months int) string {
	if months == 1 {
		return p.T("stand.left_last", people)
	}
	return p.T("stand.left", people, months)
}

// share writes what a line has reached of its plan: 34,3%, "" without a plan.
func (v *visit) share(l market.ReportLine) string {
	if l.Percent == nil {
		return ""
	}
	return decimal(v.lang, l.PercentText()) + "%"
}

func (v *visit) reportParts(report market.MonthReport) ([]reportPart, error) {
	names, err := v.lineNames()
	if err != nil {
		return nil, err
	}
	var out []reportPart
	for i, l := range report.Lines {
		if i == 0 || l.Indicator != report.Lines[i-1].Indicator {
			out = append(out, reportPart{Title: v.T("indicator." + l.Indicator)})
		}
		part := &out[len(out)-1]
		row := reportRow{ReportLine: l, Name: names(l.Indicator, l.Line), Share: v.share(l), Slow: l.Slow(report.Month), Bar: barOf(l, report.Month)}
		if row.Declared > 0 && market.May(v.actor.Role, market.DeclareResult) {
			row.FromBy = declaredPath + "?thang=" + string(report.Month)
			if l.Line != market.Total {
				row.FromBy += "&dong=" + l.Indicator + "." + url.QueryEscape(l.Line)
			}
		}
		if row.Evidenced > 0 && l.Indicator == market.NewJobs && v.mayOpen(recordsPath) {
			row.FromRecords = records(report.Month, report.Month, l.Line)
		}
		if row.CumulativeEvidenced > 0 && l.Indicator == market.NewJobs && v.mayOpen(recordsPath) {
			row.YearRecords = records(report.Month.Add(1-report.Month.Number()), report.Month, l.Line)
		}
		if l.Line == market.Total {
			part.Total = row
		} else {
			part.Lines = append(part.Lines, row)
		}
	}
	return out, nil
}

// recordsPath lists placements one by one.
const recordsPath = "/can-bo/viec-lam"

// records is the address of the placements behind one figure: of a line, from a month to a month.
func records(from, to market.Month, line string) string {
	out := recordsPath + "?thang=" + string(to)
	if from != to {
		out += "&tu=" + string(from)
	}
	if line != market.Total {
		out += "&kenh=" + url.QueryEscape(line)
	}
	return out
}

// mayOpen reports whether there is such a page and the visitor's role may open it.
func (v *visit) mayOpen(path string) bool {
	return slices.ContainsFunc(routes(), func(r route) bool { return r.method == "GET" && r.path == path && v.permit(r) == nil })
}

func barOf(l market.ReportLine, month market.Month) bar {
	if !l.HasPlan {
		return bar{}
	}
	whole := float64(max(l.Plan, l.Cumulative, 1))
	length := func(n int) string { return strconv.FormatFloat(float64(n)*100/whole, 'f', 1, 64) + "%" }
	return bar{length(l.CumulativeEvidenced), length(l.Cumulative), length(l.Needed(month))}
}

// lineNames gives the name of a report's line: of a channel as the centre calls it, of a level from the words.
func (v *visit) lineNames() (func(indicator, line string) string, error) {
	channels, err := v.s.Desk.Channels(v.ctx, v.s.Centre)
	if err != nil {
		return nil, err
	}
	return func(indicator, line string) string {
		if line == market.Total {
			return v.T("report.total")
		}
		if text, ok := v.s.words[v.lang]["line."+indicator+"."+line]; ok {
			return text
		}
		for _, ch := range channels {
			if ch.Code == line && v.lang == "en" && ch.NameEN != "" {
				return ch.NameEN
			} else if ch.Code == line {
				return ch.NameVI
			}
		}
		return line
	}, nil
}

func (v *visit) sendReportCSV(report market.MonthReport) error {
	var out bytes.Buffer
	if err := files.ReportCSV(&out, report); err != nil {
		return err
	}
	v.Set("Content-Type", "text/csv; charset=utf-8")
	v.Set("Content-Disposition", `attachment; filename="bao-cao-`+string(report.Month)+`.csv"`)
	return v.Send(out.Bytes())
}

func (v *visit) sendReportXLSX(report market.MonthReport) error {
	names, err := v.lineNames()
	if err != nil {
		return err
	}
	centre := v.centre()
	province, _ := v.s.Tax.Province(centre.Province)
	head := files.ReportHead{Parent: centre.Parent, Centre: centre.Name, Place: province.Name, On: v.today, Director: centre.Director}
	labels := func(key string) string {
		for _, indicator := range []string{market.NewJobs, market.Training} {
			if line, ok := strings.CutPrefix(key, "line."+indicator+"."); ok {
				return names(indicator, line)
			}
		}
		return v.T(key)
	}
	var out bytes.Buffer
	if err := files.ReportXLSX(&out, report, head, labels); err != nil {
		return err
	}
	v.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Set("Content-Disposition", `attachment; filename="bao-cao-`+string(report.Month)+`.xlsx"`)
	return v.Send(out.Bytes())
}
