package main

import (
	"fmt"
	"strings"

	"noiviec/internal/market"
	"noiviec/jobs"
)

type explainCmd struct {
	Posting string `arg:"" help:"Id of the posting."`
	Worker  string `arg:"" help:"Id of the worker."`
}

func (c *explainCmd) Run(e *env) error {
	if err := e.open(); err != nil {
		return err
	}
	x, err := jobs.Explain(e.ctx, jobs.Config{Centre: centreID, Store: e.st, Tax: e.tax}, market.ID(c.Posting), market.ID(c.Worker), e.now())
	if err != nil {
		return err
	}
	if e.JSON {
		return e.printJSON(x)
	}
	words, err := e.words()
	if err != nil {
		return err
	}
	line := func(title string, reasons []market.Reason) {
		for _, r := range reasons {
			fmt.Fprintf(e.out, "%-14s %s\n", title, reasonText(words, r))
		}
	}
	if !x.Passes {
		fmt.Fprintln(e.out, e.say("Không giới thiệu được:", "Cannot be suggested:"))
		line("  ×", x.Fails)
	}
	for _, p := range x.Parts {
		fmt.Fprintf(e.out, "%-14s %4d / %-3d %s\n", p.Name, p.Points, p.Max, reasonText(words, p.Reason))
	}
	fmt.Fprintf(e.out, "%-14s %4d = %d\n", e.say("tổng", "sum"), x.Sum(), x.Score)
	line(e.say("vì", "because"), x.Reasons)
	line(e.say("lưu ý", "note"), x.Warnings)
	line(e.say("còn thiếu", "missing"), x.Missing)
	if x.Change != nil {
		line(e.say("nếu thay đổi", "would change"), []market.Reason{*x.Change})
	}
	return nil
}

// reasonText words a reason as the pages do for staff; a code that has no words is shown with its arguments.
func reasonText(words func(string, ...any) string, r market.Reason) string {
	args := make([]any, len(r.Args))
	for i, a := range r.Args {
		args[i] = a
	}
	for _, prefix := range []string{"staff_reason.", "reason."} {
		if text := words(prefix+r.Code, args...); !strings.HasPrefix(text, "⟦") {
			return text
		}
	}
	return strings.TrimSpace(r.Code + " " + strings.Join(r.Args, " "))
}
