package labels

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// TitleSeed fixes the draw of titles, TitleCount its size. FreshSeed and FreshCount are those of the draw of further
// titles, made when the first ones had been in view.
const (
	TitleSeed  = "noiviec real ads titles 1"
	TitleCount = 200
	FreshSeed  = "noiviec real ads titles 2"
	FreshCount = 100
)

// Titles takes rows at random for their titles, the same every time: the first of the set that bear
// a title not drawn yet.
func Titles(manual []Row) []Row { return titles(TitleSeed, TitleCount, manual, map[string]bool{}) }

// FreshTitles takes rows whose titles Titles did not draw, the same every time.
func FreshTitles(manual []Row) []Row {
	seen := map[string]bool{}
	for _, r := range Titles(manual) {
		seen[r.Title] = true
	}
	return titles(FreshSeed, FreshCount, manual, seen)
}

func titles(seed string, count int, manual []Row, seen map[string]bool) []Row {
	var out []Row
	for _, r := range shuffled(seed, manual) {
		if len(out) == count {
			break
		}
		if !seen[r.Title] {
			seen[r.Title] = true
			out = append(out, r)
		}
	}
	return out
}

// Title is one line of titles.csv or fresh_titles.csv: every concept that is right to find in the title of one row.
type Title struct {
	Hash     string
	Concepts []string // "skill:ID", "occupation:CODE", "certificate:ID", "province:CODE"; a set
}

// ReadTitles reads titles.csv or fresh_titles.csv.
func ReadTitles(r io.Reader) ([]Title, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read titles: %w", err)
	}
	if header := []string{"row_hash", "concepts"}; len(records) == 0 || !slices.Equal(records[0], header) {
		return nil, fmt.Errorf("read titles: the header is not %q", header)
	}
	var out []Title
	for _, rec := range records[1:] {
		out = append(out, Title{rec[0], strings.Split(rec[1], ";")})
	}
	return out, nil
}
