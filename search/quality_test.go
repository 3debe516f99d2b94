package search_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"noiviec/search"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 8, 0, 0, 0, time.UTC) }

// TestQuality runs the labelled queries on the invented documents and compares what passes with the committed
// figures. A query passes when everything it must find is among its first ten of the kind, and nothing it must
// not rank higher does.
func TestQuality(t *testing.T) {
	t.Parallel()
	x := open(t)
	postings, workers := sample(t)
	if err := x.PutPostings(context.Background(), postings); err != nil {
		t.Fatal(err)
	}
	if err := x.PutWorkers(context.Background(), workers); err != nil {
		t.Fatal(err)
	}
	var failed []string
	queries := rows(t, "testdata/queries.csv")
	for _, q := range queries {
		if problem := judge(t, x, q[1], strings.Fields(q[2]), strings.Fields(q[3])); problem != "" {
			failed = append(failed, q[0])
			t.Logf("%s %q: %s", q[0], q[1], problem)
		}
	}
	figures := fmt.Sprintf("queries %d\npassed %d\nfailed %s\n", len(queries), len(queries)-len(failed), strings.Join(failed, " "))
	const name = "testdata/figures.txt"
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

// judge gives what is wrong with the answer to one query, "" for nothing.
func judge(t *testing.T, x *search.Index, text string, must, mustNot []string) string {
	t.Helper()
	place := map[string]int{}
	nothing := true
	for _, kind := range []search.Kind{search.Posting, search.Worker} {
		r, err := x.Search(context.Background(), search.Query{Text: text, Kind: kind, Today: today, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		nothing = nothing && r.Total == 0
		for i, h := range r.Hits {
			place[string(h.ID)] = i + 1
		}
	}
	if len(must) == 0 && len(mustNot) == 0 && !nothing {
		return fmt.Sprintf("nonsense found %v", place)
	}
	worst := map[byte]int{'J': 0, 'W': 0}
	for _, id := range must {
		at := place[id]
		if at == 0 || at > 10 {
			return fmt.Sprintf("%s is at %d; order %v", id, at, inOrder(place))
		}
		worst[id[0]] = max(worst[id[0]], at)
	}
	for _, id := range mustNot {
		if at := place[id]; at > 0 && (at < worst[id[0]] || len(must) == 0) {
			return fmt.Sprintf("%s is at %d, above what must be found; order %v", id, at, inOrder(place))
		}
	}
	return ""
}

func inOrder(place map[string]int) []string {
	var out []string
	for id, at := range place {
		out = append(out, fmt.Sprintf("%c%02d:%s", id[0], at, id))
	}
	slices.Sort(out)
	return out
}

func TestSelfTest(t *testing.T) {
	t.Parallel()
	if err := open(t).SelfTest(); err != nil {
		t.Error(err)
	}
}
