package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store/storetest"
	"noiviec/web"
)

// program is the real program on a free port, stopped and started between steps.
type program struct {
	t       *testing.T
	options options
	serve   serveCmd
	addr    string
	env     *env // of the program that runs now
	stop    func()
	http    map[string]*http.Client
}

// newProgram fills a small invented market on one of the stores and gives the program, not yet started. The
// folder's name is short: a unix socket's path has room for about a hundred letters.
func newProgram(t *testing.T, mongo bool, workers, postings string) *program {
	t.Helper()
	dir, err := os.MkdirTemp("", "nv")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := &program{t: t, options: options{Data: dir, Lang: "vi"}, addr: freeAddress(t), http: map[string]*http.Client{}}
	if mongo {
		p.options.Mongo = storetest.Mongo(t)
	}
	call(t, 0, append([]string{"demo", "--no-serve", "--workers", workers, "--postings", postings}, p.where()...)...)
	return p
}

// where gives the flags that name this program's records.
func (p *program) where() []string {
	args := []string{"--data", p.options.Data}
	if p.options.Mongo != "" {
		args = append(args, "--mongo", p.options.Mongo)
	}
	return args
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// records opens the store while the program does not run.
func (p *program) records(use func(e *env)) {
	p.t.Helper()
	e := &env{options: p.options, ctx: context.Background(), out: io.Discard, err: io.Discard, log: slog.New(slog.DiscardHandler)}
	defer e.close()
	if err := e.open(); err != nil {
		p.t.Fatal(err)
	}
	use(e)
}

// must gives a value that cannot fail here.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// account makes a log-in for somebody who is in the records.
func account(t *testing.T, e *env, login string, role market.Role, subject market.ID) {
	t.Helper()
	must[market.User](t)(e.desk().SaveUser(e.ctx, e.actor(), e.now(), market.User{Login: login, Name: login, Role: role, Subject: subject, Demo: true, Password: web.HashPassword("noiviec-" + login)}))
}

func (p *program) start() {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	e := &env{options: p.options, ctx: ctx, out: io.Discard, err: io.Discard, log: slog.New(slog.DiscardHandler)}
	if err := e.openIndex(); err != nil {
		p.t.Fatal(err)
	}
	done := make(chan error, 1)
	serve := p.serve
	serve.Addr, p.env = p.addr, e
	go func() { done <- serve.serve(e) }()
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
	p.untilEvery(20*time.Millisecond, what, ok)
}

// untilEvery looks now and then: what takes a minute need not keep the program busy meanwhile.
func (p *program) untilEvery(pause time.Duration, what string, ok func() bool) {
	p.t.Helper()
	tick := time.NewTicker(pause)
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
	start := -1 // filters may follow the form's address
	for _, end := range []string{`"`, "?"} {
		if at := strings.Index(html, `method="post" action="`+action+end); at >= 0 && (start < 0 || at < start) {
			start = at
		}
	}
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

// send fills and sends a form, and gives the page it led to. A busy machine answers 503: sending the same form again is
// safe.
func (p *program) send(who, page, action string, values url.Values) (shown string) {
	p.t.Helper()
	form := p.fill(who, page, action, values)
	p.until("an answer to "+action, func() bool {
		_, status, body := p.post(who, action, form)
		if status != 200 && status != http.StatusServiceUnavailable {
			p.t.Fatalf("%s as %s: %d\n%.600s", action, who, status, body)
		}
		shown = body
		return status == 200
	})
	return shown
}

// browser opens a browser of that name with no cookies.
func (p *program) browser(name string) {
	jar, _ := cookiejar.New(nil)
	p.http[name] = &http.Client{Jar: jar, Timeout: 60 * time.Second}
}

// login lets somebody of that name in, in a browser of that name.
func (p *program) login(who string) { p.t.Helper(); p.loginAs(who, who) }

// loginAs tries until somebody is in: each try begins with a fresh form, since a log-in changes the browser's token.
func (p *program) loginAs(browser, who string) {
	p.t.Helper()
	p.until("the log-in of "+who, func() bool {
		p.browser(browser)
		if _, status := p.read(browser, "/dang-nhap"); status != 200 {
			return false
		}
		at, status, _ := p.post(browser, "/dang-nhap", p.fill(browser, "/dang-nhap", "/dang-nhap", url.Values{"login": {who}, "password": {"noiviec-" + who}}))
		return status == 200 && at != "/dang-nhap"
	})
}
