package web

import (
	"slices"

	"noiviec/internal/market"
)

type firmEditPage struct {
	Layout
	Form       *Form
	Base       string
	Kind, Size Field
	Communes   []Option
	Province   Field
}

// showFirmEdit gives the form filled with what is stored of an employer.
func (s *Server) showFirmEdit(v *visit) error {
	e, err := s.firm(v, market.WriteEmployer)
	if err != nil {
		return err
	}
	return s.renderFirmEdit(v, e, v.blank(e.Rev, v.firmValues(e)))
}

func (v *visit) firmValues(e market.Employer) map[string][]string {
	values := map[string][]string{"name": {e.Name}, "tax_code": {e.TaxCode}, "type": {e.Type}, "address": {e.Address}, "size": {e.Size}, "province": {e.Province},
		"contact": {e.Contact}, "phone": {e.Phone}, "email": {e.Email}, "permission": {e.Permission}}
	if sector, ok := v.s.Tax.Sector(e.Sector); ok {
		values["sector"] = []string{sector.Name}
	}
	if c, ok := v.s.Tax.Commune(e.Commune); ok {
		values["commune"], values["province"] = []string{c.FullName()}, nil // the commune says the province
	}
	return values
}

func (s *Server) renderFirmEdit(v *visit, e market.Employer, f *Form) error {
	none := []Option{{Text: v.T("form.choose")}}
	page := &firmEditPage{Layout: v.layout("firm.edit_title"), Form: f, Base: firmHome + "/" + string(e.ID), Communes: v.homeCommunes(),
		Kind:     f.Choose("type", "firm.type", slices.Concat(none, v.options("employer_type", market.EmployerTypes))),
		Size:     f.Choose("size", "firm.size", slices.Concat(none, v.entries("quy-mo"))),
		Province: f.Choose("province", "firm.province", slices.Concat(none, v.provinceOptions()))}
	return v.render("can-bo-noi-tuyen-mot-sua", f.status(), page)
}

// saveFirmEdit stores what staff changed of an employer; its state and counts stay.
func (s *Server) saveFirmEdit(v *visit) error {
	e, err := s.firm(v, market.WriteEmployer)
	if err != nil {
		return err
	}
	f := v.form()
	changed := e
	changed.Rev = f.Rev
	v.readFirm(f, &changed, e)
	if f.refusedWith(func() error { return changed.Validate(v.s.Tax) }) {
		return s.renderFirmEdit(v, e, f)
	}
	_, err = s.Desk.UpdateEmployer(v.ctx, v.actor, v.now, changed)
	if err = taxCodeTaken(err); err != nil {
		if f.caught(err) {
			return s.renderFirmEdit(v, e, f)
		}
		return err
	}
	return v.done(firmHome+"/"+string(e.ID), "notice.saved")
}

func (v *visit) readFirm(f *Form, e *market.Employer, before market.Employer) {
	readEmployer(f, e)
	e.Type, e.Size, e.Permission, e.Province = f.Text("type"), f.Text("size"), f.Text("permission"), f.Text("province")
	commune, err := v.communeNamed("commune", f.Text("commune"))
	f.caught(err)
	if e.Commune = commune; commune != "" {
		if c, ok := v.s.Tax.Commune(commune); ok {
			e.Province = c.Province
		}
	}
	typed := f.Text("sector")
	was, _ := v.s.Tax.Sector(before.Sector)
	switch found := v.s.Tax.FindSectors(typed, 1); {
	case typed == "":
		e.Sector = ""
	case before.Sector != "" && typed == was.Name:
	case len(found) == 0:
		f.add(market.Bad("sector", "error.sector", typed))
	default:
		e.Sector = found[0].Code
	}
}
