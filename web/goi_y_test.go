package web

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"noiviec/internal/market"
)

func (b *browser) suggested(kind, text string) (int, []string) {
	b.t.Helper()
	res, body := b.get("/goi-y?loai=" + kind + "&q=" + url.QueryEscape(text))
	var found []suggested
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		b.t.Fatalf("%s %q: %v: %s", kind, text, err, body)
	}
	var names []string
	for _, s := range found {
		names = append(names, s.Value)
	}
	return res.StatusCode, names
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser(market.Anyone)
	for _, c := range []struct{ kind, text, want string }{
		{"viec", "tho h", "Thợ hàn"}, {"viec", "thợ hà", "Thợ hàn"}, {"nghe", "phu h", "Phụ hồ"}, {"ky-nang", "may giay", "May giày, gò giày"},
		{"noi", "tua ch", "Xã Tủa Chùa"}, {"noi", "na nhan", "Xã Nà Nhạn"}, {"noi", "que vo", "Phường Quế Võ, tỉnh Bắc Ninh"},
	} {
		if status, names := b.suggested(c.kind, c.text); status != 200 || !slices.Contains(names, c.want) {
			t.Errorf("%s %q: got %d %q, want %q among them", c.kind, c.text, status, names, c.want)
		}
	}
	if _, names := b.suggested("nghe", "tua ch"); slices.Contains(names, "Xã Tủa Chùa") {
		t.Errorf("an occupation's field: got places %q", names)
	}
	for name, c := range map[string][2]string{"unknown kind": {"gi", "may"}, "a long text": {"viec", strings.Repeat("a", 61)}} {
		if status, names := b.suggested(c[0], c[1]); status != 400 || len(names) > 0 {
			t.Errorf("%s: got %d %q", name, status, names)
		}
	}
	if status, names := b.suggested("viec", "\xff\x00<>"); status != 200 || len(names) > 0 {
		t.Errorf("nonsense: got %d %q", status, names)
	}
	for range suggestedAMinute {
		b.suggested("noi", "mu")
	}
	if status, _ := b.suggested("noi", "mu"); status != 429 {
		t.Errorf("after %d questions in a minute: got %d, want 429", suggestedAMinute, status)
	}
}

// TestSuggestedPlacesAreFound types every place that is suggested; each is one commune, a province, or a choice.
func TestSuggestedPlacesAreFound(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser(market.Anyone)
	for _, text := range []string{"mu", "tua", "thanh", "na", "ha noi", "bac"} {
		_, names := b.suggested("noi", text)
		for _, name := range names {
			if _, body := b.get("/?xa=" + url.QueryEscape(name)); strings.Contains(body, "Không tìm thấy xã, phường") {
				t.Errorf("%q is suggested and then not found", name)
			}
		}
	}
}

func TestScriptsAreSmall(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("static/goi-y.js")
	if n := zipped(data); err != nil || n > 5<<10 {
		t.Errorf("got %d bytes gz, %v, want at most 5 KiB", n, err)
	}
}

// TestSuggestWhileTyping types into a real browser: keys choose, Escape and composing leave the text alone.
func TestSuggestWhileTyping(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithTimeout(chromium(t), 20*time.Second)
	defer stop()
	base := newSite(t).serve()
	var typed, chosen, composed, escaped, role, at string
	var open, sent bool // sent: the key would send the form as well
	const q = `.slab input[name=q]`
	const empty = `document.querySelector(".slab input[name=q]").value = ""`
	compose := `document.querySelector(".slab input[name=q]").dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))`
	err := chromedp.Run(ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(base+"/"), chromedp.Click(q), chromedp.SendKeys(q, "tho ha"),
		chromedp.WaitVisible(`#goi-y li`), chromedp.Value(q, &typed), chromedp.AttributeValue(q, "role", &role, nil),
		chromedp.KeyEvent(kb.ArrowDown), chromedp.Evaluate(compose, nil), chromedp.Value(q, &composed),
		chromedp.AttributeValue(q, "aria-activedescendant", &at, nil), chromedp.Evaluate(strings.Replace(compose, "isComposing: true", "isComposing: false", 1), &sent), chromedp.Value(q, &chosen),
		chromedp.Evaluate(`!document.getElementById("goi-y").hidden`, &open))
	if err != nil {
		t.Fatal(err)
	}
	if typed != "tho ha" || composed != "tho ha" || chosen != "Thợ hàn" || role != "combobox" || at != "goi-y-0" || open || sent {
		t.Errorf("got %q typed, %q composing, %q chosen, role %q, active %q, open %v, sent %v", typed, composed, chosen, role, at, open, sent)
	}
	var path string
	err = chromedp.Run(ctx, chromedp.Evaluate(empty, nil), chromedp.SendKeys(q, "phu h"), chromedp.WaitVisible(`#goi-y li`), chromedp.KeyEvent(kb.Escape),
		chromedp.Value(q, &escaped), chromedp.Evaluate(`!document.getElementById("goi-y").hidden`, &open), chromedp.Location(&path))
	if err != nil || escaped != "phu h" || open || path != base+"/" {
		t.Errorf("after Escape: got %q, open %v, at %s, %v", escaped, open, path, err)
	}
	var tapped string
	err = chromedp.Run(ctx, chromedp.SendKeys(q, "o"), chromedp.WaitVisible(`#goi-y li`), chromedp.Click(`#goi-y li`), chromedp.Value(q, &tapped))
	if err != nil || tapped != "Phụ hồ" {
		t.Errorf("after a tap: got %q, %v", tapped, err)
	}
	if err := chromedp.Run(ctx, chromedp.Evaluate(empty, nil), chromedp.SendKeys(q, "tho h"), chromedp.WaitVisible(`#goi-y li`), chromedp.KeyEvent(kb.ArrowDown), chromedp.Evaluate(axeScript, nil)); err != nil {
		t.Fatal(err)
	}
	runAxe(t, ctx, 360, axeAll)
}
