package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// teach puts one thing of each kind on the job seeker's file.
func (s *site) teach() {
	s.t.Helper()
	w, err := store.Get[market.Worker](s.t.Context(), s.s.Store, s.centre, s.worker.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	w.Learned = nil
	for _, kind := range market.LearnedKinds {
		l := market.Learned{Kind: kind, Reason: "too_far", From: []market.ID{"a", "b"}, On: market.DateOf(testNow), Until: market.DateOf(testNow).AddDays(90)}
		switch kind {
		case market.LearnedRadius:
			l.Km = 20
		case market.LearnedFloor:
			l.Pay = 8_400_000
		case market.LearnedShift:
			l.Code = "night"
		case market.LearnedLifting:
			l.Level = 2
		case market.LearnedLanguage:
			l.Code = market.Languages[0]
		case market.LearnedEmployer:
			l.Code = string(s.employer.ID)
		case market.LearnedSkill:
			l.Code = s.s.Tax.Skills()[0].ID
		case market.LearnedCertificate:
			l.Code = s.s.Tax.Certificates()[0].ID
		}
		w.Learned = append(w.Learned, l)
	}
	if err := s.s.Store.Apply(s.t.Context(), store.Put(&w)); err != nil {
		s.t.Fatal(err)
	}
	s.worker = w
}

func TestLearned(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.teach()
	staff, self := s.browser(market.Counsellor), s.browser(market.Seeker)
	_, file := staff.get(s.casePath() + "?lang=vi")
	_, own := self.get("/toi/viec-hop?lang=vi")
	for _, want := range []string{"Thu hẹp còn 20 km quanh nhà", "2 lần từ chối, lý do: xa quá.", "từ 8.400.000 đồng", s.employer.Name[:8], "Tự hết sau ngày 22/02/2027"} {
		if !strings.Contains(file, want) || !strings.Contains(own, want) {
			t.Errorf("%q: on the file %v, on the person's own page %v", want, strings.Contains(file, want), strings.Contains(own, want))
		}
	}
	if call := "Nên gọi điện trước khi giới thiệu"; !strings.Contains(file, call) || strings.Contains(own, call) {
		t.Error("the wish for a call is staff's: on their page, and on no other")
	}
	for _, page := range []string{"/toi/viec-hop", s.casePath()} {
		for _, lang := range languages {
			b := self
			if page != "/toi/viec-hop" {
				b = staff
			}
			_, body := b.get(page + "?lang=" + lang)
			checkPage(t, page, lang, body)
		}
	}
	take := func(b *browser, from, to, key string) (int, string) {
		res, body := b.post(from, to, url.Values{"key": {key}})
		return res.StatusCode, body
	}
	if status, body := take(self, "/toi/viec-hop", "/toi/dieu-chinh", "radius:"); status != http.StatusSeeOther {
		t.Fatalf("the person takes it back: got %d\n%s", status, body)
	}
	if status, _ := take(staff, s.casePath(), s.casePath()+"/dieu-chinh", "floor:"); status != http.StatusSeeOther {
		t.Errorf("staff take it back: got %d", status)
	}
	if status, body := take(staff, s.casePath(), s.casePath()+"/dieu-chinh", "radius:"); status == http.StatusSeeOther || !strings.Contains(body, "đã được bỏ hoặc đã hết hạn") {
		t.Errorf("taken back twice: got %d, want to be told that it is gone", status)
	}
	if _, own = self.get("/toi/viec-hop?lang=vi"); strings.Contains(own, "Thu hẹp còn 20 km") || strings.Contains(own, "8.400.000") || !strings.Contains(own, "trong tỉnh") {
		t.Error("what was taken back is still there, or more is gone")
	}
}

// TestShowingIsKept finds what a job seeker and a counsellor had before their eyes.
func TestShowingIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.browser(market.Seeker).get("/toi/viec-hop")
	s.browser(market.Seeker).get("/toi/viec-hop")
	s.browser(market.Counsellor).get(s.casePath())
	found, err := store.Find[market.Showing](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "showings_by_day", Equal: []any{market.DateOf(testNow)}})
	if err != nil {
		t.Fatal(err)
	}
	to := map[market.Role]int{}
	for _, shown := range found.Items {
		to[shown.To]++
		if len(shown.Items) == 0 || shown.Items[0].Chance == 0 || shown.Items[0].Score == 0 || len(shown.Items[0].Parts) == 0 {
			t.Errorf("got %+v, want what was shown", shown)
		}
	}
	if to[market.Seeker] != 1 || to[market.Counsellor] != 1 {
		t.Errorf("got %v, want one of each", to)
	}
}
