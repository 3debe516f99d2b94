package web

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/jobs"
)

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
	s := newSite(t)
	seen := map[string]bool{}
	for _, o := range (&visit{s: s.s, lang: "vi"}).auditActions() {
		if seen[o.Value] {
			t.Errorf("%s stands twice in the list to choose from", o.Value)
		}
		seen[o.Value] = true
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
		State: market.RunFailed, Error: "dial tcp 10.0.0.1: secret", Counts: map[string]int{"workers": 4381, "dropped.too_far": 12, "spread.score_loss_permille": 42, "from_tomorrow": 3}}
	if err := s.s.Store.Apply(t.Context(), store.Put(&run)); err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.Administrator)
	_, body := b.get("/quan-tri")
	for _, want := range []string{"hằng ngày, 01:30", "01:30 25/11/2026", "thứ hai hằng tuần, 04:15", "1,5 giây", "mã lỗi " + string(run.ID), "người tìm việc: 4.381", "Hỏng ở lượt cuối: Ghép người và việc", "Chỉ có một người quản trị"} {
		if !strings.Contains(words(body), want) {
			t.Errorf("lacks %q: %s", want, words(body))
		}
	}
	_, one := b.get("/quan-tri/luot-chay/" + string(run.ID) + "?lang=en")
	for _, want := range []string{"4,381 people", "12 left out: too far", "4.2% of the score", "from tomorrow 3"} {
		if !strings.Contains(one, want) {
			t.Errorf("the run lacks %q: %s", want, words(one))
		}
	}
	for _, page := range []string{body, one} {
		if strings.Contains(page, "10.0.0.1") {
			t.Error("the text of a fault is shown")
		}
	}
	run.Meta, run.State, run.Error, run.Started = market.Meta{ID: market.NewID(), Centre: s.centre, RecordedAt: testNow}, market.RunStopped, "", testNow.Add(time.Minute)
	if err := s.s.Store.Apply(t.Context(), store.Put(&run)); err != nil {
		t.Fatal(err)
	}
	if _, body := b.get("/quan-tri?lang=vi"); !strings.Contains(words(body), "dừng giữa chừng") || strings.Contains(words(body), "mã lỗi "+string(run.ID)) || strings.Contains(words(body), "Hỏng ở lượt cuối") {
		t.Errorf("a job that was told to stop is shown as broken: %s", words(body))
	}
	if _, one := b.get("/quan-tri/luot-chay/" + string(run.ID) + "?lang=vi"); !strings.Contains(words(one), "Không có gì hỏng") || strings.Contains(words(one), "Việc này hỏng") {
		t.Errorf("the run that was told to stop: %s", words(one))
	}
	sample := s.users[market.Counsellor]
	sample.Demo, sample.TOTPOn = true, false
	if _, err := s.s.Desk.SaveUser(t.Context(), market.SystemActor(s.centre), testNow, sample); err != nil {
		t.Fatal(err)
	}
	if _, body := b.get("/quan-tri?lang=vi"); !strings.Contains(body, "tài khoản mẫu vào được trang cán bộ") || strings.Contains(body, "Mọi cán bộ đã cài mã") {
		t.Error("a sample account without a second factor is not warned of")
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
