package interest

import "math"

// Exposure remembers how often each opening stood in a first ten, and takes points from those shown often, so
// that not everybody is sent to the same door. Lists are made one after the other, in time order: a list knows
// those before it and nothing of those after. The zero Exposure and nil take nothing.
type Exposure struct {
	// PerDoubling is what each doubling of the times shown costs, in points.
	PerDoubling int
	// Most is how often an opening may be shown before it goes behind all others; 0 for no such cap.
	Most  int
	shown []int
}

// beyond is what an opening over the cap loses: more than any score holds.
const beyond = 10_000

// Show records a list that was given out.
func (e *Exposure) Show(openings []Ranked) {
	if e == nil {
		return
	}
	for _, r := range openings {
		for int(r.Opening) >= len(e.shown) {
			e.shown = append(e.shown, 0)
		}
		e.shown[r.Opening]++
	}
}

// times says how often an opening stood in a first ten.
func (e *Exposure) times(j int32) int {
	if e == nil || int(j) >= len(e.shown) {
		return 0
	}
	return e.shown[j]
}

func (e *Exposure) points(j int32) int {
	n := e.times(j)
	if n == 0 {
		return 0
	}
	lost := int(math.Round(float64(e.PerDoubling) * math.Log2(1+float64(n))))
	if e.Most > 0 && n >= e.Most {
		lost += beyond
	}
	return -lost
}

// Capped is the Exposure that lists are made under: shown once, three and seven times, an opening has lost 40, 80
// and 120 points; from the eighth time on it stands behind all others. Chosen by the evenness of the lists alone,
// with room below a Gini of one half; what people looked at next had no say.
func Capped() *Exposure { return &Exposure{PerDoubling: 40, Most: 8} }
