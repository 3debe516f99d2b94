package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
)

// Claims is what somebody says of themselves and has ticked as right: it is added to the profile and replaces nothing.
type Claims struct {
	Skills       []market.HeldSkill
	Certificates []market.HeldCertificate
	Languages    []string
	Wishes       []market.Wish
	Work         []market.WorkSpell
}

// AddClaims adds to a profile what it does not hold yet. What is held already stays as it is, with its evidence; claims
// that add nothing write nothing. More than two wishes are Invalid "error.claims.wishes".
func (d *Desk) AddClaims(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, said Claims) (market.Worker, error) {
	var w market.Worker
	err := d.decide(ctx, func(c *changes) (err error) {
		if w, err = d.writableWorker(ctx, actor, id, rev); err != nil {
			return err
		}
		added, err := said.addTo(&w)
		if err != nil || !added {
			return err
		}
		if err := d.tidyWorker(ctx, &w, now); err != nil {
			return err
		}
		c.put(&w)
		c.note(actor, now, "worker.claims", &w, "", "", "")
		return nil
	})
	return w, err
}

// addTo reports whether anything was new. Evidence is the person's own word, whatever the claim says.
func (said Claims) addTo(w *market.Worker) (bool, error) {
	added := false
	for _, s := range said.Skills {
		if !slices.ContainsFunc(w.Skills, func(h market.HeldSkill) bool { return h.ID == s.ID }) {
			s.Evidence, added = market.SelfStated, true
			w.Skills = append(w.Skills, s)
		}
	}
	for _, s := range said.Certificates {
		if !slices.ContainsFunc(w.Certificates, func(h market.HeldCertificate) bool { return h.ID == s.ID }) {
			s.CheckedBy, added = "", true
			w.Certificates = append(w.Certificates, s)
		}
	}
	for _, code := range said.Languages {
		if !slices.ContainsFunc(w.Languages, func(h market.HeldLanguage) bool { return h.Language == code }) {
			added = true
			w.Languages = append(w.Languages, market.HeldLanguage{Language: code})
		}
	}
	for _, wish := range said.Wishes {
		if slices.ContainsFunc(w.Wishes, func(h market.Wish) bool { return h.Occupation == wish.Occupation }) {
			continue
		}
		if len(w.Wishes) == mostWishes {
			return false, market.Bad("wish", "error.claims.wishes")
		}
		if len(w.Wishes) > 0 { // the pay and the hours that were said hold for this one too
			wish.Pay, wish.Shift = w.Wishes[0].Pay, slices.Clone(w.Wishes[0].Shift)
		}
		added = true
		w.Wishes = append(w.Wishes, wish)
	}
	for _, spell := range said.Work {
		if !slices.Contains(w.History, spell) {
			added = true
			w.History = append(w.History, spell)
		}
	}
	return added, nil
}

// mostWishes is how many wishes the official slip has.
const mostWishes = 2
