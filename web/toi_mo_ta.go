package web

import (
	"slices"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// describePage asks for somebody's own words, then proposes what they say; nothing of it is stored unless ticked.
type describePage struct {
	Layout
	Form      *Form
	Text      string
	Proposing bool
	Groups    []proposalGroup
	New       bool // on the way from the registration
}

type proposalGroup struct {
	Name, Legend string
	Lines        []proposal
}

// proposal is one thing to tick, with the words it was read from; Have: the profile holds it already.
type proposal struct {
	Value, Text, Words string
	Have               bool
}

func (s *Server) showDescribe(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	return s.renderDescribe(v, w, v.blank(w.Rev, map[string][]string{"about": {w.About}}), v.Query("xem") != "")
}

func (s *Server) renderDescribe(v *visit, w *market.Worker, f *Form, proposing bool) error {
	p := &describePage{Layout: v.layout("describe.title"), Form: f, Text: w.About, Proposing: proposing && w.About != "", New: v.Query("moi") != "" || f.Has("moi", "1")}
	if p.Proposing {
		p.Title, p.Groups = v.T("describe.proposed"), v.proposals(w, f)
	}
	return v.render("toi-mo-ta", f.status(), p)
}

// saveDescribe keeps the person's own words, as the profile's form does; the next page reads them.
func (s *Server) saveDescribe(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	f := v.form()
	changed := *w
	changed.Rev, changed.About = f.Rev, f.Text("about")
	if f.needs("about"); f.refused() {
		return s.renderDescribe(v, w, f, false)
	}
	if changed.About != w.About {
		if _, err := s.Desk.UpdateWorker(v.ctx, v.actor, v.now, changed); err != nil {
			if f.caught(err) {
				return s.renderDescribe(v, w, f, false)
			}
			return err
		}
	}
	path := "/toi/mo-ta?xem=1"
	if f.Has("moi", "1") {
		path += "&moi=1"
	}
	return v.done(path, "")
}

// proposals are what the words say, most certain first, none hidden and none ticked.
func (v *visit) proposals(w *market.Worker, f *Form) []proposalGroup {
	d := v.s.Tax.Describe(w.About)
	group := func(name, legend string, list []taxonomy.Proposal, word func(string) string, have func(string) bool) proposalGroup {
		g := proposalGroup{Name: name, Legend: v.T(legend)}
		for _, p := range list {
			text := word(p.ID)
			if p.Level != "" {
				text += " " + p.Level
			}
			if p.Months > 0 {
				text += ", " + v.T("describe.months", p.Months)
			}
			g.Lines = append(g.Lines, proposal{p.ID, text, w.About[p.Start:p.End], have(p.ID)})
		}
		return g
	}
	all := []proposalGroup{
		group("skill", "describe.skills", d.Skills, v.skill, func(id string) bool {
			return slices.ContainsFunc(w.Skills, func(h market.HeldSkill) bool { return h.ID == id })
		}),
		group("wish", "describe.jobs", d.Occupations, v.jobName, func(id string) bool {
			return slices.ContainsFunc(w.Wishes, func(h market.Wish) bool { return h.Occupation == id })
		}),
		group("certificate", "describe.certificates", d.Certificates, v.certificate, func(id string) bool {
			return slices.ContainsFunc(w.Certificates, func(h market.HeldCertificate) bool { return h.ID == id })
		}),
		group("language", "describe.languages", d.Languages, func(id string) string { return v.T("language." + id) }, func(id string) bool {
			return slices.ContainsFunc(w.Languages, func(h market.HeldLanguage) bool { return h.Language == id })
		}),
	}
	if spell := spellOf(w.About, d); spell.Months > 0 {
		text := v.T("describe.worked", spell.Months)
		if spell.Occupation != "" {
			text = v.T("describe.worked_as", v.jobName(spell.Occupation), spell.Months)
		}
		all = append(all, proposalGroup{"work", v.T("describe.work"), []proposal{{"1", text, w.About[d.MonthsStart:d.MonthsEnd], slices.Contains(w.History, spell)}}})
	}
	return slices.DeleteFunc(all, func(g proposalGroup) bool { return len(g.Lines) == 0 })
}

// jobName is an occupation by its everyday name, where it has one.
func (v *visit) jobName(code string) string {
	for _, tile := range v.tiles() {
		if tile.Value == code {
			return tile.Text
		}
	}
	return v.occupation(code)
}

// spellOf is the experience that was said, in the occupation it was said of.
func spellOf(text string, d taxonomy.Described) market.WorkSpell {
	spell := market.WorkSpell{Months: d.Months}
	for _, p := range d.Occupations {
		if p.Months == d.Months && spell.Occupation == "" {
			spell.Occupation = p.ID
		}
	}
	if d.MonthsEnd > d.MonthsStart {
		spell.Title = taxonomy.CleanLine(text[d.MonthsStart:d.MonthsEnd])
	}
	return spell
}

// takeDescribed adds what was ticked to the profile. Only what the stored words propose can be ticked.
func (s *Server) takeDescribed(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	f := v.form()
	said, n := v.ticked(f, w)
	if n == 0 {
		f.add(market.Bad("skill", "error.claims.none"))
		return s.renderDescribe(v, w, f, true)
	}
	if _, err := s.Desk.AddClaims(v.ctx, v.actor, v.now, w.ID, f.Rev, said); err != nil {
		if f.caught(err) {
			return s.renderDescribe(v, w, f, true)
		}
		return err
	}
	path := "/toi"
	if f.Has("moi", "1") {
		path += "?moi=1"
	}
	return v.done(path, "notice.saved")
}

// ticked gives what was proposed and ticked, and how many things that are.
func (v *visit) ticked(f *Form, w *market.Worker) (casework.Claims, int) {
	var said casework.Claims
	d, n := v.s.Tax.Describe(w.About), 0
	each := func(name string, list []taxonomy.Proposal, take func(taxonomy.Proposal)) {
		for _, p := range list {
			if f.Has(name, p.ID) {
				n++
				take(p)
			}
		}
	}
	each("skill", d.Skills, func(p taxonomy.Proposal) {
		said.Skills = append(said.Skills, market.HeldSkill{ID: p.ID, Months: p.Months})
	})
	each("wish", d.Occupations, func(p taxonomy.Proposal) {
		said.Wishes = append(said.Wishes, market.Wish{Occupation: p.ID, Title: v.jobName(p.ID)})
	})
	each("certificate", d.Certificates, func(p taxonomy.Proposal) {
		said.Certificates = append(said.Certificates, market.HeldCertificate{ID: p.ID, Level: p.Level})
	})
	each("language", d.Languages, func(p taxonomy.Proposal) { said.Languages = append(said.Languages, p.ID) })
	if spell := spellOf(w.About, d); spell.Months > 0 && f.Has("work", "1") {
		said.Work, n = append(said.Work, spell), n+1
	}
	return said, n
}

// Ticked reports whether a box was ticked when the form came back.
func (p *describePage) Ticked(name, value string) bool { return p.Form.Has(name, value) }
