package search_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

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
