package web

import (
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// homePlace is what a visitor's words for the place where they live came to.
type homePlace struct {
	commune  string   // today's code, "" when none or several
	province string   // when a whole province was meant
	name     string   // what the field shows
	renamed  string   // a sentence: what the typed place is called now
	problem  string   // a sentence: why there is no commune
	choices  []string // full names, when several may be meant
}

// mostChoices bounds how many places of one name are offered.
const mostChoices = 8

// findHome reads a typed place: a name of today or of before 2025, with or without marks, or a code.
func (v *visit) findHome(text string) homePlace {
	text = strings.TrimSpace(text)
	if c, ok := v.s.Tax.Commune(text); ok {
		return homePlace{commune: c.Code, name: v.place(market.Workplace{Commune: c.Code})}
	}
	out := homePlace{name: text}
	if text == "" {
		return out
	}
	codes, places := v.communesMeant(text)
	switch {
	case len(codes) == 1:
		out.commune, out.renamed = codes[0], v.renamed(text, codes[0])
	case len(places) > 0 && (places[0].Kind == taxonomy.InProvince || places[0].Kind == taxonomy.InOldProvince):
		out.province = places[0].Province
	case len(codes) > 1:
		out.problem = v.T("search.several", text)
		for _, code := range codes[:min(len(codes), mostChoices)] {
			out.choices = append(out.choices, v.fullCommune(code))
		}
	default:
		out.problem = v.T("error.commune.unknown", text)
	}
	return out
}

// communesMeant gives today's communes that a typed name may mean; those of the centre's own province leave no
// others.
func (v *visit) communesMeant(text string) ([]string, []taxonomy.Place) {
	home := v.centre().Province
	var all, here []string
	places := v.s.Tax.FindPlaces(text)
	for _, place := range places {
		if place.Kind == taxonomy.InProvince || place.Kind == taxonomy.InOldProvince {
			continue
		}
		all = append(all, place.Communes...)
		if place.Province == home {
			here = append(here, place.Communes...)
		}
	}
	for _, place := range places { // a commune of today that bears the name goes before those that once did
		if place.Province == home && place.Kind == taxonomy.InCommune {
			here = place.Communes
		}
	}
	if len(here) > 0 {
		all = here
	}
	slices.Sort(all)
	return slices.Compact(all), places
}

// renamed says what a place is called now when it was typed by a name that it has no longer.
func (v *visit) renamed(text, code string) string {
	c, ok := v.s.Tax.Commune(code)
	if !ok || strings.Contains(taxonomy.Fold(text), taxonomy.Fold(c.Name)) {
		return ""
	}
	return v.T("search.renamed", text, v.fullCommune(code))
}

// fullCommune names a commune so that it can be typed and found again: "Xã Mường Phăng, tỉnh Điện Biên".
func (v *visit) fullCommune(code string) string {
	c, _ := v.s.Tax.Commune(code)
	p, _ := v.s.Tax.Province(c.Province)
	return c.Type + " " + c.Name + ", " + lowerFirst(p.FullName)
}

// communeNamed finds the commune somebody typed into a form, with or without marks, with or without the province;
// "" when nothing was typed. A code is taken as it is. Where several are meant the message names them.
func (v *visit) communeNamed(field, text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" || v.s.Tax.HasCommune(text) {
		return text, nil
	}
	codes, _ := v.communesMeant(text)
	switch len(codes) {
	case 0:
		return "", market.Bad(field, "error.commune.unknown", text)
	case 1:
		return codes[0], nil
	}
	names := make([]string, min(len(codes), mostChoices))
	for i := range names {
		names[i] = v.fullCommune(codes[i])
	}
	return "", market.Bad(field, "error.commune.many", text, strings.Join(names, "; "))
}

// readCommune reads the two inputs of the piece "commune": the list of the centre's own communes, and the line for
// any other place or an old name. One of them is needed; both must not differ.
func (v *visit) readCommune(f *Form) string {
	chosen, err := v.communeNamed("commune", f.Text("commune"))
	f.caught(err)
	typed, failed := v.communeNamed("commune", f.Text("commune_other"))
	f.caught(failed)
	switch {
	case err != nil || failed != nil:
	case chosen == "" && typed == "":
		key := "error.commune.required"
		if v.actor.Role.Staff() {
			key = "error.commune.theirs"
		}
		f.add(market.Bad("commune", key))
	case chosen != "" && typed != "" && chosen != typed:
		f.add(market.Bad("commune", "error.commune.both"))
	case typed != "":
		return typed
	}
	return chosen
}

// OtherCommune gives what stands in the line beside the list of communes: what was typed there, or what is no
// choice of the list.
func (f *Form) OtherCommune(list []Option) string {
	text := f.Text("commune_other")
	if text == "" && !slices.ContainsFunc(list, func(o Option) bool { return o.Value == f.Text("commune") }) {
		text = f.Text("commune")
	}
	return text
}

// communeValues fills the piece "commune" from a stored code.
func (v *visit) communeValues(values map[string][]string, code string) {
	c, ok := v.s.Tax.Commune(code)
	switch {
	case !ok:
	case c.Province == v.centre().Province:
		values["commune"] = []string{code}
	default:
		values["commune_other"] = []string{v.fullCommune(code)}
	}
}
