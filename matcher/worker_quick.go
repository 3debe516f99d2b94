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

// quick gives what a pair scores at most, or impossible when that is less than asked for. It is exact where the posting is
// plain, nothing is relaxed, and the worker fails nothing whatever the posting.
func (q *workerQuery) quick(b *brief, least int) (score int, exact bool) {
	s, experience, papers := q.see(b.occupation), 0, q.papersOf(b.papers)
	exact = b.has(plainBrief) && q.plain
	if exact && papers.out {
		return impossible, true
	}
	if b.months > 0 {
		experience = experiencePoints(s.months, int(b.months), &q.m.weights)
	} else {
		experience = s.unasked
	}
	requirement := q.skillPoints(b) + int(papers.points) + q.welcomePoints(b, int(papers.welcome)) + q.schoolingPoints(b.schooling) + experience
	untrusted := int(b.untrusted)
	if total(min(50, s.most+q.m.weights.Place), requirement, untrusted) < least {
		return impossible, false
	}
	worth := q.wishWorth(b, q.groundOf(b), s)
	if worth == impossible {
		return impossible, false
	}
	if score = total(min(worth, 50), requirement, untrusted); score < least || !exact {
		return score, false
	}
	if q.picky && q.turnedDown(b.row) || b.must != standing && q.otherwiseOut(b, s.months, papers) {
		return impossible, true
	}
	return score, true
}

// turnedDown reports whether the worker turned down a posting or its employer.
func (q *workerQuery) turnedDown(row int32) bool {
	w, m := q.w, q.m
	p := &m.postings.rows[row]
	return refused(cut(m.workers.notPostings, w.notPostings), p.key) >= 0 || p.firm != 0 && refused(cut(m.workers.notFirms, w.notFirms), p.firm) >= 0
}

// otherwiseOut reports whether a pair that passes in all that most postings insist on fails in what few do, but for the shift.
func (q *workerQuery) otherwiseOut(b *brief, months int, held *papers) bool {
	if b.must.Has(ExperienceShort) && b.months > 0 && months < int(b.months) || b.must.Has(LanguageMissing) && held.mute {
		return true
	}
	if b.must.Has(SchoolingShort) {
		asked, w := q.m.index.postings.classes.schooling[b.schooling], q.w
		if _, short := educationPoints(w.schooling, w.vocational, asked.schooling, asked.vocational, &q.m.weights); short {
			return true
		}
	}
	if b.must.Has(SkillMissing) {
		for _, skill := range b.skills[:b.asked] {
			if q.cover[skill] < halfCovered {
				return true
			}
		}
	}
	return false
}

// wishWorth gives what the better of the wishes earns, or impossible where each fails a condition of the posting.
func (q *workerQuery) wishWorth(b *brief, g ground, s *sight) int {
	insists := b.has(strictBrief) && q.relax == 0
	if g.has(groundOut) && insists {
		return impossible
	}
	pay, gives := q.payVerdict(b.pay), q.givesVerdict(b.gives, g.away())
	worth := impossible
	for i := range int(q.w.count) {
		if insists && (pay[i]|gives[i])&dismissed != 0 {
			continue
		}
		worth = max(worth, s.occupation[i]+g.points(i)+pay[i].points()+gives[i].points())
	}
	return worth
}
