package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
)

// solved is what LEMON's solver reports: of its time only the solving counts, not the reading and the setting up.
type solved struct {
	cost      int64
	wall, cpu float64
}

func solverThere(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}

var (
	solverCost = regexp.MustCompile(`Min flow cost: (-?\d+)`)
	solverTime = regexp.MustCompile(`Run NetworkSimplex: u: ([\d.e+-]+)s, s: ([\d.e+-]+)s, .*real: ([\d.e+-]+)s`)
)

func solve(ctx context.Context, solver, name string, long bool) (solved, error) {
	args := []string{name, os.DevNull}
	if long {
		args = append([]string{"-long"}, args...)
	}
	said, err := exec.CommandContext(ctx, solver, args...).CombinedOutput()
	if err != nil {
		return solved{}, fmt.Errorf("%s %s: %w: %s", solver, name, err, said)
	}
	cost, took := solverCost.FindSubmatch(said), solverTime.FindSubmatch(said)
	if cost == nil || took == nil {
		return solved{}, fmt.Errorf("%s does not report as LEMON's does: %s", solver, said)
	}
	number := func(text []byte) (f float64) { f, _ = strconv.ParseFloat(string(text), 64); return f }
	r := solved{wall: number(took[3]), cpu: number(took[1]) + number(took[2])}
	r.cost, err = strconv.ParseInt(string(cost[1]), 10, 64)
	return r, err
}
