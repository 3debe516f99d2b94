package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const ownWords = "em biết may, đi làm công ty giày 2 năm, có bằng lái xe máy, biết tiếng Thái. Chưa biết hàn."

func (s *site) seeker() market.Worker {
	s.t.Helper()
	w, err := store.Get[market.Worker](s.t.Context(), s.s.Store, s.centre, s.worker.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return w
}

// TestDescribeYourself writes in one's own words, ticks some of what was read, and finds that in the profile, once.
func TestDescribeYourself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	before := s.seeker()
	if res, body := b.post("/toi/mo-ta", "/toi/mo-ta", url.Values{"about": {"  "}}); res.StatusCode != 422 || !strings.Contains(body, `href="#f-about"`) {
		t.Errorf("no words: got %d", res.StatusCode)
	}
	res, _ := b.post("/toi/mo-ta", "/toi/mo-ta", url.Values{"about": {ownWords}})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/toi/mo-ta?xem=1" {
		t.Fatalf("got %d to %s", res.StatusCode, res.Header.Get("Location"))
	}
	_, body := b.get("/toi/mo-ta?xem=1")
	for value, words := range map[string]string{"may-cn": "may", "may-giay": "giày", "gplx-a1": "bằng lái xe máy", "tai": "tiếng Thái", "8153": "may"} {
		at := strings.Index(body, `value="`+value+`"`)
		if at < 0 || !strings.Contains(body[at:min(len(body), at+400)], "từ lời bạn: “"+words) {
			t.Errorf("%s is not proposed with the words %q", value, words)
		}
	}
	if strings.Contains(body, " checked") || strings.Contains(body, `value="han"`) {
		t.Error("something is ticked beforehand, or what was denied is proposed")
	}
	if w := s.seeker(); len(w.Skills) != len(before.Skills) || len(w.Certificates) > 0 || len(w.History) > 0 || len(w.Wishes) > 0 {
		t.Errorf("stored before it was ticked: %+v", w)
	}
	if res, body := b.post("/toi/mo-ta?xem=1", "/toi/mo-ta/chon", url.Values{}); res.StatusCode != 422 || !strings.Contains(body, b.s.words["vi"]["error.claims.none"]) {
		t.Errorf("nothing ticked: got %d", res.StatusCode)
	}
	_, page := b.get("/toi/mo-ta?xem=1")
	form := url.Values{"skill": {"may-giay", "lai-xe-tai"}, "wish": {"8156"}, "certificate": {"gplx-a1"}, "language": {"tai"}, "work": {"1"}}
	for _, m := range hiddenField.FindAllStringSubmatch(page[strings.Index(page, "/toi/mo-ta/chon"):], 3) {
		form.Set(m[1], m[2])
	}
	for range 2 {
		if res, body := b.send("/toi/mo-ta/chon", form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("got %d\n%s", res.StatusCode, body)
		}
	}
	w := s.seeker()
	if diff := cmp.Diff(before.Skills, w.Skills[:len(before.Skills)]); diff != "" || len(w.Skills) != len(before.Skills)+1 {
		t.Errorf("skills: got %+v, want one more than %+v", w.Skills, before.Skills)
	}
	if last := w.Skills[len(w.Skills)-1]; last.ID != "may-giay" || last.Months != 24 || last.Evidence != market.SelfStated {
		t.Errorf("got %+v, want 24 months of shoe sewing, self-stated; what was not proposed cannot be ticked", last)
	}
	if len(w.Certificates) != 1 || w.Certificates[0].ID != "gplx-a1" || len(w.Languages) != 1 || w.Languages[0].Language != "tai" ||
		len(w.Wishes) != 1 || w.Wishes[0].Occupation != "8156" || len(w.History) != 1 || w.History[0].Months != 24 {
		t.Errorf("got %+v %+v %+v %+v", w.Certificates, w.Languages, w.Wishes, w.History)
	}
	b.post("/toi/mo-ta?xem=1", "/toi/mo-ta/chon", url.Values{"skill": {"may-giay"}, "work": {"1"}})
	if again := s.seeker(); again.Rev != w.Rev {
		t.Error("what is held already was written again")
	}
	if _, body := b.get("/toi/mo-ta?xem=1"); !strings.Contains(body, "đã có trong hồ sơ") || strings.Contains(body, `value="may-giay"`) {
		t.Error("what is held is offered again")
	}
}

func TestDescribeAtRegistration(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Anyone)
	res, body := b.post("/dang-ky", "/dang-ky", url.Values{"name": {"Giàng A Mẫu"}, "born": {"1999"}, "phones": {"0987654321"}, "commune": {s.worker.Commune},
		"password": {"mat-khau-1"}, "consent": {consentVersion}, "about": {"phụ hồ 3 năm"}})
	if want := "/toi/mo-ta?xem=1&moi=1&bao=notice.registered"; res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != want {
		t.Fatalf("got %d to %q, want %q\n%s", res.StatusCode, res.Header.Get("Location"), want, body)
	}
	if _, body = b.get(res.Header.Get("Location")); !strings.Contains(body, `name="wish" value="9313"`) || !strings.Contains(body, "36 tháng") {
		t.Error("the words of the registration are not read")
	}
	if res, _ = b.post("/toi/mo-ta?xem=1&moi=1", "/toi/mo-ta/chon", url.Values{"wish": {"9313"}, "moi": {"1"}}); res.Header.Get("Location") != "/toi?moi=1&bao=notice.saved" {
		t.Errorf("got to %q, want the profile with how to come back", res.Header.Get("Location"))
	}
}
