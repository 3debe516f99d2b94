package taxonomy

import (
	"slices"
	"testing"

	"noiviec/internal/market"
)

const barDay = market.Date("2026-11-24")

func TestWhoIsBarred(t *testing.T) {
	t.Parallel()
	minors := []string{"night_minor", "hazardous_minor", "place_minor", "guard_under_18", "drive_under_18", "drive_under_21", "drive_under_24", "drive_under_27", "abroad_under_18"}
	adult := []string{"drive_under_21", "drive_under_24", "drive_under_27"}
	for _, c := range []struct {
		name, sex string
		born      market.Date
		want      []string
	}{
		{"no birth date", "f", "", nil},
		{"fourteen", "", "2012-11-24", append([]string{"work_under_15", "hours_under_15"}, append(slices.Clone(minors[:4]), append([]string{"drive_under_16"}, minors[4:]...)...)...)},
		{"eighteen tomorrow", "m", "2008-11-25", minors},
		{"eighteen today", "m", "2008-11-24", adult},
		{"perhaps eighteen", "f", "2008", minors},
		{"surely eighteen", "f", "2007", adult},
		{"thirty", "m", "1996-01-01", nil},
		{"a man of 56", "m", "1970-11-24", nil},
		{"a woman of 54", "f", "1971-11-25", nil},
		{"a woman of 55", "f", "1971-11-24", []string{"drive_large_bus_age"}},
		{"a man of 57", "m", "1969-11-24", []string{"drive_large_bus_age"}},
		{"sex not known, 56", "", "1970-11-24", nil},
		{"sex not known, 57", "", "1969-11-24", []string{"drive_large_bus_age"}},
		{"a year of birth, at most 55", "f", "1971", nil},
	} {
		if got := Default().BarredFrom(c.born, c.sex, barDay); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhichWorkIsBarred(t *testing.T) {
	t.Parallel()
	young := "work_under_15"
	for _, c := range []struct {
		name string
		work Work
		want []string
	}{
		{"packing by day", Work{Occupation: "9321", Shift: "day"}, []string{young, "hours_under_15"}},
		{"weaving, no shift said", Work{Occupation: "7318"}, nil},
		{"weaving by day", Work{Occupation: "7318", Shift: "day"}, []string{"hours_under_15"}},
		{"electronics, three shifts", Work{Occupation: "8202", Shift: "three_shifts"}, []string{young, "hours_under_15", "night_minor"}},
		{"a singer at night", Work{Occupation: "2652", Shift: "night"}, []string{"hours_under_15"}},
		{"TIG welding without an occupation", Work{Skills: []string{"han-tig"}}, []string{young, "hazardous_minor"}},
		{"Korean is no welding", Work{Skills: []string{"tieng-han"}}, []string{young}},
		{"building helper", Work{Occupation: "9313"}, []string{young, "place_minor"}},
		{"hotel desk", Work{Occupation: "4224"}, []string{young, "place_minor"}},
		{"cook of a guest house", Work{Occupation: "5120", Sector: "5510"}, []string{young, "place_minor"}},
		{"waiter of a karaoke", Work{Title: "Nhân viên phục vụ KARAOKE", Occupation: "5131"}, []string{young, "place_minor"}},
		{"waiter", Work{Title: "Nhân viên phục vụ quán ăn", Occupation: "5131"}, []string{young}},
		{"above twenty kilograms", Work{Occupation: "9329", Lifting: "3"}, []string{young, "hazardous_minor"}},
		{"class C", Work{Certificates: []string{"gplx-c"}}, []string{young, "drive_under_21"}},
		{"class D", Work{Certificates: []string{"gplx-d"}}, []string{young, "drive_under_27", "drive_large_bus_age"}},
		{"class D2", Work{Certificates: []string{"gplx-d2"}}, []string{young, "drive_under_24"}},
		{"abroad", Work{Occupation: "6111", Abroad: true}, []string{young, "abroad_under_18"}},
		{"guard", Work{Occupation: "5401", Shift: "night"}, []string{young, "hours_under_15", "night_minor", "guard_under_18"}},
	} {
		if got := Default().BarsOf(c.work, barDay); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLegalBarsAreDated(t *testing.T) {
	t.Parallel()
	tax := Default()
	if got := tax.BarsOf(Work{Occupation: "9321", Certificates: []string{"gplx-c"}}, "2018-04-01"); len(got) != 0 {
		t.Errorf("before the laws: %v", got)
	}
	if got := tax.BarsOf(Work{Occupation: "5401"}, "2018-04-01"); !slices.Equal(got, []string{"guard_under_18"}) {
		t.Errorf("the decree of 2016 alone: %v", got)
	}
	for _, b := range tax.LegalBars(barDay) {
		if b.Evidence != "S" && b.Evidence != "M" {
			t.Errorf("%s: evidence %q", b.Code, b.Evidence)
		}
	}
}

// TestHomeIsNotAbroad holds that a workplace which names the country itself is no work abroad.
func TestHomeIsNotAbroad(t *testing.T) {
	t.Parallel()
	for countries, want := range map[[2]string]bool{{"VN", ""}: false, {"VN", "VN"}: false, {"JP", "VN"}: false, {"JP", "KR"}: true} {
		p := market.Posting{Workplaces: []market.Workplace{{Country: countries[0]}, {Country: countries[1]}}}
		if got := WorkOf(p, nil).Abroad; got != want {
			t.Errorf("%v: got %t, want %t", countries, got, want)
		}
	}
}
