// Command noiviec runs a provincial employment service: "noiviec demo" shows it on invented data, "noiviec
// serve" runs it for real, the other commands are for scripts and administrators. This folder is wiring
// only: flags, opening the rooms, printing. Exit codes: 0 done, 1 a problem that the message explains, 2 the
// command line is wrong.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"noiviec/internal/market"
	"noiviec/web"
)

// cli is every command and option; each option is also an environment variable.
type cli struct {
	options
	Demo     demoCmd     `cmd:"" help:"Fill an empty folder with an invented market, match it and serve it. Example: noiviec demo --addr 127.0.0.1:8080"`
	Serve    serveCmd    `cmd:"" help:"Serve pages and run the jobs. Example: noiviec serve --data /var/lib/noiviec --addr :8080 --secure"`
	Import   importCmd   `cmd:"" help:"Read postings or workers from CSV, XLSX or JSON lines. Example: noiviec import postings ads.csv --errors refused.csv"`
	Export   exportCmd   `cmd:"" help:"Write postings, workers or placements as CSV or XLSX. Example: noiviec export postings out.csv"`
	Run      runCmd      `cmd:"" help:"Run one job now. Example: noiviec run match"`
	Search   searchCmd   `cmd:"" help:"Search postings or workers. Example: noiviec search \"thợ hàn điện biên\" --limit 5"`
	Explain  explainCmd  `cmd:"" help:"Explain one pair: what is met, what is missing, the parts and their sum. Example: noiviec explain POSTING WORKER"`
	Backtest backtestCmd `cmd:"" help:"Fit the engine's weights to recorded outcomes and compare them with those in force; exit code 1 when they are worse. Example: noiviec backtest --outcomes outcomes.csv"`
	Report   reportCmd   `cmd:"" help:"Print the report of a month. Example: noiviec report --month 2018-04 --format csv"`
	Reindex  reindexCmd  `cmd:"" help:"Build the search index anew. Example: noiviec reindex"`
	Backup   backupCmd   `cmd:"" help:"Write everything to one file. Example: noiviec backup noiviec.backup"`
	Restore  restoreCmd  `cmd:"" help:"Fill an empty store from a backup. Example: noiviec restore noiviec.backup --data new-folder"`
	User     userCmd     `cmd:"" help:"Add an account, or set its password. Example: noiviec user an.nguyen --role counsellor --name \"Nguyễn Văn An\""`
	Doctor   doctorCmd   `cmd:"" help:"Look for problems and say what to do about each. Example: noiviec doctor"`
	Version  versionCmd  `cmd:"" help:"Print the version. Example: noiviec version"`
}

// options that every command takes.
type options struct {
	Data     string `default:"./noiviec-data" env:"NOIVIEC_DATA" placeholder:"DIR" help:"Folder of the embedded store and the search index."`
	Mongo    string `env:"NOIVIEC_MONGO_URI" placeholder:"URI" help:"MongoDB replica set to use instead of the embedded store."`
	Lang     string `default:"vi" enum:"vi,en" env:"NOIVIEC_LANG" help:"Language of messages: vi or en."`
	JSON     bool   `name:"json" env:"NOIVIEC_JSON" help:"Print figures as one JSON object on standard output."`
	LogLevel string `default:"warn" enum:"debug,info,warn,error" env:"NOIVIEC_LOG_LEVEL" help:"What is written to the log: debug, info, warn or error."`
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("noiviec"), kong.Writers(stdout, stderr), kong.UsageOnError(),
		kong.Description("Nối việc: connects workers and employers. No configuration is needed."), kong.Help(help),
		kong.Exit(func(code int) { exited = code }))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "noiviec: %v\n", err)
		return 2
	}
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // kong has checked it
	e := &env{options: c.options, ctx: ctx, out: stdout, err: stderr, log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))}
	defer e.close()
	name, _, _ := strings.Cut(parsed.Command(), " ")
	if asked := c.beside()[name]; asked != nil {
		code, err := e.ask(name, asked)
		if err == nil || !errors.Is(err, errNoService) {
			e.complain(err)
			return code
		}
	}
	if err := parsed.Run(e); err != nil {
		e.complain(err)
		return 1
	}
	return 0
}

// help prints kong's page and what the exit codes mean.
func help(o kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(o, ctx); err != nil {
		return err
	}
	_, err := fmt.Fprintln(ctx.Stdout, "\nExit codes: 0 done, 1 a problem that the message explains, 2 the command line is wrong.")
	return err
}

// complain tells the person what is wrong and what to do; a fault of ours is told as it is.
func (e *env) complain(err error) {
	if err == nil || errors.Is(err, errProblems) {
		return
	}
	words, wordsErr := web.Words(e.Lang)
	if wordsErr == nil && market.KindOf(err) != "" {
		fmt.Fprintf(e.err, "noiviec: %s\n", web.Say(words, err))
		if e.LogLevel == "debug" {
			fmt.Fprintf(e.err, "  %v\n", err)
		}
		return
	}
	fmt.Fprintf(e.err, "noiviec: %v\n", err)
}

// say chooses between the two languages for words that only commands speak.
func (e *env) say(vi, en string) string {
	if e.Lang == "en" {
		return en
	}
	return vi
}
