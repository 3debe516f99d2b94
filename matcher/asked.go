package matcher

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
)

// Asked is what open postings ask for, each thing once and in order, at the highest level that one asks for: what
// somebody could learn, get or accept.
type Asked struct {
	Skills                         []AskedSkill
	Certificates                   []AskedCertificate
	Languages                      []Language
	Occupations, Provinces, Shifts []string
}

// Asked lists what the open postings with a seat left ask for.
func (m *Market) Asked() (out Asked) {
	v, t := m.vocabulary, &m.postings
	skills, certificates, languages := map[int32]uint8{}, map[int32]uint16{}, map[int32]uint8{}
	occupations, provinces, shifts := map[int32]uint8{}, map[int32]uint8{}, map[int32]uint8{}
	for i := range t.rows {
		p := &t.rows[i]
		if p.static&p.must != 0 || t.gone.has(int32(i)) {
			continue
		}
		for _, s := range slices.Concat(cut(t.skills, p.mustSkills), cut(t.skills, p.niceSkills)) {
			skills[s.skill] = max(skills[s.skill], s.level)
		}
		for _, c := range slices.Concat(cut(t.certs, p.mustCerts), cut(t.certs, p.niceCerts)) {
			certificates[c.certificate] = max(certificates[c.certificate], c.level)
		}
		for _, l := range cut(t.languages, p.languages) {
			languages[l.language] = max(languages[l.language], l.level)
		}
		for _, s := range t.siteSets[p.sites] {
			provinces[s.province] = 0
		}
		occupations[p.occupation], shifts[int32(bits.Len32(p.shift))] = 0, 0
	}
	for _, id := range inWords(skills, &v.skills) {
		out.Skills = append(out.Skills, AskedSkill{ID: v.skills.words[id], Level: skills[id]})
	}
	for _, id := range inWords(certificates, &v.certificates) {
		out.Certificates = append(out.Certificates, AskedCertificate{ID: v.certificates.words[id], Level: certificates[id]})
	}
	for _, id := range inWords(languages, &v.languages) {
		out.Languages = append(out.Languages, Language{v.languages.words[id], languages[id]})
	}
	named := func(set map[int32]uint8, list *terms) (names []string) {
		for _, id := range inWords(set, list) {
			names = append(names, list.words[id])
		}
		return names
	}
	out.Occupations, out.Provinces, out.Shifts = named(occupations, &v.occupations), named(provinces, &v.provinces), named(shifts, &v.shifts)
	return out
}

// inWords gives the numbers of a set in the order of their words, without 0.
func inWords[V any](set map[int32]V, list *terms) []int32 {
	delete(set, 0)
	return slices.SortedFunc(maps.Keys(set), func(a, b int32) int { return strings.Compare(list.words[a], list.words[b]) })
}

// Homes counts the available workers by their commune, where it is known.
func (m *Market) Homes() map[string]int {
	out := map[string]int{}
	for i := range m.workers.rows {
		w := &m.workers.rows[i]
		if home := m.workers.homings[w.homing].home; home != 0 && w.static == 0 && !m.workers.gone.has(int32(i)) {
			out[m.vocabulary.communes.words[home]]++
		}
	}
	return out
}
