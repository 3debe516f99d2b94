package files

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// ReportColumns are the columns of the report's CSV, which scripts read.
var ReportColumns = []string{"indicator", "line", "declared", "evidenced", "month", "cumulative", "plan_year", "percent_of_plan"}

// ReportCSV writes the monthly report for programs: no mark, codes for names, a point as decimal mark, an
// empty cell where there is no plan. plan_year and percent_of_plan are of the whole year.
func ReportCSV(w io.Writer, report market.MonthReport) error {
	out := csv.NewWriter(w)
	if err := out.Write(ReportColumns); err != nil {
		return err
	}
	for _, l := range report.Lines {
		if err := out.Write([]string{
			l.Indicator, l.Line, strconv.Itoa(l.Declared), strconv.Itoa(l.Evidenced), strconv.Itoa(l.Month), strconv.Itoa(l.Cumulative),
			planText(l), l.PercentText(),
		}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func planText(l market.ReportLine) string {
	if !l.HasPlan {
		return ""
	}
	return strconv.Itoa(l.Plan)
}

// Labels gives the words for a key: "report.title", "report.declared", "indicator.new_jobs",
// "line.new_jobs.loan_fund" (see the package's list of keys). An answer that is empty or the key itself shows the code.
type Labels func(key string) string

func (l Labels) or(key, code string) string {
	if l == nil {
		return code
	}
	if s := l(key); s != "" && s != key {
		return s
	}
	return code
}

// line gives the name of a line of an indicator.
func (l Labels) line(r market.ReportLine) string {
	if r.Line == market.Total {
		return l.or("report.total", market.Total)
	}
	return l.or("line."+r.Indicator+"."+r.Line, r.Line)
}

// ReportText writes the report as an aligned table for a terminal, one block an indicator.
func ReportText(w io.Writer, report market.MonthReport, labels Labels) error {
	head := []string{
		labels.or("report.line", "line"), labels.or("report.previous", "previous"), labels.or("report.declared", "declared"), labels.or("report.evidenced", "evidenced"),
		labels.or("report.month", "month"), labels.or("report.cumulative", "cumulative"), labels.or("report.plan_year", "plan_year"), labels.or("report.percent", "%"),
	}
	rows := [][]string{head}
	for _, l := range report.Lines {
		rows = append(rows, []string{
			labels.line(l), strconv.Itoa(l.Previous), strconv.Itoa(l.Declared), strconv.Itoa(l.Evidenced), strconv.Itoa(l.Month), strconv.Itoa(l.Cumulative),
			planText(l), l.PercentText(),
		})
	}
	widths := columnWidths(rows)
	if _, err := fmt.Fprintf(w, "%s %s\n", labels.or("report.title", "report"), report.Month); err != nil {
		return err
	}
	for i, l := range report.Lines {
		if i == 0 || l.Indicator != report.Lines[i-1].Indicator {
			if _, err := fmt.Fprintf(w, "\n%s\n%s\n", strings.ToUpper(labels.or("indicator."+l.Indicator, l.Indicator)), aligned(head, widths)); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintln(w, aligned(rows[i+1], widths)); err != nil {
			return err
		}
	}
	return nil
}

func columnWidths(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], letters(cell))
		}
	}
	return widths
}

// letters counts what a cell takes on a terminal: one place a letter, composed.
func letters(cell string) int { return utf8.RuneCountInString(taxonomy.Clean(cell)) }

// aligned writes the first cell to the left and the figures to the right.
func aligned(cells []string, widths []int) string {
	var b strings.Builder
	for i, cell := range cells {
		gap := strings.Repeat(" ", max(0, widths[i]-letters(cell)))
		switch {
		case i == 0:
			b.WriteString("  " + cell + gap)
		default:
			b.WriteString("  " + gap + cell)
		}
	}
	return strings.TrimRight(b.String(), " ")
}
