package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

func TestReferralSteps(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	r := s.walkReferral(s.worker, "", toStart[:3]...)
	b := s.browser(market.Counsellor)
	path := referralHome + "/" + string(r.ID)
	if _, body := b.get(referralHome); !strings.Contains(body, path) {
		t.Error("the list opens at a step that nobody is in")
	}
	step := func(form url.Values, want int, says ...string) {
		t.Helper()
		res, body := b.post(path, path, form)
		if res.StatusCode != want {
			t.Errorf("%v: got %d, want %d", form, res.StatusCode, want)
		}
		for _, text := range says {
			if !strings.Contains(body, text) {
				t.Errorf("%v: the page does not say %q", form, text)
			}
		}
	}
	step(url.Values{"event": {"invite"}, "meeting_place": {"Cổng xưởng"}}, 422, `href="#f-meeting_on"`, `href="#f-meeting_at"`, "Cổng xưởng")
	step(url.Values{"event": {"invite"}, "meeting_on": {"30/11/2026"}, "meeting_at": {"sáng"}, "meeting_place": {"Cổng xưởng"}}, 422, `href="#f-meeting_at"`, "sáng")
	step(url.Values{"event": {"invite"}, "meeting_on": {"01/11/2026"}, "meeting_at": {"08:30"}, "meeting_place": {"Cổng xưởng"}}, 422, `href="#f-meeting_on"`)
	step(url.Values{"event": {"reject"}}, 422, `href="#f-reason"`)
	step(url.Values{"event": {"invite"}, "meeting_on": {"30/11/2026"}, "meeting_at": {"08:30"}, "meeting_place": {"Cổng xưởng"}, "_rev": {"1"}}, 409, "Cổng xưởng")
	step(url.Values{"event": {"invite"}, "meeting_on": {"30/11/2026"}, "meeting_at": {"08:30"}, "meeting_place": {"Cổng xưởng"}, "note": {"Mang căn cước"}}, 303)
	if _, body := b.get(path); !strings.Contains(body, "08:30 30/11/2026") || !strings.Contains(body, "Mang căn cước") {
		t.Error("the page does not say when the interview is")
	}
	res, slip := b.get(path + "/phieu")
	if res.StatusCode != 200 || !strings.HasPrefix(slip, "%PDF-") {
		t.Errorf("slip: got %d", res.StatusCode)
	}
	step(url.Values{"event": {"hire"}, "start_on": {"35/11/2026"}}, 422, `href="#f-start_on"`)
	step(url.Values{"event": {"hire"}, "start_on": {"24/11/2026"}}, 303)
	step(url.Values{"event": {"void"}}, 403)
	step(url.Values{"event": {"start"}}, 303)
	got, err := store.Get[market.Referral](t.Context(), s.s.Store, s.centre, r.ID)
	if err != nil || got.State != market.ReferralStarted || got.StartOn != "2026-11-24" || got.Meeting == nil {
		t.Errorf("after it: %+v, %v", got, err)
	}
}

func TestReferralList(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	system := market.SystemActor(s.centre)
	ids := []market.ID{s.worker.ID, s.register("Cà Văn Mẫu").ID}
	if _, err := s.s.Desk.Refer(t.Context(), system, testNow, casework.ReferralRequest{Posting: s.posting.ID, Workers: ids}); err != nil {
		t.Fatal(err)
	}
	late, err := s.s.Desk.Refer(t.Context(), system, testNow.Add(-30*24*time.Hour), casework.ReferralRequest{Posting: s.posting.ID, Workers: []market.ID{s.register("Tòng Thị Mẫu").ID}})
	if err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.Counsellor)
	_, body := b.get(referralHome)
	for _, want := range []string{"Cà Văn Mẫu", "Tòng Thị Mẫu", "Quá hẹn 16 ngày", "Chỉ xem quá hẹn (1)", "nhom="} {
		if !strings.Contains(body, want) {
			t.Errorf("the list does not say %q", want)
		}
	}
	if _, body = b.get(referralHome + "?qua-han=1"); strings.Contains(body, "Cà Văn Mẫu") || !strings.Contains(body, string(late[0].ID)) {
		t.Error("only the overdue one was asked for")
	}
	_, body = b.get(referralHome)
	group := strings.SplitN(body, "nhom=", 2)
	id, _, _ := strings.Cut(group[1], `"`)
	if _, body = b.get(referralHome + "?nhom=" + id); !strings.Contains(body, "Cà Văn Mẫu") || !strings.Contains(body, "Lò Thị Thử") || strings.Contains(body, "Tòng Thị Mẫu") {
		t.Error("the group is not the two who were sent together")
	}
	for _, role := range []market.Role{market.Seeker, market.EmployerRole} {
		if res, _ := s.browser(role).get(referralHome + "/" + string(late[0].ID)); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s reads a referral on the staff's page: got %d", role, res.StatusCode)
		}
	}
}
