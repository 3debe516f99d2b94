package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

func (s *site) firmNow(t *testing.T) market.Employer {
	t.Helper()
	e, err := store.Get[market.Employer](t.Context(), s.s.Store, s.centre, s.employer.ID)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestFindFirms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	for path, found := range map[string]bool{"": true, "?trang-thai=pending": false, "?q=hoa+ban": true, "?q=" + url.QueryEscape("HOA BAN công ty"): true, "?q=5600123456": true, "?q=5600123457": false, "?q=khong+co": false} {
		res, body := b.get(firmHome + path)
		if got := strings.Contains(body, s.firmPath()+`"`); res.StatusCode != 200 || got != found {
			t.Errorf("%q: got %d, found %v, want %v", path, res.StatusCode, got, found)
		}
		checkPage(t, path, "vi", body)
	}
}

func TestFirmMoves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, role := range []market.Role{market.Anyone, market.Seeker, market.EmployerRole} {
		b := s.browser(role)
		for _, path := range []string{firmHome, s.firmPath(), s.firmPath() + "/sua", s.firmPath() + "/tin-moi", s.firmPath() + "/tin/" + string(s.posting.ID)} {
			if res, _ := b.get(path); res.StatusCode == 200 {
				t.Errorf("%s reads %s", role, path)
			}
		}
	}
	b := s.browser(market.Counsellor)
	step := func(form url.Values, want int) {
		t.Helper()
		if res, _ := b.post(s.firmPath(), s.firmPath(), form); res.StatusCode != want {
			t.Errorf("%v: got %d, want %d", form, res.StatusCode, want)
		}
	}
	step(url.Values{"event": {"suspend"}}, 422)
	step(url.Values{"event": {"suspend"}, "note": {"Thu tiền của người lao động"}, "_rev": {"1"}}, 409)
	step(url.Values{"event": {"suspend"}, "note": {"Thu tiền của người lao động"}}, 303)
	if e := s.firmNow(t); e.State != market.EmployerSuspended || e.Refusal != "Thu tiền của người lao động" {
		t.Errorf("after it: %s, %q", e.State, e.Refusal)
	}
	if _, body := b.get(s.firmPath()); !strings.Contains(body, "Thu tiền của người lao động") || !strings.Contains(body, "Tạm khoá") {
		t.Error("the page does not say why")
	}
	step(url.Values{"event": {"verify"}}, 303)
	if res, _ := b.post(s.firmPath(), s.firmPath()+"/lien-he", url.Values{"kind": {"visit"}, "text": {"Đến xem xưởng"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("a line: got %d", res.StatusCode)
	}
	if _, body := b.get(s.firmPath()); !strings.Contains(body, "Đến xem xưởng") {
		t.Error("the line is not there")
	}
}

func TestFirmEdit(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	path := s.firmPath() + "/sua"
	whole := func() url.Values {
		return url.Values{"name": {"Hợp tác xã May Mẫu"}, "tax_code": {"5600123456"}, "phone": {"0215 300 1111"}}
	}
	for field, value := range map[string]string{"name": strings.Repeat("ă", 301), "tax_code": "12", "phone": "số nhà", "email": "khong phai thu", "commune": "xã không có", "sector": "zzzz qqqq"} {
		form := whole()
		form.Set(field, value)
		if res, body := b.post(path, path, form); res.StatusCode != 422 || !strings.Contains(body, `href="#f-`+field+`"`) || !strings.Contains(body, value) {
			t.Errorf("%s: got %d, want the form again with what was typed", field, res.StatusCode)
		}
	}
	stale := whole()
	stale.Set("_rev", "1")
	if res, body := b.post(path, path, stale); res.StatusCode != http.StatusConflict || !strings.Contains(body, "Hợp tác xã May Mẫu") {
		t.Errorf("stale: got %d", res.StatusCode)
	}
	form := whole()
	form["commune"], form["type"], form["permission"], form["sector"] = []string{s.worker.Commune}, []string{"cooperative"}, []string{"12/CV-SNV 01/11/2026"}, []string{"may trang phục"}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: got %d\n%s", res.StatusCode, body)
	}
	if e := s.firmNow(t); e.Name != "Hợp tác xã May Mẫu" || e.State != market.EmployerVerified || e.Permission == "" || e.Commune != s.worker.Commune || e.Province != "11" || e.Sector == "" {
		t.Errorf("stored: %+v", e)
	}
}

func TestStaffWriteAVacancy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	path := s.firmPath() + "/tin-moi"
	form := url.Values{"title": {"Thợ là"}, "openings": {"0"}, "commune": {s.worker.Commune}, "pay": {"7 - 8 triệu"}, "then": {"submit"}}
	if res, body := b.post(path, path, form); res.StatusCode != 422 || !strings.Contains(body, "Thợ là") {
		t.Fatalf("no openings: got %d, want the form again", res.StatusCode)
	}
	form.Set("openings", "4")
	res, body := b.send(path, form)
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), s.firmPath()) {
		t.Fatalf("save: got %d to %q\n%s", res.StatusCode, res.Header.Get("Location"), body)
	}
	found, err := store.Find[market.Posting](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "postings_by_employer", Equal: []any{s.employer.ID}, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, p := range found.Items {
		if p.Title == "Thợ là" {
			written++
			if p.State != market.PostingInReview || p.EmployerName != s.employer.Name || p.Openings != 4 {
				t.Errorf("stored: %s for %q, %d openings", p.State, p.EmployerName, p.Openings)
			}
			edit := s.firmPath() + "/tin/" + string(p.ID)
			if res, _ := b.post(edit, edit, url.Values{"title": {"Thợ là, hoàn thiện"}, "openings": {"4"}, "commune": {s.worker.Commune}, "then": {"save"}}); res.StatusCode != http.StatusSeeOther {
				t.Errorf("edit: got %d", res.StatusCode)
			}
		}
	}
	if written != 1 {
		t.Errorf("got %d vacancies, want 1", written)
	}
	other := firmHome + "/" + string(market.NewID()) + "/tin/" + string(s.posting.ID)
	if res, _ := b.get(other); res.StatusCode != http.StatusNotFound {
		t.Errorf("the vacancy under another employer: got %d, want 404", res.StatusCode)
	}
}

// TestFirmLeadsToTheCheck: a posting that waits leads to where it is decided, not to a page that is not there yet.
func TestFirmLeadsToTheCheck(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.posting
	p.Meta, p.Number, p.State, p.Title = market.Meta{}, "", "", "Tin đang chờ"
	ctx, system := t.Context(), market.SystemActor(s.centre)
	p, err := s.s.Desk.SavePosting(ctx, system, testNow, p)
	if err == nil {
		p, err = s.s.Desk.MovePosting(ctx, system, testNow, p.ID, p.Rev, market.PostingSubmit, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, body := s.browser(market.Counsellor).get(s.firmPath()); link(t, body, "Tin đang chờ") != checkHome+"/"+string(p.ID) {
		t.Errorf("the posting leads to %s", link(t, body, "Tin đang chờ"))
	}
}

// TestPlaceIsSaidOnce: where a commune is chosen, the field for other provinces stays empty.
func TestPlaceIsSaidOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	e := s.firmNow(t)
	e.Commune = s.worker.Commune
	if _, err := s.s.Desk.UpdateEmployer(t.Context(), market.SystemActor(s.centre), testNow, e); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.firmPath() + "/sua", s.firmPath() + "/tin/" + string(s.posting.ID)} {
		_, body := b.get(path)
		_, rest, found := strings.Cut(body, `name="province"`)
		province, _, _ := strings.Cut(rest, "</select>")
		if !found || strings.Contains(province, ` value="11" selected`) || strings.Contains(province, `" selected>Điện Biên<`) {
			t.Errorf("%s: the own province is offered as another one", path)
		}
	}
}
