package matcher

import "math/bits"

// districtKms is how near the communes of each district are to each workplace at least.
type districtKms struct {
	seen uint32
	kms  [2][classCount]uint16
}

// nearness is what the districts of a region lose, by how far somebody would go.
type nearness struct {
	seen   uint32
	told   bool               // the tables tell
	least  uint8              // that any loses
	best   [reachSteps]uint16 // the districts that lose so little
	tables [reachSteps]losses
}

// near gives that of a region.
func (q *postingQuery) near(group int32) *nearness {
	if int(group) >= len(q.losing.near) {
		q.losing.near = append(q.losing.near, make([]nearness, int(group)+1-len(q.losing.near))...)
	}
	n, homes := &q.losing.near[group], &q.m.index.workers.groups[group]
	if n.seen == q.now {
		return n
	}
	*n = nearness{seen: q.now}
	if !q.losing.plain || homes.province == 0 {
		return n
	}
	n.least, n.told = lost, true
	for step := range n.tables {
		for district := 1; district < classCount; district++ {
			n.tables[step][district] = q.districtLoss(homes, step, district)
			loss := n.tables[step][district]
			if loss < n.least {
				n.least, n.best = loss, [reachSteps]uint16{}
			}
			if loss == n.least {
				n.best[step] |= 1 << district
			}
		}
	}
	return n
}

// districtLoss is what the people of a district lose at least who would go as far as a step says.
func (q *postingQuery) districtLoss(homes *region, step, district int) uint8 {
	w, most := &q.m.weights, impossible
	for i := range q.sieve.ways {
		to, km := &q.sieve.ways[i].to, q.districtKms(homes.province).kms[i][district]
		same := to.province == homes.province
		if km > stepKm[step] || step == 0 && !same || step == reachSteps-1 && !same && !homes.mobile && int32(km) > homes.kmMost {
			continue
		}
		points := w.PlaceAnywhere
		switch {
		case km == 0:
			points = w.Place
		case same:
			points = w.PlaceFar
		}
		if homes.listed&fold(to.province) != 0 {
			points = max(points, w.PlaceListed)
		}
		if int(km) < len(q.sieve.kmPoints) {
			points = max(points, int(q.sieve.kmPoints[km]))
		}
		most = max(most, points)
	}
	return lossOf(w.Place, most, most == impossible)
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
func (q *postingQuery) nearestOf(h *wishHead, list int) int {
	near := q.near(h.group)
	if list == impossible || !near.told || h.districts[reachSteps-1]&1 != 0 { // who lives in no district may earn all
		return list
	}
	least := near.leastOf(&h.districts)
	if least == lost {
		return impossible
	}
	return min(list, q.m.weights.Place-int(least)/lossUnit)
}

// leastOf is the least that is lost in some districts.
func (n *nearness) leastOf(districts *[reachSteps]uint16) uint8 {
	for step, some := range districts {
		if some&n.best[step] != 0 {
			return n.least
		}
	}
	least := uint8(lost)
	for step, some := range districts {
		for ; some != 0; some &= some - 1 {
			least = min(least, n.tables[step][bits.TrailingZeros16(some)%classCount])
		}
	}
	return least
}
