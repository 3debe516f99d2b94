package labour

import "fmt"

// Line is one figure as it is printed.
type Line struct {
	Name  string
	Value float64
}

// baseline is what the shipped policy is compared with.
const (
	baseline = "best"
	shipped  = "shipped"
)

// figure is one number of a run. Those that judge a policy are printed with their intervals; the others say how the
// market behaves, so that a reader can see whether to believe it.
type figure struct {
	name   string
	judges bool
	of     func(Result) float64
}

var figures = []figure{
	{"placements", true, func(r Result) float64 { return float64(r.Placements) }},
	{"placements_in_province", true, func(r Result) float64 { return float64(r.Local) }},
	{"persons_placed", true, func(r Result) float64 { return float64(r.Persons) }},
	{"working_at_end", true, func(r Result) float64 { return float64(r.Working) }},
	{"stay_90_days_percent", true, func(r Result) float64 { return percent(r.Stayed, r.Placements) }},
	{"days_to_fill_median", true, func(r Result) float64 { return r.FillDays }},
	{"seats_filled_percent", true, func(r Result) float64 { return r.SeatsFilled }},
	{"empty_seats_in_province", true, func(r Result) float64 { return r.LocalEmpty }},
	{"gini_per_seat", true, func(r Result) float64 { return r.Gini }},
	{"workers_with_nothing", true, func(r Result) float64 { return r.Nothing }},
	{"applications", false, func(r Result) float64 { return float64(r.Letters) }},
	{"applied_of_looked_at_percent", false, func(r Result) float64 { return percent(r.Letters-r.Referrals, r.Looked) }},
	{"yes_of_asked_percent", false, func(r Result) float64 { return percent(r.Referrals, r.Asked) }},
	{"screened_of_applications_percent", false, func(r Result) float64 { return percent(r.Screened, r.Letters) }},
	{"offers_of_screened_percent", false, func(r Result) float64 { return percent(r.Offers, r.Screened) }},
	{"hired_of_offers_percent", false, func(r Result) float64 { return percent(r.Placements, r.Offers) }},
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }

func values(results []Result, of func(Result) float64) []float64 {
	out := make([]float64, len(results))
	for i, r := range results {
		out[i] = of(r)
	}
	return out
}

// less gives the differences a-b, seed by seed.
func less(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range out {
		out[i] = a[i] - b[i]
	}
	return out
}

func (i Interval) lines(name string) []Line {
	return []Line{{name, i.Mean}, {name + ".low", i.Low}, {name + ".high", i.High}}
}

// Lines gives every policy's figures, then every policy's differences to scoring best for everyone, paired by seed.
func (s *Study) Lines(results Results) (out []Line) {
	for _, name := range s.Policies {
		for _, f := range figures {
			i := NewInterval(values(results[name], f.of))
			if f.judges {
				out = append(out, i.lines(name+"."+f.name)...)
			} else {
				out = append(out, Line{name + "." + f.name, i.Mean})
			}
		}
	}
	if results[baseline] == nil {
		return out
	}
	for _, name := range s.Policies {
		for _, f := range figures {
			if name != baseline && f.judges {
				out = append(out, s.difference(results, name, f).lines(fmt.Sprintf("%s_less_%s.%s", name, baseline, f.name))...)
			}
		}
	}
	return out
}

func (s *Study) difference(results Results, name string, f figure) Interval {
	return NewInterval(less(values(results[name], f.of), values(results[baseline], f.of)))
}
