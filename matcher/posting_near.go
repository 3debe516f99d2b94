package matcher

import "math/bits"

// districtKms is how near the communes of each district are to each workplace at least.
type districtKms struct {
	seen uint32
	kms  [2][classCount]uint16
}

// nearLosses fills the tables of districts for the people of a region.
func (q *postingQuery) nearLosses(group int32) {
	l, w, homes := &q.losing, &q.m.weights, &q.m.index.workers.groups[group]
	if l.group == group {
		return
	}
	l.group = group
	listed := false
	for _, s := range q.sites {
		listed = listed || homes.listed&fold(s.province) != 0
	}
	for step := range reachSteps {
		table := &l.tables[columnNear+step]
		*table = losses{}
		if !l.plain || homes.province == 0 {
			continue
		}
		for district := 1; district < classCount; district++ {
			table[district] = lost
		}
		for i := range q.sieve.ways {
			to, kms := &q.sieve.ways[i].to, &q.districtKms(homes.province).kms[i]
			same := to.province == homes.province
			least := w.PlaceAnywhere
			if same {
				least = w.PlaceFar
			}
			if listed {
				least = max(least, w.PlaceListed)
			}
			for district := 1; district < classCount; district++ {
				km := kms[district]
				switch {
				case km > stepKm[step], step == 0 && !same, step == reachSteps-1 && !same && !homes.mobile && int32(km) > homes.kmMost:
					continue
				}
				points := least
				if int(km) < len(q.sieve.kmPoints) {
					points = max(points, int(q.sieve.kmPoints[km]))
				}
				if km == 0 {
					points = w.Place
				}
				table[district] = min(table[district], uint8(lossUnit*(w.Place-points)))
			}
		}
	}
}

// districtKms works out the districts of a province.
func (q *postingQuery) districtKms(province int32) *districtKms {
	d := &q.losing.kms[province]
	if d.seen == q.now {
		return d
	}
	d.seen = q.now
	x := &q.m.index.workers
	for i := range q.sieve.ways {
		kms := &d.kms[i]
		for district := range kms {
			kms[district] = unknownKm
		}
		distances := q.sieve.ways[i].distances
		for _, home := range x.communes[province] {
			km := distances[home]
			if km == unknownKm {
				km = 0 // a doubt is not a no
			}
			district := x.district[home]
			kms[district] = min(kms[district], km)
		}
	}
	return d
}

// nearestOf is what the homes of a block earn at most for the place, or impossible.
func (q *postingQuery) nearestOf(number int32, list int) int {
	x, l := &q.m.index.workers, &q.losing
	b, s := &x.blocks[number], &x.sheets[number]
	if list == impossible || !l.plain || b.homes.province == 0 {
		return list
	}
	q.nearLosses(b.group)
	least := lost
	for step := range reachSteps {
		table := &l.tables[columnNear+step]
		for districts := s.districts[step]; districts != 0; districts &= districts - 1 {
			least = min(least, int(table[bits.TrailingZeros16(districts)]))
		}
	}
	if least == lost {
		return impossible
	}
	return min(list, q.m.weights.Place-least/lossUnit)
}
