package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.furnish()
	path := "/can-bo/tin/" + string(s.checked.ID)
	b, other := s.browser(market.Counsellor), s.browser(market.Administrator)
	_, body := b.get("/can-bo/tin")
	for _, want := range []string{path, "“Nộp phí”", "Chưa ghi lương"} {
		if !strings.Contains(body, want) {
			t.Errorf("the list: no %q", want)
		}
	}
	_, body = b.get(path)
	for _, want := range []string{"Nấu ăn trưa cho thợ.", "Nộp phí hồ sơ", `value="approve"`, `value="return"`, `value="close"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page: no %q", want)
		}
	}
	if strings.Contains(body, `value="show"`) {
		t.Error("a posting in review can be shown again")
	}
	for _, answer := range []string{"return", "close"} {
		res, body := b.post(path, path, url.Values{"answer": {answer}, "note": {" "}})
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, s.s.words["vi"]["error.note.required"]) {
			t.Errorf("%s without a note: got %d", answer, res.StatusCode)
		}
	}
	_, read := other.get(path) // read before the first decides
	if res, body := b.post(path, path, url.Values{"answer": {"return"}, "note": {"Xin bỏ phí hồ sơ"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("return: got %d\n%s", res.StatusCode, body)
	}
	form := url.Values{"answer": {"approve"}}
	for _, m := range hiddenField.FindAllStringSubmatch(read[strings.Index(read, `action="`+path):], 3) {
		form.Set(m[1], m[2])
	}
	res, _ := other.send(path, form)
	if res.StatusCode != http.StatusSeeOther || !strings.Contains(res.Header.Get("Location"), "notice.checked_before") {
		t.Errorf("decided meanwhile: got %d to %s", res.StatusCode, res.Header.Get("Location"))
	}
	p, err := store.Get[market.Posting](t.Context(), s.s.Store, s.centre, s.checked.ID)
	if err != nil || p.State != market.PostingDraft || p.Note != "Xin bỏ phí hồ sơ" {
		t.Errorf("stored: got %s, note %q, %v", p.State, p.Note, err)
	}
}

// TestCheckReported hides a posting after two warnings, and lets nobody but staff bring it back.
func TestCheckReported(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 2 {
		if err := s.s.Desk.ReportPosting(t.Context(), market.Actor{Role: market.Anyone, Centre: s.centre}, testNow, s.posting.ID, "asks_money", "Đòi 500 nghìn"); err != nil {
			t.Fatal(err)
		}
	}
	firm := market.Actor{Role: market.EmployerRole, Centre: s.centre, Subject: s.employer.ID}
	if _, err := s.s.Desk.MovePosting(t.Context(), firm, testNow, s.posting.ID, 0, market.PostingConfirm, ""); market.KindOf(err) != market.Conflict {
		t.Errorf("the employer brings it back: got %v, want a conflict", err)
	}
	b, path := s.browser(market.Counsellor), "/can-bo/tin/"+string(s.posting.ID)
	for _, page := range []string{"/can-bo", "/can-bo/tin?xem=bi-bao"} {
		if _, body := b.get(page); !strings.Contains(body, path) {
			t.Errorf("%s does not name it", page)
		}
	}
	_, body := b.get(path)
	if !strings.Contains(body, "Đòi 500 nghìn") {
		t.Error("the page does not show what was said")
	}
	checkPage(t, path, "vi", body)
	if res, _ := b.post(path, path, url.Values{"answer": {"show"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("show again: got %d", res.StatusCode)
	}
	p, err := store.Get[market.Posting](t.Context(), s.s.Store, s.centre, s.posting.ID)
	if err != nil || p.State != market.PostingOpen || len(p.Reports) != 0 {
		t.Errorf("stored: got %s with %d warnings, %v", p.State, len(p.Reports), err)
	}
}

func TestVerifyEmployers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e, err := s.s.Desk.RegisterEmployer(t.Context(), market.SystemActor(s.centre), testNow, market.Employer{Name: "Hợp tác xã Chờ", Province: "11", TaxCode: "5600999999"})
	if err != nil {
		t.Fatal(err)
	}
	b, path := s.browser(market.Counsellor), "/can-bo/noi-tuyen/"+string(e.ID)+"?xem=noi-tuyen"
	res, body := b.post("/can-bo/tin?xem=noi-tuyen", path, url.Values{"answer": {"refuse"}})
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Hợp tác xã Chờ") {
		t.Errorf("refused without saying why: got %d", res.StatusCode)
	}
	if res, _ = b.post("/can-bo/tin?xem=noi-tuyen", path, url.Values{"answer": {"verify"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("verify: got %d", res.StatusCode)
	}
	if e, err = store.Get[market.Employer](t.Context(), s.s.Store, s.centre, e.ID); err != nil || e.State != market.EmployerVerified {
		t.Errorf("stored: got %s, %v", e.State, err)
	}
}
