package matcher

import "slices"

// Propose turns fitted gains into whole weights that keep what the engine promises: each side sums to 50, and no
// part falls to nothing. What a part knows in itself (shares for silence, place bands) grows and shrinks with it.
func (f *Fitted) Propose(today Weights) (Weights, error) {
	most := today.partMax()
	var parts [partCount]int
	copy(parts[:partSkills], apportion(f.Gain[:partSkills], most[:partSkills]))
	copy(parts[partSkills:], apportion(f.Gain[partSkills:], most[partSkills:]))
	out := today.with(parts)
	return out, out.Check()
}

// apportion deals 50 points in proportion to the gains, at least one each, by largest remainders; where no part
// gains anything, today's stay.
func apportion(gain []float64, today []int) []int {
	out, exact := make([]int, len(gain)), make([]float64, len(gain))
	sum, left := 0.0, 50
	for _, g := range gain {
		sum += g
	}
	if sum <= 0 {
		return slices.Clone(today)
	}
	for i, g := range gain {
		exact[i] = 50 * g / sum
		out[i] = max(1, int(exact[i]))
		left -= out[i]
	}
	for ; left != 0; left -= sign(left) {
		at := -1
		for i := range out { // who is owed most gets one, who has most too much gives one
			owed := float64(sign(left)) * (exact[i] - float64(out[i]))
			if (left > 0 || out[i] > 1) && (at < 0 || owed > float64(sign(left))*(exact[at]-float64(out[at]))) {
				at = i
			}
		}
		out[at] += sign(left)
	}
	return out
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// with gives the weights with other wholes, everything inside a part in its old proportion.
func (w Weights) with(parts [partCount]int) Weights {
	old, out := w.partMax(), w
	for i, field := range out.partFields() {
		*field = parts[i]
	}
	for i, inner := range out.innerFields() {
		for _, field := range inner {
			*field = scaled(*field, parts[i], old[i])
		}
	}
	last := out.Place
	for i := range out.PlaceBands {
		b := &out.PlaceBands[i]
		b.Points = min(last, scaled(b.Points, parts[1], old[1]))
		last = b.Points
	}
	out.PlaceFar = min(out.PlaceFar, last)
	out.PlaceAnywhere = min(out.PlaceAnywhere, out.PlaceListed)
	out.NightUnknown = min(out.NightUnknown, out.ShiftUnknown)
	out.ExperienceLeast = min(out.ExperienceLeast, out.ExperienceUnasked)
	out.EducationNear = min(out.EducationNear, out.EducationUnknown)
	return out
}

// scaled rounds points to another whole: at least one where there was one, and never more than the whole.
func scaled(points, whole, old int) int {
	if points == 0 {
		return 0
	}
	return min(whole, max(1, (2*points*whole+old)/(2*old)))
}

// partFields are the wholes, in the order of the parts.
func (w *Weights) partFields() [partCount]*int {
	return [partCount]*int{&w.Occupation, &w.Place, &w.Pay, &w.Benefits, &w.Shift, &w.Conditions,
		&w.Skills, &w.Certificates, &w.Nice, &w.Experience, &w.Education, &w.Language}
}

// innerFields are the points inside each part.
func (w *Weights) innerFields() [partCount][]*int {
	return [partCount][]*int{
		{&w.OccupationUnknown},
		{&w.PlaceUnknown, &w.PlaceProvince, &w.PlaceFar, &w.PlaceWished, &w.PlaceListed, &w.PlaceAnywhere, &w.PlaceOpen},
		{&w.PayUnknown, &w.PayPartly, &w.PayUpTo, &w.PayFromBelow},
		{&w.BenefitsUnasked}, {&w.ShiftUnknown, &w.NightUnknown}, {&w.ConditionsUnknown},
		{&w.SkillsUnasked}, {&w.CertsUnasked}, {&w.NiceUnasked},
		{&w.ExperienceUnasked, &w.ExperienceLeast}, {&w.EducationUnasked, &w.EducationUnknown, &w.EducationNear}, {&w.LanguageUnasked},
	}
}

// Parts gives the wholes of the parts, in the order they are shown, as Max.
func (w *Weights) Parts() []Part {
	out := make([]Part, partCount)
	for i, most := range w.partMax() {
		out[i] = Part{Name: partNames[i], Max: most}
	}
	return out
}
