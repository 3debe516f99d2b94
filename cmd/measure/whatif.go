package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"syscall"
	"time"

	"noiviec/cmd/noiviec/demo"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/jobs"
)

type whatIfCmd struct {
	Workers  int    `default:"5000" help:"How many people to invent; the demo's number."`
	Postings int    `default:"2000" help:"How many vacancies to invent; the demo's number."`
	Seed     uint64 `default:"2018" help:"Of the invented market; the demo's."`
	Ask      int    `default:"200" help:"Questions of each kind, about people and vacancies spread over the market."`
}

// whatIfFigures are the times of one kind of question, in milliseconds.
type whatIfFigures struct {
	Question     string  `json:"question"`
	Alternatives float64 `json:"alternatives_mean"` // counted in one answer
	P50          float64 `json:"p50_ms"`
	P95          float64 `json:"p95_ms"`
	P99          float64 `json:"p99_ms"`
	CPU          float64 `json:"cpu_mean_ms"` // of all processors together: what a busy machine does not change
}

// Run invents the demo's market, keeps it warm as the service does, and times its three questions. The baseline of the
// same run is building the market anew, which an answer without a warm market would have to do first.
func (c *whatIfCmd) Run(b *bench) error {
	dir, err := os.MkdirTemp("", "measure-whatif")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	st, err := store.Open(b.ctx, store.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer st.Close()
	now := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	centre, tax := market.DerivedID("centre", "measure"), taxonomy.Default()
	b.note("inventing %d people and %d vacancies", c.Workers, c.Postings)
	var people []market.Worker
	var vacancies []market.Posting
	var courses []market.Course
	data := demo.Generate(demo.Options{Seed: c.Seed, Workers: c.Workers, Postings: c.Postings, Now: now, Centre: centre}, tax)
	for part := range slices.Chunk(data.Documents, 1000) {
		ops := make([]store.Op, len(part))
		for i, doc := range part {
			ops[i] = store.Put(doc)
			switch d := doc.(type) {
			case *market.Worker:
				people = append(people, *d)
			case *market.Posting:
				vacancies = append(vacancies, *d)
			case *market.Course:
				courses = append(courses, *d)
			}
		}
		if err := st.Apply(b.ctx, ops...); err != nil {
			return err
		}
	}
	courses = slices.DeleteFunc(courses, func(course market.Course) bool { return !course.Joinable(market.DateOf(now)) })
	engine := func() *jobs.Engine {
		return jobs.NewEngine(jobs.Config{Centre: centre, Store: st, Tax: tax, Now: func() time.Time { return now }})
	}
	e := engine()
	asks := []struct {
		name string
		ask  func(ctx context.Context, i int) (alternatives int, err error)
	}{
		{"what_if_person", func(ctx context.Context, i int) (int, error) {
			x, err := e.WorkerWhatIf(ctx, people[i*len(people)/c.Ask], courses)
			return len(x.Alternatives), err
		}},
		{"what_if_vacancy", func(ctx context.Context, i int) (int, error) {
			x, err := e.PostingWhatIf(ctx, vacancies[i*len(vacancies)/c.Ask])
			return len(x.Alternatives), err
		}},
		{"why_not", func(ctx context.Context, i int) (int, error) {
			_, err := e.Explain(ctx, vacancies[i*len(vacancies)/c.Ask], people[i*len(people)/c.Ask])
			return 1, err
		}},
		{"baseline_read_and_build", func(ctx context.Context, i int) (int, error) {
			if i >= 10 { // it is slow; ten are enough
				return 0, errEnough
			}
			_, err := engine().Chances(ctx, vacancies[i*len(vacancies)/c.Ask])
			return 1, err
		}},
	}
	if _, err := e.Chances(b.ctx, vacancies[0]); err != nil { // warm from here on
		return err
	}
	var out []whatIfFigures
	for _, a := range asks {
		f, err := c.time(b, a.name, a.ask)
		if err != nil {
			return err
		}
		out = append(out, f)
	}
	return b.figures(out)
}

var errEnough = fmt.Errorf("enough")

func (c *whatIfCmd) time(b *bench, name string, ask func(context.Context, int) (int, error)) (whatIfFigures, error) {
	var took []time.Duration
	counted, before := 0, cpuTime()
	for i := range c.Ask {
		begin := time.Now()
		n, err := ask(b.ctx, i)
		if err == errEnough {
			break
		}
		if err != nil {
			return whatIfFigures{}, err
		}
		took, counted = append(took, time.Since(begin)), counted+n
	}
	slices.Sort(took)
	at := func(percent int) float64 {
		return float64(took[min(len(took)-1, len(took)*percent/100)].Microseconds()) / 1000
	}
	f := whatIfFigures{name, float64(counted) / float64(len(took)), at(50), at(95), at(99),
		float64((cpuTime() - before).Microseconds()) / 1000 / float64(len(took))}
	b.say("%s_alternatives_mean %.1f", name, f.Alternatives)
	b.say("%s_p50_ms %.3f", name, f.P50)
	b.say("%s_p95_ms %.3f", name, f.P95)
	b.say("%s_p99_ms %.3f", name, f.P99)
	b.say("%s_cpu_mean_ms %.3f", name, f.CPU)
	return f, nil
}

// cpuTime is what this process has used of all processors so far.
func cpuTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
