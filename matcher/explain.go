package matcher

import (
	"cmp"
	"slices"
)

// Reason is a stable code with arguments, to be worded elsewhere. Amounts are in đồng, distances in
// kilometres, times in months or days as the code says; ids are those of the caller's lists.
type Reason struct {
	Code string
	Args []string
}

// Part is one named share of a score. Max is what was possible, 0 for the parts that only subtract.
type Part struct {
	Name   string
	Points int
	Max    int
	Reason Reason
}

// Failure is one hard condition that a pair fails, and why.
type Failure struct {
	Condition Condition
	Reason    Reason
}

// Change is the one thing that would change a pair most, with the points it would add: to the score, or to
// nothing when the pair does not pass now.
type Change struct {
	Reason Reason
	Gain   int
}

// Explanation says why a pair stands where it does. The points of Parts sum to Score. A pair that fails has
// its Fails in order and the Parts it would have.
type Explanation struct {
	Worker, Posting string
	Passes          bool
	Fails           []Failure
	Score           int
	Wish            int // points of the worker's side, 0–50
	Requirement     int // points of the posting's side, 0–50
	WishNumber      int // which of the wishes was met: 1 or 2
	Parts           []Part
	Reasons         []Reason // the best two
	Warning         *Reason
	Missing         []Reason
	Change          *Change
}

// partNames stand in the order they are shown; the last two only subtract.
var partNames = [...]string{
	"occupation", "place", "pay", "benefits", "shift", "conditions",
	"skills", "certificates", "nice", "experience", "education", "language",
	"one_sided", "untrusted",
}

// PartNames gives the names of the parts of every score, in the order they are shown.
func PartNames() []string { return slices.Clone(partNames[:]) }

func (w *Weights) partMax() [partCount]int {
	return [partCount]int{
		w.Occupation, w.Place, w.Pay, w.Benefits, w.Shift, w.Conditions,
		w.Skills, w.Certificates, w.Nice, w.Experience, w.Education, w.Language,
	}
}

func (w *Weights) partNeutral() [partCount]int {
	return [partCount]int{
		w.OccupationUnknown, w.PlaceUnknown, w.PayUnknown, w.BenefitsUnasked, w.ShiftUnknown, w.ConditionsUnknown,
		w.SkillsUnasked, w.CertsUnasked, w.NiceUnasked, w.ExperienceUnasked, w.EducationUnasked, w.LanguageUnasked,
	}
}

// Explain explains one pair.
func (m *Market) Explain(worker, posting int32) Explanation {
	return m.ExplainRelaxed(worker, posting, 0)
}

// ExplainRelaxed explains one pair with some hard conditions not insisted on.
func (m *Market) ExplainRelaxed(worker, posting int32, relax ConditionSet) Explanation {
	w, p := &m.workers.rows[worker], &m.postings.rows[posting]
	x := m.meet(w, p)
	s := m.weigh(&x, mustFor(p, relax))
	e := explainer{m: m, x: &x, s: &s}
	out := Explanation{
		Worker: m.workers.ids[worker], Posting: m.postings.ids[posting],
		Passes: s.fails == 0, Score: s.score(p), Wish: s.wishSum(), Requirement: s.requirementSum(),
		WishNumber: int(s.chosen) + 1, Parts: e.parts(), Missing: e.missing(), Change: e.change(),
	}
	for _, c := range s.fails.List() {
		out.Fails = append(out.Fails, Failure{c, e.failure(c)})
	}
	out.Reasons = e.best(out.Parts)
	out.Warning = e.warning()
	return out
}

// Score gives the score of one pair and whether it passes every hard condition.
func (m *Market) Score(worker, posting int32) (score int, passes bool) {
	p := &m.postings.rows[posting]
	x := m.meet(&m.workers.rows[worker], p)
	s := m.weigh(&x, p.must)
	return s.score(p), s.fails == 0
}

// explainer puts one weighed pair into words' codes.
type explainer struct {
	m *Market
	x *pair
	s *sides
}

func (e *explainer) points(part int) int {
	if part < partSkills {
		return int(e.s.wish[part])
	}
	return int(e.s.requirement[part-partSkills])
}

// parts lists all fourteen; what joining the sides and doubt take off stands last.
func (e *explainer) parts() []Part {
	reasons := [partCount]Reason{
		e.occupation(), e.place(), e.pay(), e.benefits(), e.shift(), e.conditions(),
		e.skills(), e.certificates(), e.nice(), e.experience(), e.education(), e.language(),
	}
	most := e.m.weights.partMax()
	parts := make([]Part, 0, len(partNames))
	for i, reason := range reasons {
		parts = append(parts, Part{partNames[i], e.points(i), most[i], reason})
	}
	wish, requirement := e.s.wishSum(), e.s.requirementSum()
	joined := join(wish, requirement)
	return append(parts,
		Part{"one_sided", joined - wish - requirement, 0, oneSided(wish, requirement)},
		Part{"untrusted", e.s.score(e.x.p) - joined, 0, e.untrusted()},
	)
}

func oneSided(wish, requirement int) Reason {
	args := []string{itoa(wish), itoa(requirement)}
	switch joined := join(wish, requirement); {
	case joined == wish+requirement:
		return Reason{"both_sides_alike", args}
	case wish < requirement:
		return Reason{"worker_wants_less", args}
	}
	return Reason{"posting_asks_more", args}
}

// best picks the two parts that stand out most above what silence would have earned, weighed in points; the
// first of equals.
func (e *explainer) best(parts []Part) []Reason {
	neutral, most := e.m.weights.partNeutral(), e.m.weights.partMax()
	var order []int
	for i := range partCount {
		// "Nothing asked" and "not known" are no reasons, and half a part is none either.
		if parts[i].Points > neutral[i] && 2*parts[i].Points > most[i] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(parts[b].Points-neutral[b], parts[a].Points-neutral[a])
	})
	var reasons []Reason
	for _, i := range order[:min(2, len(order))] {
		reasons = append(reasons, parts[i].Reason)
	}
	return reasons
}
