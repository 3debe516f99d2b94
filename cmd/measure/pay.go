package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

type payCmd struct {
	File string `arg:"" type:"existingfile" help:"Phrases: text, period, least and most in đồng (empty where the phrase says none)."`
}

// payPhrase is one labelled phrase.
type payPhrase struct {
	text, period string
	least, most  int64
}

func readPhrases(r io.Reader) ([]payPhrase, error) {
	lines, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	var out []payPhrase
	for i, line := range lines[min(1, len(lines)):] {
		if len(line) < 4 {
			return nil, fmt.Errorf("line %d: want text, period, least, most", i+2)
		}
		p := payPhrase{text: line[0], period: line[1]}
		for j, into := range []*int64{&p.least, &p.most} {
			if line[2+j] == "" {
				continue
			}
			if *into, err = strconv.ParseInt(line[2+j], 10, 64); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+2, err)
			}
		}
		out = append(out, p)
	}
	return out, nil
}

func (c *payCmd) Run(b *bench) error {
	phrases, err := readFile(c.File, readPhrases)
	if err != nil {
		return err
	}
	passed := 0
	var misses []miss
	for _, p := range phrases {
		got := taxonomy.ParsePay(p.text)
		if periodOf(got) == p.period && got.Min == p.least && got.Max == p.most {
			passed++
			continue
		}
		problem := fmt.Sprintf("got %s %d–%d, want %s %d–%d", periodOf(got), got.Min, got.Max, p.period, p.least, p.most)
		misses = append(misses, miss{Text: p.text, Problem: problem})
		b.say("%q: %s", p.text, problem)
	}
	b.say("passed %d of %d", passed, len(phrases))
	return b.figures(map[string]any{"phrases": len(phrases), "passed": passed, "misses": misses})
}

// periodOf writes what was read of pay in the words of the labels: month, month+commission, month_jpy, negotiable…
func periodOf(p market.Pay) string {
	commission := p.Basis == market.CommissionPay
	switch {
	case p.Status == market.PayNegotiable && commission:
		return "commission"
	case p.Status != market.PayStated:
		return string(p.Status)
	case commission:
		return string(p.Period) + "+commission"
	case p.Currency != "VND":
		return string(p.Period) + "_" + strings.ToLower(p.Currency)
	}
	return string(p.Period)
}
