package taxonomy

import (
	"fmt"
	"strconv"
)

// Kin says that two occupations are near although VSCO, which sorts by level of skill first, puts them in fields of
// their own: the helper and the craftsman of one trade, the desk and the till of one house. Who asks for the one may
// well take the other.
type Kin struct {
	One, Other string
	Percent    int // how near they are, either way
}

func (t *Taxonomy) loadKin() error {
	return each("occupation_kin.csv", func(r row) error {
		percent, err := strconv.Atoi(r.text("percent"))
		if err != nil || percent <= 0 || percent >= 100 {
			return fmt.Errorf("per cent %q", r.text("percent"))
		}
		for _, other := range r.list("kin", ";") {
			one := r.text("occupation")
			if !t.HasOccupation(one) || !t.HasOccupation(other) {
				return fmt.Errorf("occupations %q and %q", one, other)
			}
			t.occupationKin = append(t.occupationKin, Kin{one, other, percent})
		}
		return nil
	})
}

// OccupationKin gives every pair once.
func (t *Taxonomy) OccupationKin() []Kin { return t.occupationKin }
