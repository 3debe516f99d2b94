package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestCountsForEmployers words counts for an employer in steps of five, says nothing of who turned it down, and nothing
// at all to who is not verified or asks without a pause.
func TestCountsForEmployers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i := range 12 {
		w := s.register(fmt.Sprintf("Vàng Thị Mẫu %d", i))
		if i < 6 {
			w.RecordedAt = testNow
			w.Refusals = []market.Refusal{{Posting: s.posting.ID, Reason: "pay", At: testNow}}
			if err := s.s.Store.Apply(t.Context(), store.Put(&w)); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, body := s.browser(market.Counsellor).get(ifPath(checkHome, s.posting.ID))
	for _, want := range []string{"7 người đủ điều kiện", "Đã từ chối việc này"} {
		if !strings.Contains(body, want) {
			t.Errorf("the counsellor's page: no %q", want)
		}
	}
	s.posting.Insists = []string{"skill_missing"}
	if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, s.posting); err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.EmployerRole)
	_, body = b.get(reviewPath(s.posting.ID))
	if !strings.Contains(body, "Trong khoảng 10 người đang tìm việc, khoảng 5 người đủ điều kiện.") || strings.Contains(body, "từ chối việc này") {
		t.Error("the employer reads an exact count, or how many turned it down")
	}
	_, body = b.get(editPath(s.posting.ID))
	if !strings.Contains(body, "(loại khoảng 5 người)") || !strings.Contains(body, "(sẽ loại khoảng 5 người)") || strings.Contains(body, "loại 7 người") {
		t.Error("the form gives an exact count, or does not tell a tick that is set from one that is not")
	}
	for n, want := range map[int]string{0: "dưới 5", 4: "dưới 5", 5: "khoảng 5", 37: "khoảng 35", 39: "khoảng 35"} {
		v := &visit{s: s.s, lang: "vi", actor: market.Actor{Role: market.EmployerRole}}
		if got := v.few(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	counted := 0
	for range chancesAMinute {
		if _, body = b.get(reviewPath(s.posting.ID)); strings.Contains(body, "bao-nhieu") {
			counted++
		}
	}
	if counted >= chancesAMinute || counted == 0 {
		t.Errorf("counted %d times within a minute", counted)
	}
	e, err := s.s.Desk.MoveEmployer(t.Context(), market.SystemActor(s.centre), testNow, s.employer.ID, s.employer.Rev, market.EmployerSuspend, "Bị báo sai")
	if err != nil {
		t.Fatal(err)
	}
	for role, want := range map[market.Role]bool{market.EmployerRole: false, market.Counsellor: true} {
		v := &visit{s: s.s, ctx: t.Context(), now: testNow, actor: market.Actor{User: market.NewID(), Role: role, Centre: s.centre, Subject: e.ID}}
		if may, err := v.mayCount(s.posting); err != nil || may != want {
			t.Errorf("%s of a suspended employer: got %v, %v", role, may, err)
		}
	}
}

// TestWaiversByHand sends what the employer's form does not offer: people's own limits stay as staff set them.
func TestWaiversByHand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := editPath(s.posting.ID)
	form := url.Values{"title": {s.posting.Title}, "openings": {"8"}, "commune": {s.worker.Commune}, "pay": {"8 - 10 triệu"}, "hard_asked": {"1"},
		"loose_asked": {"1"}, "loose": {"too_far", "need_not_met"}, "then": {"save"}}
	if res, body := s.browser(market.EmployerRole).post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: got %d\n%s", res.StatusCode, body)
	}
	p, err := store.Get[market.Posting](t.Context(), s.s.Store, s.centre, s.posting.ID)
	if err != nil || !slices.Equal(p.Waives, []string{certificatesHard}) {
		t.Errorf("stored: got %v, %v", p.Waives, err)
	}
}

// TestNobodyMatchedWithoutConsent refuses the pages that match a person to whoever withdrew, and does not list them.
func TestNobodyMatchedWithoutConsent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := s.register("Vàng Thị Mẫu")
	w.State, w.RecordedAt = market.WorkerWithdrawn, testNow
	if err := s.s.Store.Apply(t.Context(), store.Put(&w)); err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.Counsellor)
	file := peopleHome + "/" + string(w.ID)
	for _, path := range []string{file + "/neu-thay-doi", file + "/viec-lam", whyPath(w.ID, s.posting.ID), whyPath(w.ID, "")} {
		if res, body := b.get(path); res.StatusCode != http.StatusConflict || !strings.Contains(body, "hiện không nhận giới thiệu") {
			t.Errorf("%s: got %d", path, res.StatusCode)
		}
	}
	for _, typed := range []string{"0912345000", "Vàng Thị Mẫu 1995"} {
		if res, body := b.get(whyHome + "?nguoi=" + url.QueryEscape(typed)); res.StatusCode != http.StatusUnprocessableEntity || strings.Contains(body, file) {
			t.Errorf("%s: got %d, or the person is listed", typed, res.StatusCode)
		}
	}
}

// TestPastedAddresses reads the addresses of a file and of a vacancy as they stand in the browser, and says at its own
// field what is wrong.
func TestPastedAddresses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	for _, after := range []string{"", "/neu-thay-doi", "?trang=2", "#viec"} {
		q := url.Values{"nguoi": {"https://noiviec.example" + s.casePath() + after}, "tin": {"https://noiviec.example" + checkHome + "/" + string(s.posting.ID) + after}}
		if res, body := b.get(whyHome + "?" + q.Encode()); res.StatusCode != 200 || !strings.Contains(body, "Đủ mọi điều kiện bắt buộc") {
			t.Errorf("with %q after it: got %d", after, res.StatusCode)
		}
	}
	if res, body := b.get(whyHome + "?tin=TD-0000-00000"); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="tin-err"`) && !strings.Contains(body, `href="#tin"`) && !strings.Contains(body, `id="e-tin"`) {
		t.Errorf("an unknown number: got %d, or the field does not say so", res.StatusCode)
	}
}

// TestAnyDistance leaves no chip for "any distance" and keeps a distance that is not among the choices chosen.
func TestAnyDistance(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	if _, body := b.get(s.casePath() + "/viec-lam?q=&km="); strings.Contains(body, "class=\"chip\"") {
		t.Error("any distance is a filter")
	}
	if _, body := b.get(s.casePath() + "/viec-lam?km=30"); !strings.Contains(body, `name="km" value="30" checked`) || !strings.Contains(body, "class=\"chip\"") {
		t.Error("30 km is not among the choices")
	}
	if got := strings.Join(distances("30"), " "); got != "10 20 30 50 100" {
		t.Errorf("distances: got %s", got)
	}
}
