package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store/storetest"
)

// program is the real program on a free port, stopped and started between steps.
type program struct {
	t       *testing.T
	options options
	addr    string
	stop    func()
	http    map[string]*http.Client
}

func (p *program) start() {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	e := &env{options: p.options, ctx: ctx, out: io.Discard, err: io.Discard, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if err := e.openIndex(); err != nil {
		p.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- (&serveCmd{Addr: p.addr}).serve(e, "") }()
	p.stop = func() {
		cancel()
		if err := <-done; err != nil {
			p.t.Errorf("serve: %v", err)
		}
		e.close()
		for _, c := range p.http {
			c.CloseIdleConnections()
		}
	}
	p.until("the first page", func() bool {
		res, err := http.Get("http://" + p.addr + "/suc-khoe")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == 200
	})
}

func (p *program) restart() { p.t.Helper(); p.stop(); p.start() }

func (p *program) until(what string, ok func() bool) {
	p.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(2 * time.Minute); !ok(); {
		select {
		case <-tick.C:
		case <-deadline:
			p.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (p *program) read(who, path string) (string, int) {
	p.t.Helper()
	res, err := p.http[who].Get("http://" + p.addr + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return string(body), res.StatusCode
}

var hidden = regexp.MustCompile(`name="(_form|_once|_rev|posting|worker)" value="([^"]*)"`)

// fill gives the form with the action on a page as it is shown now, with values added.
func (p *program) fill(who, page, action string, values url.Values) url.Values {
	p.t.Helper()
	html, _ := p.read(who, page)
	start := strings.Index(html, `action="`+action+`"`)
	if start < 0 {
		p.t.Fatalf("no form %s on %s for %s:\n%.600s", action, page, who, html)
	}
	form := html[start : start+strings.Index(html[start:], "</form>")]
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		if !values.Has(m[1]) {
			values.Set(m[1], m[2])
		}
	}
	return values
}

// post sends a form once and gives where it led.
func (p *program) post(who, action string, form url.Values) (path string, status int, body string) {
	p.t.Helper()
	res, err := p.http[who].PostForm("http://"+p.addr+action, form)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	return res.Request.URL.Path, res.StatusCode, string(text)
}

// send fills and sends a form. A busy machine answers 503: sending the same form again is safe.
func (p *program) send(who, page, action string, values url.Values) (path string) {
	p.t.Helper()
	form := p.fill(who, page, action, values)
	p.until("an answer to "+action, func() bool {
		at, status, body := p.post(who, action, form)
		if status != 200 && status != http.StatusServiceUnavailable {
			p.t.Fatalf("%s as %s: %d\n%.600s", action, who, status, body)
		}
		path = at
		return status == 200
	})
	return path
}

// login tries until somebody is in: each try begins with a fresh form, since a log-in changes the browser's token.
func (p *program) login(who string) {
	p.t.Helper()
	p.until("the log-in of "+who, func() bool {
		jar, _ := cookiejar.New(nil)
		p.http[who] = &http.Client{Jar: jar, Timeout: 60 * time.Second}
		if _, status := p.read(who, "/dang-nhap"); status != 200 {
			return false
		}
		at, status, _ := p.post(who, "/dang-nhap", p.fill(who, "/dang-nhap", "/dang-nhap", url.Values{"login": {who}, "password": {"noiviec-" + who}}))
		return status == 200 && at != "/dang-nhap"
	})
}

// TestJourney walks a vacancy over HTTP on the real program: a posting that waits is approved, matched within the
// follower's second, approved, referred, agreed, introduced, hired, started, placed by the job, and stands in
// the month's report; the program is stopped and started between the steps.
func TestJourney(t *testing.T) {
	for _, backend := range []string{"embedded", "mongo"} {
		t.Run(backend, func(t *testing.T) {
			o := options{Data: t.TempDir(), Lang: "vi"}
			if backend == "mongo" {
				o.Mongo = storetest.Mongo(t)
			}
			args := []string{"demo", "--no-serve", "--workers", "150", "--postings", "250", "--data", o.Data}
			if o.Mongo != "" {
				args = append(args, "--mongo", o.Mongo)
			}
			call(t, 0, args...)
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			p := &program{t: t, options: o, addr: l.Addr().String(), http: map[string]*http.Client{}}
			l.Close()
			journey(t, p)
		})
	}
}

func journey(t *testing.T, p *program) {
	p.start()
	defer func() { p.stop() }()
	for _, login := range []string{"canbo", "quantri", "congty", "nguoilaodong"} {
		p.login(login)
	}
	html, _ := p.read("canbo", "/can-bo/tin")
	waiting := regexp.MustCompile(`action="/can-bo/tin/([a-z2-7]{26})"`).FindStringSubmatch(html)
	if waiting == nil {
		t.Fatal("no posting waits for a check")
	}
	p.send("canbo", "/can-bo/tin", "/can-bo/tin/"+waiting[1], url.Values{"answer": {"approve"}})
	if _, code := p.read("nguoilaodong", "/viec/"+waiting[1]); code != 200 {
		t.Errorf("the approved posting answers %d to a seeker", code)
	}
	p.restart()
	at := p.send("canbo", "/can-bo/ghep", "/can-bo/ghep", url.Values{"answer": {"refer"}})
	if !strings.HasPrefix(at, "/can-bo/gioi-thieu/") {
		t.Fatalf("approve and refer led to %s", at)
	}
	today := market.DateOf(time.Now()).String()
	for _, event := range []string{"send", "agree", "introduce", "hire", "start"} {
		p.restart()
		p.send("canbo", at, at, url.Values{"event": {event}, "start_on": {today}})
	}
	month := string(market.MonthOf(time.Now()))
	evidenced := func() string {
		csv, _ := p.read("canbo", "/can-bo/bao-cao?dang=csv&thang="+month)
		return regexp.MustCompile(`new_jobs,total,\d+,(\d+),`).FindStringSubmatch(csv)[1]
	}
	before := evidenced()
	p.send("quantri", "/quan-tri", "/quan-tri/chay", url.Values{"job": {"placements"}})
	p.until("the placement in the report", func() bool { return evidenced() != before })
	for who, paths := range map[string][]string{"nguoilaodong": {"/can-bo", "/quan-tri", at, "/nha-tuyen-dung"}, "congty": {"/can-bo", "/toi", at}, "canbo": {"/quan-tri", "/toi"}} {
		for _, path := range paths {
			if _, code := p.read(who, path); code != http.StatusForbidden {
				t.Errorf("%s at %s: got %d, want 403", who, path, code)
			}
		}
	}
}
