package search

import (
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// document is what Bleve gets: its field names are the mapping's.
type document map[string]any

// ofPosting prepares a posting.
func ofPosting(p *market.Posting, lex *taxonomy.Taxonomy) document {
	d := draft{row: row{
		id: string(p.ID), centre: string(p.Centre), rev: p.Rev, kind: Posting, title: p.Title, state: string(p.State),
		shown: p.State == market.PostingOpen && p.Left() > 0 && len(p.Reports) < 2, deadline: p.Deadline,
		noviceOK: p.MinMonths == 0, fresh: freshness(p),
	}}
	d.least, d.most, _ = p.Pay.Monthly(rate(p.Pay))
	for _, r := range p.Requirements {
		switch r.Kind {
		case "skill":
			d.addCode(groupSkills, r.ID)
		case "certificate":
			if !slices.Contains(d.words[groupCertificates], r.ID) {
				d.words[groupCertificates] = append(d.words[groupCertificates], r.ID)
				d.until = append(d.until, "")
			}
		}
	}
	for _, w := range p.Workplaces {
		d.addPlace(w, lex)
	}
	d.addCode(groupOccupations, p.Occupation)
	d.addCodes(groupBenefits, p.Benefits)
	d.addCode(groupShift, p.Shift)
	body, other := []string{p.ExperienceStated}, []string{p.EmployerName, p.PlaceStated}
	for _, part := range lex.Passages(p.Text) {
		if text := p.Text[part.Start:part.End]; part.Kind == market.SectionCompany {
			other = append(other, text) // what the firm is, is not what the work is
		} else {
			body = append(body, text)
		}
	}
	read := p.Tags
	if read == nil {
		read = lex.Tags(p.Title, p.Text)
	}
	for _, t := range read {
		if t.Decided == market.TagDropped {
			continue
		}
		d.addTag(t, lex)
	}
	return d.document(lex, p.Title, body, other)
}

func freshness(p *market.Posting) int64 {
	if !p.OpenedAt.IsZero() {
		return p.OpenedAt.UnixMilli()
	}
	if p.RecordedAt.IsZero() {
		return 0
	}
	return p.RecordedAt.UnixMilli()
}

// rate turns pay into đồng: other currencies need a dated rate, which the index has not, and count as unknown.
func rate(p market.Pay) float64 {
	if p.Currency == "VND" {
		return 1
	}
	return 0
}

// ofWorker prepares a worker. Sex, ethnicity, priority, barriers, phones and citizen ID are not indexed.
func ofWorker(w *market.Worker, lex *taxonomy.Taxonomy) document {
	d := draft{row: row{
		id: string(w.ID), centre: string(w.Centre), rev: w.Rev, kind: Worker, title: w.Name, state: string(w.State),
		shown: w.Available(), noviceOK: len(w.History) == 0,
	}}
	if !w.RecordedAt.IsZero() {
		d.fresh = w.RecordedAt.UnixMilli()
	}
	body, other := []string{w.About}, []string{w.Name, w.Hamlet}
	var wants []string // what they want to do is to people what a title is to a posting
	for _, s := range w.Skills {
		d.addSkill(s)
	}
	d.addCode(groupMobility, string(w.Mobility.Kind))
	for _, c := range w.Certificates {
		d.words[groupCertificates] = append(d.words[groupCertificates], c.ID)
		d.until = append(d.until, c.Expires)
	}
	d.addPlace(market.Workplace{Commune: w.Commune}, lex)
	for _, wish := range w.Wishes {
		d.addCode(groupOccupations, wish.Occupation)
		d.addCodes(groupShift, wish.Shift)
		wants = append(wants, wish.Title)
	}
	for _, h := range w.History {
		d.addCode(groupOccupations, h.Occupation)
		body, other = append(body, h.Title), append(other, h.Employer)
	}
	if len(w.Wishes) > 0 {
		d.least, d.most, _ = w.Wishes[0].Pay.Monthly(rate(w.Wishes[0].Pay))
	}
	d.addCodes(groupBenefits, w.Needs)
	if w.Mobility.Kind == market.Abroad {
		d.addCodes(groupAbroad, w.Mobility.Countries)
		d.addCode(groupAbroad, "*")
	}
	d.addRead(0, lex.Recognise(strings.Join(wants, "\n")), lex)
	d.addRead(1, lex.Recognise(strings.Join(append(body, wants...), " . ")), lex) // "B2" is a licence beside "lái xe"
	return d.document(lex, strings.Join(wants, "\n"), body, other)
}

func (d *draft) addCode(group int, code string) {
	if code != "" && !slices.Contains(d.words[group], code) {
		d.words[group] = append(d.words[group], code)
	}
}

// addSkill adds a person's skill with how it is known; noted twice, it counts as the better of the two.
func (d *draft) addSkill(s market.HeldSkill) {
	if s.ID == "" {
		return
	}
	if at := slices.Index(d.words[groupSkills], s.ID); at >= 0 {
		d.proofs[at] = d.proofs[at].better(proofOf(s))
		return
	}
	d.words[groupSkills], d.proofs = append(d.words[groupSkills], s.ID), append(d.proofs, proofOf(s))
}

func (d *draft) addCodes(group int, codes []string) {
	for _, code := range codes {
		d.addCode(group, code)
	}
}

func (d *draft) addPlace(w market.Workplace, lex *taxonomy.Taxonomy) {
	d.addCode(groupCommunes, w.Commune)
	if c, ok := lex.Commune(w.Commune); ok {
		d.addCode(groupProvinces, c.Province)
	}
	d.addCode(groupProvinces, w.Province)
	d.addCode(groupAbroad, w.Country)
	if w.Nationwide {
		d.addCode(groupProvinces, Nationwide)
	}
}

// addTag adds what was read in an advertisement: the concept, and what filters find where nobody ticked it.
func (d *draft) addTag(t market.Tag, lex *taxonomy.Taxonomy) {
	where := 1
	if t.Field == market.TagInTitle {
		where = 0
	}
	switch t.Kind {
	case "benefit":
		d.addCode(groupBenefits, t.ID)
		d.about[where] = append(d.about[where], workIdea+t.ID)
	case "meals":
		d.addCode(groupBenefits, "meals")
	case "shift":
		d.addCode(groupShift, t.ID)
		d.about[where] = append(d.about[where], workIdea+t.ID)
	case "experience":
		d.noExperience = d.noExperience || t.ID == taxonomy.NoExperience
		d.someExperience = d.someExperience || t.ID != taxonomy.NoExperience
		if t.ID == taxonomy.NoExperience {
			d.about[1] = append(d.about[1], workIdea+t.ID)
		}
		d.noviceOK = d.noviceOK && (d.noExperience || !d.someExperience)
	case "skill":
		d.about[where] = append(d.about[where], widened(lex, skillIdea+t.ID)...)
	case "certificate":
		d.about[where] = append(d.about[where], certificateIdea+t.ID)
	case "occupation":
		d.about[where] = append(d.about[where], occupationIdea+t.ID)
	}
}

// addRead adds what a person's own words say.
func (d *draft) addRead(where int, about []taxonomy.Concept, lex *taxonomy.Taxonomy) {
	for _, c := range about {
		if c.Kind == taxonomy.WorkTimeConcept {
			d.addCode(groupShift, c.ID)
		}
		d.about[where] = append(d.about[where], widened(lex, ideaOf(c))...)
	}
}

// document gives the fields: the keys of the title, of the body, of the names around them, the concepts, and the row.
func (d *draft) document(lex *taxonomy.Taxonomy, title string, body, other []string) document {
	for g := range d.words {
		for i, code := range d.words[g] {
			d.words[g][i] = plain(code)
		}
	}
	t, b, o, idea := newKeys(), newKeys(), newKeys(), newKeys()
	t.addText(title, lex)
	for _, text := range append(body, ticked(d, lex)...) {
		b.addText(text, lex)
	}
	for _, text := range append(other, placeNames(d, lex)...) {
		o.addText(text, lex)
	}
	for i, prefix := range []string{titleIdea, bodyIdea} {
		for _, key := range d.about[i] {
			idea.add(prefix, key)
		}
	}
	for _, key := range d.ideas(lex) {
		idea.add(bodyIdea, key)
	}
	for _, group := range []int{groupCommunes, groupProvinces, groupAbroad} {
		for _, code := range d.words[group] {
			idea.add(placeIdea, code)
		}
	}
	d.titleWords = len(taxonomy.Tokens(title))
	return document{titleField: t.String(), bodyField: b.String(), otherField: o.String(), ideaField: idea.String(), rowField: d.encode()}
}
