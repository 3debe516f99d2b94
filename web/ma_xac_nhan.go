package web

import (
	"errors"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"noiviec/internal/market"
)

// errEnrol sends a member of staff who has no second factor yet to the page that sets it up.
var errEnrol = errors.New("second factor must be set up")

type enrolPage struct {
	Layout
	Form   *Form
	Secret string // to type into the authenticator app
	Login  string
}

// enrolling gives the staff account that may set up its second factor now.
func (v *visit) enrolling() (*market.User, error) {
	if v.user == nil {
		return nil, market.Fail(market.Unauthenticated, "error.login_first")
	}
	if !v.actor.Role.Staff() || v.user.TOTPOn {
		return nil, market.Fail(market.NotFound, "error.not_found")
	}
	return v.user, nil
}

// showEnrol shows the secret of the second factor; it is made on the first visit and kept until it is proved.
func (s *Server) showEnrol(v *visit) error {
	u, err := v.enrolling()
	if err != nil {
		return err
	}
	if u.TOTPSecret == "" {
		key, err := totp.Generate(totp.GenerateOpts{Issuer: "noiviec", AccountName: u.Login})
		if err != nil {
			return err
		}
		u.TOTPSecret = key.Secret()
		if err := v.put(u); err != nil {
			return err
		}
	}
	return s.renderEnrol(v, u, v.blank(0, nil))
}

func (s *Server) renderEnrol(v *visit, u *market.User, f *Form) error {
	return v.render("ma-xac-nhan", f.status(), &enrolPage{Layout: v.layout("enrol.title"), Form: f, Secret: u.TOTPSecret, Login: u.Login})
}

// enrol turns the second factor on once a code proves that the app has the secret.
func (s *Server) enrol(v *visit) error {
	u, err := v.enrolling()
	if err != nil {
		return err
	}
	f := v.form()
	right := u.TOTPSecret != "" && s.limits.allow("enrol:"+string(u.ID), wrongPerAccount, reportRefill/10, v.now)
	if right {
		right, _ = totp.ValidateCustom(f.Text("code"), u.TOTPSecret, v.now, totp.ValidateOpts{Period: 30, Skew: 1, Digits: otp.DigitsSix})
	}
	if !right {
		f.add(market.Bad("code", "error.code.wrong"))
		return s.renderEnrol(v, u, f)
	}
	u.TOTPOn = true
	if err := v.put(u); err != nil {
		return err
	}
	if err := v.open(u, true); err != nil {
		return err
	}
	return v.to(home(u.Role))
}
