package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"noiviec/internal/files/testdata/real-ads-labels"
	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// now is the day on which the tests read: after the ads, and with today's communes.
var now = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

func testImport(source string) Import {
	return Import{Centre: market.DerivedID("test", "centre"), Source: source, Tax: taxonomy.Default(), Now: now, Province: "11"}
}

// adFiles gives the two real files, and skips the test where they are not.
func adFiles(t *testing.T) map[string]string {
	t.Helper()
	folder := labels.Folder("../..")
	out := map[string]string{
		labels.ManualService: filepath.Join(folder, "manual-service", "jobs.csv"),
		labels.TopCVFullText: filepath.Join(folder, "topcv-full-text", "topcv_jobs_2025-05.jsonl"),
	}
	for _, path := range out {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			t.Skip("the real ads are not here; set NOIVIEC_SHARED to the folder holding data/real-ads")
		}
	}
	return out
}

func readAds(t *testing.T, path string) *PostingPlan {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	plan, err := testImport(filepath.Base(path)).ReadPostings(filepath.Base(path), f, nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func share(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

func TestRealAdsImport(t *testing.T) {
	t.Parallel()
	paths := adFiles(t)
	var all Counts
	started := time.Now()
	for _, set := range []string{labels.ManualService, labels.TopCVFullText} {
		plan := readAds(t, paths[set])
		c := plan.Counts
		t.Logf("%s: %+v", set, c)
		for _, r := range plan.Refused[:min(len(plan.Refused), 10)] {
			t.Logf("refused line %d: %v", r.Row.Line, r.Errors)
		}
		if c.Rows != c.Imported+c.Copies+c.Refused || len(plan.Documents) != c.Imported || len(plan.Refused) != c.Refused {
			t.Errorf("%s: rows do not add up: %+v, %d postings, %d refused", set, c, len(plan.Documents), len(plan.Refused))
		}
		if set == labels.ManualService && (c.Rows != 4465 || c.Copies != 2351) {
			t.Errorf("%s: got %d rows, %d copies, want 4465 and 2351", set, c.Rows, c.Copies)
		}
		for i, p := range plan.Documents {
			if err := p.Validate(taxonomy.Default()); err != nil {
				t.Fatalf("%s line %d: %v", set, plan.Rows[i].Line, err)
			}
			for _, r := range p.Requirements {
				if r.Span[1] > len(p.Text) || r.Span[0] > r.Span[1] {
					t.Fatalf("%s line %d: span %v of %d bytes", set, plan.Rows[i].Line, r.Span, len(p.Text))
				}
			}
		}
		all.Rows += c.Rows
		all.Refused += c.Refused
		all.PayStated += c.PayStated
		all.PayUnderstood += c.PayUnderstood
		all.PayImplausible += c.PayImplausible
		all.PlaceStated += c.PlaceStated
		all.PlaceResolved += c.PlaceResolved
	}
	t.Logf("all: rows %d, not refused %.2f %%; pay: stated %d, understood %.2f %%, implausible %d; place: stated %d, resolved %.2f %%; %v",
		all.Rows, 100-share(all.Refused, all.Rows), all.PayStated, share(all.PayUnderstood, all.PayStated), all.PayImplausible, all.PlaceStated, share(all.PlaceResolved, all.PlaceStated), time.Since(started).Round(time.Millisecond))
	if all.Rows != 8039 {
		t.Errorf("got %d rows, want 8039", all.Rows)
	}
	if share(all.Refused, all.Rows) > 1 {
		t.Errorf("%.2f %% of the rows are refused, want at most 1 %%", share(all.Refused, all.Rows))
	}
	if got := share(all.PayUnderstood, all.PayStated); got < 99 {
		t.Errorf("pay is understood in %.2f %% of the rows that state it, want 99 %%", got)
	}
	if got := share(all.PlaceResolved, all.PlaceStated); got < 97 {
		t.Errorf("the place is resolved in %.2f %% of the rows that state it, want 97 %%", got)
	}
}

func TestRealAdsImportTwiceGivesTheSamePostings(t *testing.T) {
	t.Parallel()
	for _, path := range adFiles(t) {
		first, second := readAds(t, path), readAds(t, path)
		for i := range first.Documents {
			a, b := first.Documents[i], second.Documents[i]
			if a.ID != b.ID || a.Source != b.Source {
				t.Fatalf("line %d: %v %+v, then %v %+v", first.Rows[i].Line, a.ID, a.Source, b.ID, b.Source)
			}
		}
	}
}

// figures are what the labels say about one draw.
type figures struct{ Rows, Pay, Places, More, Trusted int }

func TestRealAdsLabels(t *testing.T) {
	t.Parallel()
	read := map[string]market.Posting{}
	for set, path := range adFiles(t) {
		for hash, p := range postingsByHash(t, set, path) {
			read[hash] = p
		}
	}
	measureLabels(t, read, "labels.csv", map[string]wanted{"random": {300, 98, 97}, "rare": {100, 98, 97}})
	measureLabels(t, read, "further.csv", map[string]wanted{"random": {150, 99, 98}, "rare": {150, 98, 96}, "all": {300, 99, 98}})
}

// wanted is what a draw must reach: its rows, and the shares of them in per cent.
type wanted struct {
	rows        int
	pay, places float64
}

func measureLabels(t *testing.T, read map[string]market.Posting, name string, wants map[string]wanted) {
	t.Helper()
	f, err := os.Open("testdata/real-ads-labels/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := labels.ReadLabels(f)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*figures{"random": {}, "rare": {}, "all": {}}
	for _, l := range all {
		p, ok := read[l.Hash]
		if !ok {
			t.Fatalf("no row has the hash %s", l.Hash)
		}
		got[l.Draw].compare(t, l, p)
	}
	got["all"].add(*got["random"], *got["rare"])
	for draw, want := range wants {
		g := got[draw]
		t.Logf("%s %s: %d rows; pay right %d = %.2f %%; places right %d = %.2f %%; \"and n more\" right %d; implausible pay trusted %d",
			name, draw, g.Rows, g.Pay, share(g.Pay, g.Rows), g.Places, share(g.Places, g.Rows), g.More, g.Trusted)
		if g.Rows != want.rows || share(g.Pay, g.Rows) < want.pay || share(g.Places, g.Rows) < want.places || g.Trusted > 0 {
			t.Errorf("%s %s: %+v, want %+v and no implausible pay trusted", name, draw, *g, want)
		}
	}
}

func (g *figures) add(parts ...figures) {
	for _, p := range parts {
		g.Rows, g.Pay, g.Places, g.More, g.Trusted = g.Rows+p.Rows, g.Pay+p.Pay, g.Places+p.Places, g.More+p.More, g.Trusted+p.Trusted
	}
}

// postingsByHash reads each row as the importer does, and names it as the labels do.
func postingsByHash(t *testing.T, set, path string) map[string]market.Posting {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	im, out := testImport(filepath.Base(path)), map[string]market.Posting{}
	for row, err := range Rows(filepath.Base(path), f) {
		if err != nil {
			t.Fatal(err)
		}
		fields := row.Cells
		if set == labels.TopCVFullText {
			fields = []string{row.raw("url"), row.raw("title"), row.raw("pay"), row.raw("place")}
		}
		p, _, _ := im.PostingFromRow(row)
		out[labels.Hash(set, fields...)] = p
	}
	return out
}

func (g *figures) compare(t *testing.T, l labels.Label, p market.Posting) {
	g.Rows++
	payRight := labelStatus(p.Pay.Status) == l.Status &&
		(l.Status != "stated" || p.Pay.Min == l.Min && p.Pay.Max == l.Max && string(p.Pay.Period) == l.Period && p.Pay.Currency == l.Currency)
	if payRight {
		g.Pay++
	} else {
		t.Logf("%s %s pay: got %s %s %d–%d %s, label %s %s %d–%d %s", l.Draw, l.Hash, p.Pay.Status, p.Pay.Currency, p.Pay.Min, p.Pay.Max, p.Pay.Period, l.Status, l.Currency, l.Min, l.Max, l.Period)
	}
	if l.Status == "implausible" && p.Pay.Known() {
		g.Trusted++
	}
	if places := labelPlaces(p, l); slices.Equal(places, slices.Sorted(slices.Values(l.Places))) {
		g.Places++
	} else {
		t.Logf("%s %s places: got %v, label %v", l.Draw, l.Hash, places, l.Places)
	}
	if p.MorePlaces == l.More {
		g.More++
	}
}

func labelStatus(s market.PayStatus) string {
	if s == market.PayUnstated {
		return "unstated"
	}
	return string(s)
}

// labelPlaces writes the places of a posting as the labels do; a commune agrees with its province, where the
// label does not name the commune.
func labelPlaces(p market.Posting, l labels.Label) []string {
	var out []string
	for _, w := range p.Workplaces {
		switch {
		case w.Nationwide:
			out = append(out, "nationwide")
		case w.Country == taxonomy.SomewhereAbroad:
			out = append(out, "abroad")
		case w.Country != "":
			out = append(out, "country:"+w.Country)
		case slices.Contains(l.Places, "commune:"+w.Commune):
			out = append(out, "commune:"+w.Commune)
		case w.Province != "":
			out = append(out, "province:"+w.Province)
		default:
			out = append(out, "unresolved")
		}
	}
	if len(out) == 0 {
		out = []string{"unresolved"}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
