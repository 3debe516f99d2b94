package demo

import (
	"fmt"

	"noiviec/internal/market"
)

// history invents placements of the year so far, each with its whole referral, for people who now have work.
// It takes the seats, counts the hires and delivers the contracts as the program itself does.
func (m *maker) history() {
	employers := map[market.ID]*market.Employer{}
	for _, e := range m.employers {
		employers[e.ID] = e
	}
	for _, w := range m.workers {
		if w.State != market.WorkerEmployed || w.EmployedSince.Year() != m.today.Year() {
			continue
		}
		if p := m.vacancy(); p != nil {
			m.placed(w, p)
			employers[p.Employer].Hired++
		}
	}
}

// vacancy draws an open posting with a seat, nil when all are taken.
func (m *maker) vacancy() *market.Posting {
	first := m.r.IntN(len(m.postings))
	for i := range m.postings {
		if p := m.postings[(first+i)%len(m.postings)]; p.State == market.PostingOpen && p.Left() > 0 {
			return p
		}
	}
	return nil
}

func (m *maker) placed(w *market.Worker, p *market.Posting) {
	start := w.EmployedSince
	if opened := market.Stamp(start.AddDays(-18).Time()); p.RecordedAt.After(opened) {
		p.RecordedAt, p.OpenedAt = opened, opened // it was there before anybody was sent
	}
	must(p.TakeSeat())
	r := &market.Referral{Meta: m.meta(0), Number: fmt.Sprintf("GT-MAU-%05d", m.numbers), Posting: p.ID, Worker: w.ID, Employer: p.Employer, Channel: p.Channel,
		State: market.ReferralProposed, StartOn: start, Recorded: true}
	r.RecordedAt = market.Stamp(start.AddDays(-14).Time())
	for i, event := range []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralHire, market.ReferralStart} {
		must(r.Do(event, "", market.ReferralStep{}, start.AddDays(3*i-12).Time()))
	}
	if c := m.contracts[p.Employer]; c != nil && p.Contract == c.ID && c.State == market.ContractRunning {
		r.Contract = c.ID
		must(c.Deliver())
	}
	pl := &market.Placement{Meta: market.Meta{ID: market.PlacementID(r.ID), Centre: m.Centre, RecordedAt: market.Stamp(start.Time()), EffectiveOn: start},
		Worker: w.ID, Posting: p.ID, Employer: p.Employer, Referral: r.ID, Contract: r.Contract, Channel: p.Channel, StartOn: start, Commune: w.Commune,
		Evidence: market.Confirmed, State: market.PlacementWorking}
	pl.Plan()
	m.followUp(r, pl)
	m.add(r, pl)
}

// followUp answers the questions that are due, but for the last days, which staff still have before them.
func (m *maker) followUp(r *market.Referral, pl *market.Placement) {
	for _, f := range pl.FollowUps {
		if f.DueOn >= m.today.AddDays(-m.r.IntN(20)) {
			return
		}
		answer, at := "working", market.Stamp(f.DueOn.AddDays(1).Time())
		if m.chance(15) {
			answer = "unknown"
		}
		must(pl.Answer(f.Day, answer, "", market.SelfStated, at))
		if answer == "working" && f.Day >= 90 && r.State == market.ReferralStarted {
			must(r.Do(market.ReferralSettle, "", market.ReferralStep{}, at))
		}
	}
}

// must stops on a move that the vocabulary refuses: a fault of this generator.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// supply signs labour-supply contracts with some enterprises of other provinces.
func (m *maker) supply() {
	m.contracts = map[market.ID]*market.SupplyContract{}
	signed := market.NewDate(m.today.Year()-1, 12, 15) // before the year whose placements are invented
	for _, e := range m.employers {
		if e.Province == "11" || e.State != market.EmployerVerified || len(m.contracts) == 6 {
			continue
		}
		c := &market.SupplyContract{Meta: m.meta(0), Number: fmt.Sprintf("HD-MAU-%02d", len(m.contracts)+1), Employer: e.ID, Channel: "out_of_province",
			Quantity: 20 + 10*m.r.IntN(9), SignedOn: signed, Deadline: m.today.AddDays(60 + m.r.IntN(200)), State: market.ContractRunning}
		c.RecordedAt, e.RecordedAt = market.Stamp(signed.Time()), market.Stamp(signed.AddDays(-30).Time())
		m.contracts[e.ID] = c
		m.add(c)
	}
}

// training invents a provider, its courses in every state, and the people enrolled in those that have begun.
func (m *maker) training() {
	school := &market.Organisation{Meta: m.meta(300), Name: "Trung tâm dạy nghề Mẫu (ví dụ)", Kind: "provider"}
	m.add(school)
	next := 0
	for _, of := range []struct {
		name, level, skill string
		start, days        int
		state              market.CourseState
	}{
		{"May công nghiệp (ví dụ)", "under_3_months", "may-cn", -150, 60, market.CourseFinished},
		{"Hàn (ví dụ)", "elementary", "han", -40, 100, market.CourseRunning},
		{"Chế biến cà phê (ví dụ)", "under_3_months", "che-bien-ca-phe", 12, 45, market.CourseEnrolling},
		{"Nấu ăn (ví dụ)", "under_3_months", "nau-an", 50, 60, market.CoursePlanned},
	} {
		c := &market.Course{Meta: m.meta(200), Name: of.name, Provider: school.ID, Level: of.level, Skills: []string{of.skill},
			StartOn: m.today.AddDays(of.start), EndOn: m.today.AddDays(of.start + of.days), Places: 30, State: of.state,
			ProviderName: school.Name, Commune: m.communes[0].Code, Covered: "all"}
		m.add(c)
		for n := 0; of.start < 0 && n < 18 && next < len(m.workers); next++ {
			if market.DateOf(m.workers[next].RecordedAt) > c.StartOn {
				continue
			}
			n++
			e := &market.Enrolment{Meta: m.meta(0), Course: c.ID, Worker: m.workers[next].ID, Level: c.Level, Month: c.StartOn.Month()}
			e.RecordedAt, e.EffectiveOn = market.Stamp(c.StartOn.Time()), c.StartOn
			m.add(e)
		}
	}
}

// moreTraining invents courses that one may still join, with what each teaches, where, and what it costs: what a person
// could add to the file is reckoned with them.
func (m *maker) moreTraining() {
	for i, of := range []struct {
		name, level         string
		skills              []string
		certificates        []string
		start, days, places int
		covered             string
		fee                 int64
		state               market.CourseState
	}{
		{"May công nghiệp cơ bản (ví dụ)", "under_3_months", []string{"may-cn"}, nil, 18, 60, 35, "all", 0, market.CourseEnrolling},
		{"Lắp ráp linh kiện điện tử (ví dụ)", "under_3_months", []string{"lap-rap-dt", "kcs"}, nil, 30, 45, 30, "all", 0, market.CoursePlanned},
		{"Xây, trát và ốp lát (ví dụ)", "elementary", []string{"tho-xay", "op-lat"}, nil, 40, 100, 25, "part", 600_000, market.CoursePlanned},
		{"Lái xe tải hạng C (ví dụ)", "elementary", []string{"lai-xe-tai"}, []string{"gplx-c"}, 25, 150, 20, "none", 14_000_000, market.CourseEnrolling},
		{"Huấn luyện an toàn lao động nhóm 3 (ví dụ)", "under_3_months", nil, []string{"the-atld-3"}, 9, 3, 60, "part", 200_000, market.CourseEnrolling},
		{"Bảo vệ chuyên nghiệp (ví dụ)", "under_3_months", []string{"bao-ve"}, []string{"gcn-bao-ve"}, 33, 30, 40, "all", 0, market.CoursePlanned},
	} {
		m.add(&market.Course{Meta: m.meta(60), Name: of.name, ProviderName: "Trung tâm dạy nghề Mẫu (ví dụ)", Level: of.level, Skills: of.skills, Certificates: of.certificates,
			Commune: m.communes[i*7%len(m.communes)].Code, StartOn: m.today.AddDays(of.start), EndOn: m.today.AddDays(of.start + of.days), Places: of.places,
			Covered: of.covered, Fee: of.fee, State: of.state})
	}
}

// fairs invents two job-exchange days that were and one to come.
func (m *maker) fairs() {
	for i, day := range []int{-75, -20, 25} {
		f := &market.Fair{Meta: m.meta(90), Name: fmt.Sprintf("Ngày hội việc làm mẫu số %d (ví dụ)", i+1), Place: "Nhà văn hoá mẫu",
			Commune: m.commune().Code, On: m.today.AddDays(day), State: market.FairPlanned}
		for _, e := range m.employers[:min(8, len(m.employers))] {
			f.Employers = append(f.Employers, e.ID)
		}
		if day < 0 {
			must(f.Do(market.FairBegin))
			must(f.Do(market.FairFinish))
			f.Attendance = 200 + m.r.IntN(200)
			f.Interviews = f.Attendance / 4
			f.Hired = f.Interviews / 5
		}
		m.add(f)
	}
}
