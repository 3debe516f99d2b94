package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"noiviec/internal/market"
)

//go:embed testdata/axe.min.js
var axeScript string

// The accessibility gate: every rule of these sets, no exclusions.
const (
	axeAll  = `{"type":"tag","values":["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}`
	axeDark = `{"type":"rule","values":["color-contrast"]}` // dark changes colours and nothing else
)

const axeRun = `axe.run(document, {runOnly: RULES, resultTypes: ["violations"]}).then(r => r.violations.map(v => ({rule: v.id,
	nodes: v.nodes.slice(0, 3).map(n => n.target.join(" ") + "  " + n.html.slice(0, 160) + "  " + n.failureSummary)})))`

// openAll opens what is folded, goes to the end of the page, where a bar that sticks to the bottom lies over nothing,
// and gives how much wider than the window the page is.
const openAll = `document.querySelectorAll("details").forEach(d => d.open = true);
	scrollTo(0, document.documentElement.scrollHeight);
	document.documentElement.scrollWidth - document.documentElement.clientWidth`

type axeViolation struct {
	Rule  string   `json:"rule"`
	Nodes []string `json:"nodes"`
}

// browserPath finds a Chromium; without one the test is skipped, or fails where one is required.
func browserPath(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if strings.Contains(os.Getenv("NOIVIEC_REQUIRE"), "browser") {
		t.Fatal("no chromium on PATH, and NOIVIEC_REQUIRE asks for a browser")
	}
	t.Skip("no chromium on PATH: accessibility is not checked")
	return ""
}

// chromium starts a browser with an empty profile that ends with the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path, profile := browserPath(t), t.TempDir()
	t.Cleanup(func() { // its helper processes may still write for a moment after it has ended
		for until := time.Now().Add(3 * time.Second); os.RemoveAll(profile) != nil && time.Now().Before(until); {
			time.Sleep(20 * time.Millisecond)
		}
	})
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		opts = append(opts, chromedp.Flag(flag, true))
	}
	alloc, end := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(end)
	ctx, shut := chromedp.NewContext(alloc)
	t.Cleanup(func() { chromedp.Cancel(ctx); shut() })
	if err := chromedp.Run(ctx, page.SetBypassCSP(true)); err != nil { // axe is put in from outside, which our policy forbids
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// serve lets a real browser reach the application.
func (s *site) serve() string {
	s.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	go s.s.App().Listener(l)
	s.t.Cleanup(func() { s.s.App().ShutdownWithTimeout(5 * time.Second) })
	return "http://" + l.Addr().String()
}

// become gives the browser the cookies of a role.
func (s *site) become(base string, role market.Role) chromedp.Action {
	jar := s.browser(role).jar
	return chromedp.ActionFunc(func(ctx context.Context) error {
		if err := network.ClearBrowserCookies().Do(ctx); err != nil {
			return err
		}
		for name, value := range jar {
			if err := network.SetCookie(name, value).WithURL(base).Do(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAccessibility(t *testing.T) {
	t.Parallel()
	ctx := chromium(t)
	s := newSite(t)
	base := s.serve()
	s.visitEach(t, ctx, base, s.pagesOf(), func(t *testing.T, path string) {
		for _, lang := range languages {
			t.Run(lang, func(t *testing.T) { checkInBrowser(t, ctx, base+inLanguage(path, lang), path) })
		}
	})
}

// visitEach looks at pages as whoever they are for.
func (s *site) visitEach(t *testing.T, ctx context.Context, base string, pages map[market.Role][]string, look func(t *testing.T, path string)) {
	t.Helper()
	for role, paths := range pages {
		if err := chromedp.Run(ctx, s.become(base, role)); err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			t.Run(string(role)+path, func(t *testing.T) { look(t, path) })
		}
	}
}

func inLanguage(path, lang string) string {
	u, err := url.Parse(path)
	if err != nil {
		panic(err)
	}
	q := u.Query()
	q.Set("lang", lang)
	u.RawQuery = q.Encode()
	return u.String()
}

// checkInBrowser opens one page and looks at it in each width, with every disclosure open, light and dark.
func checkInBrowser(t *testing.T, ctx context.Context, address, path string) {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	var at string
	light := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}})
	if err := chromedp.Run(ctx, light, chromedp.EmulateViewport(360, 740), chromedp.Navigate(address), chromedp.Location(&at), chromedp.Evaluate(axeScript, nil)); err != nil {
		t.Fatal(err)
	}
	if want := strings.SplitN(path, "?", 2)[0]; !strings.Contains(at, want) {
		t.Fatalf("got to %s, want %s", at, want)
	}
	for _, width := range []int64{360, 1280, 320} {
		var wider int
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 740), chromedp.Evaluate(openAll, &wider)); err != nil {
			t.Fatal(err)
		}
		if wider > 0 {
			t.Errorf("at %d px: %d px wider than the window", width, wider)
		}
		if width != 320 {
			runAxe(t, ctx, width, axeAll)
		}
	}
	dark := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}})
	if err := chromedp.Run(ctx, dark, chromedp.EmulateViewport(360, 740)); err != nil {
		t.Fatal(err)
	}
	runAxe(t, ctx, 360, axeDark)
}

func runAxe(t *testing.T, ctx context.Context, width int64, rules string) {
	t.Helper()
	var raw json.RawMessage
	awaited := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	if err := chromedp.Run(ctx, chromedp.Evaluate(strings.Replace(axeRun, "RULES", rules, 1), &raw, awaited)); err != nil {
		t.Fatal(err)
	}
	var found []axeViolation
	if err := json.Unmarshal(raw, &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Errorf("at %d px: %s\n\t%s", width, v.Rule, strings.Join(v.Nodes, "\n\t"))
	}
}

// TestAxeFindsFaults makes sure that silence means something: a page with known faults is reported.
func TestAxeFindsFaults(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithTimeout(chromium(t), time.Minute)
	defer stop()
	var raw []axeViolation
	awaited := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	fault := chromedp.ActionFunc(func(ctx context.Context) error {
		tree, err := page.GetFrameTree().Do(ctx)
		if err != nil {
			return err
		}
		return page.SetDocumentContent(cdp.FrameID(tree.Frame.ID), `<p style="color:#ccc;background:#fff">pale words</p><img src="x"><input>`).Do(ctx)
	})
	err := chromedp.Run(ctx, chromedp.Navigate("about:blank"), fault, chromedp.Evaluate(axeScript, nil),
		chromedp.Evaluate(strings.Replace(axeRun, "RULES", axeAll, 1), &raw, awaited))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, v := range raw {
		got[v.Rule] = true
	}
	for _, want := range []string{"image-alt", "label", "color-contrast", "html-has-lang", "document-title"} {
		if !got[want] {
			t.Errorf("axe does not report %s; it reports %v", want, got)
		}
	}
}
