package matcher

import "slices"

// siteKind says how exactly a place is known.
type siteKind uint8

const (
	siteUnknown siteKind = iota
	siteCommune
	siteProvince
	siteCountry
	siteOpen // anywhere in the country
)

// site is a place in numbers.
type site struct {
	kind              siteKind
	commune, province int32
	country           int32
}

// site numbers a place. A commune's province is the tables'; one they do not know counts as its province
// where that is given.
func (v *vocabulary) site(p Place) site {
	switch commune := v.communes.id(p.Commune); {
	case commune != 0 && int(commune) < len(v.province) && v.province[commune] != 0: // one that the tables know
		return site{kind: siteCommune, commune: commune, province: v.province[commune]}
	case p.Province != "":
		return site{kind: siteProvince, province: v.provinces.id(p.Province)}
	case commune != 0:
		return site{kind: siteCommune, commune: commune}
	case p.Country != "":
		return site{kind: siteCountry, country: v.countries.id(p.Country)}
	case p.Nationwide:
		return site{kind: siteOpen}
	}
	return site{}
}

func (v *vocabulary) sites(places []Place) []site {
	var list []site
	for _, p := range places {
		if s := v.site(p); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// within reports whether s lies in the named place t.
func (s site) within(t site) bool {
	switch t.kind {
	case siteCommune:
		return s.kind == siteCommune && s.commune == t.commune
	case siteProvince:
		return s.province != 0 && s.province == t.province
	case siteCountry:
		return s.kind == siteCountry && s.country == t.country
	case siteOpen:
		return s.kind != siteCountry && s.kind != siteUnknown
	}
	return false
}

func withinAny(s site, places []site) bool {
	return slices.ContainsFunc(places, s.within)
}

// homing is everything about a worker that decides which places do: shared by all who live alike.
type homing struct {
	home, province int32
	reach          Reach
	km             int32
	provinces      []int32
	countries      []int32
	never          []site
	wished         [2][]site
	wishes         int // at least 1
}

// mobile reports whether somebody may go far from the own province; nobody else needs to be looked at for
// work far away.
func (h *homing) mobile() bool {
	return h.reach >= ReachProvinces || len(h.wished[0])+len(h.wished[1]) > 0
}

// oneProvince gives the one province that all places lie in, 0 when there is none such.
func oneProvince(sites []site) int32 {
	for _, s := range sites {
		if s.province != sites[0].province || s.kind != siteCommune && s.kind != siteProvince {
			return 0
		}
	}
	return sites[0].province
}

// placing is what a set of workplaces is worth to somebody.
type placing struct {
	never, far bool
	near       bool // within commuting distance: no dormitory is needed
	points     [2]uint8
	code       [2]placeCode
	at         [2]uint8 // which of the workplaces earns the points
}

// outOf reports whether the place alone rules a pair out.
func (p *placing) outOf(must ConditionSet) bool {
	return p.never && must.Has(PlaceNever) || p.far && must.Has(TooFar)
}

// placeCode says why a place earns what it earns.
type placeCode uint8

const (
	placeUnknown placeCode = iota
	placeHome
	placeNear
	placeDistant
	placeProvince
	placeFar
	placeWished
	placeListed
	placeAnywhere
	placeOpen
	placeVague
	placeHomeUnknown
	placeTooFar
	placeNeverCode
)

var placeCodes = [...]string{
	"place_unknown", "place_same_commune", "place_near", "place_distant", "place_same_province", "place_far", "place_wished",
	"place_listed", "place_anywhere", "place_open", "place_vague", "place_home_unknown", "place_too_far", "place_never",
}

// place values a set of workplaces for somebody: the best of those within reach that the person has not ruled
// out. Where none is left it earns nothing.
func (v *vocabulary) place(h *homing, sites []site, w *Weights) placing {
	out := newPlacer()
	for i, s := range sites {
		out.add(h, s, i, v.km(h, s), w)
	}
	return out.settle()
}

// placer values workplaces one by one.
type placer struct {
	placing
	reachable bool
}

func newPlacer() placer {
	return placer{placing: placing{never: true, far: true, code: [2]placeCode{placeTooFar, placeTooFar}}}
}

// add takes in the i-th workplace, which is so far from home.
func (p *placer) add(h *homing, s site, i int, km uint16, w *Weights) {
	reached := h.reaches(s, km)
	p.reachable = p.reachable || reached
	if s.kind != siteUnknown && withinAny(s, h.never) {
		return
	}
	p.never = false
	if !reached {
		return
	}
	p.far = false
	p.near = p.near || int(km) <= w.CommutingKm
	for wish := range h.wishes {
		points, code := h.sitePoints(s, km, wish, w)
		if uint8(points) > p.points[wish] {
			p.points[wish], p.code[wish], p.at[wish] = uint8(points), code, uint8(i)
		}
	}
}

func (p *placer) settle() placing {
	if p.never {
		p.far = !p.reachable
		p.code = [2]placeCode{placeNeverCode, placeNeverCode}
	}
	return p.placing
}

// km gives the distance from home, unknownKm when either end is not known.
func (v *vocabulary) km(h *homing, s site) uint16 {
	if s.kind != siteCommune || h.home == 0 {
		return unknownKm
	}
	return v.distances(h.home)[s.commune]
}

// reaches reports whether a workplace is within what the person said, as far as it is known: a doubt is
// not a no. km is its distance from home.
func (h *homing) reaches(s site, km uint16) bool {
	if s.kind == siteUnknown || s.kind == siteOpen {
		return true
	}
	if s.kind == siteCountry {
		return h.reach == ReachAbroad && (len(h.countries) == 0 || slices.Contains(h.countries, s.country)) || h.names(s)
	}
	sameProvince := s.province == h.province || s.province == 0 || h.province == 0
	reached := sameProvince
	switch h.reach {
	case ReachCommune:
		reached = sameProvince && (s.kind != siteCommune || h.home == 0 || s.commune == h.home)
	case ReachKm:
		if km != unknownKm {
			reached = int32(km) <= h.km
		}
	case ReachProvinces:
		reached = sameProvince || slices.Contains(h.provinces, s.province)
	case ReachCountry, ReachAbroad:
		reached = true
	}
	return reached || h.names(s)
}

// names reports whether a wish names the place or one around it.
func (h *homing) names(s site) bool { return withinAny(s, h.wished[0]) || withinAny(s, h.wished[1]) }

// sitePoints values one workplace: by distance inside the own province, by what was said of others, and
// whichever is more where both apply.
func (h *homing) sitePoints(s site, km uint16, wish int, w *Weights) (int, placeCode) {
	wished := withinAny(s, h.wished[wish])
	switch {
	case s.kind == siteUnknown:
		return w.PlaceUnknown, placeUnknown
	case s.kind == siteOpen:
		return w.PlaceOpen, placeOpen
	case wished && (s.kind == siteCountry || h.province == 0 || s.province != h.province || h.wishesCommune(s, wish)):
		return w.Place, placeWished
	case s.kind == siteCountry && slices.Contains(h.countries, s.country):
		return w.PlaceListed, placeListed
	case s.kind == siteCountry:
		return w.PlaceAnywhere, placeAnywhere
	case h.province == 0:
		return w.PlaceUnknown, placeHomeUnknown
	}
	points, code := h.homePoints(s, km, w)
	if wished && w.PlaceWished > points {
		points, code = w.PlaceWished, placeWished
	}
	if w.PlaceListed > points && slices.Contains(h.provinces, s.province) {
		points, code = w.PlaceListed, placeListed
	}
	if s.province != h.province && w.PlaceAnywhere > points {
		points, code = w.PlaceAnywhere, placeAnywhere
	}
	return points, code
}

// wishesCommune reports whether a wish names this very commune.
func (h *homing) wishesCommune(s site, wish int) bool {
	return slices.ContainsFunc(h.wished[wish], func(t site) bool { return t.kind == siteCommune && s.within(t) })
}

// homePoints values a workplace by its distance from home; one beyond every band and the own province earns
// nothing here.
func (h *homing) homePoints(s site, km uint16, w *Weights) (int, placeCode) {
	same := s.province == h.province
	if s.kind == siteProvince {
		switch {
		case !same:
			return 0, placeAnywhere
		case h.reach == ReachCommune || h.reach == ReachKm:
			return w.PlaceUnknown, placeVague
		}
		return w.PlaceProvince, placeProvince
	}
	if h.home != 0 && s.commune == h.home {
		return w.Place, placeHome
	}
	for _, band := range w.PlaceBands {
		if int(km) <= band.Km {
			return band.Points, nearOrDistant(int(km), w)
		}
	}
	switch {
	case !same:
		return 0, placeAnywhere
	case km == unknownKm:
		return w.PlaceProvince, placeProvince
	}
	return w.PlaceFar, placeFar
}

func nearOrDistant(km int, w *Weights) placeCode {
	if km <= w.CommutingKm {
		return placeNear
	}
	return placeDistant
}
