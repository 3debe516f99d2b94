package matcher

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// What came of the lists can say which parts deserve more points and which less. The model is the plainest that
// answers this: of two pairs in one list, how likely is the one that came further to be the one it was?
//
//	P(a before b) = 1 / (1 + exp(−(Σ gain·(share of a − share of b) + scale·(taken off a − taken off b))))
//
// over the shares of the twelve parts, a pairwise logistic regression. No gain is below nothing: a part that is
// met can only help, which is what the engine promises. The gains are held to today's weights by a square
// penalty (L2), whose strength is chosen by leaving out lists in turn; little data moves little.
//
// What stands on top of a list is chosen more often because it stands there. Each pair that came further counts
// by one over its propensity: the chance that it was shown, times the chance that a place is looked at. The
// latter is 1 / place^decay; decay is learned from pairs with the same score, whose order is dealt by a hash and
// so has no other reason (Joachims, Swaminathan, Schnabel: Unbiased learning-to-rank with biased feedback, WSDM
// 2017). No pair counts for more than MostWeight.

// FitOptions say how to fit. The zero value is what the monthly fit uses.
type FitOptions struct {
	Penalty float64 // strength of the penalty, in lists; 0 chooses it
	Decay   float64 // of looking further down; 0 learns it
	Looked  bool    // Seen.Chance already holds whether the place was looked at
}

// MostWeight bounds what one over a propensity may count.
const MostWeight = 10

// LeastPositives is how many pairs must have come further than others before anything is fitted.
const LeastPositives = 100

// Fitted is what outcomes say of the parts.
type Fitted struct {
	Gain      [partCount]float64 // of each part's whole share, on the scale of the logit
	Scale     float64            // of one point of today's score
	Decay     float64
	Looked    bool // of FitOptions
	Penalty   float64
	Lists     int     // with an outcome to learn from
	Positives int     // pairs that came further than another of their list
	Pairs     int     // compared
	Loss      float64 // mean logistic loss of the fitted gains
	LossToday float64 // of today's weights, at their best scale
}

// ErrTooFew reports that there are too few outcomes to learn from.
var ErrTooFew = errors.New("too few outcomes")

// contest is one pair that came further beside one that did not: differences, and what it counts.
type contest struct {
	d      [partCount]float64
	taken  float64
	weight float64
	list   int
}

// Fit learns from records under the weights they were scored with.
func Fit(all []Seen, w Weights, o FitOptions) (Fitted, error) {
	for i := range all {
		if err := all[i].Check(); err != nil {
			return Fitted{}, err
		}
	}
	lists := byList(all)
	f := Fitted{Decay: o.Decay, Looked: o.Looked}
	if f.Decay == 0 {
		f.Decay = lookDecay(lists)
	}
	contests := f.contests(lists, &w)
	if f.Positives < LeastPositives {
		return f, fmt.Errorf("fit: %d pairs came further than another, %d are needed: %w", f.Positives, LeastPositives, ErrTooFew)
	}
	most := w.partMax()
	var today [partCount]float64
	for i := range today {
		today[i] = float64(most[i])
	}
	f.Scale = scaleOf(contests, &today)
	var start [partCount]float64
	for i := range start {
		start[i] = f.Scale * today[i]
	}
	if f.Penalty = o.Penalty; f.Penalty == 0 {
		f.Penalty = choosePenalty(contests, &start, f.Scale)
	}
	f.Gain = solve(contests, &start, f.Scale, f.Penalty)
	f.Loss, f.LossToday = loss(contests, &f.Gain, f.Scale), loss(contests, &start, f.Scale)
	return f, nil
}

// mostContests bounds the work: beyond it every second list is left out, and again.
const mostContests = 300_000

func (f *Fitted) contests(lists []nightly, w *Weights) []contest {
	var out []contest
	for k, list := range lists {
		before := len(out)
		for _, a := range list {
			var lower []*Seen
			for _, b := range list {
				if b.Outcome < a.Outcome {
					lower = append(lower, b)
				}
			}
			if len(lower) == 0 {
				continue
			}
			f.Positives++
			weight := f.counts(a) / float64(len(lower))
			mine := a.shares(w)
			for _, b := range lower {
				theirs := b.shares(w)
				c := contest{taken: a.taken() - b.taken(), weight: weight, list: k}
				for i := range c.d {
					c.d[i] = mine[i] - theirs[i]
				}
				out = append(out, c)
			}
		}
		if len(out) > before {
			f.Lists++
		}
	}
	for step := 2; len(out) > mostContests; step *= 2 {
		out = slices.DeleteFunc(out, func(c contest) bool { return c.list%step != 0 })
	}
	f.Pairs = len(out)
	total := 0.0
	for _, c := range out {
		total += c.weight
	}
	for i := range out { // the mean positive counts one, so that the penalty means the same everywhere
		out[i].weight *= float64(min(f.Positives, f.Pairs)) / total
	}
	return out
}

// counts is one over how likely a pair was seen where it stood, bounded.
func (f *Fitted) counts(s *Seen) float64 {
	seen := s.Chance
	if !f.Looked {
		seen *= look(s.Place, f.Decay)
	}
	return min(MostWeight, 1/seen)
}

// look is how likely a place is looked at.
func look(place int, decay float64) float64 { return math.Pow(float64(place), -decay) }

// lookDecay learns how fast looking falls off, from pairs of one score of which exactly one came further: the
// place it had among them is chance, but for where people look. It is held to usualDecay, the more so the fewer such
// lists there are.
func lookDecay(lists []nightly) float64 {
	type event struct {
		chosen int
		places []int
	}
	var events []event
	for _, list := range lists {
		for from := 0; from < len(list); {
			to := from
			e, wanted := event{}, 0
			for ; to < len(list) && list[to].Score == list[from].Score; to++ {
				e.places = append(e.places, list[to].Place)
				if list[to].Outcome > PassedOver {
					e.chosen, wanted = list[to].Place, wanted+1
				}
			}
			if from = to; wanted == 1 && len(e.places) > 1 {
				events = append(events, e)
			}
		}
	}
	best, most := 0.0, math.Inf(-1)
	for step := range 41 {
		decay := float64(step) / 20
		likelihood := -(decay - usualDecay) * (decay - usualDecay) / (2 * decaySpread * decaySpread)
		for _, e := range events {
			sum := 0.0
			for _, p := range e.places {
				sum += look(p, decay)
			}
			likelihood += math.Log(look(e.chosen, decay) / sum)
		}
		if likelihood > most {
			best, most = decay, likelihood
		}
	}
	return best
}

// What is expected of the decay before anything is seen, and how far off it may well be.
const (
	usualDecay  = 0.6
	decaySpread = 0.2
)

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func (c *contest) logit(gain *[partCount]float64, scale float64) float64 {
	z := scale * c.taken
	for i, d := range c.d {
		z += gain[i] * d
	}
	return z
}

func loss(list []contest, gain *[partCount]float64, scale float64) float64 {
	sum, weight := 0.0, 0.0
	for i := range list {
		z := list[i].logit(gain, scale)
		sum += list[i].weight * (math.Max(-z, 0) + math.Log1p(math.Exp(-math.Abs(z))))
		weight += list[i].weight
	}
	return sum / math.Max(weight, 1e-9)
}

// scaleOf finds what one point of today's score is worth on the logit, by Newton's method; never below a
// hundredth, so that a score that tells nothing still keeps its order.
func scaleOf(list []contest, today *[partCount]float64) float64 {
	scale := 0.02
	for range 50 {
		slope, curve := 0.0, 1e-9
		for i := range list {
			points := list[i].taken
			for k, d := range list[i].d {
				points += today[k] * d
			}
			p := sigmoid(scale * points)
			slope += list[i].weight * (p - 1) * points
			curve += list[i].weight * p * (1 - p) * points * points
		}
		step := slope / curve
		scale = min(max(0.01, scale-step), 2)
		if math.Abs(step) < 1e-7 {
			break
		}
	}
	return scale
}

// penalties tried, in lists: how many must agree before a part moves by its own size.
var penalties = [...]float64{1, 10, 100, 1000, 10000}

// choosePenalty leaves out every fifth list in turn and takes the strongest penalty that foretells those as well as
// the best, within one standard error: what may be chance moves nothing.
func choosePenalty(list []contest, start *[partCount]float64, scale float64) float64 {
	const folds = 5
	var losses [len(penalties)][folds]float64
	for fold := range folds {
		var fit, test []contest
		for _, c := range list {
			if c.list%folds == fold {
				test = append(test, c)
			} else {
				fit = append(fit, c)
			}
		}
		for k, penalty := range penalties {
			gain := solve(fit, start, scale, penalty)
			losses[k][fold] = loss(test, &gain, scale)
		}
	}
	best := 0
	for k := range losses {
		if meanOf(losses[k][:]) < meanOf(losses[best][:]) {
			best = k
		}
	}
	for k := len(penalties) - 1; k > best; k-- {
		var off [folds]float64
		for fold := range off {
			off[fold] = losses[k][fold] - losses[best][fold]
		}
		if m := meanOf(off[:]); m <= deviation(off[:], m)/math.Sqrt(folds) {
			return penalties[k]
		}
	}
	return penalties[best]
}

func meanOf(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

// deviation is the standard deviation of a sample around its mean.
func deviation(list []float64, mean float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += (x - mean) * (x - mean)
	}
	return math.Sqrt(sum / float64(len(list)-1))
}

// solve minimises the loss with the penalty, no gain below nothing: Newton steps, each a small quadratic problem
// solved coordinate by coordinate, halved until the loss falls. The problem is convex: where it starts does not
// matter to where it ends.
func solve(list []contest, start *[partCount]float64, scale, penalty float64) [partCount]float64 {
	gain := *start
	at := objective(list, &gain, start, scale, penalty)
	for range 30 {
		slope, curve := derivatives(list, &gain, start, scale, penalty)
		step := newton(&gain, &slope, &curve)
		moved := false
		for size := 1.0; size > 1e-4; size /= 2 {
			next := gain
			for i := range next {
				next[i] = max(0, gain[i]+size*step[i])
			}
			if value := objective(list, &next, start, scale, penalty); value < at-1e-9 {
				gain, at, moved = next, value, true
				break
			}
		}
		if !moved {
			break
		}
	}
	return gain
}

// stiffness holds each part to today's gain, in proportion to its own size.
func stiffness(start *[partCount]float64, i int, penalty float64) float64 {
	return penalty / math.Max(start[i]*start[i], 1e-4)
}

func objective(list []contest, gain, start *[partCount]float64, scale, penalty float64) float64 {
	sum := 0.0
	for i := range list {
		z := list[i].logit(gain, scale)
		sum += list[i].weight * (math.Max(-z, 0) + math.Log1p(math.Exp(-math.Abs(z))))
	}
	for i := range gain {
		off := gain[i] - start[i]
		sum += stiffness(start, i, penalty) * off * off / 2
	}
	return sum
}

func derivatives(list []contest, gain, start *[partCount]float64, scale, penalty float64) (slope [partCount]float64, curve [partCount][partCount]float64) {
	for k := range list {
		c := &list[k]
		p := sigmoid(c.logit(gain, scale))
		for i, di := range c.d {
			if di == 0 {
				continue
			}
			slope[i] += c.weight * (p - 1) * di
			for j := range i + 1 {
				curve[i][j] += c.weight * p * (1 - p) * di * c.d[j]
			}
		}
	}
	for i := range slope {
		slope[i] += stiffness(start, i, penalty) * (gain[i] - start[i])
		curve[i][i] += stiffness(start, i, penalty) + 1e-9
		for j := range i {
			curve[j][i] = curve[i][j]
		}
	}
	return slope, curve
}

// newton gives the step that minimises the quadratic model with no gain below nothing.
func newton(gain, slope *[partCount]float64, curve *[partCount][partCount]float64) (step [partCount]float64) {
	for range 200 {
		most := 0.0
		for i := range step {
			g := slope[i]
			for j := range step {
				g += curve[i][j] * step[j]
			}
			next := max(-gain[i], step[i]-g/curve[i][i])
			most = max(most, math.Abs(next-step[i]))
			step[i] = next
		}
		if most < 1e-10 {
			break
		}
	}
	return step
}
