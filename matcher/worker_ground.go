package matcher

// ground is what a workplace, or a set of them, earns by wish, in short.
type ground struct {
	known, out bool
	away       uint8 // 1 where one cannot go home at night
	points     [2]uint8
}

// groundOf gives what the workplaces of a posting earn.
func (q *workerQuery) groundOf(to *brief) ground {
	if to.spot[0] < 0 {
		return q.ground(^to.spot[0])
	}
	g := q.groundThere(to.spot[0])
	if to.spot[1] != 0 {
		g = g.or(q.groundThere(to.spot[1]))
	}
	return g
}

// groundThere is groundAt, faster where home, reach and provinces tell all.
func (q *workerQuery) groundThere(commune int32) ground {
	if !q.settled {
		return q.groundAt(commune)
	}
	km := q.distances[commune]
	if km == 0 || km >= farKm { // home, or not known
		return q.groundAt(commune)
	}
	loss := q.losing.byKm[q.landOf(q.m.vocabulary.province[commune])][km]
	if loss == lost {
		return ground{known: true, out: true, away: 1}
	}
	points := uint8(q.m.weights.Place - int(loss)/lossUnit)
	g := ground{known: true, points: [2]uint8{points, points}}
	if int(km) > q.m.weights.CommutingKm {
		g.away = 1
	}
	return g
}

// ground gives what a set of workplaces of the index earns.
func (q *workerQuery) ground(sites int32) ground {
	s := q.m.index.postings.spots[sites]
	if s[0] == 0 {
		g := &q.earns.grounds[sites]
		if !g.known {
			*g = shortly(q.placing(sites))
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

func shortly(p *placing) ground {
	g := ground{known: true, out: p.never || p.far, points: p.points}
	if !p.near {
		g.away = 1
	}
	return g
}

// groundIn is vocabulary.place for one workplace in a commune, shorter where the home tells all.
func (q *workerQuery) groundIn(to site) ground {
	if q.home.elusive || q.home.never {
		p := q.m.vocabulary.place(&q.m.workers.homings[q.w.homing], []site{to}, &q.m.weights)
		return shortly(&p)
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
