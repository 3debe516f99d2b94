package web

import "noiviec/internal/market"

// public marks an address that anybody may open.
const public market.Action = "public"

// route is one address: what one must be allowed to do there, and the handler. only narrows it to some
// roles where the page is about oneself. Whose document it is, the handler asks market.Can.
type route struct {
	method string
	path   string
	action market.Action
	handle func(*Server, *visit) error
	only   []market.Role
}

var (
	seekers   = []market.Role{market.Seeker}
	employers = []market.Role{market.EmployerRole}
	staff     = []market.Role{market.Counsellor, market.Administrator}
)

// routes is the table of all addresses; the application is built from it and a test walks it with every role.
func routes() []route {
	return []route{
		// anybody
		{"GET", "/dang-nhap", public, (*Server).showLogin, nil},
		{"POST", "/dang-nhap", public, (*Server).login, nil},
		{"POST", "/dang-xuat", public, (*Server).logout, nil},
		{"GET", "/ngon-ngu", public, (*Server).chooseLanguage, nil},

		// job seekers: their own data

		// employers: their own postings and referrals

		// counsellors and administrators

		// administrators
	}
}
