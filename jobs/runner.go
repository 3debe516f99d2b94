package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// Config is what the jobs work with.
type Config struct {
	Centre  market.ID
	Store   *store.Store
	Desk    *casework.Desk
	Tax     *taxonomy.Taxonomy
	Index   *search.Index // nil: no index is kept
	Lexicon *Lexicon      // nil: NewRunner makes one
	Now     func() time.Time
	Log     *slog.Logger
	// Schedules replaces the five-field line of jobs by name: "placements": "*/5 * * * *".
	Schedules map[string]string
	// Progress is called by long jobs with what is done of what there is; nil is allowed.
	Progress func(job string, done, total int)
}

func (c Config) log() *slog.Logger {
	if c.Log == nil {
		return slog.Default()
	}
	return c.Log
}

// Runner runs jobs one at a time each.
type Runner struct {
	Config
	Engine      *Engine
	rereadAfter time.Duration
	rereading   atomic.Bool // the index is being read again with other words
	holder      string
	cron        *cron.Cron
	ctx         context.Context // of everything started by schedule or button
	cancel      context.CancelFunc

	mu      sync.Mutex
	stopped bool           // no run begins any more
	running sync.WaitGroup // grows under mu only, and not once stopped
}

// leaseFor is how long a process that died keeps others from working.
const leaseFor = 2 * time.Minute

// NewRunner checks the schedules and gives a runner that does nothing until asked. A name or a line in
// Config.Schedules that cannot be meant is Invalid.
func NewRunner(cfg Config) (*Runner, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	for _, job := range Jobs {
		if err := checkSchedule(job.Schedule); err != nil {
			return nil, fmt.Errorf("schedule of %s: %w", job.Name, err)
		}
	}
	for name, line := range cfg.Schedules {
		if _, err := jobNamed(name); err != nil {
			return nil, err
		}
		if err := checkSchedule(line); err != nil {
			return nil, market.Bad("schedule", "error.job.schedule", name, line)
		}
	}
	if cfg.Lexicon == nil {
		cfg.Lexicon = NewLexicon(cfg.Store, cfg.Index, cfg.Tax, cfg.Centre, cfg.Log)
	}
	r := &Runner{Config: cfg, rereadAfter: rereadAfter, holder: fmt.Sprintf("%d-%s", os.Getpid(), market.NewID()[:8])}
	r.Engine = newEngine(cfg)
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r, nil
}

// fiveFields reads minute, hour, day, month and weekday only: cron's "@every" takes any nonsense for a second.
var fiveFields = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// checkSchedule parses a cron line; the parser can panic on bad input.
func checkSchedule(spec string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cron line %q: %v", spec, p)
		}
	}()
	_, err = fiveFields.Parse(spec)
	return err
}

// Schedule begins running jobs when they are due.
func (r *Runner) Schedule() error {
	log := cron.PrintfLogger(slog.NewLogLogger(r.Log.Handler(), slog.LevelWarn))
	// SkipIfStillRunning must come first: after Recover, one panic would keep its token and block the job for ever.
	r.cron = cron.New(cron.WithParser(fiveFields), cron.WithLocation(market.Zone), cron.WithChain(cron.SkipIfStillRunning(log), cron.Recover(log)))
	for _, job := range Jobs {
		line := cmp.Or(r.Schedules[job.Name], job.Schedule)
		if _, err := r.cron.AddFunc(line, func() { _, _ = r.Run(r.ctx, job.Name, "schedule", "") }); err != nil {
			return fmt.Errorf("schedule %s: %w", job.Name, err)
		}
	}
	r.cron.Start()
	return nil
}

// Stop ends the schedule, lets no run begin any more and waits for running jobs until the context ends.
func (r *Runner) Stop(ctx context.Context) {
	if r.cron != nil {
		r.cron.Stop()
	}
	r.mu.Lock()
	r.stopped = true
	r.mu.Unlock()
	r.cancel()
	done := make(chan struct{})
	go func() { r.running.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// Names of all jobs.
func (r *Runner) Names() []string { return Names() }

// Due gives a job's line of the schedule and when it is due next after an instant; an unknown job is never due.
func (r *Runner) Due(name string, after time.Time) (line string, next time.Time) {
	job, err := jobNamed(name)
	if err != nil {
		return "", time.Time{}
	}
	line = cmp.Or(r.Schedules[name], job.Schedule)
	schedule, err := fiveFields.Parse(line) // checked when the runner was made
	if err != nil {
		return line, time.Time{}
	}
	return line, schedule.Next(after.In(market.Zone))
}

// begin counts a run, so that Stop waits for it; running.Done ends it. A stopped runner is Unavailable.
func (r *Runner) begin() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return market.Fail(market.Unavailable, "error.job.stopped")
	}
	r.running.Add(1)
	return nil
}

// Start starts a job and returns at once: the button on the page of runs. The job outlives the request.
func (r *Runner) Start(_ context.Context, name, trigger string, by market.ID) error {
	job, err := jobNamed(name)
	if err != nil {
		return err
	}
	if err := r.begin(); err != nil {
		return err
	}
	go func() {
		defer r.running.Done()
		_, _ = r.run(r.ctx, job, trigger, by)
	}()
	return nil
}

// Resume starts the jobs whose last run was stopped before it was done: the service ended, and is back.
func (r *Runner) Resume(ctx context.Context) error {
	for _, job := range Jobs {
		last, err := r.last(ctx, job.Name)
		if market.KindOf(err) == market.NotFound || err == nil && last.State != market.RunStopped {
			continue
		}
		if err == nil {
			err = r.Start(ctx, job.Name, "start", "")
		}
		if err != nil {
			return fmt.Errorf("resume %s: %w", job.Name, err)
		}
	}
	return nil
}

// Run runs one job now and records the run. Another process (or an earlier start) still at it is a Conflict
// "error.job.running". A panic in the job is recorded as its error; a run whose context is canceled is recorded as
// stopped, and Resume begins it again.
func (r *Runner) Run(ctx context.Context, name, trigger string, by market.ID) (market.Run, error) {
	job, err := jobNamed(name)
	if err != nil {
		return market.Run{}, err
	}
	if err := r.begin(); err != nil {
		return market.Run{}, err
	}
	defer r.running.Done()
	return r.run(ctx, job, trigger, by)
}

func (r *Runner) run(ctx context.Context, job Job, trigger string, by market.ID) (market.Run, error) {
	now := r.Now()
	lease, err := r.Store.AcquireLease(ctx, r.Centre, "job."+job.Name, r.holder+"-"+string(market.NewID()[:6]), leaseFor, now)
	if err != nil {
		return market.Run{}, market.Fail(market.Conflict, "error.job.running", job.Name)
	}
	if err := r.closeCutOff(ctx, job.Name); err != nil {
		return market.Run{}, fmt.Errorf("close last run of %s: %w", job.Name, err)
	}
	run := market.Run{Meta: market.Meta{ID: market.NewID(), Centre: r.Centre, RecordedAt: market.Stamp(now)},
		Job: job.Name, Trigger: trigger, By: by, Started: market.Stamp(now), State: market.RunRunning, Fence: lease.Fence}
	if err := r.Store.Apply(ctx, store.Put(&run)); err != nil {
		return run, fmt.Errorf("record run of %s: %w", job.Name, err)
	}
	stop := repeat(leaseFor/4, func(ctx context.Context) {
		if err := r.Store.RenewLease(ctx, lease, leaseFor, r.Now()); err != nil && ctx.Err() == nil {
			r.Log.Warn("lease not renewed", "job", job.Name, "err", err)
		}
	})
	run.Counts, err = r.guarded(ctx, job, run, now)
	stop()
	return r.finish(&run, lease, err, ctx.Err())
}

// closeCutOff records that the last run of a job has failed, if it did not come to record its end: the lease being ours, whatever
// program ran it is gone. When it went, nobody knows.
func (r *Runner) closeCutOff(ctx context.Context, job string) error {
	run, err := r.last(ctx, job)
	if market.KindOf(err) == market.NotFound || err == nil && run.State != market.RunRunning {
		return nil
	}
	if err != nil {
		return err
	}
	run.State, run.Error = market.RunFailed, "the program ended in the middle of the run"
	r.Log.Error("job was cut off", "job", job, "run", run.ID, "err", run.Error)
	return r.Store.Apply(ctx, store.Put(&run))
}

// last gives a job's last run.
func (r *Runner) last(ctx context.Context, job string) (market.Run, error) {
	return store.First[market.Run](ctx, r.Store, store.Query{Centre: r.Centre, Index: "runs_by_job", Equal: []any{job}, Desc: true})
}

// guarded runs the job and turns a panic into an error.
func (r *Runner) guarded(ctx context.Context, job Job, run market.Run, now time.Time) (counts map[string]int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in job %s: %v", job.Name, p)
		}
	}()
	return job.do(ctx, r, run, now)
}

// finish records how the run ended, also when its context has ended, and gives the lease back. That the run was told
// to stop is no failure; what goes wrong beside it is.
func (r *Runner) finish(run *market.Run, lease market.Lease, failed, told error) (market.Run, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	run.Ended, run.State = market.Stamp(r.Now()), market.RunDone
	said := "job ran"
	switch {
	case errors.Is(told, context.Canceled) && onlyCanceled(failed):
		run.State, said = market.RunStopped, "job stopped before it was done, begins again at the next start"
	case failed != nil:
		run.State, run.Error = market.RunFailed, failed.Error()
		r.Log.Error("job failed", "job", run.Job, "run", run.ID, "err", failed)
	}
	if run.Job == "match" {
		run.Engine, run.Weights = r.Engine.usedBy(run.ID)
	}
	err := r.Store.Apply(ctx, store.Put(run))
	if releaseErr := r.Store.ReleaseLease(ctx, lease); releaseErr != nil {
		r.Log.Warn("lease not released", "job", run.Job, "err", releaseErr)
	}
	r.Log.Info(said, "job", run.Job, "run", run.ID, "trigger", run.Trigger, "state", run.State, "took", run.Ended.Sub(run.Started), "counts", run.Counts)
	return *run, errors.Join(failed, err)
}

// onlyCanceled reports whether an error says that the context was canceled and, where several are joined, nothing else.
func onlyCanceled(err error) bool {
	for err != nil && err != context.Canceled {
		switch inner := err.(type) {
		case interface{ Unwrap() []error }:
			return !slices.ContainsFunc(inner.Unwrap(), func(err error) bool { return !onlyCanceled(err) })
		case interface{ Unwrap() error }:
			err = inner.Unwrap()
		default:
			return errors.Is(err, context.Canceled) // a driver's own kind of saying so
		}
	}
	return err != nil
}

// actor is who jobs act as.
func (r *Runner) actor() market.Actor { return market.SystemActor(r.Centre) }
