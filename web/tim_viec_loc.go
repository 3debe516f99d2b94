package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/search"
)

// facetGroup is one filter with its values and how many results each would leave.
type facetGroup struct {
	Name, Legend string
	Radio        bool
	Options      []facetOption
}

type facetOption struct {
	Value, Text string
	Count       int
	On          bool
}

// chip is a filter that is on, with the address without it.
type chip struct{ Text, Href string }

// facets in the order of the page: query name, facet, label key, one value only.
var facets = []struct {
	name, facet, legend string
	radio               bool
}{
	{"tinh", search.FacetProvinces, "facet.province", false},
	{"noi", search.FacetCommunes, "facet.commune", false},
	{"luong", search.FacetPay, "facet.pay", true},
	{"cd", search.FacetBenefits, "facet.benefits", false},
	{"kn", search.FacetExperience, "facet.experience", false},
	{"ca", search.FacetShift, "facet.shift", true},
	{"nghe", search.FacetOccupations, "facet.occupation", false},
	{"kynang", search.FacetSkills, "facet.skills", false},
	{"chungchi", search.FacetCertificates, "facet.certificates", false},
	{"nuoc", search.FacetAbroad, "facet.abroad", false},
}

// facetGroups lists each filter's values: those that are on, then the most frequent.
func (v *visit) facetGroups(q url.Values, query search.Query, found search.Result) []facetGroup {
	var out []facetGroup
	if near := v.nearGroup(q, query); near.Name != "" {
		out = append(out, near)
	}
	for _, f := range facets {
		group := facetGroup{Name: f.name, Legend: v.T(f.legend), Radio: f.radio}
		if f.radio {
			group.Options = append(group.Options, facetOption{Value: "", Text: v.T("facet.any"), Count: -1, On: q.Get(f.name) == ""})
		}
		counts := found.Facets[f.facet]
		for _, c := range counts {
			on := slices.Contains(q[f.name], c.Code)
			if on || c.Count > 0 && len(group.Options) < mostOptions {
				group.Options = append(group.Options, facetOption{c.Code, v.facetWord(f.name, c.Code), c.Count, on})
			}
		}
		if len(group.Options) > 1 || len(group.Options) == 1 && !f.radio {
			out = append(out, group)
		}
	}
	return out
}

// nearGroup offers distances once we know where the visitor lives, each counted by its own search.
func (v *visit) nearGroup(q url.Values, query search.Query) facetGroup {
	home := v.findHome(q.Get("xa")).commune
	if home == "" || v.s.Index == nil {
		return facetGroup{}
	}
	group := facetGroup{Name: "km", Legend: v.T("facet.near"), Radio: true,
		Options: []facetOption{{Value: "", Text: v.T("facet.any"), Count: -1, On: q.Get("km") == ""}}}
	for _, distance := range []int{10, 20, 50} {
		query.Filters.NearCommune, query.Filters.Km = home, distance
		query.Facets, query.Offset, query.Limit = false, 0, 1
		found, err := v.s.find(v, query)
		if err != nil {
			return facetGroup{}
		}
		value := strconv.Itoa(distance)
		group.Options = append(group.Options, facetOption{value, v.T("facet.km", distance), found.Total, q.Get("km") == value})
	}
	return group
}

// facetWord words one value of a filter.
func (v *visit) facetWord(name, code string) string {
	switch name {
	case "tinh":
		if code == search.Nationwide {
			return v.T("place.nationwide")
		}
		return v.place(market.Workplace{Province: code})
	case "noi":
		return v.place(market.Workplace{Commune: code})
	case "luong":
		n, _ := strconv.ParseInt(code, 10, 64)
		return v.T("facet.pay_from", n)
	case "cd":
		return v.known("benefit."+code, code)
	case "ca":
		return v.known("shift."+code, code)
	case "kn":
		return v.T("facet.no_experience")
	case "nghe":
		return v.occupation(code)
	case "kynang":
		return v.skill(code)
	case "chungchi":
		return v.certificate(code)
	case "nuoc":
		return v.place(market.Workplace{Country: code})
	case "km":
		n, _ := strconv.Atoi(code)
		return v.T("facet.km", n)
	}
	return code
}

// known words a key that may not exist, as with codes typed into an address.
func (v *visit) known(key, fallback string) string {
	if text, ok := v.s.words[v.lang][key]; ok {
		return text
	}
	return fallback
}

// chips lists what is filtered by, each with the address without it.
func (v *visit) chips(q url.Values) []chip {
	var out []chip
	for _, name := range filterNames() {
		for i, code := range q[name] {
			if code == "" || name == "km" && q.Get("xa") == "" {
				continue
			}
			without := searchPath(q, func(q url.Values) { q[name] = slices.Delete(q[name], i, i+1) })
			out = append(out, chip{v.facetWord(name, code), without})
		}
	}
	return out
}

// filterNames lists the filters in the order of the page.
func filterNames() []string {
	names := []string{"km"}
	for _, f := range facets {
		names = append(names, f.name)
	}
	return names
}

func clearFilters(q url.Values) string {
	return searchPath(q, func(q url.Values) {
		for _, name := range filterNames() {
			q.Del(name)
		}
	})
}

// understood takes out of the address what no filter can mean, and words it for the visitor; "" when all was
// understood.
func (v *visit) understood(q url.Values) (url.Values, string) {
	var strange []string
	for _, name := range append(filterNames(), "trang") {
		q[name] = slices.DeleteFunc(q[name], func(code string) bool {
			if code == "" || v.filterKnown(name, code) {
				return false
			}
			if len([]rune(code)) > mostQuoted {
				code = string([]rune(code)[:mostQuoted]) + "…"
			}
			strange = append(strange, "“"+strings.ToValidUTF8(code, "\uFFFD")+"”")
			return true
		})
		if len(q[name]) == 0 {
			delete(q, name)
		}
	}
	if len(strange) == 0 {
		return q, ""
	}
	return q, v.T("search.ignored", strings.Join(strange[:min(len(strange), 3)], ", "))
}

// mostQuoted is how many letters of a strange value are repeated to the visitor.
const mostQuoted = 30

// filterKnown reports whether a filter can have a value.
func (v *visit) filterKnown(name, code string) bool {
	tax := v.s.Tax
	switch name {
	case "tinh":
		return code == search.Nationwide || tax.HasProvince(code)
	case "noi":
		return tax.HasCommune(code)
	case "luong", "km", "trang":
		n, err := strconv.Atoi(code)
		return err == nil && n > 0
	case "cd":
		return slices.Contains(market.Benefits, code)
	case "ca":
		return slices.Contains(market.Shifts, code)
	case "kn":
		return code == "none"
	case "nghe":
		return tax.HasOccupation(code) || tax.GroupName(code) != ""
	case "kynang":
		return tax.HasSkill(code)
	case "chungchi":
		return tax.HasCertificate(code)
	case "nuoc":
		return code == "*" || tax.HasCountry(code)
	}
	return false
}
