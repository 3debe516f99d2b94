package labour

import "fmt"

// FairnessLines gives, for every group, its share of the people who pass for anything, and under both policies its
// share of what is shown (places by their chance to be looked at) and of placements, placements for 100
// people in 30 days, the gap in percentage points between the share of placements and that of the eligible, and what
// the shipped policy does to the gap. The eligible are counted under the baseline.
func (s *Study) FairnessLines(results Results) (out []Line) {
	if results[baseline] == nil || results[shipped] == nil {
		return nil
	}
	for d := range dimensions {
		for g, name := range groupNames[d] {
			out = append(out, groupLines(results, d, g, "fairness."+name)...)
		}
	}
	return out
}

func groupLines(results Results, d, g int, name string) []Line {
	eligible := shares(results[baseline], d, g, func(t groupTally) float64 { return float64(t.eligible) })
	passing := shares(results[baseline], d, g, func(t groupTally) float64 { return float64(t.pairs) })
	out := []Line{{name + ".eligible_percent", NewInterval(eligible).Mean}, {name + ".passing_pairs_percent", NewInterval(passing).Mean}}
	gaps := map[string][]float64{}
	for _, policy := range []string{baseline, shipped} {
		of := results[policy]
		exposure := shares(of, d, g, func(t groupTally) float64 { return t.exposure })
		placed := shares(of, d, g, func(t groupTally) float64 { return float64(t.placed) })
		rate := values(of, func(r Result) float64 {
			t := r.Groups[d][g]
			return 3000 * float64(t.placed) / float64(max(1, t.nights))
		})
		gaps[policy] = less(placed, eligible)
		out = append(out, Line{fmt.Sprintf("%s.%s.exposure_percent", name, policy), NewInterval(exposure).Mean},
			Line{fmt.Sprintf("%s.%s.placement_percent", name, policy), NewInterval(placed).Mean},
			Line{fmt.Sprintf("%s.%s.placements_per_100_months", name, policy), NewInterval(rate).Mean},
			Line{fmt.Sprintf("%s.%s.gap_points", name, policy), NewInterval(gaps[policy]).Mean})
	}
	return append(out, NewInterval(less(gaps[shipped], gaps[baseline])).lines(name+".effect_on_gap_points")...)
}

// shares gives a group's part of all groups, per cent, by seed.
func shares(results []Result, d, g int, of func(groupTally) float64) []float64 {
	return values(results, func(r Result) float64 {
		all := 0.0
		for _, t := range r.Groups[d] {
			all += of(t)
		}
		return 100 * of(r.Groups[d][g]) / max(1e-9, all)
	})
}
