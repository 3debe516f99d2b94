package web

import (
	"strings"

	"noiviec/internal/market"
)

// place words one workplace: "Phường Quế Võ, tỉnh Bắc Ninh".
func (v *visit) place(w market.Workplace) string {
	tax := v.s.Tax
	switch {
	case w.Nationwide:
		return v.T("place.nationwide")
	case w.Commune != "":
		c, ok := tax.Commune(w.Commune)
		if !ok {
			return w.Stated
		}
		name := c.Type + " " + c.Name
		if c.Province != v.centre().Province {
			if p, ok := tax.Province(c.Province); ok {
				name += ", " + lowerFirst(p.FullName)
			}
		}
		return name
	case w.Province != "":
		p, ok := tax.Province(w.Province)
		if !ok {
			return w.Stated
		}
		if v.lang == "en" {
			return p.EN
		}
		return p.FullName
	case w.Country != "":
		c, ok := tax.Country(w.Country)
		if !ok {
			return w.Country
		}
		if v.lang == "en" && c.EN != "" {
			return c.EN
		}
		return c.Name
	}
	return w.Stated
}

func lowerFirst(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToLower(s[:i]) + s[i:]
		}
	}
	return strings.ToLower(s)
}

// leftOver ends official titles of what stands nowhere else; it tells nobody anything.
const leftOver, leftOverEN = " chưa được phân vào đâu", " not elsewhere classified"

// occupation names an occupation, a group or a field; in English where it has a name of its own there.
func (v *visit) occupation(code string) string {
	if o, ok := v.s.Tax.Occupation(code); ok && v.lang == "en" && o.EN != "" {
		return strings.TrimSuffix(o.EN, leftOverEN)
	}
	return v.occupationTyped(code)
}

// occupationTyped is the name as a field holds it and as it is understood again, whatever the page's language.
func (v *visit) occupationTyped(code string) string {
	if o, ok := v.s.Tax.Occupation(code); ok {
		return strings.TrimSuffix(o.Title, leftOver)
	}
	if name := v.s.Tax.GroupName(code); name != "" {
		return name
	}
	return code
}

func (v *visit) skill(id string) string {
	s, ok := v.s.Tax.Skill(id)
	return v.named(id, ok, s.Name, s.EN)
}

func (v *visit) certificate(id string) string {
	c, ok := v.s.Tax.Certificate(id)
	return v.named(id, ok, c.Name, c.EN)
}

// named gives the name of an entry of the lists in the visitor's language; what is not known shows its id.
func (v *visit) named(id string, known bool, name, en string) string {
	switch {
	case !known:
		return id
	case v.lang == "en" && en != "":
		return en
	}
	return upperFirst(name)
}

func upperFirst(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
	}
	return strings.ToUpper(s)
}

// entry words a code of one of the official forms' lists.
func (v *visit) entry(list, code string) string {
	e, ok := v.s.Tax.Entry(list, code)
	switch {
	case !ok:
		return code
	case v.lang == "en" && e.EN != "":
		return e.EN
	}
	return e.Label
}

// entries gives a list of the official forms as options.
func (v *visit) entries(list string) []Option {
	var out []Option
	for _, e := range v.s.Tax.Entries(list) {
		out = append(out, Option{Value: e.Code, Text: v.entry(list, e.Code)})
	}
	return out
}

// Occupation, Skill, Certificate, Place and Entry word codes in templates.
func (l Layout) Occupation(code string) string   { return l.v.occupation(code) }
func (l Layout) Skill(id string) string          { return l.v.skill(id) }
func (l Layout) Certificate(id string) string    { return l.v.certificate(id) }
func (l Layout) Place(w market.Workplace) string { return l.v.place(w) }
func (l Layout) Entry(list, code string) string  { return l.v.entry(list, code) }
