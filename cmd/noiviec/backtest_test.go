package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"noiviec/matcher"
)

// outcomes invents lists in which the nearer job is taken.
func outcomes(t *testing.T) string {
	t.Helper()
	dice, w := rand.New(rand.NewPCG(3, 3)), matcher.DefaultWeights()
	var b strings.Builder
	fmt.Fprintf(&b, "night,worker,posting,position,probability,score,%s,approved,referred,hired,stayed90\n", strings.Join(matcher.PartNames(), ","))
	for list := range 900 {
		for place := 1; place <= 8; place++ {
			var cells []string
			sum, near := 0, 0
			for i, p := range w.Parts() {
				points := dice.IntN(p.Max + 1)
				if sum += points; i == 1 {
					near = points
				}
				cells = append(cells, fmt.Sprint(points))
			}
			hired := 0
			if near >= 11 && dice.IntN(2) == 0 {
				hired = 1
			}
			fmt.Fprintf(&b, "2026-%02d-01,simulated-%d,simulated-%d,%d,1,%d,%s,0,0,%d,%[7]d,%[7]d,0\n", 1+list/100, list, dice.IntN(300), place, sum, strings.Join(cells, ","), hired)
		}
	}
	return b.String()
}

// TestBacktest holds the exit code to the verdict: 0 for better or the same, 1 for worse, with figures either way.
func TestBacktest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, bad, none := filepath.Join(dir, "outcomes.csv"), filepath.Join(dir, "bad.json"), filepath.Join(dir, "no-records")
	write(t, file, outcomes(t))
	good := call(t, 0, "backtest", "--outcomes", file, "--data", none, "--lang", "en")
	for _, want := range []string{"source simulated\n", "verdict better", "random.recall@5 ", "newest.mrr ", "popularity.gini ", "weight.place 12 → ", "calibration expected "} {
		if !strings.Contains(good, want) {
			t.Errorf("no %q in\n%s", want, good)
		}
	}
	w := matcher.DefaultWeights()
	w.Occupation, w.Place, w.PlaceUnknown, w.PlaceProvince, w.PlaceFar, w.PlaceWished, w.PlaceListed, w.PlaceAnywhere, w.PlaceOpen = 31, 1, 1, 1, 1, 1, 1, 1, 1
	for i := range w.PlaceBands {
		w.PlaceBands[i].Points = 1
	}
	data, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	write(t, bad, string(data))
	if said := call(t, 1, "backtest", "--outcomes", file, "--weights", bad, "--data", none, "--lang", "en"); !strings.Contains(said, "verdict worse: ") {
		t.Errorf("weights that forget the place: got\n%s", said)
	}
	write(t, bad, `{"occupation": 50}`)
	if said := call(t, 1, "backtest", "--outcomes", file, "--weights", bad, "--data", none); !strings.Contains(said, "must sum to 50") {
		t.Errorf("weights that break the promises: got %s", said)
	}
	write(t, file, "night,worker\n1,2\n")
	if said := call(t, 1, "backtest", "--outcomes", file, "--data", none); !strings.Contains(said, "there is no column posting") {
		t.Errorf("a table of something else: got %s", said)
	}
	if said := call(t, 1, "backtest", "--data", filepath.Join(dir, "new")); !strings.Contains(said, "Chưa đủ kết quả") {
		t.Errorf("a new service: got %s", said)
	}
}
