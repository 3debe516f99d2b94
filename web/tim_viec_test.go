package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/search"
)

func TestSearchSaysWhatItDoesNotUnderstand(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser(market.Anyone)
	for name, query := range map[string]string{"pay in words": "luong=abc", "unknown province": "tinh=99999", "unknown benefit": "cd=helicopter", "distance in words": "km=xa",
		"page in words": "trang=hai", "negative pay": "luong=-5", "unknown skill": "kynang=%3Cb%3E"} {
		res, body := b.get("/?" + query)
		value := strings.SplitN(query, "=", 2)[1]
		if res.StatusCode != 200 || !strings.Contains(body, b.s.words["vi"]["search.ignored"][len("Không hiểu {0}"):]) {
			t.Errorf("%s: got %d without a word about it", name, res.StatusCode)
		}
		if strings.Contains(body, `class="chip off"`) || strings.Contains(body, "value=\""+value+"\"") && value != "" {
			t.Errorf("%s: the value still filters", name)
		}
		if !strings.Contains(body, "Công nhân may") {
			t.Errorf("%s: the other results are gone", name)
		}
	}
	if _, body := b.get("/?luong=6000000"); strings.Contains(body, "đã bỏ qua") || !strings.Contains(body, `class="chip off"`) {
		t.Error("a good filter is called strange, or does not filter")
	}
}

func TestSearchReadsPlaces(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser(market.Anyone)
	for typed, want := range map[string]string{
		"nà nhạn":        "“nà nhạn” nay thuộc Xã Mường Phăng, tỉnh Điện Biên.",
		"xã Nà Nhạn":     "nay thuộc Xã Mường Phăng",
		"Tủa Chùa":       "value=\"Tủa Chùa\"",
		"khong co noi":   "Không tìm thấy xã, phường “khong co noi”",
		"huyện Tủa Chùa": "có thể là nhiều nơi",
	} {
		if _, body := b.get("/?xa=" + url.QueryEscape(typed)); !strings.Contains(body, want) {
			t.Errorf("%s: not answered by %q", typed, want)
		}
	}
	if _, body := b.get("/?xa=" + url.QueryEscape("Mường Phăng")); strings.Contains(body, "nay thuộc") {
		t.Error("a name that still holds is called old")
	}
	_, body := b.get("/?xa=" + url.QueryEscape("huyện Tủa Chùa"))
	if at := strings.Index(body, `class="chip" href="`); at < 0 {
		t.Error("no place to choose")
	} else if _, chosen := b.get(strings.ReplaceAll(strings.SplitN(body[at+len(`class="chip" href="`):], `"`, 2)[0], "&amp;", "&")); strings.Contains(chosen, "có thể là nhiều nơi") {
		t.Error("a chosen place is still not one")
	}
	if res, _ := b.get("/?q=may&xa=" + url.QueryEscape("Bắc Ninh")); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/?q=may&tinh=24" {
		t.Errorf("a province: got %d to %s, want its filter", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestEmptySearchOffersWiderOnes(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser(market.Anyone)
	_, body := b.get("/?q=may&cd=childcare")
	for _, want := range []string{"Bỏ “có chỗ gửi trẻ”", `href="/?q=may"`, "tel:0215"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s on the empty page", want)
		}
	}
	if _, body = b.get("/?q=" + url.QueryEscape("phi công vũ trụ")); !strings.Contains(body, b.s.words["vi"]["search.none_words"]) || strings.Contains(body, "Bỏ “") {
		t.Error("words that find nothing: not said so")
	}
}

// putPostings adds open postings to the index and the store of a site.
func (s *site) putPosting(change func(*market.Posting)) market.Posting {
	s.t.Helper()
	ctx, system := s.t.Context(), market.SystemActor(s.centre)
	p := market.Posting{Employer: s.employer.ID, EmployerName: s.employer.Name, Openings: 3, Text: "Việc thử.", Deadline: "2026-12-15"}
	change(&p)
	p, err := s.s.Desk.SavePosting(ctx, system, testNow, p)
	for _, event := range []market.PostingEvent{market.PostingSubmit, market.PostingApprove} {
		if err == nil {
			p, err = s.s.Desk.MovePosting(ctx, system, testNow, p.ID, p.Rev, event, "")
		}
	}
	if err == nil {
		err = s.s.Index.PutPostings(ctx, []market.Posting{p})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// link gives the address of the first link whose text contains words.
func link(t *testing.T, body, words string) string {
	t.Helper()
	for _, m := range regexp.MustCompile(`(?s)<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>`).FindAllStringSubmatch(body, -1) {
		if strings.Contains(m[2], words) {
			return html.UnescapeString(m[1])
		}
	}
	t.Fatalf("no link with %q", words)
	return ""
}

func TestSearchShowsWhatItReads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tax := s.s.Tax
	home, _ := tax.Commune(s.posting.Workplaces[0].Commune)
	far := tax.Nearest(home.Code, 6)[5].Commune
	place := func(code string) []market.Workplace { return []market.Workplace{{Commune: code, Province: "11"}} }
	pay := market.Pay{Min: 12_000_000, Max: 14_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}
	near := s.putPosting(func(p *market.Posting) { p.Title, p.Workplaces, p.Pay = "Thợ hàn ở gần", place(home.Code), pay })
	away := s.putPosting(func(p *market.Posting) {
		p.Title, p.Workplaces, p.Pay, p.Benefits = "Thợ hàn ở xa", place(far.Code), pay, []string{"dormitory"}
	})
	b := s.browser(market.Anyone)
	ask := func(text string) string {
		_, body := b.get("/?q=" + url.QueryEscape(text))
		return body
	}
	t.Run("pay", func(t *testing.T) {
		body := ask("thợ hàn lương trên 10 triệu")
		if got, want := link(t, body, "lương từ 10.000.000 đồng"), "/?q="+url.QueryEscape("thợ hàn"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if !strings.Contains(body, "Khớp: thợ hàn") {
			t.Error("a hit does not say what it answers")
		}
	})
	t.Run("one's commune orders", func(t *testing.T) {
		for from, first := range map[string]market.Posting{far.FullName(): away, home.FullName(): near} {
			_, body := b.get("/?q=" + url.QueryEscape("thợ hàn") + "&xa=" + url.QueryEscape(from))
			for _, other := range []market.Posting{near, away} {
				if i, j := strings.Index(body, pathOf(first.ID)), strings.Index(body, pathOf(other.ID)); i < 0 || j < i {
					t.Errorf("from %s the nearest job is not first", from)
				}
			}
		}
	})
	t.Run("place orders, then filters", func(t *testing.T) {
		body := ask("thợ hàn ở " + far.FullName())
		if i, j := strings.Index(body, pathOf(away.ID)), strings.Index(body, pathOf(near.ID)); i < 0 || j < i {
			t.Errorf("got %d and %d, want the nearer first and the other after it", i, j)
		}
		if !strings.Contains(body, "Việc gần đứng trước.") || !strings.Contains(body, "ở "+far.FullName()) {
			t.Error("it is not said that near jobs stand first")
		}
		only := link(t, body, "Chỉ ở đây")
		if want := "/?noi=" + far.Code + "&q=" + url.QueryEscape("thợ hàn"); only != want {
			t.Fatalf("got %q, want %q", only, want)
		}
		_, body = b.get(only)
		if strings.Contains(body, pathOf(near.ID)) || !strings.Contains(body, pathOf(away.ID)) {
			t.Error("the strict search does not give what is there alone")
		}
	})
	t.Run("benefit", func(t *testing.T) {
		body := ask("tho han co cho o")
		if strings.Contains(body, pathOf(near.ID)) || link(t, body, "có chỗ ở") != "/?q=tho+han" {
			t.Error("the benefit is not a filter that can be taken back")
		}
	})
	t.Run("typed without a space", func(t *testing.T) {
		if body := ask("thohan"); !strings.Contains(body, "Đang tìm: thợ hàn. Bạn đã gõ: thohan.") || !strings.Contains(body, pathOf(near.ID)) {
			t.Error("it is not said what was looked for")
		}
	})
	t.Run("a part of what was asked", func(t *testing.T) {
		body := ask("thợ hàn nấu ăn")
		if i, j := strings.Index(body, "Việc gần giống"), strings.Index(body, pathOf(near.ID)); i < 0 || j < i || !strings.Contains(body, "0 việc phù hợp") {
			t.Errorf("got %d and %d, want what is like it under its own heading, not counted", i, j)
		}
	})
	t.Run("nothing found: what to leave out", func(t *testing.T) {
		body := ask("thợ hàn lương trên 50 triệu")
		got := link(t, body, "Bỏ “lương từ 50.000.000 đồng”")
		if got != "/?q="+url.QueryEscape("thợ hàn") {
			t.Errorf("got %q, want the text without the pay", got)
		}
		_, wider := b.get(got)
		if n := regexp.MustCompile(`[1-9]\d* việc phù hợp`).FindString(wider); n == "" || !strings.Contains(body, n) {
			t.Errorf("got no count of %q before one taps", n)
		}
	})
	t.Run("nothing there: the nearest places", func(t *testing.T) {
		none := tax.Nearest(far.Code, 2)[1].Commune
		body := ask("việc ở " + none.FullName())
		got := link(t, body, far.FullName()+", cách")
		if _, body = b.get(got); !strings.Contains(body, pathOf(away.ID)) {
			t.Errorf("%s does not lead to the job there", got)
		}
	})
}

// TestSearchWithoutIndex lists from the store what has the words, and says so, while the index is being built.
func TestSearchWithoutIndex(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	empty, err := search.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { empty.Close() })
	s.s.Index = empty
	b := s.browser(market.Anyone)
	for query, want := range map[string]bool{"": true, "cong nhan may": true, "hoa ban": true, "thợ hàn": false} {
		res, body := b.get("/?q=" + url.QueryEscape(query))
		if res.StatusCode != http.StatusOK || !strings.Contains(body, "Máy tìm kiếm đang nghỉ") {
			t.Errorf("%q: %d, and the page does not say that search is down", query, res.StatusCode)
		}
		if got := strings.Contains(body, pathOf(s.posting.ID)); got != want {
			t.Errorf("%q: the posting is listed %v, want %v", query, got, want)
		}
	}
}
