package labour

import (
	"math"
	"strings"
	"testing"
)

func TestInterval(t *testing.T) {
	t.Parallel()
	// Mean 3, standard deviation √2.5, five values: 2.776·√(2.5/5) = 1.963.
	got := NewInterval([]float64{1, 2, 3, 4, 5})
	if got.Mean != 3 || math.Abs(got.Low-1.037) > 0.001 || math.Abs(got.High-4.963) > 0.001 || !got.Above() {
		t.Errorf("got %v", got)
	}
	if NewInterval([]float64{-1, 0, 4}).Above() {
		t.Error("an interval around zero lies above it")
	}
}

func TestLinesCompareWithTheBaseline(t *testing.T) {
	t.Parallel()
	s := small(t, baseline, shipped)
	s.Days = 15
	results, err := s.Compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]float64{}
	for _, l := range append(s.Lines(results), s.FairnessLines(results)...) {
		if _, twice := of[l.Name]; twice || strings.ContainsAny(l.Name, " \t") {
			t.Errorf("%q is printed twice or cannot be read back", l.Name)
		}
		of[l.Name] = l.Value
	}
	if got, want := of["shipped_less_best.placements"], of["shipped.placements"]-of["best.placements"]; math.Abs(got-want) > 1e-9 {
		t.Errorf("got a difference of %v, want %v", got, want)
	}
	for d := range dimensions {
		for _, share := range []string{".eligible_percent", ".best.exposure_percent", ".shipped.placement_percent"} {
			sum := 0.0
			for _, name := range groupNames[d] {
				sum += of["fairness."+name+share]
			}
			if math.Abs(sum-100) > 1e-6 {
				t.Errorf("%v: %s sums to %v", groupNames[d], share, sum)
			}
		}
	}
}

func TestSensitivityTurnsOneParameterAtATime(t *testing.T) {
	t.Parallel()
	s := small(t)
	s.Days = 5
	var turned []Turn
	if err := s.Sensitivity(t.Context(), []string{"patience"}, func(x Turn) { turned = append(turned, x) }); err != nil {
		t.Fatal(err)
	}
	if len(turned) != 3 || turned[0].Factor != 1 || turned[1].Value != 7 || turned[2].Value != 28 {
		t.Errorf("got %+v", turned)
	}
	if err := s.Sensitivity(t.Context(), []string{"no_such"}, func(Turn) {}); err == nil {
		t.Error("an unknown parameter is turned")
	}
}
