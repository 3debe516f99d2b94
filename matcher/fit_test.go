package matcher

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// truth is what people of an invented market look for, in points of a score.
type truth struct {
	gain  [partCount]float64
	decay float64
	scale float64
}

// invent deals lists, ordered by today's weights as the engine would, and lets people look and choose by the truth.
func invent(seed uint64, lists int, tr truth) []Seen {
	dice, w := rand.New(rand.NewPCG(seed, 7)), DefaultWeights()
	most := w.partMax()
	var out []Seen
	for k := range lists {
		list := make([]Seen, 10)
		for i := range list {
			s := Seen{Night: Day(20000 + k*60/lists), List: fmt.Sprint(k), Posting: fmt.Sprintf("p%d", dice.IntN(60)+i*60), Chance: 1, Points: make([]int, len(partNames)), Groups: []string{fmt.Sprintf("sex:%d", k%2)}}
			wish, asked := 0, 0
			for part, whole := range most {
				s.Points[part] = dice.IntN(whole + 1)
				if part < partSkills {
					wish += s.Points[part]
				} else {
					asked += s.Points[part]
				}
			}
			s.Score = join(wish, asked)
			s.Points[partCount] = s.Score - wish - asked
			list[i] = s
		}
		slices.SortStableFunc(list, func(a, b Seen) int { return b.Score - a.Score })
		for i := range list {
			s := &list[i]
			s.Place = i + 1
			z := -2.5
			for part, share := range s.shares(&w) {
				z += tr.scale * tr.gain[part] * (share - 0.5)
			}
			if dice.Float64() < look(s.Place, tr.decay) && dice.Float64() < sigmoid(z) {
				s.Outcome = Hired
			}
		}
		out = append(out, list...)
	}
	return out
}

// payFirst is a market in which pay counts most and skills little.
func payFirst() truth {
	tr := truth{decay: 0.7, scale: 0.12}
	w := DefaultWeights()
	for i, most := range w.partMax() {
		tr.gain[i] = float64(most)
	}
	tr.gain[0], tr.gain[2] = 8, 22
	return tr
}

func TestFit(t *testing.T) {
	t.Parallel()
	all, w := invent(1, 3000, payFirst()), DefaultWeights()
	f, err := Fit(all, w, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Loss >= f.LossToday {
		t.Errorf("loss %.4f, today's %.4f: nothing was learned", f.Loss, f.LossToday)
	}
	p, err := f.Propose(w)
	if err != nil {
		t.Fatal(err)
	}
	if p.Pay < w.Pay+6 || p.Occupation > w.Occupation-6 {
		t.Errorf("got pay %d and occupation %d, want them near 22 and 8", p.Pay, p.Occupation)
	}
	for i, g := range f.Gain {
		if g < 0 {
			t.Errorf("%s: gain %.3f is below nothing", partNames[i], g)
		}
	}
	again, err := Fit(all, w, FitOptions{})
	if err != nil || again != f {
		t.Errorf("fitted again: %v, other figures", err)
	}
	b, err := Compare(all, w, FitOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	today, proposed := b.Policies[PolicyToday], b.Policies[PolicyProposed]
	if !b.Better() || proposed.MRR <= today.MRR {
		t.Errorf("weights nearer to the truth: mrr %.3f, today's %.3f, [%.4f, %.4f], worse in %v", proposed.MRR, today.MRR, b.Low, b.High, b.Worse)
	}
	for _, base := range []string{PolicyRandom, PolicyNewest, PolicyPopularity} {
		if b.Policies[base].MRR >= proposed.MRR {
			t.Errorf("%s: mrr %.3f, the proposal's %.3f", base, b.Policies[base].MRR, proposed.MRR)
		}
	}
	t.Logf("decay %.2f, penalty %g, loss %.4f → %.4f, mrr today %.3f proposed %.3f random %.3f, off %.4f", f.Decay, f.Penalty, f.LossToday, f.Loss, today.MRR, proposed.MRR, b.Policies[PolicyRandom].MRR, b.Off)
	if b.Off > 0.02 {
		t.Errorf("foretold and observed shares differ by %.3f in the mean", b.Off)
	}
	for i := 1; i < len(b.Calibrated); i++ {
		if b.Calibrated[i].Share <= b.Calibrated[i-1].Share || b.Calibrated[i].From <= b.Calibrated[i-1].From {
			t.Fatalf("the calibration falls at step %d: %+v", i, b.Calibrated)
		}
	}
}

// TestFitOfNothing holds that outcomes which have nothing to do with the parts move no weight far, and are not sold
// as better.
func TestFitOfNothing(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	all := invent(2, 2000, truth{decay: 0.7})
	b, err := Compare(all, w, FitOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.Better() {
		t.Errorf("chance is called better: %.4f [%.4f, %.4f]", b.Difference, b.Low, b.High)
	}
}

func TestTooFew(t *testing.T) {
	t.Parallel()
	w := DefaultWeights()
	all := invent(3, 40, payFirst())
	if _, err := Fit(all, w, FitOptions{}); !errors.Is(err, ErrTooFew) {
		t.Errorf("40 lists: got %v, want too few", err)
	}
	all[0].Score++
	if _, err := Fit(all, w, FitOptions{}); err == nil || errors.Is(err, ErrTooFew) {
		t.Errorf("parts that do not sum: got %v, want to be told", err)
	}
}

// TestWorse holds that weights which turn things round are called worse.
func TestWorse(t *testing.T) {
	t.Parallel()
	w, tr := DefaultWeights(), payFirst()
	tr.gain[0], tr.gain[2] = 30, 4
	bad := w.with([partCount]int{1, 1, 1, 1, 1, 45, 1, 1, 1, 1, 45, 1})
	if err := bad.Check(); err != nil {
		t.Fatal(err)
	}
	b, err := Compare(invent(4, 2000, tr), w, FitOptions{}, &bad)
	if err != nil || len(b.Worse) == 0 || b.Better() {
		t.Errorf("got %v, worse %v, want it called worse", err, b.Worse)
	}
	same, err := Compare(invent(4, 2000, tr), w, FitOptions{}, &w)
	if err != nil || len(same.Worse) != 0 || same.Better() || same.Moved != 0 || same.Policies[PolicyToday].MRR != same.Policies[PolicyProposed].MRR {
		t.Errorf("today's own weights: %v, worse %v, moved %v", err, same.Worse, same.Moved)
	}
}

// TestDecay finds from the order of equal scores how far down people look.
func TestDecay(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(5, 5))
	for _, want := range []float64{0.3, 1.0} {
		var all []Seen
		for k := range 6000 {
			for place := 1; place <= 6; place++ {
				s := Seen{Night: 20000, List: fmt.Sprint(k), Posting: fmt.Sprint(place), Place: place, Chance: 1, Score: 40}
				if dice.Float64() < look(place, want)*0.2 {
					s.Outcome = Wanted
				}
				all = append(all, s)
			}
		}
		if got := lookDecay(byList(all)); math.Abs(got-want) > 0.15 {
			t.Errorf("got %.2f, want %.2f", got, want)
		}
	}
}

// TestProposalsKeepPromises tries many gains: whatever they are, the weights hold what the engine promises.
func TestProposalsKeepPromises(t *testing.T) {
	t.Parallel()
	dice, today := rand.New(rand.NewPCG(6, 6)), DefaultWeights()
	for range 3000 {
		var f Fitted
		for i := range f.Gain {
			if dice.IntN(3) > 0 {
				f.Gain[i] = math.Exp(3 * dice.NormFloat64())
			}
		}
		if p, err := f.Propose(today); err != nil {
			t.Fatalf("gains %v give %+v: %v", f.Gain, p, err)
		}
	}
	var same Fitted
	for i, most := range today.partMax() {
		same.Gain[i] = float64(most) / 10
	}
	if p, err := same.Propose(today); err != nil || p != today {
		t.Errorf("gains in proportion to today's: got %+v, %v, want today's", p, err)
	}
}
