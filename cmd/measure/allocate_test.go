package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"noiviec/matcher"
)

func TestDimacs(t *testing.T) {
	in := allocateInstance{c: matcher.NewCandidates(2, 3), seats: []int32{1, 4}}
	in.c.Add([]matcher.Hit{{Row: 1, Score: 80}, {Row: 0, Score: 50}})
	in.c.Add([]matcher.Hit{{Row: 0, Score: 60}})
	var got bytes.Buffer
	if err := in.dimacs(&got); err != nil {
		t.Fatal(err)
	}
	want := `c allocation: 2 workers, 2 postings
p min 5 7
n 1 1
n 2 1
n 5 -2
a 1 4 0 1 -80
a 1 3 0 1 -50
a 1 5 0 1 0
a 2 3 0 1 -60
a 2 5 0 1 0
a 3 5 0 1 0
a 4 5 0 4 0
`
	if got.String() != want {
		t.Errorf("got %s, want %s", got.String(), want)
	}
	if in.greedy() != 140 {
		t.Errorf("greedy gives %d, want 140", in.greedy())
	}
}

// The auction and an exact solver must agree, where there is one.
func TestAllocateMeasured(t *testing.T) {
	var out bytes.Buffer
	b := &bench{ctx: t.Context(), out: &out, err: &bytes.Buffer{}}
	c := allocateCmd{Workers: 2000, Postings: 200, Edges: 20, Seed: 3, Solver: "dimacs-solver"}
	if err := c.Run(b); err != nil {
		t.Fatal(err)
	}
	if solverThere(c.Solver) && !strings.Contains(out.String(), "\nratio_to_exact 1\n") && !strings.Contains(out.String(), "\nratio_to_exact 0.9999") {
		t.Errorf("the exact solver finds another value:\n%s", out.String())
	}
	c.Solver, c.Dimacs = "none", filepath.Join(t.TempDir(), "x.min")
	if err := c.Run(b); err != nil {
		t.Fatal(err)
	}
	if s, err := os.Stat(c.Dimacs); err != nil || s.Size() < 10_000 {
		t.Errorf("the instance was not written: %v %v", s, err)
	}
}
