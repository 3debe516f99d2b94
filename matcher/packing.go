package matcher

import (
	"cmp"
	"slices"
)

// How the lists of a worker or a posting are packed: numbered, sorted, each thing once.

// heldSkills drops what is said twice.
func (b *Builder) heldSkills(list []Skill) []heldSkill {
	var out []heldSkill
	for _, s := range list {
		if s.ID != "" {
			out = append(out, heldSkill{b.vocabulary.skills.id(s.ID), heldLevel(s), s.Verified, uint8(max(freshness(s.Until, b.day, &b.weights), b.weights.SkillKept))})
		}
	}
	slices.SortFunc(out, func(a, b heldSkill) int {
		return cmp.Or(cmp.Compare(a.skill, b.skill), cmp.Compare(a.level, b.level), compareBool(a.verified, b.verified), cmp.Compare(a.fresh, b.fresh))
	})
	return slices.Compact(out)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (b *Builder) heldCertificates(list []Certificate) []heldCertificate {
	var out []heldCertificate
	for _, c := range list {
		if c.ID != "" {
			out = append(out, heldCertificate{b.vocabulary.certificates.id(c.ID), c.Level, c.Expires})
		}
	}
	slices.SortFunc(out, func(a, b heldCertificate) int {
		return cmp.Or(cmp.Compare(a.certificate, b.certificate), cmp.Compare(a.level, b.level), cmp.Compare(a.expires, b.expires))
	})
	return slices.Compact(out)
}

// packLanguages keeps the highest level of each language.
func (b *Builder) packLanguages(list []Language) []heldLanguage {
	var out []heldLanguage
	for _, l := range list {
		if l.ID != "" {
			out = append(out, heldLanguage{b.vocabulary.languages.id(l.ID), l.Level})
		}
	}
	slices.SortFunc(out, func(a, b heldLanguage) int {
		return cmp.Or(cmp.Compare(a.language, b.language), cmp.Compare(b.level, a.level))
	})
	return slices.CompactFunc(out, func(a, b heldLanguage) bool { return a.language == b.language })
}

// askedSkills keeps each skill once, at its highest level; one that is required is not also welcome.
func (b *Builder) askedSkills(list []AskedSkill, nice bool) []askedSkill {
	required := func(id string) bool {
		return slices.ContainsFunc(list, func(s AskedSkill) bool { return !s.Nice && s.ID == id })
	}
	var out []askedSkill
	for _, s := range list {
		if s.ID != "" && s.Nice == nice && (!nice || !required(s.ID)) {
			out = append(out, askedSkill{b.vocabulary.skills.id(s.ID), min(s.Level, 3)})
		}
	}
	slices.SortFunc(out, func(a, b askedSkill) int {
		return cmp.Or(cmp.Compare(a.skill, b.skill), cmp.Compare(b.level, a.level))
	})
	return slices.CompactFunc(out, func(a, b askedSkill) bool { return a.skill == b.skill })
}

func (b *Builder) askedCertificates(list []AskedCertificate, nice bool) []validCertificate {
	required := func(id string) bool {
		return slices.ContainsFunc(list, func(c AskedCertificate) bool { return !c.Nice && c.ID == id })
	}
	var out []validCertificate
	for _, c := range list {
		if c.ID != "" && c.Nice == nice && (!nice || !required(c.ID)) {
			out = append(out, validCertificate{b.vocabulary.certificates.id(c.ID), c.Level})
		}
	}
	slices.SortFunc(out, func(a, b validCertificate) int {
		return cmp.Or(cmp.Compare(a.certificate, b.certificate), cmp.Compare(b.level, a.level))
	})
	return slices.CompactFunc(out, func(a, b validCertificate) bool { return a.certificate == b.certificate })
}

func (b *Builder) refusals(domain byte, list []Refusal) []refusal {
	var out []refusal
	for _, r := range list {
		if r.ID != "" {
			out = append(out, refusal{hashText(domain, r.ID), b.vocabulary.reasons.id(r.Reason)})
		}
	}
	return out
}
