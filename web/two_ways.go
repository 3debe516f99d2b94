package web

import (
	"slices"

	"noiviec/internal/market"
)

// Looking from a person for jobs and from a job for people offers the same filters under the same names; what only one
// side has (a state, a mobility) stands beside them.

// twoWays are the filters that both sides have, besides the distance and the words.
var twoWays = []string{"nghe", "noi", "tinh", "kynang", "chungchi"}

// standing is how one pair stands now, in a list of either side.
type standing struct {
	Score int
	Fails string // the first hard condition that is not met, worded
	Why   string // the address of the explanation
}

// standings asks the engine how people and vacancies stand to each other, by person, then by vacancy; nil when it does
// not answer now.
func (v *visit) standings(people []market.Worker, vacancies []market.Posting) ([]*standing, error) {
	if len(people) == 0 || len(vacancies) == 0 {
		return nil, nil
	}
	found, err := v.s.Engine.Stand(v.ctx, people, vacancies)
	if market.KindOf(err) == market.Unavailable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []*standing
	for i, w := range people {
		for k, p := range vacancies {
			x := found[i][k]
			stand := &standing{Score: x.Score, Why: whyPath(w.ID, p.ID)}
			if len(x.Fails) > 0 {
				stand.Fails = v.reason(x.Fails[0])
			}
			out = append(out, stand)
		}
	}
	return out, nil
}

// shared keeps the filters that both sides have.
func shared(groups []facetGroup) []facetGroup {
	return slices.DeleteFunc(groups, func(g facetGroup) bool { return g.Name != byKm && !slices.Contains(twoWays, g.Name) })
}
