package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"noiviec/internal/files"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/search"
)

type reportCmd struct {
	Month  string `required:"" placeholder:"2018-04" help:"Month of the report."`
	Format string `default:"text" enum:"text,csv" help:"text for people, csv for programs."`
}

func (c *reportCmd) Run(e *env) error {
	month, err := market.ParseMonth("month", c.Month)
	if err != nil {
		return err
	}
	if err := e.open(); err != nil {
		return err
	}
	report, err := e.desk().MonthReport(e.ctx, e.actor(), month)
	if err != nil {
		return err
	}
	words, err := e.words()
	switch {
	case err != nil:
		return err
	case e.JSON:
		return e.printJSON(report)
	case c.Format == "csv":
		return files.ReportCSV(e.out, report)
	}
	return files.ReportText(e.out, report, func(key string) string { return words(key) })
}

type searchCmd struct {
	Query string `arg:"" help:"What to look for, as people type it."`
	Kind  string `default:"posting" enum:"posting,worker" help:"posting or worker."`
	Limit int    `default:"10" help:"How many hits."`
}

func (c *searchCmd) Run(e *env) error {
	if err := e.freshIndex(); err != nil {
		return err
	}
	result, err := e.index.Search(e.ctx, search.Query{Centre: centreID, Text: c.Query, Kind: search.Kind(c.Kind), Limit: c.Limit, Today: market.DateOf(e.now())})
	if err != nil {
		return err
	}
	if e.JSON {
		return e.printJSON(result)
	}
	words, err := e.words()
	if err != nil {
		return err
	}
	for i, hit := range result.Hits {
		fmt.Fprintf(e.out, "%d\t%s\t%.3f\t%s\t%s\n", i+1, hit.ID, hit.Score, hit.Title, whys(words, hit.Why))
	}
	if len(result.Hits) == 0 {
		fmt.Fprintln(e.err, e.say("Không tìm thấy gì. Thử ít chữ hơn.", "Nothing found. Try fewer words."))
	}
	return nil
}

func whys(words func(string, ...any) string, reasons []market.Reason) string {
	out := make([]string, len(reasons))
	for i, r := range reasons {
		out[i] = reasonText(words, r)
	}
	return strings.Join(out, "; ")
}

type reindexCmd struct{}

func (reindexCmd) Run(e *env) error {
	if err := e.openIndex(); err != nil {
		return err
	}
	if err := rebuild(e); err != nil {
		return err
	}
	postings, workers := e.index.Count()
	if e.JSON {
		return e.printJSON(map[string]int{"postings": postings, "workers": workers})
	}
	fmt.Fprintf(e.out, e.say("Đã lập chỉ mục %d tin tuyển dụng và %d người lao động.\n", "Indexed %d postings and %d workers.\n"), postings, workers)
	return nil
}

type runCmd struct {
	Job string `arg:"" help:"match, placements, expire, referrals, followups, weights, fairness or index."`
}

func (c *runCmd) Run(e *env) error {
	if err := e.openIndex(); err != nil {
		return err
	}
	r, err := e.runner()
	if err != nil {
		return err
	}
	run, err := r.Run(e.ctx, c.Job, "command", "")
	if err != nil {
		return err
	}
	if e.JSON {
		return e.printJSON(run)
	}
	fmt.Fprintf(e.out, "%s: %s, %.1f s\n", run.Job, run.State, run.Ended.Sub(run.Started).Seconds())
	for _, name := range slices.Sorted(maps.Keys(run.Counts)) {
		fmt.Fprintf(e.out, "  %s %d\n", name, run.Counts[name])
	}
	return nil
}

type backupCmd struct {
	File       string `arg:"" help:"File to write; it must not exist."`
	Passphrase string `env:"NOIVIEC_BACKUP_PASSPHRASE" help:"Encrypt with this passphrase."`
}

func (c *backupCmd) target() (string, int) { return c.File, os.O_EXCL }

func (c *backupCmd) Run(e *env) error {
	if err := e.open(); err != nil {
		return err
	}
	var manifest store.Manifest
	if err := e.into(c.File, os.O_EXCL, func(w io.Writer) (err error) {
		manifest, err = e.st.Backup(e.ctx, w, c.Passphrase)
		return err
	}); err != nil {
		return err
	}
	return e.printManifest(manifest)
}

func (e *env) printManifest(m store.Manifest) error {
	if e.JSON {
		return e.printJSON(m)
	}
	fmt.Fprintf(e.out, e.say("%d tài liệu, SHA-256 %s\n", "%d documents, SHA-256 %s\n"), m.Total(), m.SHA256)
	return nil
}

type restoreCmd struct {
	File       string `arg:"" type:"existingfile" help:"Backup to read."`
	Passphrase string `env:"NOIVIEC_BACKUP_PASSPHRASE" help:"Passphrase of an encrypted backup."`
}

// counted shows what is read of a file; an archive is read twice, once to check it.
type counted struct {
	*os.File
	bar *bar
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	_, _ = c.bar.Write(p[:n])
	return n, err
}

func (c *restoreCmd) Run(e *env) error {
	f, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("read backup: %w", err)
	}
	defer f.Close()
	if e.st, err = store.Open(e.ctx, store.Options{Dir: e.Data, MongoURI: e.Mongo}); err != nil {
		return err
	}
	bar := e.byteBar(e.say("Đọc ", "Reading ") + filepath.Base(c.File))
	manifest, err := e.st.Restore(e.ctx, counted{f, bar}, c.Passphrase)
	bar.done()
	if err != nil {
		return err
	}
	return e.printManifest(manifest)
}
