package jobs

import (
	"context"
	"fmt"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// An employer's sector decides what the law bars on its postings (minors in a hotel), so employers are followed too,
// and a posting is never turned without its employer.

// none reports whether nothing has changed that the engine keeps.
func (c *changes) none() bool {
	return len(c.postings)+len(c.workers)+len(c.gonePostings)+len(c.goneWorkers)+len(c.firms)+len(c.goneFirms) == 0
}

// withFirms adds to a batch of changes the employers it names, those of its postings that the engine does not know
// yet, and the open postings of every employer whose sector is another than the engine knows. What else is known of an
// employer, its answers to referrals, is in the lists of postings turned from now on and in all after the night.
func (r *Runner) withFirms(ctx context.Context, heard []store.Change, c *changes) error {
	firms, gone, err := changed[market.Employer](ctx, r, heard, "employers")
	if err != nil {
		return err
	}
	seen := map[market.ID]bool{}
	for _, f := range firms {
		seen[f.ID] = true
	}
	for _, id := range gone {
		seen[id] = true
	}
	for _, p := range c.postings {
		if p.Employer == "" || seen[p.Employer] || r.Engine.knows(p.Employer) {
			continue
		}
		seen[p.Employer] = true
		f, err := store.Get[market.Employer](ctx, r.Store, r.Centre, p.Employer)
		switch {
		case market.KindOf(err) == market.NotFound: // the posting stands without
		case err != nil:
			return fmt.Errorf("load employer of %s: %w", p.ID, err)
		default:
			firms = append(firms, f)
		}
	}
	c.firms, c.goneFirms = firms, gone
	for _, id := range r.Engine.otherSector(firms, gone) {
		if err := r.addOpen(ctx, id, c); err != nil {
			return err
		}
	}
	return nil
}

// addOpen adds the open postings of an employer that are not among the changes already.
func (r *Runner) addOpen(ctx context.Context, firm market.ID, c *changes) error {
	seen := map[market.ID]bool{}
	for _, p := range c.postings {
		seen[p.ID] = true
	}
	q := store.Query{Centre: r.Centre, Index: "postings_by_employer", Equal: []any{firm}, Limit: 1000}
	for {
		page, err := store.Find[market.Posting](ctx, r.Store, q)
		if err != nil {
			return fmt.Errorf("load postings of %s: %w", firm, err)
		}
		for _, p := range page.Items {
			if p.State == market.PostingOpen && !seen[p.ID] {
				c.postings = append(c.postings, p)
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

// knows reports whether the engine has an employer.
func (e *Engine) knows(firm market.ID) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, ok := e.employers[string(firm)]
	return ok
}

// otherSector gives the employers whose sector is another than the engine's postings were turned with.
func (e *Engine) otherSector(firms []market.Employer, gone []market.ID) []market.ID {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []market.ID
	for _, f := range firms {
		if e.employers[string(f.ID)].Sector != f.Sector {
			out = append(out, f.ID)
		}
	}
	for _, id := range gone {
		if e.employers[string(id)].Sector != "" {
			out = append(out, id)
		}
	}
	return out
}

// afterNight reads everything again when another process has made the night's lists, as every night does: documents
// are turned with what holds on a day.
func (e *Engine) afterNight(ctx context.Context) error {
	last, err := store.Get[market.Spread](ctx, e.cfg.Store, e.cfg.Centre, market.SpreadID(e.cfg.Centre))
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load spread: %w", err)
	}
	e.mu.Lock()
	same := e.showing.last.Rev == last.Rev
	e.makes()
	under := e.lease
	e.mu.Unlock()
	if same {
		return nil
	}
	return e.load(ctx, under, false)
}
