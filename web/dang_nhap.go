package web

import (
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Limits on trying passwords: five a minute for an account, thirty a minute for an address.
const (
	triesPerAccount = 5
	triesPerAddress = 30
	locksAfter      = 20 // failed tries in a row lock an account for a quarter of an hour
)

type loginPage struct {
	Layout
	Form *Form
	Next string
	Code bool // the second factor is asked too
}

func (s *Server) showLogin(v *visit) error {
	if v.user != nil && v.Query("tiep") == "" {
		return v.to(home(v.actor.Role))
	}
	return v.render("dang-nhap", 200, &loginPage{Layout: v.layout("login.title"), Form: v.blank(0, nil), Next: v.Query("tiep")})
}

// login answers the same to an unknown account and to a wrong password, after the same work.
func (s *Server) login(v *visit) error {
	f := v.form()
	name, password := strings.ToLower(f.Text("login")), f.raw("password")
	if !s.limits.allow("account:"+name, triesPerAccount, time.Minute, v.now) || !s.limits.allow("address:"+v.IP(), triesPerAddress, time.Minute, v.now) {
		return s.loginAgain(v, f, "error.login.slow")
	}
	user, err := s.account(v, name)
	if err != nil {
		return err
	}
	if ok, err := s.proves(v, user, password, f.Text("code")); err != nil || !ok {
		if err != nil {
			return err
		}
		return s.loginAgain(v, f, "error.login")
	}
	if err := v.open(user, user.TOTPOn); err != nil {
		return err
	}
	return v.to(localPath(f.Text("tiep"), home(user.Role)))
}

func (s *Server) loginAgain(v *visit, f *Form, key string) error {
	f.add(market.Bad("login", key))
	return v.render("dang-nhap", f.status(), &loginPage{Layout: v.layout("login.title"), Form: f, Next: f.Text("tiep"), Code: f.Text("code") != ""})
}

// account finds an account by its log-in; nil when there is none.
func (s *Server) account(v *visit, login string) (*market.User, error) {
	logins := []any{login}
	if phone := market.NormalisePhone(login); market.PhoneValid(phone) {
		logins[0] = phone
	}
	found, err := store.Find[market.User](v.ctx, s.Store, store.Query{Centre: s.Centre, Index: "users_by_login", Equal: logins, Limit: 1})
	if err != nil || len(found.Items) == 0 {
		return nil, err
	}
	return &found.Items[0], nil
}

// proves checks password and second factor, and counts the failures.
func (s *Server) proves(v *visit, u *market.User, password, code string) (bool, error) {
	hash := nobody
	if u != nil && u.Password != "" {
		hash = u.Password
	}
	select {
	case s.hasher <- struct{}{}:
	case <-v.ctx.Done():
		return false, market.Fail(market.Unavailable, "error.busy")
	}
	right := checkPassword(hash, password)
	<-s.hasher
	if u == nil {
		return false, nil
	}
	right = right && !u.Disabled && v.now.After(u.LockedTill)
	if right && u.TOTPOn {
		right, _ = totp.ValidateCustom(strings.ReplaceAll(code, " ", ""), u.TOTPSecret, v.now, totp.ValidateOpts{Period: 30, Skew: 1, Digits: otp.DigitsSix})
	}
	if right && u.Tries == 0 {
		return true, nil
	}
	u.Tries++
	if right {
		u.Tries = 0
	} else if u.Tries%locksAfter == 0 {
		u.LockedTill = market.Stamp(v.now.Add(15 * time.Minute))
	}
	if err := v.put(u); err != nil && market.KindOf(err) != market.Conflict {
		return false, err
	}
	return right, nil
}

// home is where each role begins.
func home(r market.Role) string {
	switch r {
	case market.Seeker:
		return "/toi/viec-hop"
	case market.EmployerRole:
		return "/nha-tuyen-dung"
	case market.Counsellor, market.Administrator:
		return "/can-bo"
	case market.Department:
		return reportPath
	}
	return "/"
}

// chooseLanguage keeps the language in a cookie and goes back.
func (s *Server) chooseLanguage(v *visit) error {
	v.setCookie("nv-lang", v.lang, 365*24*time.Hour)
	return v.to(withoutLanguage(v.Query("tiep")))
}

func withoutLanguage(path string) string {
	u, err := url.Parse(localPath(path, "/"))
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Del("lang")
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

// logout ends the session.
func (s *Server) logout(v *visit) error {
	if v.session != nil {
		if err := v.drop(v.session); err != nil {
			return err
		}
	}
	v.clearCookie("nv")
	return v.to("/")
}

// raw gives a value exactly as typed: passwords may begin with a space.
func (f *Form) raw(name string) string {
	if len(f.Values[name]) == 0 {
		return ""
	}
	return f.Values[name][0]
}
