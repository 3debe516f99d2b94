package web

import (
	"bytes"
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/jobs"
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

// officePages lists the pages of the administration.
func (s *site) officePages() []string {
	run := market.Run{Meta: market.Meta{ID: market.NewID(), Centre: s.centre, RecordedAt: testNow}, Job: "match", Trigger: "button", By: s.users[market.Administrator].ID, Started: testNow,
		Ended: testNow.Add(3 * time.Second), State: market.RunFailed, Counts: map[string]int{"workers": 4381, "dropped.too_far": 12}}
	if err := s.s.Store.Apply(s.t.Context(), store.Put(&run)); err != nil {
		s.t.Fatal(err)
	}
	set := s.weightSet("mrr")
	s.fairness()
	return []string{weightsPath, weightsPath + "/" + string(set.ID), fairnessPath, fairnessPath + "?thang=2026-01", reportPath, "/quan-tri", "/quan-tri/luot-chay/" + string(run.ID), planPath, planPath + "?nam=2019&chep=1", accountsPath, accountsPath + "/moi",
		accountsPath + "/" + string(s.users[market.Counsellor].ID), auditPath, auditPath + "?nguoi=thu-counsellor", centrePath}
}

// setupLink makes a one-time link.
func (s *site) setupLink() string {
	secret, _, err := s.s.Desk.OfferSetup(s.t.Context(), market.SystemActor(s.centre), testNow, s.users[market.Counsellor].ID, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return setupPath + "?ma=" + secret
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

func TestAccountPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.browser(market.Administrator)
	page := accountsPath + "/moi"
	res, body := admin.post(page, page, url.Values{"name": {"Người Mới"}, "login": {"thu-counsellor"}, "role": {"counsellor"}})
	if res.StatusCode != http.StatusConflict || !strings.Contains(body, `value="Người Mới"`) {
		t.Fatalf("a taken name: got %d, want 409 with what was typed", res.StatusCode)
	}
	if res, _ = admin.post(page, page, url.Values{"name": {"Firm"}, "login": {"firm-2"}, "role": {"employer"}, "subject": {"0000000000"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("an unknown firm: got %d", res.StatusCode)
	}
	form := url.Values{"name": {"Người Mới"}, "login": {"nguoi-moi"}, "role": {"counsellor"}}
	if res, body = admin.post(page, page, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("make: got %d\n%s", res.StatusCode, words(body))
	}
	here := res.Header.Get("Location")
	if strings.Contains(here, "ma=") {
		t.Fatal("the secret stands in the address")
	}
	_, body = admin.get(here)
	link := regexp.MustCompile(setupPath + `\?ma=[a-z2-7]{52}`).FindString(body)
	if link == "" {
		t.Fatal("the one-time link is not shown")
	}
	if _, body = admin.get(here); strings.Contains(body, "?ma=") {
		t.Error("the link is shown a second time")
	}
	if res, _ = admin.send(page, form); res.Header.Get("Location") != here {
		t.Errorf("sent again: got %q, want the same account", res.Header.Get("Location"))
	}

	owner := s.browser(market.Anyone)
	if res, body = owner.post(link, setupPath, url.Values{"ma": {link[len(setupPath)+4:]}, "password": {"mat-khau-moi"}, "again": {"khac"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-again"`) {
		t.Fatalf("two passwords: got %d", res.StatusCode)
	}
	if res, _ = owner.post(link, setupPath, url.Values{"ma": {link[len(setupPath)+4:]}, "password": {"mat-khau-moi"}, "again": {"mat-khau-moi"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("set: got %d", res.StatusCode)
	}
	if res, _ = owner.get(link); res.StatusCode != http.StatusConflict {
		t.Errorf("the link again: got %d, want 409", res.StatusCode)
	}
	if res, _ = owner.post("/dang-nhap", "/dang-nhap", url.Values{"login": {"nguoi-moi"}, "password": {"mat-khau-moi"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("log in: got %d", res.StatusCode)
	}
	if res, _ = owner.get("/can-bo"); res.Header.Get("Location") != "/ma-xac-nhan" {
		t.Errorf("staff without a second factor: got %d to %q, want enrolment", res.StatusCode, res.Header.Get("Location"))
	}
}

// TestAccessEndsAtOnce has one account logged in twice; every change of its access ends both log-ins with
// their next request.
func TestAccessEndsAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.browser(market.Administrator)
	u := s.users[market.Counsellor]
	here := accountsPath + "/" + string(u.ID)
	change := func(path string, form url.Values) {
		t.Helper()
		if res, body := admin.post(here, path, form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%v: got %d\n%s", form, res.StatusCode, words(body))
		}
	}
	for name, do := range map[string]func(){
		"closed":       func() { change(here+"/buoc", url.Values{"step": {"close"}}) },
		"log-ins":      func() { change(here+"/buoc", url.Values{"step": {"end"}}) },
		"factor":       func() { change(here+"/buoc", url.Values{"step": {"factor"}}) },
		"another role": func() { change(here, url.Values{"name": {u.Name}, "login": {u.Login}, "role": {"department"}}) },
	} {
		s.s.limits = newLimiter()
		one, two := s.browser(market.Counsellor), s.browser(market.Counsellor)
		do()
		for _, b := range []*browser{one, two} {
			if res, _ := b.get("/can-bo"); !strings.HasPrefix(res.Header.Get("Location"), "/dang-nhap") {
				t.Errorf("%s: got %d, want to log in again", name, res.StatusCode)
			}
		}
		now, err := store.Get[market.User](t.Context(), s.s.Store, s.centre, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		now.Disabled, now.Role = false, market.Counsellor
		if _, err := s.s.Desk.SaveUser(t.Context(), market.SystemActor(s.centre), testNow, now); err != nil {
			t.Fatal(err)
		}
	}
	own := accountsPath + "/" + string(s.users[market.Administrator].ID)
	if res, body := admin.post(own, own+"/buoc", url.Values{"step": {"close"}}); res.StatusCode != http.StatusConflict || !strings.Contains(body, `value="thu-administrator"`) {
		t.Errorf("an administrator closes their own account: got %d", res.StatusCode)
	}
}

func TestAudit(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Administrator)
	_, body := b.get(auditPath)
	text := words(body)
	for _, want := range []string{"Máy chạy tự động", "duyệt", "tin tuyển dụng", "lưu tài khoản"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q: %s", want, text)
		}
	}
	for _, never := range []string{s.worker.Name, "0912345678", "Hoa Ban"} {
		if strings.Contains(body, never) {
			t.Errorf("the audit repeats %q", never)
		}
	}
	count := func(query string) int {
		t.Helper()
		res, body := b.get(auditPath + query)
		if res.StatusCode != 200 {
			t.Fatalf("%s: got %d", query, res.StatusCode)
		}
		return strings.Count(body[strings.Index(body, "<main"):], "</li>")
	}
	if n := count("?ve=" + string(s.posting.ID)); n != 3 { // saved, submitted, approved
		t.Errorf("of one posting: got %d, want 3", n)
	}
	if n := count("?viec=posting.approve"); n != 1 {
		t.Errorf("approvals: got %d, want 1", n)
	}
	if all, day := count(""), count("?ngay=24/11/2026"); all == 0 || day != all {
		t.Errorf("of the day: got %d of %d", day, all)
	}
	if n := count("?ngay=23/11/2026"); n != 0 {
		t.Errorf("of the day before: got %d", n)
	}
	if n := count("?nguoi=thu-counsellor"); n != 0 {
		t.Errorf("of somebody who did nothing: got %d", n)
	}
	for query, field := range map[string]string{"?ngay=hôm+qua": "ngay", "?nguoi=khong-ai": "nguoi"} {
		if res, body := b.get(auditPath + query); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-`+field+`"`) {
			t.Errorf("%s: got %d", query, res.StatusCode)
		}
	}
}

// TestAuditHasWords finds every action that casework notes.
func TestAuditHasWords(t *testing.T) {
	t.Parallel()
	all, err := loadCatalogues(embedded)
	if err != nil {
		t.Fatal(err)
	}
	noted := regexp.MustCompile(`c\.note\([^"\n]*"([a-z]+\.[a-z_]+)"`)
	files, _ := os.ReadDir("../internal/casework")
	found := 0
	for _, f := range files {
		data, _ := os.ReadFile("../internal/casework/" + f.Name())
		for _, m := range noted.FindAllStringSubmatch(string(data), -1) {
			found++
			noun, _, _ := strings.Cut(m[1], ".")
			if all["vi"]["act."+m[1]]+all["vi"]["event."+m[1]] == "" || all["vi"]["noun."+noun] == "" {
				t.Errorf("%s: no words act.%s or noun.%s", f.Name(), m[1], noun)
			}
		}
	}
	if found < 15 {
		t.Errorf("found %d actions, the search looks for the wrong thing", found)
	}
}

// TestCountsHaveWords finds every count that jobs give.
func TestCountsHaveWords(t *testing.T) {
	t.Parallel()
	all, err := loadCatalogues(embedded)
	if err != nil {
		t.Fatal(err)
	}
	counted := regexp.MustCompile(`counts\["([a-z_]+)"\]`)
	files, _ := os.ReadDir("../jobs")
	for _, f := range files {
		data, _ := os.ReadFile("../jobs/" + f.Name())
		for _, m := range counted.FindAllStringSubmatch(string(data), -1) {
			if !strings.HasSuffix(f.Name(), "_test.go") && all["vi"]["count."+m[1]] == "" {
				t.Errorf("%s: no words count.%s", f.Name(), m[1])
			}
		}
	}
	for _, name := range jobs.Names() {
		if all["vi"]["job."+name] == "" {
			t.Errorf("no words job.%s", name)
		}
	}
}

func TestRunsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	runner, err := jobs.NewRunner(jobs.Config{Centre: s.centre, Store: s.s.Store, Desk: s.s.Desk, Tax: s.s.Tax, Index: s.s.Index, Now: s.s.Now, Log: s.s.Log, Schedules: map[string]string{"index": "15 4 * * 1"}})
	if err != nil {
		t.Fatal(err)
	}
	s.s.Runner = runner
	run := market.Run{Meta: market.Meta{ID: market.NewID(), Centre: s.centre, RecordedAt: testNow}, Job: "match", Trigger: "schedule", Started: testNow, Ended: testNow.Add(1500 * time.Millisecond),
		State: market.RunFailed, Error: "dial tcp 10.0.0.1: secret", Counts: map[string]int{"workers": 4381, "dropped.too_far": 12, "from_tomorrow": 3}}
	if err := s.s.Store.Apply(t.Context(), store.Put(&run)); err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.Administrator)
	_, body := b.get("/quan-tri")
	for _, want := range []string{"hằng ngày, 01:30", "01:30 25/11/2026", "thứ hai hằng tuần, 04:15", "1,5 giây", "mã lỗi " + string(run.ID), "người tìm việc 4.381", "Hỏng ở lượt cuối: Ghép người và việc", "Chỉ có một người quản trị"} {
		if !strings.Contains(words(body), want) {
			t.Errorf("lacks %q: %s", want, words(body))
		}
	}
	_, one := b.get("/quan-tri/luot-chay/" + string(run.ID) + "?lang=en")
	for _, want := range []string{"4,381 people", "12 left out: too far", "from tomorrow 3"} {
		if !strings.Contains(one, want) {
			t.Errorf("the run lacks %q: %s", want, words(one))
		}
	}
	for _, page := range []string{body, one} {
		if strings.Contains(page, "10.0.0.1") {
			t.Error("the text of a fault is shown")
		}
	}
	if res, _ := b.post("/quan-tri", "/quan-tri/chay", url.Values{"job": {"khong-co"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("an unknown job: got %d", res.StatusCode)
	}
	if res, _ := b.post("/quan-tri", "/quan-tri/chay", url.Values{"job": {"followups"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("run now: got %d", res.StatusCode)
	}
	runner.Stop(t.Context())
}

func TestCentrePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Administrator)
	form := url.Values{"name": {"Trung tâm Thử"}, "phone": {"gọi sau"}, "hours": {"Thứ hai, 8:00"}, "director": {"Bà Giám Đốc Thử"}, "parent": {"Sở Thử"}}
	res, body := b.post(centrePath, centrePath, form)
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `value="Sở Thử"`) {
		t.Fatalf("a bad phone: got %d", res.StatusCode)
	}
	form.Set("phone", "0215 300 0001")
	form.Set("_once", "")
	if res, _ = b.post(centrePath, centrePath, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d", res.StatusCode)
	}
	if _, body = s.browser(market.Anyone).get("/"); !strings.Contains(body, "Thứ hai, 8:00") || !strings.Contains(body, "0215 300 0001") {
		t.Error("the footer does not show hours and phone")
	}
	if _, body = b.get(reportPath); !strings.Contains(body, "Bà Giám Đốc Thử") || !strings.Contains(body, "Sở Thử") {
		t.Error("the report does not carry heading and signature")
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
