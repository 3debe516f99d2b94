package matcher

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// change finds the one thing that would change the pair most. For a pair that fails a single condition it is
// what would open it; one that fails several, or one nobody can mend, has none.
func (e *explainer) change() *Change {
	if e.s.fails != 0 {
		return e.opening()
	}
	changes := e.improvements()
	if len(changes) == 0 {
		return nil
	}
	best := slices.MinFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Gain, a.Gain), strings.Compare(a.Reason.Code, b.Reason.Code), slices.Compare(a.Reason.Args, b.Reason.Args))
	})
	if best.Gain <= 0 {
		return nil
	}
	return &best
}

// with gives the score the pair would have with other points for one part.
func (e *explainer) with(part, points int) int {
	s := *e.s
	if part < partSkills {
		s.wish[part] = uint8(points)
	} else {
		s.requirement[part-partSkills] = uint8(points)
	}
	return s.score(e.x.p)
}

func (e *explainer) gain(part, points int) int { return e.with(part, points) - e.s.score(e.x.p) }

// improvements lists what the worker could learn, get or accept, each alone.
func (e *explainer) improvements() []Change {
	changes := e.learning()
	w, c, p := &e.m.weights, &e.x.coverage, e.x.p
	v := e.m.vocabulary
	for _, a := range cut(e.m.postings.languages, p.languages) {
		if percent := e.m.languageCover(e.x.w, a); percent < 100 {
			points := sharePoints(w.Language, c.languages+100-percent, int(p.languages.n), w.LanguageUnasked)
			changes = append(changes, Change{Reason{"learn_language", []string{v.languages.words[a.language], itoa(a.level)}}, e.gain(partLanguage, points)})
		}
	}
	if months := int(p.months); c.months < months {
		changes = append(changes, Change{Reason{"gain_experience", []string{itoa(months - c.months)}}, e.gain(partExperience, w.Experience)})
	}
	if p.shift != 0 && e.wish().shifts != 0 && e.wish().shifts&p.shift == 0 {
		shift := v.shifts.words[bits.TrailingZeros32(p.shift)+1]
		changes = append(changes, Change{Reason{"accept_shift", []string{shift}}, e.gain(partShift, w.Shift)})
	}
	return changes
}

// learning lists the asked skills and certificates that are not wholly covered.
func (e *explainer) learning() []Change {
	w, c, p := &e.m.weights, &e.x.coverage, e.x.p
	nice := int(p.niceSkills.n + p.niceCerts.n)
	var changes []Change
	skill := func(a askedSkill, part, sum, n, most, unasked int) {
		percent, _ := e.m.skillCover(e.x.w, a)
		points := sharePoints(most, sum+100-percent, n, unasked)
		changes = append(changes, Change{Reason{"learn_skill", []string{e.m.vocabulary.skills.words[a.skill], itoa(a.level)}}, e.gain(part, points)})
	}
	for _, a := range cut(e.m.postings.skills, p.mustSkills) {
		skill(a, partSkills, c.skills, int(p.mustSkills.n), w.Skills, w.SkillsUnasked)
	}
	for _, a := range cut(e.m.postings.skills, p.niceSkills) {
		skill(a, partNice, c.nice, nice, w.Nice, w.NiceUnasked)
	}
	for _, a := range cut(e.m.postings.certs, p.niceCerts) {
		percent, _ := e.m.certificateCover(e.x.w, a)
		points := sharePoints(w.Nice, c.nice+100-percent, nice, w.NiceUnasked)
		changes = append(changes, Change{e.certificateChange(a), e.gain(partNice, points)})
	}
	return changes
}

// certificateChange says get it, or renew it when it has run out.
func (e *explainer) certificateChange(a validCertificate) Reason {
	why := e.whyNotHeld(a)
	code := "get_certificate"
	if why.Code == "certificate_expired" {
		code = "renew_certificate"
	}
	return Reason{code, []string{why.Args[0], itoa(a.level)}}
}

// opening gives what would let a failing pair pass.
func (e *explainer) opening() *Change {
	fails := e.s.fails.List()
	if len(fails) != 1 {
		return nil
	}
	w, p := &e.m.weights, e.x.p
	switch c := fails[0]; c {
	case CertificateMissing:
		return e.certificateOpening()
	case TooFar:
		return e.reachOpening()
	case PayBelowFloor:
		offer := max(p.payMax, p.payMin)
		points, _ := payPoints(offer, p.payMin, p.payMax, w)
		return &Change{Reason{"accept_pay", []string{itoa(offer), itoa(e.wish().floor)}}, e.with(partPay, points)}
	case NeedNotMet:
		_, needs := e.wanted()
		return &Change{Reason{"offer_benefit", e.benefitNames(needs &^ p.benefits)}, e.with(partBenefits, w.Benefits)}
	case PostingStale:
		doubt := min(int(p.answers)+int(p.stays), w.UntrustedMost)
		return &Change{Reason{"confirm_posting", nil}, total(e.s.wishSum(), e.s.requirementSum(), doubt)}
	case SkillMissing:
		return &Change{Reason{"learn_skills", e.missingSkills()}, e.with(partSkills, w.Skills)}
	case LanguageMissing:
		return &Change{Reason{"learn_languages", e.language().Args}, e.with(partLanguage, w.Language)}
	case ExperienceShort:
		return &Change{Reason{"gain_experience", []string{itoa(int(p.months) - e.x.coverage.months)}}, e.with(partExperience, w.Experience)}
	case SchoolingShort:
		return &Change{Reason{"raise_education", e.education().Args}, e.with(partEducation, w.Education)}
	case ShiftUnwanted:
		return &Change{Reason{"accept_shift", e.shift().Args}, e.with(partShift, w.Shift)}
	}
	return nil
}

func (e *explainer) certificateOpening() *Change {
	w, p := &e.m.weights, e.x.p
	sum := e.x.coverage.certificates
	var lacking []Reason
	for _, a := range cut(e.m.postings.certs, p.mustCerts) {
		if percent, missing := e.m.certificateCover(e.x.w, a); missing {
			sum += 100 - percent
			lacking = append(lacking, e.certificateChange(a))
		}
	}
	points := sharePoints(w.Certificates, sum, int(p.mustCerts.n), w.CertsUnasked)
	reason := lacking[0]
	if len(lacking) > 1 {
		reason = Reason{"get_certificates", nil}
		for _, r := range lacking {
			reason.Args = append(reason.Args, r.Args[0])
		}
		sorted(reason.Args)
	}
	return &Change{reason, e.with(partCertificates, points)}
}

// reachOpening supposes that the person would go to the nearest workplace after all.
func (e *explainer) reachOpening() *Change {
	s := e.nearest()
	h := *e.homing()
	h.reach, h.countries = ReachAbroad, nil
	points, _ := h.sitePoints(s, e.m.vocabulary.km(&h, s), int(e.s.chosen), &e.m.weights)
	return &Change{Reason{"go_to", []string{e.siteName(s), e.km(s)}}, e.with(partPlace, points)}
}
