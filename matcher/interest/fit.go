package interest

import (
	"cmp"
	"math"
	"slices"
)

// Choice is one look of one person, and all they could have looked at instead: what weights are fitted to.
type Choice struct {
	Weight  float64 // people who look a lot must not outvote the others
	chosen  int
	rows    []Features
	offsets []float64 // natural logarithm of how many openings a row stands for
}

// elsewhere is how many openings outside the person's regions stand for all of those in a Choice.
const elsewhere = 100

// Choice describes the look at an opening, before it is recorded. Openings of regions that the person never
// looked at are represented by a hundred of them, drawn by hash. False: the person knows the opening already, or
// looked at nothing before, and there is nothing to learn.
func (q *Query) Choice(chosen int32) (c Choice, ok bool) {
	if q.last == nil || q.mine[chosen] {
		return c, false
	}
	var far []int32
	add := func(j int32, stands float64) {
		if j == chosen {
			c.chosen, stands = len(c.rows), 1
		}
		c.rows, c.offsets = append(c.rows, q.Features(j)), append(c.offsets, math.Log(stands))
	}
	for j := range q.m.openings {
		switch o := &q.m.openings[j]; {
		case q.mine[j]:
		case o.region != none && q.region[o.region] > 0 || int32(j) == chosen:
			add(int32(j), 1)
		default:
			far = append(far, int32(j))
		}
	}
	seed := uint64(q.at.UnixNano())
	slices.SortFunc(far, func(a, b int32) int {
		x, y := &q.m.openings[a], &q.m.openings[b]
		return cmp.Or(cmp.Compare(mix(x.tie^seed), mix(y.tie^seed)), cmp.Compare(x.tieID, y.tieID))
	})
	n := min(elsewhere, len(far))
	for _, j := range far[:n] {
		add(j, float64(len(far))/float64(n))
	}
	c.Weight = 1
	return c, true
}

// Fit finds the weights under which the choices were likeliest: a conditional logit, by Newton's method, with
// the squares of the weights times keep held against it so that rare features stay near nothing.
func Fit(choices []Choice, keep float64) Weights {
	var w, step Weights
	best := math.Inf(-1)
	tried := w
	for range 40 {
		likely, slope, curve := logLikelihood(choices, &tried)
		for i := range tried {
			likely -= keep / 2 * tried[i] * tried[i]
		}
		switch gain := likely - best; {
		case gain < 0: // too far: go back half the way
			for i := range step {
				step[i] /= 2
				tried[i] = w[i] + step[i]
			}
			continue
		case gain < 0.01:
			return tried
		}
		w, best = tried, likely
		for i := range w {
			slope[i] -= keep * w[i]
			curve[i][i] += keep
		}
		step = solve(curve, slope)
		for i := range w {
			tried[i] = w[i] + step[i]
		}
	}
	return w
}

type matrix [featureCount]Weights

// logLikelihood gives how likely the choices were, with its slope and its curvature (turned positive).
func logLikelihood(choices []Choice, w *Weights) (sum float64, slope Weights, curve matrix) {
	var p []float64
	for i := range choices {
		c := &choices[i]
		p = c.chances(w, p[:0])
		sum += c.Weight * math.Log(max(p[c.chosen], 1e-300))
		var mean Weights
		for r := range c.rows {
			for k, x := range c.rows[r] {
				mean[k] += p[r] * x
			}
		}
		for k, x := range c.rows[c.chosen] {
			slope[k] += c.Weight * (x - mean[k])
		}
		for r := range c.rows {
			if p[r] > 1e-4 {
				curve.add(&c.rows[r], &mean, p[r]*c.Weight)
			}
		}
	}
	for i := range curve {
		for k := range i {
			curve[k][i] = curve[i][k]
		}
	}
	return sum, slope, curve
}

// add adds the lower half of the square of a row's distance from the mean.
func (m *matrix) add(row *Features, mean *Weights, weight float64) {
	var d Weights
	for k := range d {
		d[k] = row[k] - mean[k]
	}
	for i := range d {
		for k := 0; d[i] != 0 && k <= i; k++ {
			m[i][k] += weight * d[i] * d[k]
		}
	}
}

// chances are the probabilities of the rows.
func (c *Choice) chances(w *Weights, p []float64) []float64 {
	most := math.Inf(-1)
	for r := range c.rows {
		z := c.offsets[r]
		for k, x := range c.rows[r] {
			z += w[k] * x
		}
		p = append(p, z)
		most = max(most, z)
	}
	var sum float64
	for r := range p {
		p[r] = math.Exp(p[r] - most)
		sum += p[r]
	}
	for r := range p {
		p[r] /= sum
	}
	return p
}

// Rank says where the chosen opening would have stood under the weights, ties shared.
func (c *Choice) Rank(w *Weights) float64 {
	score := func(r int) (z float64) {
		for k, x := range c.rows[r] {
			z += w[k] * x
		}
		return z
	}
	rank, mine := 1.0, score(c.chosen)
	for r := range c.rows {
		switch z := score(r); {
		case r == c.chosen:
		case z > mine:
			rank += math.Exp(c.offsets[r])
		case z == mine:
			rank += math.Exp(c.offsets[r]) / 2
		}
	}
	return rank
}

// solve solves a·x = b by elimination with pivots; a is positive definite.
func solve(a matrix, b Weights) (x Weights) {
	for i := range a {
		p := i
		for r := i + 1; r < len(a); r++ {
			if math.Abs(a[r][i]) > math.Abs(a[p][i]) {
				p = r
			}
		}
		a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
		for r := i + 1; r < len(a); r++ {
			f := a[r][i] / a[i][i]
			for k := i; k < len(a); k++ {
				a[r][k] -= f * a[i][k]
			}
			b[r] -= f * b[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		x[i] = b[i]
		for k := i + 1; k < len(a); k++ {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}
