package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"

	"noiviec/cmd/measure/labour"
	"noiviec/internal/taxonomy"
	"noiviec/jobs"
)

type marketCmd struct {
	Seeds       int      `default:"5" help:"Markets to draw; an interval needs two at least."`
	Days        int      `default:"90" help:"Days to live through."`
	Policies    []string `help:"Policies to compare: random, newest, best, capped, allocated, shipped. All when none is named."`
	Seekers     float64  `help:"People seeking on the first day, when not those of the parameters."`
	Sensitivity bool     `help:"Compare shipped with best while every parameter is halved and doubled, one at a time."`
	Parameter   []string `help:"With --sensitivity: only these parameters."`
	Outcomes    string   `type:"path" help:"Write what the first market's people were shown under --recorded, and what came of it, as CSV."`
	Recorded    string   `default:"shipped" help:"The policy whose outcomes are written."`
}

// Validate tells what the command line must mend.
func (c *marketCmd) Validate() error {
	switch {
	case c.Seeds < 2:
		return errors.New("--seeds must be 2 or more: one market has no interval")
	case c.Days < 1 || c.Days > 1000:
		return errors.New("--days must be 1 to 1000")
	case c.Seekers < 0 || c.Seekers > 100_000:
		return errors.New("--seekers must be 1 to 100000, or left out")
	}
	for _, name := range append([]string{c.Recorded}, c.Policies...) {
		if _, ok := labour.NewPolicy(name); !ok {
			return fmt.Errorf("there is no policy %q: %v", name, labour.PolicyNames)
		}
	}
	return nil
}

func (c *marketCmd) Run(b *bench) error {
	p, err := labour.Defaults()
	if err != nil {
		return err
	}
	if c.Seekers > 0 {
		p.Seekers = c.Seekers
	}
	tax := taxonomy.Default()
	s := &labour.Study{Parameters: p, Tables: jobs.MatcherTables(tax), Taxonomy: tax, Policies: labour.PolicyNames, Seeds: c.Seeds, Days: c.Days}
	if len(c.Policies) > 0 {
		s.Policies = c.Policies
	}
	out := &marketFigures{b: b, object: map[string]float64{}}
	if c.Sensitivity {
		err = c.turn(out, s)
	} else {
		err = c.compare(out, s)
	}
	return errors.Join(err, b.figures(out.object))
}

// marketFigures prints figures as they come, and all of them as one object when that was asked for.
type marketFigures struct {
	b      *bench
	object map[string]float64
}

func (m *marketFigures) add(lines []labour.Line) {
	for _, l := range lines {
		m.object[l.Name] = l.Value
		m.b.say("%s %s", l.Name, strconv.FormatFloat(l.Value, 'f', decimals(l.Value), 64))
	}
}

// decimals prints small figures finely enough to be compared.
func decimals(v float64) int {
	if v > -10 && v < 10 {
		return 3
	}
	return 1
}

func (c *marketCmd) compare(out *marketFigures, s *labour.Study) error {
	b := out.b
	s.Progress = func(done, total int) { b.note("%d of %d markets lived through", done, total) }
	if c.Outcomes != "" {
		s.Recorder, s.Recorded = labour.NewRecorder(), c.Recorded
	}
	results, err := s.Compare(b.ctx)
	if err != nil {
		return err
	}
	out.add(s.Lines(results))
	out.add(s.FairnessLines(results))
	if c.Outcomes == "" {
		return nil
	}
	if err := c.writeOutcomes(s.Recorder); err != nil {
		return err
	}
	b.note("%d simulated outcomes written to %s", s.Recorder.Len(), c.Outcomes)
	return nil
}

func (c *marketCmd) writeOutcomes(r *labour.Recorder) error {
	f, err := os.Create(c.Outcomes)
	if err != nil {
		return fmt.Errorf("write outcomes: %w", err)
	}
	if err := errors.Join(r.Write(f), f.Close()); err != nil {
		return fmt.Errorf("write outcomes to %s: %w", c.Outcomes, err)
	}
	return nil
}

// turn turns one parameter after the other and ends with how many turns the shipped policy does not hold in.
func (c *marketCmd) turn(out *marketFigures, s *labour.Study) error {
	names := c.Parameter
	if len(names) == 0 {
		table, err := labour.Table()
		if err != nil {
			return err
		}
		for _, p := range table {
			names = append(names, p.Name)
		}
	}
	turns, fails := 0, 0
	err := s.Sensitivity(out.b.ctx, names, func(t labour.Turn) {
		if turns++; !t.Holds() {
			fails++
		}
		out.add(t.Lines())
		out.b.note("%s × %v: %.1f [%.1f, %.1f] more placements than %.1f", t.Parameter, t.Factor, t.Difference.Mean, t.Difference.Low, t.Difference.High, t.Best)
	})
	if err != nil {
		return err
	}
	out.add([]labour.Line{{Name: "sensitivity.turns", Value: float64(turns)}, {Name: "sensitivity.not_held", Value: float64(fails)}})
	return nil
}
