package search

import (
	"context"
	"fmt"

	"noiviec/internal/market"
)

// SelfTest proves on a throw-away index in memory, with the same mapping, that the ways a title is typed all
// find it and that other words do not. Run it at start: a wrong analyzer would otherwise show up as jobs that
// nobody finds.
func (x *Index) SelfTest() error {
	m, err := newMapping()
	if err != nil {
		return fmt.Errorf("search self-test: %w", err)
	}
	g, err := createGeneration("", m)
	if err != nil {
		return fmt.Errorf("search self-test: %w", err)
	}
	defer g.retire(false)
	ctx := context.Background()
	p := market.Posting{Meta: market.Meta{ID: "selftest"}, Title: "Thợ hàn", Openings: 1, State: market.PostingOpen}
	if err := g.write(ctx, []op{{string(p.ID), ofPosting(&p, x.lexicon())}}); err != nil {
		return fmt.Errorf("search self-test: %w", err)
	}
	for text, want := range map[string]int{
		"Thợ hàn": 1, "tho han": 1, "THỢ HÀN": 1, "Tho\u031b\u0323 ha\u0300n": 1, "thohan": 1, "kế toán": 0,
	} {
		q := Query{Text: text}
		if err := q.normalise(); err != nil {
			return fmt.Errorf("search self-test: %w", err)
		}
		r, err := g.search(ctx, x, &q)
		if err != nil {
			return fmt.Errorf("search self-test %q: %w", text, err)
		}
		if r.Total != want {
			return fmt.Errorf("search self-test: %q found %d, want %d", text, r.Total, want)
		}
	}
	return nil
}
