package web

import (
	"errors"

	"noiviec/internal/market"
)

// registrants may open an employer's account; staff make accounts elsewhere, without losing their own session.
var registrants = []market.Role{market.Anyone, market.EmployerRole}

type employerRegisterPage struct {
	Layout
	Form *Form
}

// showRegisterEmployer asks who hires; staff check the tax code before any posting is shown.
func (s *Server) showRegisterEmployer(v *visit) error {
	if v.user != nil {
		return v.to(employerHome)
	}
	return s.renderRegisterEmployer(v, v.blank(0, nil))
}

func (s *Server) renderRegisterEmployer(v *visit, f *Form) error {
	return v.render("nha-tuyen-dung-dang-ky", f.status(), &employerRegisterPage{Layout: v.layout("employer.register"), Form: f})
}

// registerEmployer stores an employer that waits for its check, and opens its account under the tax code.
func (s *Server) registerEmployer(v *visit) error {
	if v.user != nil {
		return v.to(employerHome)
	}
	f := v.form()
	if !s.limits.allow("register:"+v.IP(), 20, reportRefill, v.now) {
		return market.Fail(market.Unavailable, "error.login.slow")
	}
	var e market.Employer
	readEmployer(f, &e)
	e.Meta = market.Meta{ID: v.madeHere("employer"), Centre: s.Centre, RecordedAt: market.Stamp(v.now)}
	f.needs("password")
	if n := len([]rune(f.raw("password"))); n > 0 && n < shortestPassword {
		f.add(market.Bad("password", "error.password.short"))
	}
	if f.refusedWith(func() error { return e.Validate(v.s.Tax) }) {
		return s.renderRegisterEmployer(v, f)
	}
	if user, err := s.account(v, e.TaxCode); err != nil || user != nil {
		if err != nil {
			return err
		}
		f.add(market.Bad("tax_code", "error.unique.tax_code"))
		return s.renderRegisterEmployer(v, f)
	}
	return s.openEmployer(v, f, e)
}

// taxCodeTaken puts a tax code that is known already at its field: the store knows of keys, not of fields.
func taxCodeTaken(err error) error {
	if errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.unique.tax_code"}) {
		return market.Bad("tax_code", "error.unique.tax_code")
	}
	return err
}

func (s *Server) openEmployer(v *visit, f *Form, e market.Employer) error {
	e, err := s.Desk.RegisterEmployer(v.ctx, v.actor, v.now, e)
	if err = taxCodeTaken(err); err != nil {
		if f.caught(err) {
			return s.renderRegisterEmployer(v, f)
		}
		return err
	}
	s.hasher <- struct{}{} // hashing takes 19 MiB, as checking does
	hash := HashPassword(f.raw("password"))
	<-s.hasher
	account := market.User{Meta: market.Meta{Centre: s.Centre}, Login: e.TaxCode, Name: e.Name, Role: market.EmployerRole, Subject: e.ID,
		Password: hash, Language: v.lang}
	user, err := s.Desk.OpenAccount(v.ctx, v.now, account)
	if err != nil {
		if f.caught(err) {
			return s.renderRegisterEmployer(v, f)
		}
		return err
	}
	if err := v.open(&user, false); err != nil {
		return err
	}
	return v.done(employerHome, "notice.employer.registered")
}
