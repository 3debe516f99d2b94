package web

import (
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

type declaredPage struct {
	Layout
	Form                         *Form
	New                          bool
	Declared                     market.Declared
	Action                       string
	Line, Months, Years, Commune Field
	Twice                        *market.Declared // what looks like the same figure
	TwiceHref                    string
	History                      []auditRow
}

// showNewDeclared shows the empty form, for the month that was looked at.
func (s *Server) showNewDeclared(v *visit) error {
	month, err := market.ParseMonth("month", v.Query("thang"))
	if err != nil {
		month = v.today.Month()
	}
	line := v.Query("dong")
	return s.renderDeclared(v, v.blank(0, declaredValues(market.Declared{Month: month}, line)), market.Declared{}, nil)
}

// saveNewDeclared stores a figure; one that looks entered already is asked about first.
func (s *Server) saveNewDeclared(v *visit) error {
	f := v.form()
	d := f.declared(market.Declared{Meta: market.Meta{ID: v.madeHere("declared")}})
	twice, err := s.enteredBefore(v, f, d)
	if err != nil {
		return err
	}
	if f.refused() {
		return s.renderDeclared(v, f, market.Declared{}, twice)
	}
	if d, err = s.Desk.Declare(v.ctx, v.actor, v.now, d); err != nil {
		if f.caught(err) {
			return s.renderDeclared(v, f, market.Declared{}, nil)
		}
		return err
	}
	return v.done(declaredPath+"?thang="+string(d.Month), "notice.declared")
}

// enteredBefore looks for a figure of the same document, line and month; unless the person has said that this
// is another one, it becomes a problem of the form.
func (s *Server) enteredBefore(v *visit, f *Form, d market.Declared) (*market.Declared, error) {
	if f.refused() || f.Has("again", "yes") || d.Source == "" {
		return nil, nil
	}
	other, same, err := s.Desk.SameDeclared(v.ctx, v.actor, d)
	if err != nil || !same {
		return nil, err
	}
	f.add(market.Bad("source", "error.declared.twice", other.Count))
	return &other, nil
}

// declared reads the form over a figure.
func (f *Form) declared(d market.Declared) market.Declared {
	f.needs("line", "count", "source")
	d.Indicator, d.Line, _ = strings.Cut(f.Text("line"), ".")
	month, err := market.ParseMonth("month", f.Text("year")+"-"+f.Text("month"))
	f.caught(err)
	d.Month, d.Commune, d.Agency = month, f.Text("commune"), f.Text("agency")
	d.Count, d.Source, d.SignedOn, d.Note = f.Int("count"), f.Text("source"), f.Date("signed_on"), f.Text("note")
	return d
}

func declaredValues(d market.Declared, line string) map[string][]string {
	values := map[string][]string{"line": {line}, "month": {string(d.Month[5:])}, "year": {string(d.Month[:4])}, "commune": {d.Commune}, "agency": {d.Agency},
		"source": {d.Source}, "signed_on": {d.SignedOn.String()}, "note": {d.Note}}
	if d.Indicator != "" {
		values["line"] = []string{d.Indicator + "." + d.Line}
	}
	return values
}

// showDeclared shows one figure with what was done to it.
func (s *Server) showDeclared(v *visit) error {
	d, err := s.declaredHere(v)
	if err != nil {
		return err
	}
	values := declaredValues(d, "")
	values["count"] = []string{v.number(int64(d.Count))}
	return s.renderDeclared(v, v.blank(d.Rev, values), d, nil)
}

func (s *Server) declaredHere(v *visit) (market.Declared, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Declared{}, err
	}
	return load[market.Declared](v, id)
}

// correctDeclared stores other figures in its place.
func (s *Server) correctDeclared(v *visit) error {
	old, err := s.declaredHere(v)
	if err != nil {
		return err
	}
	f := v.form()
	d := f.declared(old)
	d.Rev = f.Rev
	twice, err := s.enteredBefore(v, f, d)
	if err != nil {
		return err
	}
	if f.refused() {
		return s.renderDeclared(v, f, old, twice)
	}
	if d, err = s.Desk.CorrectDeclared(v.ctx, v.actor, v.now, d, f.Text("reason")); err != nil {
		if f.caught(err) {
			return s.renderDeclared(v, f, old, nil)
		}
		return err
	}
	return v.done(declaredPath+"/"+string(d.ID), "notice.saved")
}

// voidDeclared takes a figure out of the reports.
func (s *Server) voidDeclared(v *visit) error {
	old, err := s.declaredHere(v)
	if err != nil {
		return err
	}
	f := v.form()
	if _, err := s.Desk.VoidDeclared(v.ctx, v.actor, v.now, old.ID, f.Rev, f.Text("void")); err != nil {
		if !f.caught(err) {
			return err
		}
		typed := f.Text("void")
		f.Values = declaredValues(old, "")
		f.Values["count"], f.Values["void"] = []string{v.number(int64(old.Count))}, []string{typed}
		return s.renderDeclared(v, f, old, nil)
	}
	return v.done(declaredPath+"/"+string(old.ID), "notice.voided")
}

func (s *Server) renderDeclared(v *visit, f *Form, d market.Declared, twice *market.Declared) error {
	page := &declaredPage{Layout: v.layout("declared.new"), Form: f, New: d.ID == "", Declared: d, Action: declaredPath + "/moi", Twice: twice}
	if !page.New {
		page.Layout, page.Action = v.layout("declared.one"), declaredPath+"/"+string(d.ID)
	}
	if twice != nil {
		page.TwiceHref = declaredPath + "/" + string(twice.ID)
	}
	lines, err := v.lineOptions()
	if err != nil {
		return err
	}
	page.Line = f.Choose("line", "declared.line", append([]Option{{Text: v.T("form.choose")}}, lines...)).Must()
	page.Months, page.Years = v.monthFields(f, "", "month", "year", v.today.Year()-8)
	none := Option{Text: v.T("declared.no_commune")}
	page.Commune = f.Choose("commune", "declared.commune", append([]Option{none}, v.workCommunes(market.Posting{})...))
	if page.New {
		return v.render("can-bo-khai-bao-mot", f.status(), page)
	}
	q := s.by("audit_by_document", d.ID)
	q.Desc = true
	found, err := store.Find[market.AuditEntry](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	page.History = v.auditRows(found.Items)
	return v.render("can-bo-khai-bao-mot", f.status(), page)
}

// MonthKey names the figure's month in addresses.
func (p *declaredPage) MonthKey() string { return string(p.Declared.Month) }
