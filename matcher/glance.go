package matcher

import "math"

// A posting is looked at in short before anything else of it is read: its demands and offers stand there as the
// numbers of classes, since many postings ask or offer the same. What a class earns a worker is worked out once, when
// the first posting of it comes by, and looked up for all others.

// glance is what a worker reads of a posting first: its demands.
type glance struct {
	skills    [4]uint16 // required: numbers of skill and level, 0 for none
	months    uint16
	schooling uint16 // class
	asked     uint8  // how many skills are required, manySkills for more than fit
	rest      uint8  // what certificates, what is welcome and languages earn at most
	untrusted uint8
	standing  bool // insists on all that postings insist on unless they say otherwise
}

const manySkills = 255

// skillAt numbers a skill asked for at a level, from 4 on.
func skillAt(s askedSkill) int { return int(s.skill)<<2 | int(s.level) }

// second is what a worker reads of a posting whose demands may do: its places and offers.
type second struct {
	sites int32
	pay   int32 // class
	gives int32 // class of benefits, shift and conditions
}

// classes number the demands and offers of the postings of an index.
type classes struct {
	schooling []schoolings
	pays      []pays
	gives     []gives
}

type schoolings struct{ schooling, vocational uint8 }

type pays struct{ least, most int64 }

type gives struct {
	benefits, shift uint32
	conditions      uint16
	complete        bool
}

// numbering gives what is equal the same number, in the order in which it comes.
type numbering map[any]int32

func (n numbering) of(key any) (id int32, fresh bool) {
	id, known := n[key]
	if !known {
		id = int32(len(n))
		n[key] = id
	}
	return id, !known
}

// spot is the one commune or two, of known provinces, that a set of workplaces lies in; 0 where there is none such.
type spot [2]int32

func spotOf(sites []site) (s spot) {
	if len(sites) == 0 || len(sites) > len(s) {
		return spot{}
	}
	for i, here := range sites {
		if here.kind != siteCommune || here.province == 0 {
			return spot{}
		}
		s[i] = here.commune
	}
	return s
}

// spots gives the spot of every set of workplaces there is when the index is made.
func (m *Market) spots() []spot {
	spots := make([]spot, len(m.postings.siteSets))
	for i, sites := range m.postings.siteSets {
		spots[i] = spotOf(sites)
	}
	return spots
}

// newGlances shortens all postings.
func (m *Market) newGlances() (first []glance, then []second, c classes) {
	bySchooling, byPay, byGives := numbering{}, numbering{}, numbering{}
	first, then = make([]glance, len(m.postings.rows)), make([]second, len(m.postings.rows))
	for i := range m.postings.rows {
		p := &m.postings.rows[i]
		asked, pay, offer := schoolings{p.schooling, p.vocational}, pays{p.payMin, p.payMax}, gives{p.benefits, p.shift, p.conditions, p.complete}
		a, freshA := bySchooling.of(asked)
		b, freshB := byPay.of(pay)
		o, freshO := byGives.of(offer)
		if freshA {
			c.schooling = append(c.schooling, asked)
		}
		if freshB {
			c.pays = append(c.pays, pay)
		}
		if freshO {
			c.gives = append(c.gives, offer)
		}
		first[i], then[i] = m.glance(p, uint16(a)), second{p.sites, b, o}
	}
	return first, then, c
}

func (m *Market) glance(p *postingRow, schooling uint16) glance {
	w := &m.weights
	g := glance{
		months: p.months, schooling: schooling, untrusted: p.untrusted, standing: p.must&standing == standing,
		rest: uint8(askedBound(p.mustCerts.n > 0, w.Certificates, w.CertsUnasked) + askedBound(p.niceSkills.n+p.niceCerts.n > 0, w.Nice, w.NiceUnasked) +
			askedBound(p.languages.n > 0, w.Language, w.LanguageUnasked)),
	}
	asked := cut(m.postings.skills, p.mustSkills)
	if len(asked) > len(g.skills) {
		g.asked = manySkills
		return g
	}
	for i, s := range asked {
		at := skillAt(s)
		if at > math.MaxUint16 {
			return glance{months: g.months, schooling: schooling, untrusted: g.untrusted, standing: g.standing, rest: g.rest, asked: manySkills}
		}
		g.skills[i], g.asked = uint16(at), uint8(i+1)
	}
	return g
}
