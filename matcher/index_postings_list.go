package matcher

import "math"

// postingList is what is known of a stretch of postings of some occupations in one province.
type postingList struct {
	from, to                                   int32 // blocks
	province                                   int32
	place                                      int8      // the most it earns for anybody
	occupations                                []int32   // in the order of their classes
	skills                                     signature // required by any
	certificates                               uint64    // required by any, folded
	payBest                                    int64     // the most any pays, no limit when one does not say
	shifts                                     uint32    // of any
	static, must                               ConditionSet
	leastMonths                                uint16 // of those that ask for any
	untrusted                                  uint8  // the least
	skillsUnasked, certsUnasked, monthsUnasked bool   // by any
	strict, shiftUnstated                      bool
	skillsAsked, certsAsked, niceAsked         bool
	educationAsked, languageAsked              bool
}

func newPostingList(province int32) postingList {
	return postingList{province: province, static: math.MaxUint32, must: math.MaxUint32, leastMonths: math.MaxUint16, untrusted: math.MaxUint8}
}

func (b *postingList) add(m *Market, p *postingRow) {
	if n := len(b.occupations); n == 0 || b.occupations[n-1] != p.occupation {
		b.occupations = append(b.occupations, p.occupation)
	}
	b.static &= p.static
	b.must &= p.must
	b.untrusted = min(b.untrusted, p.untrusted)
	b.shifts |= p.shift
	b.shiftUnstated = b.shiftUnstated || p.shift == 0
	for _, s := range cut(m.postings.skills, p.mustSkills) {
		b.skills.add(s.skill)
	}
	for _, c := range cut(m.postings.certs, p.mustCerts) {
		b.certificates |= fold(c.certificate)
	}
	b.skillsAsked, b.skillsUnasked = b.skillsAsked || p.mustSkills.n > 0, b.skillsUnasked || p.mustSkills.n == 0
	b.certsAsked, b.certsUnasked = b.certsAsked || p.mustCerts.n > 0, b.certsUnasked || p.mustCerts.n == 0
	b.niceAsked = b.niceAsked || p.niceSkills.n+p.niceCerts.n > 0
	b.educationAsked = b.educationAsked || p.schooling > 0 || p.vocational > 0
	b.languageAsked = b.languageAsked || p.languages.n > 0
	if p.months == 0 {
		b.monthsUnasked = true
	} else {
		b.leastMonths = min(b.leastMonths, p.months)
	}
	if p.payMax == 0 { // nothing said, or "from"
		b.payBest = math.MaxInt64
	}
	b.payBest = max(b.payBest, p.payMax)
}
