package search_test

import (
	"encoding/csv"
	"os"
	"testing"

	"noiviec/internal/market"
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

// rows reads a CSV without its header.
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
