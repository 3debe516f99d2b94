package search_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

const today = market.Date("2026-11-24")

// open opens an index in a fresh folder.
func open(t testing.TB) *search.Index {
	t.Helper()
	return openIn(t, t.TempDir())
}

func openIn(t testing.TB, dir string) *search.Index {
	t.Helper()
	x, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func rows(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

// sample gives the 46 invented ads and profiles as documents: their pay is parsed as an import would do it.
func sample(t testing.TB) (postings []market.Posting, workers []market.Worker) {
	t.Helper()
	for _, r := range rows(t, "testdata/docs.csv") {
		id, kind, title, body, commune := market.ID(r[0]), r[1], r[2], r[3], r[4]
		if kind == "worker" {
			name, wish, _ := strings.Cut(title, " – ")
			workers = append(workers, market.Worker{Meta: market.Meta{ID: id, Rev: 1}, Name: name, About: body, Commune: commune,
				State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: day(1)}, Wishes: []market.Wish{{Title: wish}}})
			continue
		}
		p := market.Posting{Meta: market.Meta{ID: id, Rev: 1}, Title: title, Text: body, Openings: 1, State: market.PostingOpen, Workplaces: []market.Workplace{{Commune: commune}}}
		for _, sentence := range strings.Split(body, ". ") {
			if strings.Contains(taxonomy.Fold(sentence), "luong") || strings.Contains(sentence, "k/") {
				p.Pay = taxonomy.ParsePay(sentence)
			}
		}
		postings = append(postings, p)
	}
	return postings, workers
}
