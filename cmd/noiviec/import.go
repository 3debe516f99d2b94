package main

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"noiviec/internal/casework"
	"noiviec/internal/files"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

type importCmd struct {
	Postings importPostings `cmd:"" help:"Read vacancies. Example: noiviec import postings ads.csv --errors refused.csv"`
	Workers  importWorkers  `cmd:"" help:"Read people. Example: noiviec import workers people.xlsx --consent \"Danh sách số 12/UBND\""`
}

type importFlags struct {
	File   string `arg:"" type:"existingfile" help:"CSV, XLSX or JSON lines."`
	DryRun bool   `help:"Read and check everything, store nothing."`
	Errors string `placeholder:"FILE" help:"Write refused rows with their reasons here, to correct and import again."`
}

type importPostings struct {
	importFlags
	AsOpen bool `help:"Open the postings at once instead of leaving them for a check."`
}

// importBatch is how many rows are stored in one batch.
const importBatch = 200

func (c *importPostings) Run(e *env) error {
	im, data, err := e.importer(c.File)
	if err != nil {
		return err
	}
	reading := e.bar(-1, e.say("Đọc tệp", "Reading"))
	plan, err := im.ReadPostings(c.File, bytes.NewReader(data), reading.set)
	reading.done()
	if err != nil {
		return err
	}
	bar := e.bar(len(plan.Documents), e.say("Nhập tin", "Importing"))
	for from := 0; from < len(plan.Documents) && !c.DryRun; from += importBatch {
		to := min(from+importBatch, len(plan.Documents))
		if err := e.storePostings(plan, from, to, c.AsOpen); err != nil {
			return err
		}
		bar.set(to)
	}
	bar.done()
	if !c.DryRun {
		if err := e.freshIndex(); err != nil {
			return err
		}
	}
	return e.reportImport(plan.Counts, plan.Refused, c.Errors)
}

// storePostings stores one batch; when a row in it is refused, each is stored on its own so that only that one is.
func (e *env) storePostings(plan *files.PostingPlan, from, to int, open bool) error {
	outcomes, err := e.desk().ImportPostings(e.ctx, e.actor(), e.now(), plan.Documents[from:to], open)
	if err == nil {
		for _, outcome := range outcomes {
			if outcome == casework.Unchanged {
				plan.Counts.MarkUnchanged()
			}
		}
		return nil
	}
	if market.KindOf(err) == market.Unavailable || market.KindOf(err) == "" {
		return err
	}
	if to-from == 1 {
		plan.Refuse(from, market.Problems(err))
		return nil
	}
	for i := from; i < to; i++ {
		if err := e.storePostings(plan, i, i+1, open); err != nil {
			return err
		}
	}
	return nil
}

type importWorkers struct {
	importFlags
	Consent string `placeholder:"DOCUMENT" help:"Paper on which the people of the list gave their consent: number, date, where it is kept."`
}

func (c *importWorkers) Run(e *env) error {
	im, data, err := e.importer(c.File)
	if err != nil {
		return err
	}
	if c.Consent != "" {
		im.OnBehalf = &files.OnBehalf{Document: c.Consent}
	}
	reading := e.bar(-1, e.say("Đọc tệp", "Reading"))
	plan, err := im.ReadWorkers(c.File, bytes.NewReader(data), reading.set)
	reading.done()
	if err != nil {
		return err
	}
	bar := e.bar(len(plan.Documents), e.say("Nhập người lao động", "Importing"))
	for i, w := range plan.Documents {
		if c.DryRun {
			break
		}
		if err := e.storeWorker(plan, i, w); err != nil {
			return err
		}
		bar.set(i + 1)
	}
	bar.done()
	if !c.DryRun {
		if err := e.freshIndex(); err != nil {
			return err
		}
	}
	return e.reportImport(plan.Counts, plan.Refused, c.Errors)
}

func (e *env) storeWorker(plan *files.WorkerPlan, i int, w market.Worker) error {
	_, err := store.Get[market.Worker](e.ctx, e.st, centreID, w.ID)
	if err == nil {
		plan.Counts.MarkUnchanged()
		return nil
	}
	if market.KindOf(err) == market.NotFound {
		_, err = e.desk().RegisterWorker(e.ctx, e.actor(), e.now(), w)
	}
	switch market.KindOf(err) {
	case "", market.Unavailable:
		return err
	}
	plan.Refuse(i, market.Problems(err))
	return nil
}

func (e *env) importer(file string) (files.Import, []byte, error) {
	if err := e.open(); err != nil {
		return files.Import{}, nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return files.Import{}, nil, fmt.Errorf("read import: %w", err)
	}
	return files.Import{Centre: centreID, Source: filepath.Base(file), Tax: e.lexicon(), Now: e.now(), Province: e.centre.Province}, data, nil
}

func (e *env) reportImport(counts files.Counts, refused []files.RefusedRow, errorsFile string) error {
	words, err := e.words()
	if err != nil {
		return err
	}
	if errorsFile != "" && len(refused) > 0 {
		f, err := os.Create(errorsFile)
		if err != nil {
			return fmt.Errorf("write refused rows: %w", err)
		}
		if err := files.WriteRefused(f, refused, words); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	if e.JSON {
		return e.printJSON(counts)
	}
	for i, r := range refused {
		if i == 10 {
			fmt.Fprintf(e.err, e.say("… và %d dòng nữa; xem hết bằng --errors FILE\n", "… and %d more; see all with --errors FILE\n"), len(refused)-i)
			break
		}
		reasons := make([]string, len(r.Errors))
		for j, problem := range r.Errors {
			reasons[j] = words(problem.Key, problem.Args...)
		}
		fmt.Fprintf(e.err, e.say("dòng %d: %s\n", "row %d: %s\n"), r.Row.Line, strings.Join(reasons, "; "))
	}
	fmt.Fprintf(e.out, "rows %d imported %d copies %d unchanged %d refused %d pay_stated %d pay_understood %d pay_implausible %d place_stated %d place_resolved %d nationwide %d abroad %d\n",
		counts.Rows, counts.Imported, counts.Copies, counts.Unchanged, counts.Refused, counts.PayStated, counts.PayUnderstood, counts.PayImplausible,
		counts.PlaceStated, counts.PlaceResolved, counts.Nationwide, counts.Abroad)
	return nil
}

type exportCmd struct {
	What string `arg:"" enum:"postings,workers,placements" help:"postings, workers or placements."`
	File string `arg:"" help:"File to write: .csv or .xlsx."`
}

func (c *exportCmd) target() (string, int) { return c.File, os.O_TRUNC }

func (c *exportCmd) Run(e *env) error {
	if err := e.open(); err != nil {
		return err
	}
	x := files.Export{Format: files.Format(strings.TrimPrefix(filepath.Ext(c.File), ".")), Lang: e.Lang, Tax: e.tax}
	rows := 0
	if err := e.into(c.File, os.O_TRUNC, func(w io.Writer) error {
		switch c.What {
		case "postings":
			return x.Postings(w, all[market.Posting](e, &rows))
		case "workers":
			return x.Workers(w, all[market.Worker](e, &rows))
		}
		return x.Placements(w, all[market.Placement](e, &rows))
	}); err != nil {
		return err
	}
	if e.JSON {
		return e.printJSON(map[string]any{"what": c.What, "rows": rows, "file": c.File})
	}
	fmt.Fprintf(e.out, e.say("Đã ghi %d dòng vào %s\n", "Wrote %d rows to %s\n"), rows, c.File)
	return nil
}

// all streams every document of a kind and counts them.
func all[T any](e *env, rows *int) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		err := store.Each(e.ctx, e.st, centreID, func(doc T) error {
			*rows++
			if !yield(&doc, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && err != errEnough {
			yield(nil, err)
		}
	}
}

var errEnough = fmt.Errorf("enough")
