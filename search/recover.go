package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
)

// recover says what to do where nothing was found: without which filter there is something, what is near in distance, and
// what may have been meant. What is one slip away is searched at once, and Corrected says so.
func (v *sight) recover(ctx context.Context, q *Query, r Result) (Result, error) {
	counted := func(q Query) (int, error) {
		q.Offset, q.Limit, q.Facets = 0, 1, false
		r, err := v.try(ctx, &q, q.Text)
		return r.Total, err
	}
	for _, c := range r.Chips {
		less := *q
		less.Text = c.Without
		if c.Kind == ChipPlace || c.Without == "" && c.Kind != ChipPay {
			continue
		}
		n, err := counted(less)
		if err != nil {
			return r, err
		}
		if n > 0 {
			r.Without = append(r.Without, Without{Chip: &c, Count: n})
		}
	}
	for name, less := range q.Filters.without() {
		fewer := *q
		fewer.Filters = less
		n, err := counted(fewer)
		if err != nil {
			return r, err
		}
		if n > 0 {
			r.Without = append(r.Without, Without{Filter: name, Count: n})
		}
	}
	slices.SortStableFunc(r.Without, func(a, b Without) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Filter, b.Filter)) })
	if len(r.Without) > 0 {
		return r, nil
	}
	for i, name := range meant(q.Text, v.words.names()) {
		again, err := v.try(ctx, q, name)
		if err != nil {
			return r, err
		}
		if again.Total == 0 {
			continue
		}
		if i == 0 {
			again.Corrected, again.Maybe = name, r.Maybe
			r = again
		} else {
			r.Maybe = append(r.Maybe, name)
		}
	}
	return r, nil
}

// without gives the filters with each that is on left out, by name.
func (f Filters) without() map[string]Filters {
	out := map[string]Filters{}
	put := func(on bool, name string, off func(*Filters)) {
		if on {
			less := f
			off(&less)
			out[name] = less
		}
	}
	put(len(f.Skills) > 0, FacetSkills, func(f *Filters) { f.Skills = nil })
	put(len(f.Certificates) > 0, FacetCertificates, func(f *Filters) { f.Certificates = nil })
	put(len(f.Communes) > 0, FacetCommunes, func(f *Filters) { f.Communes = nil })
	put(len(f.Provinces) > 0, FacetProvinces, func(f *Filters) { f.Provinces = nil })
	put(len(f.Occupations) > 0, FacetOccupations, func(f *Filters) { f.Occupations = nil })
	put(f.MinMonthlyPay > 0 || f.MaxMonthlyPay > 0, FacetPay, func(f *Filters) { f.MinMonthlyPay, f.MaxMonthlyPay = 0, 0 })
	put(len(f.Benefits) > 0, FacetBenefits, func(f *Filters) { f.Benefits = nil })
	put(f.Shift != "", FacetShift, func(f *Filters) { f.Shift = "" })
	put(f.NoExperience, FacetExperience, func(f *Filters) { f.NoExperience = false })
	put(len(f.Abroad) > 0, FacetAbroad, func(f *Filters) { f.Abroad = nil })
	put(f.Evidence != "" || f.SkillLevel > 0, FilterEvidence, func(f *Filters) { f.Evidence, f.SkillLevel = "", 0 })
	put(len(f.Mobility) > 0, FacetMobility, func(f *Filters) { f.Mobility = nil })
	put(f.NearCommune != "" && f.Km > 0, FilterNear, func(f *Filters) { f.NearCommune, f.Km = "", 0 })
	return out
}

// corrected gives the text as it was meant, when that is plain to see: what a keyboard left behind is decoded, words
// typed without a space are cut. "" when there is nothing to correct. A word that documents have is left alone.
func corrected(text, home string, lex *taxonomy.Taxonomy, indexed func(fold string) bool) string {
	text = clip(text)
	concepts := lex.RecogniseNear(text, home)
	known := func(t taxonomy.Token) bool {
		return indexed(t.Fold) || slices.ContainsFunc(concepts, func(c taxonomy.Concept) bool { return c.Start <= t.Start && t.End <= c.End })
	}
	out := decoded(text, known)
	from := text
	if out != "" {
		from = out
	}
	if cut := spaced(from, lex); cut != "" {
		out = cut
	}
	return out
}
