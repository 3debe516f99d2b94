package web

import (
	"strings"

	"noiviec/internal/market"
)

type ownEmployerPage struct {
	Layout
	Form     *Form
	Employer market.Employer
	Ask      bool // it was refused and may ask for another look
}

// ownEmployer loads the firm of the visiting account.
func (v *visit) ownEmployer() (market.Employer, error) {
	if err := v.can(market.WriteEmployer, market.Subject{Centre: v.s.Centre, Employer: v.actor.Subject}); err != nil {
		return market.Employer{}, err
	}
	return load[market.Employer](v, v.actor.Subject)
}

// showOwnEmployer shows what the centre keeps of the employer, to correct.
func (s *Server) showOwnEmployer(v *visit) error {
	e, err := v.ownEmployer()
	if err != nil {
		return err
	}
	values := map[string][]string{"name": {e.Name}, "tax_code": {e.TaxCode}, "address": {e.Address}, "contact": {e.Contact}, "phone": {e.Phone}, "email": {e.Email}}
	return s.renderOwnEmployer(v, e, v.blank(e.Rev, values))
}

func (s *Server) renderOwnEmployer(v *visit, e market.Employer, f *Form) error {
	page := &ownEmployerPage{Layout: v.layout("employer.own"), Form: f, Employer: e, Ask: e.State == market.EmployerRefused}
	return v.render("nha-tuyen-dung-thong-tin", f.status(), page)
}

// saveOwnEmployer stores the corrections, and asks for another look when that button was used.
func (s *Server) saveOwnEmployer(v *visit) error {
	e, err := v.ownEmployer()
	if err != nil {
		return err
	}
	f := v.form()
	changed := e
	changed.Rev = f.Rev
	readEmployer(f, &changed)
	if f.refused() {
		return s.renderOwnEmployer(v, e, f)
	}
	if changed, err = s.Desk.UpdateEmployer(v.ctx, v.actor, v.now, changed); err == nil && f.Text("then") == "ask" && changed.State == market.EmployerRefused {
		_, err = s.Desk.MoveEmployer(v.ctx, v.actor, v.now, changed.ID, changed.Rev, market.EmployerAsk, "")
	}
	if err = taxCodeTaken(err); err != nil {
		if f.caught(err) {
			return s.renderOwnEmployer(v, e, f)
		}
		return err
	}
	return v.done(employerHome, "notice.saved")
}

// readEmployer reads what an employer says of itself.
func readEmployer(f *Form, e *market.Employer) {
	f.needs("name", "tax_code", "phone")
	e.Name, e.TaxCode = f.Text("name"), strings.ReplaceAll(f.Text("tax_code"), " ", "")
	e.Address, e.Contact, e.Phone, e.Email = f.Text("address"), f.Text("contact"), f.Text("phone"), f.Text("email")
}
