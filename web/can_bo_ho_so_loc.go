package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/search"
)

// listedWorkers are the states that can be found; merged, withdrawn and anonymised people are not in the index.
var listedWorkers = []string{string(market.WorkerSeeking), string(market.WorkerPaused), string(market.WorkerEmployed)}

// peopleFacets in the order of the page: query name, facet, label key, most values shown.
var peopleFacets = []struct {
	name, facet, legend string
	most                int
}{
	{"trang-thai", search.FacetStates, "people.state", 3},
	{"nghe", search.FacetOccupations, "people.wish", 6},
	{"noi", search.FacetCommunes, "people.commune", 8},
	{"tinh", search.FacetProvinces, "people.province", 4},
	{"di", search.FacetMobility, "people.mobility", 6},
	{"kynang", search.FacetSkills, "facet.skills", 8},
	{"chungchi", search.FacetCertificates, "people.certificates", 6},
}

// Filters of people with one value: how well skills are known, how good they are, the day certificates must be valid
// on, the posting that people are looked for, and how far from its workplace.
const (
	byEvidence = "bang"
	byLevel    = "bac"
	byDay      = "ngay"
	byTin      = "tin"
	byKm       = "km"
)

// poolNames are the values of the address that make up a saved list.
func poolNames() []string {
	names := []string{"q", byEvidence, byLevel, byDay, byTin, byKm}
	for _, f := range peopleFacets {
		names = append(names, f.name)
	}
	return names
}

// peoplePath gives the address of the list of people with its values changed, from its first page.
func peoplePath(q url.Values, change func(url.Values)) string {
	return peopleHome + strings.TrimPrefix(searchPath(q, change), "/")
}

// peopleQuery turns the address into a search of workers; p is the posting they are looked for, or nil.
func (v *visit) peopleQuery(q url.Values, p *market.Posting) search.Query {
	states := slices.DeleteFunc(slices.Clone(q["trang-thai"]), func(s string) bool { return !slices.Contains(listedWorkers, s) })
	if len(states) == 0 {
		states = listedWorkers
	}
	out := search.Query{
		Centre: v.s.Centre, Kind: search.Worker, Text: q.Get("q"), Province: v.centre().Province, Today: v.today, Facets: true, Offset: (v.page() - 1) * peopleSize, Limit: peopleSize,
		Filters: search.Filters{States: states, Communes: filled(q["noi"]), Provinces: filled(q["tinh"]), Occupations: filled(q["nghe"]), Skills: filled(q["kynang"]),
			Certificates: filled(q["chungchi"]), CertificateOn: v.certificateDay(q), Mobility: filled(q["di"])},
	}
	if e := market.Evidence(q.Get(byEvidence)); slices.Contains(search.Evidences, e) {
		out.Filters.Evidence = e
	}
	if level, err := strconv.Atoi(q.Get(byLevel)); err == nil && level > 0 && level <= market.SkillExpert {
		out.Filters.SkillLevel = level
	}
	if p != nil {
		out.Filters.NearCommune = workplaceCommune(*p)
		if km, err := strconv.Atoi(q.Get(byKm)); err == nil && km > 0 {
			out.Filters.Km = min(km, 500)
		}
	}
	return out
}

// certificateDay is the day that certificates must be valid on: the one asked for, else today.
func (v *visit) certificateDay(q url.Values) market.Date {
	if day, err := market.ParseDate(byDay, q.Get(byDay)); err == nil && day.Whole() {
		return day
	}
	return v.today
}

// filled drops the empty values of a filter: nothing was chosen there.
func filled(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}

// hiddenValue is a value of the address that a form carries along.
type hiddenValue struct{ Name, Value string }

// filters fills the fields of the filters with one value, and what the forms carry along.
func (p *peoplePage) filters(v *visit, q url.Values) {
	f := v.blank(0, map[string][]string{byEvidence: {q.Get(byEvidence)}, byLevel: {q.Get(byLevel)}, byKm: {q.Get(byKm)}, byDay: {q.Get(byDay)}})
	if day := q.Get(byDay); day != "" {
		if on, err := market.ParseDate(byDay, day); err != nil || !on.Whole() {
			f.add(market.Bad(byDay, "error.date", day))
		}
	}
	p.Evidence = f.Choose(byEvidence, "people.evidence", append([]Option{{Text: v.T("facet.any")}}, v.options("evidence", []string{string(market.Confirmed), string(market.Certified)})...))
	p.Level = f.Choose(byLevel, "people.level", append([]Option{{Text: v.T("facet.any")}}, v.options("level.skill", []string{"1", "2", "3"})...))
	p.On = f.Field(byDay, "people.valid_on", "people.valid_on_hint")
	if p.For != nil && workplaceCommune(*p.For) != "" {
		p.Km = f.Choose(byKm, "people.km", []Option{{Text: v.T("facet.any")}, {Value: "10", Text: v.T("facet.km", 10)}, {Value: "20", Text: v.T("facet.km", 20)}, {Value: "50", Text: v.T("facet.km", 50)}, {Value: "100", Text: v.T("facet.km", 100)}})
	}
	kept := url.Values{}
	for _, name := range poolNames() {
		if values := filled(q[name]); len(values) > 0 {
			kept[name] = values
		}
	}
	p.Save = kept.Encode()
	p.Here = peopleHome + "?" + v.query().Encode()
	for _, name := range []string{byTin, "ds"} {
		if q.Get(name) != "" {
			p.Kept = append(p.Kept, hiddenValue{name, q.Get(name)})
		}
	}
}

// understood words what the index made of the typed text, and what to leave out where nobody was found.
func (p *peoplePage) understood(v *visit, q url.Values, found search.Result) {
	onPeople := func(href string) string { return peopleHome + strings.TrimPrefix(href, "/") }
	for _, c := range v.readChips(q, found) {
		if c.Without = onPeople(c.Without); c.Only != "" {
			c.Only, c.Note = onPeople(c.Only), v.T("people.near_first")
		}
		p.Read = append(p.Read, c)
	}
	for _, c := range maybe(q, found.Maybe) {
		p.Maybe = append(p.Maybe, chip{c.Text, onPeople(c.Href)})
	}
	for _, w := range found.Without {
		if w.Chip != nil {
			p.Wider = append(p.Wider, wider{v.T("search.without", "“"+v.readWords(*w.Chip)+"”"), onPeople(withText(q, w.Chip.Without)), w.Count})
			continue
		}
		names := peopleParams(w.Filter)
		var words []string
		for _, name := range names {
			for _, code := range filled(q[name]) {
				words = append(words, lowerFirst(v.peopleWord(name, code)))
			}
		}
		href := peoplePath(q, func(q url.Values) {
			for _, name := range names {
				q.Del(name)
			}
		})
		p.Wider = append(p.Wider, wider{v.T("search.without", "“"+strings.Join(words, ", ")+"”"), href, w.Count})
	}
}

// peopleParams gives the names that a filter of the index has in the address.
func peopleParams(facet string) []string {
	switch facet {
	case search.FilterNear:
		return []string{byKm}
	case search.FilterEvidence:
		return []string{byEvidence, byLevel}
	}
	for _, f := range peopleFacets {
		if f.facet == facet {
			return []string{f.name}
		}
	}
	return nil
}

// peopleGroups lists each filter's values: those that are on, then the most frequent.
func (v *visit) peopleGroups(q url.Values, found search.Result) []facetGroup {
	var out []facetGroup
	for _, f := range peopleFacets {
		group := facetGroup{Name: f.name, Legend: v.T(f.legend)}
		for _, c := range found.Facets[f.facet] {
			if on := slices.Contains(q[f.name], c.Code); on || c.Count > 0 && len(group.Options) < f.most {
				group.Options = append(group.Options, facetOption{c.Code, v.peopleWord(f.name, c.Code), c.Count, on})
			}
		}
		if len(group.Options) > 0 {
			out = append(out, group)
		}
	}
	return out
}

// peopleWord words one value of a filter.
func (v *visit) peopleWord(name, code string) string {
	switch name {
	case "trang-thai":
		return upperFirst(v.known("state.worker."+code, code))
	case "di":
		return v.known("mobility."+code, code)
	case byEvidence:
		return v.known("evidence."+code, code)
	case byLevel:
		return v.known("level.skill."+code, code)
	case byDay:
		day, err := market.ParseDate(byDay, code)
		if err != nil {
			return code
		}
		return v.T("people.valid_chip", day)
	}
	return v.facetWord(name, code)
}

// peopleChips lists what is filtered by, each with the address without it.
func (v *visit) peopleChips(q url.Values, posting *market.Posting) []chip {
	var out []chip
	for _, name := range poolNames() {
		if name == "q" || name == byTin || name == byKm && (posting == nil || workplaceCommune(*posting) == "") {
			continue
		}
		for i, code := range q[name] {
			if code != "" {
				out = append(out, chip{v.peopleWord(name, code), peoplePath(q, func(q url.Values) { q[name] = slices.Delete(q[name], i, i+1) })})
			}
		}
	}
	return out
}

// hitPeople loads the people of hits, each with what it answers with.
func (v *visit) hitPeople(p *peoplePage, hits []search.Hit, look market.PoolLook) ([]personRow, error) {
	var out []personRow
	for _, hit := range hits {
		w, err := load[market.Worker](v, hit.ID)
		if market.KindOf(err) == market.NotFound {
			continue // gone since it was indexed
		}
		if err != nil {
			return nil, err
		}
		row := v.personRow(w)
		row.Match, row.New = v.matched(hit.Why), p.List != nil && look.NewNow(w.ID)
		row.Pick, row.Picked = w.Available(), p.Form.Has("worker", string(w.ID))
		if p.For != nil {
			if km, ok := v.s.Tax.DistanceKm(w.Commune, workplaceCommune(*p.For)); ok {
				row.Km = v.T("people.away", int(math.Round(km)))
				if w.Commune == workplaceCommune(*p.For) {
					row.Km = v.T("people.away_none")
				}
			}
		}
		out = append(out, row)
	}
	if p.For == nil || p.Closed { // a vacancy that is not shown fails for everybody alike: the page says it once
		return out, nil
	}
	return out, v.standPeople(out, *p.For)
}

// standPeople says of each person in a list how they stand to a vacancy.
func (v *visit) standPeople(rows []personRow, p market.Posting) error {
	people := make([]market.Worker, len(rows))
	for i := range rows {
		people[i] = rows[i].Worker
	}
	stands, err := v.standings(people, []market.Posting{p})
	for i, stand := range stands {
		rows[i].Stand = stand
	}
	return err
}
