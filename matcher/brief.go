package matcher

import (
	"fmt"
	"math"
)

// A posting is looked at in short before anything else of it is read: its demands and offers stand there as the
// numbers of classes, since many postings ask or offer the same. What a class earns a worker is worked out once, when
// the first posting of it comes by, and looked up for all others.

// brief is what a worker reads of a posting first, in the order of the index. A posting that may be gone to in several provinces
// stands in each of them. It fills a line of the processor's cache.
type brief struct {
	hash       uint64
	skills     [briefSkills]uint16 // required: numbers of skill and level, 0 for none
	nice       [briefSkills]uint16 // welcome ones
	row        int32
	occupation int32
	spot       spot  // of the workplaces, else by how much the number of their set is below -1
	pay        int32 // class
	gives      int32 // class of benefits, shift and conditions
	papers     int32 // class
	months     uint16
	schooling  uint16 // class
	asked      uint8  // how many skills are required, manyAsked for more than fit
	welcome    uint8  // how many skills and certificates are, likewise
	untrusted  uint8
	flags      briefFlags
	must       ConditionSet
}

type briefFlags uint8

const (
	strictBrief briefFlags = 1 << iota // insists on all that postings insist on unless they say otherwise
	plainBrief                         // quick can tell its score
	twinBrief                          // stands in several provinces
)

func (b *brief) has(flag briefFlags) bool { return b.flags&flag != 0 }

const (
	briefSkills = 4
	manyAsked   = 255
)

// skillAt numbers a skill asked for at a level, from 4 on.
func skillAt(s askedSkill) int { return int(s.skill)<<2 | int(s.level) }

// classes number the demands and offers of the postings of an index.
type classes struct {
	schooling []schoolings
	pays      []pays
	gives     []gives
	papers    []int32 // a posting of each
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
	bySchooling, byPay, byGives, byPapers := numbering{}, numbering{}, numbering{}, numbering{}
	list = make([]brief, len(m.postings.rows))
	for i := range m.postings.rows {
		p, b := &m.postings.rows[i], &list[i]
		*b = m.brief(p)
		b.row, b.spot = int32(i), spots[p.sites]
		if b.spot[0] == 0 {
			b.spot[0] = ^p.sites
		}
		asked, pay, offer := schoolings{p.schooling, p.vocational}, pays{p.payMin, p.payMax}, gives{p.benefits, p.shift, p.conditions, p.complete}
		schooling, fresh := bySchooling.of(asked)
		if b.schooling = uint16(schooling); fresh {
			c.schooling = append(c.schooling, asked)
		}
		if b.pay, fresh = byPay.of(pay); fresh {
			c.pays = append(c.pays, pay)
		}
		if b.gives, fresh = byGives.of(offer); fresh {
			c.gives = append(c.gives, offer)
		}
		if b.papers, fresh = byPapers.of(m.papersKey(p)); fresh {
			c.papers = append(c.papers, int32(i))
		}
	}
	return list, c
}

func (m *Market) brief(p *postingRow) brief {
	b := brief{
		hash: p.hash, occupation: p.occupation, months: p.months, untrusted: p.untrusted,
		must: p.must, welcome: manyAsked,
	}
	b.asked = shorten(cut(m.postings.skills, p.mustSkills), &b.skills)
	if welcome := int(p.niceSkills.n + p.niceCerts.n); welcome < len(shareTable{}) && shorten(cut(m.postings.skills, p.niceSkills), &b.nice) != manyAsked {
		b.welcome = uint8(welcome)
	}
	if p.strict() {
		b.flags |= strictBrief
		if p.static == 0 && !p.must.Has(ShiftUnwanted) && b.asked != manyAsked && b.welcome != manyAsked {
			b.flags |= plainBrief
		}
	}
	return b
}

// shorten writes skills down as numbers, and gives how many they are.
func shorten(list []askedSkill, into *[briefSkills]uint16) uint8 {
	if len(list) > len(into) {
		return manyAsked
	}
	for i, s := range list {
		at := skillAt(s)
		if at > math.MaxUint16 {
			return manyAsked
		}
		into[i] = uint16(at)
	}
	return uint8(len(list))
}

// papersKey is the same for postings that ask for the same certificates and languages, and are barred to the same people.
func (m *Market) papersKey(p *postingRow) string {
	if p.mustCerts.n+p.niceCerts.n+p.languages.n == 0 && p.bars == 0 { // as most do
		return ""
	}
	return fmt.Sprint(cut(m.postings.certs, p.mustCerts), cut(m.postings.certs, p.niceCerts), cut(m.postings.languages, p.languages), p.bars)
}
