package matcher

import (
	"cmp"
	"math"
	"slices"
)

// Calibration says how often a score came to an outcome: steps that never fall, by pooling neighbours that do
// (isotonic regression; Ayer, Brunk, Ewing, Reid, Silverman, Annals of Mathematical Statistics 26, 1955).
type Calibration []Step

// Step holds from a score upwards, until the next.
type Step struct {
	From  float64 `json:"from"`
	Share float64 `json:"share"` // 0 to 1
	N     int     `json:"n"`
}

// scored is one pair with a score and whether it came to the outcome.
type scored struct {
	score float64
	came  bool
}

// calibrate fits the steps.
func calibrate(list []scored) Calibration {
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var out Calibration
	for from := 0; from < len(list); {
		to, came := from, 0
		for ; to < len(list) && list[to].score == list[from].score; to++ {
			if list[to].came {
				came++
			}
		}
		out = append(out, Step{list[from].score, float64(came) / float64(to-from), to - from})
		from = to
		for k := len(out) - 1; k > 0 && out[k-1].Share >= out[k].Share; k-- {
			a, b := out[k-1], out[k]
			n := a.N + b.N
			out = append(out[:k-1], Step{a.From, (a.Share*float64(a.N) + b.Share*float64(b.N)) / float64(n), n})
		}
	}
	return out
}

// Share gives how often a score comes to the outcome; below the first step, as the first.
func (c Calibration) Share(score float64) float64 {
	share := 0.0
	for i, s := range c {
		if i > 0 && s.From > score {
			break
		}
		share = s.Share
	}
	return share
}

// Reliability is one row of the table that holds a calibration to what came later.
type Reliability struct {
	Expected float64 `json:"expected"` // mean share foretold
	Observed float64 `json:"observed"`
	N        int     `json:"n"`
}

// reliability cuts pairs into at most ten equal parts by what is foretold of them.
func reliability(c Calibration, list []scored) []Reliability {
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	rows := min(10, len(list))
	var out []Reliability
	for k := range rows {
		part := list[k*len(list)/rows : (k+1)*len(list)/rows]
		r := Reliability{N: len(part)}
		for _, s := range part {
			r.Expected += c.Share(s.score)
			if s.came {
				r.Observed++
			}
		}
		r.Expected, r.Observed = r.Expected/float64(r.N), r.Observed/float64(r.N)
		out = append(out, r)
	}
	return out
}

// miscalibration is how far the table is off, in the mean over pairs.
func miscalibration(table []Reliability) float64 {
	off, n := 0.0, 0
	for _, r := range table {
		off += float64(r.N) * math.Abs(r.Expected-r.Observed)
		n += r.N
	}
	return off / math.Max(1, float64(n))
}
