package matcher

// ground is what a workplace, or a set of them, earns by wish, packed: a byte of points for either, then what follows. Nothing
// is what is not known.
type ground uint32

const (
	groundAway ground = 1 << (16 + iota) // one cannot go home at night
	groundOut                            // out of reach
	groundKnown

	groundBeyond = groundKnown | groundOut | groundAway
)

// groundEarning earns so many points for either wish.
func groundEarning(points uint8) ground { return groundKnown | ground(points)<<8 | ground(points) }

func (g ground) has(what ground) bool { return g&what != 0 }

// points is what a wish earns, numbered from 0.
func (g ground) points(wish int) int { return int(uint8(g >> (8 * (wish & 1)))) }

// away is 1 where one cannot go home at night.
func (g ground) away() int { return int(g / groundAway & 1) }

// most is what the better wish earns.
func (g ground) most() int { return max(g.points(0), g.points(1)) }

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
	province := q.m.vocabulary.province[commune]
	if !q.settledIn(province) {
		return q.groundAt(commune)
	}
	km := q.distances[commune]
	if km == 0 || km >= farKm { // home, or not known
		return q.groundAt(commune)
	}
	loss := q.losing.byKm[q.landOf(province)][km]
	if loss == lost {
		return groundBeyond
	}
	return groundEarning(uint8(q.m.weights.Place-int(loss)/lossUnit)).after(km, &q.m.weights)
}

// ground gives what a set of workplaces of the index earns.
func (q *workerQuery) ground(sites int32) ground {
	s := q.m.index.postings.spots[sites]
	if s[0] == 0 {
		g := &q.earns.grounds[sites]
		if !g.has(groundKnown) {
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

// after is a ground that lies so far from home.
func (g ground) after(km uint16, w *Weights) ground {
	if int(km) > w.CommutingKm {
		g |= groundAway
	}
	return g
}

// or gives what both together earn: the better of those that are not out.
func (g ground) or(o ground) ground {
	switch {
	case g.has(groundOut):
		return o
	case o.has(groundOut):
		return g
	}
	return max(g&0xff00, o&0xff00) | max(g&0xff, o&0xff) | g&o&groundAway | groundKnown
}

// groundAt gives what a workplace in a commune of a known province earns.
func (q *workerQuery) groundAt(commune int32) ground {
	g := &q.earns.communes[commune]
	if !g.has(groundKnown) {
		*g = q.groundIn(site{kind: siteCommune, commune: commune, province: q.m.vocabulary.province[commune]})
	}
	return *g
}

func shortly(p *placing) ground {
	g := groundKnown | ground(p.points[1])<<8 | ground(p.points[0])
	if p.never || p.far {
		g |= groundOut
	}
	if !p.near {
		g |= groundAway
	}
	return g
}

// groundIn is vocabulary.place for one workplace in a commune, shorter where the home tells all.
func (q *workerQuery) groundIn(to site) ground {
	if q.home.never || q.home.elusive && !q.settledIn(to.province) {
		p := q.m.vocabulary.place(&q.m.workers.homings[q.w.homing], []site{to}, &q.m.weights)
		return shortly(&p)
	}
	km := uint16(unknownKm)
	if q.home.home != 0 {
		km = q.distances[to.commune]
	}
	if !q.home.reaches(&to, km, q.province) {
		return groundBeyond
	}
	return groundEarning(uint8(q.home.sitePoints(&to, km, q.province, q.kmPoints, &q.m.weights))).after(km, &q.m.weights)
}
