package jobs

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// Outcomes are lists as people saw them, and what came of each pair.
type Outcomes struct {
	Seen    []matcher.Seen
	Source  string // market.FromRecords…
	Looked  bool   // the chances hold whether a place was looked at
	Skipped int    // pairs left out: scored with other weights than those asked for
}

// simulatedID begins the ids of people and postings that never were.
const simulatedID = "simulated-"

// ReadOutcomes reads a table with the columns night, worker, posting, position, probability (that it was shown there
// and looked at), score, one for each part of the score, approved, referred, hired and stayed90; columns named
// "group.KIND" name the person's group of a kind. Other columns are ignored. A row that cannot be is refused with
// its line.
func ReadOutcomes(r io.Reader) (Outcomes, error) {
	out := Outcomes{Source: market.FromSimulator, Looked: true}
	c := csv.NewReader(r)
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return out, fmt.Errorf("read outcomes: no first line with the names of the columns: %w", err)
	}
	t := outcomeTable{at: map[string]int{}}
	for i, name := range head {
		t.at[strings.TrimPrefix(name, "\ufeff")] = i
	}
	if err := t.check(); err != nil {
		return out, err
	}
	for line := 2; ; line++ {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err == nil {
			var s matcher.Seen
			if s, err = t.read(row); err == nil {
				out.Seen = append(out.Seen, s)
				if !strings.HasPrefix(s.List, simulatedID) {
					out.Source = market.FromFile
				}
				continue
			}
		}
		return out, fmt.Errorf("read outcomes: line %d: %w", line, err)
	}
}

// outcomeTable finds columns by name.
type outcomeTable struct{ at map[string]int }

func (t *outcomeTable) check() error {
	var missing []string
	for _, name := range slices.Concat([]string{"night", "worker", "posting", "position", "probability", "score", "approved", "referred", "hired", "stayed90"}, matcher.PartNames()) {
		if _, ok := t.at[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("read outcomes: there is no column %s", strings.Join(missing, ", "))
	}
	return nil
}

func (t *outcomeTable) read(row []string) (s matcher.Seen, err error) {
	cell := func(name string) string { return row[t.at[name]] }
	number := func(name string) int {
		n, problem := strconv.Atoi(cell(name))
		if problem != nil && err == nil {
			err = fmt.Errorf("%s is %q, not a whole number", name, cell(name))
		}
		return n
	}
	night, problem := time.Parse(time.DateOnly, cell("night"))
	if problem != nil {
		return s, fmt.Errorf("night is %q, not a date like 2026-11-24", cell("night"))
	}
	s = matcher.Seen{Night: matcher.NewDay(night.Year(), int(night.Month()), night.Day()), List: strings.Clone(cell("worker")), Posting: strings.Clone(cell("posting")),
		Place: number("position"), Score: number("score")}
	if s.Chance, problem = strconv.ParseFloat(cell("probability"), 64); problem != nil {
		return s, fmt.Errorf("probability is %q, not a number", cell("probability"))
	}
	for _, part := range matcher.PartNames() {
		s.Points = append(s.Points, number(part))
	}
	for i, name := range []string{"approved", "referred", "hired", "stayed90"} {
		switch yes := cell(name); {
		case yes == "1" || yes == "true":
			s.Outcome = matcher.Outcome(i + 1)
		case yes != "0" && yes != "false" && yes != "":
			return s, fmt.Errorf("%s is %q, not 0 or 1", name, yes)
		}
	}
	for name, i := range t.at {
		if kind, ok := strings.CutPrefix(name, "group."); ok && row[i] != "" {
			s.Groups = append(s.Groups, kind+":"+strings.Clone(row[i]))
		}
	}
	slices.Sort(s.Groups)
	if err != nil {
		return s, err
	}
	return s, s.Check()
}

// outcomeDays is how long after a showing something still came of it.
const outcomeDays = 30

// RecordedOutcomes gathers what this service has shown and what came of it. What came of a pair belongs to the last
// time it was shown before. Only lists scored with the given weights count, since shares of parts are compared.
func RecordedOutcomes(ctx context.Context, st *store.Store, centre market.ID, digest string) (Outcomes, error) {
	out := Outcomes{Source: market.FromRecords}
	g := gathering{came: map[pairKey][]came{}, shown: map[pairKey][]int{}, groups: map[market.ID][]string{}}
	if err := g.load(ctx, st, centre); err != nil {
		return out, err
	}
	names := matcher.PartNames()
	err := store.Each(ctx, st, centre, func(l market.Showing) error {
		for i, item := range l.Items {
			if l.Weights != digest {
				out.Skipped++
				continue
			}
			key := pairKey{l.Subject, item.Other}
			if l.Side == market.ForWorker {
				key = pairKey{item.Other, l.Subject}
			}
			s := matcher.Seen{Night: dayOf(l.On), List: string(l.To) + " " + string(l.Side) + " " + string(l.Subject), Posting: string(item.Other), Place: i + 1,
				Chance: float64(max(1, item.Chance)) / market.Certain, Score: item.Score, Groups: g.groups[key.worker]}
			for _, name := range names {
				s.Points = append(s.Points, item.Parts[name])
			}
			if s.Check() != nil { // of an engine with other parts
				out.Skipped++
				continue
			}
			g.shown[key] = append(g.shown[key], len(out.Seen))
			out.Seen = append(out.Seen, s)
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("load showings: %w", err)
	}
	g.give(out.Seen)
	return out, nil
}

type pairKey struct{ posting, worker market.ID }

// came is how far a pair came, and when that began.
type came struct {
	on matcher.Day
	to matcher.Outcome
}

type gathering struct {
	came   map[pairKey][]came
	shown  map[pairKey][]int // into the records
	groups map[market.ID][]string
}

// load reads decisions, referrals, and who is of which group.
func (g *gathering) load(ctx context.Context, st *store.Store, centre market.ID) error {
	err := store.Each(ctx, st, centre, func(m market.Match) error {
		if m.State == market.MatchApproved {
			key := pairKey{m.Posting, m.Worker}
			g.came[key] = append(g.came[key], came{dayOf(m.DecidedOn), matcher.Wanted})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load matches: %w", err)
	}
	err = store.Each(ctx, st, centre, func(r market.Referral) error {
		key := pairKey{r.Posting, r.Worker}
		g.came[key] = append(g.came[key], came{dayOf(market.DateOf(r.RecordedAt)), outcomeOf(r)})
		return nil
	})
	if err != nil {
		return fmt.Errorf("load referrals: %w", err)
	}
	err = store.Each(ctx, st, centre, func(w market.Worker) error {
		if w.Sex != "" {
			g.groups[w.ID] = append(g.groups[w.ID], "sex:"+w.Sex)
		}
		if w.Ethnicity != "" {
			g.groups[w.ID] = append(g.groups[w.ID], "ethnicity:"+w.Ethnicity)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load workers: %w", err)
	}
	return nil
}

// outcomeOf tells how far a referral has come.
func outcomeOf(r market.Referral) matcher.Outcome {
	out := matcher.Wanted
	for _, step := range r.Steps {
		switch step.To {
		case market.ReferralIntroduced, market.ReferralInterview:
			out = max(out, matcher.Referred)
		case market.ReferralHired, market.ReferralStarted:
			out = max(out, matcher.Hired)
		case market.ReferralSettled:
			out = max(out, matcher.Stayed)
		}
	}
	return out
}

// give puts what came of a pair to the last time it was shown before.
func (g *gathering) give(all []matcher.Seen) {
	for key, list := range g.came {
		for _, c := range list {
			last := -1
			for _, i := range g.shown[key] {
				days := int(c.on) - int(all[i].Night)
				if days >= 0 && days <= outcomeDays && (last < 0 || all[i].Night > all[last].Night) {
					last = i
				}
			}
			if last >= 0 {
				all[last].Outcome = max(all[last].Outcome, c.to)
			}
		}
	}
}
