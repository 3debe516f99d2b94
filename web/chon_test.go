package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

func TestTilesLeadToTheirJobs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	welding := s.putPosting(func(p *market.Posting) {
		p.Title, p.Occupation, p.Workplaces = "Thợ hàn", "7212", s.posting.Workplaces
		p.Pay = market.Pay{Min: 9_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}
	})
	b := s.browser(market.Anyone)
	_, body := b.get("/nghe?q=may&cd=bus")
	if got := link(t, body, "<b>Thợ hàn</b>"); got != "/?cd=bus&nghe=7212" {
		t.Errorf("a filter that was on: got %q", got)
	}
	if strings.Count(body, `class="pick"`) != len(s.s.Tax.Tiles()) || strings.Contains(body, "1 việc đang tuyển") {
		t.Error("not every tile, or a job counted that has no bus")
	}
	_, body = b.get("/nghe")
	if !strings.Contains(body, "<b>Thợ hàn</b><small>1 việc đang tuyển") {
		t.Error("the tile does not count its job")
	}
	if last := strings.LastIndex(body, "việc đang tuyển</small>"); last > strings.Index(body, "Chưa có nơi nào đang tuyển") || strings.Contains(body, "<small>0 việc") {
		t.Error("tiles with nothing to find stand among those with jobs")
	}
	if _, found := b.get(link(t, body, "<b>Thợ hàn</b>")); !strings.Contains(found, pathOf(welding.ID)) || !strings.Contains(found, "1 việc phù hợp") {
		t.Error("the tile leads to other jobs than it counts")
	}
	_, sheet := b.get(strings.SplitN(s.s.pages.icon("x"), "#", 2)[0])
	for _, icon := range s.s.Tax.TileIcons() {
		if !strings.Contains(sheet, `<symbol id="`+icon+`"`) {
			t.Errorf("no drawing %q", icon)
		}
	}
}

func TestPlacesArePickedWithoutScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Anyone)
	_, body := b.get("/chon/noi?q=may&cd=bus")
	if got, want := link(t, body, "<b>Xã Tủa Chùa</b>"), "/?cd=bus&q=may&xa="+url.QueryEscape("Xã Tủa Chùa"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	_, body = b.get(link(t, body, "<b>Tỉnh Bắc Ninh</b>"))
	got := link(t, body, "<b>Phường Quế Võ</b>")
	if want := "/?cd=bus&q=may&xa=" + url.QueryEscape("Phường Quế Võ, tỉnh Bắc Ninh"); got != want {
		t.Errorf("in another province: got %q, want %q", got, want)
	}
	if _, found := b.get(got); strings.Contains(found, "Không tìm thấy xã") {
		t.Error("the picked place is not found")
	}
	if res, _ := b.get("/chon/noi?nhom=99"); res.StatusCode != 404 {
		t.Errorf("no such province: got %d", res.StatusCode)
	}
}

// TestPicksKeepTheForm walks from the profile to a list and back without a script: nothing typed is lost, nothing stored.
func TestPicksKeepTheForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	typed := func(more ...string) url.Values {
		f := url.Values{"name": {"Lò Thị Đổi"}, "born": {"1997"}, "phones": {"0912 000 111"}, "commune": {s.worker.Commune}, "skill": {"Hàn kim loại", ""}, "skill_extra": {"2", "0"}, "about": {"Ghi dở"}}
		for i := 0; i < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return f
	}
	_, groups := b.post("/toi", "/toi/chon", typed("chon", "skill"))
	if !strings.Contains(groups, `name="nhom" value="may-mac"`) || !strings.Contains(groups, `value="Ghi dở"`) {
		t.Fatal("no groups of skills, or the typed words are gone")
	}
	_, choices := b.post("/toi", "/toi/chon", typed("chon", "skill", "nhom", "may-mac"))
	if !strings.Contains(choices, `name="lay" value="May giày, gò giày"`) || strings.Contains(choices, "Lái xe nâng") {
		t.Error("the group does not list its own skills")
	}
	_, searched := b.post("/toi", "/toi/chon", typed("chon", "wish1", "tim", "phu h"))
	if !strings.Contains(searched, `name="lay" value="Phụ hồ"`) {
		t.Error("a typed part of a name finds no job")
	}
	_, back := b.post("/toi", "/toi/chon", typed("chon", "skill", "lay", "May giày, gò giày"))
	for _, want := range []string{`value="May giày, gò giày"`, `value="Hàn kim loại"`, `value="Lò Thị Đổi"`, "Ghi dở", `value="2" selected`, "Bấm Lưu"} {
		if !strings.Contains(back, want) {
			t.Errorf("after the pick: no %s", want)
		}
	}
	if w, err := store.Get[market.Worker](t.Context(), s.s.Store, s.centre, s.worker.ID); err != nil || w.Name != s.worker.Name || len(w.Skills) != len(s.worker.Skills) {
		t.Errorf("a pick was stored: %+v, %v", w, err)
	}
	if res, _ := b.post("/toi", "/toi/chon", typed("chon", "name")); res.StatusCode != 422 {
		t.Errorf("a field without a list: got %d", res.StatusCode)
	}
}

// TestPickerIsAccessible opens the lists as a person does, by the buttons of the profile, with the script switched off.
func TestPickerIsAccessible(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithTimeout(chromium(t), 40*time.Second)
	defer stop()
	s := newSite(t)
	base := s.serve()
	open := func(button string) []chromedp.Action {
		return []chromedp.Action{emulation.SetScriptExecutionDisabled(true), s.become(base, market.Seeker), chromedp.EmulateViewport(320, 740), chromedp.Navigate(base + "/toi"),
			emulation.SetScriptExecutionDisabled(false), chromedp.Evaluate(openAll, nil), chromedp.Click(button), chromedp.WaitVisible(`.picks`), chromedp.Evaluate(axeScript, nil)}
	}
	for _, button := range []string{`button[value=skill]`, `button[value=wish1]`, `button[value=commune_other]`} {
		var wider int
		if err := chromedp.Run(ctx, append(open(button), chromedp.Evaluate(openAll, &wider))...); err != nil {
			t.Fatalf("%s: %v", button, err)
		}
		if wider > 0 {
			t.Errorf("%s: %d px wider than the window", button, wider)
		}
		runAxe(t, ctx, 320, axeAll)
	}
}
