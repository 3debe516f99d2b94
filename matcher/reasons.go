package matcher

import "math/bits"

// The reasons of the wish's parts. Every code is listed, with its arguments, in the package's documentation.

func (e *explainer) wish() *wishRow { return &e.x.w.wishes[e.s.chosen] }

func (e *explainer) occupation() Reason {
	v := e.m.vocabulary
	wished, offered := v.occupations.words[e.wish().occupation], v.occupations.words[e.x.p.occupation]
	closeness := e.x.closeness[e.s.chosen]
	args := []string{offered, wished}
	switch {
	case closeness == noCloseness && e.x.p.occupation == 0:
		return Reason{"occupation_not_stated", nil}
	case closeness == noCloseness:
		return Reason{"occupation_no_wish", args[:1]}
	case e.wish().source == fromExperience && e.points(partOccupation) > e.m.weights.OccupationUnknown:
		return Reason{"occupation_worked_in", args}
	case e.wish().source == fromExperience:
		return Reason{"occupation_no_wish", args[:1]}
	case closeness == 100 && e.wish().source == fromSecond:
		return Reason{"occupation_second", args}
	case closeness == 100:
		return Reason{"occupation_exact", args}
	case e.linked():
		return Reason{"occupation_related", append(args, itoa(closeness))}
	case v.group[e.x.p.occupation] != 0 && v.group[e.x.p.occupation] == v.group[e.wish().occupation]:
		return Reason{"occupation_group", args}
	case closeness > 0:
		return Reason{"occupation_field", args}
	}
	return Reason{"occupation_other", args}
}

// linked reports whether a link, and not the shared group or field, makes the occupations close.
func (e *explainer) linked() bool {
	for _, link := range e.m.vocabulary.related.of(e.wish().occupation) {
		if link.to == e.x.p.occupation {
			return min(int(link.percent), e.m.weights.Related) == int(e.x.closeness[e.s.chosen])
		}
	}
	return false
}

func (e *explainer) sites() []site { return e.m.postings.siteSets[e.x.p.sites] }

func (e *explainer) homing() *homing { return &e.m.workers.homings[e.x.w.homing] }

// siteName gives the code of a place: commune, province or country, "" for the others.
func (e *explainer) siteName(s site) string {
	v := e.m.vocabulary
	switch s.kind {
	case siteCommune:
		return v.communes.words[s.commune]
	case siteProvince:
		return v.provinces.words[s.province]
	case siteCountry:
		return v.countries.words[s.country]
	}
	return ""
}

// place names the workplace that counts and, when it is known, its distance.
func (e *explainer) place() Reason {
	placing := &e.x.placing
	s := e.sites()[placing.at[e.s.chosen]]
	if placing.far {
		s = e.nearest()
	}
	return Reason{placeCodes[placing.code[e.s.chosen]], []string{e.siteName(s), e.km(s)}}
}

func (e *explainer) km(s site) string {
	if km := e.m.vocabulary.km(e.homing(), s); km != unknownKm {
		return itoa(km)
	}
	return ""
}

// nearest is the workplace closest to home that the person has not ruled out, the first where no distance
// is known.
func (e *explainer) nearest() site {
	best, least := e.sites()[0], unknownKm+1
	for _, s := range e.sites() {
		if km := int(e.m.vocabulary.km(e.homing(), s)); km < least && !withinAny(s, e.homing().never) {
			best, least = s, km
		}
	}
	return best
}

func (e *explainer) pay() Reason {
	floor, least, most := e.wish().floor, e.x.p.payMin, e.x.p.payMax
	switch {
	case least == 0 && most == 0:
		return Reason{"pay_not_stated", nil}
	case floor == 0:
		return Reason{"pay_no_floor", []string{itoa(least), itoa(most)}}
	case least >= floor:
		return Reason{"pay_above", []string{itoa(least - floor), itoa(least), itoa(most)}}
	case most == 0:
		return Reason{"pay_from_below", []string{itoa(floor - least), itoa(least)}}
	case most < floor:
		return Reason{"pay_below", []string{itoa(floor - most), itoa(most)}}
	case least == 0:
		return Reason{"pay_up_to", []string{itoa(most)}}
	}
	return Reason{"pay_partly", []string{itoa(floor), itoa(least), itoa(most)}}
}

// wanted gives the benefits wished and needed here, without those not needed close to home.
func (e *explainer) wanted() (wants, needs uint32) {
	wants, needs = e.wish().benefits, e.x.w.needs
	if e.x.placing.near {
		wants, needs = wants&^e.m.vocabulary.away, needs&^e.m.vocabulary.away
	}
	return wants, needs
}

func (e *explainer) benefitNames(set uint32) []string {
	var names []string
	for ; set != 0; set &= set - 1 {
		names = append(names, e.m.vocabulary.benefits.words[bits.TrailingZeros32(set)+1])
	}
	return sorted(names)
}

func (e *explainer) benefits() Reason {
	wants, needs := e.wanted()
	all, given := wants|needs, (wants|needs)&e.x.p.benefits
	switch {
	case all == 0:
		return Reason{"benefits_not_asked", nil}
	case given == all:
		return Reason{"benefits_all", e.benefitNames(all)}
	case given != 0:
		return Reason{"benefits_some", e.benefitNames(given)}
	case e.x.p.complete:
		return Reason{"benefits_none", e.benefitNames(all)}
	}
	return Reason{"benefits_not_stated", e.benefitNames(all)}
}

func (e *explainer) shift() Reason {
	shift := ""
	if e.x.p.shift != 0 {
		shift = e.m.vocabulary.shifts.words[bits.TrailingZeros32(e.x.p.shift)+1]
	}
	switch {
	case e.x.p.shift == 0 && e.wish().shifts == 0:
		return Reason{"shift_not_asked", nil}
	case e.x.p.shift == 0:
		return Reason{"shift_not_stated", nil}
	case e.wish().shifts == 0:
		return Reason{"shift_not_asked", []string{shift}}
	case e.wish().shifts&e.x.p.shift != 0:
		return Reason{"shift_wanted", []string{shift}}
	}
	return Reason{"shift_unwanted", []string{shift}}
}

func (e *explainer) conditions() Reason {
	w := &e.m.weights
	switch points := e.points(partConditions); {
	case !haveCommon(e.wish().conditions, e.x.p.conditions):
		return Reason{"conditions_not_stated", nil}
	case points == w.Conditions:
		return Reason{"conditions_met", nil}
	case points == 0:
		return Reason{"conditions_not_met", nil}
	}
	return Reason{"conditions_partly", nil}
}

// haveCommon reports whether some working condition is stated on both sides.
func haveCommon(a, b uint16) bool {
	for ; a != 0 && b != 0; a, b = a>>2, b>>2 {
		if a&3 != 0 && b&3 != 0 {
			return true
		}
	}
	return false
}
