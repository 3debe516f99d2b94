package search

import (
	"slices"

	"noiviec/internal/taxonomy"
)

// ticked gives the words of the skills, certificates and occupations in a row, so that text finds what was ticked.
func ticked(d *draft, lex *taxonomy.Taxonomy) []string {
	var out []string
	for _, id := range d.words[groupSkills] {
		if s, ok := lex.Skill(id); ok {
			out = append(out, s.Name)
		}
	}
	for _, id := range d.words[groupCertificates] {
		if c, ok := lex.Certificate(id); ok {
			out = append(out, c.Name)
		}
	}
	for _, code := range d.words[groupOccupations] {
		if o, ok := lex.Occupation(code); ok {
			out = append(out, o.Title)
		}
	}
	return out
}

// placeNames gives the names of the places in a row.
func placeNames(d *draft, lex *taxonomy.Taxonomy) []string {
	var out []string
	for _, code := range d.words[groupCommunes] {
		if c, ok := lex.Commune(code); ok {
			out = append(out, c.FullName())
		}
	}
	for _, code := range d.words[groupProvinces] {
		if p, ok := lex.Province(code); ok {
			out = append(out, p.Name)
		}
	}
	return out
}

// Prefixes of concepts in the field of ideas: where the concept stands.
const (
	titleIdea = "t:"
	bodyIdea  = "b:"
	placeIdea = "p:" // a place of the document's own
)

// Prefixes of concepts in the index.
const (
	skillIdea       = "s:"
	certificateIdea = "c:"
	occupationIdea  = "o:"
	workIdea        = "w:" // what is said of benefits, hours and experience
)

// ideaOf gives a concept's key, "" for a place.
func ideaOf(c taxonomy.Concept) string {
	switch c.Kind {
	case taxonomy.SkillConcept:
		return skillIdea + c.ID
	case taxonomy.CertificateConcept:
		return certificateIdea + c.ID
	case taxonomy.OccupationConcept:
		return occupationIdea + c.ID
	case taxonomy.ExperienceConcept, taxonomy.WorkTimeConcept, taxonomy.BenefitConcept:
		return workIdea + c.ID
	}
	return ""
}

// widened gives a concept and, for a skill, the skills it is a kind of.
func widened(lex *taxonomy.Taxonomy, idea string) []string {
	if idea == "" {
		return nil
	}
	out := []string{idea}
	if idea[:2] != skillIdea {
		return out
	}
	for s, ok := lex.Skill(idea[2:]); ok && s.Parent != "" && len(out) < 8; s, ok = lex.Skill(s.Parent) {
		out = append(out, skillIdea+s.Parent)
	}
	return out
}

// ideas gives the concepts of the codes in a row.
func (d *draft) ideas(lex *taxonomy.Taxonomy) []string {
	var out []string
	for _, id := range d.words[groupSkills] {
		out = append(out, widened(lex, skillIdea+id)...)
	}
	for _, id := range d.words[groupCertificates] {
		out = append(out, certificateIdea+id)
	}
	for _, code := range d.words[groupOccupations] {
		out = append(out, occupationIdea+code)
	}
	return out
}

// wanted is a concept a query asks for, with how much a document about it answers the query.
type wanted struct {
	idea  string
	share float64 // 1 for the concept itself, less for related ones
	from  int     // bytes of the text that ask for it
	to    int
	slip  bool // only when the marks that were typed are passed over
}

// languageThere gives the language of the countries people go to for work: who asks for work in Korea is helped by
// what asks for Korean, too.
var languageThere = map[string]string{"KR": "tieng-han", "JP": "tieng-nhat", "TW": "tieng-trung", "CN": "tieng-trung", "DE": "tieng-duc", "LA": "tieng-lao"}

// wantedIn gives the concepts of a query's text and those related to them.
func wantedIn(lex *taxonomy.Taxonomy, concepts []taxonomy.Concept) []wanted {
	var out []wanted
	add := func(c taxonomy.Concept, idea string, share float64) {
		if idea == "" || share <= 0 {
			return
		}
		i := slices.IndexFunc(out, func(w wanted) bool { return w.idea == idea && w.from == c.Start && w.to == c.End })
		if i < 0 {
			out = append(out, wanted{idea: idea, from: c.Start, to: c.End})
			i = len(out) - 1
		}
		out[i].share = max(out[i].share, share)
	}
	for _, c := range concepts {
		switch c.Kind {
		case taxonomy.SkillConcept, taxonomy.OccupationConcept, taxonomy.CertificateConcept:
			add(c, ideaOf(c), 1)
		}
	}
	for _, c := range concepts {
		switch c.Kind {
		case taxonomy.SkillConcept:
			for _, o := range lex.OccupationsOfSkill(c.ID) {
				add(c, occupationIdea+o.Code, leastShare)
			}
			for _, r := range lex.CoveredBy(c.ID) {
				if r.Similarity >= leastShare && r.Similarity < 1 {
					add(c, skillIdea+r.ID, r.Similarity*r.Similarity)
				}
			}
		case taxonomy.PlaceConcept:
			if skill := languageThere[c.ID]; skill != "" && c.Place == taxonomy.InCountry {
				add(c, skillIdea+skill, leastShare)
			}
		case taxonomy.CertificateConcept:
			for _, id := range lex.CertificatesCovering(c.ID)[1:] {
				add(c, certificateIdea+id, coveringShare)
			}
		}
	}
	return out
}

// widest adds to the concepts those that are a little like them: the occupations of the same group of three digits, the
// skills that cover a part.
func widest(lex *taxonomy.Taxonomy, ideas []wanted) []wanted {
	out := slices.Clone(ideas)
	add := func(like wanted, idea string, share float64) {
		if !slices.ContainsFunc(out, func(w wanted) bool { return w.idea == idea && w.from == like.from && w.to == like.to }) {
			out = append(out, wanted{idea: idea, share: share, from: like.from, to: like.to, slip: like.slip})
		}
	}
	for _, w := range ideas {
		kind, id := w.idea[:2], w.idea[2:]
		if w.share < 1 && !w.slip {
			continue
		}
		switch kind {
		case occupationIdea:
			for _, o := range lex.Occupations() {
				if len(id) == 4 && o.Code[:3] == id[:3] {
					add(w, occupationIdea+o.Code, likeShare)
				}
			}
		case skillIdea:
			for _, r := range lex.CoveredBy(id) {
				add(w, skillIdea+r.ID, min(likeShare, r.Similarity*r.Similarity))
			}
		}
	}
	return out
}

// guessed gives the skills that have all of a text among the words of one name, for a text that found
// nothing: "osin" and "h'mông" may stand for other things in running text, but not when they are all there is.
func guessed(lex *taxonomy.Taxonomy, text string) []wanted {
	var out []wanted
	for _, s := range lex.FindSkills(text, 3) {
		out = append(out, wanted{idea: skillIdea + s.ID, share: 1, to: len(text)})
	}
	return out
}
