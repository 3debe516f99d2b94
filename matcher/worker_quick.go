package matcher

// sight is what the postings of one occupation have in common for a worker.
type sight struct {
	of         int32
	occupation [2]int // what it earns, by wish
	most       int    // of any wish, wherever the work is
	months     int    // that count
	unasked    int    // what they earn where none are asked
}

// see turns to an occupation.
func (q *workerQuery) see(occupation int32) *sight {
	s := &q.sight
	if s.of == occupation {
		return s
	}
	*s = sight{of: occupation}
	for i, spell := range q.spells {
		s.months = max(s.months, countedMonths(int(spell.months), q.practice[i][occupation], &q.m.weights))
	}
	s.unasked = experiencePoints(s.months, 0, &q.m.weights)
	for i := range int(q.w.count) {
		s.occupation[i] = int(q.byClose[i][q.closeness[i][occupation]])
		s.most = max(s.most, s.occupation[i]+q.wishRest[i])
	}
	return s
}

// quick gives what a pair scores at most, by all but certificates, languages and what is welcome, or impossible when that
// is less than asked for. It is exact where the posting is plain and the worker has turned nothing down.
func (q *workerQuery) quick(b *brief, g *ground, least int) (score int, exact bool) {
	s, experience := q.see(b.occupation), 0
	if b.months > 0 {
		experience = experiencePoints(s.months, int(b.months), &q.m.weights)
	} else {
		experience = s.unasked
	}
	requirement := int(b.rest) + q.skillPoints(b) + q.schoolingPoints(b.schooling) + experience
	untrusted := int(b.untrusted)
	if total(min(50, s.most+q.m.weights.Place), requirement, untrusted) < least {
		return impossible, false
	}
	worth := q.wishWorth(b, g, s)
	if worth == impossible {
		return impossible, false
	}
	if score = total(min(worth, 50), requirement, untrusted); score < least || !b.plain || !q.plain {
		return score, false
	}
	if b.more || q.picky {
		p := &q.m.postings.rows[b.row]
		rest := q.rest(p)
		if rest == impossible || q.otherwiseOut(p, s.months) {
			return impossible, true
		}
		score = total(worth, requirement-int(b.rest)+rest, untrusted)
	}
	return score, true
}

// otherwiseOut reports whether a pair that passes in all that most postings insist on fails in something else: what the law
// bars, what was turned down, and what few insist on, but for the shift.
func (q *workerQuery) otherwiseOut(p *postingRow, months int) bool {
	w, m := q.w, q.m
	switch {
	case w.barred&p.bars != 0:
		return true
	case w.notPostings.n > 0 && refused(cut(m.workers.notPostings, w.notPostings), p.key) >= 0:
		return true
	case w.notFirms.n > 0 && p.firm != 0 && refused(cut(m.workers.notFirms, w.notFirms), p.firm) >= 0:
		return true
	case p.must == standing:
		return false
	case p.must.Has(ExperienceShort) && p.months > 0 && months < int(p.months):
		return true
	}
	if p.must.Has(SchoolingShort) {
		if _, short := educationPoints(w.schooling, w.vocational, p.schooling, p.vocational, &m.weights); short {
			return true
		}
	}
	if !p.must.Has(SkillMissing) && !p.must.Has(LanguageMissing) {
		return false
	}
	c := q.coverage(p)
	return c.skillMissing && p.must.Has(SkillMissing) || c.languageMissing && p.must.Has(LanguageMissing)
}

// rest gives what certificates, languages and what is welcome earn, impossible where a certificate is missing.
func (q *workerQuery) rest(p *postingRow) int {
	w, t := &q.m.weights, &q.m.postings
	certificates, nice, languages := 0, 0, 0
	for _, asked := range cut(t.certs, p.mustCerts) {
		percent, missing := q.certificate(asked)
		if missing {
			return impossible
		}
		certificates += percent
	}
	for _, asked := range cut(t.skills, p.niceSkills) {
		nice += int(q.cover[skillAt(asked)])
	}
	for _, asked := range cut(t.certs, p.niceCerts) {
		percent, _ := q.certificate(asked)
		nice += percent
	}
	for _, asked := range cut(t.languages, p.languages) {
		held := q.language[asked.language]
		languages += languagePercent(held > 0, held-1, asked.level, w)
	}
	return sharePoints(w.Certificates, certificates, int(p.mustCerts.n), w.CertsUnasked) +
		sharePoints(w.Nice, nice, int(p.niceSkills.n+p.niceCerts.n), w.NiceUnasked) +
		sharePoints(w.Language, languages, int(p.languages.n), w.LanguageUnasked)
}

// wishWorth gives what the better of the wishes earns, or impossible where each fails a condition of the posting.
func (q *workerQuery) wishWorth(b *brief, ground *ground, s *sight) int {
	insists := b.strict && q.relax == 0
	if ground.out && insists {
		return impossible
	}
	pay, gives := q.payVerdict(b.pay), q.givesVerdict(b.gives, ground.away)
	worth := impossible
	for i := range int(q.w.count) {
		if insists && (pay[i]|gives[i])&dismissed != 0 {
			continue
		}
		worth = max(worth, s.occupation[i]+int(ground.points[i])+pay[i].points()+gives[i].points())
	}
	return worth
}
