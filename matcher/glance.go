package matcher

// A posting is looked at in short before anything else of it is read: its demands and offers stand there as the
// numbers of classes, since many postings ask or offer the same. What a class earns a worker is worked out once, when
// the first posting of it comes by, and looked up for all others.

// glance is what a worker reads of one posting first.
type glance struct {
	sites     int32
	skills    int32  // class of required skills
	pay       int32  // class of pay
	gives     int32  // class of benefits, shift and conditions
	months    uint16 // asked
	schooling uint16 // both levels asked
	rest      uint8  // what certificates, what is welcome and languages earn at most
	untrusted uint8
	standing  bool // insists on all that postings insist on unless they say otherwise
}

// classes number the demands and offers of the postings of an index. Each stands for its first posting.
type classes struct {
	skills []span
	pays   []pays
	gives  []gives
}

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

// newGlances shortens all postings.
func (m *Market) newGlances() (glances []glance, c classes) {
	bySkills, byPay, byGives := numbering{}, numbering{}, numbering{}
	var name []byte
	glances = make([]glance, len(m.postings.rows))
	for i := range m.postings.rows {
		p, g := &m.postings.rows[i], &glances[i]
		*g = m.glance(p)
		var fresh bool
		name = name[:0]
		for _, asked := range cut(m.postings.skills, p.mustSkills) {
			name = append(name, byte(asked.skill), byte(asked.skill>>8), byte(asked.skill>>16), byte(asked.skill>>24), asked.level)
		}
		if g.skills, fresh = bySkills.of(string(name)); fresh {
			c.skills = append(c.skills, p.mustSkills)
		}
		pay, offer := pays{p.payMin, p.payMax}, gives{p.benefits, p.shift, p.conditions, p.complete}
		if g.pay, fresh = byPay.of(pay); fresh {
			c.pays = append(c.pays, pay)
		}
		if g.gives, fresh = byGives.of(offer); fresh {
			c.gives = append(c.gives, offer)
		}
	}
	return glances, c
}

// glance gives all of a glance but the classes.
func (m *Market) glance(p *postingRow) glance {
	w := &m.weights
	return glance{
		sites: p.sites, months: p.months, schooling: uint16(p.schooling)<<8 | uint16(p.vocational),
		rest: uint8(askedBound(p.mustCerts.n > 0, w.Certificates, w.CertsUnasked) + askedBound(p.niceSkills.n+p.niceCerts.n > 0, w.Nice, w.NiceUnasked) +
			askedBound(p.languages.n > 0, w.Language, w.LanguageUnasked)),
		untrusted: p.untrusted, standing: p.must&standing == standing,
	}
}
