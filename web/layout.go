package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"noiviec/internal/market"
)

// Layout is what every page struct embeds: the frame's data and the words and formats of the visitor's language.
type Layout struct {
	v      *visit
	Title  string
	Notice string // what the form before this page did
	Wide   bool   // staff pages run the full width
	Path   string
	Once   market.ID // for the forms of this page: sending one twice changes nothing
}

// layout opens a page with its title.
func (v *visit) layout(titleKey string, args ...any) Layout {
	l := Layout{v: v, Title: v.T(titleKey, args...), Path: v.Path(), Once: market.NewID(), Wide: v.actor.Role.Staff()}
	if key := v.Query("bao"); strings.HasPrefix(key, "notice.") && v.s.words[v.lang][key] != "" {
		l.Notice = v.T(key)
	}
	return l
}

// T words a key: {{.T "search.found" 38}}.
func (l Layout) T(key string, args ...any) string { return l.v.T(key, args...) }

// Word words a code under a prefix: {{.Word "state.posting" .State}}; an empty code is empty.
func (l Layout) Word(prefix string, code any) string {
	if s := fmt.Sprint(code); s != "" {
		return l.v.T(prefix + "." + s)
	}
	return ""
}

// Reason words a reason of the matcher.
func (l Layout) Reason(r market.Reason) string { return l.v.reason(r) }

// Lang is the page's language.
func (l Layout) Lang() string { return l.v.lang }

// OtherLanguage gives the address that switches to the other language and comes back here.
func (l Layout) OtherLanguage() string {
	other := "en"
	if l.v.lang == "en" {
		other = "vi"
	}
	q := l.v.query()
	q.Del("lang")
	back := l.v.Path()
	if l.v.Method() != "GET" {
		back = "/"
	}
	if len(q) > 0 {
		back += "?" + q.Encode()
	}
	return "/ngon-ngu?lang=" + other + "&tiep=" + url.QueryEscape(back)
}

// Asset gives the address of a static file, with its hash.
func (l Layout) Asset(name string) string { return l.v.s.assets.path(name) }

// Icon is the sign of the site, in the page itself: it is smaller than a request for it.
func (l Layout) Icon() template.URL { return l.v.s.assets.icon }

// FormToken ties a form to this browser.
func (l Layout) FormToken() string { return l.v.formToken() }

// User is who is logged in, nil for nobody.
func (l Layout) User() *market.User { return l.v.user }

// May reports whether the visitor's role may ever do an action: {{if .May "check_posting"}}.
func (l Layout) May(action market.Action) bool { return market.May(l.v.actor.Role, action) }

// Staff reports whether the page is framed for the centre's own people.
func (l Layout) Staff() bool { return l.v.actor.Role.Staff() }

// Home is where the name at the top leads: staff to their day, everybody else to the search.
func (l Layout) Home() string {
	if l.Staff() {
		return "/can-bo"
	}
	return "/"
}

// Role of the visitor.
func (l Layout) Role() market.Role { return l.v.actor.Role }

// Centre is the service whose pages these are.
func (l Layout) Centre() market.CentreSettings { return l.v.centre() }

// Item is one entry of the navigation.
type Item struct {
	Href, Text string
	Here       bool
}

// navigation of each role: at most five short words, so that no menu button is needed.
var navigation = map[market.Role][][2]string{
	market.Anyone:        {{"/", "nav.search"}, {"/dang-ky", "nav.register"}},
	market.Seeker:        {{"/", "nav.search"}, {"/toi/viec-hop", "nav.fitting"}, {"/toi/gioi-thieu", "nav.referrals"}, {"/toi", "nav.profile"}},
	market.EmployerRole:  {{"/", "nav.search"}, {employerHome, "nav.employer"}},
	market.Counsellor:    {{"/can-bo", "nav.today"}, {"/can-bo/ghep", "nav.review"}, {"/can-bo/ho-so", "nav.people"}, {"/can-bo/tin", "nav.check"}, {"/can-bo/bao-cao", "nav.report"}},
	market.Administrator: {{"/can-bo", "nav.today"}, {"/can-bo/ghep", "nav.review"}, {"/can-bo/ho-so", "nav.people"}, {"/can-bo/bao-cao", "nav.report"}, {"/quan-tri", "nav.admin"}},
}

// rooms are staff's lists that have no place in the five words of the navigation.
var rooms = [][2]string{{"/can-bo/ho-so", "people.title"}, {"/can-bo/ho-so/danh-sach", "pools.title"}, {"/can-bo/noi-tuyen", "firms.title"},
	{"/can-bo/gioi-thieu", "refs.title"}, {"/can-bo/viec-lam", "placements.title"}, {"/can-bo/tham-hoi", "followups.title"}, {"/can-bo/khoa-hoc", "course.title"}, {"/can-bo/tu-khoa", "words.title"}}

// Rooms links staff's lists to one another; the one that is open is here.
func (l Layout) Rooms() []Item {
	out := make([]Item, len(rooms))
	for i, r := range rooms {
		out[i] = Item{Href: r[0], Text: l.T(r[1]), Here: l.Path == r[0]}
	}
	return out
}

// place is the address whose entry of the navigation a page belongs under: staff's lists are reached from the
// people's, the declared figures from the report.
func (l Layout) place() string {
	for _, r := range rooms {
		if l.Path == r[0] || strings.HasPrefix(l.Path, r[0]+"/") {
			return rooms[0][0]
		}
	}
	if l.Path == whyHome {
		return "/can-bo/ghep"
	}
	if l.Path == declaredPath || strings.HasPrefix(l.Path, declaredPath+"/") {
		return reportPath
	}
	return l.Path
}

// Nav gives the navigation of the visitor's role; the entry of the longest address that fits is here.
func (l Layout) Nav() []Item {
	role, place := l.v.actor.Role, l.place()
	if navigation[role] == nil {
		role = market.Anyone
	}
	var out []Item
	best, length := -1, 0
	for i, entry := range navigation[role] {
		out = append(out, Item{Href: entry[0], Text: l.T(entry[1])})
		within := place == entry[0] || entry[0] != "/" && strings.HasPrefix(place, entry[0]+"/")
		if within && len(entry[0]) > length {
			best, length = i, len(entry[0])
		}
	}
	if best >= 0 {
		out[best].Here = true
	}
	return out
}

// centre loads the service's own data; without it the frame shows its plain name.
func (v *visit) centre() market.CentreSettings {
	if c, ok := v.Locals("centre").(market.CentreSettings); ok {
		return c
	}
	var c market.CentreSettings
	if v.s.Store != nil {
		c, _ = load[market.CentreSettings](v, v.s.Centre)
	}
	v.Locals("centre", c)
	return c
}

// ProvinceName is the short name of the centre's province, for narrow screens.
func (l Layout) ProvinceName() string {
	p, _ := l.v.s.Tax.Province(l.v.centre().Province)
	return p.Name
}
