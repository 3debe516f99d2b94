package matcher

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// A back-test asks what other weights would have made of the lists that were seen: each list is put in another
// order, and the hires that came of it are looked for among the first. It can only order anew what was shown; of
// what was never shown nobody knows what would have come.

// Policies of a back-test, in the order they are printed; the last three are the baselines.
const (
	PolicyProposed   = "proposed"
	PolicyToday      = "today"
	PolicyRandom     = "random"
	PolicyNewest     = "newest"     // the posting first shown last
	PolicyPopularity = "popularity" // the posting most often wanted on the nights before
)

// Policies lists them.
func Policies() []string {
	return []string{PolicyProposed, PolicyToday, PolicyRandom, PolicyNewest, PolicyPopularity}
}

// PolicyFigures are what one order of the lists comes to. Hires count by one over their propensity.
type PolicyFigures struct {
	Recall1  float64            `json:"recall@1"`
	Recall5  float64            `json:"recall@5"`
	Recall10 float64            `json:"recall@10"`
	MRR      float64            `json:"mrr"`
	Coverage float64            `json:"coverage"` // postings that stand in a first five, of those ever shown
	Gini     float64            `json:"gini"`     // of how much postings are looked at
	Gap      float64            `json:"gap"`      // between the best and the worst served group, in mrr
	Groups   map[string]float64 `json:"groups,omitempty"`
	GroupN   map[string]int     `json:"group_n,omitempty"`
}

// Backtest is the comparison.
type Backtest struct {
	Fitted     Fitted                   `json:"fitted"`
	Today      Weights                  `json:"today"`
	Proposed   Weights                  `json:"proposed"`
	Nights     int                      `json:"nights"`
	Split      Day                      `json:"split"` // the first night of the test
	FitLists   int                      `json:"fit_lists"`
	TestLists  int                      `json:"test_lists"` // with a hire
	TestHires  int                      `json:"test_hires"`
	Longest    int                      `json:"longest"` // the longest list of the test
	Policies   map[string]PolicyFigures `json:"policies"`
	Difference float64                  `json:"difference"` // proposed less today, in mrr
	Low        float64                  `json:"low"`        // 95 % interval of it, by drawing lists anew
	High       float64                  `json:"high"`
	Calibrated Calibration              `json:"calibrated"` // a proposed score → how often it came to a hire
	Reliable   []Reliability            `json:"reliable"`
	Off        float64                  `json:"off"`   // mean gap between foretold and observed
	Moved      float64                  `json:"moved"` // lists whose first pair would be another
	// WorseServed are groups whose hires the proposal puts further down; Worse names all it does worse.
	WorseServed []string `json:"worse_served,omitempty"`
	Worse       []string `json:"worse,omitempty"`
}

// leastGroup is how many hires a group needs for its figure to be compared.
const leastGroup = 20

// Tolerances within which a proposal is not called worse.
const (
	worseRecall = 0.005
	worseSpread = 0.02
)

// Compare fits on the earlier two thirds of the nights, proposes weights, and compares them with today's on the
// later third. Weights that are not nil are compared instead of the fitted ones.
func Compare(all []Seen, today Weights, o FitOptions, instead *Weights) (Backtest, error) {
	out := Backtest{Today: today, Policies: map[string]PolicyFigures{}}
	nights := map[Day]bool{}
	for i := range all {
		if err := errors.Join(all[i].Check(), all[i].Under(&today)); err != nil {
			return out, fmt.Errorf("compare: record %d: %w", i+1, err)
		}
		nights[all[i].Night] = true
	}
	order := slices.Sorted(maps.Keys(nights))
	if out.Nights = len(order); out.Nights < 3 {
		return out, fmt.Errorf("compare: %d nights are recorded, three are needed: %w", out.Nights, ErrTooFew)
	}
	out.Split = order[len(order)*2/3]
	var early, late []Seen
	for _, s := range all {
		if s.Night < out.Split {
			early = append(early, s)
		} else {
			late = append(late, s)
		}
	}
	var err error
	if out.Fitted, err = Fit(early, today, o); err != nil {
		return out, err
	}
	if out.Proposed, err = out.Fitted.Propose(today); instead != nil {
		out.Proposed, err = *instead, instead.Check()
	}
	if err != nil {
		return out, err
	}
	out.FitLists = len(byList(early))
	return out, out.judge(early, late)
}

// judge fills in the figures of the later nights.
func (b *Backtest) judge(early, late []Seen) error {
	lists := byList(late)
	j := judge{b: b, past: pastOf(early, late), gains: map[string][]gained{}}
	for _, list := range lists {
		b.Longest = max(b.Longest, len(list))
		if slices.ContainsFunc(list, hired) {
			j.hiring = append(j.hiring, list)
		}
	}
	if b.TestLists = len(j.hiring); b.TestLists == 0 {
		return fmt.Errorf("compare: nobody was hired out of the later lists: %w", ErrTooFew)
	}
	for _, policy := range Policies() {
		b.Policies[policy] = j.figures(policy, lists)
	}
	moved := 0
	for _, list := range lists {
		if j.order(PolicyProposed, list)[0] != j.order(PolicyToday, list)[0] {
			moved++
		}
	}
	b.Moved = float64(moved) / float64(len(lists))
	proposed, today := j.gains[PolicyProposed], j.gains[PolicyToday]
	b.Difference, b.Low, b.High = interval(proposed, today, "")
	b.WorseServed = b.worseServed(proposed, today)
	b.calibrate(early, late)
	b.verdict()
	return nil
}

func hired(s *Seen) bool { return s.Outcome >= Hired }

// judge orders lists by each policy.
type judge struct {
	b      *Backtest
	past   past
	hiring []nightly
	gains  map[string][]gained // policy → what each list with a hire comes to
}

// gained is the reciprocal rank of a list's hires and what they count together.
type gained struct {
	served
	groups map[string]served // the same by group of those hired: every line of a posting's list is another person
}

type served struct{ rank, weight float64 }

func (s *served) add(rank, weight float64) { s.rank, s.weight = s.rank+rank, s.weight+weight }

// past is what was known before each night.
type past struct {
	first  map[string]Day // posting → the first night it was shown
	wanted map[string]int // posting and night → how often it was wanted before
}

// pastOf counts what baselines may know: nothing of the night itself.
func pastOf(early, late []Seen) past {
	p := past{map[string]Day{}, map[string]int{}}
	all := slices.Concat(early, late)
	slices.SortStableFunc(all, func(a, b Seen) int { return cmp.Compare(a.Night, b.Night) })
	so, tonight := map[string]int{}, map[string]int{}
	for i := range all {
		s := &all[i]
		if i > 0 && s.Night != all[i-1].Night {
			for posting, n := range tonight {
				so[posting] += n
			}
			clear(tonight)
		}
		if _, ok := p.first[s.Posting]; !ok {
			p.first[s.Posting] = s.Night
		}
		p.wanted[s.Posting+" "+s.Night.String()] = so[s.Posting]
		if s.Outcome >= Wanted {
			tonight[s.Posting]++
		}
	}
	return p
}

// value is what a policy orders by.
func (j *judge) value(policy string, s *Seen) float64 {
	switch policy {
	case PolicyProposed:
		return s.rescore(&j.b.Today, &j.b.Proposed)
	case PolicyToday:
		return s.rescore(&j.b.Today, &j.b.Today)
	case PolicyNewest:
		return float64(j.past.first[s.Posting])
	case PolicyPopularity:
		return float64(j.past.wanted[s.Posting+" "+s.Night.String()])
	}
	return 0
}

// order puts a list into a policy's order; equal ones are dealt by a hash that is the same for all but random.
func (j *judge) order(policy string, list nightly) nightly {
	values := make(map[*Seen]float64, len(list))
	for _, s := range list {
		values[s] = j.value(policy, s)
	}
	salt := "deal"
	if policy == PolicyRandom {
		salt = "random"
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b *Seen) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a.turn(salt), b.turn(salt)))
	})
	return out
}

func (j *judge) figures(policy string, lists []nightly) PolicyFigures {
	var f PolicyFigures
	total, hires := 0.0, 0
	groups, groupWeight, groupN := map[string]float64{}, map[string]float64{}, map[string]int{}
	for _, list := range j.hiring {
		g := gained{groups: map[string]served{}}
		for i, s := range j.order(policy, list) {
			if !hired(s) {
				continue
			}
			w := j.b.Fitted.counts(s)
			hires++
			g.add(w/float64(i+1), w)
			f.Recall1 += w * within(i, 1)
			f.Recall5 += w * within(i, 5)
			f.Recall10 += w * within(i, 10)
			for _, name := range s.Groups {
				of := g.groups[name]
				of.add(w/float64(i+1), w)
				g.groups[name] = of
				groups[name] += w / float64(i+1)
				groupWeight[name] += w
				groupN[name]++
			}
		}
		f.MRR, total = f.MRR+g.rank, total+g.weight
		j.gains[policy] = append(j.gains[policy], g)
	}
	j.b.TestHires = hires
	f.Recall1, f.Recall5, f.Recall10, f.MRR = f.Recall1/total, f.Recall5/total, f.Recall10/total, f.MRR/total
	f.Coverage, f.Gini = j.spread(policy, lists)
	f.byGroup(groups, groupWeight, groupN)
	return f
}

func within(i, k int) float64 {
	if i < k {
		return 1
	}
	return 0
}

// spread gives how many postings stand in a first five, and how unevenly postings are looked at, over the lists of
// people: in its own list a posting always stands.
func (j *judge) spread(policy string, lists []nightly) (coverage, gini float64) {
	looked, first := map[string]float64{}, map[string]bool{}
	for _, list := range lists {
		if list[0].ofPosting() {
			continue
		}
		for i, s := range j.order(policy, list) {
			looked[s.Posting] += look(i+1, j.b.Fitted.Decay)
			if i < 5 {
				first[s.Posting] = true
			}
		}
	}
	if len(looked) == 0 {
		return 0, 0
	}
	return float64(len(first)) / float64(len(looked)), giniOf(slices.Collect(maps.Values(looked)))
}

// byGroup keeps the groups that are large enough, and the gap between the best and the worst served of one kind:
// a group is named "kind:group".
func (f *PolicyFigures) byGroup(sum, weight map[string]float64, n map[string]int) {
	f.Groups, f.GroupN = map[string]float64{}, map[string]int{}
	least, most := map[string]float64{}, map[string]float64{}
	for g, count := range n {
		if count < leastGroup {
			continue
		}
		f.Groups[g], f.GroupN[g] = sum[g]/weight[g], count
		kind := g
		for i := range g {
			if g[i] == ':' {
				kind = g[:i]
				break
			}
		}
		if _, ok := least[kind]; !ok {
			least[kind], most[kind] = f.Groups[g], f.Groups[g]
		}
		least[kind], most[kind] = min(least[kind], f.Groups[g]), max(most[kind], f.Groups[g])
	}
	for kind := range least {
		f.Gap = max(f.Gap, most[kind]-least[kind])
	}
}

// giniOf amounts: 0 all alike, towards 1 when one has everything.
func giniOf(amounts []float64) float64 {
	slices.Sort(amounts)
	sum, weighted := 0.0, 0.0
	for i, a := range amounts {
		sum += a
		weighted += float64(2*(i+1)-len(amounts)-1) * a
	}
	if sum == 0 {
		return 0
	}
	return weighted / (float64(len(amounts)) * sum)
}

// draws of the bootstrap.
const draws = 1000

// interval draws the lists anew, with the same lists for both orders, and gives the difference in mean reciprocal
// rank with its 95 per cent interval, over all hires or those of one group; nothing where there are none.
func interval(proposed, today []gained, group string) (difference, low, high float64) {
	var rows [][3]float64 // rank proposed, rank today, weight
	for i, p := range proposed {
		is, was := p.served, today[i].served
		if group != "" {
			is, was = p.groups[group], today[i].groups[group]
		}
		if is.weight > 0 {
			rows = append(rows, [3]float64{is.rank, was.rank, is.weight})
		}
	}
	if len(rows) == 0 {
		return 0, 0, 0
	}
	dice := rand.New(rand.NewPCG(1, 2)) // the same draws every time
	average := func(draw func(i int) int) float64 {
		won, weight := 0.0, 0.0
		for i := range rows {
			r := &rows[draw(i)]
			won, weight = won+r[0]-r[1], weight+r[2]
		}
		return won / weight
	}
	means := make([]float64, draws)
	for k := range means {
		means[k] = average(func(int) int { return dice.IntN(len(rows)) })
	}
	slices.Sort(means)
	return average(func(i int) int { return i }), means[draws*25/1000], means[draws*975/1000]
}

// worseServed names the groups whose hires the proposal puts further down, beyond what chance explains.
func (b *Backtest) worseServed(proposed, today []gained) []string {
	var out []string
	for _, group := range slices.Sorted(maps.Keys(b.Policies[PolicyProposed].Groups)) {
		if difference, _, high := interval(proposed, today, group); high < 0 && difference < -worseRecall {
			out = append(out, group)
		}
	}
	return out
}

// calibrate fits how often a score comes to a hire on the earlier nights and holds it to the later ones.
func (b *Backtest) calibrate(early, late []Seen) {
	by := func(all []Seen) []scored {
		out := make([]scored, len(all))
		for i := range all {
			out[i] = scored{math.Round(all[i].rescore(&b.Today, &b.Proposed)), hired(&all[i])}
		}
		return out
	}
	b.Calibrated = calibrate(by(early))
	b.Reliable = reliability(b.Calibrated, by(late))
	b.Off = miscalibration(b.Reliable)
}

// verdict names what the proposal does worse than today's weights.
func (b *Backtest) verdict() {
	was, is := b.Policies[PolicyToday], b.Policies[PolicyProposed]
	worse := func(name string, bad bool) {
		if bad {
			b.Worse = append(b.Worse, name)
		}
	}
	worse("recall@5", is.Recall5 < was.Recall5-worseRecall)
	worse("recall@10", is.Recall10 < was.Recall10-worseRecall)
	worse("mrr", is.MRR < was.MRR-worseRecall)
	worse("coverage", is.Coverage < was.Coverage-worseSpread)
	worse("gini", is.Gini > was.Gini+worseSpread)
	worse("groups", len(b.WorseServed) > 0)
}

// Better reports that the proposal finds hires sooner, with an interval that leaves out nothing, and does nothing
// else worse.
func (b *Backtest) Better() bool { return len(b.Worse) == 0 && b.Low > 0 }
