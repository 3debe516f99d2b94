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

// deskPages are the pages of words and lists, with something on each.
func (s *site) deskPages() []string {
	s.t.Helper()
	ctx, system := s.t.Context(), market.SystemActor(s.centre)
	err := s.s.Desk.RecordMissed(ctx, s.centre, testNow, []casework.Missed{{Text: "chạy sợi <b>", Count: 12, Nearly: true, Maybe: []string{"Thợ hàn"}}, {Text: "việc gì đó rất lạ", Count: 3}})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.s.Desk.AddSynonym(ctx, system, testNow, "zíp zắp", "skill", "han"); err != nil && market.KindOf(err) != market.Conflict {
		s.t.Fatal(err)
	}
	if _, err := s.s.Desk.SavePool(ctx, s.actor(market.Counsellor), testNow, market.Pool{Name: "Thợ may <gần>", Shared: true, Query: "q=may&bang=confirmed"}); err != nil && market.KindOf(err) != market.Conflict {
		s.t.Fatal(err)
	}
	return []string{poolHome, peopleFor(s.posting), peopleHome + "?q=may+gan+dien+bien&bang=certified&bac=2&ngay=01/02/2027", wordsHome, wordsHome + "?xem=" + viewWords, wordsHome + "?xem=" + viewAside, wordsHome + "/nghia", meaningPath("chạy sợi"), meaningPath("chạy sợi") + "&tim=h%C3%A0n", meaningPath("xyzxyz")}
}

func (s *site) missedNow() []market.MissedSearch {
	s.t.Helper()
	s.s.WriteMissed(s.t.Context())
	page, err := store.Find[market.MissedSearch](s.t.Context(), s.s.Store, s.s.by("missed_by_count", market.MissedOpen))
	if err != nil {
		s.t.Fatal(err)
	}
	return page.Items
}

func searchFor(words string) string { return "/?q=" + url.QueryEscape(words) }

// TestMissedSearchesAreCounted keeps the words of a search that found nothing, and never what may be about a person.
func TestMissedSearchesAreCounted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	anybody := s.browser(market.Anyone)
	for _, words := range []string{"zíp zắp", "Zíp  Zắp", "0912345678", "tìm việc 0912 345 678", "cccd 011098001234", "lothithu@vidu.vn", "công nhân may", "", "Giàng A Zíp", "lo thi zap", "tìm anh Páo", "Quàng Thị Zắp ở xã Mường Zíp"} {
		anybody.get(searchFor(words))
	}
	anybody.get(searchFor("zíp zắp") + "&cd=bus")
	anybody.get(searchFor("zíp zắp") + "&trang=2")
	s.browser(market.Counsellor).get(peopleHome + "?q=" + url.QueryEscape("Nguyễn Không Có"))
	got := s.missedNow()
	if len(got) != 1 || got[0].Text != "zíp zắp" || got[0].Count < 2 || got[0].Count > 3 {
		t.Errorf("got %+v, want only the words that are no job", got)
	}
}

// TestSynonymDesk says what a word means with one click, sees the next search know it, and takes it back.
func TestSynonymDesk(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	anybody, b := s.browser(market.Anyone), s.browser(market.Counsellor)
	skill := s.posting.Requirements[0].ID
	found := func() bool {
		_, body := anybody.get(searchFor("zíp zắp"))
		return strings.Contains(body, pathOf(s.posting.ID))
	}
	if found() {
		t.Fatal("found before anybody said what it means")
	}
	s.missedNow()
	_, body := b.get(wordsHome)
	if !strings.Contains(body, "zíp zắp") || !strings.Contains(body, "Gõ 1 lần") {
		t.Error("the desk does not list the search")
	}
	if _, body := b.get(meaningPath("zíp zắp") + "&tim=" + url.QueryEscape(s.s.Tax.Skills()[0].Name)); !strings.Contains(body, `value="skill:`+skill+`"`) {
		t.Error("the page of meanings does not offer the skill looked for")
	}
	if res, body := b.post(wordsHome, wordsHome, url.Values{"phrase": {"zíp zắp"}, "means": {"skill:khong-co"}}); res.StatusCode != 422 || !strings.Contains(body, `role="alert"`) || !strings.Contains(body, `value="zíp zắp"`) {
		t.Errorf("unknown meaning: got %d, want the form again", res.StatusCode)
	}
	if res, _ := b.post(wordsHome, wordsHome, url.Values{"phrase": {"zíp zắp"}, "means": {"skill:" + skill}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("add: got %d", res.StatusCode)
	}
	if !found() {
		t.Error("the next search does not know the word")
	}
	if left := s.missedNow(); len(left) != 0 {
		t.Errorf("still on the list: %+v", left)
	}
	words, err := store.Find[market.Synonym](t.Context(), s.s.Store, s.s.by("synonyms_by_time"))
	if err != nil || len(words.Items) != 1 {
		t.Fatalf("got %v, %v", words.Items, err)
	}
	word := words.Items[0]
	if _, body := b.get(wordsHome + "?xem=" + viewWords); !strings.Contains(body, "Người Thử") || !strings.Contains(body, "24/11/2026") {
		t.Error("the list does not say who added the word and when")
	}
	drop := wordsHome + "/" + string(word.ID) + "/thu-hoi"
	if res, _ := b.post(wordsHome+"?xem="+viewWords, drop, url.Values{"_rev": {"7"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("a stale page takes back: got %d", res.StatusCode)
	}
	if res, _ := b.post(wordsHome+"?xem="+viewWords, drop, url.Values{"_rev": {"1"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("take back: got %d", res.StatusCode)
	}
	if found() {
		t.Error("taken back, the word is still known")
	}
}

func TestMissedSearchIsPutAside(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.browser(market.Anyone).get(searchFor("zíp zắp"))
	m, b := s.missedNow()[0], s.browser(market.Counsellor)
	path := wordsHome + "/" + string(m.ID) + "/bo-qua"
	if res, _ := b.post(wordsHome, path, url.Values{"_rev": {"1"}}); res.StatusCode != http.StatusSeeOther || len(s.missedNow()) != 0 {
		t.Errorf("put aside: got %d", res.StatusCode)
	}
	if res, _ := b.post(wordsHome+"?xem="+viewAside, path, url.Values{"_rev": {"2"}, "answer": {"back"}}); res.StatusCode != http.StatusSeeOther || len(s.missedNow()) != 1 {
		t.Errorf("put back: got %d", res.StatusCode)
	}
	for _, role := range []market.Role{market.Anyone, market.Seeker, market.EmployerRole} {
		if res, body := s.browser(role).get(wordsHome); res.StatusCode == 200 || strings.Contains(body, "zíp zắp") {
			t.Errorf("%s reads the desk: got %d", role, res.StatusCode)
		}
	}
}

// actor is a role's account as one who acts.
func (s *site) actor(role market.Role) market.Actor {
	u := s.users[role]
	return u.Actor()
}
