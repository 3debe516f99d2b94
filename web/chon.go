package web

import (
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
)

// pickPage offers a list to pick from where somebody cannot or would not type. In a search the picks are links; in a
// form they are buttons that send back all that was typed.
type pickPage struct {
	Layout
	Form            *Form // nil in a search
	Field           string
	Kept            []carried
	Tiles           bool
	Choices, Groups []pick
	GroupsLabel     string
	Searched        string
	Back            string // of a search: the address as it was
}

// showPlaces is the list of places for the search: a commune of our own at once, others by their province.
func (s *Server) showPlaces(v *visit) error {
	q, _ := v.understood(v.query())
	group := v.Query("nhom")
	q.Del("nhom")
	p := &pickPage{Layout: v.layout("pick.place"), GroupsLabel: v.T("pick.provinces"), Back: searchPath(q, func(url.Values) {})}
	if group != "" && !s.Tax.HasProvince(group) {
		return market.Fail(market.NotFound, "error.not_found")
	}
	p.Choices, p.Groups = v.communePicks(group)
	for i := range p.Choices {
		p.Choices[i].Href = searchPath(q, func(q url.Values) { q.Set("xa", p.Choices[i].Value) })
	}
	for i := range p.Groups {
		p.Groups[i].Href = "/chon/noi" + strings.TrimPrefix(searchPath(q, func(q url.Values) { q.Set("nhom", p.Groups[i].Value) }), "/")
	}
	return v.render("chon", 200, p)
}

// pickTitles are the fields of the profile that can be picked for.
var pickTitles = map[string]string{
	"wish1": "pick.job", "wish2": "pick.job", "skill": "pick.skill", "certificate": "pick.certificate", "commune_other": "pick.place",
}

// pickForProfile shows the list for one field of the profile, with everything typed kept, and puts what is picked into
// the form. Nothing is stored before the form is saved.
func (s *Server) pickForProfile(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	f := v.form()
	field := f.Text("chon")
	title, known := pickTitles[field]
	if !known {
		return market.Bad("chon", "error.request")
	}
	picked, back := f.Text("lay"), f.Sent("thoi")
	if picked != "" || back {
		f.pick(field, picked)
		return s.renderPicked(v, w, f, field, picked)
	}
	p := &pickPage{Layout: v.layout(title), Form: f, Field: field, Kept: f.carried(), Searched: f.Text("tim")}
	p.Layout.Once = f.Layout.Once
	v.profilePicks(p, field, f.Text("nhom"))
	return v.render("chon", 200, p)
}

// profilePicks fills the lists of one field.
func (v *visit) profilePicks(p *pickPage, field, group string) {
	if kind := map[string]string{"wish1": "nghe", "wish2": "nghe", "skill": "ky-nang", "certificate": "chung-chi", "commune_other": "noi"}[field]; p.Searched != "" {
		for _, one := range v.suggestions(p.Searched, suggestKinds[kind], 3*mostSuggested) {
			p.Choices = append(p.Choices, pick{Value: one.Value, Text: one.Value, Hint: one.Hint, Count: -1})
		}
		return
	}
	switch field {
	case "wish1", "wish2":
		p.Tiles, p.Choices = true, v.tiles()
		for i := range p.Choices {
			p.Choices[i].Value = p.Choices[i].Text
		}
	case "commune_other":
		p.GroupsLabel = v.T("pick.provinces")
		p.Choices, p.Groups = v.communePicks(group)
	case "certificate":
		for _, c := range v.s.Tax.Certificates() {
			p.Choices = append(p.Choices, pick{Value: v.certificate(c.ID), Text: v.certificate(c.ID), Count: -1})
		}
		sortPicks(p.Choices)
	case "skill":
		p.GroupsLabel = v.T("pick.groups")
		p.Choices, p.Groups = v.skillPicks(group)
	}
}

// skillPicks are the groups of skills, and the skills of one.
func (v *visit) skillPicks(group string) (choices, groups []pick) {
	for _, skill := range v.s.Tax.Skills() {
		if skill.Group == group {
			choices = append(choices, pick{Value: v.skill(skill.ID), Text: v.skill(skill.ID), Count: -1})
		}
		if !slices.ContainsFunc(groups, func(p pick) bool { return p.Value == skill.Group }) {
			groups = append(groups, pick{Value: skill.Group, Text: v.known("skill_group."+skill.Group, skill.Group), Count: -1})
		}
	}
	sortPicks(choices)
	return choices, groups
}

// pick puts a name into a field: into the first empty row of a repeated one.
func (f *Form) pick(field, value string) {
	if value == "" {
		return
	}
	if field == "commune_other" {
		f.Values["commune"] = nil // the list above it must not say another place
	}
	if field != "skill" && field != "certificate" {
		f.Values[field] = []string{value}
		return
	}
	if slices.Contains(f.Values[field], value) {
		return
	}
	at := slices.IndexFunc(f.Values[field], func(held string) bool { return strings.TrimSpace(held) == "" })
	if at < 0 {
		f.Values[field] = append(f.Values[field], value)
		return
	}
	f.Values[field][at] = value
}

// carried lists what the form holds, to go along.
func (f *Form) carried() []carried {
	var out []carried
	for name, values := range f.Values {
		if strings.HasPrefix(name, "_") || slices.Contains([]string{"chon", "nhom", "lay", "thoi", "tim"}, name) {
			continue
		}
		for _, value := range values {
			out = append(out, carried{name, value})
		}
	}
	slices.SortStableFunc(out, func(a, b carried) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// renderPicked shows the profile's form again, as it was typed, with what was picked and a word that it is not saved.
func (s *Server) renderPicked(v *visit, w *market.Worker, f *Form, field, picked string) error {
	page := v.profilePage("profile.title", w, f)
	page.Touched = field
	if picked != "" {
		page.Notice = v.T("pick.put", picked)
	}
	return v.render("toi", 200, page)
}

// sortPicks orders by what is read, as a Vietnamese dictionary does.
func sortPicks(picks []pick) {
	options := make([]Option, len(picks))
	by := map[string]pick{}
	for i, p := range picks {
		options[i].Text, options[i].Value = p.Text, p.Value
		by[p.Value] = p
	}
	sortVietnamese(options)
	for i, o := range options {
		picks[i] = by[o.Value]
	}
}
