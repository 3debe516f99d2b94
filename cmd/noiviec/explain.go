package main

import (
	"fmt"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

type explainCmd struct {
	Posting string `arg:"" help:"Id of the posting."`
	Worker  string `arg:"" help:"Id of the worker."`
}

func (c *explainCmd) Run(e *env) error {
	if err := e.open(); err != nil {
		return err
	}
	p, err := store.Get[market.Posting](e.ctx, e.st, centreID, market.ID(c.Posting))
	if err != nil {
		return err
	}
	w, err := store.Get[market.Worker](e.ctx, e.st, centreID, market.ID(c.Worker))
	if err != nil {
		return err
	}
	runner, err := e.runner()
	if err != nil {
		return err
	}
	x, err := runner.Engine.Explain(e.ctx, p, w)
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
	text := func(r market.Reason) string { return reasonText(words, e.named(r)) }
	line := func(title string, reasons []market.Reason) {
		for _, r := range reasons {
			fmt.Fprintf(e.out, "%-14s %s\n", title, text(r))
		}
	}
	if !x.Passes {
		fmt.Fprintln(e.out, e.say("Không gợi ý vì:", "Not suggested because:"))
		line("  ×", x.Fails)
	} else {
		fmt.Fprintf(e.out, e.say("Đủ mọi điều kiện bắt buộc. Có %d việc hợp với người này hơn, %d người hợp với việc này hơn.\n",
			"Meets every hard condition. %d vacancies fit this person better, %d people fit this vacancy better.\n"), x.BetterPostings, x.BetterWorkers)
	}
	for _, p := range x.Parts {
		fmt.Fprintf(e.out, "%-14s %4d / %-3d %s\n", p.Name, p.Points, p.Max, text(p.Reason))
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

// named puts the names of skills, certificates and communes in place of their codes, and says a pay that is above by
// nothing as what it is.
func (e *env) named(r market.Reason) market.Reason {
	if r.Code == "pay_above" && len(r.Args) > 0 && r.Args[0] == "0" {
		r.Code = "pay_equal"
	}
	r.Args = slices.Clone(r.Args)
	for i, arg := range r.Args {
		if s, ok := e.tax.Skill(arg); ok {
			r.Args[i] = s.Name
		} else if c, ok := e.tax.Certificate(arg); ok {
			r.Args[i] = c.Name
		} else if c, ok := e.tax.Commune(arg); ok {
			r.Args[i] = c.Type + " " + c.Name
		}
	}
	return r
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
