package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"noiviec/web"
)

type serveCmd struct {
	Addr     string            `default:"127.0.0.1:8080" env:"NOIVIEC_ADDR" help:"Address to serve on."`
	Secure   bool              `env:"NOIVIEC_SECURE" help:"The pages are reached by https: cookies and headers say so."`
	Proxies  []string          `env:"NOIVIEC_PROXIES" help:"Addresses of proxies whose X-Forwarded-For is believed."`
	Schedule map[string]string `mapsep:";" env:"NOIVIEC_SCHEDULE" placeholder:"JOB=LINE;…" help:"When jobs run, instead of the built-in lines: \"placements=*/5 * * * *;match=0 2 * * *\"."`
	Dev      bool              `help:"Read templates from the folder web/ for every page."`
}

func (c *serveCmd) Run(e *env) error {
	if err := e.openIndex(); err != nil {
		return err
	}
	fmt.Fprintf(e.err, e.say("Nối việc chạy ở http://%s (dừng: Ctrl+C)\n", "noiviec serves http://%s (stop: Ctrl+C)\n"), c.Addr)
	return c.serve(e)
}

// serve runs pages, schedule and follower until the program is asked to stop; requests in flight are finished.
// first names jobs to start with.
func (c *serveCmd) serve(e *env, first ...string) error {
	e.schedules = c.Schedule
	runner, err := e.runner()
	if err != nil {
		return err
	}
	server, err := web.New(web.Config{Addr: c.Addr, Centre: centreID, Store: e.st, Desk: e.desk(), Index: e.index, Runner: runner, Tax: e.tax, Lexicon: runner.Lexicon, Engine: runner.Engine,
		Now: e.now, Secure: c.Secure, Dev: c.Dev, Proxies: c.Proxies, Log: e.log})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(e.ctx)
	defer stop()
	if shut, err := e.answer(runner); err != nil { // the service is worth more than its door
		e.log.Warn("other commands cannot reach this service", "err", err)
	} else {
		defer shut()
	}
	var following sync.WaitGroup
	following.Go(func() { runner.Follow(ctx, nil) })
	if err := runner.Schedule(); err != nil {
		return err
	}
	if err := runner.Resume(ctx); err != nil {
		return err
	}
	for _, job := range first {
		if err := runner.Start(ctx, job, "command", ""); err != nil {
			return err
		}
	}
	err = server.Listen(ctx)
	stop()
	ending, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	runner.Stop(ending)
	following.Wait() // after the runs: a match keeps the follower waiting
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
