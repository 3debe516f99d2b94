package web

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestPersonIf counts what is open to a person and what one change opens, on the counsellor's page and the person's own.
func TestPersonIf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.another("Lái xe tải")
	p.Requirements = []market.Requirement{{Kind: "certificate", ID: "gplx-c"}}
	if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p); err != nil {
		t.Fatal(err)
	}
	_, body := s.browser(market.Counsellor).get(ifPath(peopleHome, s.worker.ID))
	for _, want := range []string{"trong 2 việc đang tuyển", "Có giấy phép lái xe hạng C", "Bắt buộc bằng, chứng chỉ mà người này chưa có", "1 việc chỉ vướng điều này"} {
		if !strings.Contains(body, want) {
			t.Errorf("the counsellor's page: no %q", want)
		}
	}
	_, body = s.browser(market.Seeker).get("/toi/viec-hop")
	for _, want := range []string{"Muốn có thêm việc hợp?", "Có giấy phép lái xe hạng C"} {
		if !strings.Contains(body, want) {
			t.Errorf("the person's own page: no %q", want)
		}
	}
}

// TestWhyNot leads from a person and a number typed to what is in the way, and lists people of one phone.
func TestWhyNot(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.another("Lái xe tải")
	p.Requirements, p.Workplaces = []market.Requirement{{Kind: "certificate", ID: "gplx-c"}}, []market.Workplace{{Province: "24"}}
	if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p); err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.Counsellor)
	_, body := b.get(whyHome + "?nguoi=" + string(s.worker.ID) + "&tin=" + url.QueryEscape(p.Number))
	not := strings.Index(body, "Không gợi ý vì:")
	for _, want := range []string{"Chưa có giấy phép lái xe hạng C", "Xa hơn mức người lao động đi được"} {
		if at := strings.Index(body, want); not < 0 || at < not {
			t.Errorf("no %q under what is in the way", want)
		}
	}
	if strings.Index(body, `class="parts"`) < not {
		t.Error("the score stands before what is in the way")
	}
	if _, body = b.get(whyPath(s.worker.ID, s.posting.ID)); !strings.Contains(body, "Đủ mọi điều kiện bắt buộc") || !strings.Contains(body, "Đứng thứ 1 trong danh sách việc gợi ý") {
		t.Error("a suggested pair is not said to pass and where it stands")
	}
	if _, body = b.get(whyHome + "?nguoi=0912345678"); !strings.Contains(body, s.worker.Name) {
		t.Error("a phone does not lead to the person")
	}
	for _, typed := range []string{"0999999999", "Thử"} {
		res, body := b.get(whyHome + "?nguoi=" + url.QueryEscape(typed))
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, typed) {
			t.Errorf("%s: got %d, or what was typed is gone", typed, res.StatusCode)
		}
	}
	other := s.register("Vàng Thị Mẫu")
	other.State = market.WorkerPaused
	other.RecordedAt = testNow
	if err := s.s.Store.Apply(t.Context(), store.Put(&other)); err != nil {
		t.Fatal(err)
	}
	if _, body = b.get(whyPath(other.ID, s.posting.ID)); !strings.Contains(body, "Người này hiện không tìm việc") {
		t.Error("a paused person is not said to be")
	}
}

// TestPostingSwitches lets an employer tick what is insisted on, reads how many that keeps out before sending, and
// keeps what the form does not offer.
func TestPostingSwitches(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.posting
	p.Waives = []string{"place_never"} // set elsewhere: no tick of the employer's
	p, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p)
	if err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.EmployerRole)
	path := editPath(p.ID)
	_, body := b.get(path)
	for _, want := range []string{`value="certificate_missing" checked`, `value="skill_missing"`, "(sẽ loại dưới 5 người)"} {
		if !strings.Contains(body, want) {
			t.Errorf("the form: no %s", want)
		}
	}
	if strings.Contains(body, `name="loose"`) {
		t.Error("an employer may pass over people's limits")
	}
	form := url.Values{"title": {p.Title}, "openings": {"8"}, "commune": {s.worker.Commune}, "pay": {"8 - 10 triệu"}, "hard_asked": {"1"}, "hard": {"skill_missing"},
		"must": {"hàn"}, "certificates": {"bằng lái C"}, "nice_certificates": {""}, "then": {"review"}}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: got %d\n%s", res.StatusCode, body)
	}
	if p, err = store.Get[market.Posting](t.Context(), s.s.Store, s.centre, p.ID); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Insists, " ") + "|" + strings.Join(p.Waives, " "); got != "skill_missing|place_never certificate_missing" {
		t.Errorf("stored: got %s", got)
	}
	if got := p.Requirements; len(got) != 2 || got[1].Kind != "certificate" || got[1].ID != "gplx-c" || got[1].Nice {
		t.Errorf("requirements: got %+v", got)
	}
	_, body = b.get(reviewPath(p.ID))
	for _, want := range []string{"Bao nhiêu người làm được việc này?", "Trong dưới 10 người đang tìm việc, dưới 5 người đủ điều kiện", "Bắt buộc: biết mọi kỹ năng", "sẽ loại dưới 5 người"} {
		if !strings.Contains(body, want) {
			t.Errorf("the review: no %q", want)
		}
	}
	form = url.Values{"title": {p.Title}, "openings": {"8"}, "commune": {s.worker.Commune}, "pay": {"8 - 10 triệu"}, "certificates": {"zzz qqq"}}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "zzz qqq") {
		t.Errorf("an unknown certificate: got %d", res.StatusCode)
	}
	staff := s.browser(market.Counsellor)
	firm := "/can-bo/noi-tuyen/" + string(s.employer.ID) + "/tin/" + string(p.ID)
	form = url.Values{"title": {p.Title}, "openings": {"8"}, "commune": {s.worker.Commune}, "pay": {"8 - 10 triệu"}, "must": {"hàn"}, "certificates": {"bằng lái C"},
		"loose_asked": {"1"}, "loose": {"too_far"}, "then": {"save"}}
	if res, body := staff.post(firm, firm, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("staff save: got %d\n%s", res.StatusCode, body)
	}
	if p, err = store.Get[market.Posting](t.Context(), s.s.Store, s.centre, p.ID); err != nil || strings.Join(p.Waives, " ") != "place_never certificate_missing too_far" {
		t.Errorf("stored by staff: got %v, %v", p.Waives, err)
	}
	if _, body = staff.get(checkHome + "/" + string(p.ID)); !strings.Contains(body, "Nói không đi nơi này, chưa có bằng, chứng chỉ bắt buộc, nói chỗ này xa quá") {
		t.Error("who checks the vacancy does not see whose limits it passes over")
	}
}

// TestCourses keeps a course and counts, on a person's file and own page, what finishing it would open.
func TestCourses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.another("Lái xe tải")
	p.Requirements = []market.Requirement{{Kind: "certificate", ID: "gplx-c"}, {Kind: "skill", ID: "lai-xe-tai"}}
	if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p); err != nil {
		t.Fatal(err)
	}
	far := slices.MaxFunc(s.homeCommunes(), func(a, b string) int { return cmp.Compare(s.km(a), s.km(b)) })
	b, path := s.browser(market.Counsellor), coursesHome+"/moi"
	form := url.Values{"name": {"Lái xe tải hạng C"}, "level": {"elementary"}, "skills": {"lái xe tải"}, "certificates": {"bằng lái C"}, "commune": {far},
		"start_on": {"15/12/2026"}, "end_on": {"15/04/2027"}, "covered": {"part"}, "fee": {"4.000.000"}, "places": {"20"}}
	if res, body := b.post(path, path, url.Values{"name": {"Không dạy gì"}, "level": {"elementary"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "dạy ít nhất một kỹ năng") || !strings.Contains(body, "Không dạy gì") {
		t.Errorf("a course that teaches nothing: got %d", res.StatusCode)
	}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: got %d\n%s", res.StatusCode, body)
	}
	found, err := store.Find[market.Course](t.Context(), s.s.Store, s.s.by("courses_by_state", market.CoursePlanned))
	if err != nil || len(found.Items) != 1 || found.Items[0].Certificates[0] != "gplx-c" || found.Items[0].Fee != 4_000_000 {
		t.Fatalf("stored: got %+v, %v", found.Items, err)
	}
	facts := "Khai giảng 15/12/2026, học khoảng 4 tháng, ở "
	_, file := b.get(s.casePath())
	_, own := s.browser(market.Seeker).get("/toi/viec-hop")
	for name, body := range map[string]string{"file": file, "own page": own} {
		if !strings.Contains(body, facts) || !strings.Contains(body, "được hỗ trợ một phần, còn đóng 4.000.000 đồng") {
			t.Errorf("the %s does not say when, where and what the course costs", name)
		}
	}
	form.Set("name", "Lái xe tải gần nhà")
	form.Set("commune", s.worker.Commune)
	for _, hidden := range []string{"_form", "_once", "_rev"} {
		form.Del(hidden)
	}
	if res, body := b.post(path, path, form); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("save another: got %d\n%s", res.StatusCode, body)
	}
	if _, file = b.get(s.casePath()); !strings.Contains(file, "Lái xe tải gần nhà") || strings.Index(file, "Lái xe tải gần nhà") > strings.Index(file, "Lái xe tải hạng C") {
		t.Error("of two courses that open as many, the further one is named first")
	}
	one := coursesHome + "/" + string(found.Items[0].ID)
	if both, err := store.Find[market.Course](t.Context(), s.s.Store, s.s.by("courses_by_state", market.CoursePlanned)); err == nil {
		for _, c := range both.Items {
			if at := coursesHome + "/" + string(c.ID); at != one {
				b.post(at, at+"/buoc", url.Values{"event": {"cancel"}})
			}
		}
	}
	for _, event := range []string{"open", "begin"} {
		if res, _ := b.post(one, one+"/buoc", url.Values{"event": {event}}); res.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: got %d", event, res.StatusCode)
		}
	}
	if _, file = b.get(s.casePath()); strings.Contains(file, facts) {
		t.Error("a course that has begun is still offered")
	}
	if res, _ := b.post(one, one+"/buoc", url.Values{"event": {"open"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("a step that is not allowed: got %d", res.StatusCode)
	}
}

// TestBothWays offers the same filters from a person to jobs and from a job to people, and says how each pair stands.
func TestBothWays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	offered := func(body string) map[string]bool {
		out := map[string]bool{}
		for _, m := range regexp.MustCompile(`<(?:input|select)[^>]* name="([a-z]+)"`).FindAllStringSubmatch(body, -1) {
			out[m[1]] = true
		}
		return out
	}
	_, jobs := b.get(s.casePath() + "/viec-lam")
	_, people := b.get(peopleHome + "?tin=" + string(s.posting.ID))
	forPerson, forJob := offered(jobs), offered(people)
	for _, name := range []string{"q", "km", "noi", "tinh", "kynang"} {
		if !forPerson[name] || !forJob[name] {
			t.Errorf("filter %s: for a person %v, for a job %v", name, forPerson[name], forJob[name])
		}
	}
	for _, name := range append([]string{byKm}, twoWays...) {
		known := name == byKm || slices.ContainsFunc(peopleFacets, func(f struct {
			name, facet, legend string
			most                int
		}) bool {
			return f.name == name
		})
		if !known || !slices.Contains(filterNames(), name) {
			t.Errorf("filter %s is not on both sides", name)
		}
	}
	why := whyPath(s.worker.ID, s.posting.ID)
	for name, body := range map[string]string{"jobs": jobs, "people": people} {
		if !strings.Contains(body, strings.ReplaceAll(why, "&", "&amp;")) {
			t.Errorf("the list of %s does not lead to why", name)
		}
	}
	away, _ := s.s.Tax.Province("24")
	if _, body := b.get(s.casePath() + "/viec-lam?noi=" + away.Communes[0]); !strings.Contains(body, s.casePath()+"/viec-lam") || strings.Contains(body, s.posting.Title+"</a>") {
		t.Error("a filter that nothing meets leaves the job there")
	}
}

// homeCommunes are the codes of the centre's own communes.
func (s *site) homeCommunes() []string {
	province, _ := s.s.Tax.Province("11")
	return province.Communes
}

// km is how far a commune is from the site's worker.
func (s *site) km(commune string) float64 {
	km, _ := s.s.Tax.DistanceKm(s.worker.Commune, commune)
	return km
}
