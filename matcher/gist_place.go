package matcher

// place values the workplaces for somebody whose home, reach and provinces tell all, as vocabulary.place does; near
// says that one is within commuting distance.
func (s *sieve) place(g *gist, province int32, w *Weights) (points int, near, out bool) {
	out = true
	for i := range s.ways {
		here := &s.ways[i]
		km := here.distances[g.home]
		if !g.reaches(&here.to, km, province) {
			continue
		}
		out = false
		near = near || int(km) <= w.CommutingKm
		points = max(points, g.sitePoints(&here.to, km, province, s.kmPoints, w))
	}
	return points, near, out
}

// named reports whether somebody may have named a province of the workplaces, in a wish or otherwise.
func (s *sieve) named(g *gist) bool {
	for i := range s.ways {
		if to := &s.ways[i].to; to.kind != siteOpen && to.kind != siteUnknown && g.listed&fold(to.province) != 0 {
			return true
		}
	}
	return false
}

// placeAtMost bounds place for somebody who names places in a wish: all provinces of these count as named.
func (s *sieve) placeAtMost(g *gist, province int32, w *Weights) (points int, out bool) {
	out = true
	for i := range s.ways {
		here := &s.ways[i]
		km := here.distances[g.home]
		switch named := g.listed&fold(here.to.province) != 0; {
		case named:
			points, out = w.Place, false
		case g.reaches(&here.to, km, province):
			points, out = max(points, g.sitePoints(&here.to, km, province, s.kmPoints, w)), false
		}
	}
	return points, out
}

// lists reports whether the person named a province, for one whom the gist tells all of.
func (g *gist) lists(province int32) bool { return province < 64 && g.listed&fold(province) != 0 }

// reaches is homing.reaches for somebody who names no place in a wish.
func (g *gist) reaches(to *site, km uint16, province int32) bool {
	same := to.province == province
	switch {
	case to.kind == siteOpen || to.kind == siteUnknown:
		return true
	case g.reach == ReachCommune:
		return same && (to.kind != siteCommune || g.home == 0 || g.home == to.commune)
	case g.reach == ReachKm && km != unknownKm:
		return km <= g.km
	case g.reach == ReachProvinces:
		return same || g.lists(to.province)
	}
	return same || g.reach == ReachCountry || g.reach == ReachAbroad
}

// sitePoints is homing.sitePoints for somebody who names no place in a wish.
func (g *gist) sitePoints(to *site, km uint16, province int32, kmPoints []uint8, w *Weights) int {
	points, same := 0, to.province == province
	switch {
	case to.kind == siteUnknown:
		return w.PlaceUnknown
	case to.kind == siteOpen:
		return w.PlaceOpen
	case to.kind == siteProvince && same && (g.reach == ReachCommune || g.reach == ReachKm):
		points = w.PlaceUnknown
	case to.kind == siteProvince && same:
		points = w.PlaceProvince
	case to.kind == siteProvince:
	case g.home != 0 && g.home == to.commune:
		return w.Place
	case int(km) < len(kmPoints):
		points = int(kmPoints[km])
	case same && km == unknownKm:
		points = w.PlaceProvince
	case same:
		points = w.PlaceFar
	}
	if g.lists(to.province) {
		points = max(points, w.PlaceListed)
	}
	if !same {
		points = max(points, w.PlaceAnywhere)
	}
	return points
}
