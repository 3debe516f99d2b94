package taxonomy

import (
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
)

// Places is what a place field says. Nothing in it is guessed: what could be several provinces has
// candidates and no province, what nobody knows is in Unresolved as it was written.
type Places struct {
	List       []FoundPlace
	More       int      // "& 2 nơi khác": so many more that are not named
	Nationwide bool     // "toàn quốc"
	Remote     bool     // "làm việc từ xa"
	Abroad     []string // ISO codes; SomewhereAbroad when only "nước ngoài" was said
	Unresolved []string
}

// FoundPlace is one workplace that was named.
type FoundPlace struct {
	Stated     string  // the words, as they were
	Province   string  // today's code; "" for a region, or when the candidates lie in several
	Commune    string  // today's code, when it can be only one
	District   string  // code of the old district, when one was named
	Region     string  // code of a region ("tay nguyên"), then Province is empty
	Candidates []Place // all that the words may mean, likeliest first
}

// Ambiguous reports whether the words name places in several provinces.
func (f FoundPlace) Ambiguous() bool { return f.Province == "" && f.Region == "" }

// Stated reports whether the field said anything.
func (p Places) Stated() bool {
	return len(p.List)+len(p.Abroad)+len(p.Unresolved)+p.More > 0 || p.Nationwide || p.Remote
}

// Resolved reports whether at least one workplace was understood.
func (p Places) Resolved() bool {
	return p.Nationwide || p.Remote || len(p.Abroad) > 0 || slices.ContainsFunc(p.List, func(f FoundPlace) bool { return !f.Ambiguous() })
}

// Workplaces gives the places as documents keep them, each once. A region and what was not understood keep
// their words only.
func (p Places) Workplaces() []market.Workplace {
	var out []market.Workplace
	add := func(w market.Workplace) {
		same := func(o market.Workplace) bool {
			return o.Commune == w.Commune && o.Province == w.Province && o.Country == w.Country && o.Nationwide == w.Nationwide && (w.Known() || o.Stated == w.Stated)
		}
		if !slices.ContainsFunc(out, same) {
			out = append(out, w)
		}
	}
	if p.Nationwide || p.Remote {
		add(market.Workplace{Nationwide: true})
	}
	for _, f := range p.List {
		add(market.Workplace{Commune: f.Commune, Province: f.Province, Stated: f.Stated})
	}
	for _, country := range p.Abroad {
		add(market.Workplace{Country: country})
	}
	for _, words := range p.Unresolved {
		add(market.Workplace{Stated: words})
	}
	return out
}

// ParsePlaces reads the place field of an advertisement or a form: one place or several, names of today and
// of before 2025, addresses, regions, countries, "toàn quốc", "& 2 nơi khác".
func (t *Taxonomy) ParsePlaces(text string) Places {
	g := &t.places
	r := g.read(text)
	out := Places{More: r.more, Nationwide: r.nationwide, Remote: r.remote}
	if r.abroad {
		out.Abroad = append(out.Abroad, SomewhereAbroad)
	}
	for _, m := range r.leaves() {
		g.resolve(&out, m, r.stated(m))
	}
	if len(out.Abroad) > 1 { // "nước ngoài (Nhật Bản)"
		out.Abroad = slices.DeleteFunc(out.Abroad, func(c string) bool { return c == SomewhereAbroad })
	}
	out.Unresolved = r.rest()
	if r.country && len(out.List) == 0 && len(out.Abroad) == 0 {
		out.Nationwide = true // "Việt Nam" and nothing nearer
	}
	return out
}

// resolve turns a mention into a place of the list or a country.
func (g *gazetteer) resolve(out *Places, m *mention, stated string) {
	best := g.best(m.found)
	p := &g.places[best[0]]
	switch p.Kind {
	case InCountry:
		if !slices.Contains(out.Abroad, p.Code) {
			out.Abroad = append(out.Abroad, p.Code)
		}
		return
	case InRegion:
		out.List = append(out.List, FoundPlace{Stated: stated, Region: p.Code, Candidates: []Place{*p}})
		return
	}
	f := FoundPlace{Stated: stated}
	provinces := map[string]bool{}
	for _, at := range best {
		provinces[g.places[at].Province] = true
	}
	if len(provinces) == 1 {
		f.Province = p.Province
		f.Commune, f.District = g.narrow(m, f.Province, p.tier())
	}
	for _, at := range append(best, without(m.found, best)...) {
		if c := g.places[at]; f.Province == "" || c.Province == f.Province {
			f.Candidates = append(f.Candidates, c)
		}
	}
	out.List = append(out.List, f)
}

// best gives the candidates of the likeliest tier.
func (g *gazetteer) best(found []int32) []int32 {
	least := 9
	for _, at := range found {
		least = min(least, g.places[at].tier())
	}
	return slices.DeleteFunc(slices.Clone(found), func(at int32) bool { return g.places[at].tier() != least })
}

func without(all, some []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(all), func(at int32) bool { return slices.Contains(some, at) })
}

// narrow gives the one commune and the one old district that all candidates in the province agree on. Where
// a commune of today bears the name of an old one, today's is meant, unless an old district was said too.
func (g *gazetteer) narrow(m *mention, province string, tier int) (commune, district string) {
	if tier == 0 {
		return "", ""
	}
	today := tier == 3 && (m.parent == nil || g.places[m.parent.found[0]].Kind != InOldDistrict)
	communes, districts := map[string]bool{}, map[string]bool{}
	for _, at := range m.found {
		p := &g.places[at]
		if p.Province != province || p.level() == 0 || today && p.Kind == InOldCommune {
			continue
		}
		for _, c := range p.Communes {
			communes[c] = true
		}
		if p.Kind == InOldDistrict {
			districts[p.Code] = true
		}
	}
	return only(communes), only(districts)
}

func only(set map[string]bool) string {
	if len(set) != 1 {
		return ""
	}
	for s := range set {
		return s
	}
	return ""
}

// moreWords follow a number in "& 2 nơi khác".
var moreWords = []string{"noi khac", "dia diem khac", "tinh khac", "tinh thanh khac", "thanh pho khac", "noi lam viec khac", "chi nhanh khac", "khu vuc khac", "more", "other locations", "others"}

// Phrases that stand for a whole place field or a part of it, as folded keys.
var (
	nationwideWords = []string{"toan quoc", "ca nuoc", "khap ca nuoc", "toan viet nam", "nhieu tinh thanh", "63 tinh thanh", "63 tinh", "34 tinh thanh", "34 tinh", "nationwide", "ba mien", "3 mien", "moi mien", "cac tinh thanh", "cac tinh thanh pho"}
	remoteWords     = []string{"lam viec tu xa", "tu xa", "remote", "lam viec tai nha", "lam tai nha", "work from home", "wfh", "online"}
	abroadWords     = []string{"nuoc ngoai", "quoc te", "ngoai nuoc", "oversea", "overseas", "abroad", "o nuoc ngoai"}
	countryWords    = []string{"viet nam", "vietnam", "vn"}
	fillerWords     = []string{"va", "hoac", "cac", "khu", "vuc", "tai", "o", "noi", "lam", "viec", "dia", "diem", "gan", "quanh", "lan", "can", "trung", "tam", "ngoai", "noi", "thanh", "city", "province", "district", "ward", "cu", "moi", "tinh", "thanh", "pho", "tp", "huyen", "quan", "xa", "phuong"}
)

// streetWords before a name make it the name of a street or a building, not of a place.
var streetWords = func() map[string]string {
	out := map[string]string{}
	for _, w := range []string{
		"đường", "phố", "ngõ", "ngách", "hẻm", "đại lộ", "quốc lộ", "số", "số nhà", "tòa", "tòa nhà", "chung cư", "khu đô thị", "kđt",
		"công ty", "cty", "trường", "chợ", "cầu", "ga", "bến xe", "sân bay", "bệnh viện", "siêu thị", "ngã tư", "ngã ba", "cảng",
		"tnhh", "cổ phần", "kcn", "khu công nghiệp", "cụm công nghiệp", "ccn", "kcx", "khu chế xuất", "kkt", "khu kinh tế", "giáp", "gần", "cạnh", "sát", "đối diện", "cách", "building", "tower", "street",
	} {
		out[Fold(w)] = Exact(w)
	}
	return out
}()

// industrialWords before a province's name still say where it is ("KCN Bắc Ninh").
var industrialWords = []string{"kcn", "khu cong nghiep", "cum cong nghiep", "ccn", "kcx", "khu che xuat", "kkt", "khu kinh te"}

func isNumber(t Token) bool {
	_, err := strconv.Atoi(strings.TrimRight(t.Fold, "abcdefgh"))
	return err == nil
}
