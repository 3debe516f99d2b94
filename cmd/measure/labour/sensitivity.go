package labour

import (
	"context"
	"fmt"
)

// Turn is what comes of multiplying one parameter.
type Turn struct {
	Parameter  string
	Factor     float64
	Value      float64 // of the parameter then
	Best       float64 // placements under the baseline, mean
	Difference Interval
}

// Holds reports whether the shipped policy still has more placements than the baseline, beyond doubt.
func (t Turn) Holds() bool { return t.Difference.Above() }

// Sensitivity compares the shipped policy with the baseline, first as things are, then with every parameter named
// halved and doubled, one at a time. tell is told each result as it comes.
func (s *Study) Sensitivity(ctx context.Context, names []string, tell func(Turn)) error {
	as, err := s.worlds(ctx, nil)
	if err != nil {
		return err
	}
	for _, turn := range turns(names) {
		changed := *s
		changed.Policies = []string{baseline, shipped}
		if turn.Factor != 1 {
			p, err := s.Parameters.Times(turn.Parameter, turn.Factor)
			if err != nil {
				return err
			}
			changed.Parameters, turn.Value = p, *p.fields()[turn.Parameter]
		}
		worlds, err := changed.worlds(ctx, as)
		if err != nil {
			return fmt.Errorf("%s × %v: %w", turn.Parameter, turn.Factor, err)
		}
		results, err := changed.compare(ctx, worlds)
		if err != nil {
			return fmt.Errorf("%s × %v: %w", turn.Parameter, turn.Factor, err)
		}
		turn.Best = NewInterval(values(results[baseline], figures[0].of)).Mean
		turn.Difference = changed.difference(results, shipped, figures[0])
		tell(turn)
	}
	return nil
}

func turns(names []string) []Turn {
	out := []Turn{{Parameter: "none", Factor: 1}}
	for _, name := range names {
		out = append(out, Turn{Parameter: name, Factor: 0.5}, Turn{Parameter: name, Factor: 2})
	}
	return out
}

// Lines gives a turn as it is printed.
func (t Turn) Lines() []Line {
	name := "sensitivity." + t.Parameter
	switch t.Factor {
	case 0.5:
		name += ".halved"
	case 2:
		name += ".doubled"
	}
	holds := 0.0
	if t.Holds() {
		holds = 1
	}
	out := append([]Line{{name + ".value", t.Value}, {name + ".best_placements", t.Best}}, t.Difference.lines(name+".shipped_less_best")...)
	return append(out, Line{name + ".holds", holds})
}
