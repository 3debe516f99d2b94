package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// casePath is the file of the site's worker.
func (s *site) casePath() string { return peopleHome + "/" + string(s.worker.ID) }

func (s *site) workerNow(t *testing.T) market.Worker {
	t.Helper()
	w, err := store.Get[market.Worker](t.Context(), s.s.Store, s.centre, s.worker.ID)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSearchPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	for path, found := range map[string]bool{
		"?q=" + url.QueryEscape("lo thi thu"): true, "?q=" + url.QueryEscape("Lo\u0300 Thi\u0323 Thu\u031b\u0309"): true, "?noi=" + s.worker.Commune: true, "?noi=&chungchi=": true,
		"?sdt=" + url.QueryEscape("+84 912 345 678"): true, "?ten=" + url.QueryEscape("LÒ THỊ THỬ") + "&nam=1998": true, "?ten=" + url.QueryEscape("Lò Thị Thử") + "&nam=1997": false,
		"?sdt=0912345679": false, "?trang-thai=paused": false, "?noi=00000": false, "?trang-thai=anonymised": true,
	} {
		res, body := b.get(peopleHome + path)
		if got := strings.Contains(body, s.casePath()+`"`); res.StatusCode != 200 || got != found {
			t.Errorf("%s: got %d, found %v, want %v", path, res.StatusCode, got, found)
		}
		checkPage(t, path, "vi", body)
	}
	for _, path := range []string{"?sdt=12", "?ten=" + url.QueryEscape("Lò Thị Thử"), "?nam=1998", "?ten=x&nam=hom-qua"} {
		if res, body := b.get(peopleHome + path); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%s: got %d, want a message", path, res.StatusCode)
		}
	}
	if _, body := b.get(peopleHome + "?trang-thai=seeking&q=thu"); !strings.Contains(body, `class="chip"`) {
		t.Error("no chip to remove the filter")
	}
}

func TestCaseIsForStaff(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, role := range []market.Role{market.Anyone, market.Seeker, market.EmployerRole} {
		b := s.browser(role)
		for _, path := range []string{peopleHome + "?q=thu", s.casePath(), s.casePath() + "/sua", peopleHome + "/moi"} {
			if res, body := b.get(path); res.StatusCode == 200 || strings.Contains(body, "0912345678") {
				t.Errorf("%s reads %s: got %d", role, path, res.StatusCode)
			}
		}
		for _, path := range []string{"/sua", "/trang-thai", "/theo-doi", "/lien-he", "/gioi-thieu", "/dong-y"} {
			if res := b.try("POST", s.casePath()+path); res.StatusCode < 400 && !strings.HasPrefix(res.Header.Get("Location"), "/dang-nhap") {
				t.Errorf("%s writes %s: got %d", role, path, res.StatusCode)
			}
		}
	}
	if w := s.workerNow(t); w.Rev != s.worker.Rev {
		t.Error("somebody wrote in the file")
	}
}

func TestCaseTimelineGrows(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	long := strings.Repeat("a", market.MaxText+1)
	for _, c := range []struct {
		name, kind, at, text string
		status               int
	}{
		{"nothing said", "call", "", " ", 422}, {"unknown kind", "gossip", "", "x", 422}, {"a day to come", "call", "30/11/2026", "x", 422},
		{"no day", "call", "hôm qua", "Gặp chị Mẫu", 422}, {"far too long", "call", "", long, 422}, {"a call of yesterday", "call", "23/11/2026", "Gọi lần 1: <b>máy bận</b>", 303},
	} {
		res, body := b.post(s.casePath(), s.casePath()+"/lien-he", url.Values{"kind": {c.kind}, "at": {c.at}, "text": {c.text}})
		if res.StatusCode != c.status || c.status == 422 && (!strings.Contains(body, `role="alert"`) || c.at == "hôm qua" && !strings.Contains(body, "Gặp chị Mẫu")) {
			t.Errorf("%s: got %d, want %d", c.name, res.StatusCode, c.status)
		}
	}
	if res, _ := b.post(s.casePath(), s.casePath()+"/gioi-thieu", url.Values{"posting": {s.posting.Number}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("refer by number: got %d", res.StatusCode)
	}
	if res, body := b.post(s.casePath(), s.casePath()+"/gioi-thieu", url.Values{"posting": {"https://example.vn" + pathOf(s.posting.ID) + "?x=1"}}); res.StatusCode != http.StatusConflict || !strings.Contains(body, `role="alert"`) {
		t.Errorf("refer again, by link: got %d, want a conflict with its message", res.StatusCode)
	}
	if res, body := b.post(s.casePath(), s.casePath()+"/gioi-thieu", url.Values{"posting": {"TD-1999-00001"}}); res.StatusCode != 422 || !strings.Contains(body, "TD-1999-00001") {
		t.Errorf("unknown posting: got %d, want the form again", res.StatusCode)
	}
	_, body := b.get(s.casePath())
	for _, want := range []string{"Gọi lần 1: &lt;b&gt;máy bận&lt;/b&gt;", "Lập giấy giới thiệu", "GT-2026-00001", "23/11/2026", "Đăng ký hồ sơ", "60 điểm"} {
		if !strings.Contains(body, want) {
			t.Errorf("the file does not say %q", want)
		}
	}
	checkPage(t, "case", "vi", body)
}

func TestCaseMoves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	step := func(path string, form url.Values, want int) {
		t.Helper()
		if res, _ := b.post(s.casePath(), s.casePath()+path, form); res.StatusCode != want {
			t.Errorf("%s %v: got %d, want %d", path, form, res.StatusCode, want)
		}
	}
	step("/theo-doi", url.Values{"event": {"take"}}, 303)
	if w := s.workerNow(t); w.Counsellor != s.users[market.Counsellor].ID {
		t.Errorf("counsellor: got %q", w.Counsellor)
	}
	step("/theo-doi", url.Values{"counsellor": {string(s.users[market.Administrator].ID)}}, 303)
	step("/theo-doi", url.Values{"counsellor": {string(s.users[market.Seeker].ID)}}, 422)
	step("/trang-thai", url.Values{"event": {"pause"}}, 303)
	step("/trang-thai", url.Values{"event": {"anonymise"}}, 422)
	step("/trang-thai", url.Values{"event": {"resume"}, "_rev": {"1"}}, 409)
	step("/trang-thai", url.Values{"event": {"withdraw"}}, 422)
	step("/trang-thai", url.Values{"event": {"withdraw"}, "reason": {"Không muốn ai gọi nữa"}}, 303)
	if _, body := b.get(s.casePath()); strings.Contains(body, "0912345678") || !strings.Contains(body, "Không muốn ai gọi nữa") {
		t.Error("a withdrawn file shows its phone, or not why")
	}
	step("/trang-thai", url.Values{"event": {"resume"}}, 422)
	step("/dong-y", url.Values{"channel": {"spoken"}, "consent": {consentVersion}}, 422)
	step("/dong-y", url.Values{"channel": {"spoken"}, "witness": {"Chị Thử, chị gái"}}, 422)
	step("/dong-y", url.Values{"channel": {"spoken"}, "witness": {"Chị Thử, chị gái"}, "consent": {consentVersion}}, 303)
	if w := s.workerNow(t); !w.Available() || w.Consent.Witness != "Chị Thử, chị gái" || w.Consent.By != s.users[market.Counsellor].ID {
		t.Errorf("after a new consent: %s, %+v", w.State, w.Consent)
	}
}

// wholeForm is what a browser sends of the profile's form.
func (s *site) wholeForm() url.Values {
	return url.Values{"name": {"Lò Thị Thử"}, "born": {"1998"}, "phones": {"0912345678"}, "commune": {s.worker.Commune}}
}

func TestCaseEdit(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	path := s.casePath() + "/sua"
	skill := s.s.Tax.Skills()[0]
	paper := s.s.Tax.Certificates()[0]
	for name, c := range map[string]struct{ field, value, at string }{
		"a name of 300 letters": {"name", strings.Repeat("ă", 300), "name"}, "an unknown commune": {"commune", "xã không có", "commune"}, "a wrong date": {"born", "31/02/1998", "born"},
		"an unknown skill": {"skill", "zzzz qqqq", "skills"}, "too few digits": {"citizen_id", "12345", "citizen_id"}, "a barrier we do not know": {"barriers", "laziness", "barriers"},
	} {
		form := s.wholeForm()
		form.Set(c.field, c.value)
		res, body := b.post(path, path, form)
		if res.StatusCode != 422 || !strings.Contains(body, `href="#f-`+c.at+`"`) || c.field != "barriers" && !strings.Contains(body, c.value) {
			t.Errorf("%s: got %d, want the form again with what was typed", name, res.StatusCode)
		}
	}
	form := s.wholeForm()
	for key, values := range map[string][]string{"name": {"Lo\u0300 Thi\u0323 Hoa"}, "phone_note": {"máy của chị gái"}, "barriers": {"transport", "childcare"}, "priority": {"poor"}, "sex": {"f"},
		"skill": {skill.Name}, "skill_extra": {"3"}, "skill_evidence": {"confirmed"}, "certificate": {paper.Name}, "certificate_extra": {"01/12/2027"},
		"certificate_number": {"AB 123"}, "certificate_evidence": {"seen"}, "citizen_id": {"011 098 000 123"}} {
		form[key] = values
	}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: got %d\n%s", res.StatusCode, body)
	}
	w := s.workerNow(t)
	if w.Name != "Lò Thị Hoa" || w.PhoneNote != "máy của chị gái" || len(w.Barriers) != 2 || w.CitizenID != "011098000123" || len(w.Skills) != 1 || w.Skills[0].Evidence != market.Confirmed || w.Skills[0].Level != 3 {
		t.Errorf("stored: %+v", w)
	}
	if len(w.Certificates) != 1 || w.Certificates[0].Number != "AB 123" || w.Certificates[0].CheckedBy != s.users[market.Counsellor].ID || w.Certificates[0].Expires != "2027-12-01" {
		t.Errorf("certificates: %+v", w.Certificates)
	}
	stale := s.wholeForm()
	stale.Set("_rev", "1")
	stale.Set("about", "Điều vừa gõ")
	if res, body := b.post(path, path, stale); res.StatusCode != http.StatusConflict || !strings.Contains(body, "Điều vừa gõ") || !strings.Contains(body, s.s.words["vi"]["error.stale"]) {
		t.Errorf("a stale revision: got %d, want the message and what was typed", res.StatusCode)
	}
	seeker := s.browser(market.Seeker)
	if _, body := seeker.get("/toi"); strings.Contains(body, "barriers") || strings.Contains(body, "citizen_id") || strings.Contains(body, s.s.words["vi"]["case.barriers_field"]) {
		t.Error("the person's own form shows what is for staff")
	}
}

func TestRegisterOnBehalf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	path := peopleHome + "/moi"
	form := s.wholeForm()
	form.Set("name", "Lo thi thu")
	if res, body := b.post(path, path, form); res.StatusCode != 422 || !strings.Contains(body, `href="#f-consent"`) || !strings.Contains(body, "Lo thi thu") {
		t.Fatalf("without consent: got %d", res.StatusCode)
	}
	form["channel"], form["consent"] = []string{"spoken"}, []string{consentVersion}
	if res, body := b.post(path, path, form); res.StatusCode != 422 || !strings.Contains(body, `href="#f-witness">Ghi tên người chứng kiến`) {
		t.Errorf("spoken before nobody: got %d, want the witness asked for by name", res.StatusCode)
	}
	form["channel"], form["witness"], form["consent"] = []string{"spoken"}, []string{"Trưởng bản Thử"}, []string{consentVersion}
	res, body := b.post(path, path, form)
	if res.StatusCode != http.StatusConflict || !strings.Contains(body, s.casePath()) || !strings.Contains(body, "Trưởng bản Thử") {
		t.Fatalf("a double: got %d, want the candidate and what was typed", res.StatusCode)
	}
	form.Set("other", "yes")
	if res, body = b.send(path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("knowingly: got %d\n%s", res.StatusCode, body)
	}
	id := strings.TrimPrefix(strings.Split(res.Header.Get("Location"), "?")[0], peopleHome+"/")
	w, err := store.Get[market.Worker](t.Context(), s.s.Store, s.centre, market.ID(id))
	counsellor := s.users[market.Counsellor].ID
	if err != nil || w.Registered != "counsellor" || w.RegisteredBy != counsellor || w.Counsellor != counsellor || w.Consent.Channel != "spoken" || w.Consent.Witness != "Trưởng bản Thử" {
		t.Errorf("stored: %+v, %v", w, err)
	}
	again, _ := b.send(path, form)
	if again.Header.Get("Location") != res.Header.Get("Location") {
		t.Errorf("sent again: got %q, want %q", again.Header.Get("Location"), res.Header.Get("Location"))
	}
	for _, name := range []string{"Một Người", "Hai Người"} {
		twin := s.wholeForm()
		twin["name"], twin["citizen_id"], twin["channel"], twin["witness"], twin["consent"], twin["other"] = []string{name}, []string{"011098000999"}, []string{"paper"}, nil, []string{consentVersion}, []string{"yes"}
		res, body = b.post(path, path, twin)
		if first := name == "Một Người"; first != (res.StatusCode == http.StatusSeeOther) || !first && !strings.Contains(body, `href="#f-citizen_id"`) {
			t.Errorf("%s: got %d", name, res.StatusCode)
		}
	}
}
