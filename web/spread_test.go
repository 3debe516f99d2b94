package web

import (
	"strings"
	"testing"

	"noiviec/internal/market"
)

// spreadPair is a pair of a list as the spread leaves it.
func spreadPair(p market.Posting, w market.Worker, score, rank int, moved string) market.Suggestion {
	s := market.Suggestion{Posting: p.ID, Worker: w.ID, Score: score, Rank: rank, Parts: []market.Part{{Name: "pay", Points: score, Max: 100}}}
	if moved != "" {
		s.Moved = &market.Reason{Code: moved, Args: []string{"7"}}
	}
	return s
}

func (s *site) store(list market.Suggestions) {
	s.t.Helper()
	list.On = market.DateOf(testNow)
	if err := keepLists(s.s.Desk, s.centre, s.s.Store, list); err != nil {
		s.t.Fatal(err)
	}
}

// A person sees the places of the spread only, and why one stands there; staff see the whole list.
func TestSpreadIsShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	postings := s.openPostings(3)
	for i := range postings {
		postings[i].Title = []string{"Việc đưa lên", "Việc lùi xuống", "Việc thứ ba"}[i]
		if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, postings[i]); err != nil {
			t.Fatal(err)
		}
	}
	list := market.Suggestions{Side: market.ForWorker, Subject: s.worker.ID, Places: 1, Items: []market.Suggestion{
		spreadPair(postings[0], s.worker, 60, 7, "spread_up"), spreadPair(postings[1], s.worker, 80, 1, "spread_down"), spreadPair(postings[2], s.worker, 70, 2, "")}}
	s.store(list)
	seeker, staff := s.browser(market.Seeker), s.browser(market.Counsellor)
	_, body := seeker.get("/toi/viec-hop")
	if !strings.Contains(body, "Việc đưa lên") || strings.Contains(body, "Việc lùi xuống") || strings.Contains(body, "Việc thứ ba") {
		t.Error("the person is shown other jobs than the places")
	}
	if up := s.s.words["vi"]["reason.spread_up"]; !strings.Contains(body, upperFirst(strings.ReplaceAll(up, "{0}", "7"))) {
		t.Error("nothing says why the job stands first")
	}
	_, body = staff.get("/can-bo/ho-so/" + string(s.worker.ID))
	for _, want := range []string{"Việc đưa lên", "Việc lùi xuống", "Việc thứ ba", strings.ReplaceAll(s.s.words["vi"]["reason.spread_down"], "{0}", "7")[3:]} {
		if !strings.Contains(body, want) {
			t.Errorf("staff do not see %q", want)
		}
	}
	w := s.workerNow(t)
	w.Wishes = []market.Wish{{Title: "Thợ may"}}
	if _, err := s.s.Desk.UpdateWorker(t.Context(), market.SystemActor(s.centre), testNow, w); err != nil {
		t.Fatal(err)
	}
	if _, body = seeker.get("/toi/viec-hop"); !strings.Contains(body, `may">Tìm thêm việc: Thợ may<`) {
		t.Error("nothing leads on to more jobs of the kind that is wanted")
	}
	list.Places, list.NoCapacity = 0, true
	s.store(list)
	if _, body = seeker.get("/toi/viec-hop"); !strings.Contains(body, s.s.words["vi"]["fitting.full"]) || strings.Contains(body, "Việc đưa lên") {
		t.Error("a person without room is not told, or shown jobs all the same")
	}
	if _, body = staff.get("/can-bo/ho-so/" + string(s.worker.ID)); !strings.Contains(body, s.s.words["vi"]["case.no_capacity"]) || !strings.Contains(body, "Việc đưa lên") {
		t.Error("staff are not told that there is no room, or see no jobs")
	}
}

// Who comes before the first run has made a list is not told that nothing fits.
func TestListIsBeingMade(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	seeker, words := s.browser(market.Seeker), s.s.words["vi"]
	list := market.Suggestions{Side: market.ForWorker, Subject: s.worker.ID}
	if err := keepLists(s.s.Desk, s.centre, s.s.Store, list); err != nil {
		t.Fatal(err)
	}
	if _, body := seeker.get("/toi/viec-hop"); !strings.Contains(body, words["fitting.early"]) || strings.Contains(body, words["fitting.none"]) {
		t.Error("before the first run nobody says that jobs are being looked for")
	}
	s.store(list)
	if _, body := seeker.get("/toi/viec-hop"); strings.Contains(body, words["fitting.early"]) || !strings.Contains(body, words["fitting.none"]) {
		t.Error("after a run that found nothing, it is not said that nothing fits")
	}
}

// The people a posting is allocated stand first in its queue, marked, whatever their score.
func TestAllocatedStandFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	second, err := s.s.Desk.RegisterWorker(t.Context(), market.SystemActor(s.centre), testNow, market.Worker{Name: "Vừ Văn Xếp", Born: "1990", Phones: []string{"0912345679"}, Commune: s.worker.Commune, Consent: s.worker.Consent})
	if err != nil {
		t.Fatal(err)
	}
	given := spreadPair(s.posting, second, 40, 7, "")
	given.Allocated = true
	s.store(market.Suggestions{Side: market.ForPosting, Subject: s.posting.ID, Best: 40, Items: []market.Suggestion{given, spreadPair(s.posting, s.worker, 80, 1, "")}})
	_, body := s.browser(market.Counsellor).get("/can-bo/ghep?tin=" + string(s.posting.ID))
	queue := body[strings.Index(body, `id="hang"`):strings.Index(body, "</nav>\n")]
	if first, other := strings.Index(queue, "Vừ Văn Xếp"), strings.Index(queue, s.worker.Name); first < 0 || other < first {
		t.Errorf("the allocated person stands at %d, another at %d", first, other)
	}
	if strings.Count(queue, s.s.words["vi"]["review.allocated"]) != 1 || !strings.Contains(body, s.s.words["vi"]["review.allocated_means"]) {
		t.Error("the allocated person is not marked, or another is")
	}
}
