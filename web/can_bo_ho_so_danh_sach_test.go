package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// index puts people into the index, as the follower would.
func (s *site) index(workers ...market.Worker) {
	s.t.Helper()
	if err := s.s.Index.PutWorkers(s.t.Context(), workers); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) pools() []market.Pool {
	s.t.Helper()
	list, err := s.s.Desk.Pools(s.t.Context(), s.actor(market.Counsellor))
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// TestFilterPeople filters by how skills are known, how good they are, the day certificates are valid on and mobility.
func TestFilterPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	w := s.register("Vàng Thị Mẫu")
	w.Skills = []market.HeldSkill{{ID: "han", Level: 2, Evidence: market.Confirmed}}
	w.Certificates = []market.HeldCertificate{{ID: s.s.Tax.Certificates()[0].ID, Expires: "2027-03-31"}}
	w.Mobility.Kind = market.Anywhere
	s.index(w)
	cert := "&chungchi=" + w.Certificates[0].ID
	for path, found := range map[string]bool{
		"?kynang=han&bang=confirmed": true, "?kynang=han&bang=certified": false, "?bang=confirmed&bac=2": true, "?kynang=han&bac=3": false,
		"?ngay=2027-03-31" + cert: true, "?ngay=01/04/2027" + cert: false, "?di=country": true, "?di=abroad": false, "?bang=x&bac=99&ngay=mai": true,
	} {
		res, body := b.get(peopleHome + path)
		if got := strings.Contains(body, string(w.ID)+`"`); res.StatusCode != 200 || got != found {
			t.Errorf("%s: got %d, found %v, want %v", path, res.StatusCode, got, found)
		}
		checkPage(t, path, "vi", body)
	}
	if _, body := b.get(peopleHome + "?kynang=han&bang=certified"); !strings.Contains(body, "Bỏ “đã xem chứng chỉ”") {
		t.Error("nobody found, and no condition to leave out")
	}
	if _, body := b.get(peopleHome + "?q=" + url.QueryEscape("thợ hàn gần Điện Biên Phủ")); !strings.Contains(body, "chips read") || strings.Contains(body, `href="/?q=`) {
		t.Error("what was understood is not shown, or leads away from the list of people")
	}
}

// TestPeopleForPosting looks for people by what a posting must have, and refers several of them at once.
func TestPeopleForPosting(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	other := s.register("Vàng Thị Mẫu")
	s.index(other)
	res, _ := b.get(peopleHome + "?tin=" + s.posting.Number)
	if at := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || !strings.Contains(at, "kynang="+s.posting.Requirements[0].ID) || strings.Contains(at, "chungchi") {
		t.Errorf("by number: got %d to %q, want what the posting must have", res.StatusCode, at)
	}
	if res, body := b.get(peopleHome + "?tin=TD-1999-00001"); res.StatusCode != 422 || !strings.Contains(body, "TD-1999-00001") {
		t.Errorf("unknown posting: got %d", res.StatusCode)
	}
	page := peopleHome + "?tin=" + string(s.posting.ID)
	_, body := b.get(page)
	for _, want := range []string{"Công nhân may", "ngay trong xã, phường nơi làm", string(s.worker.ID), string(other.ID)} {
		if !strings.Contains(body, want) {
			t.Errorf("the list for the posting does not say %q", want)
		}
	}
	if strings.Contains(body, "chưa gợi ý ai") || strings.Contains(body, "khoảng 0 km") {
		t.Error("an open posting is said to be closed, or a home beside the work to be 0 km away")
	}
	hidden := s.another("Việc tạm ẩn")
	if _, err := s.s.Desk.MovePosting(t.Context(), market.SystemActor(s.centre), testNow, hidden.ID, hidden.Rev, market.PostingPause, ""); err != nil {
		t.Fatal(err)
	}
	if _, body := b.get(peopleHome + "?tin=" + string(hidden.ID)); strings.Count(body, "chưa gợi ý ai") != 1 || strings.Contains(body, "Không gợi ý vì") {
		t.Error("of a posting that is not shown, every line says so, or the page does not")
	}
	if res, body := b.post(page, page, url.Values{"posting": {s.posting.Number}}); res.StatusCode != 422 || !strings.Contains(body, "Chọn ít nhất một người") {
		t.Errorf("nobody chosen: got %d", res.StatusCode)
	}
	both := url.Values{"posting": {"TD-1"}, "worker": {string(s.worker.ID), string(other.ID)}, "note": {"đi cùng xe"}}
	if res, body := b.post(page, page, both); res.StatusCode != 422 || strings.Count(body, " checked") < 2 || !strings.Contains(body, "đi cùng xe") {
		t.Errorf("unknown posting: got %d, want the list again with what was chosen", res.StatusCode)
	}
	res, _ = b.post(page, page, url.Values{"posting": {s.posting.Number}, "worker": both["worker"]})
	if res.StatusCode != http.StatusSeeOther || !strings.Contains(res.Header.Get("Location"), "nhom=") {
		t.Fatalf("refer both: got %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	made, err := store.Find[market.Referral](t.Context(), s.s.Store, s.by("referrals_by_posting", s.posting.ID))
	if err != nil || len(made.Items) != 2 || made.Items[0].Number != made.Items[1].Number {
		t.Errorf("got %+v, %v; want two under one number", made.Items, err)
	}
	if res, body := b.post(page, page, url.Values{"posting": {s.posting.Number}, "worker": {string(other.ID)}}); res.StatusCode != http.StatusConflict || !strings.Contains(body, `role="alert"`) {
		t.Errorf("again: got %d, want a conflict", res.StatusCode)
	}
}

func (s *site) by(index string, equal ...any) store.Query { return s.s.by(index, equal...) }

// TestSavedListRefreshesItself keeps a search, counts it as of now, and marks who came since one last opened it.
func TestSavedListRefreshesItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	page := peopleHome + "?noi=" + s.worker.Commune
	save := func(name string, want int) {
		t.Helper()
		if res, _ := b.post(page, poolHome, url.Values{"name": {name}, "query": {"noi=" + s.worker.Commune + "&trang=3&sdt=0912345678&x=1"}}); res.StatusCode != want {
			t.Errorf("save %q: got %d, want %d", name, res.StatusCode, want)
		}
	}
	save("Người trong xã", 303)
	save("Người trong xã", 409)
	save(" ", 422)
	p := s.pools()[0]
	if p.Query != "noi="+s.worker.Commune {
		t.Errorf("kept %q", p.Query)
	}
	says := func(when string, words ...string) {
		t.Helper()
		_, body := b.get(poolHome)
		for _, want := range append(words, "Người trong xã") {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the list does not say %q", when, want)
			}
		}
	}
	open := func() string {
		t.Helper()
		res, _ := b.post(poolHome, poolHome+"/"+string(p.ID)+"/mo", url.Values{})
		if res.StatusCode != 303 {
			t.Fatalf("open: got %d", res.StatusCode)
		}
		_, body := b.get(res.Header.Get("Location"))
		return body
	}
	says("new", "1 người", "chưa mở lần nào")
	if body := open(); strings.Contains(body, `class="tag new"`) || !strings.Contains(body, "Danh sách: Người trong xã") {
		t.Error("opened for the first time everybody is new, or the list is not named")
	}
	says("opened", "Không ai mới")
	other := s.register("Vàng Thị Mẫu")
	other.Commune = s.worker.Commune
	s.index(other)
	says("one more", "2 người", "1 người mới")
	if body := open(); strings.Count(body, `class="tag new"`) != 1 {
		t.Error("who came since is not marked")
	}
	if _, body := s.browser(market.Administrator).get(poolHome); strings.Contains(body, "Người trong xã") {
		t.Error("an own list is shown to somebody else")
	}
	change := url.Values{"pool": {string(p.ID)}, "_rev": {"1"}, "name": {"Trong xã"}, "shared": {"1"}}
	if res, _ := b.post(poolHome, poolHome, change); res.StatusCode != 303 {
		t.Errorf("rename: got %d", res.StatusCode)
	}
	if res, _ := b.post(poolHome, poolHome, url.Values{"pool": {string(p.ID)}, "_rev": {"1"}, "name": {"Khác"}}); res.StatusCode != 409 {
		t.Errorf("a stale page renames: got %d", res.StatusCode)
	}
	if _, body := s.browser(market.Administrator).get(poolHome); !strings.Contains(body, "Trong xã") || !strings.Contains(body, "Người Thử chia sẻ") {
		t.Error("a shared list is not shown to a colleague")
	}
	if res, _ := b.post(poolHome, poolHome+"/"+string(p.ID)+"/xoa", url.Values{"_rev": {"2"}}); res.StatusCode != 303 || len(s.pools()) != 0 {
		t.Errorf("delete: got %d, left %v", res.StatusCode, s.pools())
	}
}

// TestDistanceNeedsACommune: nobody can be measured to a posting that names a province only.
func TestDistanceNeedsACommune(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Counsellor)
	away := s.putPosting(func(p *market.Posting) {
		p.Title, p.Workplaces, p.Occupation = "Việc ở tỉnh khác", []market.Workplace{{Province: "24"}}, "7212"
	})
	for id, measured := range map[market.ID]bool{s.posting.ID: true, away.ID: false} {
		_, body := b.get(peopleHome + "?tin=" + string(id) + "&km=20")
		if strings.Contains(body, `name="km"`) != measured || strings.Contains(body, "không đo được khoảng cách") == measured {
			t.Errorf("measured %v: the page offers a distance, or does not say why not", measured)
		}
	}
}
