package taxonomy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Province is one of the 34 provinces and centrally-run cities.
type Province struct {
	Code     string // two digits
	Name     string // "Điện Biên"
	FullName string // "Tỉnh Điện Biên"
	EN       string
	Lat, Lon float64
	Old      []string // full names of the provinces it was made of in 2025, itself included
	Communes []string // codes
}

// Commune is one of the 3,321 xã, phường and đặc khu.
type Commune struct {
	Code     string // five digits
	Name     string // "Điện Biên Phủ"
	Type     string // "Xã", "Phường", "Đặc khu"
	Province string // code
	Lat, Lon float64
	old      []int32 // places it was made of
}

// FullName gives the name as signs and forms write it: "Phường Điện Biên Phủ".
func (c Commune) FullName() string { return c.Type + " " + c.Name }

// PlaceKind is what a name stands for.
type PlaceKind string

const (
	InProvince    PlaceKind = "province"
	InCommune     PlaceKind = "commune"
	InOldProvince PlaceKind = "old_province" // one of the 63, merged in 2025
	InOldDistrict PlaceKind = "old_district" // districts were abolished on 1 July 2025
	InOldCommune  PlaceKind = "old_commune"  // merged or divided in 2025
	InCountry     PlaceKind = "country"
	InRegion      PlaceKind = "region" // "Tây Nguyên": several provinces, said as one
)

// Place is one thing a place name may stand for, with what tells it from others of that name.
type Place struct {
	Kind        PlaceKind
	Code        string   // in the list of its kind; old units keep their old codes
	Name        string   // without the type: "Điện Biên Phủ", "Quận 1" keeps it
	Type        string   // "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu"
	Province    string   // today's province code, "" for a country
	Communes    []string // today's communes: itself, or what an old district or commune became
	Within      []string // today's communes where one of the 63 old provinces was, when it has been merged into another
	OldDistrict string   // full name, for old communes
	OldProvince string   // full name, for old communes and districts
	Provinces   []string // today's province codes of a region
	district    string   // old district code, for old communes
	oldProvince string   // old province code
}

// gazetteer holds every place and the index of their names.
type gazetteer struct {
	provinces  []Province
	communes   []Commune
	provinceAt map[string]int
	communeAt  map[string]int
	places     []Place
	byName     map[string][]placeName // folded name without type → what may be meant
	longest    int                    // tokens in the longest name
}

// placeName is one name of a place, with the exact key that text with marks must equal.
type placeName struct {
	place int32
	exact string
}

func (t *Taxonomy) loadPlaces() error {
	g := &t.places
	g.provinceAt, g.communeAt = map[string]int{}, map[string]int{}
	g.byName = make(map[string][]placeName, 14000)
	g.places = make([]Place, 0, 15000)
	for _, load := range []func() error{g.loadProvinces, g.loadCommunes, g.loadOldDistricts, g.loadOldCommunes, g.loadPlaceWords, g.loadRegions, g.loadHistoric} {
		if err := load(); err != nil {
			return err
		}
	}
	for _, c := range t.countries {
		at := g.add(Place{Kind: InCountry, Code: c.Code, Name: c.Name}, c.Name, c.EN)
		for _, name := range c.Also {
			g.name(at, name)
		}
	}
	return nil
}

// add keeps a place and indexes its names.
func (g *gazetteer) add(p Place, names ...string) int32 {
	at := int32(len(g.places))
	g.places = append(g.places, p)
	for _, name := range names {
		g.name(at, name)
	}
	return at
}

func (g *gazetteer) name(at int32, name string) {
	tokens := Tokens(name)
	fold, exact := joinFold(tokens), joinExact(tokens)
	if fold == "" {
		return
	}
	for _, n := range g.byName[fold] {
		if n.place == at && n.exact == exact {
			return
		}
	}
	g.byName[fold] = append(g.byName[fold], placeName{at, exact})
	g.longest = max(g.longest, len(tokens))
}

func joinFold(tokens []Token) string  { return join(tokens, func(t Token) string { return t.Fold }) }
func joinExact(tokens []Token) string { return join(tokens, func(t Token) string { return t.Exact }) }

// unitTypes are the first words of full names, longest first.
var unitTypes = []string{"Thành phố trực thuộc trung ương", "Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã"}

// splitType takes the type off a full name; a numbered unit keeps it in its name ("Quận 1").
func splitType(full string) (unitType, name string) {
	for _, t := range unitTypes {
		if len(full) > len(t) && strings.EqualFold(full[:len(t)], t) && full[len(t)] == ' ' {
			rest := strings.TrimSpace(full[len(t):])
			if strings.Trim(rest, "0123456789") == "" {
				return t, t + " " + strings.TrimLeft(rest, "0")
			}
			return t, rest
		}
	}
	return "", full
}

func (g *gazetteer) loadProvinces() error {
	return each("provinces.csv", func(r row) error {
		p := Province{Code: r.text("code"), Name: r.text("name"), FullName: r.text("full_name"), EN: r.text("name_en"), Old: r.list("old_provinces", "|")}
		if err := point(r, "centroid_lat", "centroid_lon", &p.Lat, &p.Lon); err != nil {
			return err
		}
		g.provinceAt[p.Code] = len(g.provinces)
		g.provinces = append(g.provinces, p)
		unitType, _ := splitType(p.FullName)
		at := g.add(Place{Kind: InProvince, Code: p.Code, Name: p.Name, Type: unitType, Province: p.Code}, p.Name)
		g.sticky(at, p.Name)
		return nil
	})
}

// sticky indexes the name written as one word: "hanoi", "daklak".
func (g *gazetteer) sticky(at int32, name string) {
	if s := strings.ReplaceAll(Fold(name), " ", ""); len(s) >= 5 {
		g.name(at, s)
	}
}

func point(r row, latColumn, lonColumn string, lat, lon *float64) (err error) {
	if *lat, err = strconv.ParseFloat(r.text(latColumn), 64); err != nil {
		return err
	}
	*lon, err = strconv.ParseFloat(r.text(lonColumn), 64)
	return err
}

func (g *gazetteer) loadCommunes() error {
	return each("communes.csv.gz", func(r row) error {
		c := Commune{Code: r.text("code"), Name: r.text("name"), Type: r.text("type"), Province: r.text("province_code")}
		if err := point(r, "lat", "lon", &c.Lat, &c.Lon); err != nil {
			return err
		}
		at, ok := g.provinceAt[c.Province]
		if !ok {
			return fmt.Errorf("province %q", c.Province)
		}
		g.provinces[at].Communes = append(g.provinces[at].Communes, c.Code)
		g.communeAt[c.Code] = len(g.communes)
		g.communes = append(g.communes, c)
		g.add(Place{Kind: InCommune, Code: c.Code, Name: c.Name, Type: c.Type, Province: c.Province, Communes: []string{c.Code}}, c.Name)
		return nil
	})
}

func (g *gazetteer) loadOldDistricts() error {
	seen := map[string]int{} // old province → its place, -1 for one that is today's
	return each("old_districts.csv.gz", func(r row) error {
		full, province := r.text("old_province"), r.text("new_province_code")
		at, known := seen[full]
		if !known {
			at = g.addOldProvince(r.text("old_province_code"), full, province)
			seen[full] = at
		}
		if at >= 0 {
			g.places[at].Within = append(g.places[at].Within, r.list("new_ward_codes", " ")...)
		}
		unitType, name := splitType(r.text("old_district"))
		g.add(Place{
			Kind: InOldDistrict, Code: r.text("old_district_code"), Name: name, Type: unitType, Province: province,
			Communes: r.list("new_ward_codes", " "), OldProvince: full, oldProvince: r.text("old_province_code"),
		}, g.districtNames(unitType, name)...)
		return nil
	})
}

// addOldProvince keeps one of the 63 provinces and gives its place, -1 when today's province of that name is the same
// thing.
func (g *gazetteer) addOldProvince(code, full, province string) int {
	unitType, name := splitType(full)
	if at := g.provinceAt[province]; Exact(g.provinces[at].Name) == Exact(name) {
		return -1
	}
	at := g.add(Place{Kind: InOldProvince, Code: code, Name: name, Type: unitType, Province: province, oldProvince: code}, name)
	g.sticky(at, name)
	return int(at)
}

// districtNames gives the ways a district is written: "Quận 1" is also "Q1" and "Q.1".
func (g *gazetteer) districtNames(unitType, name string) []string {
	number, numbered := strings.CutPrefix(name, unitType+" ")
	if !numbered {
		return []string{name}
	}
	short := map[string]string{"Quận": "q", "Phường": "p"}[unitType]
	return []string{name, unitType + number, unitType + " 0" + number, short + number, short + " " + number, short + "0" + number}
}

func (g *gazetteer) loadOldCommunes() error {
	districts := map[string]Place{}
	for _, p := range g.places {
		if p.Kind == InOldDistrict {
			p.OldDistrict = fullName(p) // once for all its communes
			districts[p.Code] = p
		}
	}
	last := int32(-1)
	return each("old_communes.csv.gz", func(r row) error {
		full, commune := r.text("old_ward"), r.text("new_ward_code")
		at, ok := g.communeAt[commune]
		if !ok {
			return fmt.Errorf("commune %q", commune)
		}
		if full == "" { // island districts had no communes
			return nil
		}
		if last < 0 || g.places[last].Code != r.text("old_ward_code") {
			district := districts[r.text("old_district_code")]
			unitType, name := splitType(full)
			last = g.add(Place{
				Kind: InOldCommune, Code: r.text("old_ward_code"), Name: name, Type: unitType, Province: g.communes[at].Province,
				OldDistrict: district.OldDistrict, OldProvince: district.OldProvince, district: district.Code, oldProvince: district.oldProvince,
			}, g.districtNames(unitType, name)...)
		}
		if p := &g.places[last]; !slices.Contains(p.Communes, commune) {
			p.Communes = append(p.Communes, commune)
			g.communes[at].old = append(g.communes[at].old, last)
		}
		return nil
	})
}

func fullName(p Place) string {
	if p.Type == "" || strings.HasPrefix(p.Name, p.Type) {
		return p.Name
	}
	return p.Type + " " + p.Name
}

// FullName gives the name with its type: "Huyện Điện Biên Đông", "Quận 1".
func (p Place) FullName() string { return fullName(p) }

// loadPlaceWords adds the short and spoken names.
func (g *gazetteer) loadPlaceWords() error {
	byCode := map[string]int32{}
	for i, p := range g.places {
		if p.Kind != InCommune && p.Kind != InOldCommune {
			byCode[string(p.Kind)+p.Code] = int32(i)
		}
	}
	return each("place_words.csv", func(r row) error {
		at, ok := byCode[r.text("kind")+r.text("code")]
		if !ok {
			return fmt.Errorf("no %s %s", r.text("kind"), r.text("code"))
		}
		for _, word := range r.list("words", ";") {
			g.name(at, word)
		}
		return nil
	})
}

func (g *gazetteer) loadRegions() error {
	return each("regions.csv", func(r row) error {
		at := g.add(Place{Kind: InRegion, Code: r.text("code"), Name: r.text("name_vi"), Provinces: r.list("provinces", " ")}, r.text("name_vi"))
		for _, word := range r.list("words", ";") {
			g.name(at, word)
		}
		return nil
	})
}

// loadHistoric adds provinces that were gone before the 63: people still say "Hà Tây". One that lies in
// several of today's provinces is a place in each of them.
func (g *gazetteer) loadHistoric() error {
	return each("historic_provinces.csv", func(r row) error {
		for _, province := range r.list("provinces", " ") {
			if _, ok := g.provinceAt[province]; !ok {
				return fmt.Errorf("province %q", province)
			}
			g.add(Place{Kind: InOldProvince, Code: r.text("code"), Name: r.text("name_vi"), Type: "Tỉnh", Province: province}, r.text("name_vi"))
		}
		return nil
	})
}

// Provinces gives the 34 provinces in the order of their codes.
func (t *Taxonomy) Provinces() []Province { return t.places.provinces }

// Province gives a province by code.
func (t *Taxonomy) Province(code string) (Province, bool) {
	i, ok := t.places.provinceAt[code]
	if !ok {
		return Province{}, false
	}
	return t.places.provinces[i], true
}

// Communes gives all communes in the order of their source.
func (t *Taxonomy) Communes() []Commune { return t.places.communes }

// Commune gives a commune by code.
func (t *Taxonomy) Commune(code string) (Commune, bool) {
	i, ok := t.places.communeAt[code]
	if !ok {
		return Commune{}, false
	}
	return t.places.communes[i], true
}

// OldUnits gives the old communes that a commune was made of, whole or in part.
func (t *Taxonomy) OldUnits(commune string) []Place {
	c, ok := t.Commune(commune)
	if !ok {
		return nil
	}
	out := make([]Place, len(c.old))
	for i, at := range c.old {
		out[i] = t.places.places[at]
	}
	return out
}

// HasProvince reports whether a two-digit code is one of the 34 provinces.
func (t *Taxonomy) HasProvince(code string) bool { _, ok := t.places.provinceAt[code]; return ok }

// HasCommune reports whether a five-digit code is one of today's communes.
func (t *Taxonomy) HasCommune(code string) bool { _, ok := t.places.communeAt[code]; return ok }
