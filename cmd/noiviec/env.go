package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/jobs"
	"noiviec/search"
	"noiviec/web"
)

// env is what one command works with; rooms are opened when first asked for and closed at the end.
type env struct {
	options
	ctx       context.Context
	out, err  io.Writer
	log       *slog.Logger
	st        *store.Store
	tax       *taxonomy.Taxonomy
	index     *search.Index
	centre    market.CentreSettings
	file      io.Writer         // where a file goes that another process asked for, else nil
	schedules map[string]string // of jobs, instead of the built-in ones
	jobs      *jobs.Runner      // of the running service, nil elsewhere
}

// errProblems ends a command with exit code 1 after it has said everything itself.
var errProblems = errors.New("problems found")

func (e *env) now() time.Time { return time.Now() }

func (e *env) close() {
	if e.index != nil {
		_ = e.index.Close()
	}
	if e.st != nil {
		_ = e.st.Close()
	}
}

// open opens the store and the reference data, and makes the centre when the store is new.
func (e *env) open() error {
	if e.st != nil {
		return nil
	}
	var err error
	if e.tax, err = taxonomy.Load(); err != nil {
		return fmt.Errorf("load reference data: %w", err)
	}
	if e.st, err = store.Open(e.ctx, store.Options{Dir: e.Data, MongoURI: e.Mongo}); err != nil {
		return err
	}
	e.centre, err = e.desk().OpenCentre(e.ctx, e.now(), market.CentreSettings{
		Meta: market.Meta{ID: centreID}, Name: "Trung tâm Dịch vụ việc làm tỉnh Điện Biên", Province: "11"})
	return err
}

// centreID is the one service of a province's own installation.
var centreID = market.DerivedID("centre", "11")

// lexicon gives the reference data with the phrases that staff have added, to read texts with.
func (e *env) lexicon() *taxonomy.Taxonomy {
	lexicon := jobs.NewLexicon(e.st, nil, e.tax, centreID, e.log)
	if err := lexicon.Refresh(e.ctx); err != nil {
		e.log.Warn("texts are read without the added phrases", "err", err)
	}
	return lexicon.Tax()
}

func (e *env) desk() *casework.Desk { return casework.New(e.st, e.tax) }

func (e *env) actor() market.Actor { return market.SystemActor(centreID) }

// openIndex opens the search index beside the store: in the data folder also when the records are in MongoDB.
func (e *env) openIndex() error {
	if err := e.open(); err != nil || e.index != nil {
		return err
	}
	var err error
	e.index, err = search.Open(filepath.Join(e.Data, "index"))
	return err
}

// freshIndex opens the index and brings it up to date with the store.
func (e *env) freshIndex() error {
	if err := e.openIndex(); err != nil {
		return err
	}
	if e.index.NeedsRebuild() {
		bar := e.bar(-1, e.say("Lập chỉ mục tìm kiếm", "Building the search index"))
		defer bar.done()
		return jobs.RebuildIndex(e.ctx, e.st, e.index, centreID, bar.set)
	}
	_, err := e.checkIndex()
	return err
}

// checkIndex compares the index with the records and mends it.
func (e *env) checkIndex() (map[string]int, error) {
	bar := e.bar(-1, e.say("So chỉ mục với sổ gốc", "Comparing the index with the records"))
	defer bar.done()
	return jobs.CheckIndex(e.ctx, e.st, e.index, centreID)
}

// runner gives the jobs; progress goes to the terminal. The running service has its own.
func (e *env) runner() (*jobs.Runner, error) {
	if e.jobs != nil {
		return e.jobs, nil
	}
	bars := map[string]*bar{}
	return jobs.NewRunner(jobs.Config{Centre: centreID, Store: e.st, Desk: e.desk(), Tax: e.tax, Index: e.index, Now: e.now, Log: e.log, Schedules: e.schedules,
		Progress: func(job string, done, total int) {
			if bars[job] == nil {
				bars[job] = e.bar(total, job)
			}
			if bars[job].set(done); done >= total {
				bars[job].done()
			}
		}})
}

// bar shows progress on a terminal, and nothing elsewhere.
type bar struct{ b *progressbar.ProgressBar }

func (e *env) bar(total int, what string) *bar {
	f, ok := e.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))}
}

// byteBar counts bytes.
func (e *env) byteBar(what string) *bar {
	b := e.bar(-1, what)
	if b.b != nil {
		progressbar.OptionShowBytes(true)(b.b)
	}
	return b
}

// Write counts what goes by.
func (b *bar) Write(p []byte) (int, error) {
	if b.b != nil {
		_ = b.b.Add(len(p))
	}
	return len(p), nil
}

func (b *bar) set(n int) {
	if b.b != nil {
		_ = b.b.Set(n)
	}
}

func (b *bar) done() {
	if b.b != nil {
		_ = b.b.Finish()
	}
}

// printJSON prints one object and nothing else.
func (e *env) printJSON(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// words gives the catalogue of the chosen language.
func (e *env) words() (func(key string, args ...any) string, error) { return web.Words(e.Lang) }
