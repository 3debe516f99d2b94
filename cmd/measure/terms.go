package main

import (
	"cmp"
	"maps"
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

type termsCmd struct {
	Files []string `arg:"" type:"existingfile" help:"Ads in formats of noiviec import."`
}

// Run counts what ads name, by code alone: in how many ads each occupation, skill, certificate and province stands.
// What it prints is what measure scale --terms reads.
func (c *termsCmd) Run(b *bench) error {
	counts := map[string]int{}
	for _, name := range c.Files {
		postings, err := readAds(name)
		if err != nil {
			return err
		}
		for i := range postings {
			for code := range codesOf(&postings[i], taxonomy.Default()) {
				counts[code]++
			}
		}
	}
	codes := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
	})
	for _, code := range codes {
		b.say("%s %d", code, counts[code])
	}
	return b.figures(counts)
}

// codesOf gives the codes that an ad names, each once.
func codesOf(p *market.Posting, tax *taxonomy.Taxonomy) map[string]bool {
	codes := map[string]bool{}
	if p.Occupation != "" {
		codes[p.Occupation] = true
	}
	for _, w := range p.Workplaces {
		province := w.Province
		if commune, ok := tax.Commune(w.Commune); ok {
			province = commune.Province
		}
		if province != "" {
			codes[province] = true
		}
	}
	for _, t := range p.Tags {
		if t.Kind == "skill" || t.Kind == "certificate" {
			codes[t.ID] = true
		}
	}
	for _, r := range p.Requirements {
		codes[r.ID] = true
	}
	return codes
}
