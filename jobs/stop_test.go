package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

// A run that is told to stop is recorded so, logged without a fault, and begun again by Resume; one that breaks while it
// is told to stop has failed.
func TestStopIsNoFailure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		r := office(t, open(), 2, 1)
		entered := make(chan struct{}, 3)
		until := func(end func(ctx context.Context) error) func(context.Context, *Runner, market.Run, time.Time) (map[string]int, error) {
			return func(ctx context.Context, _ *Runner, _ market.Run, _ time.Time) (map[string]int, error) {
				entered <- struct{}{}
				<-ctx.Done()
				return map[string]int{"looked": 1}, end(ctx)
			}
		}
		full := errors.New("full disk")
		known := len(Jobs)
		Jobs = append(Jobs, Job{Name: "test.stopped", Schedule: "0 0 1 1 *", do: until(func(ctx context.Context) error {
			_, err := store.Get[market.Worker](ctx, r.Store, centre, meta("w", 0).ID)
			if err == nil {
				err = ctx.Err()
			}
			return err
		})}, Job{Name: "test.broken", Schedule: "0 0 1 1 *", do: until(func(context.Context) error { return full })},
			Job{Name: "test.both", Schedule: "0 0 1 1 *", do: until(func(ctx context.Context) error { return errors.Join(ctx.Err(), full) })})
		defer func() { Jobs = Jobs[:known] }()
		cfg := r.Config
		restart := func() (*Runner, *bytes.Buffer) {
			var log bytes.Buffer
			cfg.Log = slog.New(slog.NewTextHandler(&log, nil))
			r, err := NewRunner(cfg)
			if err != nil {
				t.Fatal(err)
			}
			return r, &log
		}
		r, log := restart()
		for _, job := range Jobs[known:] {
			if err := r.Start(t.Context(), job.Name, "button", ""); err != nil {
				t.Fatal(err)
			}
			<-entered
		}
		r.Stop(t.Context())
		want := map[string]market.RunState{"test.stopped": market.RunStopped, "test.broken": market.RunFailed, "test.both": market.RunFailed}
		for name, state := range want {
			run := last(t, r, name)
			if run.State != state || (run.Error != "") != (state == market.RunFailed) || run.Ended.IsZero() || run.Counts["looked"] != 1 {
				t.Errorf("%s: got %s with error %q and counts %v, want %s", name, run.State, run.Error, run.Counts, state)
			}
		}
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, "level=ERROR") && strings.Contains(line, "test.stopped") {
				t.Errorf("got the line %q", line)
			}
		}
		if n := strings.Count(log.String(), "level=ERROR"); n != 2 || !strings.Contains(log.String(), `level=INFO msg="job stopped before it was done`) {
			t.Errorf("%d errors are logged, want 2 and the stop as a word: %s", n, log)
		}
		cfg.Now = func() time.Time { return now.Add(time.Minute) }
		r, _ = restart()
		if err := r.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-entered
		r.Stop(t.Context())
		if run := last(t, r, "test.stopped"); run.Trigger != "start" {
			t.Errorf("the stopped job was last begun by %q, want start", run.Trigger)
		}
		if run := last(t, r, "test.broken"); run.Trigger != "button" {
			t.Errorf("the failed job was begun again by %q", run.Trigger)
		}
	})
}

// A run whose program was killed does not stay "running": the next run of the job says that it has failed.
func TestCutOffRunHasFailed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		r := office(t, open(), 2, 1)
		cut := market.Run{Meta: meta("run", 1), Job: "expire", Trigger: "schedule", Started: market.Stamp(now.Add(-time.Hour)), State: market.RunRunning}
		if err := r.Store.Apply(t.Context(), store.Put(&cut)); err != nil {
			t.Fatal(err)
		}
		run, err := r.Run(t.Context(), "expire", "button", "")
		if err != nil || run.State != market.RunDone {
			t.Fatalf("the next run: %s, %v", run.State, err)
		}
		got, err := store.Get[market.Run](t.Context(), r.Store, centre, cut.ID)
		if err != nil || got.State != market.RunFailed || got.Error == "" || !got.Ended.IsZero() {
			t.Errorf("the run that was cut off is %s with error %q, ended %v (%v), want failed at no known time", got.State, got.Error, got.Ended, err)
		}
		again, err := r.Run(t.Context(), "expire", "button", "")
		if err != nil || again.State != market.RunDone {
			t.Fatalf("the run after: %s, %v", again.State, err)
		}
		if first, err := store.Get[market.Run](t.Context(), r.Store, centre, run.ID); err != nil || first.State != market.RunDone {
			t.Errorf("the run that came to its end is %s (%v)", first.State, err)
		}
	})
}

// last gives a job's last run.
func last(t *testing.T, r *Runner, job string) market.Run {
	t.Helper()
	run, err := store.First[market.Run](context.Background(), r.Store, store.Query{Centre: centre, Index: "runs_by_job", Equal: []any{job}, Desc: true})
	if err != nil {
		t.Fatal(err)
	}
	return run
}
