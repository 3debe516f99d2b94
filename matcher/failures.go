package matcher

import "slices"

func sorted(words []string) []string {
	slices.Sort(words)
	return words
}

// failure says why a hard condition is not met.
func (e *explainer) failure(c Condition) Reason {
	code := c.String()
	w, p := e.x.w, e.x.p
	switch c {
	case PostingStale:
		return Reason{code, []string{itoa(p.confirmedAge)}}
	case LegalBar:
		return Reason{code, e.barNames(w.barred & p.bars)}
	case RefusedPosting:
		return Reason{code, e.refusalWords(cut(e.m.workers.notPostings, w.notPostings), p.key)}
	case RefusedEmployer:
		return Reason{code, e.refusalWords(cut(e.m.workers.notFirms, w.notFirms), p.firm)}
	case CertificateMissing:
		return e.certificateFailure()
	case PlaceNever:
		return Reason{code, []string{e.siteName(e.sites()[0])}}
	case TooFar:
		s := e.nearest()
		return Reason{code, []string{e.siteName(s), e.km(s)}}
	case PayBelowFloor:
		return Reason{code, e.pay().Args}
	case NeedNotMet:
		_, needs := e.wanted()
		return Reason{code, e.benefitNames(needs &^ p.benefits)}
	case SchoolingShort:
		return Reason{code, e.education().Args}
	case ExperienceShort:
		return Reason{code, e.experience().Args}
	case SkillMissing:
		return Reason{code, e.missingSkills()}
	case LanguageMissing:
		return Reason{code, e.language().Args}
	case ShiftUnwanted:
		return Reason{code, e.shift().Args}
	}
	return Reason{code, nil}
}

func (e *explainer) barNames(set uint64) []string {
	var names []string
	for i, word := range e.m.vocabulary.bars.words {
		if i > 0 && set>>(i-1)&1 == 1 {
			names = append(names, word)
		}
	}
	return sorted(names)
}

func (e *explainer) refusalWords(list []refusal, key uint64) []string {
	if reason := refused(list, key); reason > 0 {
		return []string{e.m.vocabulary.reasons.words[reason]}
	}
	return nil
}

func (e *explainer) missingSkills() []string {
	var names []string
	for _, a := range cut(e.m.postings.skills, e.x.p.mustSkills) {
		if percent, _ := e.m.skillCover(e.x.w, a); percent < halfCovered {
			names = append(names, e.m.vocabulary.skills.words[a.skill])
		}
	}
	return sorted(names)
}

// certificateFailure names the first required certificate that is not held: missing, run out or too low.
func (e *explainer) certificateFailure() Reason {
	for _, r := range e.missingCertificates(e.x.p.mustCerts) {
		return r
	}
	return Reason{CertificateMissing.String(), nil}
}

// missingCertificates gives a reason for each asked certificate that is not held, in the order of their ids.
func (e *explainer) missingCertificates(asked span) []Reason {
	var reasons []Reason
	for _, a := range cut(e.m.postings.certs, asked) {
		if _, missing := e.m.certificateCover(e.x.w, a); missing {
			reasons = append(reasons, e.whyNotHeld(a))
		}
	}
	slices.SortFunc(reasons, func(a, b Reason) int { return slices.Compare(a.Args, b.Args) })
	return reasons
}

// whyNotHeld looks among all certificates ever held for the one that would have done.
func (e *explainer) whyNotHeld(a validCertificate) Reason {
	name := e.m.vocabulary.certificates.words[a.certificate]
	for _, held := range cut(e.m.workers.valid, e.x.w.valid) {
		if held.certificate == a.certificate {
			return Reason{"certificate_too_low", []string{name, itoa(held.level), itoa(a.level)}}
		}
	}
	ran := NoDay
	for _, held := range cut(e.m.workers.held, e.x.w.held) {
		if slices.Contains(e.m.vocabulary.implied.of(held.certificate), a.certificate) {
			ran = max(ran, held.expires)
		}
	}
	if ran != NoDay {
		return Reason{"certificate_expired", []string{name, ran.String()}}
	}
	return Reason{"certificate_missing", []string{name}}
}

// missing lists what the worker lacks of what the posting asks, the required first.
func (e *explainer) missing() []Reason {
	p := e.x.p
	reasons := e.missingCertificates(p.mustCerts)
	reasons = append(reasons, e.lackingSkills(p.mustSkills, "skill_missing")...)
	reasons = append(reasons, e.lackingLanguages()...)
	for _, r := range []Reason{e.experience(), e.education()} {
		if r.Code == "experience_short" || r.Code == "education_short" {
			reasons = append(reasons, r)
		}
	}
	for _, r := range e.missingCertificates(p.niceCerts) {
		reasons = append(reasons, Reason{"certificate_welcome", r.Args[:1]})
	}
	return append(reasons, e.lackingSkills(p.niceSkills, "skill_welcome")...)
}

// lackingSkills lists asked skills not wholly covered; one covered by half or more says by what.
func (e *explainer) lackingSkills(asked span, code string) []Reason {
	var reasons []Reason
	for _, a := range cut(e.m.postings.skills, asked) {
		percent, by := e.m.skillCover(e.x.w, a)
		name := e.m.vocabulary.skills.words[a.skill]
		switch {
		case percent < halfCovered:
			reasons = append(reasons, Reason{code, []string{name}})
		case percent < 100 && code == "skill_missing":
			reasons = append(reasons, Reason{"skill_partly", []string{name, itoa(percent), e.m.vocabulary.skills.words[by]}})
		}
	}
	slices.SortFunc(reasons, func(a, b Reason) int { return slices.Compare(a.Args, b.Args) })
	return reasons
}

func (e *explainer) lackingLanguages() []Reason {
	var reasons []Reason
	for _, a := range cut(e.m.postings.languages, e.x.p.languages) {
		if e.m.languageCover(e.x.w, a) < 100 {
			reasons = append(reasons, Reason{"language_missing", []string{e.m.vocabulary.languages.words[a.language], itoa(a.level)}})
		}
	}
	slices.SortFunc(reasons, func(a, b Reason) int { return slices.Compare(a.Args, b.Args) })
	return reasons
}
