package demo

import (
	"fmt"
	"time"

	"noiviec/internal/market"
)

// year2018 holds the article's figures: April's new jobs and training against the year's plan.
func (m *maker) year2018() {
	plan := &market.Plan{Meta: m.meta(0), Year: 2018, Source: "Chỉ tiêu năm 2018 theo bài báo", Targets: []market.Target{
		{Indicator: market.NewJobs, Line: market.Total, Count: 8600}, {Indicator: market.NewJobs, Line: "loan_fund", Count: 1075},
		{Indicator: market.Training, Line: market.Total, Count: 7600}}}
	plan.ID = market.PlanID(m.Centre, 2018)
	m.add(plan)
	april, source := market.Month("2018-04"), "Báo cáo tháng 4/2018 (theo bài báo)"
	for _, f := range []market.Target{{Line: "loan_fund", Count: 215}, {Line: "out_of_province", Count: 158}, {Line: "labour_export", Count: 5}, {Line: "socio_economic_programme", Count: 2572}} {
		m.declare(market.NewJobs, f.Line, april, f.Count, source)
	}
	m.declare(market.Training, "elementary", april, 70, source)
	m.declare(market.Training, "under_3_months", april, 357, source)
	// 1,274 enrolments before April; the article gives only their sum, the split over months and levels is invented.
	split := "Luỹ kế quý I/2018 (chia theo tháng là ví dụ)"
	for i, counts := range [][2]int{{96, 284}, {61, 215}, {133, 485}} {
		month := market.Month(fmt.Sprintf("2018-%02d", i+1))
		m.declare(market.Training, "elementary", month, counts[0], split)
		m.declare(market.Training, "under_3_months", month, counts[1], split)
	}
}

// declare adds one declared figure; its id comes from what it says.
func (m *maker) declare(indicator, line string, month market.Month, count int, source string) {
	m.add(&market.Declared{Meta: market.Meta{ID: market.DerivedID("demo", "declared", fmt.Sprint(m.Seed), indicator, line, string(month)), Centre: m.Centre,
		RecordedAt: market.Stamp(month.Last().Time().Add(9 * time.Hour)), EffectiveOn: month.Last()}, Indicator: indicator, Line: line, Month: month, Count: count, Source: source})
}

// thisYear invents a plan and the months so far.
func (m *maker) thisYear() {
	year := m.today.Year()
	plan := &market.Plan{Meta: m.meta(0), Year: year, Source: "Chỉ tiêu ví dụ", Targets: []market.Target{
		{Indicator: market.NewJobs, Line: market.Total, Count: 9200}, {Indicator: market.NewJobs, Line: "loan_fund", Count: 2000},
		{Indicator: market.NewJobs, Line: "out_of_province", Count: 2600}, {Indicator: market.NewJobs, Line: "labour_export", Count: 120},
		{Indicator: market.NewJobs, Line: "socio_economic_programme", Count: 3400}, {Indicator: market.NewJobs, Line: "in_province", Count: 1000},
		{Indicator: market.Training, Line: market.Total, Count: 8200}}}
	plan.ID = market.PlanID(m.Centre, year)
	m.add(plan)
	for n := 1; n < m.today.Month().Number(); n++ {
		month := market.Month(fmt.Sprintf("%04d-%02d", year, n))
		m.declare(market.NewJobs, "loan_fund", month, 120+m.r.IntN(90), "Báo cáo ngân hàng (ví dụ)")
		m.declare(market.NewJobs, "socio_economic_programme", month, 180+m.r.IntN(160), "Báo cáo các xã (ví dụ)")
		m.declare(market.Training, "elementary", month, 60+m.r.IntN(60), "Báo cáo cơ sở đào tạo (ví dụ)")
		m.declare(market.Training, "under_3_months", month, 350+m.r.IntN(300), "Báo cáo cơ sở đào tạo (ví dụ)")
	}
}

// accounts makes the four log-ins that are printed.
func (m *maker) accounts() {
	seeker := m.workers[0]
	for _, w := range m.workers {
		if w.State == market.WorkerSeeking && w.Mobility.Kind == market.Anywhere {
			seeker = w
			break
		}
	}
	firm := m.employers[0]
	for _, e := range m.employers {
		if e.State == market.EmployerVerified && e.Province == "11" {
			firm = e
			break
		}
	}
	for _, u := range []market.User{
		{Login: "nguoilaodong", Name: seeker.Name, Role: market.Seeker, Subject: seeker.ID},
		{Login: "congty", Name: firm.Name, Role: market.EmployerRole, Subject: firm.ID},
		{Login: "canbo", Name: "Cán bộ tư vấn (mẫu)", Role: market.Counsellor},
		{Login: "quantri", Name: "Người quản trị (mẫu)", Role: market.Administrator},
	} {
		u.Meta, u.Demo = m.meta(0), true
		m.data.Users = append(m.data.Users, &u)
		m.data.Logins = append(m.data.Logins, Login{u.Role, u.Login, Password(u.Login)})
		m.add(&u)
	}
}

// Password gives the printed password of a demo account; only accounts of invented data have it.
func Password(login string) string { return "noiviec-" + login }
