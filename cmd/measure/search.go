package main

import (
	"fmt"
	"os"
	"time"

	"noiviec/internal/market"
	"noiviec/search"
	"noiviec/search/judged"
)

type searchCmd struct {
	Docs    string `required:"" type:"existingfile" help:"Documents: id, kind (job or worker), title, body, commune_code."`
	Queries string `required:"" type:"existingfile" help:"Queries: id, text, ids that must be among the first ten, ids that must not stand above them."`
	Grades  string `type:"existingfile" help:"Graded relevance: query, doc, grade 1 to 3; adds ndcg@10 and recall@10."`
	Pages   bool   `help:"Judge postings and workers as two lists, each with its own first ten, as the pages show them; else all in one order."`
	Half    string `help:"Only the queries of this half (development or held_out), where the file says."`
}

// searchFigures are what measure search prints.
type searchFigures struct {
	Documents int     `json:"documents"`
	Queries   int     `json:"queries"`
	Passed    int     `json:"passed"`
	NDCG      float64 `json:"ndcg_10,omitempty"`
	Recall    float64 `json:"recall_10,omitempty"`
	Misses    []miss  `json:"misses,omitempty"`
}

type miss struct{ ID, Text, Problem string }

func (c *searchCmd) Run(b *bench) error {
	docs, err := readFile(c.Docs, judged.ReadDocuments)
	if err != nil {
		return err
	}
	queries, err := readFile(c.Queries, judged.ReadQueries)
	if err != nil {
		return err
	}
	grades := judged.Grades{}
	if c.Grades != "" {
		if grades, err = readFile(c.Grades, judged.ReadGrades); err != nil {
			return err
		}
	}
	x, done, err := freshIndex(b, docs)
	if err != nil {
		return err
	}
	defer done()
	f := searchFigures{Documents: len(docs.Postings) + len(docs.Workers)}
	graded := []judged.Grades{grades}
	if c.Pages {
		postings, workers := docs.IDs()
		graded = []judged.Grades{grades.Among(postings), grades.Among(workers)}
	}
	var ndcg, recall mean
	for _, q := range queries {
		if c.Half != "" && q.Half != c.Half {
			continue
		}
		answer, err := judged.Ask(b.ctx, x, q.Text, market.DateOf(time.Now()))
		if err != nil {
			return err
		}
		f.Queries++
		problem := q.Problem(answer.Together)
		if c.Pages {
			problem = q.ProblemOnPages(answer)
		}
		if problem != "" {
			f.Misses = append(f.Misses, miss{q.ID, q.Text, problem})
			b.say("%s %q: %s", q.ID, q.Text, problem)
		} else {
			f.Passed++
		}
		for i, list := range c.lists(answer) {
			ndcg.add(graded[i].NDCG(q.ID, list))
			recall.add(graded[i].Recall(q.ID, list))
		}
	}
	f.NDCG, f.Recall = ndcg.value(), recall.value()
	if c.Grades != "" {
		b.say("ndcg@10 %.4f", f.NDCG)
		b.say("recall@10 %.4f", f.Recall)
	}
	b.say("passed %d of %d", f.Passed, f.Queries)
	return b.figures(f)
}

// lists are the orders that are graded.
func (c *searchCmd) lists(a judged.Answer) [][]string {
	if c.Pages {
		return [][]string{a.Postings, a.Workers}
	}
	return [][]string{a.Together}
}

// freshIndex puts documents into a new index in a temporary folder; done closes and deletes it.
func freshIndex(b *bench, docs judged.Documents) (x *search.Index, done func(), err error) {
	dir, err := os.MkdirTemp("", "measure-")
	if err != nil {
		return nil, nil, err
	}
	if x, err = search.Open(dir); err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	done = func() { x.Close(); os.RemoveAll(dir) }
	err = x.Rebuild(b.ctx, func(put func([]market.Posting, []market.Worker) error) error { return put(docs.Postings, docs.Workers) })
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("index documents: %w", err)
	}
	return x, done, nil
}
