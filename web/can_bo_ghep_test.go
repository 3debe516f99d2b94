package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// people registers n more job seekers.
func (s *site) people(n int) []market.Worker {
	s.t.Helper()
	out := []market.Worker{s.worker}
	for i := range n {
		w := s.worker
		w.Meta, w.Name, w.Phones = market.Meta{}, fmt.Sprintf("Người Mẫu %d", i+1), []string{fmt.Sprintf("09000000%02d", i)}
		w.CitizenID, w.CitizenKey, w.IdentityKey, w.State = "", "", "", ""
		w, err := s.s.Desk.RegisterWorker(s.t.Context(), market.SystemActor(s.centre), testNow, w)
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, w)
	}
	return out
}

// openPostings opens n more copies of the site's posting.
func (s *site) openPostings(n int) []market.Posting {
	s.t.Helper()
	system := market.SystemActor(s.centre)
	var out []market.Posting
	for i := range n {
		p := s.posting
		p.Meta, p.Number, p.Title = market.Meta{}, "", fmt.Sprintf("Việc mẫu %d", i+1)
		p, err := s.s.Desk.SavePosting(s.t.Context(), system, testNow, p)
		for _, event := range []market.PostingEvent{market.PostingSubmit, market.PostingApprove} {
			if err == nil {
				p, err = s.s.Desk.MovePosting(s.t.Context(), system, testNow, p.ID, p.Rev, event, "")
			}
		}
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func (s *site) match(p market.Posting, w market.Worker) market.Match {
	s.t.Helper()
	m, err := store.Get[market.Match](s.t.Context(), s.s.Store, s.centre, market.MatchID(p.ID, w.ID))
	if err != nil && market.KindOf(err) != market.NotFound {
		s.t.Fatal(err)
	}
	return m
}

var nextField = regexp.MustCompile(`name="next" value="([^"]*)"`)

// decide sends one decision from the page of the pair, as its buttons do.
func (b *browser) decide(p market.Posting, w market.Worker, answer, reason string) (*http.Response, string) {
	page := reviewAsk{By: byPosting}.to(p.ID, w.ID)
	_, body := b.get(page)
	form := url.Values{"posting": {string(p.ID)}, "worker": {string(w.ID)}, "answer": {answer}, "reason": {reason}}
	if m := nextField.FindStringSubmatch(body); m != nil {
		form.Set("next", strings.ReplaceAll(m[1], "&amp;", "&"))
	}
	at := strings.Index(body, `name="posting" value="`+string(p.ID)) // the forms of the pair, after that of the frame
	for _, m := range hiddenField.FindAllStringSubmatch(body[strings.LastIndex(body[:at], "<form"):], 3) {
		form.Set(m[1], m[2])
	}
	return b.send(page, form)
}

func TestReview(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := s.people(3)
	s.suggest(s.posting, people...)
	b := s.browser(market.Counsellor)

	t.Run("rejecting needs a reason and stays on the pair", func(t *testing.T) {
		res, body := b.decide(s.posting, people[0], "reject", "")
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, s.s.words["vi"]["error.reason.required"]) || !strings.Contains(body, ">"+people[0].Name+"</a></h2>") {
			t.Errorf("got %d, want the same pair with the message", res.StatusCode)
		}
		if m := s.match(s.posting, people[0]); m.Rev != 0 {
			t.Errorf("a match was stored: %+v", m)
		}
	})
	t.Run("the next pair opens and the last can be taken back", func(t *testing.T) {
		res, _ := b.decide(s.posting, people[0], "reject", "too_far")
		to := res.Header.Get("Location")
		if res.StatusCode != http.StatusSeeOther || !strings.Contains(to, string(people[1].ID)) {
			t.Fatalf("got %d to %s, want the next pair", res.StatusCode, to)
		}
		_, body := b.get(to)
		for _, want := range []string{"1 trong 40 đã xong", people[0].Name + " và “" + s.posting.Title, `value="undo"`} {
			if !strings.Contains(body, want) {
				t.Errorf("no %q after a decision", want)
			}
		}
		if m := s.match(s.posting, people[0]); m.State != market.MatchRejected || m.Reason != "too_far" {
			t.Errorf("stored: got %s, %q", m.State, m.Reason)
		}
		_, body = b.get("/can-bo/ghep?xem=da-xong")
		if !strings.Contains(body, people[0].Name) {
			t.Error("the list of today's decisions does not name the pair")
		}
		if res, _ = b.decide(s.posting, people[0], "undo", ""); res.StatusCode != http.StatusSeeOther || s.match(s.posting, people[0]).State != market.MatchSuggested {
			t.Errorf("undo: got %d, the match is %s", res.StatusCode, s.match(s.posting, people[0]).State)
		}
		if _, body = b.get("/can-bo/ghep"); !strings.Contains(body, "0 trong 1 đã xong") {
			t.Error("a decision that was taken back still counts")
		}
	})
	t.Run("an approval can be taken back, until somebody was referred on it", func(t *testing.T) {
		b.decide(s.posting, people[1], "approve", "")
		if b.decide(s.posting, people[1], "undo", ""); s.match(s.posting, people[1]).State != market.MatchSuggested {
			t.Errorf("after undo: got %s", s.match(s.posting, people[1]).State)
		}
		res, _ := b.decide(s.posting, people[1], "refer", "")
		_, body := b.get(res.Header.Get("Location"))
		if res.StatusCode != http.StatusSeeOther || !strings.Contains(body, `href="/can-bo/gioi-thieu/`) {
			t.Errorf("refer: got %d to %s without the slip", res.StatusCode, res.Header.Get("Location"))
		}
		if res, body = b.decide(s.posting, people[1], "undo", ""); res.StatusCode != http.StatusConflict || !strings.Contains(body, "GT-2026-00001") {
			t.Errorf("undo after a referral: got %d", res.StatusCode)
		}
	})
	t.Run("put off", func(t *testing.T) {
		b.decide(s.posting, people[2], "pin", "")
		if _, body := b.get("/can-bo/ghep"); strings.Contains(body, people[2].Name+"</b>") {
			t.Error("the pair is still in the queue")
		}
		_, body := b.get("/can-bo/ghep?xem=de-sau")
		if !strings.Contains(body, people[2].Name+"</b>") {
			t.Error("the pair is not among those put off")
		}
		checkPage(t, "put off", "vi", body)
	})
}

func TestReviewOvertaken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := s.people(2)
	s.suggest(s.posting, people...)
	first, second := s.browser(market.Counsellor), s.browser(market.Administrator)
	page := reviewAsk{By: byPosting}.to(s.posting.ID, people[0].ID)
	_, body := second.get(page) // read before the first decides
	form := url.Values{"posting": {string(s.posting.ID)}, "worker": {string(people[0].ID)}, "answer": {"reject"}, "reason": {"too_far"},
		"next": {strings.ReplaceAll(nextField.FindStringSubmatch(body)[1], "&amp;", "&")}}
	at := strings.LastIndex(body[:strings.Index(body, `name="posting"`)], "<form")
	for _, m := range hiddenField.FindAllStringSubmatch(body[at:], 3) {
		form.Set(m[1], m[2])
	}
	first.decide(s.posting, people[0], "approve", "")
	res, _ := second.send(page, form)
	to := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.Contains(to, string(people[1].ID)) {
		t.Fatalf("got %d to %s, want the next pair", res.StatusCode, to)
	}
	_, body = second.get(to)
	for _, want := range []string{"đã được quyết định trước", s.users[market.Counsellor].Name, ">" + people[1].Name + "</a></h2>"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if m := s.match(s.posting, people[0]); m.State != market.MatchApproved || m.Rev != 1 {
		t.Errorf("the first decision: got %s, revision %d", m.State, m.Rev)
	}
}

// TestReviewQueue pages through more postings than a page holds: every one comes once.
func TestReviewQueue(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	postings := append(s.openPostings(portion+4), s.posting)
	for _, p := range postings {
		s.suggest(p, s.worker)
	}
	b := s.browser(market.Counsellor)
	seen := map[string]int{}
	more := regexp.MustCompile(`class="more"><a class="link" href="([^"]*)"`)
	pages := 0
	for at := "/can-bo/ghep"; at != ""; pages++ {
		_, body := b.get(at)
		list := body[strings.Index(body, `id="hang"`):strings.Index(body, "</nav>\n")]
		for _, m := range regexp.MustCompile(`tin=([a-z0-9]+)[^"]*"(?: aria-current="true")?><b>`).FindAllStringSubmatch(list, -1) {
			seen[m[1]]++
		}
		at = ""
		if m := more.FindStringSubmatch(body); m != nil {
			at = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if pages != 2 || len(seen) != len(postings) {
		t.Errorf("got %d postings on %d pages, want %d on 2", len(seen), pages, len(postings))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s: got it %d times", id, n)
		}
	}
	list := market.Suggestions{Side: market.ForWorker, Subject: s.worker.ID, Best: 60}
	for _, p := range postings[:3] {
		list.Items = append(list.Items, market.Suggestion{Posting: p.ID, Worker: s.worker.ID, Score: 60, Parts: []market.Part{{Name: "pay", Points: 60, Max: 60}}})
	}
	if err := keepLists(s.s.Desk, s.centre, s.s.Store, list); err != nil {
		t.Fatal(err)
	}
	if _, body := b.get("/can-bo/ghep?nguoi=" + string(s.worker.ID)); strings.Count(body, `<span class="n">60`) != 3 {
		t.Errorf("one person's jobs: got %d, want 3", strings.Count(body, `<span class="n">60`))
	}
	if _, body := b.get("/can-bo/ghep?xa=" + s.worker.Commune); strings.Count(body, `<span class="n">60`) != 1 {
		t.Errorf("people of the commune: got %d, want 1", strings.Count(body, `<span class="n">60`))
	}
}

// TestStaffWords makes sure that nothing a staff page words speaks to the job seeker.
func TestStaffWords(t *testing.T) {
	t.Parallel()
	words, err := loadCatalogues(embedded)
	if err != nil {
		t.Fatal(err)
	}
	to := map[string]*regexp.Regexp{"vi": regexp.MustCompile(`(?i)\bbạn(\s|$|:)`), "en": regexp.MustCompile(`(?i)\byou`)}
	for lang, speaks := range to {
		for key, text := range words[lang] {
			code, ok := strings.CutPrefix(key, "reason.")
			if !ok {
				continue
			}
			if own := words[lang]["staff_reason."+code]; own != "" {
				text = own
			}
			if speaks.MatchString(text) {
				t.Errorf("%s, %s: staff read %q", key, lang, text)
			}
		}
		for key := range words[lang] {
			if code, ok := strings.CutPrefix(key, "staff_reason."); ok && words[lang]["reason."+code] == "" {
				t.Errorf("%s: no such reason", key)
			}
		}
	}
}

func TestReviewKeys(t *testing.T) {
	t.Parallel()
	if script, err := os.ReadFile("static/workbench.js"); err != nil || len(script) > 3<<10 {
		t.Fatalf("the script: got %d bytes, %v, want at most 3 KiB", len(script), err)
	}
	s := newSite(t)
	people := s.people(2)
	s.suggest(s.posting, people...)
	b := s.browser(market.Counsellor)
	if _, body := b.get("/can-bo/ghep"); !strings.Contains(body, "/static/workbench.") {
		t.Fatal("the page brings no script")
	}
	if _, body := b.get("/can-bo"); strings.Contains(body, "<script") {
		t.Error("another page brings a script")
	}
	res, _ := b.post("/can-bo/ghep", "/can-bo/ghep/phim", url.Values{"keys": {"off"}})
	if _, body := b.get(res.Header.Get("Location")); res.StatusCode != http.StatusSeeOther || strings.Contains(body, "/static/workbench.") {
		t.Errorf("switched off: got %d, and the script is still there", res.StatusCode)
	}

	ctx := chromium(t)
	base := s.serve()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	var focused, at string
	press := func(keys string) chromedp.Action { return chromedp.KeyEvent(keys) }
	err := chromedp.Run(ctx, s.become(base, market.Counsellor), chromedp.EmulateViewport(1280, 800), chromedp.Navigate(base+"/can-bo/ghep"), chromedp.WaitReady(".keys"),
		press("r"), chromedp.Evaluate(`document.activeElement.id`, &focused), press("a"), chromedp.Location(&at))
	if err != nil {
		t.Fatal(err)
	}
	if focused != "f-reason" || strings.Contains(at, "vua=") {
		t.Errorf("R: got the focus on %q; a letter typed there led to %s", focused, at)
	}
	err = chromedp.Run(ctx, chromedp.Navigate(base+"/can-bo/ghep"), chromedp.WaitReady(".keys"), press("a"), chromedp.WaitReady(".just"), chromedp.Location(&at))
	if err != nil || !strings.Contains(at, "vua=") {
		t.Fatalf("A: got to %s, %v", at, err)
	}
	if m := s.match(s.posting, people[0]); m.State != market.MatchApproved {
		t.Errorf("after A: got %q, want approved", m.State)
	}
}

// TestReviewScore holds the drawing to its promise: one point is as long in every line, and what subtracts is hollow.
func TestReviewScore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.suggest(s.posting, s.worker)
	_, body := s.browser(market.Counsellor).get("/can-bo/ghep")
	for _, want := range []string{`class="trk" width="44%"`, `class="val" width="88%"`, `class="trk" width="100%"`, `class="neg" x="1" y="1" width="22%"`, "40 &#43; 40 \u2212 10", "ngay trong xã, phường của người lao động", "nhận mức lương"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, "của bạn") {
		t.Error("the page speaks to the job seeker")
	}
}

// TestReviewIsQuick reads the queue of a day with many lists within the time a page may take.
func TestReviewIsQuick(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := s.people(19)
	for _, p := range s.openPostings(60) {
		s.suggest(p, people...)
	}
	b := s.browser(market.Counsellor)
	began := time.Now()
	for _, path := range []string{"/can-bo/ghep", "/can-bo"} {
		b.get(path)
	}
	if took := time.Since(began); took > 10*time.Second { // ten times what is promised of two pages, on a busy machine
		t.Errorf("two pages took %v", took)
	}
}
