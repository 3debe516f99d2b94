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

// kmLosses fills what communes lose by their distance, for somebody whose home, reach and provinces tell all.
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
	seen   uint32
	losses losses
}

func (q *workerQuery) districtLosses(province int32) *losses {
	d := &q.losing.districts[province]
	if d.seen == q.now {
		return &d.losses
	}
	d.seen = q.now
	x, w, land := &q.m.index.postings, &q.m.weights, q.landOf(province)
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
	for _, commune := range x.communes[province] {
		loss := uint8(q.communeLoss(commune, land))
		district := x.district[commune]
		d.losses[district] = min(d.losses[district], loss)
	}
	return &d.losses
}

// communeLoss is what a workplace in a commune of a land loses at least, for any wish.
func (q *workerQuery) communeLoss(commune int32, land int) int {
	if q.settled {
		return int(q.losing.byKm[land][min(q.distances[commune], farKm)])
	}
	if g := q.groundAt(commune); !g.has(groundOut) || q.relax != 0 {
		return lossUnit * (q.m.weights.Place - g.most())
	}
	return lost
}
