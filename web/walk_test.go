package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/pquerna/otp/totp"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// allowed says for every route which of the five kinds of visitor may come in. A route that is not here fails
// the test, so that nobody adds an address without deciding.
var allowed = map[string]string{ // n nobody logged in, s seeker, e employer, c counsellor, a administrator
	"GET /": "nseca", "GET /viec/:id": "nseca", "POST /viec/:id/bao": "nsca",
	"GET /goi-y": "nseca", "GET /nghe": "nseca", "GET /chon/noi": "nseca", "POST /toi/chon": "s", "GET /toi/mo-ta": "s", "POST /toi/mo-ta": "s", "POST /toi/mo-ta/chon": "s",
	"GET /dang-nhap": "nseca", "POST /dang-nhap": "nseca", "POST /dang-xuat": "nseca",
	"GET /dang-ky": "nsca", "POST /dang-ky": "nsca", "GET /ngon-ngu": "nseca", "GET /suc-khoe": "nseca", "GET /robots.txt": "nseca",
	"GET /ma-xac-nhan": "seca", "POST /ma-xac-nhan": "seca", // who has no need of it finds nothing there
	"GET /toi": "s", "POST /toi": "s", "POST /toi/trang-thai": "s", "GET /toi/du-lieu": "s", "GET /toi/viec-hop": "s", "POST /toi/viec-hop/:id": "s",
	"GET /can-bo": "ca", "GET /can-bo/ghep": "ca", "POST /can-bo/ghep": "ca", "POST /can-bo/ghep/phim": "ca", "GET /can-bo/tin": "ca", "GET /can-bo/tin/:id": "ca", "POST /can-bo/tin/:id": "ca", "POST /can-bo/noi-tuyen/:id": "ca",
	"GET /can-bo/gioi-thieu": "ca", "GET /can-bo/gioi-thieu/:id": "ca", "POST /can-bo/gioi-thieu/:id": "ca", "GET /can-bo/gioi-thieu/:id/phieu": "ca", "GET /can-bo/bao-cao": "ca",
	"GET /can-bo/ho-so": "ca", "GET /can-bo/ho-so/moi": "ca", "POST /can-bo/ho-so/moi": "ca", "GET /can-bo/ho-so/:id": "ca", "GET /can-bo/ho-so/:id/sua": "ca", "POST /can-bo/ho-so/:id/sua": "ca",
	"GET /can-bo/noi-tuyen": "ca", "GET /can-bo/noi-tuyen/:id": "ca", "GET /can-bo/noi-tuyen/:id/sua": "ca", "POST /can-bo/noi-tuyen/:id/sua": "ca", "POST /can-bo/noi-tuyen/:id/lien-he": "ca",
	"GET /can-bo/noi-tuyen/:id/tin-moi": "ca", "POST /can-bo/noi-tuyen/:id/tin-moi": "ca", "GET /can-bo/noi-tuyen/:id/tin/:tin": "ca", "POST /can-bo/noi-tuyen/:id/tin/:tin": "ca",
	"GET /can-bo/tu-khoa": "ca", "POST /can-bo/tu-khoa": "ca", "GET /can-bo/tu-khoa/nghia": "ca", "POST /can-bo/tu-khoa/:id/bo-qua": "ca", "POST /can-bo/tu-khoa/:id/thu-hoi": "ca",
	"POST /can-bo/ho-so": "ca", "GET /can-bo/ho-so/danh-sach": "ca", "POST /can-bo/ho-so/danh-sach": "ca", "POST /can-bo/ho-so/danh-sach/:id/mo": "ca", "POST /can-bo/ho-so/danh-sach/:id/xoa": "ca",
	"GET /can-bo/khoa-hoc": "ca", "GET /can-bo/ho-so/:id/viec-lam": "ca", "GET /can-bo/khoa-hoc/moi": "ca", "POST /can-bo/khoa-hoc/moi": "ca", "GET /can-bo/khoa-hoc/:id": "ca", "POST /can-bo/khoa-hoc/:id": "ca", "POST /can-bo/khoa-hoc/:id/buoc": "ca",
	"POST /can-bo/tin/:id/doc": "ca", "GET /can-bo/tin/:id/neu-thay-doi": "ca", "GET /can-bo/ho-so/:id/neu-thay-doi": "ca", "GET /can-bo/vi-sao": "ca",
	"GET /can-bo/tham-hoi": "ca", "POST /can-bo/tham-hoi/:id": "ca", "GET /can-bo/viec-lam": "ca", "GET /can-bo/viec-lam/:id": "ca", "POST /can-bo/viec-lam/:id/bo": "ca",
	"POST /can-bo/ho-so/:id/trang-thai": "ca", "POST /can-bo/ho-so/:id/theo-doi": "ca", "POST /can-bo/ho-so/:id/lien-he": "ca", "POST /can-bo/ho-so/:id/gioi-thieu": "ca", "POST /can-bo/ho-so/:id/dong-y": "ca",
	"GET /quan-tri/trong-so": "a", "GET /quan-tri/trong-so/:id": "a", "POST /quan-tri/trong-so/:id": "a", "GET /quan-tri/cong-bang": "a",
	"GET /quan-tri": "a", "POST /quan-tri/chay": "a",
	"GET /can-bo/khai-bao": "ca", "GET /can-bo/khai-bao/moi": "ca", "POST /can-bo/khai-bao/moi": "ca", "GET /can-bo/khai-bao/:id": "ca", "POST /can-bo/khai-bao/:id": "ca", "POST /can-bo/khai-bao/:id/bo": "ca",
	"GET /quan-tri/luot-chay/:id": "a", "GET /quan-tri/ke-hoach": "a", "POST /quan-tri/ke-hoach": "a", "GET /quan-tri/nhat-ky": "a", "GET /quan-tri/trung-tam": "a", "POST /quan-tri/trung-tam": "a",
	"GET /quan-tri/tai-khoan": "a", "GET /quan-tri/tai-khoan/moi": "a", "POST /quan-tri/tai-khoan/moi": "a", "GET /quan-tri/tai-khoan/:id": "a", "POST /quan-tri/tai-khoan/:id": "a", "POST /quan-tri/tai-khoan/:id/buoc": "a",
	"GET /dat-mat-khau": "nseca", "POST /dat-mat-khau": "nseca",
	"POST /toi/dieu-chinh": "s", "POST /can-bo/ho-so/:id/dieu-chinh": "ca",
	"GET /toi/gioi-thieu": "s", "POST /toi/gioi-thieu/:id": "s",
	"GET /nha-tuyen-dung": "e", "POST /nha-tuyen-dung/tin/:id/buoc": "e",
	"GET /nha-tuyen-dung/tin-moi": "e", "POST /nha-tuyen-dung/tin-moi": "e", "GET /nha-tuyen-dung/tin/:id": "e", "POST /nha-tuyen-dung/tin/:id": "e",
	"GET /nha-tuyen-dung/tin/:id/xem-lai": "e", "GET /nha-tuyen-dung/thong-tin": "e", "POST /nha-tuyen-dung/thong-tin": "e",
	"GET /nha-tuyen-dung/gioi-thieu/:id": "e", "POST /nha-tuyen-dung/gioi-thieu/:id": "e",
	"GET /nha-tuyen-dung/dang-ky": "ne", "POST /nha-tuyen-dung/dang-ky": "ne",
}

var letters = map[market.Role]string{market.Anyone: "n", market.Seeker: "s", market.EmployerRole: "e", market.Counsellor: "c", market.Administrator: "a"}

func TestRoutesByRole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for role, letter := range letters {
		b := s.browser(role)
		for _, r := range routes() {
			who, listed := allowed[r.method+" "+r.path]
			if !listed {
				t.Errorf("%s %s: no policy row", r.method, r.path)
				continue
			}
			path := strings.ReplaceAll(r.path, ":id", string(s.posting.ID))
			if r.method == "POST" && path == "/dang-xuat" {
				continue // would end the walk; it has its own test
			}
			res := b.try(r.method, path)
			inside := res.StatusCode != http.StatusUnauthorized && res.StatusCode != http.StatusForbidden && !strings.HasPrefix(res.Header.Get("Location"), "/dang-nhap")
			if want := strings.Contains(who, letter); inside != want {
				t.Errorf("%s %s as %s: got %d to %q, want inside %v", r.method, r.path, role, res.StatusCode, res.Header.Get("Location"), want)
			}
			if res.StatusCode >= 500 {
				t.Errorf("%s %s as %s: got %d", r.method, r.path, role, res.StatusCode)
			}
		}
	}
}

// try sends a request; a form carries this browser's token, so that only the permission can refuse it.
func (b *browser) try(method, path string) *http.Response {
	if method == "GET" {
		res, _ := b.get(path)
		return res
	}
	form := url.Values{}
	_, body := b.get("/dang-nhap?tiep=/")
	if m := hiddenField.FindStringSubmatch(body); m != nil {
		form.Set("_form", m[2])
	}
	res, _ := b.send(path, form)
	return res
}

func TestForms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	t.Run("without token", func(t *testing.T) {
		b := s.browser(market.Anyone)
		b.get("/dang-nhap")
		if res, _ := b.send("/dang-nhap", url.Values{"login": {"thu-seeker"}, "password": {"mat-khau-thu"}}); res.StatusCode != http.StatusForbidden {
			t.Errorf("got %d, want 403", res.StatusCode)
		}
	})
	t.Run("token of another browser", func(t *testing.T) {
		other := s.browser(market.Anyone)
		_, page := other.get("/dang-nhap")
		b := s.browser(market.Anyone)
		b.get("/dang-nhap")
		form := url.Values{"_form": {hiddenField.FindStringSubmatch(page)[2]}}
		if res, _ := b.send("/dang-nhap", form); res.StatusCode != http.StatusForbidden {
			t.Errorf("got %d, want 403", res.StatusCode)
		}
	})
	t.Run("from another site", func(t *testing.T) {
		b := s.browser(market.Anyone)
		_, page := b.get("/dang-nhap")
		form := url.Values{"_form": {hiddenField.FindStringSubmatch(page)[2]}}
		req := httptest.NewRequest("POST", "/dang-nhap", strings.NewReader(form.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "cross-site")
		if res, _ := b.do(req); res.StatusCode != http.StatusForbidden {
			t.Errorf("got %d, want 403", res.StatusCode)
		}
	})
}

// Whoever watches the service asks for the head of a page: it is answered as the page is.
func TestHead(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser(market.Anyone)
	for path, want := range map[string]int{"/": 200, "/suc-khoe": 200, "/robots.txt": 200, "/khong-co": 404, "/dang-xuat": 404} {
		if res, body := b.do(httptest.NewRequest("HEAD", path, nil)); res.StatusCode != want || body != "" {
			t.Errorf("%s: got %d with %d bytes, want %d", path, res.StatusCode, len(body), want)
		}
	}
}

func TestLogin(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	answer := func(login, password string) (int, bool) {
		b := s.browser(market.Anyone)
		res, body := b.post("/dang-nhap", "/dang-nhap", url.Values{"login": {login}, "password": {password}})
		return res.StatusCode, strings.Contains(body, s.s.words["vi"]["error.login"])
	}
	t.Run("unknown and wrong are answered alike", func(t *testing.T) {
		for _, login := range []string{"khong-co-ai", "thu-counsellor"} {
			if status, same := answer(login, "sai-mat-khau"); status != http.StatusUnprocessableEntity || !same {
				t.Errorf("%s: got %d, same words %v", login, status, same)
			}
		}
	})
	t.Run("sixth wrong try in a minute waits, in the visitor's language", func(t *testing.T) {
		for range wrongPerAccount {
			answer("thu-employer", "sai")
		}
		for _, lang := range []string{"vi", "en"} {
			b := s.browser(market.Anyone)
			b.jar["nv-lang"] = lang
			res, body := b.post("/dang-nhap", "/dang-nhap", url.Values{"login": {"thu-employer"}, "password": {"mat-khau-thu"}})
			if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, s.s.words[lang]["error.login.slow"]) || !strings.Contains(body, `value="thu-employer"`) {
				t.Errorf("%s: got %d, want to be told to wait, with what was typed", lang, res.StatusCode)
			}
		}
	})
	t.Run("who has the password need not wait", func(t *testing.T) { // a shared account, a whole office behind one address
		for i := range wrongPerAddress + wrongPerAccount + 1 {
			login := []string{"thu-seeker", "thu-administrator"}[i%2]
			if status, _ := answer(login, "mat-khau-thu"); status != http.StatusSeeOther {
				t.Fatalf("log-in %d as %s: got %d", i+1, login, status)
			}
		}
	})
	t.Run("wrong tries at the same instant are not all looked at", func(t *testing.T) {
		var looked atomic.Int32
		var tries sync.WaitGroup
		for range 4 * wrongPerAccount {
			tries.Go(func() {
				if _, said := answer("thu-khong-co", "sai"); said {
					looked.Add(1)
				}
			})
		}
		tries.Wait()
		if n, most := int(looked.Load()), wrongPerAccount+cap(s.s.hasher)-1; n < wrongPerAccount || n > most {
			t.Errorf("looked at %d tries, want %d to %d", n, wrongPerAccount, most)
		}
	})
	t.Run("token changes and logout ends it", func(t *testing.T) {
		b := s.browser(market.Seeker)
		first := b.jar["nv"]
		if res, _ := b.post("/dang-nhap?tiep=/", "/dang-nhap", url.Values{"login": {"thu-seeker"}, "password": {"mat-khau-thu"}}); res.StatusCode != http.StatusSeeOther || b.jar["nv"] == first {
			t.Errorf("got %d, token changed %v", res.StatusCode, b.jar["nv"] != first)
		}
		last := b.jar["nv"]
		b.post("/", "/dang-xuat", url.Values{})
		for _, token := range []string{first, last} {
			b.jar["nv"] = token
			if res, _ := b.get("/toi"); res.StatusCode != http.StatusSeeOther {
				t.Errorf("old token: got %d, want to be sent to log in", res.StatusCode)
			}
		}
	})
	t.Run("staff without second factor must set it up", func(t *testing.T) {
		u := s.users[market.Counsellor]
		u.Meta, u.Login, u.Demo, u.Rev = market.Meta{Centre: s.centre}, "thu-moi", false, 0
		if _, err := s.s.Desk.SaveUser(t.Context(), market.SystemActor(s.centre), testNow, u); err != nil {
			t.Fatal(err)
		}
		b := s.browser(market.Anyone)
		b.post("/dang-nhap", "/dang-nhap", url.Values{"login": {"thu-moi"}, "password": {"mat-khau-thu"}})
		res, _ := b.get("/")
		if res.Header.Get("Location") != "/ma-xac-nhan" {
			t.Errorf("got %d to %q, want to be sent to set it up", res.StatusCode, res.Header.Get("Location"))
		}
		_, page := b.get("/ma-xac-nhan")
		checkPage(t, "enrol", "vi", page)
		secret := regexp.MustCompile(`<b>([A-Z2-7]{16,})</b>`).FindStringSubmatch(page)
		code, err := totp.GenerateCode(secret[1], testNow)
		if err != nil {
			t.Fatal(err)
		}
		if res, _ := b.post("/ma-xac-nhan", "/ma-xac-nhan", url.Values{"code": {code}}); res.StatusCode != http.StatusSeeOther {
			t.Errorf("right code: got %d", res.StatusCode)
		}
		if res, _ := b.get("/"); res.StatusCode != 200 {
			t.Errorf("after it: got %d", res.StatusCode)
		}
	})
	t.Run("disabled account", func(t *testing.T) {
		b := s.browser(market.Counsellor)
		u, err := store.Get[market.User](t.Context(), s.s.Store, s.centre, s.users[market.Counsellor].ID)
		if err != nil {
			t.Fatal(err)
		}
		u.Disabled = true
		if _, err := s.s.Desk.SaveUser(t.Context(), market.SystemActor(s.centre), testNow, u); err != nil {
			t.Fatal(err)
		}
		if _, body := b.get("/"); strings.Contains(body, "/dang-xuat") {
			t.Error("a disabled account is still logged in")
		}
	})
}

func TestSeekerJourney(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Anyone)
	form := url.Values{"name": {"Giàng A Thử"}, "born": {"1999"}, "phones": {"0987 654 321"}, "commune": {"khong co xa nay"}, "password": {"mat-khau-1"}, "consent": {consentVersion}}
	res, body := b.post("/dang-ky", "/dang-ky", form)
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Giàng A Thử") || !strings.Contains(body, `href="#f-commune"`) {
		t.Fatalf("unknown commune: got %d, want the form again with what was typed", res.StatusCode)
	}
	form.Set("commune", s.worker.Commune)
	for _, hidden := range []string{"_form", "_once", "_rev"} {
		form.Del(hidden)
	}
	if res, body = b.post("/dang-ky", "/dang-ky", form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("register: got %d\n%s", res.StatusCode, body)
	}
	if res, body = b.get(res.Header.Get("Location")); res.StatusCode != 200 || !strings.Contains(body, "Giàng A Thử") {
		t.Fatalf("profile: got %d", res.StatusCode)
	}
	seeker := s.browser(market.Seeker)
	path := "/toi/viec-hop/" + string(s.posting.ID)
	if res, _ = seeker.post("/toi/viec-hop", path, url.Values{"answer": {"no"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a no without reason: got %d, want 422", res.StatusCode)
	}
	wish := url.Values{"answer": {"yes"}}
	res, body = seeker.post("/toi/viec-hop", path, wish)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("want: got %d\n%s", res.StatusCode, body)
	}
	if again, _ := seeker.send(path, wish); again.Header.Get("Location") != res.Header.Get("Location") {
		t.Errorf("sent again: got %q, want %q", again.Header.Get("Location"), res.Header.Get("Location"))
	}
	found, err := store.Find[market.Referral](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "referrals_by_worker", Equal: []any{s.worker.ID}})
	if err != nil || len(found.Items) != 1 || found.Items[0].State != market.ReferralAgreed {
		t.Fatalf("referrals: got %+v, %v, want one that is agreed", found.Items, err)
	}
	if _, body = seeker.get("/toi/gioi-thieu"); !strings.Contains(body, "Bạn đã đồng ý.") {
		t.Error("the referral's state is not shown")
	}
	if _, body = seeker.get("/toi/viec-hop"); strings.Contains(body, path) {
		t.Error("a job that was answered is offered again")
	}
}
