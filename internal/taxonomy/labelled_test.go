package taxonomy

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	labels "noiviec/internal/files/testdata/real-ads-labels"
)

// TestLabelledAds compares the parsers with labels typed by hand for rows drawn at random; the conventions
// are in the labels' README.
func TestLabelledAds(t *testing.T) {
	t.Parallel()
	realAds(t) // skips without the ads
	file, err := os.Open(filepath.Join("..", "files", "testdata", "real-ads-labels", "labels.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	labelled, err := labels.ReadLabels(file)
	if err != nil {
		t.Fatal(err)
	}
	manual, topcv, err := labels.ReadFolder(labels.Folder(filepath.Join("..", "..")))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]labels.Row{}
	for _, r := range append(manual, topcv...) {
		rows[r.Hash] = r
	}
	for _, draw := range []string{"random", "rare"} {
		all, pay, place, trusted := 0, 0, 0, 0
		for _, l := range labelled {
			r, ok := rows[l.Hash]
			if l.Draw != draw || !ok {
				continue
			}
			all++
			if samePay(l, r.Pay) {
				pay++
			} else {
				t.Logf("pay %q: got %+v, label %+v", r.Pay, ParsePay(r.Pay), l)
			}
			if l.Status == "implausible" && ParsePay(r.Pay).Known() {
				trusted++
			}
			if samePlaces(l, r.Place) {
				place++
			} else {
				t.Logf("place %q: got %+v, label %+v", r.Place, Default().ParsePlaces(r.Place), l)
			}
		}
		t.Logf("%s: %d rows, pay right %.2f %%, places right %.2f %%, implausible pay trusted %d", draw, all, percent(pay, all), percent(place, all), trusted)
		if all == 0 || percent(pay, all) < 98 || percent(place, all) < 97 || trusted > 0 {
			t.Errorf("%s: want pay right in 98 %%, places in 97 %%, no implausible pay trusted", draw)
		}
	}
}

func samePay(l labels.Label, text string) bool {
	p := ParsePay(text)
	status := string(p.Status)
	if status == "" {
		status = "unstated"
	}
	return status == l.Status && p.Min == l.Min && p.Max == l.Max && (status != "stated" || p.Currency == l.Currency && string(p.Period) == l.Period)
}

func samePlaces(l labels.Label, text string) bool {
	p := Default().ParsePlaces(text)
	var got []string
	for _, w := range p.Workplaces() {
		switch {
		case w.Nationwide:
			got = append(got, "nationwide")
		case w.Country == SomewhereAbroad:
			got = append(got, "abroad")
		case w.Country != "":
			got = append(got, "country:"+w.Country)
		case w.Province != "":
			got = append(got, "province:"+w.Province)
		default:
			got = append(got, "unresolved")
		}
	}
	slices.Sort(got)
	want := slices.Sorted(slices.Values(l.Places))
	return p.More == l.More && slices.Equal(slices.Compact(got), slices.Compact(want))
}
