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
	seen   uint32
	losses placeLosses
}

func (q *workerQuery) districtLosses(province int32) *placeLosses {
	d := &q.losing.districts[province]
	if d.seen == q.now {
		return &d.losses
	}
	d.seen, d.losses = q.now, placeLosses{}
	w := &q.m.weights
	if province == 0 { // no single one
		d.losses[districtUnknown] = uint8(lossUnit * (w.Place - w.PlaceUnknown))
		d.losses[districtOpen] = uint8(lossUnit * (w.Place - w.PlaceOpen))
		return &d.losses
	}
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
	x, byKm, settled := &q.m.index.postings, &q.losing.byKm[q.landOf(province)], q.settledIn(province)
	for _, commune := range x.communes[province] {
		loss := uint8(lost)
		if settled {
			loss = byKm[min(q.distances[commune], farKm)]
		} else if g := q.groundAt(commune); !g.has(groundOut) || q.relax != 0 {
			loss = uint8(lossUnit * (w.Place - g.most()))
		}
		of := &d.losses[x.district[commune]%placeCount]
		*of = min(*of, loss)
	}
	return &d.losses
}
