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
	return d.document(lex, p.Title, []string{p.Text, p.ExperienceStated}, []string{p.EmployerName, p.PlaceStated})
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
	body, other := []string{w.About}, []string{w.Hamlet}
	for _, s := range w.Skills {
		d.addCode(groupSkills, s.ID)
	}
	for _, c := range w.Certificates {
		d.words[groupCertificates] = append(d.words[groupCertificates], c.ID)
		d.until = append(d.until, c.Expires)
	}
	d.addPlace(market.Workplace{Commune: w.Commune}, lex)
	for _, wish := range w.Wishes {
		d.addCode(groupOccupations, wish.Occupation)
		d.addCodes(groupShift, wish.Shift)
		body = append(body, wish.Title)
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
	return d.document(lex, w.Name, body, other)
}

func (d *draft) addCode(group int, code string) {
	if code != "" && !slices.Contains(d.words[group], code) {
		d.words[group] = append(d.words[group], code)
	}
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

// document gives the fields: the keys of the title, of the body, of the names around them, the concepts, and the row.
func (d *draft) document(lex *taxonomy.Taxonomy, title string, body, other []string) document {
	for g := range d.words {
		for i, code := range d.words[g] {
			d.words[g][i] = plain(code)
		}
	}
	t, b, o, idea := newKeys(), newKeys(), newKeys(), newKeys()
	t.addText(title)
	for _, text := range append(body, ticked(d, lex)...) {
		b.addText(text)
	}
	for _, text := range append(other, placeNames(d, lex)...) {
		o.addText(text)
	}
	for _, i := range ideasIn(lex, title) {
		idea.add(titleIdea, i)
	}
	for _, i := range append(ideasIn(lex, strings.Join(body, "\n")), d.ideas(lex)...) {
		idea.add(bodyIdea, i)
	}
	for _, group := range []int{groupCommunes, groupProvinces, groupAbroad} {
		for _, code := range d.words[group] {
			idea.add(placeIdea, code)
		}
	}
	d.titleWords = len(taxonomy.Tokens(title))
	return document{titleField: t.String(), bodyField: b.String(), otherField: o.String(), ideaField: idea.String(), rowField: d.encode()}
}
