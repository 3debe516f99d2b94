package web

import (
	"cmp"
	"math"
	"slices"

	"noiviec/internal/market"
)

// personIfPage is how many vacancies fit one person today, and what one change would add or take.
type personIfPage struct {
	Layout
	Worker   market.Worker
	Back     string
	WhatIf   market.WhatIf
	Best     []supposed // the one change that would open most: by learning or getting something, and by going further
	Groups   []supposedGroup
	Drops    []chanceLine
	FitScore int
}

func ifPath(home string, id market.ID) string { return home + "/" + string(id) + "/neu-thay-doi" }

// showPersonIf counts what is open to one person and what each single change would open.
func (s *Server) showPersonIf(v *visit) error {
	w, err := s.matchedWorker(v)
	if err != nil {
		return err
	}
	x, courses, err := s.personIf(v, w)
	if err != nil {
		return err
	}
	page := &personIfPage{Layout: v.layout("if.title"), Worker: w, Back: peopleHome + "/" + string(w.ID), WhatIf: x, FitScore: market.FitScore,
		Best: v.bestChanges(x, courses, w.Commune), Groups: v.supposals(x, courses, w.Commune), Drops: v.chanceLines(market.ForWorker, x.Now)}
	return v.render("can-bo-ho-so-mot-neu-thay-doi", 200, page)
}

// personIf asks the engine about one person, with the courses one may still enrol in.
func (s *Server) personIf(v *visit, w market.Worker) (market.WhatIf, []market.Course, error) {
	courses, err := v.joinable()
	if err != nil {
		return market.WhatIf{}, nil, err
	}
	slices.SortStableFunc(courses, func(a, b market.Course) int { // of two that open as many, the nearer is named first
		return cmp.Compare(v.away(w.Commune, a.Commune), v.away(w.Commune, b.Commune))
	})
	x, err := s.Engine.WorkerWhatIf(v.ctx, w, courses)
	return x, courses, err
}

// bestChanges gives the one change of each kind that opens most: something learnt or got, and a longer way.
func (v *visit) bestChanges(x market.WhatIf, courses []market.Course, home string) []supposed {
	var out []supposed
	for _, groups := range [][]string{{"certificate", "skill", "language", "education"}, {"reach"}} {
		if best := x.Best(groups...); len(best) > 0 {
			out = append(out, v.supposedRow(best[0], courses, home))
		}
	}
	return out
}

// away is how far one commune is from another, without an end when it is not known.
func (v *visit) away(from, to string) float64 {
	if km, ok := v.s.Tax.DistanceKm(from, to); ok {
		return km
	}
	return math.Inf(1)
}
