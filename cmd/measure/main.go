// Command measure prints the figures that the project claims, each beside a baseline of the same run. It is for the
// project's builders and is not shipped. Exit codes: 0 measured, 1 something could not be measured, 2 the command
// line is wrong. A figure that falls short is printed, not hidden behind an exit code.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

type cli struct {
	JSON        bool           `name:"json" help:"Print one JSON object on standard output."`
	Search      searchCmd      `cmd:"" help:"Judge labelled queries. Example: measure search --docs docs.csv --queries queries.csv"`
	Pay         payCmd         `cmd:"" help:"Judge the reading of pay. Example: measure pay salary_phrases.csv"`
	Tag         tagCmd         `cmd:"" help:"Tag a file of ads and print what was recognised. Example: measure tag ads.csv"`
	Market      marketCmd      `cmd:"" help:"Compare ways of choosing what people are shown in an invented labour market. Example: measure market --seeds 5"`
	Scale       scaleCmd       `cmd:"" help:"Time every list of an invented market, and compare with brute force. Example: measure scale --workers 100000 --postings 10000"`
	Match       matchCmd       `cmd:"" help:"Judge ranking by words, places and looks against what people looked at next. Example: measure match data/job-views-us"`
	Whatif      whatIfCmd      `cmd:"" help:"Time what-if and why-not on the demo's market. Example: measure whatif"`
	Terms       termsCmd       `cmd:"" help:"Count the codes that ads name. Example: measure terms ads.csv"`
	SearchSpeed searchSpeedCmd `cmd:"" help:"Time search on many postings. Example: measure search-speed --docs ads.csv --queries queries.csv"`
	Allocate    allocateCmd    `cmd:"" help:"Give seats to workers by auction, beside an exact solver. Example: measure allocate"`
}

// bench is what every measurement prints with.
type bench struct {
	ctx      context.Context
	out, err io.Writer
	json     bool
}

// say prints a line for people; with --json only the object is printed.
func (b *bench) say(format string, args ...any) {
	if !b.json {
		fmt.Fprintf(b.out, format+"\n", args...)
	}
}

// note tells how far a long measurement is, beside the figures.
func (b *bench) note(format string, args ...any) { fmt.Fprintf(b.err, format+"\n", args...) }

// figures ends a measurement: v as the one JSON object, when it was asked for.
func (b *bench) figures(v any) error {
	if !b.json {
		return nil
	}
	return json.NewEncoder(b.out).Encode(v)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var c cli
	parsed := kong.Parse(&c, kong.Name("measure"), kong.Description("Figures of noiviec, each beside its baseline."), kong.UsageOnError())
	if err := parsed.Run(&bench{ctx: ctx, out: os.Stdout, err: os.Stderr, json: c.JSON}); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		stop()
		os.Exit(1)
	}
}
