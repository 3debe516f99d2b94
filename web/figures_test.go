package web

import (
	"bytes"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// figurePages lists the pages about figures that a counsellor may read.
func (s *site) figurePages() []string {
	s.april()
	f, err := store.First[market.Declared](s.t.Context(), s.s.Store, s.s.by("declared_by_month", market.Month("2018-04")))
	if err != nil {
		s.t.Fatal(err)
	}
	return []string{reportPath + "?thang=2018-04", declaredPath + "?thang=2018-04", declaredPath, declaredPath + "/moi?thang=2018-04", declaredPath + "/" + string(f.ID)}
}

// april declares the figures of April 2018 and their plan.
func (s *site) april() {
	s.t.Helper()
	system := market.SystemActor(s.centre)
	plan := market.Plan{Year: 2018, Targets: []market.Target{{Indicator: market.NewJobs, Line: market.Total, Count: 8600}, {Indicator: market.NewJobs, Line: "loan_fund", Count: 1075},
		{Indicator: market.Training, Line: market.Total, Count: 7600}}}
	if _, err := s.s.Desk.SavePlan(s.t.Context(), system, testNow, plan); err != nil {
		s.t.Fatal(err)
	}
	for _, f := range []market.Declared{{Indicator: market.NewJobs, Line: "loan_fund", Month: "2018-04", Count: 215}, {Indicator: market.NewJobs, Line: "out_of_province", Month: "2018-04", Count: 158},
		{Indicator: market.NewJobs, Line: "labour_export", Month: "2018-04", Count: 5}, {Indicator: market.NewJobs, Line: "socio_economic_programme", Month: "2018-04", Count: 2572},
		{Indicator: market.Training, Line: "elementary", Month: "2018-04", Count: 70}, {Indicator: market.Training, Line: "under_3_months", Month: "2018-04", Count: 357},
		{Indicator: market.Training, Line: "under_3_months", Month: "2018-01", Count: 1274}} {
		f.Source = "Báo cáo"
		if _, err := s.s.Desk.Declare(s.t.Context(), system, testNow, f); err != nil {
			s.t.Fatal(err)
		}
	}
}

var spaces = regexp.MustCompile(`\s+`)

// words gives a page's text without its tags.
func words(body string) string {
	return spaces.ReplaceAllString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "), " ")
}

func TestReportOfApril(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.april()
	b := s.browser(market.Counsellor)
	_, body := b.get(reportPath + "?thang=2018-04&lang=vi")
	for _, want := range []string{"Đến hết tháng 04/2018, toàn tỉnh có 2.950 việc làm mới, đạt 34,3% kế hoạch năm.", "cần thêm 5.650 việc trong 8 tháng cuối năm",
		"215 215 1.075 20%", "1.701 1.701 7.600 22,38%", "thang=2018-03", "thang=2018-05"} {
		if !strings.Contains(words(body), want) && !strings.Contains(body, want) {
			t.Errorf("the report lacks %q\n%s", want, words(body))
		}
	}
	if !regexp.MustCompile(`20%\s*<small> chậm`).MatchString(body) {
		t.Error("a line at 20% after four months is not called slow")
	}
	_, body = b.get(reportPath + "?thang=2018-04&lang=en")
	if !strings.Contains(body, "2,950 new jobs, 34.3%") || strings.Contains(body, "2.950") {
		t.Error("English figures are not written 2,950 and 34.3%")
	}
	res, _ := b.get(reportPath + "?thang=04&nam=2018")
	if got := res.Header.Get("Location"); got != reportPath+"?thang=2018-04" {
		t.Errorf("chosen by two fields: got %q", got)
	}
	for _, month := range []string{"2018-13", "x", "2027-01"} {
		res, body = b.get(reportPath + "?thang=" + month)
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-thang"`) {
			t.Errorf("month %s: got %d, want a message at the field", month, res.StatusCode)
		}
	}
}

func TestReportFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.april()
	b := s.browser(market.Counsellor)
	res, body := b.get(reportPath + "?thang=2018-04&dang=csv")
	if !strings.HasPrefix(body, "indicator,line,declared,evidenced,month,") || !strings.Contains(body, "new_jobs,total,2950,0,2950,2950,8600,34.3") || !strings.Contains(res.Header.Get("Content-Disposition"), "2018-04.csv") {
		t.Errorf("csv: got %s", body)
	}
	_, body = b.get(reportPath + "?thang=2018-04&dang=xlsx")
	f, err := excelize.OpenReader(bytes.NewReader([]byte(body)), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, row := range rows {
		all += strings.Join(row, "|") + "\n"
	}
	for _, want := range []string{"Vay vốn Quỹ quốc gia về việc làm|0|215|0|215|215|1075|20", "Tổng số|0|2950|0|2950|2950|8600|34.3", "|427|0|427|1701|7600|22.38"} {
		if !strings.Contains(all, want) {
			t.Errorf("xlsx lacks %q:\n%s", want, all)
		}
	}
}

func TestDeclaredPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	page := declaredPath + "/moi"
	form := func(more ...string) url.Values {
		v := url.Values{"line": {"new_jobs.loan_fund"}, "month": {"10"}, "year": {"2026"}, "count": {"1.215"}, "source": {"12/BC"}, "signed_on": {"02/11/2026"}, "commune": {s.worker.Commune}}
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	for field, bad := range map[string]url.Values{"count": form("count", "-3"), "month": form("month", "12"), "line": form("line", ""), "source": form("source", ""), "signed_on": form("signed_on", "31/02/2026"), "commune": form("commune", "99999")} {
		res, body := b.post(page, page, bad)
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-`+field+`"`) {
			t.Errorf("bad %s: got %d, want a message at the field", field, res.StatusCode)
		}
		if field != "source" && !strings.Contains(body, `value="12/BC"`) {
			t.Errorf("bad %s: what was typed is gone", field)
		}
	}
	res, body := b.post(page, page, form())
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d\n%s", res.StatusCode, body)
	}
	res, body = b.post(page, page, form("source", "12/bc"))
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `name="again"`) {
		t.Fatalf("the same document again: got %d, want to be asked", res.StatusCode)
	}
	if res, _ = b.post(page, page, form("again", "yes")); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("said to be another: got %d", res.StatusCode)
	}
	_, body = b.get(declaredPath + "?thang=2026-10&dong=new_jobs.loan_fund")
	if !strings.Contains(body, "2.430") { // the sum of both
		t.Errorf("list: %s", words(body))
	}
	if _, other := b.get(declaredPath + "?thang=2026-10&dong=training.elementary"); strings.Contains(other, "12/BC") {
		t.Error("a line's list shows another line's figures")
	}
	one := regexp.MustCompile(declaredPath + `/[a-z2-7]{26}`).FindString(body)
	if res, body = b.post(one, one, form("count", "1215")); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `name="again"`) {
		t.Errorf("corrected without a reason: got %d", res.StatusCode)
	}
	fix := form("count", "1216", "reason", "cộng nhầm", "again", "yes")
	if res, body = b.post(one, one, fix); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("correct: got %d\n%s", res.StatusCode, words(body))
	}
	stale := form("count", "1300", "reason", "bản cũ", "again", "yes", "_rev", "1")
	if res, body = b.post(one, one, stale); res.StatusCode != http.StatusConflict || !strings.Contains(body, `value="1300"`) {
		t.Errorf("an old revision: got %d, want 409 with what was typed", res.StatusCode)
	}
	if res, _ = b.post(one, one+"/bo", url.Values{"void": {""}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("voided without a reason: got %d", res.StatusCode)
	}
	if res, _ = b.post(one, one+"/bo", url.Values{"void": {"gửi nhầm"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("void: got %d", res.StatusCode)
	}
	_, body = b.get(one)
	for _, want := range []string{"1.215 (10/2026) →", "1.216 (10/2026)", "cộng nhầm", "gửi nhầm"} {
		if !strings.Contains(body, want) {
			t.Errorf("history lacks %q: %s", want, words(body))
		}
	}
}

func TestPlanPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Administrator)
	page := planPath + "?nam=2025"
	res, body := b.post(page, planPath, url.Values{"year": {"2025"}, "new_jobs.total": {"100"}, "new_jobs.loan_fund": {"101"}})
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-new_jobs.total"`) || !strings.Contains(body, `value="101"`) {
		t.Fatalf("lines above their total: got %d", res.StatusCode)
	}
	if res, _ = b.post(page, planPath, url.Values{"year": {"2025"}, "new_jobs.total": {"8.600"}, "new_jobs.loan_fund": {"1.075"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d", res.StatusCode)
	}
	if res, body = b.post(page, planPath, url.Values{"year": {"2025"}, "new_jobs.total": {"77"}, "_rev": {"9"}}); res.StatusCode != http.StatusConflict || !strings.Contains(body, `value="77"`) {
		t.Errorf("an old revision: got %d, want 409 with what was typed", res.StatusCode)
	}
	if _, body = b.get(planPath + "?nam=2026"); !strings.Contains(body, "chep=1") {
		t.Error("last year's plan is not offered to copy")
	}
	if _, body = b.get(planPath + "?nam=2026&chep=1"); !strings.Contains(body, `value="1.075"`) {
		t.Error("last year's figures are not filled in")
	}
	if _, body = b.get(planPath + "?nam=2025&chep=1"); !strings.Contains(body, `value="8.600"`) {
		t.Error("copying replaced a plan that was there")
	}
}

// recordLink is an evidenced figure and the address it leads to.
var recordLink = regexp.MustCompile(`<a href="(/can-bo/viec-lam\?[^"]*)">([0-9.]+)<span`)

// TestFiguresLeadToTheirRecords: the evidenced figures of the month and since January are what the list they lead to counts.
func TestFiguresLeadToTheirRecords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.placeSomebody()
	b := s.browser(market.Counsellor)
	later := p.Month.Add(1)
	for month, want := range map[market.Month]int{p.Month: 4, later: 2} { // a line and the total: of the month, since January
		_, body := b.get(reportPath + "?thang=" + string(month))
		links := recordLink.FindAllStringSubmatch(body, -1)
		if len(links) != want {
			t.Errorf("%s: got %d figures that lead to records, want %d", month, len(links), want)
		}
		for _, link := range links {
			_, list := b.get(html.UnescapeString(link[1]))
			if !strings.Contains(list, `<span class="num">`+link[2]+`</span>`) || !strings.Contains(list, "Sùng A Mẫu") {
				t.Errorf("%s does not count %s", link[1], link[2])
			}
		}
	}
}
