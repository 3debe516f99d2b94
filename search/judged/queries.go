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
	SameAs   string   // the query that this one is another way of typing, "" for none
	Half     string   // "development" or "held_out", "" when the file does not say
}

// ReadQueries reads id, text, the ids that must be found, the ids that must not rank above them: the first four
// columns, whatever they are called. Columns "kind", "same_as" and "half" are read when there are any.
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
		out = append(out, Query{ID: line[0], Text: line[1], Must: strings.Fields(line[2]), MustNot: strings.Fields(line[3]), Kind: named(line, "kind"), SameAs: named(line, "same_as"), Half: named(line, "half")})
	}
	return out, nil
}

// Answer is what was found, best first.
type Answer struct {
	Postings, Workers []string // as the pages list them, at most 50 each
	Together          []string // both in one order, by score
}

// province is whose service asks: Điện Biên.
const province = "11"

// Ask asks for postings and for workers as the pages do.
func Ask(ctx context.Context, x *search.Index, text string, today market.Date) (Answer, error) {
	var a Answer
	var hits []search.Hit
	for kind, list := range map[search.Kind]*[]string{search.Posting: &a.Postings, search.Worker: &a.Workers} {
		r, err := x.Search(ctx, search.Query{Text: text, Kind: kind, Province: province, Today: today, Limit: 50})
		if err != nil {
			return a, fmt.Errorf("search %q: %w", text, err)
		}
		shown := append(r.Hits, r.Nearly...) // what is nearly so stands under what is
		*list = ids(shown)
		hits = append(hits, shown...)
	}
	slices.SortFunc(hits, func(a, b search.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	a.Together = ids(hits)
	return a, nil
}

func ids(hits []search.Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = string(h.ID)
	}
	return out
}

// firstPage is how many results a person looks at.
const firstPage = 10

// Problem says what is wrong with one order of everything found, "" for nothing.
func (q Query) Problem(found []string) string { return q.problem(found) }

// ProblemOnPages says what is wrong where postings and workers are two lists, each with its own first ten.
func (q Query) ProblemOnPages(a Answer) string { return q.problem(a.Postings, a.Workers) }

func (q Query) problem(lists ...[]string) string {
	worst := make([]int, len(lists))
	missing := slices.Clone(q.Must)
	for i, found := range lists {
		worst[i] = -1
		if len(q.Must)+len(q.MustNot) == 0 && len(found) > 0 {
			return "nothing may be found, got " + strings.Join(found, " ")
		}
		missing = slices.DeleteFunc(missing, func(id string) bool {
			at := slices.Index(found, id)
			if at < 0 || at >= firstPage {
				return false
			}
			worst[i] = max(worst[i], at)
			return true
		})
	}
	if len(missing) > 0 {
		return fmt.Sprintf("%s not among the first %d: %s", strings.Join(missing, " "), firstPage, orders(lists))
	}
	for i, found := range lists {
		for _, id := range q.MustNot {
			if at := slices.Index(found, id); at >= 0 && (len(q.Must) == 0 || at < worst[i]) {
				return fmt.Sprintf("%s stands at %d: %s", id, at+1, orders(lists))
			}
		}
	}
	return ""
}

// orders writes the beginning of each list.
func orders(lists [][]string) string {
	out := make([]string, len(lists))
	for i, l := range lists {
		out[i] = strings.Join(l[:min(len(l), 20)], " ")
	}
	return strings.Join(out, " | ")
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

// Among gives the grades of the documents with the given ids.
func (g Grades) Among(there map[string]bool) Grades {
	out := Grades{}
	for query, docs := range g {
		out[query] = map[string]int{}
		for id, grade := range docs {
			if there[id] {
				out[query][id] = grade
			}
		}
	}
	return out
}
