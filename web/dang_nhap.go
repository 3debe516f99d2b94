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

// Limits on guessing passwords, a minute. Only wrong tries count: a whole office, a job fair, everybody behind one
// mobile carrier's address comes in at once, and so does who opens the same account on a third device. That what is
// right costs work too, 19 MiB each, is bounded by far more than people do.
const (
	wrongPerAccount  = 5
	wrongPerAddress  = 30
	loginsPerAddress = 300
	locksAfter       = 20 // failed tries in a row lock an account for a quarter of an hour
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
	if !s.limits.allow("logins:"+v.IP(), loginsPerAddress, time.Minute, v.now) {
		return s.loginAgain(v, f, "error.login.slow")
	}
	user, err := s.account(v, name)
	if err != nil {
		return err
	}
	tried, err := s.try(v, user, name, password, f.Text("code"))
	if err == nil && user != nil {
		err = s.countTry(v, user, tried)
	}
	switch {
	case err != nil:
		return err
	case tried == tooOften:
		return s.loginAgain(v, f, "error.login.slow")
	case tried == wrong:
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

// tried is what came of a try to log in.
type tried int

const (
	wrong tried = iota
	right
	tooOften // not looked at: too many wrong ones before
)

// try checks password and second factor while it holds one of the few places for that: so many wrong ones at the same
// instant cannot all be looked at before the first is counted.
func (s *Server) try(v *visit, u *market.User, name, password, code string) (tried, error) {
	select {
	case s.hasher <- struct{}{}:
	case <-v.ctx.Done():
		return wrong, market.Fail(market.Unavailable, "error.busy")
	}
	defer func() { <-s.hasher }()
	account, address := "account:"+name, "address:"+v.IP()
	if !s.limits.left(account, wrongPerAccount, time.Minute, v.now) || !s.limits.left(address, wrongPerAddress, time.Minute, v.now) {
		return tooOften, nil
	}
	if proves(v.now, u, password, code) {
		return right, nil
	}
	s.limits.allow(account, wrongPerAccount, time.Minute, v.now)
	s.limits.allow(address, wrongPerAddress, time.Minute, v.now)
	return wrong, nil
}

// proves checks password and second factor, for an unknown account against nobody's password.
func proves(now time.Time, u *market.User, password, code string) bool {
	hash := nobody
	if u != nil && u.Password != "" {
		hash = u.Password
	}
	ok := checkPassword(hash, password) && u != nil && !u.Disabled && now.After(u.LockedTill)
	if ok && u.TOTPOn {
		ok, _ = totp.ValidateCustom(strings.ReplaceAll(code, " ", ""), u.TOTPSecret, now, totp.ValidateOpts{Period: 30, Skew: 1, Digits: otp.DigitsSix})
	}
	return ok
}

// countTry counts the failures in a row, which lock an account for a while.
func (s *Server) countTry(v *visit, u *market.User, t tried) error {
	if t == tooOften || t == right && u.Tries == 0 {
		return nil
	}
	u.Tries++
	if t == right {
		u.Tries = 0
	} else if u.Tries%locksAfter == 0 {
		u.LockedTill = market.Stamp(v.now.Add(15 * time.Minute))
	}
	if err := v.put(u); err != nil && market.KindOf(err) != market.Conflict {
		return err
	}
	return nil
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
