package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"noiviec/matcher"
)

type allocateCmd struct {
	Workers  int    `default:"100000" help:"Workers, one place each."`
	Postings int    `default:"10000" help:"Postings, with seats for nine workers in ten altogether."`
	Edges    int    `default:"50" help:"Postings that each worker may be given."`
	Seed     uint64 `default:"1" help:"Of the invented market."`
	Dimacs   string `type:"path" help:"Write the instance here as a DIMACS min-cost flow, for any exact solver."`
	Solver   string `default:"dimacs-solver" help:"LEMON's solver (Debian: liblemon-utils), run as a process of its own; none to leave it out."`
}

// allocateFigures are what measure allocate prints. Greedy gives each seat to the best pair left; next_night is the
// same market a day on, with the prices of the night before.
type allocateFigures struct {
	Workers   int     `json:"workers"`
	Postings  int     `json:"postings"`
	Pairs     int     `json:"pairs"`
	Seats     int     `json:"seats"`
	Given     int     `json:"given"`
	Value     int64   `json:"value"`
	Seconds   float64 `json:"seconds"`
	CPU       float64 `json:"cpu_seconds"`
	Bound     float64 `json:"bound"`
	OfBound   float64 `json:"ratio_to_bound"`
	Greedy    int64   `json:"greedy_value"`
	OfGreedy  float64 `json:"ratio_to_greedy"`
	Next      float64 `json:"next_night_seconds"`
	NextBound float64 `json:"next_night_ratio_to_bound"`

	Exact        int64   `json:"exact_value,omitempty"`
	ExactSeconds float64 `json:"exact_seconds,omitempty"`
	ExactCPU     float64 `json:"exact_cpu_seconds,omitempty"`
	OfExact      float64 `json:"ratio_to_exact,omitempty"`
	Faster       float64 `json:"times_faster,omitempty"`
	FasterCPU    float64 `json:"times_faster_cpu,omitempty"`
}

func (c *allocateCmd) Run(b *bench) error {
	if c.Workers < 1 || c.Postings < 1 || c.Edges < 1 {
		return fmt.Errorf("workers, postings and edges are at least 1")
	}
	in := inventInstance(c.Workers, c.Postings, c.Edges, c.Seed)
	f := allocateFigures{Workers: c.Workers, Postings: c.Postings, Pairs: in.c.Pairs(), Greedy: in.greedy()}
	for _, s := range in.seats {
		f.Seats += int(s)
	}
	if err := c.auction(b, in, &f); err != nil {
		return err
	}
	if err := c.exact(b, in, &f); err != nil {
		return err
	}
	sayFigures(b, f)
	return b.figures(f)
}

// auction allocates the instance, and the next night's with the prices it left.
func (c *allocateCmd) auction(b *bench, in allocateInstance, f *allocateFigures) error {
	start, cpu := time.Now(), ownCPU()
	a, err := matcher.Allocate(b.ctx, in.c, in.seats, matcher.AllocateOptions{})
	if err != nil {
		return err
	}
	f.Seconds, f.CPU = time.Since(start).Seconds(), (ownCPU() - cpu).Seconds()
	f.Given, f.Value, f.Bound, f.OfBound, f.OfGreedy = a.Given, a.Value, a.Bound, float64(a.Value)/a.Bound, float64(a.Value)/float64(f.Greedy)
	next := in.nextNight(c.Seed)
	start = time.Now()
	warm, err := matcher.Allocate(b.ctx, next.c, next.seats, matcher.AllocateOptions{Prices: a.Prices})
	if err != nil {
		return err
	}
	f.Next, f.NextBound = time.Since(start).Seconds(), float64(warm.Value)/warm.Bound
	return nil
}

// exact has the solver find the greatest value, where there is one.
func (c *allocateCmd) exact(b *bench, in allocateInstance, f *allocateFigures) error {
	name := c.Dimacs
	if name == "" {
		if c.Solver == "none" || !solverThere(c.Solver) {
			b.note("no exact solver %s: compared with the bound alone", c.Solver)
			return nil
		}
		dir, err := os.MkdirTemp("", "measure-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		name = filepath.Join(dir, "instance.min")
	}
	if err := writeFile(name, in.dimacs); err != nil {
		return err
	}
	if c.Solver == "none" || !solverThere(c.Solver) {
		return nil
	}
	r, err := solve(b.ctx, c.Solver, name, f.Bound > math.MaxInt32)
	if err != nil {
		return err
	}
	f.Exact, f.ExactSeconds, f.ExactCPU = -r.cost, r.wall, r.cpu
	f.OfExact, f.Faster, f.FasterCPU = float64(f.Value)/float64(f.Exact), r.wall/f.Seconds, r.cpu/f.CPU
	return nil
}

func writeFile(name string, write func(io.Writer) error) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err = write(w); err == nil {
		err = w.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
