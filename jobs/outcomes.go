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
	Weights string // digest of the weights of a file's scores, "" not said
	Skipped int    // pairs left out: scored with other weights than those asked for
}

// simulatedID begins the ids of people and postings that never were.
const simulatedID = "simulated-"

// ReadOutcomes reads a table with the columns night, worker, posting, position, probability (that it was shown there
// and looked at), score, one for each part of the score, approved, referred, hired and stayed90; columns named
// "group.KIND" name the person's group of a kind, and a column "weights" the digest of the weights that scored, the
// same in every row. Other columns are ignored. A row that cannot be is refused with its line.
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
				err = t.weights(row, &out, line)
			}
			if err == nil {
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

// weights reads which weights scored a row: all of a table are scored with the same.
func (t *outcomeTable) weights(row []string, out *Outcomes, line int) error {
	i, ok := t.at["weights"]
	if !ok || line > 2 && row[i] == out.Weights {
		return nil
	}
	if line > 2 {
		return fmt.Errorf("weights are %q, the rows before have %q", row[i], out.Weights)
	}
	out.Weights = strings.Clone(row[i])
	return nil
}

// ScoredWith refuses outcomes of a file that says that other weights scored them: what is known of them are shares of
// each part's whole.
func (o *Outcomes) ScoredWith(digest string) error {
	if o.Weights != "" && o.Weights != digest {
		return fmt.Errorf("the outcomes were scored with the weights %s, those in force are %s: record them anew with those in force", o.Weights, digest)
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

// showingDays is how long a list that was shown is kept, and how far back a fit reads.
const showingDays = 365

// RecordedOutcomes gathers what this service has shown in the year before a day and what came of it. What came of a
// pair belongs to the last night it was shown before, to every list of that night. Only lists scored with the given
// weights count, since shares of parts are compared.
func RecordedOutcomes(ctx context.Context, st *store.Store, centre market.ID, digest string, today market.Date) (Outcomes, error) {
	out := Outcomes{Source: market.FromRecords}
	g := gathering{came: map[pairKey][]came{}, shown: map[pairKey][]int{}, groups: map[market.ID][]string{}}
	if err := g.load(ctx, st, centre); err != nil {
		return out, err
	}
	names := matcher.PartNames()
	err := eachShowing(ctx, st, centre, today.AddDays(-showingDays), today, func(l market.Showing) {
		for i, item := range l.Items {
			if l.Weights != digest {
				out.Skipped++
				continue
			}
			key := pairKey{l.Subject, item.Other}
			if l.Side == market.ForWorker {
				key = pairKey{item.Other, l.Subject}
			}
			s := matcher.Seen{Night: dayOf(l.On), List: string(l.To) + " " + string(l.Side) + " " + string(l.Subject), Posting: string(key.posting), Place: item.At(i),
				Chance: float64(max(1, item.Chance)) / market.Certain, Score: item.Score, Groups: g.groups[key.worker]}
			if l.Side == market.ForPosting {
				s.Item = string(key.worker)
			}
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
	})
	if err != nil {
		return out, fmt.Errorf("load showings: %w", err)
	}
	g.give(out.Seen)
	return out, nil
}

// eachShowing gives every list that was shown on the days from one to another, the earliest first.
func eachShowing(ctx context.Context, st *store.Store, centre market.ID, from, to market.Date, use func(market.Showing)) error {
	q := store.Query{Centre: centre, Index: "showings_by_day", From: from, To: to, Limit: 500}
	for {
		page, err := store.Find[market.Showing](ctx, st, q)
		if err != nil {
			return err
		}
		for _, l := range page.Items {
			use(l)
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// forgetShowings deletes the lists that were shown more than a year before a day, in batches.
func forgetShowings(ctx context.Context, st *store.Store, centre market.ID, today market.Date) (gone int, err error) {
	q := store.Query{Centre: centre, Index: "showings_by_day", To: today.AddDays(-showingDays - 1), Limit: 200}
	for {
		page, err := store.Find[market.Showing](ctx, st, q)
		if err != nil || len(page.Items) == 0 {
			return gone, err
		}
		ops := make([]store.Op, len(page.Items))
		for i := range page.Items {
			ops[i] = store.Delete(&page.Items[i])
		}
		if err := st.Apply(ctx, ops...); err != nil {
			return gone, err
		}
		gone += len(ops)
	}
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

// give puts what came of a pair to the last night it was shown before, in every list of that night: a list it does not
// stand in as chosen would count as one that passed it over.
func (g *gathering) give(all []matcher.Seen) {
	for key, list := range g.came {
		for _, c := range list {
			var last []int
			for _, i := range g.shown[key] {
				days := int(c.on) - int(all[i].Night)
				if days < 0 || days > outcomeDays || len(last) > 0 && all[i].Night < all[last[0]].Night {
					continue
				}
				if len(last) > 0 && all[i].Night > all[last[0]].Night {
					last = last[:0]
				}
				last = append(last, i)
			}
			for _, i := range last {
				all[i].Outcome = max(all[i].Outcome, c.to)
			}
		}
	}
}
