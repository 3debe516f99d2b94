package matcher

// farKm stands for all distances from there on, and for those that are not known.
const farKm = 255

// The provinces, as somebody sees them who is at home in one.
const (
	ownLand = iota
	listedLand
	otherLand
	lands
)

func (q *workerQuery) landOf(province int32) int {
	switch {
	case province == q.province:
		return ownLand
	case q.home.lists(province):
		return listedLand
	}
	return otherLand
}

// settledIn reports whether home, reach and provinces tell what a commune of a province earns: no wish may name one there.
func (q *workerQuery) settledIn(province int32) bool {
	return q.settled && (!q.home.elusive || q.home.listed&fold(province) == 0)
}

// kmLosses fills what communes lose by their distance, in provinces that are settled.
func (q *workerQuery) kmLosses() {
	w, g := &q.m.weights, &q.home
	for land := range lands {
		least, reach := w.PlaceFar, farKm // beyond the bands, and how far one would go
		switch {
		case g.reach == ReachCommune && land == ownLand:
			reach = 0
		case g.reach == ReachKm:
			reach = int(min(g.km, farKm))
		case land == otherLand && g.reach != ReachCountry && g.reach != ReachAbroad, g.reach == ReachCommune, land == listedLand && g.reach < ReachProvinces:
			reach = -1
		}
		switch {
		case land == ownLand && g.lists(q.province):
			least = max(least, w.PlaceListed)
		case land == listedLand:
			least = max(w.PlaceListed, w.PlaceAnywhere)
		case land == otherLand:
			least = w.PlaceAnywhere
		}
		table := &q.losing.byKm[land]
		for km := range table {
			switch {
			case km > reach:
				table[km] = lost
			case km < len(q.kmPoints):
				table[km] = uint8(lossUnit * (w.Place - max(least, int(q.kmPoints[km]))))
			default:
				table[km] = uint8(lossUnit * (w.Place - least))
			}
		}
		if land == ownLand {
			table[0] = 0                 // may be the own commune
			if g.reach != ReachCommune { // not known, perhaps
				table[farKm] = uint8(lossUnit * (w.Place - max(least, w.PlaceProvince)))
			}
		}
	}
}

// districtLosses is what the districts of a province lose at least.
type districtLosses struct {
	seen    uint32
	losses  losses
	from    int32             // the home from which the districts are as far as follows, 0 for none
	nearest [classCount]uint8 // the commune that is known to be the nearest, farKm where none is nearer than that
	far     uint16            // a bit for each district with a commune that stands at farKm
}

func (q *workerQuery) districtLosses(province int32) *losses {
	d := &q.losing.districts[province]
	if d.seen == q.now {
		return &d.losses
	}
	d.seen = q.now
	w := &q.m.weights
	for i := range d.losses {
		d.losses[i] = lost
	}
	here := q.placeIn(province)
	switch best := max(here[0], here[1]); {
	case best != impossible:
		d.losses[0] = uint8(lossUnit * (w.Place - int(best)))
	case q.relax != 0:
		d.losses[0] = 0
	}
	if q.settledIn(province) {
		q.lossesByKm(d, province)
	} else {
		q.lossesByCommune(d, province)
	}
	return &d.losses
}

// lossesByKm takes the nearest commune of each district, as none that is farther loses less; those at farKm may.
func (q *workerQuery) lossesByKm(d *districtLosses, province int32) {
	if d.from != q.home.home {
		q.measure(d, province)
	}
	byKm := &q.losing.byKm[q.landOf(province)]
	for i := range d.losses {
		if d.nearest[i] < farKm {
			d.losses[i] = min(d.losses[i], byKm[d.nearest[i]])
		}
		if d.far>>i&1 != 0 {
			d.losses[i] = min(d.losses[i], byKm[farKm])
		}
	}
}

// measure finds how far the districts of a province are from home.
func (q *workerQuery) measure(d *districtLosses, province int32) {
	d.from, d.far = q.home.home, 0
	for i := range d.nearest {
		d.nearest[i] = farKm
	}
	x := &q.m.index.postings
	for _, commune := range x.communes[province] {
		district, km := x.district[commune]%classCount, uint8(min(q.distances[commune], farKm))
		d.nearest[district] = min(d.nearest[district], km)
		if km == farKm {
			d.far |= 1 << district
		}
	}
}

func (q *workerQuery) lossesByCommune(d *districtLosses, province int32) {
	x, w := &q.m.index.postings, &q.m.weights
	for _, commune := range x.communes[province] {
		if g := q.groundAt(commune); !g.has(groundOut) || q.relax != 0 {
			district := x.district[commune]
			d.losses[district] = min(d.losses[district], uint8(lossUnit*(w.Place-g.most())))
		}
	}
}
