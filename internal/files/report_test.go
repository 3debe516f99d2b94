package files

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"noiviec/internal/market"
)

func aprilReport() market.MonthReport {
	plan := market.Plan{Year: 2018, Targets: []market.Target{{Indicator: market.NewJobs, Line: "loan_fund", Count: 1075}, {Indicator: market.NewJobs, Line: market.Total, Count: 8600}, {Indicator: market.Training, Line: market.Total, Count: 7600}}}
	declared := []market.Tally{
		{Indicator: market.NewJobs, Line: "loan_fund", Month: "2018-04", Count: 200}, {Indicator: market.NewJobs, Line: "socio_economic_programme", Month: "2018-04", Count: 2572},
		{Indicator: market.NewJobs, Line: "out_of_province", Month: "2018-04", Count: 158}, {Indicator: market.NewJobs, Line: "labour_export", Month: "2018-04", Count: 5},
		{Indicator: market.Training, Line: "elementary", Month: "2018-04", Count: 70}, {Indicator: market.Training, Line: "under_3_months", Month: "2018-04", Count: 357},
		{Indicator: market.Training, Line: "under_3_months", Month: "2018-03", Count: 1274},
	}
	evidenced := []market.Tally{{Indicator: market.NewJobs, Line: "loan_fund", Month: "2018-04", Count: 15}}
	order := map[string][]string{market.NewJobs: {"loan_fund", "out_of_province", "labour_export", "socio_economic_programme"}, market.Training: {"elementary", "under_3_months"}}
	return market.BuildReport("2018-04", plan, order, declared, evidenced)
}

func TestReportCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := ReportCSV(&b, aprilReport()); err != nil {
		t.Fatal(err)
	}
	want := `indicator,line,declared,evidenced,month,cumulative,plan_year,percent_of_plan
new_jobs,loan_fund,200,15,215,215,1075,20
new_jobs,out_of_province,158,0,158,158,,
new_jobs,labour_export,5,0,5,5,,
new_jobs,socio_economic_programme,2572,0,2572,2572,,
new_jobs,total,2935,15,2950,2950,8600,34.3
training,elementary,70,0,70,70,,
training,under_3_months,357,0,357,1631,,
training,total,427,0,427,1701,7600,22.38
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestReportTextIsAligned(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	labels := func(key string) string {
		return map[string]string{"report.total": "Tổng số", "report.line": "Chỉ tiêu"}[key]
	}
	if err := ReportText(&b, aprilReport(), labels); err != nil {
		t.Fatal(err)
	}
	width := 0
	for line := range strings.Lines(b.String()) {
		if strings.Contains(line, "34.3") || strings.Contains(line, "22.38") || strings.Contains(line, "Chỉ tiêu") {
			if n := len([]rune(strings.TrimRight(line, "\n"))); width == 0 {
				width = n
			} else if n != width {
				t.Errorf("line of %d letters, want %d: %q", n, width, line)
			}
		}
	}
	if width == 0 || !strings.Contains(b.String(), "Tổng số") {
		t.Errorf("got\n%s", b.String())
	}
}

func TestReportXLSXHasFiguresAndSignatures(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	head := ReportHead{Parent: "Sở thử nghiệm", Centre: "Trung tâm thử nghiệm", Place: "Điện Biên", On: "2018-05-03", Director: "Giám đốc Mẫu"}
	if err := ReportXLSX(&b, aprilReport(), head, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("report")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(strings.Join(r, "|") + "\n")
	}
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Sở thử nghiệm", "|2935|15|2950|2950|8600|34.3", "|1701|7600|22.38", "GIÁM ĐỐC", "NGƯỜI LẬP BIỂU", "Giám đốc Mẫu", "ngày 03 tháng 05 năm 2018"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, all.String())
		}
	}
}
