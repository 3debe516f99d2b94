package search_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"noiviec/search"
	"noiviec/search/judged"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 8, 0, 0, 0, time.UTC) }

// readJudged reads a file of testdata with a reader of its format.
func readJudged[T any](t testing.TB, name string, read func(r *os.File) (T, error)) T {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := read(f)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// filled gives an index of labelled documents.
func filled(t testing.TB, name string) *search.Index {
	t.Helper()
	docs := readJudged(t, name, func(f *os.File) (judged.Documents, error) { return judged.ReadDocuments(f) })
	x := open(t)
	put(t, x, docs.Postings)
	if err := x.PutWorkers(ctx, docs.Workers); err != nil {
		t.Fatal(err)
	}
	return x
}

// TestQuality runs the labelled queries on the invented documents and compares what passes with the committed
// figures.
func TestQuality(t *testing.T) {
	t.Parallel()
	x := filled(t, "docs.csv")
	queries := readJudged(t, "queries.csv", func(f *os.File) ([]judged.Query, error) { return judged.ReadQueries(f) })
	var failed []string
	for _, q := range queries {
		answer, err := judged.Ask(ctx, x, q.Text, today)
		if err != nil {
			t.Fatal(err)
		}
		if problem := q.Problem(answer.Together); problem != "" {
			failed = append(failed, q.ID)
			t.Logf("%s %q: %s", q.ID, q.Text, problem)
		}
	}
	compareFigures(t, "testdata/figures.txt", fmt.Sprintf("queries %d\npassed %d\nfailed %s\n", len(queries), len(queries)-len(failed), strings.Join(failed, " ")))
}

// compareFigures compares with the committed file; UPDATE=1 writes it.
func compareFigures(t *testing.T, name, figures string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(figures), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if figures != string(want) {
		t.Errorf("search quality: got\n%swant\n%s(UPDATE=1 writes the file; say in the commit what got better)", figures, want)
	}
}

func TestSelfTest(t *testing.T) {
	t.Parallel()
	if err := open(t).SelfTest(); err != nil {
		t.Error(err)
	}
}

// TestOwnQuality asks the own list, as the pages show the answers, and compares passes and nDCG@10 with the committed
// figures: by half and by kind of query, what typing without marks loses, and that the decomposed form of a text finds
// exactly what the composed one finds.
func TestOwnQuality(t *testing.T) {
	t.Parallel()
	docs := readJudged(t, "own/docs.csv", func(f *os.File) (judged.Documents, error) { return judged.ReadDocuments(f) })
	queries := readJudged(t, "own/queries.csv", func(f *os.File) ([]judged.Query, error) { return judged.ReadQueries(f) })
	grades := readJudged(t, "own/relevance.csv", func(f *os.File) (judged.Grades, error) { return judged.ReadGrades(f) })
	postings, workers := docs.IDs()
	lists := [2]judged.Grades{grades.Among(postings), grades.Among(workers)}
	x := filled(t, "own/docs.csv")
	tally := map[string]*passes{}
	gain := map[string]float64{} // nDCG by query, the mean of its lists
	var failed []string
	for _, q := range queries {
		a := ask(t, x, q.Text)
		if d := cmp.Diff(a, ask(t, x, norm.NFD.String(q.Text))); d != "" {
			t.Errorf("%s decomposed finds something else: %s", q.ID, d)
		}
		problem := q.ProblemOnPages(a)
		if problem != "" {
			failed = append(failed, q.ID)
			t.Logf("%s %q: %s", q.ID, q.Text, problem)
		}
		ndcg, n := 0.0, 0
		for i, list := range [][]string{a.Postings, a.Workers} {
			if v, ok := lists[i].NDCG(q.ID, list); ok {
				ndcg, n = ndcg+v, n+1
			}
		}
		if n > 0 {
			gain[q.ID] = ndcg / float64(n)
		}
		for _, name := range []string{"all", q.Half, q.Kind} {
			if tally[name] == nil {
				tally[name] = &passes{}
			}
			tally[name].add(problem == "", ndcg, n)
		}
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(tally)) {
		fmt.Fprintf(&out, "%-17s %s\n", name, tally[name])
	}
	marked, bare := bareLoss(queries, gain)
	fmt.Fprintf(&out, "typed with marks %.4f, the same without %.4f\nfailed %s\n", marked, bare, strings.Join(failed, " "))
	if bare < marked*0.98 {
		t.Errorf("without marks: nDCG@10 %.4f, with them %.4f: more than 2 %% is lost", bare, marked)
	}
	compareFigures(t, "testdata/own/figures.txt", out.String())
}

func ask(t *testing.T, x *search.Index, text string) judged.Answer {
	t.Helper()
	a, err := judged.Ask(ctx, x, text, today)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// passes counts queries and adds up their nDCG.
type passes struct {
	queries, passed, graded int
	ndcg                    float64
}

func (p *passes) add(passed bool, ndcg float64, graded int) {
	p.queries++
	if passed {
		p.passed++
	}
	p.ndcg, p.graded = p.ndcg+ndcg, p.graded+graded
}

func (p *passes) String() string {
	return fmt.Sprintf("passed %d of %d, ndcg@10 %.4f", p.passed, p.queries, p.ndcg/float64(max(1, p.graded)))
}

// bareLoss gives the mean nDCG of the queries that have a twin without marks, and of the twins.
func bareLoss(queries []judged.Query, gain map[string]float64) (marked, bare float64) {
	n := 0.0
	for _, q := range queries {
		with, ok := gain[q.SameAs]
		without, also := gain[q.ID]
		if q.Kind == "no_marks" && ok && also {
			marked, bare, n = marked+with, bare+without, n+1
		}
	}
	return marked / n, bare / n
}
