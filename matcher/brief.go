package matcher

import "math"

// A posting is looked at in short before anything else of it is read: its demands and offers stand there as the
// numbers of classes, since many postings ask or offer the same. What a class earns a worker is worked out once, when
// the first posting of it comes by, and looked up for all others.

// brief is what a worker reads of a posting first, in the order of the index, so that a block is read from memory
// straight through. A posting that may be gone to in several provinces stands in each of them.
type brief struct {
	hash       uint64
	skills     [4]uint16 // required: numbers of skill and level, 0 for none
	row        int32
	occupation int32
	sites      int32
	commune    int32 // the only workplace, 0 where there is no such
	pay        int32 // class
	gives      int32 // class of benefits, shift and conditions
	months     uint16
	schooling  uint16 // class
	asked      uint8  // how many skills are required, manySkills for more than fit
	rest       uint8  // what certificates, what is welcome and languages earn at most
	untrusted  uint8
	strict     bool // insists on all that postings insist on unless they say otherwise
	plain      bool // quick can tell its score
	more       bool // for that it must be asked what else it wants
	twin       bool // stands in several provinces
}

const manySkills = 255

// skillAt numbers a skill asked for at a level, from 4 on.
func skillAt(s askedSkill) int { return int(s.skill)<<2 | int(s.level) }

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

// newBriefs shortens all postings, by row.
func (m *Market) newBriefs(spots []spot) (list []brief, c classes) {
	bySchooling, byPay, byGives := numbering{}, numbering{}, numbering{}
	list = make([]brief, len(m.postings.rows))
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
		list[i] = m.brief(p)
		if s := spots[p.sites]; s[1] == 0 {
			list[i].commune = s[0]
		}
		list[i].row, list[i].schooling, list[i].pay, list[i].gives = int32(i), uint16(a), b, o
	}
	return list, c
}

func (m *Market) brief(p *postingRow) brief {
	asked := cut(m.postings.skills, p.mustSkills)
	b := brief{
		hash: p.hash, occupation: p.occupation, sites: p.sites, months: p.months, untrusted: p.untrusted, rest: uint8(m.restMost(p)), strict: p.strict(),
		more: p.mustCerts.n+p.niceSkills.n+p.niceCerts.n+p.languages.n > 0 || p.bars != 0 || p.must != standing, asked: manySkills,
	}
	if len(asked) > len(b.skills) {
		return b
	}
	for i, s := range asked {
		at := skillAt(s)
		if at > math.MaxUint16 {
			return b
		}
		b.skills[i] = uint16(at)
	}
	b.asked, b.plain = uint8(len(asked)), b.strict && p.static == 0 && !p.must.Has(ShiftUnwanted)
	return b
}

// restMost is what certificates, what is welcome and languages earn at most.
func (m *Market) restMost(p *postingRow) int {
	w := &m.weights
	return askedBound(p.mustCerts.n > 0, w.Certificates, w.CertsUnasked) + askedBound(p.niceSkills.n+p.niceCerts.n > 0, w.Nice, w.NiceUnasked) +
		askedBound(p.languages.n > 0, w.Language, w.LanguageUnasked)
}
