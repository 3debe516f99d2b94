package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"noiviec/internal/files"
	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

type tagCmd struct {
	File string `arg:"" type:"existingfile" help:"Ads in a format of noiviec import."`
	Show int    `default:"20" help:"Ads whose tags are printed with their spans; -1 for all."`
}

// tagFigures are what measure tag prints: of how many ads a kind of thing was read, and how many in all.
type tagFigures struct {
	Ads   int            `json:"ads"`
	With  map[string]int `json:"ads_with"`
	Tags  map[string]int `json:"tags"`
	Shown []tagged       `json:"shown,omitempty"`
}

type tagged struct {
	Title string       `json:"title"`
	Tags  []market.Tag `json:"tags"`
}

func (c *tagCmd) Run(b *bench) error {
	postings, err := readAds(c.File)
	if err != nil {
		return err
	}
	f := tagFigures{Ads: len(postings), With: map[string]int{}, Tags: map[string]int{}}
	for i, p := range postings {
		seen := map[string]bool{}
		for _, t := range p.Tags {
			f.Tags[t.Kind]++
			seen[t.Kind] = true
		}
		for kind := range seen {
			f.With[kind]++
		}
		if i < c.Show || c.Show < 0 {
			f.Shown = append(f.Shown, tagged{p.Title, p.Tags})
			b.say("%s", p.Title)
			for _, t := range p.Tags {
				b.say("  %s %s %s %d-%d %s[%d:%d] %q", t.Kind, t.ID, t.Level, t.Min, t.Max, t.Field, t.Start, t.End, t.Said)
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(f.Tags)) {
		b.say("%s %d tags in %d of %d ads", kind, f.Tags[kind], f.With[kind], f.Ads)
	}
	return b.figures(f)
}

// readAds reads a file as an import does.
func readAds(name string) ([]market.Posting, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	im := files.Import{Centre: market.DerivedID("centre", "11"), Source: filepath.Base(name), Tax: taxonomy.Default(), Now: time.Now(), Province: "11"}
	plan, err := im.ReadPostings(name, bytes.NewReader(data), nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return plan.Documents, nil
}
