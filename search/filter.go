package search

import (
	"slices"
	"strconv"
	"strings"
)

// Filter groups: the bits of what a row fails.
const (
	byCentre = 1 << iota // never counted sideways
	bySkills
	byCertificates
	byCommunes
	byProvinces
	byNear
	byOccupations
	byPay
	byBenefits
	byShift
	byExperience
	byAbroad
	byStates
	byMobility
)

// sieve is a query's filters, in numbers of one dictionary.
type sieve struct {
	open         bool // nothing narrows the search but centre, kind and state
	q            *Query
	dict         *dictionary
	minPay       int64
	maxPay       int64
	skills       []set // each must be met
	certificates []set
	benefits     []set
	communes     set
	provinces    set
	near         set
	abroad       set
	mobility     set
	evidence     int // least, a place in Evidences
	level        int
	shifts       []set // each must be met
	noviceOnly   bool
	occupations  []string // prefixes
	fits         map[uint32]bool
	abroadAny    bool
}

type set map[uint32]bool

func newSieve(q *Query, x *Index, dict *dictionary, in *intent) *sieve {
	f := &q.Filters
	s := &sieve{q: q, dict: dict, minPay: max(f.MinMonthlyPay, in.minPay), maxPay: least(f.MaxMonthlyPay, in.maxPay), occupations: f.Occupations, fits: map[uint32]bool{}}
	s.skills, s.certificates, s.benefits = s.each(f.Skills), s.each(f.Certificates), s.each(slices.Concat(f.Benefits, in.benefits))
	s.communes, s.provinces, s.abroad = s.any(f.Communes), s.any(f.Provinces), s.any(f.Abroad)
	s.mobility, s.evidence, s.level = s.any(f.Mobility), max(0, slices.Index(Evidences, f.Evidence)), f.SkillLevel
	s.abroadAny = slices.Contains(f.Abroad, "*")
	s.noviceOnly = f.NoExperience || in.novice && q.Kind == Posting
	if f.Shift != "" {
		s.shifts = s.each([]string{f.Shift})
	}
	for _, times := range in.times {
		s.shifts = append(s.shifts, s.any(times))
	}
	if f.NearCommune != "" && f.Km > 0 {
		s.near = set{}
		for _, near := range x.lexicon().WithinKm(f.NearCommune, float64(f.Km)) {
			if n, ok := dict.find(near.Commune.Code); ok {
				s.near[n] = true
			}
		}
	}
	s.open = len(s.skills)+len(s.certificates)+len(s.benefits)+len(s.shifts)+len(s.occupations)+len(f.Abroad) == 0 && s.evidence == 0 && s.level == 0 &&
		s.communes == nil && s.provinces == nil && s.near == nil && s.mobility == nil && s.minPay <= 0 && s.maxPay <= 0 && !s.noviceOnly
	return s
}

// any gives the numbers of codes; nil for no codes at all, empty when no document has one of them.
func (s *sieve) any(codes []string) set {
	if len(codes) == 0 {
		return nil
	}
	out := set{}
	for _, code := range codes {
		if n, ok := s.dict.find(code); ok {
			out[n] = true
		}
	}
	return out
}

func (s *sieve) each(codes []string) []set {
	var out []set
	for _, code := range codes {
		out = append(out, s.any([]string{code}))
	}
	return out
}

// fails gives the groups of filters that a row does not pass.
func (s *sieve) fails(r *row) (failed int) {
	fail := func(bit int, ok bool) {
		if !ok {
			failed |= bit
		}
	}
	fail(byCentre, (s.q.Centre == "" || r.centre == string(s.q.Centre)) && r.kind == s.q.Kind)
	fail(byStates, s.state(r))
	if s.open {
		return failed
	}
	fail(bySkills, s.skilled(r))
	fail(byMobility, s.mobility == nil || meets(s.mobility, r.codes[groupMobility]))
	fail(byBenefits, all(s.benefits, r.codes[groupBenefits]))
	fail(byCertificates, s.certified(r))
	fail(byCommunes, s.communes == nil || meets(s.communes, r.codes[groupCommunes]))
	fail(byProvinces, s.provinces == nil || meets(s.provinces, r.codes[groupProvinces]))
	fail(byNear, s.near == nil || meets(s.near, r.codes[groupCommunes]))
	fail(byShift, all(s.shifts, r.codes[groupShift]))
	fail(byAbroad, len(s.q.Filters.Abroad) == 0 || s.abroadAny && len(r.codes[groupAbroad]) > 0 || meets(s.abroad, r.codes[groupAbroad]))
	fail(byOccupations, len(s.occupations) == 0 || slices.ContainsFunc(r.codes[groupOccupations], s.occupation))
	fail(byPay, (s.minPay <= 0 || paid(r, s.minPay)) && (s.maxPay <= 0 || r.kind == Worker || max(r.least, 1) <= s.maxPay && r.least+r.most > 0))
	fail(byExperience, !s.noviceOnly || r.noviceOK)
	return failed
}

// state judges the state: what the public may see unless states are asked for.
func (s *sieve) state(r *row) bool {
	if len(s.q.Filters.States) > 0 {
		return slices.Contains(s.q.Filters.States, r.state)
	}
	return r.shown && (r.deadline == "" || s.q.Today == "" || r.deadline >= s.q.Today)
}

// skilled judges the skills: of a person each must be known as well, and be as good, as is asked; without named skills
// any one of theirs must.
func (s *sieve) skilled(r *row) bool {
	if r.kind != Worker || s.evidence == 0 && s.level == 0 {
		return all(s.skills, r.codes[groupSkills])
	}
	held := func(wanted set) bool {
		for i, code := range r.codes[groupSkills] {
			if (wanted == nil || wanted[code]) && i < len(r.proofs) && r.proofs[i].atLeast(s.evidence, s.level) {
				return true
			}
		}
		return false
	}
	if len(s.skills) == 0 {
		return held(nil)
	}
	return !slices.ContainsFunc(s.skills, func(wanted set) bool { return !held(wanted) })
}

func (s *sieve) certified(r *row) bool {
	for _, wanted := range s.certificates {
		ok := false
		for i, held := range r.codes[groupCertificates] {
			ok = ok || wanted[held] && s.valid(r, i)
		}
		if !ok {
			return false
		}
	}
	return true
}

func (s *sieve) valid(r *row, i int) bool {
	return s.q.Filters.CertificateOn == "" || r.until[i] == "" || r.until[i] >= s.q.Filters.CertificateOn
}

// occupation reports whether an occupation lies in one of the groups asked for.
func (s *sieve) occupation(code uint32) bool {
	fits, known := s.fits[code]
	if !known {
		word := s.dict.all()[code]
		fits = slices.ContainsFunc(s.occupations, func(group string) bool { return strings.HasPrefix(word, group) })
		s.fits[code] = fits
	}
	return fits
}

// least gives the smaller of two limits, where 0 is none.
func least(a, b int64) int64 {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// paid reports whether a posting pays at least that much at its best, or a worker would work for it.
func paid(r *row, least int64) bool {
	if r.kind == Worker {
		return r.least <= least
	}
	return max(r.most, r.least) >= least
}

func all(wanted []set, codes []uint32) bool {
	for _, w := range wanted {
		if !meets(w, codes) {
			return false
		}
	}
	return true
}

func meets(wanted set, codes []uint32) bool {
	for _, c := range codes {
		if wanted[c] {
			return true
		}
	}
	return false
}

// tally counts what each further filter value would leave.
type tally struct {
	s      *sieve
	counts [groups][]int
	pay    [len(PayBands)]int
	novice int
	states map[string]int
}

func newTally(s *sieve) *tally { return &tally{s: s, states: map[string]int{}} }

// add counts a row that fails the given groups. A value in a list where any one is enough counts although
// its own group fails, because choosing it widens that group.
func (t *tally) add(r *row, failed int) {
	one := func(group, bit int) {
		if failed&^bit == 0 {
			t.count(group, r.codes[group])
		}
	}
	one(groupSkills, 0)
	one(groupBenefits, 0)
	one(groupCommunes, byCommunes)
	one(groupProvinces, byProvinces)
	one(groupOccupations, byOccupations)
	one(groupShift, byShift)
	one(groupAbroad, byAbroad)
	one(groupMobility, byMobility)
	if failed == 0 {
		t.certificates(r)
	}
	if failed&^byPay == 0 {
		for i, least := range PayBands {
			if paid(r, least) {
				t.pay[i]++
			}
		}
	}
	if failed&^byExperience == 0 && r.noviceOK {
		t.novice++
	}
	if failed&^byStates == 0 && len(t.s.q.Filters.States) > 0 {
		t.states[r.state]++
	}
}

// certificates counts each certificate once that is valid on the day asked for.
func (t *tally) certificates(r *row) {
	held := r.codes[groupCertificates]
	for i, c := range held {
		counted := false
		for j := range i {
			counted = counted || held[j] == c && t.s.valid(r, j)
		}
		if !counted && t.s.valid(r, i) {
			t.count(groupCertificates, held[i:i+1])
		}
	}
}

func (t *tally) count(group int, codes []uint32) {
	for _, c := range codes {
		if int(c) >= len(t.counts[group]) {
			t.counts[group] = append(t.counts[group], make([]int, int(c)+64-len(t.counts[group]))...)
		}
		t.counts[group][c]++
	}
}

// facets gives the counts by facet.
func (t *tally) facets() map[string][]FacetCount {
	out := map[string][]FacetCount{}
	names := [groups]string{FacetSkills, FacetCertificates, FacetCommunes, FacetProvinces, FacetOccupations, FacetBenefits, FacetShift, FacetAbroad, FacetMobility}
	words := t.s.dict.all()
	for group, name := range names {
		var list []FacetCount
		for code, n := range t.counts[group] {
			if n > 0 {
				list = append(list, FacetCount{words[code], n})
			}
		}
		out[name] = byCount(list)
	}
	for i, least := range PayBands {
		out[FacetPay] = append(out[FacetPay], FacetCount{strconv.FormatInt(least, 10), t.pay[i]})
	}
	out[FacetExperience] = []FacetCount{{"none", t.novice}}
	var states []FacetCount
	for state, n := range t.states {
		states = append(states, FacetCount{state, n})
	}
	out[FacetStates] = byCount(states)
	return out
}

func byCount(list []FacetCount) []FacetCount {
	slices.SortFunc(list, func(a, b FacetCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Code, b.Code)
	})
	return list
}
