package taxonomy

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	labels "noiviec/internal/files/testdata/real-ads-labels"
)

// labelled is one file of labels and what the parsers must reach on some of its rows.
var labelled = []struct {
	file, draw  string // draw "" takes all rows
	rows        int
	pay, places float64 // per cent
}{
	{"labels.csv", "random", 300, 98, 97},
	{"labels.csv", "rare", 100, 98, 97},
	{"further.csv", "", 300, 99, 98},
	{"further.csv", "random", 150, 99, 98},
	{"further.csv", "rare", 150, 98, 97},
}

// TestLabelledAds compares the parsers with labels typed by hand for rows of real advertisements; the conventions
// are in the labels' README.
func TestLabelledAds(t *testing.T) {
	t.Parallel()
	rows := labelledRows(t)
	for _, want := range labelled {
		all, pay, place, trusted := 0, 0, 0, 0
		for _, l := range readLabels(t, want.file) {
			r, ok := rows[l.Hash]
			if !ok {
				t.Fatalf("no row has the hash %s", l.Hash)
			}
			if want.draw != "" && l.Draw != want.draw {
				continue
			}
			all++
			if samePay(l, r.Pay) {
				pay++
			} else {
				t.Logf("%s pay %q: got %+v, label %+v", l.Hash, r.Pay, ParsePay(r.Pay), l)
			}
			if l.Status == "implausible" && ParsePay(r.Pay).Known() {
				trusted++
			}
			if samePlaces(l, r.Place) {
				place++
			} else {
				t.Logf("%s place %q: got %+v, label %+v", l.Hash, r.Place, Default().ParsePlaces(r.Place), l)
			}
		}
		t.Logf("%s %s: %d rows, pay right %d = %.2f %%, places right %d = %.2f %%, implausible pay trusted %d",
			want.file, want.draw, all, pay, percent(pay, all), place, percent(place, all), trusted)
		if all != want.rows || percent(pay, all) < want.pay || percent(place, all) < want.places || trusted > 0 {
			t.Errorf("%s %s: want %d rows, pay right in %v %%, places in %v %%, no implausible pay trusted", want.file, want.draw, want.rows, want.pay, want.places)
		}
	}
}

// labelledRows reads the real advertisements by hash, and skips the test without them.
func labelledRows(t *testing.T) map[string]labels.Row {
	t.Helper()
	realAds(t)
	manual, topcv, err := labels.ReadFolder(labels.Folder(filepath.Join("..", "..")))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]labels.Row{}
	for _, r := range append(manual, topcv...) {
		rows[r.Hash] = r
	}
	return rows
}

func openLabels(t *testing.T, name string) *os.File {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "files", "testdata", "real-ads-labels", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func readLabels(t *testing.T, name string) []labels.Label {
	t.Helper()
	all, err := labels.ReadLabels(openLabels(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func samePay(l labels.Label, text string) bool {
	p := ParsePay(text)
	status := string(p.Status)
	if status == "" {
		status = "unstated"
	}
	return status == l.Status && p.Min == l.Min && p.Max == l.Max && (status != "stated" || p.Currency == l.Currency && string(p.Period) == l.Period)
}

// samePlaces compares the set of places. A commune agrees with its province where the label does not name
// the commune.
func samePlaces(l labels.Label, text string) bool {
	p := Default().ParsePlaces(text)
	var got []string
	for _, f := range p.List {
		switch commune := "commune:" + f.Commune; {
		case f.Region != "":
			got = append(got, "region:"+f.Region)
		case slices.Contains(l.Places, commune):
			got = append(got, commune)
		case f.Province != "":
			got = append(got, "province:"+f.Province)
		default:
			got = append(got, "unresolved")
		}
	}
	for _, country := range p.Abroad {
		if country == SomewhereAbroad {
			got = append(got, "abroad")
		} else {
			got = append(got, "country:"+country)
		}
	}
	if p.Nationwide || p.Remote {
		got = append(got, "nationwide")
	}
	if len(p.Unresolved) > 0 {
		got = append(got, "unresolved")
	}
	slices.Sort(got)
	want := slices.Sorted(slices.Values(l.Places))
	return p.More == l.More && slices.Equal(slices.Compact(got), slices.Compact(want))
}
