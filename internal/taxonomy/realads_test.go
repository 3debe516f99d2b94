package taxonomy

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// realAd is what these tests need of one real advertisement.
type realAd struct{ Title, Pay, Place, Experience string }

// realAds reads the advertisements kept for local measurement beside the repository; without them the test
// is skipped. They are never part of the project.
func realAds(t *testing.T) []realAd {
	t.Helper()
	shared := os.Getenv("NOIVIEC_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	folder := filepath.Join(shared, "data", "real-ads")
	table, err := os.Open(filepath.Join(folder, "manual-service", "jobs.csv"))
	if err != nil {
		t.Skip("skipped: the real advertisements are not here (set NOIVIEC_SHARED)")
	}
	defer table.Close()
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []realAd
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, row := range rows[1:] {
		out = append(out, realAd{row[at["job_title"]], row[at["salary"]], row[at["city"]], row[at["experience"]]})
	}
	lines, err := os.Open(filepath.Join(folder, "topcv-full-text", "topcv_jobs_2025-05.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer lines.Close()
	scanner := bufio.NewScanner(lines)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var ad struct{ Title, Salary, Location, Experience string }
		if err := json.Unmarshal(scanner.Bytes(), &ad); err != nil {
			t.Fatal(err)
		}
		out = append(out, realAd{ad.Title, ad.Salary, ad.Location, ad.Experience})
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

// TestRealPay measures how much of the real pay texts is understood: a figure, "negotiable", or figures that
// cannot be meant.
func TestRealPay(t *testing.T) {
	t.Parallel()
	count, stated := map[string]int{}, 0
	missed := map[string]int{}
	for _, ad := range realAds(t) {
		p := ParsePay(ad.Pay)
		count[string(p.Status)]++
		if p.Status != "" {
			stated++
		}
		if p.Status == "unreadable" {
			missed[ad.Pay]++
		}
	}
	understood := stated - count["unreadable"]
	t.Logf("pay: stated %d, understood %d = %.2f %% (%v), not read %v", stated, understood, percent(understood, stated), count, missed)
	if percent(understood, stated) < 99 {
		t.Errorf("got %.2f %% of pay understood, want 99 %%", percent(understood, stated))
	}
}

// TestRealPlaces measures how many of the rows that state a place have one that is understood.
func TestRealPlaces(t *testing.T) {
	t.Parallel()
	stated, resolved, nationwide, abroad := 0, 0, 0, 0
	missed := map[string]int{}
	for _, ad := range realAds(t) {
		p := Default().ParsePlaces(ad.Place)
		if !p.Stated() {
			continue
		}
		stated++
		if !p.Resolved() {
			missed[ad.Place]++
			continue
		}
		resolved++
		if p.Nationwide {
			nationwide++
		}
		if len(p.Abroad) > 0 {
			abroad++
		}
	}
	t.Logf("places: stated %d, resolved %d = %.2f %%, nationwide %d, abroad %d, not resolved %v", stated, resolved, percent(resolved, stated), nationwide, abroad, missed)
	if percent(resolved, stated) < 97 {
		t.Errorf("got %.2f %% of places resolved, want 97 %%", percent(resolved, stated))
	}
}

// TestRealExperience measures the experience field.
func TestRealExperience(t *testing.T) {
	t.Parallel()
	stated, understood := 0, 0
	missed := map[string]int{}
	for _, ad := range realAds(t) {
		if ad.Experience == "" || ad.Experience == "nan" {
			continue
		}
		stated++
		if ParseExperience(ad.Experience).Stated {
			understood++
		} else {
			missed[ad.Experience]++
		}
	}
	t.Logf("experience: stated %d, understood %d = %.2f %%, not read %v", stated, understood, percent(understood, stated), missed)
	if percent(understood, stated) < 99 {
		t.Errorf("got %.2f %% of experience understood, want 99 %%", percent(understood, stated))
	}
}

// TestRealTitles measures how many titles name an occupation that is known.
func TestRealTitles(t *testing.T) {
	t.Parallel()
	known, all := 0, 0
	for _, ad := range realAds(t) {
		all++
		if _, ok := Default().OccupationOf(ad.Title); ok {
			known++
		}
	}
	t.Logf("titles: %d, with an occupation %d = %.2f %%", all, known, percent(known, all))
}
