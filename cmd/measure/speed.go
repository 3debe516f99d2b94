package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"noiviec/internal/market"
	"noiviec/search"
	"noiviec/search/judged"
)

type searchSpeedCmd struct {
	Docs     []string `required:"" type:"existingfile" help:"Ads in a format of noiviec import; may be given again."`
	Queries  string   `required:"" type:"existingfile" help:"Queries: id, text, …"`
	Size     int      `default:"100000" help:"Postings to index, drawn from the ads with repetition."`
	Ask      int      `default:"200" help:"Queries to ask, in random order."`
	Seed     uint64   `default:"1" help:"Of the draw and the order."`
	Together int      `name:"searchers" default:"4" help:"How many then ask ours at once, each all queries in an order of its own."`
	Peers    []string `default:"postgres,sqlite" help:"Measured beside ours: postgres, sqlite; none to leave them out."`
	Judge    string   `type:"existingfile" help:"Documents the queries are labelled for: adds each engine's recall@10 on them; needs --grades."`
	Grades   string   `type:"existingfile" help:"Graded relevance for --judge."`
}

// engine answers a text with the first 20 and the counts of all filters; took is its own time, without the way to it.
type engine interface {
	name() string
	build([]peerDoc, []market.Posting) (time.Duration, error)
	ask(text string) (ids []string, took time.Duration, err error)
	close()
}

// speedFigures are one engine's.
type speedFigures struct {
	Engine string  `json:"engine"`
	Build  float64 `json:"build_seconds"`
	P50    float64 `json:"p50_ms"`
	P95    float64 `json:"p95_ms"`
	Max    float64 `json:"max_ms"`
	Recall float64 `json:"recall_10,omitempty"`
	took   []time.Duration
	engine engine
}

func (c *searchSpeedCmd) Run(b *bench) error {
	queries, err := readFile(c.Queries, judged.ReadQueries)
	if err != nil {
		return err
	}
	postings, err := c.draw(b)
	if err != nil {
		return err
	}
	engines, err := c.engines(b)
	if err != nil {
		return err
	}
	docs := peerDocs(postings)
	for _, f := range engines {
		defer f.engine.close()
		took, err := f.engine.build(docs, postings)
		if err != nil {
			return fmt.Errorf("build %s: %w", f.Engine, err)
		}
		f.Build = took.Seconds()
		b.note("%s: %d postings indexed in %.1f s", f.Engine, len(postings), f.Build)
	}
	if err := c.askAll(b, engines, queries); err != nil {
		return err
	}
	together, err := c.askTogether(engines[0].engine.(*ours), queries[:min(c.Ask, len(queries))])
	if err != nil {
		return err
	}
	if err := c.judge(b, engines, queries); err != nil {
		return err
	}
	for _, f := range engines {
		f.P50, f.P95, f.Max = percentiles(f.took)
		b.say("%s build_seconds %.1f p50_ms %.2f p95_ms %.2f max_ms %.2f recall@10 %.4f", f.Engine, f.Build, f.P50, f.P95, f.Max, f.Recall)
	}
	b.say("ours, %d searchers at once: p50_ms %.2f p95_ms %.2f max_ms %.2f searches_per_second %.0f", c.Together, together.P50, together.P95, together.Max, together.PerSecond)
	for _, f := range engines[1:] {
		b.say("ours/%s p95 %.2f build %.2f", f.Engine, engines[0].P95/f.P95, engines[0].Build/f.Build)
	}
	return b.figures(map[string]any{"postings": len(postings), "queries": len(engines[0].took), "engines": engines, "together": together})
}

// percentiles gives the middle, the slow end and the slowest in ms.
func percentiles(took []time.Duration) (p50, p95, most float64) {
	slices.Sort(took)
	at := func(p int) float64 {
		return float64(took[min(len(took)-1, len(took)*p/100)]) / float64(time.Millisecond)
	}
	return at(50), at(95), at(100)
}

func (c *searchSpeedCmd) engines(b *bench) ([]*speedFigures, error) {
	out := []*speedFigures{{Engine: "ours", engine: &ours{b: b}}}
	for _, name := range c.Peers {
		if name == "none" {
			continue
		}
		p, err := startPeer(b.ctx, name)
		if err != nil {
			return nil, fmt.Errorf("start %s: %w", name, err)
		}
		out = append(out, &speedFigures{Engine: name, engine: p})
	}
	return out, nil
}

// draw reads the ads as an import does and draws postings from them, each with an id of its own.
func (c *searchSpeedCmd) draw(b *bench) ([]market.Posting, error) {
	var ads []market.Posting
	for _, name := range c.Docs {
		read, err := readAds(name)
		if err != nil {
			return nil, err
		}
		ads = append(ads, read...)
	}
	if len(ads) == 0 {
		return nil, fmt.Errorf("no ads could be read")
	}
	random := rand.New(rand.NewPCG(c.Seed, 0))
	out := make([]market.Posting, c.Size)
	for i := range out {
		out[i] = ads[random.IntN(len(ads))]
		out[i].ID = market.DerivedID("measured", fmt.Sprint(i))
		out[i].State, out[i].Deadline = market.PostingOpen, ""
		out[i].OpenedAt = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC).Add(-time.Duration(random.IntN(60*24)) * time.Hour)
	}
	return out, nil
}

// askAll asks every engine each query once to warm up and once on the clock, the engines in turn.
func (c *searchSpeedCmd) askAll(b *bench, engines []*speedFigures, queries []judged.Query) error {
	random := rand.New(rand.NewPCG(c.Seed, 1))
	random.Shuffle(len(queries), func(i, j int) { queries[i], queries[j] = queries[j], queries[i] })
	queries = queries[:min(c.Ask, len(queries))]
	for round := range 2 {
		for n, q := range queries {
			for i := range engines {
				f := engines[(i+n)%len(engines)]
				_, took, err := f.engine.ask(q.Text)
				if err != nil {
					return fmt.Errorf("%s: %q: %w", f.Engine, q.Text, err)
				}
				if round > 0 {
					f.took = append(f.took, took)
				}
			}
		}
	}
	return nil
}

// togetherFigures are of many who ask at once.
type togetherFigures struct {
	Searchers int     `json:"searchers"`
	P50       float64 `json:"p50_ms"`
	P95       float64 `json:"p95_ms"`
	Max       float64 `json:"max_ms"`
	PerSecond float64 `json:"searches_per_second"`
}

// askTogether lets several ask at once, each every query in an order of its own.
func (c *searchSpeedCmd) askTogether(o *ours, queries []judged.Query) (togetherFigures, error) {
	took, errs := make([][]time.Duration, max(1, c.Together)), make([]error, max(1, c.Together))
	var all sync.WaitGroup
	start := time.Now()
	for i := range took {
		all.Go(func() {
			for _, n := range rand.New(rand.NewPCG(c.Seed, uint64(2+i))).Perm(len(queries)) {
				_, t, err := o.ask(queries[n].Text)
				if err != nil {
					errs[i] = fmt.Errorf("%q: %w", queries[n].Text, err)
					return
				}
				took[i] = append(took[i], t)
			}
		})
	}
	all.Wait()
	whole := time.Since(start).Seconds()
	if err := errors.Join(errs...); err != nil {
		return togetherFigures{}, err
	}
	every := slices.Concat(took...)
	f := togetherFigures{Searchers: len(took), PerSecond: float64(len(every)) / whole}
	f.P50, f.P95, f.Max = percentiles(every)
	return f, nil
}

// judge builds each engine anew on the labelled documents and asks all queries.
func (c *searchSpeedCmd) judge(b *bench, engines []*speedFigures, queries []judged.Query) error {
	if c.Judge == "" || c.Grades == "" {
		return nil
	}
	docs, err := readFile(c.Judge, judged.ReadDocuments)
	if err != nil {
		return err
	}
	grades, err := readFile(c.Grades, judged.ReadGrades)
	if err != nil {
		return err
	}
	onPage, _ := docs.IDs()
	grades = grades.Among(onPage)
	for _, f := range engines {
		if _, err := f.engine.build(peerDocs(docs.Postings), docs.Postings); err != nil {
			return fmt.Errorf("build %s: %w", f.Engine, err)
		}
		var recall mean
		for _, q := range queries {
			found, _, err := f.engine.ask(q.Text)
			if err != nil {
				return fmt.Errorf("%s: %q: %w", f.Engine, q.Text, err)
			}
			recall.add(grades.Recall(q.ID, found))
		}
		f.Recall = recall.value()
	}
	return nil
}

// ours is the index that serves the pages.
type ours struct {
	b     *bench
	index *search.Index
	done  func()
}

func (*ours) name() string { return "ours" }

func (o *ours) close() {
	if o.done != nil {
		o.done()
	}
}

func (o *ours) build(_ []peerDoc, postings []market.Posting) (took time.Duration, err error) {
	o.close()
	start := time.Now()
	o.index, o.done, err = freshIndex(o.b, judged.Documents{Postings: postings})
	return time.Since(start), err
}

func (o *ours) ask(text string) ([]string, time.Duration, error) {
	start := time.Now()
	r, err := o.index.Search(o.b.ctx, search.Query{Text: text, Today: market.DateOf(start), Facets: true, Limit: 20})
	took := time.Since(start)
	ids := make([]string, len(r.Hits))
	for i, h := range r.Hits {
		ids[i] = string(h.ID)
	}
	return ids, took, err
}
