package matcher

import (
	"maps"
	"slices"
)

// hear takes codes of one of the vocabulary's lists.
type hear func(list func(*vocabulary) *terms, codes ...string)

// knowing gives the vocabulary itself if it knows every code that is said, else a copy that does. Numbers stay what
// they are, so rows packed with the one may be read with the other.
func (v *vocabulary) knowing(speak func(hear)) *vocabulary {
	out := v
	speak(func(list func(*vocabulary) *terms, codes ...string) {
		for _, code := range codes {
			if _, known := list(out).ids[code]; known || code == "" {
				continue
			}
			if out == v {
				out = v.clone()
			}
			list(out).id(code)
		}
	})
	if out != v {
		out.settle()
	}
	return out
}

func (v *vocabulary) clone() *vocabulary {
	out := *v
	for _, list := range []*terms{
		&out.occupations, &out.groups, &out.fields, &out.skills, &out.certificates, &out.communes, &out.provinces, &out.countries,
		&out.languages, &out.benefits, &out.shifts, &out.bars, &out.reasons,
	} {
		list.ids, list.words = maps.Clone(list.ids), slices.Clone(list.words)
	}
	out.province = slices.Clone(v.province)
	return &out
}

func inOccupations(v *vocabulary) *terms  { return &v.occupations }
func inSkills(v *vocabulary) *terms       { return &v.skills }
func inCertificates(v *vocabulary) *terms { return &v.certificates }
func inCommunes(v *vocabulary) *terms     { return &v.communes }
func inProvinces(v *vocabulary) *terms    { return &v.provinces }
func inCountries(v *vocabulary) *terms    { return &v.countries }
func inLanguages(v *vocabulary) *terms    { return &v.languages }
func inBenefits(v *vocabulary) *terms     { return &v.benefits }
func inShifts(v *vocabulary) *terms       { return &v.shifts }
func inBars(v *vocabulary) *terms         { return &v.bars }
func inReasons(v *vocabulary) *terms      { return &v.reasons }

func sayPlaces(say hear, list []Place) {
	for _, p := range list {
		say(inCommunes, p.Commune)
		say(inProvinces, p.Province)
		say(inCountries, p.Country)
	}
}

// wordsOfWorkers says every code that the workers name.
func wordsOfWorkers(list []Worker) func(hear) {
	return func(say hear) {
		for i := range list {
			list[i].words(say)
		}
	}
}

func (w *Worker) words(say hear) {
	sayPlaces(say, []Place{{Commune: w.Commune, Province: w.Province}})
	say(inProvinces, w.Mobility.Provinces...)
	say(inCountries, w.Mobility.Countries...)
	sayPlaces(say, w.Never)
	say(inBenefits, w.Needs...)
	say(inBars, w.BarredFrom...)
	for _, wish := range w.Wishes {
		say(inOccupations, wish.Occupation)
		sayPlaces(say, wish.Places)
		say(inShifts, wish.Shifts...)
		say(inBenefits, wish.Benefits...)
	}
	for _, s := range w.Skills {
		say(inSkills, s.ID)
	}
	for _, c := range w.Certificates {
		say(inCertificates, c.ID)
	}
	for _, l := range w.Languages {
		say(inLanguages, l.ID)
	}
	for _, e := range w.Experience {
		say(inOccupations, e.Occupation)
	}
	for _, r := range slices.Concat(w.RefusedPostings, w.RefusedEmployers) {
		say(inReasons, r.Reason)
	}
}

// wordsOfPostings says every code that the postings name.
func wordsOfPostings(list []Posting) func(hear) {
	return func(say hear) {
		for i := range list {
			list[i].words(say)
		}
	}
}

func (p *Posting) words(say hear) {
	say(inOccupations, p.Occupation)
	sayPlaces(say, p.Workplaces)
	say(inBenefits, p.Benefits...)
	say(inShifts, p.Shift)
	say(inBars, p.Bars...)
	for _, s := range p.Skills {
		say(inSkills, s.ID)
	}
	for _, c := range p.Certificates {
		say(inCertificates, c.ID)
	}
	for _, l := range p.Languages {
		say(inLanguages, l.ID)
	}
}
