package judged

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/search"
)

// Query is one labelled search.
type Query struct {
	ID, Text string
	Must     []string // ids that must be among the first ten
	MustNot  []string // ids that must not stand above any of Must; with no Must: must not be found at all
	Kind     string   // what the query tries, "" when the file does not say
	Half     string   // "development" or "held_out", "" when the file does not say
}

// ReadQueries reads id, text, the ids that must be found, the ids that must not rank above them: the first four
// columns, whatever they are called. Columns "kind" and "half" are read when there are any.
func ReadQueries(r io.Reader) ([]Query, error) {
	lines, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read queries: %w", err)
	}
	if len(lines) == 0 || len(lines[0]) < 4 {
		return nil, fmt.Errorf("read queries: want at least four columns and a header")
	}
	named := func(line []string, name string) string {
		if i := slices.Index(lines[0], name); i >= 4 {
			return line[i]
		}
		return ""
	}
	var out []Query
	for _, line := range lines[1:] {
		out = append(out, Query{ID: line[0], Text: line[1], Must: strings.Fields(line[2]), MustNot: strings.Fields(line[3]), Kind: named(line, "kind"), Half: named(line, "half")})
	}
	return out, nil
}

// Found asks for postings and for workers as the pages do, and gives the ids of both in one order, by score: at
// most 50 of each.
func Found(ctx context.Context, x *search.Index, text string, today market.Date) ([]string, error) {
	var hits []search.Hit
	for _, kind := range []search.Kind{search.Posting, search.Worker} {
		r, err := x.Search(ctx, search.Query{Text: text, Kind: kind, Today: today, Limit: 50})
		if err != nil {
			return nil, fmt.Errorf("search %q: %w", text, err)
		}
		hits = append(hits, r.Hits...)
	}
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = string(h.ID)
	}
	return out, nil
}

// firstPage is how many results a person looks at.
const firstPage = 10

// Problem says what is wrong with an answer, "" for nothing.
func (q Query) Problem(found []string) string {
	if len(q.Must) == 0 && len(q.MustNot) == 0 && len(found) > 0 {
		return "nothing may be found, got " + strings.Join(found, " ")
	}
	worst := -1
	for _, id := range q.Must {
		at := slices.Index(found, id)
		if at < 0 || at >= firstPage {
			return fmt.Sprintf("%s is not among the first %d: %s", id, firstPage, strings.Join(found, " "))
		}
		worst = max(worst, at)
	}
	for _, id := range q.MustNot {
		if at := slices.Index(found, id); at >= 0 && (len(q.Must) == 0 || at < worst) {
			return fmt.Sprintf("%s stands at %d: %s", id, at+1, strings.Join(found, " "))
		}
	}
	return ""
}

// Grades are what documents are worth as answers, by query and document: 3 exactly what was asked, 2 good, 1
// related; a document without a grade is worth nothing.
type Grades map[string]map[string]int

// ReadGrades reads the columns query, doc, grade.
func ReadGrades(r io.Reader) (Grades, error) {
	rows, err := table(r, "query", "doc", "grade")
	if err != nil {
		return nil, fmt.Errorf("read grades: %w", err)
	}
	out := Grades{}
	for _, c := range rows {
		n, err := strconv.Atoi(c["grade"])
		if err != nil || n < 1 || n > 3 {
			return nil, fmt.Errorf("read grades: %q of %s for %s is no grade from 1 to 3", c["grade"], c["doc"], c["query"])
		}
		if out[c["query"]] == nil {
			out[c["query"]] = map[string]int{}
		}
		out[c["query"]][c["doc"]] = n
	}
	return out, nil
}

// NDCG is the normalised discounted cumulative gain of the first ten, with gain 2^grade − 1 (Burges et al., 2005,
// "Learning to Rank using Gradient Descent"), from 0 to 1. ok is false for a query without grades.
func (g Grades) NDCG(query string, found []string) (value float64, ok bool) {
	grades := g[query]
	if len(grades) == 0 {
		return 0, false
	}
	gain := func(grade, at int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(at)+2) }
	got, ideal := 0.0, 0.0
	for at, id := range found[:min(len(found), firstPage)] {
		got += gain(grades[id], at)
	}
	best := make([]int, 0, len(grades))
	for _, grade := range grades {
		best = append(best, grade)
	}
	slices.SortFunc(best, func(a, b int) int { return b - a })
	for at, grade := range best[:min(len(best), firstPage)] {
		ideal += gain(grade, at)
	}
	return got / ideal, true
}

// Recall is the share of the documents of grade 2 or 3 that are among the first ten, of at most ten. ok is false
// for a query without such documents.
func (g Grades) Recall(query string, found []string) (value float64, ok bool) {
	good, hit := 0, 0
	for id, grade := range g[query] {
		if grade < 2 {
			continue
		}
		good++
		if at := slices.Index(found, id); at >= 0 && at < firstPage {
			hit++
		}
	}
	if good == 0 {
		return 0, false
	}
	return float64(hit) / float64(min(good, firstPage)), true
}

// Keep drops the grades of documents that are not among the postings.
func (g Grades) Keep(postings []market.Posting) {
	there := map[string]bool{}
	for i := range postings {
		there[string(postings[i].ID)] = true
	}
	for _, docs := range g {
		for id := range docs {
			if !there[id] {
				delete(docs, id)
			}
		}
	}
}
