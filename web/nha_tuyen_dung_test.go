package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

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
