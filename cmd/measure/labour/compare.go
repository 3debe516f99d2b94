package labour

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// Study says what to compare.
type Study struct {
	Parameters Parameters
	Tables     matcher.Tables
	Taxonomy   *taxonomy.Taxonomy
	Policies   []string
	Seeds      int
	Days       int
	Parallel   int // runs beside one another; 0 is one a processor. The results are the same for any number.
	// Progress is told how many runs of how many are done, never twice at once.
	Progress func(done, total int)
	// Recorder, when set, keeps the outcomes of the first seed under the policy Recorded.
	Recorder *Recorder
	Recorded string
}

// Results holds the result of every policy under every seed: Results[policy][seed].
type Results map[string][]Result

// Compare lives through all markets under all policies.
func (s *Study) Compare(ctx context.Context) (Results, error) {
	worlds, err := s.worlds(ctx, nil)
	if err != nil {
		return nil, err
	}
	return s.compare(ctx, worlds)
}

// worlds draws the market of every seed, beside those of like, nil for none.
func (s *Study) worlds(ctx context.Context, like []*World) ([]*World, error) {
	worlds := make([]*World, s.Seeds)
	err := s.each(ctx, s.Seeds, nil, func(i int) (err error) {
		var known *World
		if like != nil {
			known = like[i]
		}
		worlds[i], err = NewWorld(ctx, s.Parameters, s.Tables, s.Taxonomy, uint64(i+1), s.Days, known)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("draw markets: %w", err)
	}
	return worlds, nil
}

func (s *Study) compare(ctx context.Context, worlds []*World) (Results, error) {
	out := Results{}
	for _, name := range s.Policies {
		out[name] = make([]Result, s.Seeds)
	}
	n := len(s.Policies)
	err := s.each(ctx, s.Seeds*n, s.Progress, func(i int) (err error) {
		name, seed := s.Policies[i%n], i/n
		policy, ok := NewPolicy(name)
		if !ok {
			return fmt.Errorf("no policy %q", name)
		}
		var recorder *Recorder
		if seed == 0 && name == s.Recorded {
			recorder = s.Recorder
		}
		if out[name][seed], err = Run(ctx, worlds[seed], policy, recorder); err != nil {
			return fmt.Errorf("%s, seed %d: %w", name, seed+1, err)
		}
		return nil
	})
	return out, err
}

// each does n things on all processors and stops at the first error.
func (s *Study) each(ctx context.Context, n int, progress func(done, total int), do func(i int) error) error {
	parallel := s.Parallel
	if parallel <= 0 {
		parallel = runtime.GOMAXPROCS(0)
	}
	var (
		mu         sync.Mutex
		wait       sync.WaitGroup
		next, done int
		failed     error
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1, next <= n && failed == nil && ctx.Err() == nil
	}
	for range min(parallel, n) {
		wait.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				err := do(i)
				mu.Lock()
				if done++; progress != nil {
					progress(done, n)
				}
				if err != nil && failed == nil {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if failed == nil {
		failed = ctx.Err()
	}
	return failed
}
