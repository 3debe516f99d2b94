package taxonomy

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/market"
)

func TestParsePlaces(t *testing.T) {
	t.Parallel()
	type place struct{ province, commune, district string }
	cases := []struct {
		text       string
		places     []place
		more       int
		nationwide bool
		abroad     []string
		unresolved []string
	}{
		{text: ""},
		{text: "Hà Nội", places: []place{{"01", "", ""}}},
		{text: "ha noi", places: []place{{"01", "", ""}}},
		{text: "Hanoi", places: []place{{"01", "", ""}}},
		{text: norm.NFD.String("Điện Biên"), places: []place{{"11", "", ""}}},
		{text: "Hà Nội, Hồ Chí Minh", places: []place{{"01", "", ""}, {"79", "", ""}}},
		{text: "Hà Nội - Hồ Chí Minh - Đà Nẵng", places: []place{{"01", "", ""}, {"79", "", ""}, {"48", "", ""}}},
		{text: "Hồ Chí Minh & 2 nơi khác", places: []place{{"79", "", ""}}, more: 2},
		{text: "Bà Rịa-Vũng Tàu & 7 nơi khác", places: []place{{"79", "", ""}}, more: 7},
		{text: "Bà Rịa - Vũng Tàu", places: []place{{"79", "", ""}}},
		{text: "Bình Dương", places: []place{{"79", "", ""}}},
		{text: "Hà Giang", places: []place{{"08", "", ""}}},
		{text: "Hà Tây", places: []place{{"01", "", ""}}},
		{text: "Hòa Bình", places: []place{{"25", "", ""}}},
		{text: "Hoà Bình", places: []place{{"25", "", ""}}},
		{text: "Thái Nguyên", places: []place{{"19", "", ""}}},
		{text: "Lào Cai", places: []place{{"15", "", ""}}},
		{text: "TP.HCM", places: []place{{"79", "", ""}}},
		{text: "Q.1, Q.3 TP HCM", places: []place{{"79", "", "760"}, {"79", "", "770"}}},
		{text: "quận 9", places: []place{{"79", "", "769"}}},
		{text: "Hà Nội: Cầu Giấy, Đống Đa", places: []place{{"01", "", "005"}, {"01", "", "006"}}},
		{text: "P.12, Q. Bình Thạnh, TP. Hồ Chí Minh", places: []place{{"79", "26929", ""}}},
		{text: "Xã Mường Phăng, TP Điện Biên Phủ, Điện Biên", places: []place{{"11", "03325", ""}}},
		{text: "Điện Biên Phủ", places: []place{{"11", "", "094"}}},
		{text: "phường Điện Biên Phủ", places: []place{{"11", "03127", ""}}},
		{text: "Phường Điện Biên, Quận Ba Đình, Hà Nội", places: []place{{"01", "", ""}}},
		{text: "huyện Điện Biên Đông", places: []place{{"11", "", "101"}}},
		{text: "Na Son", places: []place{{"11", "03203", ""}}},
		{text: "Châu Thành, Long An", places: []place{{"80", "", "808"}}},
		{text: "Bình Thạnh", places: []place{{"79", "", "765"}}},
		{text: "KCN Quế Võ, Bắc Ninh", places: []place{{"24", "", ""}}},
		{text: "123 Điện Biên Phủ, Quận 1, TP.HCM", places: []place{{"79", "", "760"}}},
		{text: "Hưng Yên (giáp Hà Nội)", places: []place{{"33", "", ""}}},
		{text: "Toàn quốc (ưu tiên Hà Nội)", places: []place{{"01", "", ""}}, nationwide: true},
		{text: "toàn quốc", nationwide: true},
		{text: "Nước Ngoài", abroad: []string{SomewhereAbroad}},
		{text: "Nhật Bản", abroad: []string{"JP"}},
		{text: "Đài Loan", abroad: []string{"TW"}},
		{text: "Tokyo, Nhật Bản", abroad: []string{"JP"}},
		{text: "Hà Nội, Nước Ngoài", places: []place{{"01", "", ""}}, abroad: []string{SomewhereAbroad}},
		{text: "161 võ nguyễn giáp", unresolved: []string{"161 võ nguyễn giáp"}},
		{text: "đại lộ thăng long", unresolved: []string{"đại lộ thăng long"}},
		{text: "hà hội", unresolved: []string{"hà hội"}},
		{text: "KCN Thăng Long", unresolved: []string{"KCN Thăng Long"}},
		{text: "Châu Thành", places: []place{{"", "", ""}}},
		{text: "ĐN", places: []place{{"", "", ""}}},
		{text: "xã Hòa Bình", places: []place{{"", "", ""}}},
		{text: "Phường 12", places: []place{{"", "", ""}}},
	}
	for _, c := range cases {
		got := Default().ParsePlaces(c.text)
		var places []place
		for _, f := range got.List {
			places = append(places, place{f.Province, f.Commune, f.District})
			if f.Ambiguous() && len(f.Candidates) < 2 {
				t.Errorf("%q: ambiguous without candidates", c.text)
			}
		}
		if !slices.Equal(places, c.places) || got.More != c.more || got.Nationwide != c.nationwide || !slices.Equal(got.Abroad, c.abroad) || !slices.Equal(got.Unresolved, c.unresolved) {
			t.Errorf("%q: got %+v more %d nationwide %v abroad %v unresolved %q,\nwant %+v", c.text, places, got.More, got.Nationwide, got.Abroad, got.Unresolved, c)
		}
	}
}

func TestWorkplaces(t *testing.T) {
	t.Parallel()
	got := Default().ParsePlaces("Bình Dương, Hồ Chí Minh, Nhật Bản, hà hội").Workplaces()
	want := []market.Workplace{{Province: "79", Stated: "Bình Dương"}, {Country: "JP"}, {Stated: "hà hội"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v,\nwant %+v", got, want)
	}
	for _, w := range got {
		if w.Country != "" && !Default().HasCountry(w.Country) {
			t.Errorf("no country %q", w.Country)
		}
	}
}

// TestEveryNameIsFound looks every unit of today up by its full name, its name without marks, and the other
// tone placement.
func TestEveryNameIsFound(t *testing.T) {
	t.Parallel()
	x := Default()
	has := func(found []Place, kind PlaceKind, code string) bool {
		return slices.ContainsFunc(found, func(p Place) bool { return p.Kind == kind && p.Code == code })
	}
	for _, p := range x.Provinces() {
		for _, text := range []string{p.Name, p.FullName, Fold(p.Name), p.EN + ""} {
			if found := x.FindPlaces(text); text != p.EN && (!has(found, InProvince, p.Code)) {
				t.Errorf("%q: got %v, want province %s", text, found, p.Code)
			}
		}
		for _, old := range p.Old {
			if found := x.FindPlaces(old); len(found) == 0 || found[0].Province != p.Code {
				t.Errorf("%q: got %v, want one in province %s", old, found, p.Code)
			}
		}
	}
	for _, c := range x.Communes() {
		for _, text := range []string{c.Name, c.FullName(), Fold(c.Name), norm.NFD.String(c.Name)} {
			if found := x.FindPlaces(text); !has(found, InCommune, c.Code) {
				t.Errorf("%q: got %v, want commune %s", text, found, c.Code)
			}
		}
		if len(x.OldUnits(c.Code)) == 0 && c.Type != "Đặc khu" {
			t.Logf("%s %s: no old units", c.Code, c.FullName())
		}
	}
}

// TestSharedNames counts what the issue says: folded commune names that several communes bear.
func TestSharedNames(t *testing.T) {
	t.Parallel()
	byName := map[string]int{}
	for _, c := range Default().Communes() {
		byName[Fold(c.Name)]++
	}
	names, communes := 0, 0
	for name, n := range byName {
		if n == 1 {
			continue
		}
		names, communes = names+1, communes+n
		found := 0
		for _, p := range Default().FindPlaces(name) {
			if p.Kind == InCommune {
				found++
			}
		}
		if found < n {
			t.Errorf("%q: got %d communes, want %d", name, found, n)
		}
	}
	t.Logf("%d folded names stand for %d communes", names, communes)
	if names < 300 || communes < 800 {
		t.Errorf("got %d names for %d communes, want about 373 for 949", names, communes)
	}
}

func TestDistances(t *testing.T) {
	t.Parallel()
	x := Default()
	km, ok := x.DistanceKm("03127", "03158") // 133.0 in the data's own table
	if !ok || km < 132.5 || km > 133.5 {
		t.Errorf("got %.1f km, want 133.0", km)
	}
	near := x.Nearest("03127", 5)
	if len(near) != 5 || near[0].Commune.Code != "03127" || near[0].Km != 0 {
		t.Fatalf("got %+v, want itself first of five", near)
	}
	if !slices.IsSortedFunc(near, func(a, b NearCommune) int { return int(1e6 * (a.Km - b.Km)) }) {
		t.Errorf("not sorted: %+v", near)
	}
	for _, n := range x.WithinKm("03127", 15) {
		if n.Km > 15 {
			t.Errorf("%s is %.1f km away, want at most 15", n.Commune.Name, n.Km)
		}
	}
	if _, ok := x.DistanceKm("03127", "99999"); ok {
		t.Error("got a distance to a commune that does not exist")
	}
	if x.Nearest("x", 3) != nil {
		t.Error("got neighbours of a commune that does not exist")
	}
}

func TestMinimumPay(t *testing.T) {
	t.Parallel()
	x := Default()
	pay, known := x.MinimumPay("03158", "2026-11-24")
	if !known || pay.Region != "IV" || pay.Monthly != 3_700_000 || pay.Hourly != 17_800 || pay.Source == "" {
		t.Errorf("got %+v %v, want region IV", pay, known)
	}
	if pay, known := x.MinimumPay("03127", "2026-01-01"); !known || pay.Region != "III" || pay.Monthly != 4_140_000 {
		t.Errorf("got %+v %v, want region III", pay, known)
	}
	if _, known := x.MinimumPay("00004", "2026-11-24"); known {
		t.Error("the region of a commune of Hà Nội is known, want unknown")
	}
	if _, known := x.MinimumPay("03158", "2025-12-31"); known {
		t.Error("known before the first row, want unknown")
	}
}

func FuzzParsePlaces(f *testing.F) {
	for _, s := range []string{"Hà Nội & 2 nơi khác", "P.12, Q. Bình Thạnh, TP. Hồ Chí Minh", "Tiên Hà Nội", "99999999999999999999 nơi khác", "\xffxã\xfe", "- - -,,;;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := Default().ParsePlaces(text)
		if p.More < 0 {
			t.Errorf("%q: more %d", text, p.More)
		}
		for _, place := range p.List {
			if place.Province != "" && !Default().HasProvince(place.Province) || place.Commune != "" && !Default().HasCommune(place.Commune) {
				t.Errorf("%q: unknown code in %+v", text, place)
			}
			if place.Commune != "" {
				if c, _ := Default().Commune(place.Commune); c.Province != place.Province {
					t.Errorf("%q: commune outside its province: %+v", text, place)
				}
			}
		}
		p.Workplaces()
		Default().FindPlaces(text)
	})
}
