package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

func TestEmployerWritesAPosting(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.EmployerRole)
	form := url.Values{"title": {"Thợ may"}, "openings": {"3"}, "commune": {s.worker.Commune}, "pay": {"xanh đỏ tím"}, "then": {"submit"}}
	res, body := b.post("/nha-tuyen-dung/tin-moi", "/nha-tuyen-dung/tin-moi", form)
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-pay"`) || !strings.Contains(body, "xanh đỏ tím") {
		t.Fatalf("unreadable pay: got %d, want the form again with what was typed", res.StatusCode)
	}
	form.Set("pay", "8 - 10 triệu")
	if res, body = b.send("/nha-tuyen-dung/tin-moi", form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("submit: got %d\n%s", res.StatusCode, body)
	}
	found, err := store.Find[market.Posting](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "postings_by_employer", Equal: []any{s.employer.ID}, Limit: 10})
	if err != nil || len(found.Items) != 2 {
		t.Fatalf("postings: got %d, %v, want 2", len(found.Items), err)
	}
	for _, p := range found.Items {
		if p.ID != s.posting.ID && (p.State != market.PostingInReview || p.Pay.Min != 8_000_000 || p.Pay.Max != 10_000_000 || p.Occupation == "") {
			t.Errorf("stored: got %s, pay %+v, occupation %q", p.State, p.Pay, p.Occupation)
		}
	}
}

func TestEmployerAnswersAReferral(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.EmployerRole)
	system := market.SystemActor(s.centre)
	made, err := s.s.Desk.Refer(t.Context(), system, testNow, casework.ReferralRequest{Posting: s.posting.ID, Workers: []market.ID{s.worker.ID}})
	if err != nil {
		t.Fatal(err)
	}
	r := made[0]
	path := "/nha-tuyen-dung/gioi-thieu/" + string(r.ID)
	for _, event := range []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce} {
		if res, body := b.get(path); res.StatusCode != http.StatusNotFound || strings.Contains(body, s.worker.Name) {
			t.Errorf("while %s: got %d, want 404", r.State, res.StatusCode)
		}
		if _, body := b.get("/nha-tuyen-dung"); strings.Contains(body, s.worker.Name) {
			t.Errorf("while %s: the list names the person", r.State)
		}
		if r, err = s.s.Desk.MoveReferral(t.Context(), system, testNow, r.ID, r.Rev, event, market.ReferralStep{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range []string{path, "/nha-tuyen-dung"} {
		res, body := b.get(page)
		if res.StatusCode != 200 || !strings.Contains(body, s.worker.Name) {
			t.Errorf("%s: got %d, want the person", page, res.StatusCode)
		}
		checkPage(t, page, "vi", body)
	}
	if res, _ := b.post(path, path, url.Values{"event": {"reject"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a no without reason: got %d, want 422", res.StatusCode)
	}
	if res, _ := b.post(path, path, url.Values{"event": {"hire"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a hire without first day: got %d, want 422", res.StatusCode)
	}
	if res, body := b.post(path, path, url.Values{"event": {"hire"}, "start_on": {"01/12/2026"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("hire: got %d\n%s", res.StatusCode, body)
	}
	if r, err = store.Get[market.Referral](t.Context(), s.s.Store, s.centre, r.ID); err != nil || r.State != market.ReferralHired || r.StartOn != "2026-12-01" {
		t.Errorf("after it: got %s on %s, %v", r.State, r.StartOn, err)
	}
}

func TestEmployerRegisters(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Anyone)
	const path = "/nha-tuyen-dung/dang-ky"
	form := url.Values{"name": {"Hợp tác xã Thử"}, "tax_code": {"12345"}, "phone": {"0912 000 111"}, "password": {"mat-khau-1"}}
	for _, code := range []string{"12345", s.employer.TaxCode} {
		form.Set("tax_code", code)
		res, body := b.post(path, path, form)
		if res.StatusCode < 400 || res.StatusCode >= 500 || !strings.Contains(body, `href="#f-tax_code"`) || !strings.Contains(body, "Hợp tác xã Thử") {
			t.Errorf("tax code %s: got %d, want the form again", code, res.StatusCode)
		}
	}
	form.Set("tax_code", "0101234567-001")
	if res, body := b.send(path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("register: got %d\n%s", res.StatusCode, body)
	}
	if res, body := b.get("/nha-tuyen-dung"); res.StatusCode != 200 || !strings.Contains(body, "Hợp tác xã Thử") {
		t.Errorf("own page: got %d", res.StatusCode)
	}
	again := s.browser(market.Anyone)
	if res, _ := again.post("/dang-nhap", "/dang-nhap", url.Values{"login": {"0101234567-001"}, "password": {"mat-khau-1"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("log in: got %d", res.StatusCode)
	}
}

// TestEmployerReviewsAPosting walks the form to the page that says what was understood and what staff will ask.
func TestEmployerReviewsAPosting(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.EmployerRole)
	const path = "/nha-tuyen-dung/tin-moi"
	form := url.Values{"title": {norm.NFD.String("Thợ may")}, "openings": {"3"}, "commune": {s.worker.Commune}, "pay": {"2 - 3 triệu"}, "shift": {"day"}, "min_months": {"6"},
		"meals_per_day": {"2"}, "text": {"Chỉ tuyển nữ. Đặt cọc 500 nghìn."}, "then": {"review"}}
	res, body := b.post(path, path, form)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d\n%s", res.StatusCode, body)
	}
	at := res.Header.Get("Location")
	if again, _ := b.send(path, form); again.Header.Get("Location") != at {
		t.Errorf("sent twice: got %q, want %q", again.Header.Get("Location"), at)
	}
	_, body = b.get(at)
	checkPage(t, at, "vi", body)
	for _, want := range []string{"Chúng tôi hiểu: 2.000.000 – 3.000.000 đồng/tháng", "tối thiểu vùng", "“Chỉ tuyển nữ”", "“Đặt cọc”", "Đã làm từ 6 tháng", "2 bữa mỗi ngày", "Giờ ban ngày"} {
		if !strings.Contains(body, want) {
			t.Errorf("review: no %q", want)
		}
	}
	found, err := store.Find[market.Posting](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "postings_by_employer", Equal: []any{s.employer.ID}, Desc: true, Limit: 10})
	if err != nil || len(found.Items) != 2 || found.Items[0].State != market.PostingDraft && found.Items[1].State != market.PostingDraft {
		t.Fatalf("postings: got %+v, %v, want one more, a draft", found.Items, err)
	}
	for _, p := range found.Items {
		if p.State != market.PostingDraft {
			continue
		}
		if p.Title != "Thợ may" {
			t.Errorf("title: got %q, want composed letters", p.Title)
		}
		step := editPath(p.ID) + "/buoc"
		if res, _ = b.post(reviewPath(p.ID), step, url.Values{"event": {"submit"}}); res.StatusCode != http.StatusSeeOther {
			t.Errorf("submit: got %d", res.StatusCode)
		}
		if _, body = b.get(reviewPath(p.ID)); strings.Contains(body, `value="submit"`) {
			t.Error("a posting that was sent asks to be sent")
		}
	}
}

func TestEmployerFormSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.EmployerRole)
	const path = "/nha-tuyen-dung/tin-moi"
	for name, c := range map[string]struct{ field, value, says string }{
		"long title":      {"title", strings.Repeat("may ", 75), "nhiều nhất 160 chữ"},
		"no title":        {"title", "", `href="#f-title">Tên công việc: chỗ này cần ghi`},
		"people in words": {"openings", "vài người", "Cần bao nhiêu người: “vài người” không phải là số"},
		"less than none":  {"openings", "-3", "phải từ 1"},
		"pay in pictures": {"pay", "😀", "Không hiểu mức lương “😀”"},
		"past first day":  {"start_on", "01/01/1999", "đã qua"},
		"nobody":          {"openings", "0", "phải từ 1"},
		"pay in letters":  {"pay", "abc", "Không hiểu mức lương “abc”"},
		"past deadline":   {"deadline", "01/02/2024", "đã qua"},
		"no such day":     {"deadline", "31/02/2027", "chưa đúng"},
		"no such skill":   {"must", "bay lên trời xyz", "Không tìm thấy kỹ năng"},
		"too many meals":  {"meals_per_day", "9", "từ 0 đến 4"},
		"no such trade":   {"occupation", "xyzzy qwerty", "Không tìm thấy nghề"},
	} {
		form := url.Values{"title": {"Thợ may"}, "openings": {"3"}, "commune": {s.worker.Commune}, "pay": {"8 triệu"}, "text": {"Giữ lại chữ này"}, "then": {"review"}}
		form.Set(c.field, c.value)
		res, body := b.post(path, path, form)
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, c.says) || !strings.Contains(body, "Giữ lại chữ này") || !strings.Contains(body, `href="#f-`+c.field+`"`) {
			t.Errorf("%s: got %d, want %q with a link and what was typed", name, res.StatusCode, c.says)
		}
		if strings.Contains(body, "Đã có 0 người") {
			t.Errorf("%s: counts the people hired, of whom there are none", name)
		}
		if !strings.Contains(body, `id="f-`+c.field+`"`) {
			t.Errorf("%s: the link leads nowhere", name)
		}
	}
}

func TestEmployerCorrectsItsData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.EmployerRole)
	const path = "/nha-tuyen-dung/thong-tin"
	if _, body := b.get("/nha-tuyen-dung"); !strings.Contains(body, "có thể gõ nhầm") {
		t.Error("a tax code whose check digit does not fit is not pointed out")
	}
	form := url.Values{"name": {s.employer.Name}, "tax_code": {s.employer.TaxCode}, "phone": {"12"}, "address": {"Bản Mẫu"}}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-phone"`) || !strings.Contains(body, "Bản Mẫu") {
		t.Errorf("a wrong phone: got %d", res.StatusCode)
	}
	form.Set("phone", "0215 300 0001")
	form.Del("_once")
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("got %d\n%s", res.StatusCode, body)
	}
	e, err := store.Get[market.Employer](t.Context(), s.s.Store, s.centre, s.employer.ID)
	if err != nil || e.Address != "Bản Mẫu" || e.Phone != "02153000001" || e.State != market.EmployerVerified {
		t.Errorf("got %+v, %v", e, err)
	}
	form.Set("name", "Công ty Tên Mới")
	form.Del("_once")
	form.Del("_rev")
	b.post(path, path, form)
	if e, _ = store.Get[market.Employer](t.Context(), s.s.Store, s.centre, s.employer.ID); e.State != market.EmployerPending {
		t.Errorf("a new name: got %s, want to be verified again", e.State)
	}
}
