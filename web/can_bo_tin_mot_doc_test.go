package web

import (
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestReadPosting shows what was read with its words, takes it over with one click, drops it with another.
func TestReadPosting(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	p := s.posting
	p.Meta, p.Title, p.Requirements, p.Benefits = market.Meta{Centre: s.centre}, "Tuyển 5 thợ hàn", nil, nil
	p.Text = "Giới thiệu công ty:\nCông ty Hoa Ban chuyên may mặc từ năm 1998.\nYêu cầu:\nBiết hàn điện, có bằng lái xe hạng C <b>.\nQuyền lợi:\nCó xe đưa đón, lương 9 - 11 triệu."
	p, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p)
	if err != nil {
		t.Fatal(err)
	}
	page := checkHome + "/" + string(p.ID)
	_, body := b.get(page)
	for _, want := range []string{"<mark>", "[1]", "Đọc được từ tin", "Giới thiệu công ty, không phải yêu cầu", `class="pre firm"`, "Kỹ năng: ", "Số người cần: 5 người"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	checkPage(t, "read posting", "vi", body)
	now := func() market.Posting {
		p, err := store.Get[market.Posting](t.Context(), s.s.Store, s.centre, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	tag := func(kind string) string {
		for _, found := range s.s.Tax.Tags(p.Title, p.Text) {
			if found.Kind == kind {
				return found.Key()
			}
		}
		t.Fatalf("no %s was read", kind)
		return ""
	}
	step := func(form url.Values, want int) {
		t.Helper()
		if res, _ := b.post(page, page+"/doc", form); res.StatusCode != want {
			t.Errorf("%v: got %d, want %d", form, res.StatusCode, want)
		}
	}
	step(url.Values{"take": {tag("skill")}}, 303)
	step(url.Values{"take": {tag("certificate")}}, 303)
	step(url.Values{"take": {tag("benefit")}}, 303)
	step(url.Values{"take": {tag("openings")}}, 303)
	step(url.Values{"take": {tag("pay")}}, 303)
	got := now()
	if len(got.Requirements) != 2 || got.Requirements[0].Read || len(got.Benefits) != 1 || got.Openings != 5 || got.Pay.Min != 9_000_000 || got.Pay.Max != 11_000_000 {
		t.Errorf("taken over: got %+v %v %d %+v", got.Requirements, got.Benefits, got.Openings, got.Pay)
	}
	step(url.Values{"drop": {tag("occupation")}}, 303)
	step(url.Values{"take": {"skill|khong-co||||||"}}, 409)
	step(url.Values{"take": {tag("skill")}, "_rev": {"1"}}, 409)
	dropped := 0
	for _, x := range now().Tags {
		if x.Decided == market.TagDropped {
			dropped++
		}
	}
	if dropped == 0 || now().Occupation != p.Occupation {
		t.Errorf("dropped: got %d, occupation %q", dropped, now().Occupation)
	}
	if _, body := b.get(page); !strings.Contains(body, "Đã bỏ") || !strings.Contains(body, "Đã có trong tin") {
		t.Error("the page does not say what was decided")
	}
	edited := now()
	edited.Text += "\nBao ăn ngày 2 bữa."
	if edited, err = s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, edited); err != nil {
		t.Fatal(err)
	}
	meals, kept := false, false
	for _, x := range edited.Tags {
		meals, kept = meals || x.Kind == "meals", kept || x.Decided == market.TagDropped
	}
	if !meals || !kept {
		t.Errorf("an edited text is not read again, or forgets what was decided: %+v", edited.Tags)
	}
}
