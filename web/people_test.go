package web

import (
	"noiviec/internal/casework"
	"noiviec/internal/market"
)

// peoplePages lists the staff's pages about people, employers, referrals and placements, with something on each.
func (s *site) peoplePages() []string {
	if s.referral.ID == "" {
		s.placeSomebody()
		s.running = s.walkReferral(s.register("Vàng Thị Mẫu"), "", toStart[:3]...)
	}
	return []string{peopleHome, peopleHome + "?q=may&trang-thai=seeking", peopleHome + "?sdt=0912345678", peopleHome + "/moi", s.casePath(), s.casePath() + "/sua",
		peopleHome + "/" + string(s.referral.Worker), followUpHome, placementHome, placementHome + "?thang=2026-10&kenh=in_province",
		placementHome + "/" + string(market.PlacementID(s.referral.ID)), firmHome, firmHome + "?q=hoa+ban", s.firmPath(), s.firmPath() + "/sua", s.firmPath() + "/tin-moi",
		s.firmPath() + "/tin/" + string(s.posting.ID), referralHome + "?trang-thai=started", referralHome + "/" + string(s.referral.ID), referralHome + "/" + string(s.running.ID),
		ifPath(peopleHome, s.worker.ID), ifPath(checkHome, s.posting.ID), whyHome, whyPath(s.worker.ID, ""), whyPath("", s.posting.ID), whyPath(s.worker.ID, s.posting.ID),
		whyPath(s.worker.ID, s.checked.ID), s.casePath() + "/viec-lam", s.casePath() + "/viec-lam?km=20&tinh=11&q=may", peopleFor(s.posting), coursesHome, coursesHome + "/moi", coursesHome + "/" + string(s.keepCourse().ID)}
}

// keepCourse keeps a course that one may join.
func (s *site) keepCourse() market.Course {
	s.t.Helper()
	c, err := s.s.Desk.SaveCourse(s.t.Context(), market.SystemActor(s.centre), testNow, market.Course{Name: "Lái xe tải hạng C", Level: "elementary", Skills: []string{"lai-xe-tai"}, Certificates: []string{"gplx-c"},
		Commune: s.worker.Commune, StartOn: "2026-12-15", EndOn: "2027-04-15", Covered: "part", Fee: 4_000_000, Places: 20})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *site) firmPath() string { return firmHome + "/" + string(s.employer.ID) }

// register stores one more person who agreed.
func (s *site) register(name string) market.Worker {
	s.t.Helper()
	w, err := s.s.Desk.RegisterWorker(s.t.Context(), market.SystemActor(s.centre), testNow, market.Worker{Name: name, Born: "1995", Phones: []string{"0912345000"}, PhoneNote: "máy của anh trai",
		Commune: s.worker.Commune, Consent: market.Consent{Version: "t", At: testNow, Channel: "paper"}, Skills: []market.HeldSkill{{ID: s.worker.Skills[0].ID, Level: 1, Evidence: market.SelfStated}},
		Certificates: []market.HeldCertificate{{ID: s.s.Tax.Certificates()[0].ID, Expires: "2026-12-20"}, {ID: s.s.Tax.Certificates()[1].ID, Expires: "2025-12-20"}},
		Barriers:     []string{"transport"}})
	if err != nil {
		s.t.Fatal(err)
	}
	return w
}

// walkReferral refers a person to the site's posting and takes the steps, each by staff; a hire and a start are on the day given.
func (s *site) walkReferral(w market.Worker, on market.Date, events ...market.ReferralEvent) market.Referral {
	s.t.Helper()
	ctx, system := s.t.Context(), market.SystemActor(s.centre)
	made, err := s.s.Desk.Refer(ctx, system, testNow, casework.ReferralRequest{Posting: s.posting.ID, Workers: []market.ID{w.ID}, Note: "Có xe máy"})
	if err != nil {
		s.t.Fatal(err)
	}
	r := made[0]
	for _, event := range events {
		if r, err = s.s.Desk.MoveReferral(ctx, system, testNow, r.ID, r.Rev, event, market.ReferralStep{On: on}); err != nil {
			s.t.Fatalf("%s: %v", event, err)
		}
	}
	return r
}

// toStart are the steps from a new referral to the first working day.
var toStart = []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralInvite, market.ReferralHire, market.ReferralStart}

// placeSomebody lets another person begin at the site's posting 40 days ago: two follow-ups are due.
func (s *site) placeSomebody() market.Placement {
	s.t.Helper()
	s.referral = s.walkReferral(s.register("Sùng A Mẫu"), market.DateOf(testNow).AddDays(-40), toStart...)
	p, err := s.s.Desk.RecordPlacement(s.t.Context(), market.SystemActor(s.centre), testNow, s.referral.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}
