package matcher

// earnings is what each class of demand or offer, and each place, earns the worker of a query, by number.
// Nothing stands where it has not been asked for yet.
type earnings struct {
	schooling []uint8         // 1 + points
	pays      [][2]verdict    // by wish
	gives     [2][][2]verdict // for those who need no bed there, and for all others
	communes  []ground
	grounds   []ground // by set of workplaces, where they are not one commune or two
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

// ground is what a workplace, or a set of them, earns by wish, in short.
type ground struct {
	known, out bool
	away       uint8 // 1 where one cannot go home at night
	points     [2]uint8
}

func newEarnings(m *Market) earnings {
	c := &m.index.postings.classes
	return earnings{
		schooling: make([]uint8, len(c.schooling)), pays: make([][2]verdict, len(c.pays)), grounds: make([]ground, len(m.index.postings.spots)),
		communes: make([]ground, len(m.vocabulary.communes.words)),
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

// sight is what the postings of one block have in common for a worker.
type sight struct {
	occupation [2]int // what it earns, by wish
	most       int    // of any wish for any posting of the block
	months     int    // that count
	unasked    int    // what they earn where none are asked
}

func (q *workerQuery) sight(block int32) sight {
	b, places := &q.m.index.postings.blocks[block], q.placesAhead(block)
	s := sight{months: q.months(b.occupation)}
	s.unasked = experiencePoints(s.months, 0, &q.m.weights)
	for i := range int(q.w.count) {
		s.occupation[i] = int(q.byClose[i][q.closeness[i][b.occupation]])
		s.most = max(s.most, s.occupation[i]+max(0, int(places[i]))+q.wishRest[i])
	}
	return s
}

// need gives the least that the wish must earn for a posting to score so much, by all that is asked but certificates,
// languages and what is welcome.
func (q *workerQuery) need(row int32, s *sight, score int) int {
	if score <= 0 {
		return 0
	}
	g := &q.m.index.postings.glances[row]
	experience := s.unasked
	if g.months > 0 {
		experience = experiencePoints(s.months, int(g.months), &q.m.weights)
	}
	requirement := int(g.rest) + q.skillPoints(g) + q.schoolingPoints(g.schooling) + experience
	return int(leastWish[min(score, 101)+int(g.untrusted)][requirement])
}

// quick reports whether a pair may score so much, by all but certificates, languages and what is welcome.
func (q *workerQuery) quick(row int32, s *sight, score int) bool {
	need := q.need(row, s, score)
	return s.most >= need && q.wishWorth(row, s) >= need
}

// leastWish[s][r] is the least that the wish must earn for a score of s, a requirement being worth r.
var leastWish = func() (table [101 + 50 + 1][51]uint8) {
	for score := range table {
		for requirement := range table[score] {
			wish := 0
			for wish <= 50 && !reaches(wish, requirement, score) {
				wish++
			}
			table[score][requirement] = uint8(wish)
		}
	}
	return table
}()

// wishWorth gives what the better of the wishes earns, or impossible where each fails a condition of the posting.
func (q *workerQuery) wishWorth(row int32, s *sight) int {
	x := &q.m.index.postings
	g := &x.seconds[row]
	ground, insists := q.ground(g.sites), x.glances[row].standing && q.relax == 0
	if ground.out && insists {
		return impossible
	}
	pay, gives := q.payVerdict(g.pay), q.givesVerdict(g.gives, ground.away)
	worth := impossible
	for i := range int(q.w.count) {
		if insists && (pay[i]|gives[i])&dismissed != 0 {
			continue
		}
		worth = max(worth, s.occupation[i]+int(ground.points[i])+pay[i].points()+gives[i].points())
	}
	return worth
}

// ground gives what a set of workplaces of the index earns.
func (q *workerQuery) ground(sites int32) ground {
	s := q.m.index.postings.spots[sites]
	if s[0] == 0 {
		g := &q.earns.grounds[sites]
		if !g.known {
			*g = groundOf(q.placing(sites))
		}
		return *g
	}
	g := q.groundAt(s[0])
	if s[1] != 0 {
		g = g.or(q.groundAt(s[1]))
	}
	return g
}

// or gives what both together earn: the better of those that are not out.
func (g ground) or(o ground) ground {
	switch {
	case g.out:
		return o
	case o.out:
		return g
	}
	return ground{known: true, away: min(g.away, o.away), points: [2]uint8{max(g.points[0], o.points[0]), max(g.points[1], o.points[1])}}
}

// groundAt gives what a workplace in a commune of a known province earns.
func (q *workerQuery) groundAt(commune int32) ground {
	g := &q.earns.communes[commune]
	if !g.known {
		*g = q.groundIn(site{kind: siteCommune, commune: commune, province: q.m.vocabulary.province[commune]})
	}
	return *g
}

func groundOf(p *placing) ground {
	g := ground{known: true, out: p.never || p.far, points: p.points}
	if !p.near {
		g.away = 1
	}
	return g
}

// groundIn is vocabulary.place for one workplace in a commune, shorter where the home tells all.
func (q *workerQuery) groundIn(to site) ground {
	if q.home.elusive {
		p := q.m.vocabulary.place(&q.m.workers.homings[q.w.homing], []site{to}, &q.m.weights)
		return groundOf(&p)
	}
	km := uint16(unknownKm)
	if q.home.home != 0 {
		km = q.distances[to.commune]
	}
	if !q.home.reaches(&to, km, q.province) {
		return ground{known: true, out: true, away: 1}
	}
	points, g := uint8(q.home.sitePoints(&to, km, q.province, q.kmPoints, &q.m.weights)), ground{known: true}
	if int(km) > q.m.weights.CommutingKm {
		g.away = 1
	}
	g.points = [2]uint8{points, points}
	return g
}

// skillPoints never gives less than the required skills earn.
func (q *workerQuery) skillPoints(g *glance) int {
	if g.asked == manySkills {
		return q.m.weights.Skills
	}
	sum := int(q.cover[g.skills[0]]) + int(q.cover[g.skills[1]]) + int(q.cover[g.skills[2]]) + int(q.cover[g.skills[3]])
	return int(q.shares[g.asked&7][sum])
}

// shareTable keeps what required skills earn, by how many are asked for and the sum of what is covered of them.
type shareTable [8][401]uint8

func newShareTable(w *Weights) (t shareTable) {
	for n := range t {
		for sum := range t[n] {
			t[n][sum] = uint8(sharePoints(w.Skills, min(sum, 100*n), n, w.SkillsUnasked))
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

func (q *workerQuery) payVerdict(class int32) [2]verdict {
	earns := &q.earns.pays[class]
	if earns[0] == 0 {
		offer := q.m.index.postings.classes.pays[class]
		for i := range int(q.w.count) {
			earns[i] = verdictOf(payPoints(q.w.wishes[i].floor, offer.least, offer.most, &q.m.weights))
		}
	}
	return *earns
}

func (q *workerQuery) givesVerdict(class int32, away uint8) [2]verdict {
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
	return *earns
}
