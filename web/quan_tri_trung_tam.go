package web

import "noiviec/internal/market"

const centrePath = "/quan-tri/trung-tam"

type centrePage struct {
	Layout
	Form *Form
}

// showCentre shows what the service says of itself.
func (s *Server) showCentre(v *visit) error {
	c, err := load[market.CentreSettings](v, s.Centre)
	if err != nil {
		return err
	}
	return s.renderCentre(v, v.blank(c.Rev, map[string][]string{"name": {c.Name}, "phone": {c.Phone}, "address": {c.Address}, "hours": {c.Hours},
		"hours_en": {c.HoursEN}, "parent": {c.Parent}, "director": {c.Director}}))
}

func (s *Server) renderCentre(v *visit, f *Form) error {
	return v.render("quan-tri-trung-tam", f.status(), &centrePage{Layout: v.layout("centre.title"), Form: f})
}

// saveCentre stores it.
func (s *Server) saveCentre(v *visit) error {
	f := v.form()
	c := market.CentreSettings{Meta: market.Meta{Rev: f.Rev}, Name: f.Text("name"), Phone: f.Text("phone"), Address: f.Text("address"), Hours: f.Text("hours"),
		HoursEN: f.Text("hours_en"), Parent: f.Text("parent"), Director: f.Text("director")}
	if _, err := s.Desk.SaveCentre(v.ctx, v.actor, v.now, c); err != nil {
		if f.caught(err) {
			return s.renderCentre(v, f)
		}
		return err
	}
	return v.done(centrePath, "notice.saved")
}

// Hours says when the centre is open, in the visitor's language.
func (l Layout) Hours() string {
	c := l.v.centre()
	switch {
	case l.v.lang == "en" && c.HoursEN != "":
		return c.HoursEN
	case l.v.lang == "vi" && c.Hours != "":
		return c.Hours
	}
	return l.T("site.hours")
}
