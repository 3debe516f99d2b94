package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/jobs"
	"noiviec/search"
)

var testNow = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

// site is a running application on a real embedded store and index, with one account of each role.
type site struct {
	t        *testing.T
	s        *Server
	centre   market.ID
	employer market.Employer
	posting  market.Posting
	worker   market.Worker
	checked  market.Posting  // waits for a check, once furnished
	referral market.Referral // of somebody who began work
	running  market.Referral // one that waits for the employer
	waiting  market.Referral // the employer is to answer it; see offer
	users    map[market.Role]market.User
}

func newSite(t *testing.T) *site {
	t.Helper()
	ctx, tax := context.Background(), taxonomy.Default()
	st, err := store.Open(ctx, store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	desk := casework.New(st, tax)
	out := &site{t: t, centre: market.NewID(), users: map[market.Role]market.User{}}
	system := market.SystemActor(out.centre)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = desk.OpenCentre(ctx, testNow, market.CentreSettings{Meta: market.Meta{ID: out.centre}, Name: "Trung tâm Dịch vụ việc làm tỉnh Điện Biên", Province: "11", Phone: "0215 300 0000"})
	must(err)
	out.employer, err = desk.RegisterEmployer(ctx, system, testNow, market.Employer{Name: "Công ty May <Hoa Ban>", Province: "11", TaxCode: "5600123456"})
	must(err)
	out.employer, err = desk.MoveEmployer(ctx, system, testNow, out.employer.ID, out.employer.Rev, market.EmployerVerify, "")
	must(err)
	home := tax.Provinces()[0].Communes[0]
	if p, ok := tax.Province("11"); ok {
		home = p.Communes[0]
	}
	skill := tax.Skills()[0].ID
	out.posting, err = desk.SavePosting(ctx, system, testNow, market.Posting{Employer: out.employer.ID, EmployerName: out.employer.Name, Title: "Công nhân may", Openings: 8,
		Pay:        market.Pay{Min: 7_800_000, Max: 10_500_000, Currency: "VND", Period: market.PerMonth, Basis: market.GrossPay, Status: market.PayStated},
		Workplaces: []market.Workplace{{Commune: home, Province: "11"}}, Benefits: []string{"meals", "bus", "insurance"}, MealsPerDay: 1, Shift: "day",
		Requirements: []market.Requirement{{Kind: "skill", ID: skill}, {Kind: "certificate", ID: tax.Certificates()[0].ID, Nice: true}}, MinMonths: 3,
		ContractType: "from_12_to_36_months", Deadline: "2026-12-15", Text: "May theo chuyền.\nNghỉ chủ nhật. <script>alert(1)</script>"})
	must(err)
	for _, event := range []market.PostingEvent{market.PostingSubmit, market.PostingApprove} {
		out.posting, err = desk.MovePosting(ctx, system, testNow, out.posting.ID, out.posting.Rev, event, "")
		must(err)
	}
	consent := market.Consent{Version: "t", At: testNow, Channel: "page"}
	out.worker, err = desk.RegisterWorker(ctx, system, testNow, market.Worker{Name: "Lò Thị Thử", Born: "1998", Phones: []string{"0912345678"}, Commune: home, Consent: consent, About: "Em biết may, làm công ty giày 2 năm, có bằng lái xe máy.",
		Skills: []market.HeldSkill{{ID: skill, Level: 2}}})
	must(err)
	list := market.Suggestions{Meta: market.Meta{ID: market.SuggestionsID(out.centre, market.ForWorker, out.worker.ID), Centre: out.centre, RecordedAt: testNow},
		Side: market.ForWorker, Subject: out.worker.ID, On: "2026-11-24", Items: []market.Suggestion{{Posting: out.posting.ID, Worker: out.worker.ID, Score: 60,
			Parts: []market.Part{{Name: "place", Points: 60, Max: 60}}, Reasons: []market.Reason{{Code: "place_near", Args: []string{"6"}}}, Warnings: []market.Reason{{Code: "skill_missing", Args: []string{skill}}}}}}
	must(keepLists(desk, out.centre, st, list))
	hash := HashPassword("mat-khau-thu")
	subjects := map[market.Role]market.ID{market.Seeker: out.worker.ID, market.EmployerRole: out.employer.ID}
	for _, role := range []market.Role{market.Seeker, market.EmployerRole, market.Counsellor, market.Administrator} {
		u, err := desk.SaveUser(ctx, system, testNow, market.User{Login: "thu-" + string(role), Name: "Người Thử", Role: role, Subject: subjects[role], Password: hash, Demo: true})
		must(err)
		out.users[role] = u
	}
	index, err := search.Open(t.TempDir())
	must(err)
	t.Cleanup(func() { index.Close() })
	must(index.PutPostings(ctx, []market.Posting{out.posting}))
	must(index.PutWorkers(ctx, []market.Worker{out.worker}))
	out.s, err = New(Config{Centre: out.centre, Store: st, Desk: desk, Index: index, Tax: tax, Lexicon: jobs.NewLexicon(st, index, tax, out.centre, slog.New(slog.DiscardHandler)), Now: func() time.Time { return testNow }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	must(err)
	return out
}

// browser keeps cookies, as a person's does; it does not follow redirects.
type browser struct {
	*site
	jar map[string]string
}

func (s *site) browser(role market.Role) *browser {
	b := &browser{s, map[string]string{}}
	if role != market.Anyone {
		b.get("/dang-nhap")
		res, _ := b.post("/dang-nhap", "/dang-nhap", url.Values{"login": {"thu-" + string(role)}, "password": {"mat-khau-thu"}})
		if res.StatusCode != http.StatusSeeOther {
			s.t.Fatalf("log in as %s: got %d", role, res.StatusCode)
		}
	}
	return b
}

func (b *browser) do(req *http.Request) (*http.Response, string) {
	b.t.Helper()
	for name, value := range b.jar {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := b.s.App().Test(req, 20_000)
	if err != nil {
		b.t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	for _, c := range res.Cookies() {
		if b.jar[c.Name] = c.Value; c.MaxAge < 0 || c.Value == "" {
			delete(b.jar, c.Name)
		}
	}
	return res, string(body)
}

func (b *browser) get(path string) (*http.Response, string) {
	return b.do(httptest.NewRequest("GET", path, nil))
}

var hiddenField = regexp.MustCompile(`name="(_form|_once|_rev)" value="([^"]*)"`)

// post sends a form with the hidden fields of the page it stands on.
func (b *browser) post(page, path string, values url.Values) (*http.Response, string) {
	b.t.Helper()
	_, body := b.get(page)
	at := strings.Index(body, `action="`+path+`"`)
	if at < 0 {
		at = 0
	}
	for _, m := range hiddenField.FindAllStringSubmatch(body[at:], 3) {
		if values.Get(m[1]) == "" {
			values.Set(m[1], m[2])
		}
	}
	return b.send(path, values)
}

func (b *browser) send(path string, values url.Values) (*http.Response, string) {
	req := httptest.NewRequest("POST", path, strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

// pagesOf lists the pages each role may read; it furnishes the site for the staff's.
func (s *site) pagesOf() map[market.Role][]string {
	s.furnish()
	s.offer()
	s.teach()
	posting, introduced := pathOf(s.posting.ID), "/nha-tuyen-dung/gioi-thieu/"
	return map[market.Role][]string{
		market.Anyone: {"/", "/?q=may&xa=" + url.QueryEscape("Điện Biên Phủ"), "/?q=khongcogi&cd=bus", "/?q=" + url.QueryEscape("may lương từ 5 triệu ở Thanh Nưa"), "/nghe?xa=" + url.QueryEscape("Điện Biên Phủ"), "/chon/noi?q=may", "/chon/noi?nhom=24", posting, "/dang-nhap", "/dang-ky", "/nha-tuyen-dung/dang-ky", "/khong-co", s.setupLink()},
		market.Seeker: {"/", posting, "/toi", "/toi/mo-ta", "/toi/mo-ta?xem=1", "/toi/viec-hop", "/toi/gioi-thieu"},
		market.EmployerRole: {"/", posting, "/nha-tuyen-dung", "/nha-tuyen-dung/tin-moi", editPath(s.posting.ID), reviewPath(s.posting.ID), "/nha-tuyen-dung/thong-tin",
			introduced + string(s.referral.ID), introduced + string(s.waiting.ID)},
		market.Counsellor:    append(s.counsellorPages(), s.figurePages()...),
		market.Administrator: append(s.administratorPages(), s.officePages()...),
	}
}

// another opens one more posting like the site's own under another title.
func (s *site) another(title string) market.Posting {
	s.t.Helper()
	ctx, system := s.t.Context(), market.SystemActor(s.centre)
	p := s.posting
	p.Meta, p.Number, p.State, p.Title = market.Meta{}, "", "", title
	p, err := s.s.Desk.SavePosting(ctx, system, testNow, p)
	for _, event := range []market.PostingEvent{market.PostingSubmit, market.PostingApprove} {
		if err == nil {
			p, err = s.s.Desk.MovePosting(ctx, system, testNow, p.ID, p.Rev, event, "")
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// offer gives the pages something that waits: the job seeker's answer to one offer, the employer's to another.
func (s *site) offer() {
	s.t.Helper()
	if s.waiting.ID != "" {
		return
	}
	if s.referral.ID == "" {
		s.placeSomebody()
	}
	ctx, system := s.t.Context(), market.SystemActor(s.centre)
	made, err := s.s.Desk.Refer(ctx, system, testNow, casework.ReferralRequest{Posting: s.another("Phụ bếp").ID, Workers: []market.ID{s.worker.ID}})
	if err == nil {
		_, err = s.s.Desk.MoveReferral(ctx, system, testNow, made[0].ID, made[0].Rev, market.ReferralSend, market.ReferralStep{})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.waiting = s.walkReferral(s.register("Vừ Thị Mẫu"), "", market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce)
}

var (
	inputTag = regexp.MustCompile(`<(?:input|select|textarea)\b[^>]*>`)
	fetched  = regexp.MustCompile(`(?:href|src)="/static/[^"#]*`)
	idOf     = regexp.MustCompile(`\bid="([^"]*)"`)
)

func TestPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for role, paths := range s.pagesOf() {
		b := s.browser(role)
		for _, path := range paths {
			for _, lang := range languages {
				sep := "?"
				if strings.Contains(path, "?") {
					sep = "&"
				}
				res, body := b.get(path + sep + "lang=" + lang)
				if want := 200; res.StatusCode != want && path != "/khong-co" {
					t.Errorf("%s %s: got %d, want %d\n%s", role, path, res.StatusCode, want, body)
				}
				checkPage(t, string(role)+" "+path+" "+lang, lang, body)
			}
		}
	}
}

// checkPage checks landmarks, labels, words and weight of one page.
func checkPage(t *testing.T, name, lang, body string) {
	t.Helper()
	for _, want := range []string{`<html lang="` + lang + `">`, `<main id="chinh">`, "<header", "<footer", "<nav", "<title>", "<h1"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s: no %s", name, want)
		}
	}
	for _, never := range []string{"⟦", "ZgotmplZ", "style=", "<script>alert", "%!", "<no value>"} {
		if strings.Contains(body, never) {
			at := strings.Index(body, never)
			t.Errorf("%s: contains %q: …%s…", name, never, body[max(0, at-80):min(len(body), at+80)])
		}
	}
	for _, tag := range inputTag.FindAllString(body, -1) {
		if strings.Contains(tag, `type="hidden"`) || labelled(body, tag) {
			continue
		}
		t.Errorf("%s: no label for %s", name, tag)
	}
	if n := strings.Count(body, "<") - strings.Count(body, "</"); n > 800 && !strings.Contains(name, "/toi ") && !strings.Contains(name, "/sua ") && !strings.Contains(name, "/ho-so/moi ") {
		t.Errorf("%s: got %d elements, want at most 800", name, n)
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(fetched.FindAllString(body, -1))))); n > 3 && !strings.Contains(body, "/static/staff.") {
		t.Errorf("%s: got %d requests besides the page, want at most 3", name, n)
	}
	sheet := "style.css"
	if strings.Contains(body, "/static/staff.") {
		sheet = "staff.css"
	}
	css, err := readAsset(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if n := zipped(css); n > 10<<10 {
		t.Errorf("%s: got %d bytes gz, want at most 10 KiB", sheet, n)
	}
	if n := zipped([]byte(body)) + zipped(css); n > 40<<10 {
		t.Errorf("%s: got %d bytes gz with its stylesheet, want at most 40 KiB", name, n)
	}
}

func labelled(body, tag string) bool {
	if m := idOf.FindStringSubmatch(tag); m != nil && strings.Contains(body, `for="`+m[1]+`"`) {
		return true
	}
	before := body[:strings.Index(body, tag)]
	return strings.LastIndex(before, "<label") > strings.LastIndex(before, "</label>")
}

func zipped(data []byte) int {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(data)
	w.Close()
	return buf.Len()
}

// TestTwentyResults holds the weight of the heaviest public page: as many cards as a page has, each with all it can say.
func TestTwentyResults(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var all []market.Posting
	for i := range 20 {
		all = append(all, s.another(fmt.Sprintf("Công nhân may, chuyền số %d", i+1)))
	}
	if err := s.s.Index.PutPostings(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	_, body := s.browser(market.Anyone).get("/?q=may&xa=" + url.QueryEscape("Điện Biên Phủ"))
	checkPage(t, "anyone 20 results", "vi", body)
	if n := strings.Count(body, `<li class="card">`); n != searchPageSize {
		t.Errorf("got %d cards, want %d", n, searchPageSize)
	}
	if n := zipped([]byte(body)); n > 8<<10 {
		t.Errorf("got %d bytes gz, want at most 8 KiB", n)
	}
}

// keepLists stores lists as the process that makes them does.
func keepLists(desk *casework.Desk, centre market.ID, st *store.Store, lists ...market.Suggestions) error {
	ctx := context.Background()
	lease, err := st.Lease(ctx, centre, "lists")
	if err == nil {
		lease, err = st.TakeLease(ctx, lease, "test", time.Minute, testNow)
	}
	if err != nil {
		return err
	}
	return desk.ReplaceSuggestions(ctx, market.SystemActor(centre), testNow, lease, lists)
}
