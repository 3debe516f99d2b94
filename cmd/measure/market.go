package main

import (
	"fmt"

	"noiviec/cmd/measure/labour"
	"noiviec/internal/taxonomy"
	"noiviec/jobs"
)

type marketCmd struct {
	Seeds    int      `default:"5" help:"Markets to draw."`
	Days     int      `default:"90" help:"Days to live through."`
	Policies []string `help:"Policies to compare; all when none is named."`
	Seekers  float64  `help:"People seeking on the first day, when not those of the parameters."`
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
	s.Progress = func(done, total int) { b.note("%d of %d markets lived through", done, total) }
	results, err := s.Compare(b.ctx)
	if err != nil {
		return err
	}
	for _, name := range s.Policies {
		for _, f := range labour.Figures {
			i := labour.NewInterval(f.Values(results[name]))
			b.say("%s", fmt.Sprintf("%s.%s %.3f %.3f %.3f", name, f.Name, i.Mean, i.Low, i.High))
		}
	}
	return nil
}
