package web

import (
	"bytes"
	"strings"

	"noiviec/internal/files"
	"noiviec/internal/market"
)

type reportPage struct {
	Layout
	Month market.Month
	Stand string
	Lines []market.ReportLine
	CSV   string
	Form  *Form
}

// showReport shows the month's report, declared and evidenced apart; "?dang=csv" gives it to programs.
func (s *Server) showReport(v *visit) error {
	f := v.blank(0, map[string][]string{"thang": {v.Query("thang")}})
	month, err := market.ParseMonth("thang", v.Query("thang"))
	if v.Query("thang") == "" {
		month, err = v.today.Month(), nil
	}
	if f.caught(err) {
		month = v.today.Month()
	}
	report, err := s.Desk.MonthReport(v.ctx, v.actor, month)
	if err != nil {
		return err
	}
	if v.Query("dang") == "csv" {
		var out bytes.Buffer
		if err := files.ReportCSV(&out, report); err != nil {
			return err
		}
		v.Set("Content-Type", "text/csv; charset=utf-8")
		v.Set("Content-Disposition", `attachment; filename="bao-cao-`+string(month)+`.csv"`)
		return v.Send(out.Bytes())
	}
	page := &reportPage{Layout: v.layout("monthly.title", month.String()), Month: month, Lines: report.Lines, Form: f, CSV: "/can-bo/bao-cao?dang=csv&thang=" + string(month)}
	total, _ := report.Line(market.NewJobs, market.Total)
	if page.Stand = v.T("monthly.stand_none", month.String(), total.Cumulative); total.HasPlan {
		page.Stand = v.T("monthly.stand", month.String(), total.Cumulative, v.decimal(total.PercentText()))
	}
	return v.render("can-bo-bao-cao", f.status(), page)
}

// decimal writes a figure with the decimal mark of the language.
func (v *visit) decimal(text string) string {
	if v.lang == "vi" {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// Line names a line of the report; Percent writes its share of the plan.
func (p *reportPage) Line(l market.ReportLine) string {
	if l.Line == market.Total {
		return p.T("report.total")
	}
	return p.T("line." + l.Indicator + "." + l.Line)
}

// Percent writes a line's share of the plan.
func (p *reportPage) Percent(l market.ReportLine) string { return p.v.decimal(l.PercentText()) }
