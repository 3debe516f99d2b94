package matcher

// earnings is what each class of demand or offer, and each place, earns the worker of a query, by number.
// Nothing stands where it has not been asked for yet.
type earnings struct {
	schooling []uint8         // 1 + points
	pays      [][2]verdict    // by wish
	gives     [2][][2]verdict // for those who need no bed there, and for all others
	papers    []papers
	communes  []ground
	grounds   []ground // by set of workplaces, where they are not one commune or two
}

// papers is what certificates and languages earn; where it was not said of this meeting it is not known.
type papers struct {
	meeting uint32
	points  uint8
	out     bool   // one that is required is missing, or the law bars
	mute    bool   // a language that is asked for is missing
	welcome uint16 // what is covered of the welcome certificates, in per cent each
}

// verdict is 1 + points, with dismissed set where a condition is not met that postings insist on.
type verdict uint8

const dismissed verdict = 1 << 7

func verdictOf(points int, refused bool) verdict {
	if refused {
		return verdict(1+points) | dismissed
	}
	return verdict(1 + points)
}

func (v verdict) points() int { return int(v&^dismissed) - 1 }

func newEarnings(m *Market) earnings {
	c := &m.index.postings.classes
	return earnings{
		schooling: make([]uint8, len(c.schooling)), pays: make([][2]verdict, len(c.pays)), grounds: make([]ground, len(m.index.postings.spots)),
		communes: make([]ground, len(m.vocabulary.communes.words)),
		papers:   make([]papers, len(c.papers)),
		gives:    [2][][2]verdict{make([][2]verdict, len(c.gives)), make([][2]verdict, len(c.gives))},
	}
}

// forget makes room for another worker; what places earn may outlast him.
func (e *earnings) forget() {
	clear(e.schooling)
	clear(e.pays)
	clear(e.gives[0])
	clear(e.gives[1])
}

// skillPoints never gives less than the required skills earn.
func (q *workerQuery) skillPoints(g *brief) int {
	if g.asked == manyAsked {
		return q.m.weights.Skills
	}
	sum := int(q.cover[g.skills[0]]) + int(q.cover[g.skills[1]]) + int(q.cover[g.skills[2]]) + int(q.cover[g.skills[3]])
	return int(q.shares[g.asked&7][sum])
}

// welcomePoints gives likewise what is welcome earns.
func (q *workerQuery) welcomePoints(g *brief, certificates int) int {
	if g.welcome == manyAsked {
		return q.m.weights.Nice
	}
	sum := int(q.cover[g.nice[0]]) + int(q.cover[g.nice[1]]) + int(q.cover[g.nice[2]]) + int(q.cover[g.nice[3]]) + certificates
	return int(q.welcomes[g.welcome&7][sum])
}

// shareTable keeps what is earned by how many are asked for and the sum of what is covered of them.
type shareTable [8][701]uint8

func newShareTable(most, unasked int) (t shareTable) {
	for n := range t {
		for sum := range t[n] {
			t[n][sum] = uint8(sharePoints(most, min(sum, 100*n), n, unasked))
		}
	}
	return t
}

func (q *workerQuery) schoolingPoints(class uint16) int {
	earns := &q.earns.schooling[class]
	if *earns == 0 {
		asked := q.m.index.postings.classes.schooling[class]
		points, _ := educationPoints(q.w.schooling, q.w.vocational, asked.schooling, asked.vocational, &q.m.weights)
		*earns = uint8(1 + points)
	}
	return int(*earns) - 1
}

func (q *workerQuery) payVerdict(class int32) *[2]verdict {
	earns := &q.earns.pays[class]
	if earns[0] == 0 {
		offer := q.m.index.postings.classes.pays[class]
		for i := range int(q.w.count) {
			earns[i] = verdictOf(payPoints(q.w.wishes[i].floor, offer.least, offer.most, &q.m.weights))
		}
	}
	return earns
}

func (q *workerQuery) givesVerdict(class int32, away int) *[2]verdict {
	earns := &q.earns.gives[away][class]
	if earns[0] == 0 {
		offer, w, v := &q.m.index.postings.classes.gives[class], &q.m.weights, q.m.vocabulary
		for i := range int(q.w.count) {
			wish := &q.w.wishes[i]
			wants, needs := wish.benefits, q.w.needs
			if away == 0 {
				wants, needs = wants&^v.away, needs&^v.away
			}
			benefits, unmet := benefitPoints(wants, needs, offer.benefits, offer.complete, w)
			shift, _ := shiftPoints(wish.shifts, offer.shift, v.night, w)
			earns[i] = verdictOf(benefits+shift+conditionPoints(wish.conditions, offer.conditions, w), unmet)
		}
	}
	return earns
}

// papersOf gives what the certificates and languages earn that postings of a class ask for.
func (q *workerQuery) papersOf(class int32) *papers {
	earns := &q.earns.papers[class]
	if earns.meeting == q.meeting {
		return earns
	}
	w, t := &q.m.weights, &q.m.postings
	p := &t.rows[q.m.index.postings.classes.papers[class]]
	*earns = papers{meeting: q.meeting, out: q.w.barred&p.bars != 0}
	certificates, languages := 0, 0
	for _, asked := range cut(t.certs, p.mustCerts) {
		percent, missing := q.certificate(asked)
		certificates += percent
		earns.out = earns.out || missing
	}
	for _, asked := range cut(t.certs, p.niceCerts) {
		percent, _ := q.certificate(asked)
		earns.welcome += uint16(percent)
	}
	for _, asked := range cut(t.languages, p.languages) {
		held := q.language[asked.language]
		percent := languagePercent(held > 0, held-1, asked.level, w)
		languages += percent
		earns.mute = earns.mute || percent < halfCovered
	}
	earns.points = uint8(sharePoints(w.Certificates, certificates, int(p.mustCerts.n), w.CertsUnasked) +
		sharePoints(w.Language, languages, int(p.languages.n), w.LanguageUnasked))
	return earns
}
