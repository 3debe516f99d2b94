package labour

import "math"

// Interval is a mean with its 95 per cent interval.
type Interval struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Above reports whether the whole interval lies above zero.
func (i Interval) Above() bool { return i.Low > 0 }

// studentT is the 97.5 per cent point of Student's t for 1 to 30 degrees of freedom (any table of it).
var studentT = [...]float64{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
	2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042}

// NewInterval takes the values of independent seeds. One value has no interval: it is as wide as there is.
func NewInterval(values []float64) Interval {
	n := float64(len(values))
	var sum, squares float64
	for _, v := range values {
		sum += v
	}
	mean := sum / n
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	if len(values) < 2 {
		return Interval{mean, math.Inf(-1), math.Inf(1)}
	}
	t := studentT[min(len(values)-1, len(studentT))-1]
	half := t * math.Sqrt(squares/(n-1)/n)
	return Interval{mean, mean - half, mean + half}
}
