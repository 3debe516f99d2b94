package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"noiviec/internal/market"
	"noiviec/jobs"
	"noiviec/matcher"
)

type backtestCmd struct {
	Outcomes string `placeholder:"FILE" help:"CSV of shown lists and what came of them, as \"measure market --outcomes\" writes it, instead of this service's own records."`
	Weights  string `placeholder:"FILE" help:"JSON of weights to compare, instead of fitting some."`
	Propose  bool   `help:"Store the proposal for an administrator to decide about."`
}

func (c *backtestCmd) Run(e *env) error {
	today, o, err := c.read(e)
	if err != nil {
		return err
	}
	instead, err := c.instead()
	if err != nil {
		return err
	}
	b, err := matcher.Compare(o.Seen, today, matcher.FitOptions{Looked: o.Looked}, instead)
	if errors.Is(err, matcher.ErrTooFew) {
		return fmt.Errorf("%s (%w)", e.say("Chưa đủ kết quả để so sánh: cần thêm danh sách đã xem và người được nhận", "Too few outcomes to compare: more lists that were seen and people hired are needed"), err)
	}
	if err != nil {
		return err
	}
	set, err := jobs.Proposal(b, o)
	if err != nil {
		return err
	}
	if err := c.tell(e, b, set); err != nil {
		return err
	}
	if c.Propose {
		if _, err := e.desk().ProposeWeights(e.ctx, e.actor(), e.now(), set); err != nil {
			return err
		}
	}
	if len(b.Worse) > 0 {
		return errProblems
	}
	return nil
}

// read gives the weights in force and the outcomes. Outcomes of a file need no records: where there are none, the
// weights are those the program comes with.
func (c *backtestCmd) read(e *env) (today matcher.Weights, o jobs.Outcomes, err error) {
	_, missing := os.Stat(e.Data)
	if c.Outcomes == "" || c.Propose || missing == nil || e.Mongo != "" {
		if err := e.open(); err != nil {
			return today, o, err
		}
		if today, _, err = jobs.WeightsInForce(e.ctx, e.st, centreID); err != nil {
			return today, o, err
		}
	} else {
		today = matcher.DefaultWeights()
	}
	if c.Outcomes == "" {
		o, err = jobs.RecordedOutcomes(e.ctx, e.st, centreID, today.Digest(), market.DateOf(e.now()))
		return today, o, err
	}
	f, err := os.Open(c.Outcomes)
	if err != nil {
		return today, o, err
	}
	defer f.Close()
	if o, err = jobs.ReadOutcomes(f); err != nil {
		return today, o, err
	}
	return today, o, o.ScoredWith(today.Digest())
}

// instead reads weights of a file.
func (c *backtestCmd) instead() (*matcher.Weights, error) {
	if c.Weights == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.Weights)
	if err != nil {
		return nil, err
	}
	w := matcher.DefaultWeights()
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read weights: %w", err)
	}
	return &w, w.Check()
}

// tell prints the figures, one a line as "policy.name value", then the parts, then the verdict.
func (c *backtestCmd) tell(e *env, b matcher.Backtest, set market.WeightSet) error {
	if e.JSON {
		return e.printJSON(b)
	}
	line := func(name string, value any) { fmt.Fprintf(e.out, "%s %v\n", name, value) }
	line("source", set.Source)
	line("nights", b.Nights)
	line("split", b.Split)
	line("positives", b.Fitted.Positives)
	line("pairs", b.Fitted.Pairs)
	line("decay", fmt.Sprintf("%.2f", b.Fitted.Decay))
	line("penalty", b.Fitted.Penalty)
	line("loss.today", fmt.Sprintf("%.4f", b.Fitted.LossToday))
	line("loss.fitted", fmt.Sprintf("%.4f", b.Fitted.Loss))
	line("test.hires", b.TestHires)
	line("test.longest_list", b.Longest)
	for _, f := range set.Policies {
		for _, figure := range []struct {
			name  string
			value float64
		}{{"recall@1", f.Recall1}, {"recall@5", f.Recall5}, {"recall@10", f.Recall10}, {"mrr", f.MRR}, {"coverage", f.Coverage}, {"gini", f.Gini}} {
			line(f.Policy+"."+figure.name, fmt.Sprintf("%.4f", figure.value))
		}
	}
	for _, g := range set.Groups {
		line("group."+g.Group, fmt.Sprintf("n %d today %.4f proposed %.4f", g.N, g.Today, g.Proposed))
	}
	for _, f := range set.Policies[2:] {
		if p := set.Policies[0]; f.MRR > p.MRR || f.Recall5 > p.Recall5 || f.Recall10 > p.Recall10 {
			line("ahead_of_proposal", f.Policy)
		}
	}
	line("mrr.difference", fmt.Sprintf("%+.4f [%+.4f, %+.4f]", b.Difference, b.Low, b.High))
	line("moved", fmt.Sprintf("%.4f", b.Moved))
	line("calibration.off", fmt.Sprintf("%.4f", b.Off))
	for _, r := range b.Reliable {
		line("calibration", fmt.Sprintf("expected %.4f observed %.4f n %d", r.Expected, r.Observed, r.N))
	}
	for _, p := range set.Parts {
		line("weight."+p.Part, fmt.Sprintf("%d → %d", p.Today, p.Proposed))
	}
	line("verdict", verdict(e, b))
	return nil
}

func verdict(e *env, b matcher.Backtest) string {
	switch {
	case len(b.Worse) > 0:
		return "worse: " + e.say("kém hơn trọng số đang dùng về ", "falls behind the weights in force in ") + strings.Join(b.Worse, ", ")
	case b.Better():
		return "better: " + e.say("tìm ra người được nhận sớm hơn, không kém về mặt nào", "finds those hired sooner, and falls behind in nothing")
	}
	return "same: " + e.say("không khác đủ rõ so với trọng số đang dùng", "not clearly different from the weights in force")
}
