package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Options say how large and which market.
type Options struct {
	Seed              uint64
	Workers, Postings int
	Now               time.Time
	Centre            market.ID
}

// Login is one of the accounts that the demo prints.
type Login struct {
	Role     market.Role `json:"role"`
	Login    string      `json:"login"`
	Password string      `json:"password"`
}

// Data is the market: documents in an order in which they may be stored.
type Data struct {
	Documents []market.Document
	Logins    []Login // their accounts are among the documents, without the password's hash
	Users     []*market.User
}

// market in the making.
type maker struct {
	Options
	tax       *taxonomy.Taxonomy
	r         *rand.Rand
	today     market.Date
	communes  []taxonomy.Commune
	employers []*market.Employer
	lines     map[market.ID]line // by employer
	postings  []*market.Posting
	workers   []*market.Worker
	contracts map[market.ID]*market.SupplyContract // by employer
	numbers   int
	data      Data
}

// Generate invents the market.
func Generate(o Options, tax *taxonomy.Taxonomy) Data {
	m := &maker{Options: o, tax: tax, r: rand.New(rand.NewPCG(o.Seed, 1)), today: market.DateOf(o.Now)}
	for _, c := range tax.Communes() {
		if c.Province == "11" {
			m.communes = append(m.communes, c)
		}
	}
	m.firms(max(4, o.Postings/8))
	m.supply()
	for range o.Postings {
		m.posting()
	}
	for range o.Workers {
		m.worker()
	}
	m.history()
	m.training()
	m.fairs()
	m.year2018()
	m.thisYear()
	m.accounts()
	m.moreTraining()
	return m.data
}

func (m *maker) add(docs ...market.Document) { m.data.Documents = append(m.data.Documents, docs...) }

// meta opens a document recorded so many days ago; ids come from the seed.
func (m *maker) meta(daysAgo int) market.Meta {
	m.numbers++
	return market.Meta{ID: market.DerivedID("demo", fmt.Sprint(m.Seed), fmt.Sprint(m.numbers)), Centre: m.Centre,
		RecordedAt: market.Stamp(m.Now.Add(-time.Duration(daysAgo)*24*time.Hour - time.Duration(m.r.IntN(86400))*time.Second))}
}

func pick[T any](m *maker, list []T) T { return list[m.r.IntN(len(list))] }

func (m *maker) chance(percent int) bool { return m.r.IntN(100) < percent }

// weighted draws an index by shares.
func weighted[T any](m *maker, list []T, share func(T) int) T {
	sum := 0
	for _, x := range list {
		sum += share(x)
	}
	n := m.r.IntN(sum)
	for _, x := range list {
		if n -= share(x); n < 0 {
			return x
		}
	}
	return list[len(list)-1]
}

func (m *maker) trade() trade { return weighted(m, trades, func(t trade) int { return t.share }) }

// commune draws towns more often than far communes.
func (m *maker) commune() taxonomy.Commune {
	return weighted(m, m.communes, func(c taxonomy.Commune) int {
		if c.Type == "Phường" {
			return 5
		}
		return 2
	})
}

func (m *maker) occupation(skill string) string {
	if list := m.tax.OccupationsOfSkill(skill); len(list) > 0 {
		return list[0].Code
	}
	return ""
}

func (m *maker) posting() {
	e := pick(m, m.employers)
	t := m.wanted(e)
	p := &market.Posting{Meta: m.meta(m.r.IntN(20)), Number: fmt.Sprintf("TD-MAU-%05d", len(m.postings)+1), Employer: e.ID, EmployerName: e.Name, Title: t.title,
		Occupation: m.occupation(t.skill), Openings: 1 + m.r.IntN(4), Channel: "in_province", Shift: pick(m, t.shifts), Deadline: m.today.AddDays(5 + m.r.IntN(70)),
		ConfirmedOn: m.today.AddDays(-m.r.IntN(13)), State: market.PostingOpen, ContractType: "from_12_to_36_months",
		Requirements: []market.Requirement{{Kind: "skill", ID: t.skill, Nice: t.months == 0}}, Lists: m.tax.ListVersions()}
	m.place(p, e, t)
	least := t.lower + m.r.IntN(2)
	if p.Channel == "out_of_province" {
		least, p.Openings = least+t.away, 10+m.r.IntN(90)
		p.Benefits = []string{"dormitory", "meals", "insurance"}
		if c := m.contracts[e.ID]; c != nil {
			p.Contract = c.ID
		}
	}
	p.Pay = market.Pay{Min: int64(least) * 1_000_000, Max: int64(least+1+m.r.IntN(t.upper-t.lower+1)) * 1_000_000, Currency: "VND", Period: market.PerMonth, Basis: market.GrossPay, Status: market.PayStated}
	if p.Channel == "labour_export" {
		p.Pay.Min, p.Pay.Max, p.Openings = p.Pay.Min+20_000_000, p.Pay.Max+24_000_000, 5+m.r.IntN(15)
	}
	if m.chance(5) {
		p.Pay = market.Pay{Status: market.PayNegotiable, Stated: "thoả thuận"}
	}
	for _, b := range t.benefits {
		if m.chance(75) && !contains(p.Benefits, b) {
			p.Benefits = append(p.Benefits, b)
		}
	}
	if contains(p.Benefits, "meals") {
		p.MealsPerDay = 1 + m.r.IntN(2)
	}
	for _, nice := range t.nice {
		if m.chance(50) {
			p.Requirements = append(p.Requirements, market.Requirement{Kind: "skill", ID: nice, Nice: true})
		}
	}
	if t.certificate != "" && m.chance(60) {
		p.Requirements = append(p.Requirements, market.Requirement{Kind: "certificate", ID: t.certificate, Nice: t.months == 0})
	}
	if t.months > 0 && m.chance(60) {
		p.MinMonths = t.months
	}
	p.Text = fmt.Sprintf("%s Cần %d người. Liên hệ Trung tâm Dịch vụ việc làm để được giới thiệu, không mất tiền. (Tin mẫu)", t.duties, p.Openings)
	p.OpenedAt = p.RecordedAt // checked and opened the hour it came
	m.vary(p)
	if p.ConfirmedOn != "" { // nobody confirms before it is there
		p.ConfirmedOn = max(p.ConfirmedOn, market.DateOf(p.RecordedAt))
	}
	m.postings = append(m.postings, p)
	m.add(p)
}

func (m *maker) place(p *market.Posting, e *market.Employer, t trade) {
	switch {
	case e.Province == "11":
		p.Workplaces = []market.Workplace{{Commune: e.Commune, Province: "11"}}
	case m.chance(6) && t.away > 0:
		p.Workplaces, p.Channel = []market.Workplace{{Country: pick(m, abroad)}}, "labour_export"
	default:
		p.Workplaces, p.Channel = []market.Workplace{{Province: e.Province}}, "out_of_province"
	}
}

// vary leaves some postings where staff still have something to do.
func (m *maker) vary(p *market.Posting) {
	switch n := m.r.IntN(100); {
	case n < 2:
		p.State, p.ConfirmedOn, p.OpenedAt = market.PostingInReview, "", time.Time{}
	case n < 4:
		p.RecordedAt = market.Stamp(m.Now.AddDate(0, 0, -20))
		p.OpenedAt, p.ConfirmedOn = p.RecordedAt, m.today.AddDays(-12)
	case n < 6:
		p.State, p.EndReason = market.PostingClosed, "đã đủ người"
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
