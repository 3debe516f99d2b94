package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

func TestFollowUps(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.placeSomebody()
	answer := followUpHome + "/" + string(p.ID)
	for _, role := range []market.Role{market.Seeker, market.EmployerRole} {
		if res, body := s.browser(role).get(followUpHome); res.StatusCode != http.StatusForbidden || strings.Contains(body, "Sùng A Mẫu") {
			t.Errorf("%s reads who is asked: got %d", role, res.StatusCode)
		}
	}
	b := s.browser(market.Counsellor)
	_, body := b.get(followUpHome)
	for _, want := range []string{"Sùng A Mẫu", "Quá 33 ngày", "Sau 7 ngày", "tel:0912345000", "máy của anh trai"} {
		if !strings.Contains(body, want) {
			t.Errorf("the list does not say %q", want)
		}
	}
	ask := func(form url.Values, want int) {
		t.Helper()
		if form.Get("day") == "" {
			form.Set("day", "7")
		}
		if res, _ := b.post(followUpHome, answer, form); res.StatusCode != want {
			t.Errorf("%v: got %d, want %d", form, res.StatusCode, want)
		}
	}
	ask(url.Values{"answer": {"working"}, "source": {""}}, 422)
	ask(url.Values{"answer": {"maybe"}, "source": {"confirmed"}}, 422)
	ask(url.Values{"answer": {"working"}, "source": {"confirmed"}, "day": {"180"}}, 409)
	ask(url.Values{"answer": {"working"}, "source": {"confirmed"}, "_rev": {"99"}}, 409)
	ask(url.Values{"answer": {"unknown"}, "source": {"confirmed"}}, 303)
	ask(url.Values{"answer": {"working"}, "source": {"self_stated"}, "day": {"30"}}, 303)
	got, err := store.Get[market.Placement](t.Context(), s.s.Store, s.centre, p.ID)
	if err != nil || got.FollowUps[0].Answer != "unknown" || got.FollowUps[0].Source != "" || got.FollowUps[1].Answer != "working" || got.FollowUps[1].Source != market.SelfStated {
		t.Errorf("stored: %+v, %v", got.FollowUps, err)
	}
	if _, body = b.get(followUpHome); strings.Contains(body, "Sùng A Mẫu") {
		t.Error("who was asked is asked again")
	}
	_, body = b.get(placementHome + "/" + string(p.ID))
	if !strings.Contains(body, "Không rõ") || !strings.Contains(body, "Người lao động nói") || strings.Count(body, `name="day"`) != 1 {
		t.Error("the placement does not show both answers, and ask again what nobody knew")
	}
	if res, _ := b.post(placementHome+"/"+string(p.ID), answer, url.Values{"answer": {"left"}, "source": {"confirmed"}, "day": {"7"}, "from": {"placement"}}); res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), placementHome) {
		t.Errorf("asked again: got %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	if w, _ := store.Get[market.Worker](t.Context(), s.s.Store, s.centre, p.Worker); w.State != market.WorkerSeeking {
		t.Errorf("who left is %s", w.State)
	}
}

// TestFigureIsItsRecords holds the list of placements against the report, before and after one was taken back.
func TestFigureIsItsRecords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.placeSomebody()
	b := s.browser(market.Counsellor)
	list := placementHome + "?thang=" + string(p.Month) + "&kenh=" + p.Channel
	one := placementHome + "/" + string(p.ID)
	counted := func(want int64) {
		t.Helper()
		report, err := s.s.Desk.MonthReport(t.Context(), market.SystemActor(s.centre), p.Month)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range report.Lines {
			if line.Indicator == market.NewJobs && line.Line == p.Channel && int64(line.Evidenced) != want {
				t.Errorf("the report counts %d, want %d", line.Evidenced, want)
			}
		}
		_, body := b.get(list)
		if !strings.Contains(body, `<span class="num">`+number("vi", want)+`</span>`) || !strings.Contains(body, one) {
			t.Errorf("the list does not count %d and show the record", want)
		}
	}
	counted(1)
	if _, body := b.get(placementHome + "?thang=" + string(p.Month) + "&kenh=labour_export"); strings.Contains(body, one) {
		t.Error("the record stands in another channel")
	}
	if _, body := b.get(placementHome + "?tu=2026-01&thang=2026-11"); !strings.Contains(body, one) {
		t.Error("the record is not in the year so far")
	}
	if res, body := b.get(placementHome + "?thang=nay"); res.StatusCode != 422 || !strings.Contains(body, `href="#f-thang"`) {
		t.Errorf("no month: got %d, want a message", res.StatusCode)
	}
	if res, _ := b.post(one, one+"/bo", url.Values{}); res.StatusCode != 422 {
		t.Errorf("void without reason: got %d", res.StatusCode)
	}
	if res, body := b.post(one, one+"/bo", url.Values{"reason": {"Nhầm người"}, "_rev": {"44"}}); res.StatusCode != http.StatusConflict || !strings.Contains(body, "Nhầm người") {
		t.Errorf("void of a stale revision: got %d", res.StatusCode)
	}
	if res, _ := b.post(one, one+"/bo", url.Values{"reason": {"Nhầm người"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("void: got %d", res.StatusCode)
	}
	counted(0)
	for _, path := range []string{one, peopleHome + "/" + string(p.Worker)} {
		if _, body := b.get(path); !strings.Contains(body, "Nhầm người") {
			t.Errorf("%s does not say why", path)
		}
	}
}
