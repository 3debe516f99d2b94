package main

import (
	"fmt"
	"runtime"
	"time"

	"noiviec/matcher"
)

// sizeFigures are one line of how cost grows. Lists are timed on a part of the rows, evenly over the whole market,
// in processor time, so that a busy machine does not make them longer; the seconds are reckoned from them.
type sizeFigures struct {
	Workers   int     `json:"workers"`
	Postings  int     `json:"postings"`
	Build     float64 `json:"build_seconds"`
	WorkerUs  float64 `json:"worker_list_us"`
	PostingUs float64 `json:"posting_list_us"`
	Reckoned  float64 `json:"all_lists_seconds_reckoned"` // build, and all lists on all processors
	Pairs     float64 `json:"pairs_per_second_reckoned"`
	WorkerMs  float64 `json:"change_worker_p99_ms"`
	PostingMs float64 `json:"change_posting_p99_ms"`
}

// timedWorkers and timedPostings are how many lists of each side are timed.
const (
	timedWorkers  = 2000
	timedPostings = 300
)

// table measures every size and prints a line each.
func (c *scaleCmd) table(b *bench, t *terms) error {
	b.say("%9s %9s %14s %14s %15s %27s %26s %21s %22s", "workers", "postings", "build_seconds", "worker_list_us", "posting_list_us",
		"all_lists_seconds_reckoned", "pairs_per_second_reckoned", "change_worker_p99_ms", "change_posting_p99_ms")
	var all []sizeFigures
	for _, workers := range []int{10_000, 100_000, 1_000_000} {
		for _, postings := range []int{1_000, 10_000, 100_000} {
			if workers > c.Workers || postings > c.Postings {
				continue
			}
			f, err := (&scaleCmd{Workers: workers, Postings: postings, Seed: c.Seed}).size(t)
			if err != nil {
				return fmt.Errorf("%d workers and %d postings: %w", workers, postings, err)
			}
			all = append(all, f)
			b.say("%9d %9d %14.2f %14.0f %15.0f %27.1f %26.3g %21.2f %22.2f", f.Workers, f.Postings, f.Build, f.WorkerUs, f.PostingUs, f.Reckoned, f.Pairs, f.WorkerMs, f.PostingMs)
		}
	}
	return b.figures(all)
}

func (c *scaleCmd) size(t *terms) (sizeFigures, error) {
	f := sizeFigures{Workers: c.Workers, Postings: c.Postings}
	builder, err := newCountry(t, c.Seed).pack(c.Workers, c.Postings)
	if err != nil {
		return f, err
	}
	start := time.Now()
	m, err := builder.Build()
	if err != nil {
		return f, err
	}
	f.Build = time.Since(start).Seconds()
	f.WorkerUs = listTime(c.Workers, timedWorkers, func(row int32) { m.RankWorker(row, matcher.Options{}) })
	f.PostingUs = listTime(c.Postings, timedPostings, func(row int32) { m.RankPosting(row, matcher.Options{}) })
	f.Reckoned = f.Build + (float64(c.Workers)*f.WorkerUs+float64(c.Postings)*f.PostingUs)/1e6/float64(runtime.GOMAXPROCS(0))
	f.Pairs = float64(c.Workers) * float64(c.Postings) / f.Reckoned
	changed, err := c.changes(t, m, nil, nil, 300)
	f.WorkerMs, f.PostingMs = changed.WorkerP99, changed.PostingP99
	return f, err
}

// listTime gives the processor time of one list in microseconds, over some of n rows.
func listTime(n, some int, rank func(row int32)) float64 {
	some = min(n, some)
	cpu := ownCPU()
	for i := range some {
		rank(int32(i * (n / some)))
	}
	return float64((ownCPU() - cpu).Microseconds()) / float64(some)
}
