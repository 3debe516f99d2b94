package main

import (
	"context"

	"noiviec/matcher/interest"
)

// trial goes through all moments in time order. At each, ways and baselines make their list from what was
// recorded before it; only then the judges look at what the person opened.
type trial struct {
	v        *views
	memories []*interest.Memory
	ways     []*way
	base     *baselines
	watch    func(name string, m moment, order []int32) // sees every list as it is made; nil for nobody
}

// way is one setting of our engine under judgement.
type way struct {
	name    string
	memory  *interest.Memory
	weights *interest.Weights
	choose  func(moment) *interest.Weights // other weights for other moments; nil for weights
	shown   *interest.Exposure
	judge   *judge
	given   func(*interest.Query, moment, []interest.Ranked) // sees every list before it counts as shown; nil for nobody
}

func newTrial(v *views) *trial {
	return &trial{v: v, memories: []*interest.Memory{interest.New(v.openings, v.people).Empty()}, base: newBaselines(v)}
}

func (t *trial) add(name string, weights interest.Weights, shown *interest.Exposure) *way {
	w := &way{name: name, memory: t.memories[0], weights: &weights, shown: shown, judge: newJudge(len(t.v.openings))}
	t.ways = append(t.ways, w)
	return w
}

func (t *trial) run(ctx context.Context) error {
	next := 0
	for _, m := range t.v.moments {
		for ; next < len(t.v.history) && t.v.history[next].At.Before(m.at); next++ {
			if err := t.record(t.v.history[next]); err != nil {
				return err
			}
		}
		if err := t.judge(m); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (t *trial) record(v interest.View) error {
	for _, y := range t.memories {
		if err := y.Record(v); err != nil {
			return err
		}
	}
	t.base.record(v)
	return nil
}

// judge makes every list of a moment, beside each other where there are processors.
func (t *trial) judge(m moment) error {
	based := make(chan struct{})
	go func() {
		defer close(based)
		t.base.judge(m, t.watch)
	}()
	defer func() { <-based }()
	asked := map[*interest.Memory]*interest.Query{}
	for _, y := range t.memories {
		q, err := y.Ask(m.person, m.at)
		if err != nil {
			return err
		}
		asked[y] = q
	}
	for _, w := range t.ways {
		order := w.list(asked[w.memory], m)
		if t.watch != nil {
			t.watch(w.name, m, order)
		}
		w.judge.see(order, m.truth)
	}
	return nil
}

// list ranks all openings and counts the first ten as shown.
func (w *way) list(q *interest.Query, m moment) []int32 {
	weights := w.weights
	if w.choose != nil {
		weights = w.choose(m)
	}
	ranked := q.Rank(weights, w.shown)
	first := ranked[:min(listed, len(ranked))]
	if w.given != nil {
		w.given(q, m, first)
	}
	w.shown.Show(first)
	order := make([]int32, len(ranked))
	for i, r := range ranked {
		order[i] = r.Opening
	}
	return order
}

// prefix stands before the names of its figures; ours have none.
func (w *way) prefix() string {
	if w.name == "" {
		return ""
	}
	return w.name + "."
}

// judged prints what the judges say, ours first.
func (t *trial) judged(out *matchFigures) {
	for _, w := range t.ways {
		if w.name == "fitted_before" { // half of it is of people whose looks it was fitted to later than their list
			continue
		}
		out.judged(w.prefix(), w.judge.figures())
	}
	for _, name := range baselineNames {
		out.judged(name+".", t.base.judges[name].figures())
	}
}
