package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestRegisterAnswersBadInput fills each field wrongly in turn; what else was typed stays.
func TestRegisterAnswersBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Anyone)
	for name, c := range map[string]struct{ field, value, says string }{
		"no name":           {"name", "", `href="#f-name">Họ và tên: chỗ này cần ghi`},
		"a year long ago":   {"born", "1890", "Viết như 02/09/1998; chỉ nhớ năm"},
		"300 letters":       {"name", strings.Repeat("ă", 300), "nhiều nhất 120 chữ"},
		"no such day":       {"born", "31/02/1999", "chưa đúng"},
		"a child":           {"born", "2020", "từ 14 đến 100 tuổi"},
		"phone in letters":  {"phones", "không có", "Số điện thoại"},
		"no commune":        {"commune", "", "Xin chọn xã, phường"},
		"unknown commune":   {"commune", "khong co xa nay", "Không tìm thấy xã, phường"},
		"two communes":      {"commune_other", "Phường Quế Võ, tỉnh Bắc Ninh", "hai nơi khác nhau"},
		"several of a name": {"commune_other", "huyện Tủa Chùa", "có thể là nhiều nơi"},
		"short password":    {"password", "123", "ít nhất 8 ký tự"},
		"no consent":        {"consent", "", "Cần sự đồng ý"},
	} {
		form := url.Values{"name": {"Giàng A Thử"}, "born": {"1999"}, "phones": {"0987 654 321"}, "commune": {s.worker.Commune}, "password": {"mat-khau-1"}, "consent": {consentVersion}}
		if name == "several of a name" {
			form.Set("commune", "")
		}
		form.Set(c.field, c.value)
		res, body := b.post("/dang-ky", "/dang-ky", form)
		link := c.field
		if link == "commune_other" {
			link = "commune"
		}
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, c.says) || !strings.Contains(body, `href="#f-`+link+`"`) || !strings.Contains(body, `id="f-`+link+`"`) {
			t.Errorf("%s: got %d, want %q with a link to its field", name, res.StatusCode, c.says)
		}
		if c.field != "name" && !strings.Contains(body, "Giàng A Thử") || c.field == "commune" && c.value != "" && !strings.Contains(body, `value="`+c.value+`"`) {
			t.Errorf("%s: what was typed is gone", name)
		}
		if strings.Contains(body, "mat-khau-1") || strings.Contains(body, " checked") {
			t.Errorf("%s: the password is shown, or the consent is ticked beforehand", name)
		}
	}
}

func TestRegisterByOldCommuneName(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Anyone)
	_, body := b.get("/dang-ky")
	if n := len(regexp.MustCompile(`<(input|select)[^>]* required`).FindAllString(body, -1)) + 1; n > 6 {
		t.Errorf("got %d required fields with the commune, want five and the consent", n)
	}
	if n := strings.Count(body, `<option value="0`) + strings.Count(body, `<option value="1`); n != 45 {
		t.Errorf("got %d communes to choose from, want the 45 of the province", n)
	}
	form := url.Values{"name": {norm.NFD.String("Giàng A Thử")}, "born": {"1999"}, "phones": {"+84 987 654 321"}, "commune_other": {"xã Nà Nhạn"}, "password": {"mat-khau-1"}, "consent": {consentVersion}}
	res, body := b.post("/dang-ky", "/dang-ky", form)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d\n%s", res.StatusCode, body)
	}
	at := res.Header.Get("Location")
	_, body = b.get(at)
	for _, want := range []string{"Giàng A Thử", "0987654321", "Xã Mường Phăng", "xã Nà Nhạn", "Lần sau vào lại thế nào?"} {
		if !strings.Contains(body, want) {
			t.Errorf("after it: no %q", want)
		}
	}
	if again, _ := b.send("/dang-ky", form); again.StatusCode != http.StatusSeeOther && again.StatusCode != http.StatusForbidden {
		t.Errorf("sent twice: got %d", again.StatusCode)
	}
	found, err := store.Find[market.Worker](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "workers_by_phone", Equal: []any{"0987654321"}})
	if err != nil || len(found.Items) != 1 {
		t.Errorf("got %d people, %v, want one", len(found.Items), err)
	}
}

func TestProfileSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	for name, c := range map[string]struct{ field, value, at, says string }{
		"pay in letters":    {"pay", "abc", "pay", "Không hiểu mức lương “abc”"},
		"pay too small":     {"pay", "7.500", "pay", "Không hiểu mức lương “7.500”"},
		"pay too large":     {"pay", "999999999999999", "pay", "Không hiểu mức lương"},
		"pay of a day":      {"pay", "300k/ngày", "pay", "một tháng, ví dụ"},
		"pay but no work":   {"wish1", "", "wish1", "Xin ghi việc muốn làm"},
		"km in letters":     {"km", "xa", "km", "Nếu tính theo km: bao nhiêu: “xa” không phải là số"},
		"unknown skill":     {"skill", "bay lên trời xyz", "skills", "Không tìm thấy kỹ năng"},
		"unknown licence":   {"certificate", "bằng lái tàu vũ trụ xyz", "certificates", "Không tìm thấy chứng chỉ"},
		"no commune":        {"commune", "", "commune", "Xin chọn xã, phường"},
		"invented need":     {"needs", "helicopter", "needs", "không có trong danh sách"},
		"invented reach":    {"mobility", "moon", "mobility", "không có trong danh sách"},
		"about 30,000":      {"about", strings.Repeat("a ", 15_000), "about", "Dài quá"},
		"date of a licence": {"certificate_extra", "31/02/2030", "certificates", "chưa đúng"},
	} {
		form := url.Values{"name": {"Lò Thị Thử"}, "born": {"1998"}, "phones": {"0912345678"}, "commune": {s.worker.Commune}, "wish1": {"Thợ may"}, "pay": {"7 triệu"}, "about": {"Giữ lại chữ này"}}
		if c.field == "about" {
			form.Set("hamlet", "Giữ lại chữ này")
		}
		if c.field == "certificate_extra" {
			form.Set("certificate", s.s.Tax.Certificates()[0].Name)
		}
		form.Set(c.field, c.value)
		res, body := b.post("/toi", "/toi", form)
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, c.says) || !strings.Contains(body, `href="#f-`+c.at+`"`) || !strings.Contains(body, `id="f-`+c.at+`"`) || !strings.Contains(body, "Giữ lại chữ này") {
			t.Errorf("%s: got %d, want %q with a link, and what was typed", name, res.StatusCode, c.says)
		}
		at := strings.Index(body, `id="f-`+c.at+`"`)
		if at < 0 || !strings.Contains(body[strings.LastIndex(body[:at], `<details class="sect"`):at], " open>") {
			t.Errorf("%s: the part with the problem is closed", name)
		}
	}
}

// TestProfilePayAsPeopleSayIt stores the least wage however it is written.
func TestProfilePayAsPeopleSayIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	for typed, want := range map[string]int64{"7 triệu": 7e6, "bảy triệu rưỡi": 7.5e6, "7tr5": 7.5e6, "7.250.000": 7.25e6, "8": 8e6, "6 - 9 triệu": 6e6, "0": 0, "": 0} {
		form := url.Values{"name": {"Lò Thị Thử"}, "born": {"1998"}, "phones": {"0912345678"}, "commune": {s.worker.Commune}, "wish1": {"Thợ may"}, "pay": {typed}}
		if res, body := b.post("/toi", "/toi", form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%q: got %d\n%s", typed, res.StatusCode, body)
		}
		w, err := store.Get[market.Worker](t.Context(), s.s.Store, s.centre, s.worker.ID)
		if err != nil || len(w.Wishes) != 1 || w.Wishes[0].Pay.Min != want {
			t.Errorf("%q: got %+v, %v, want %d", typed, w.Wishes, err, want)
		}
	}
}

// TestAllIsSaidAtOnce: what the form finds and what the rules find stands in one answer, in the words of whoever reads it.
func TestAllIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := url.Values{"name": {strings.Repeat("ă", 300)}, "born": {"2020"}, "phones": {"12"}, "password": {"mat-khau-1"}, "consent": {consentVersion}}
	_, body := s.browser(market.Anyone).post("/dang-ky", "/dang-ky", form)
	for _, want := range []string{"Họ và tên: dài quá", "từ 14 đến 100 tuổi", "Số điện thoại “12” chưa đúng", "Xin chọn xã, phường nơi bạn ở"} {
		if !strings.Contains(body, want) {
			t.Errorf("a seeker: no %q", want)
		}
	}
	edit := s.casePath() + "/sua"
	form = url.Values{"name": {""}, "phones": {"abc"}, "pay": {"nhiều"}, "km": {"-4"}}
	_, body = s.browser(market.Counsellor).post(edit, edit, form)
	for _, want := range []string{"Họ và tên: chỗ này cần ghi", "Số điện thoại “abc” chưa đúng", "Không hiểu mức lương “nhiều”", "Khoảng cách cần từ 0", "Xin chọn xã, phường nơi người này ở"} {
		if !strings.Contains(body, want) {
			t.Errorf("staff: no %q", want)
		}
	}
	if strings.Contains(body, "bạn ở") {
		t.Error("staff are spoken to as if it were about themselves")
	}
}

// TestGoneBackIsReadAgain: a form that was sent, gone back to and changed is not answered from memory.
func TestGoneBackIsReadAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	form := url.Values{"name": {"Lò Thị Thử"}, "born": {"1998"}, "phones": {"0912345678"}, "commune": {s.worker.Commune}, "hamlet": {"Bản Một"}}
	if res, body := b.post("/toi", "/toi", form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d\n%s", res.StatusCode, body)
	}
	if res, _ := b.send("/toi", form); res.StatusCode != http.StatusSeeOther {
		t.Errorf("the same words sent twice: got %d, want the same answer", res.StatusCode)
	}
	form.Set("hamlet", "Bản Hai")
	if res, body := b.send("/toi", form); res.StatusCode != http.StatusConflict || !strings.Contains(body, "Bản Hai") {
		t.Errorf("other words from the old page: got %d, want a conflict that keeps them", res.StatusCode)
	}
}

// TestOwnData takes, withdraws and gives again.
func TestOwnData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	if _, err := s.s.Desk.Refer(t.Context(), market.SystemActor(s.centre), testNow, casework.ReferralRequest{Posting: s.posting.ID, Workers: []market.ID{s.worker.ID}}); err != nil {
		t.Fatal(err)
	}
	res, body := b.get("/toi/du-lieu")
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil || res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("got %d, %v", res.StatusCode, err)
	}
	for _, want := range []string{"Lò Thị Thử", "0912345678", "Công nhân may", `"consent"`} {
		if !strings.Contains(body, want) {
			t.Errorf("own data: no %s", want)
		}
	}
	for _, never := range []string{"identity_key\": \"", "password", "totp", s.employer.TaxCode} {
		if strings.Contains(body, never) {
			t.Errorf("own data carries %q", never)
		}
	}
	state := func() market.WorkerState {
		w, err := store.Get[market.Worker](t.Context(), s.s.Store, s.centre, s.worker.ID)
		if err != nil {
			t.Fatal(err)
		}
		return w.State
	}
	if res, body = b.post("/toi", "/toi/trang-thai", url.Values{"event": {"withdraw"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-sure"`) || state() != market.WorkerSeeking {
		t.Errorf("withdraw without the tick: got %d, %s", res.StatusCode, state())
	}
	if res, body = b.post("/toi", "/toi/trang-thai", url.Values{"event": {"withdraw"}, "sure": {"yes"}}); res.StatusCode != http.StatusSeeOther || state() != market.WorkerWithdrawn {
		t.Fatalf("withdraw: got %d, %s\n%s", res.StatusCode, state(), body)
	}
	found, err := store.Find[market.Referral](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "referrals_by_worker", Equal: []any{s.worker.ID}})
	if err != nil || len(found.Items) != 1 || found.Items[0].State != market.ReferralCancelled {
		t.Errorf("waiting referral: got %+v, %v, want it cancelled", found.Items, err)
	}
	_, body = b.get("/toi")
	checkPage(t, "withdrawn", "vi", body)
	if strings.Contains(body, `action="/toi"`) || !strings.Contains(body, "Bạn đã rút lại đồng ý") {
		t.Error("a withdrawn profile is still to fill in")
	}
	if res, _ = b.post("/toi", "/toi/trang-thai", url.Values{"event": {"resume"}}); res.StatusCode != http.StatusUnprocessableEntity || state() != market.WorkerWithdrawn {
		t.Errorf("resume without consent: got %d, %s", res.StatusCode, state())
	}
	if res, _ = b.post("/toi", "/toi/trang-thai", url.Values{"event": {"resume"}, "consent": {consentVersion}}); res.StatusCode != http.StatusSeeOther || state() != market.WorkerSeeking {
		t.Errorf("resume with consent: got %d, %s", res.StatusCode, state())
	}
	if res, _ = b.post("/toi", "/toi/trang-thai", url.Values{"event": {"anonymise"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a step that is not one's own: got %d", res.StatusCode)
	}
}
