package search

import (
	"slices"
	"strconv"
	"strings"
)

// tally counts what each further filter value would leave.
type tally struct {
	s      *sieve
	counts [groups][]int32 // by number of the dictionary
	states []int32
	pay    [1 << len(PayBands)]int32 // by the bands that are met
	novice int
}

func newTally(s *sieve) *tally {
	y, n := &tally{s: s}, len(s.words)
	room := make([]int32, (groups+1)*n)
	for g := range y.counts {
		y.counts[g] = room[g*n : (g+1)*n]
	}
	y.states = room[groups*n:]
	return y
}

// widening are the bits of the groups in which any one value is enough: a value counts although its own group fails,
// because choosing it widens that group.
var widening = [groups]uint16{groupCommunes: byCommunes, groupProvinces: byProvinces, groupOccupations: byOccupations, groupShift: byShift, groupAbroad: byAbroad, groupMobility: byMobility}

// add counts documents of a table, each with the groups of filters that it fails.
func (y *tally) add(t *table, docs []uint32, failed []uint16) {
	for g, own := range widening {
		if l := &t.codes[g]; g == groupCertificates {
			y.certificates(t, docs, failed)
		} else if len(l.codes) > 0 {
			count(y.counts[g], l, docs, failed, own)
		}
	}
	for i, doc := range docs {
		if failed[i]&^byPay == 0 {
			y.pay[t.bands[doc]]++
		}
		if failed[i]&^byExperience == 0 && t.flags[doc]&isNoviceOK != 0 {
			y.novice++
		}
		if y.s.states != nil && failed[i]&^byStates == 0 {
			y.states[t.state[doc]]++
		}
	}
}

// count adds one for each code of each document that fails nothing, its own group apart.
func count(counts []int32, l *lists, docs []uint32, failed []uint16, own uint16) {
	for i, doc := range docs {
		if failed[i]&^own != 0 {
			continue
		}
		for _, c := range l.of(doc) {
			counts[c]++
		}
	}
}

// certificates counts each certificate once that is valid on the day asked for.
func (y *tally) certificates(t *table, docs []uint32, failed []uint16) {
	l := &t.codes[groupCertificates]
	for i, doc := range docs {
		if failed[i] != 0 {
			continue
		}
		held := l.of(doc)
		until := t.until[l.starts[doc]:]
		for j, c := range held {
			counted := false
			for k := range j {
				counted = counted || held[k] == c && y.s.valid.has(until[k])
			}
			if !counted && y.s.valid.has(until[j]) {
				y.counts[groupCertificates][c]++
			}
		}
	}
}

// facets gives the counts by facet.
func (y *tally) facets() map[string][]FacetCount {
	out := map[string][]FacetCount{}
	names := [groups]string{FacetSkills, FacetCertificates, FacetCommunes, FacetProvinces, FacetOccupations, FacetBenefits, FacetShift, FacetAbroad, FacetMobility}
	for group, name := range names {
		out[name] = y.named(y.counts[group])
	}
	for i, least := range PayBands {
		met := 0
		for bands, n := range y.pay {
			met += int(n) * (bands >> i & 1)
		}
		out[FacetPay] = append(out[FacetPay], FacetCount{strconv.FormatInt(least, 10), met})
	}
	out[FacetExperience] = []FacetCount{{"none", y.novice}}
	out[FacetStates] = y.named(y.states)
	return out
}

// named gives the counts with their codes, most frequent first.
func (y *tally) named(counts []int32) []FacetCount {
	var list []FacetCount
	for code, n := range counts {
		if n > 0 {
			list = append(list, FacetCount{y.s.words[code], int(n)})
		}
	}
	slices.SortFunc(list, func(a, b FacetCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Code, b.Code)
	})
	return list
}
