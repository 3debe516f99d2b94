package web

import (
	"slices"
	"strings"
	"testing"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

// counsellorPages and administratorPages are the staff's pages that TestPages and TestAccessibility walk, with the
// data of furnish: add a path here.
func (s *site) counsellorPages() []string {
	pair := reviewAsk{By: byPosting}.to(s.posting.ID, s.worker.ID)
	return append(append(s.peoplePages(), s.deskPages()...), "/can-bo", "/can-bo/ghep", pair, "/can-bo/ghep?xem=da-xong", "/can-bo/ghep?xa="+s.worker.Commune,
		"/can-bo/tin", "/can-bo/tin?xem=noi-tuyen", "/can-bo/tin?xem=bi-bao", "/can-bo/tin/"+string(s.checked.ID), "/can-bo/tin/"+string(s.posting.ID), "/can-bo/gioi-thieu", "/can-bo/bao-cao")
}

func (s *site) administratorPages() []string {
	return []string{"/can-bo", "/quan-tri"} // the others are the counsellor's
}

// furnish gives staff something to do: a list of people for the open posting, and a posting to check.
func (s *site) furnish() {
	s.t.Helper()
	s.suggest(s.posting, s.worker)
	p := s.posting
	p.Meta, p.Title, p.Text, p.Pay = market.Meta{Centre: s.centre}, "Phụ bếp nhà hàng", "Nấu ăn trưa cho thợ.\nNộp phí hồ sơ 500.000 đồng.", market.Pay{}
	p, err := s.s.Desk.SavePosting(s.t.Context(), market.SystemActor(s.centre), testNow, p)
	if err != nil {
		s.t.Fatal(err)
	}
	if s.checked, err = s.s.Desk.MovePosting(s.t.Context(), market.SystemActor(s.centre), testNow, p.ID, p.Rev, market.PostingSubmit, ""); err != nil {
		s.t.Fatal(err)
	}
}

// suggest stores a list of workers for a posting as a run would, the first the best.
func (s *site) suggest(p market.Posting, workers ...market.Worker) {
	s.t.Helper()
	list := market.Suggestions{Side: market.ForPosting, Subject: p.ID, On: market.DateOf(testNow), Best: 70}
	for i, w := range workers {
		item := market.Suggestion{Posting: p.ID, Worker: w.ID, Score: 70 - i,
			Parts: []market.Part{
				{Name: "occupation", Points: 20, Max: 20, Reason: market.Reason{Code: "occupation_exact"}},
				{Name: "place", Points: 15, Max: 15, Reason: market.Reason{Code: "place_same_commune"}},
				{Name: "pay", Points: 5, Max: 10, Reason: market.Reason{Code: "pay_below", Args: []string{"500000"}}},
				{Name: "skills", Points: 40, Max: 45, Reason: market.Reason{Code: "skills_some"}},
				{Name: "language", Points: 0, Max: 5, Reason: market.Reason{Code: "language_short"}},
				{Name: "one_sided", Points: -10 - i, Reason: market.Reason{Code: "worker_wants_less"}},
			},
			Missing: []market.Reason{{Code: "skill_missing", Args: []string{s.worker.Skills[0].ID}}},
			Change:  &market.Reason{Code: "accept_pay", Args: []string{"7800000"}},
		}
		list.Items = append(list.Items, item)
	}
	if err := keepLists(s.s.Desk, s.centre, s.s.Store, list); err != nil {
		s.t.Fatal(err)
	}
}

// TestNavigation holds every entry against the table of routes: it exists, its role may open it, and there are at
// most five.
func TestNavigation(t *testing.T) {
	t.Parallel()
	for role, entries := range navigation {
		if len(entries) > 5 {
			t.Errorf("%s: got %d entries, want at most 5", role, len(entries))
		}
		for _, entry := range entries {
			at := slices.IndexFunc(routes(), func(r route) bool { return r.method == "GET" && r.path == entry[0] })
			if at < 0 {
				t.Errorf("%s: %s is no route", role, entry[0])
			} else if !strings.Contains(allowed["GET "+entry[0]], letters[role]) {
				t.Errorf("%s: may not open %s", role, entry[0])
			}
		}
	}
}

func TestStaffFrame(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, body := s.browser(market.Counsellor).get("/can-bo/gioi-thieu")
	for _, want := range []string{s.users[market.Counsellor].Name, `href="/can-bo/ho-so" aria-current="page"`, `href="/can-bo/ghep"`, "/ngon-ngu?lang=en", `action="/dang-xuat"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	for path, under := range map[string]string{"/can-bo/tham-hoi": "/can-bo/ho-so", "/can-bo/noi-tuyen": "/can-bo/ho-so", "/can-bo/khai-bao": "/can-bo/bao-cao"} {
		_, body := s.browser(market.Counsellor).get(path)
		if !strings.Contains(body, `href="`+under+`" aria-current="page"`) {
			t.Errorf("%s: the navigation does not say that one is under %s", path, under)
		}
		if under == "/can-bo/ho-so" && !strings.Contains(body, `href="`+path+`" aria-current="page"`) {
			t.Errorf("%s is not marked among its neighbours", path)
		}
	}
}

// TestToday names what is late: an unanswered introduction, a promised call, a follow-up, a contract.
func TestToday(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	system := market.SystemActor(s.centre)
	people := s.people(2)
	referred := func(w market.Worker, daysAgo int, events ...market.ReferralEvent) market.Referral {
		t.Helper()
		then := testNow.AddDate(0, 0, -daysAgo)
		made, err := s.s.Desk.Refer(t.Context(), system, then, casework.ReferralRequest{Posting: s.posting.ID, Workers: []market.ID{w.ID}})
		if err != nil {
			t.Fatal(err)
		}
		r := made[0]
		for _, event := range events {
			if r, err = s.s.Desk.MoveReferral(t.Context(), system, then, r.ID, r.Rev, event, market.ReferralStep{}); err != nil {
				t.Fatal(err)
			}
		}
		return r
	}
	late := referred(people[0], 20, market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce)
	call := referred(people[1], 5)
	contract := market.SupplyContract{Meta: market.Meta{ID: market.NewID(), Centre: s.centre, RecordedAt: testNow}, Number: "HĐ-7", Employer: s.employer.ID, Quantity: 30, Delivered: 4, State: market.ContractRunning, Deadline: "2026-12-20"}
	far := contract
	far.Meta.ID, far.Number, far.Deadline = market.NewID(), "HĐ-8", "2027-12-20"
	if err := s.s.Store.Apply(t.Context(), store.Put(&contract), store.Put(&far)); err != nil {
		t.Fatal(err)
	}
	_, body := s.browser(market.Counsellor).get("/can-bo")
	for _, want := range []string{"/can-bo/gioi-thieu/" + string(late.ID), "quá hạn 6 ngày", "/can-bo/gioi-thieu/" + string(call.ID), "đã chờ 5 ngày", "HĐ-7: đã có 4 trong 30 người", people[0].Name, people[1].Name} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(body, "HĐ-8") {
		t.Error("a contract with a year to go is named")
	}
	checkPage(t, "/can-bo", "vi", body)
}
