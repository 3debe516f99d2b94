package web

import (
	"slices"
	"strings"

	"noiviec/internal/market"
)

// fold is one part of the profile form: what it says while it is closed, and whether it begins open.
type fold struct {
	Open bool
	Say  string
}

// foldFields are the fields of each part, so that a part with a problem stands open.
var foldFields = map[string][]string{
	"you":          {"name", "born", "phones", "phone_note", "commune", "commune_other", "hamlet", "citizen_id", "sex", "ethnicity"},
	"wish":         {"wish1", "wish2", "wishes", "pay", "mobility", "km"},
	"terms":        {"shift", "needs"},
	"skills":       {"skills"},
	"certificates": {"certificates"},
	"more":         {"schooling", "qualification", "languages", "about", "barriers", "priority"},
}

// pickedIn are the fields of each part that have a list to pick from.
var pickedIn = map[string][]string{"you": {"commune_other"}, "wish": {"wish1", "wish2"}, "skills": {"skill"}, "certificates": {"certificate"}}

// Fold tells a part of the form what it is to look like. Staff, who fill in for somebody, see all of it.
func (p *profilePage) Fold(part string) fold {
	f := fold{Say: p.said(part)}
	f.Open = p.Staff || p.Touched != "" && slices.Contains(pickedIn[part], p.Touched) || p.New && (part == "wish" || part == "skills") ||
		slices.ContainsFunc(foldFields[part], func(name string) bool { return p.Form.ErrorAt(name) != "" })
	if f.Say == "" {
		f.Say = p.T("profile.nothing_yet")
	}
	return f
}

// said sums up what a part holds in one line.
func (p *profilePage) said(part string) string {
	w, v := p.Worker, p.v
	var out []string
	add := func(texts ...string) {
		for _, text := range texts {
			if text != "" {
				out = append(out, text)
			}
		}
	}
	switch part {
	case "you":
		add(w.Name, p.Date(w.Born), strings.Join(w.Phones, ", "))
		if w.Commune != "" {
			add(v.place(market.Workplace{Commune: w.Commune}))
		}
	case "wish":
		for _, wish := range w.Wishes {
			add(v.wishWord(wish))
		}
		if len(w.Wishes) > 0 && w.Wishes[0].Pay.Min > 0 {
			add(p.Pay(w.Wishes[0].Pay))
		}
		add(p.Word("mobility", w.Mobility.Kind))
	case "terms":
		for _, wish := range w.Wishes[:min(len(w.Wishes), 1)] {
			for _, shift := range wish.Shift {
				add(p.Word("shift", shift))
			}
		}
		for _, need := range w.Needs {
			add(p.Word("benefit", need))
		}
	case "skills":
		for _, skill := range w.Skills {
			add(v.skill(skill.ID))
		}
	case "certificates":
		for _, c := range w.Certificates {
			add(v.certificate(c.ID))
		}
	case "more":
		add(v.entryOr("hoc-van", w.Schooling), v.entryOr("cmkt", w.Qualification))
		for _, l := range w.Languages {
			add(p.Word("language", l.Language))
		}
	}
	return strings.Join(out, " · ")
}

// entryOr words a code of a list, nothing for none.
func (v *visit) entryOr(list, code string) string {
	if code == "" {
		return ""
	}
	return v.entry(list, code)
}

// OldNames lists the communes of before 2025 that the person's commune was made of.
func (p *profilePage) OldNames() string {
	var out []string
	for _, place := range p.v.s.Tax.OldUnits(p.Worker.Commune) {
		if name := lowerFirst(place.Type) + " " + place.Name; !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// ConsentedOn is the day the person agreed that the centre keeps their data.
func (p *profilePage) ConsentedOn() market.Date { return market.DateOf(p.Worker.Consent.At) }
