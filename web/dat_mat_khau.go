package web

import (
	"net/url"
	"strings"
	"time"

	"noiviec/internal/market"
)

const setupPath = "/dat-mat-khau"

// SetupLink is the address with which the owner of an account sets a password; base is the service's own address,
// and Invalid when it is none.
func SetupLink(base, secret string) (string, error) {
	if u, err := url.Parse(base); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", market.Bad("link", "error.link", base)
	}
	return strings.TrimRight(base, "/") + setupPath + "?ma=" + secret, nil
}

type setupPage struct {
	Layout
	Form    *Form
	Account market.User
	Secret  string
}

// showSetup lets the owner of a one-time link choose a password.
func (s *Server) showSetup(v *visit) error {
	u, err := s.setupAccount(v, v.Query("ma"))
	if err != nil {
		return err
	}
	return s.renderSetup(v, v.blank(0, nil), u, v.Query("ma"))
}

// setupAccount finds whose link it is. Wrong ones are slowed down by address; an office's first morning is not.
func (s *Server) setupAccount(v *visit, secret string) (market.User, error) {
	if !s.limits.left("setup:"+v.IP(), wrongPerAddress, time.Minute, v.now) {
		return market.User{}, market.Fail(market.Unavailable, "error.login.slow")
	}
	u, err := s.Desk.SetupAccount(v.ctx, s.Centre, v.now, secret)
	if market.KindOf(err) == market.Conflict {
		s.limits.allow("setup:"+v.IP(), wrongPerAddress, time.Minute, v.now)
	}
	return u, err
}

func (s *Server) renderSetup(v *visit, f *Form, u market.User, secret string) error {
	return v.render("dat-mat-khau", f.status(), &setupPage{Layout: v.layout("setup.title"), Form: f, Account: u, Secret: secret})
}

// setUp stores the password; the link is used up, and logging in follows.
func (s *Server) setUp(v *visit) error {
	f := v.form()
	secret, password := f.Text("ma"), f.raw("password")
	u, err := s.setupAccount(v, secret)
	if err != nil {
		return err
	}
	switch {
	case len([]rune(password)) < shortestPassword:
		f.add(market.Bad("password", "error.password.short"))
	case password != f.raw("again"):
		f.add(market.Bad("again", "error.password.again"))
	}
	if f.refused() {
		return s.renderSetup(v, f, u, secret)
	}
	hash, err := s.hash(v, password)
	if err != nil {
		return err
	}
	if _, err := s.Desk.SetPassword(v.ctx, s.Centre, v.now, secret, hash); err != nil {
		return err
	}
	return v.done("/dang-nhap", "notice.password_set")
}

// hash hashes a password when one of the two places is free.
func (s *Server) hash(v *visit, password string) (string, error) {
	select {
	case s.hasher <- struct{}{}:
	case <-v.ctx.Done():
		return "", market.Fail(market.Unavailable, "error.busy")
	}
	defer func() { <-s.hasher }()
	return HashPassword(password), nil
}
