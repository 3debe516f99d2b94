package matcher

// The reasons of the requirement's parts, and of what is not trusted.

func (e *explainer) skills() Reason {
	asked := cut(e.m.postings.skills, e.x.p.mustSkills)
	if len(asked) == 0 {
		return Reason{"skills_not_asked", nil}
	}
	met, whole := 0, 0
	for _, a := range asked {
		percent, _ := e.m.skillCover(e.x.w, a)
		if percent >= halfCovered {
			met++
		}
		if percent == 100 {
			whole++
		}
	}
	args := []string{itoa(met), itoa(len(asked))}
	switch {
	case whole == len(asked):
		return Reason{"skills_all", args}
	case met == len(asked):
		return Reason{"skills_nearly", args}
	case met > 0:
		return Reason{"skills_some", args}
	}
	return Reason{"skills_none", args}
}

func (e *explainer) certificates() Reason {
	asked := cut(e.m.postings.certs, e.x.p.mustCerts)
	if len(asked) == 0 {
		return Reason{"certificates_not_asked", nil}
	}
	var lacking, unsure, all []string
	for _, a := range asked {
		name := e.m.vocabulary.certificates.words[a.certificate]
		all = append(all, name)
		percent, missing := e.m.certificateCover(e.x.w, a)
		if missing {
			lacking = append(lacking, name)
		} else if percent < 100 {
			unsure = append(unsure, name)
		}
	}
	switch {
	case len(lacking) > 0:
		return Reason{"certificates_missing", sorted(lacking)}
	case len(unsure) > 0:
		return Reason{"certificates_level_unknown", sorted(unsure)}
	}
	return Reason{"certificates_all", sorted(all)}
}

func (e *explainer) nice() Reason {
	met, of := 0, int(e.x.p.niceSkills.n+e.x.p.niceCerts.n)
	for _, a := range cut(e.m.postings.skills, e.x.p.niceSkills) {
		if percent, _ := e.m.skillCover(e.x.w, a); percent >= halfCovered {
			met++
		}
	}
	for _, a := range cut(e.m.postings.certs, e.x.p.niceCerts) {
		if _, missing := e.m.certificateCover(e.x.w, a); !missing {
			met++
		}
	}
	args := []string{itoa(met), itoa(of)}
	switch {
	case of == 0:
		return Reason{"nice_not_asked", nil}
	case met == of:
		return Reason{"nice_all", args}
	case met > 0:
		return Reason{"nice_some", args}
	}
	return Reason{"nice_none", args}
}

func (e *explainer) experience() Reason {
	months, asked := e.x.coverage.months, int(e.x.p.months)
	switch {
	case asked == 0 && months == 0:
		return Reason{"experience_not_asked", nil}
	case asked == 0:
		return Reason{"experience_shown", []string{itoa(months)}}
	case months >= asked:
		return Reason{"experience_enough", []string{itoa(months), itoa(asked)}}
	}
	return Reason{"experience_short", []string{itoa(months), itoa(asked)}}
}

func (e *explainer) education() Reason {
	w, p := e.x.w, e.x.p
	args := []string{itoa(w.schooling), itoa(p.schooling), itoa(w.vocational), itoa(p.vocational)}
	_, short := educationPoints(w.schooling, w.vocational, p.schooling, p.vocational, &e.m.weights)
	switch {
	case p.schooling == 0 && p.vocational == 0:
		return Reason{"education_not_asked", nil}
	case short:
		return Reason{"education_short", args}
	case w.schooling < p.schooling || w.vocational < p.vocational:
		return Reason{"education_not_stated", args}
	}
	return Reason{"education_met", args}
}

func (e *explainer) language() Reason {
	asked := cut(e.m.postings.languages, e.x.p.languages)
	if len(asked) == 0 {
		return Reason{"language_not_asked", nil}
	}
	var lacking, all []string
	for _, a := range asked {
		name := e.m.vocabulary.languages.words[a.language]
		all = append(all, name)
		if e.m.languageCover(e.x.w, a) < 100 {
			lacking = append(lacking, name)
		}
	}
	if len(lacking) > 0 {
		return Reason{"language_short", sorted(lacking)}
	}
	return Reason{"language_met", sorted(all)}
}

// untrusted names the greatest of the doubts.
func (e *explainer) untrusted() Reason {
	p := e.x.p
	switch worst := max(p.stale, p.answers, p.stays); {
	case worst == 0:
		return Reason{"trusted", nil}
	case p.stale == worst && p.confirmedAge < 0:
		return Reason{"never_confirmed", nil}
	case p.stale == worst:
		return Reason{"not_confirmed_since", []string{itoa(p.confirmedAge)}}
	case p.answers == worst:
		return Reason{"answers_seldom", []string{itoa(p.answersGiven)}}
	}
	return Reason{"people_leave", []string{itoa(p.staysGiven)}}
}
