package main

import (
	"encoding/json"
	"slices"
	"time"

	"noiviec/matcher/interest"
)

type matchCmd struct {
	Dir  string `arg:"" type:"existingdir" help:"Folder with openings.csv, seekers.csv, history.csv and truth.csv."`
	More bool   `help:"Also judge without each part, without what people wrote, without the cap, and by halves of the people and of the time."`
	Why  string `help:"Also print the first ten of this seeker, with the points and the reason of every part." placeholder:"SEEKER"`
	Fit  bool   `help:"Also fit the weights to the history alone, print them, and judge weights on people and times they were not fitted to."`
}

// figure is one line of output.
type figure struct {
	name  string
	value float64
	whole bool
}

// matchFigures are printed one a line, or as one flat object.
type matchFigures struct {
	digest string
	all    []figure
}

func (f *matchFigures) add(name string, value float64) {
	f.all = append(f.all, figure{name, value, false})
}

func (f *matchFigures) count(name string, n int) {
	f.all = append(f.all, figure{name, float64(n), true})
}

func (f *matchFigures) judged(prefix string, j judgement) {
	f.add(prefix+"recall@10", j.Recall)
	f.add(prefix+"mrr", j.MRR)
	f.add(prefix+"ndcg@10", j.NDCG)
	f.add(prefix+"gini@10", j.Gini)
	f.add(prefix+"coverage", j.Coverage)
}

func (f *matchFigures) interval(name string, i interval) {
	f.add(name, i.mean)
	f.add(name+".low", i.low)
	f.add(name+".high", i.high)
}

// MarshalJSON makes one flat object.
func (f *matchFigures) MarshalJSON() ([]byte, error) {
	out := map[string]any{"data_sha256": f.digest}
	for _, one := range f.all {
		out[one.name] = one.value
	}
	return json.Marshal(out)
}

func (f *matchFigures) say(b *bench) {
	b.say("data_sha256 %s", f.digest)
	for _, one := range f.all {
		format := "%s %.4f"
		if one.whole {
			format = "%s %.0f"
		}
		b.say(format, one.name, one.value)
	}
}

func (c *matchCmd) Run(b *bench) error {
	start := time.Now()
	v, err := readViews(c.Dir)
	if err != nil {
		return err
	}
	out := &matchFigures{digest: v.digest}
	v.count(out)
	t := newTrial(v)
	ours := t.add("", interest.DefaultWeights, interest.Capped())
	if c.Why != "" {
		ours.given = func(q *interest.Query, m moment, first []interest.Ranked) {
			if v.people[m.person].ID == c.Why {
				v.explain(b, q, first, ours)
			}
		}
	}
	if c.More {
		t.addMore()
	}
	if c.Fit {
		if err := t.addFitted(out); err != nil {
			return err
		}
	}
	if err := t.run(b.ctx); err != nil {
		return err
	}
	t.judged(out)
	place := t.base.judges["bm25_place"]
	out.interval("difference.recall@10", bootstrap(ours.judge, place, hit))
	out.interval("difference.mrr", bootstrap(ours.judge, place, reciprocal))
	if c.More || c.Fit {
		t.halves(out)
	}
	out.add("seconds", time.Since(start).Seconds())
	out.say(b)
	return b.figures(out)
}

// count says what was read.
func (v *views) count(out *matchFigures) {
	out.count("people", len(v.moments))
	out.count("openings", len(v.openings))
	out.count("history", len(v.history))
	out.count("history_late", v.late)
	out.count("history_again", v.again())
}

// again counts the looks at what the person had looked at before.
func (v *views) again() (n int) {
	seen := map[[2]int32]bool{}
	for _, h := range v.history {
		pair := [2]int32{h.Person, h.Opening}
		if seen[pair] {
			n++
		}
		seen[pair] = true
	}
	return n
}

// addMore adds what shows where the result comes from.
func (t *trial) addMore() {
	t.add("uncapped", interest.DefaultWeights, nil)
	for _, part := range interest.PartNames() {
		t.add("without_"+part, interest.DefaultWeights.Without(part), interest.Capped())
	}
	silent := make([]interest.Person, len(t.v.people))
	for i, p := range t.v.people {
		silent[i].ID = p.ID
	}
	t.addMarket("nothing_written", interest.New(t.v.openings, silent))
	unfiled := slices.Clone(t.v.openings)
	for i := range unfiled {
		unfiled[i].Group = ""
	}
	t.addMarket("nothing_filed", interest.New(unfiled, t.v.people))
}

// addMarket adds ours with another market of the same numbers.
func (t *trial) addMarket(name string, m *interest.Market) {
	w := t.add(name, interest.DefaultWeights, interest.Capped())
	w.memory = m.Empty()
	t.memories = append(t.memories, w.memory)
}

// halves judges every way and BM25 with place on halves of the people, dealt by a hash, and of the time.
func (t *trial) halves(out *matchFigures) {
	n := len(t.v.moments)
	for _, half := range []struct {
		name string
		mine func(i int) bool
	}{
		{"people_1.", func(i int) bool { return t.v.half(t.v.moments[i].person) == 0 }},
		{"people_2.", func(i int) bool { return t.v.half(t.v.moments[i].person) == 1 }},
		{"earlier.", func(i int) bool { return i < n/2 }},
		{"later.", func(i int) bool { return i >= n/2 }},
	} {
		part := func(name string, j *judge) {
			recall, mrr := j.only(half.mine)
			out.add(half.name+name+"recall@10", recall)
			out.add(half.name+name+"mrr", mrr)
		}
		for _, w := range t.ways {
			if w.name == "" || w.name == "fitted_before" && half.name == "later." {
				part(w.prefix(), w.judge)
			}
		}
		part("bm25_place.", t.base.judges["bm25_place"])
	}
}

// explain prints a list with the points and the reason of every part.
func (v *views) explain(b *bench, q *interest.Query, first []interest.Ranked, w *way) {
	for i, r := range first {
		o := v.openings[r.Opening]
		b.note("%d. %d %s, %s, %s %s", i+1, r.Score, o.Title, o.Employer, o.Place, o.Region)
		for _, p := range q.Explain(r.Opening, w.weights, w.shown).Parts {
			b.note("   %+d %s: %s %v", p.Points, p.Name, p.Reason.Code, p.Reason.Args)
		}
	}
}
