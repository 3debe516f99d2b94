package search

import (
	"slices"
	"strings"

	"noiviec/internal/taxonomy"
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

// sieve is a query's filters, in numbers of the columns' dictionaries.
type sieve struct {
	q       *Query
	columns *columns
	words   []string // of the dictionary, by number
	flags   uint8    // what a row must be
	mask    uint8    // …of these flags
	centre  set      // nil for any
	states  set      // nil for what the public may see
	open    set      // days that have not passed
	minPay  int64
	maxPay  int64
	skills  []set // each must be met
	certs   []set
	proof   struct{ evidence, level int }
	valid   set     // days on which a certificate must still be valid
	checks  []check // of the filters that narrow the search
}

// check is a filter that narrows the search, with the bit of its group.
type check struct {
	bit    uint16
	passes func(t *table, doc uint32) bool
}

// set has numbers of a dictionary.
type set []bool

func (s set) has(n uint32) bool { return int(n) < len(s) && s[n] }

func (s set) any(codes []uint32) bool { return slices.ContainsFunc(codes, s.has) }

func newSieve(q *Query, lex *taxonomy.Taxonomy, c *columns, in *intent) *sieve {
	s := &sieve{q: q, columns: c, words: c.dict.all(), flags: isRow, mask: isRow | isWorker, open: c.openOn(q.Today), valid: c.openOn(q.Filters.CertificateOn)}
	if q.Kind == Worker {
		s.flags |= isWorker
	}
	if q.Centre != "" {
		s.centre = s.any([]string{string(q.Centre)})
	}
	s.states = s.any(q.Filters.States)
	s.people(&q.Filters)
	s.list(byBenefits, groupBenefits, s.each(slices.Concat(q.Filters.Benefits, in.benefits))...)
	s.list(byCommunes, groupCommunes, s.any(q.Filters.Communes))
	s.list(byProvinces, groupProvinces, s.any(q.Filters.Provinces))
	s.list(byMobility, groupMobility, s.any(q.Filters.Mobility))
	s.list(byOccupations, groupOccupations, s.within(q.Filters.Occupations))
	s.list(byNear, groupCommunes, s.near(&q.Filters, lex))
	s.list(byShift, groupShift, s.times(q.Filters.Shift, in)...)
	s.abroad(q.Filters.Abroad)
	s.pay(max(q.Filters.MinMonthlyPay, in.minPay), least(q.Filters.MaxMonthlyPay, in.maxPay))
	if q.Filters.NoExperience || in.novice && q.Kind == Posting {
		s.check(byExperience, func(t *table, doc uint32) bool { return t.flags[doc]&isNoviceOK != 0 })
	}
	return s
}

func (s *sieve) check(bit uint16, passes func(*table, uint32) bool) {
	s.checks = append(s.checks, check{bit, passes})
}

// list checks that a document has of each set one of its codes; nil sets narrow nothing.
func (s *sieve) list(bit uint16, group int, wanted ...set) {
	for _, w := range wanted {
		if w != nil {
			s.check(bit, func(t *table, doc uint32) bool { return w.any(t.codes[group].of(doc)) })
		}
	}
}

// any gives the numbers of codes; nil for no codes at all, empty when no document has one of them.
func (s *sieve) any(codes []string) set {
	if len(codes) == 0 {
		return nil
	}
	out := make(set, len(s.words))
	for _, code := range codes {
		if n, ok := s.columns.dict.find(code); ok && int(n) < len(out) {
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

// within gives the numbers of the codes that lie in one of the groups; nil for no groups.
func (s *sieve) within(groups []string) set {
	if len(groups) == 0 {
		return nil
	}
	out := make(set, len(s.words))
	for n, word := range s.words {
		out[n] = slices.ContainsFunc(groups, func(group string) bool { return strings.HasPrefix(word, group) })
	}
	return out
}

// near gives the communes around one; nil when no distance was asked for.
func (s *sieve) near(f *Filters, lex *taxonomy.Taxonomy) set {
	if f.NearCommune == "" || f.Km <= 0 {
		return nil
	}
	var codes []string
	for _, near := range lex.WithinKm(f.NearCommune, float64(f.Km)) {
		codes = append(codes, near.Commune.Code)
	}
	if len(codes) == 0 {
		return set{}
	}
	return s.any(codes)
}

func (s *sieve) times(shift string, in *intent) []set {
	var out []set
	if shift != "" {
		out = s.each([]string{shift})
	}
	for _, times := range in.times {
		out = append(out, s.any(times))
	}
	return out
}

func (s *sieve) abroad(countries []string) {
	if len(countries) == 0 {
		return
	}
	wanted, anywhere := s.any(countries), slices.Contains(countries, "*")
	s.check(byAbroad, func(t *table, doc uint32) bool {
		codes := t.codes[groupAbroad].of(doc)
		return anywhere && len(codes) > 0 || wanted.any(codes)
	})
}

func (s *sieve) pay(least, most int64) {
	if least > 0 {
		s.check(byPay, func(t *table, doc uint32) bool { return paid(t.worker(doc), t.least[doc], t.most[doc], least) })
	}
	if most > 0 {
		s.check(byPay, func(t *table, doc uint32) bool {
			return t.worker(doc) || max(t.least[doc], 1) <= most && t.least[doc]+t.most[doc] > 0
		})
	}
}

// people checks skills and certificates: of a person each skill must be known as well, and be as good, as is asked;
// without named skills any one of theirs must.
func (s *sieve) people(f *Filters) {
	evidence, level := max(0, slices.Index(Evidences, f.Evidence)), f.SkillLevel
	skills := s.each(f.Skills)
	proven := evidence > 0 || level != 0
	if proven && len(skills) == 0 {
		skills = []set{nil}
	}
	for _, wanted := range skills {
		s.check(bySkills, func(t *table, doc uint32) bool {
			if !t.worker(doc) || !proven {
				return wanted == nil || wanted.any(t.codes[groupSkills].of(doc))
			}
			from := t.codes[groupSkills].starts[doc]
			for i, code := range t.codes[groupSkills].of(doc) {
				if p := t.proofs[from+uint32(i)]; (wanted == nil || wanted.has(code)) && p != noProof && p.atLeast(evidence, level) {
					return true
				}
			}
			return false
		})
	}
	for _, wanted := range s.each(f.Certificates) {
		s.check(byCertificates, func(t *table, doc uint32) bool {
			from := t.codes[groupCertificates].starts[doc]
			for i, code := range t.codes[groupCertificates].of(doc) {
				if wanted.has(code) && s.valid.has(t.until[from+uint32(i)]) {
					return true
				}
			}
			return false
		})
	}
}

// judge gives for each document the groups of filters that it does not pass.
func (s *sieve) judge(t *table, docs []uint32, failed []uint16) {
	for i, doc := range docs {
		failed[i] = 0
		if flags := t.flags[doc]; flags&s.mask != s.flags || s.centre != nil && !s.centre.has(t.centre[doc]) {
			failed[i] = byCentre
		} else if s.states != nil && !s.states.has(t.state[doc]) || s.states == nil && (flags&isShown == 0 || !s.open[t.deadline[doc]]) {
			failed[i] = byStates
		}
	}
	for _, c := range s.checks {
		for i, doc := range docs {
			if !c.passes(t, doc) {
				failed[i] |= c.bit
			}
		}
	}
}

// least gives the smaller of two limits, where 0 is none.
func least(a, b int64) int64 {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}
