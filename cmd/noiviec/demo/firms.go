package demo

import (
	"fmt"
	"slices"

	"noiviec/internal/market"
)

// line is what a firm does, and with that whom it hires.
type line struct {
	kinds  []string // what comes before the line in the firm's name
	name   string   // "" where the kind says it
	sector string   // VSIC
	hires  []string // its trades, by skill
	also   []string // whom it needs beside them, at its seat only
	away   bool     // firms of other provinces do this too and recruit here
}

var (
	companies    = []string{"Công ty TNHH", "Công ty cổ phần"}
	cooperatives = []string{"Hợp tác xã", "Công ty TNHH"}
)

var lines = []line{
	{companies, "May", "1410", []string{"may-cn"}, []string{"ldpt", "bao-ve", "ke-toan"}, true},
	{companies, "Điện tử", "2610", []string{"lap-rap-dt"}, []string{"ldpt", "bao-ve"}, true},
	{companies, "Cơ khí", "2511", []string{"han"}, []string{"ldpt", "ke-toan"}, true},
	{companies, "Xây dựng", "4101", []string{"tho-xay", "phu-ho", "han", "dien-nuoc"}, []string{"ke-toan"}, true},
	{companies, "Điện nước", "4322", []string{"dien-nuoc"}, nil, true},
	{companies, "Vận tải", "4933", []string{"lai-xe-tai", "ldpt"}, []string{"sua-xe-may"}, true},
	{companies, "Đóng gói", "8292", []string{"ldpt"}, []string{"bao-ve"}, true},
	{companies, "Suất ăn", "5629", []string{"nau-an", "phu-bep"}, nil, true},
	{companies, "Bảo vệ", "8010", []string{"bao-ve"}, nil, true},
	{companies, "Dịch vụ gia đình", "9700", []string{"giup-viec"}, nil, true},
	{cooperatives, "Cà phê", "1077", []string{"che-bien-ca-phe"}, []string{"ldpt", "ke-toan"}, false},
	{cooperatives, "Mắc ca", "0121", []string{"trong-mac-ca"}, []string{"ldpt"}, false},
	{[]string{"Nhà hàng"}, "", "5610", []string{"nau-an", "phu-bep"}, nil, false},
	{[]string{"Khách sạn"}, "", "5510", []string{"buong-phong", "le-tan"}, []string{"nau-an", "phu-bep", "bao-ve", "ke-toan"}, false},
	{[]string{"Trường mầm non tư thục"}, "", "8512", []string{"gv-mam-non"}, []string{"phu-bep"}, false},
	{[]string{"Hộ kinh doanh"}, "Sửa xe máy", "4542", []string{"sua-xe-may"}, nil, false},
	{[]string{"Hộ kinh doanh", "Công ty TNHH"}, "Bách hoá", "4719", []string{"ban-hang"}, []string{"ldpt", "ke-toan"}, false},
}

// hired is a trade in a line, and how often the line hires for it.
type hired struct {
	trade trade
	share int
}

// parts is how finely a trade is shared out among the lines that hire for it: a multiple of how many those may be.
const parts = 120

// trades lists whom a firm of the line hires. Each trade's share of the market is dealt out evenly among its lines,
// so that the market as a whole asks for each as words.go says.
func (l line) trades(elsewhere bool) []hired {
	var out []hired
	for _, t := range trades {
		if slices.Contains(l.hires, t.skill) && (!elsewhere || t.away > 0) || !elsewhere && slices.Contains(l.also, t.skill) {
			out = append(out, hired{t, t.share * parts / linesOf(t.skill)})
		}
	}
	return out
}

// linesOf counts the lines that hire for a skill.
func linesOf(skill string) (n int) {
	for _, l := range lines {
		if slices.Contains(l.hires, skill) || slices.Contains(l.also, skill) {
			n++
		}
	}
	return n
}

func (l line) share() (sum int) {
	for _, h := range l.trades(false) {
		sum += h.share
	}
	return sum
}

// dealt gives n firms their lines: each line its share of them, in drawn order.
func (m *maker) dealt(n int) []line {
	total := 0
	for _, l := range lines {
		total += l.share()
	}
	out := make([]line, 0, n)
	upTo := 0
	for _, l := range lines {
		upTo += l.share()
		for len(out) < n && (2*len(out)+1)*total <= 2*n*upTo {
			out = append(out, l)
		}
	}
	m.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (m *maker) firms(n int) {
	m.lines = map[market.ID]line{}
	for i, l := range m.dealt(n) {
		kind, place := pick(m, l.kinds), pick(m, firmNames)
		if l.name != "" {
			kind += " " + l.name
		}
		e := &market.Employer{Meta: m.meta(200), Name: fmt.Sprintf("%s %s %d", kind, place, i+1), TaxCode: taxCode(i), Sector: l.sector,
			Type: "private", Contact: "Người phụ trách (ví dụ)", Phone: fmt.Sprintf("0215%07d", 3000000+i), State: market.EmployerVerified, VerifiedOn: m.today.AddDays(-180)}
		if l.away && m.chance(60) {
			e.Province = pick(m, away)
			e.Permission = fmt.Sprintf("Văn bản mẫu số %d/SNV-VL", 100+i)
		} else {
			e.Commune, e.Province = m.commune().Code, "11"
		}
		if e.Asked = m.r.IntN(30); e.Asked > 0 {
			e.Answered = e.Asked * (40 + m.r.IntN(61)) / 100
		}
		if m.chance(4) {
			e.State, e.VerifiedOn = market.EmployerPending, ""
		}
		m.lines[e.ID] = l
		m.employers = append(m.employers, e)
		m.add(e)
	}
}

// wanted draws whom a firm looks for.
func (m *maker) wanted(e *market.Employer) trade {
	return weighted(m, m.lines[e.ID].trades(e.Province != "11"), func(h hired) int { return h.share }).trade
}

// taxCode gives a code of the right form and check digit that begins with 00, which no province issues.
func taxCode(i int) string {
	for try := i * 11; ; try++ {
		for digit := range 10 {
			if code := fmt.Sprintf("00%07d%d", try, digit); market.TaxCodeCheck(code) {
				return code
			}
		}
	}
}
