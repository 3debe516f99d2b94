package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"noiviec/internal/market"
)

// keyStop tells of the element that has the focus: what it is, and what is wrong with it as a stop of the keyboard.
const keyStop = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {at: "", wrong: ""};
	const drawn = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
	const field = e.closest(".field");
	const ring = drawn(getComputedStyle(e)) || drawn(getComputedStyle(e, "::after")) || field && drawn(getComputedStyle(field));
	const r = e.getClientRects()[0] || new DOMRect();
	const hit = (t) => t && (e.contains(t) || [...(e.labels || [])].some(l => l.contains(t)));
	const seen = [[.5, .5], [.05, .2], [.95, .2], [.05, .8], [.95, .8]].some(([x, y]) => hit(document.elementFromPoint(r.left + r.width * x, r.top + r.height * y)));
	const at = e.tagName + " " + (e.id || e.name || e.innerText || "").trim().slice(0, 50) + " " + Math.round(r.left) + "," + Math.round(r.top + scrollY);
	return {at: at, wrong: (ring ? "" : "no ring ") + (seen ? "" : "not to be seen ") + (e.tabIndex > 0 ? "out of order" : "")};
})()`

type stop struct{ At, Wrong string }

// press presses a key and gives the stop it leads to.
func press(t *testing.T, ctx context.Context, key string) stop {
	t.Helper()
	var s stop
	if err := chromedp.Run(ctx, chromedp.KeyEvent(key), chromedp.Evaluate(keyStop, &s)); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestKeyboard goes through pages with the Tab key alone: every stop has its ring and is not covered by a bar that sticks,
// the first leads to the content, and after the last one is out again.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	ctx := chromium(t)
	s := newSite(t)
	base := s.serve()
	s.pagesOf()
	pages := map[market.Role][]string{
		market.Anyone:        {"/?q=may&xa=" + url.QueryEscape("Điện Biên Phủ"), pathOf(s.posting.ID), "/dang-ky"},
		market.Seeker:        {"/toi", "/toi/viec-hop"},
		market.EmployerRole:  {"/nha-tuyen-dung", "/nha-tuyen-dung/tin-moi"},
		market.Counsellor:    {"/can-bo", reviewHome, "/can-bo/tin/" + string(s.checked.ID), "/can-bo/gioi-thieu/" + string(s.running.ID)},
		market.Administrator: {"/quan-tri", centrePath},
	}
	s.visitEach(t, ctx, base, pages, func(t *testing.T, path string) {
		for _, width := range []int64{360, 1280} {
			walkKeys(t, ctx, base+inLanguage(path, "vi"), width)
		}
	})
}

func walkKeys(t *testing.T, ctx context.Context, address string, width int64) {
	t.Helper()
	ctx, end := context.WithTimeout(ctx, 30*time.Second)
	defer end()
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 740), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	first, last := press(t, ctx, kb.Tab), stop{}
	stops := 0
	for at := first; at.At != "" && (stops == 0 || at.At != first.At); at = press(t, ctx, kb.Tab) {
		if stops++; at.Wrong != "" {
			t.Errorf("at %d px: %s: %s", width, at.At, at.Wrong)
		}
		if at == last || stops > 400 {
			t.Fatalf("at %d px: the keyboard does not get away from %s", width, at.At)
		}
		last = at
	}
	if stops < 5 {
		t.Errorf("at %d px: got %d stops", width, stops)
	}
	var inside bool
	if err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{kb.Tab, kb.Enter, kb.Tab} {
		press(t, ctx, key)
	}
	if err := chromedp.Run(ctx, chromedp.Evaluate(`!!document.activeElement.closest("main,footer")`, &inside)); err != nil || !inside {
		t.Errorf("at %d px: the first stop, %q, does not lead to the content (%v)", width, first.At, err)
	}
}

// TestNoticesHaveTheFocus looks where the focus is after something was done: what was done is read, and the page goes
// on from there.
func TestNoticesHaveTheFocus(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithTimeout(chromium(t), time.Minute)
	defer end()
	s := newSite(t)
	base := s.serve()
	var said, text string
	err := chromedp.Run(ctx, s.become(base, market.Administrator), chromedp.Navigate(base+centrePath), chromedp.Focus("#f-phone", chromedp.ByQuery),
		chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".notice[role=status]", chromedp.ByQuery),
		chromedp.Evaluate(`document.activeElement.getAttribute("role") || ""`, &said), chromedp.Evaluate(`document.activeElement.innerText`, &text))
	if err != nil {
		t.Fatal(err)
	}
	if said != "status" || strings.TrimSpace(text) != s.s.words["vi"]["notice.saved"] {
		t.Errorf("the focus is on %q, %q; want what was done", said, text)
	}
}

// TestErrorsHaveTheFocus sends a form that is refused: the focus is where it is said why, and the next stop leads to
// the field.
func TestErrorsHaveTheFocus(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithTimeout(chromium(t), time.Minute)
	defer end()
	s := newSite(t)
	var said, at string
	err := chromedp.Run(ctx, chromedp.Navigate(s.serve()+"/dang-nhap"), chromedp.Focus("#f-login", chromedp.ByQuery),
		chromedp.KeyEvent("thu-seeker"+kb.Tab+"sai"+kb.Enter), chromedp.WaitVisible(".problems", chromedp.ByQuery),
		chromedp.Evaluate(`document.activeElement.className + document.activeElement.getAttribute("role")`, &said),
		chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`document.querySelector(document.activeElement.hash).name`, &at))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "problems") || !strings.Contains(said, "alert") || at != "login" {
		t.Errorf("the focus is on %q, then on %q; want the problems, then the way to the field", said, at)
	}
}
