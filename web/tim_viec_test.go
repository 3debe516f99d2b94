package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
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
	for _, want := range []string{"Bỏ “Có chỗ gửi trẻ”", `href="/?q=may"`, "tel:0215"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s on the empty page", want)
		}
	}
	if _, body = b.get("/?q=" + url.QueryEscape("phi công vũ trụ")); !strings.Contains(body, b.s.words["vi"]["search.none_words"]) || strings.Contains(body, "Bỏ “") {
		t.Error("words that find nothing: not said so")
	}
}
