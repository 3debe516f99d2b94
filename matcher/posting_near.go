package matcher

import "slices"

// districtKms is how near the communes of each district are to each workplace at least.
type districtKms struct {
	seen uint32
	kms  [2][classCount]uint16
}

// nearness is what the districts of a region lose, by how far somebody would go.
type nearness struct {
	seen   uint32
	told   bool // the tables tell
	tables [reachSteps]losses
	named  losses  // what those lose who name provinces, by their groups
	levels []level // by what is lost, the least first
}

// level is the districts that lose so much, as districtBit says.
type level struct {
	districts uint64
	loss      uint8
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
	*n = nearness{seen: q.now, levels: n.levels[:0]}
	if !q.losing.plain || homes.province == 0 {
		return n
	}
	far := q.farOff(homes)
	if like := q.losing.alike[far]; far > 0 && like >= 0 {
		levels := append(n.levels, q.losing.near[like].levels...)
		*n = q.losing.near[like]
		n.levels = levels
		return n
	}
	q.losing.alike[far], n.told = group, true
	for step := range n.tables {
		for district := 1; district < classCount; district++ {
			n.tables[step][district] = lost
		}
	}
	kms := &q.districtKms(homes.province).kms
	for i := range q.sieve.ways {
		q.approach(n, homes, &q.sieve.ways[i].to, &kms[i])
	}
	n.findLevels()
	q.findNamed(n, homes.province)
	return n
}

// farOff gives 1 or 2 for a region of people who go far whose districts are too far off from all workplaces to lose more or less
// by that, 2 where somebody named one of their provinces; all such lose alike. It gives 0 for any other.
func (q *postingQuery) farOff(homes *region) (far int) {
	if far = 1; !homes.mobile {
		return 0
	}
	for i := range q.sieve.ways {
		to, km := q.sieve.ways[i].to.province, int(q.nearest[i][homes.province])
		switch {
		case to == homes.province || km < len(q.sieve.kmPoints) || km <= int(stepKm[reachSteps-2]):
			return 0
		case homes.listed&fold(to) != 0:
			far = 2
		}
	}
	return far
}

// approach lowers what the districts of a region lose to what they lose by one workplace, so many kilometres away.
func (q *postingQuery) approach(n *nearness, homes *region, to *site, kms *[classCount]uint16) {
	w, same := &q.m.weights, to.province == homes.province
	far, nearest, limit := w.PlaceAnywhere, 1, uint16(unknownKm)
	if same {
		far, nearest = w.PlaceFar, 0
	} else if !homes.mobile {
		limit = uint16(min(homes.kmMost, unknownKm))
	}
	if homes.listed&fold(to.province) != 0 {
		far = max(far, w.PlaceListed)
	}
	for district := 1; district < classCount; district++ {
		km, points := kms[district], far
		if km == 0 {
			points = w.Place
		}
		if int(km) < len(q.sieve.kmPoints) {
			points = max(points, int(q.sieve.kmPoints[km]))
		}
		loss := lossOf(w.Place, points, false)
		for step := nearest; step < reachSteps; step++ {
			if km <= stepKm[step] && (step < reachSteps-1 || km <= limit) {
				n.tables[step][district] = min(n.tables[step][district], loss)
			}
		}
	}
}

// findLevels orders the districts by what they lose.
func (n *nearness) findLevels() {
	for step := range n.tables {
		for district, loss := range n.tables[step] { // 0 is for those of no district, who may lose nothing
			if loss == lost {
				continue
			}
			at, found := slices.BinarySearchFunc(n.levels, loss, func(l level, loss uint8) int { return int(l.loss) - int(loss) })
			if !found {
				n.levels = slices.Insert(n.levels, at, level{loss: loss})
			}
			n.levels[at].districts |= districtBit(step, district)
		}
	}
}

// findNamed finds what people of a province lose who name others, but none of the workplaces'.
func (q *postingQuery) findNamed(n *nearness, home int32) {
	w, points, groups := &q.m.weights, q.m.weights.PlaceAnywhere, 0
	for i := range q.sieve.ways {
		to := q.sieve.ways[i].to.province
		if to == home {
			return
		}
		groups |= 1 << (to % namedGroups)
		points = max(points, acrossBorder(q.nearest[i][home], w))
	}
	for class := range n.named {
		if class&groups == 0 {
			n.named[class] = lossOf(w.Place, points, false)
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
