package casework

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// Desk decides. It holds no state of its own and may be used by many at once.
type Desk struct {
	st  *store.Store
	tax *taxonomy.Taxonomy
}

// New gives a desk over a store.
func New(st *store.Store, tax *taxonomy.Taxonomy) *Desk { return &Desk{st: st, tax: tax} }

// changes is what one decision writes.
type changes struct {
	puts   []market.Document
	drops  []market.Document
	checks []market.Document
	audit  []*market.AuditEntry
	lease  *market.Lease // that must still be held; nil for what anybody may write
}

// hold lets the decision stand only if a document that it rests on has not moved meanwhile.
func (c *changes) hold(doc market.Document) { c.checks = append(c.checks, doc) }

func (c *changes) put(docs ...market.Document) { c.puts = append(c.puts, docs...) }

// drop deletes a document.
func (c *changes) drop(doc market.Document) { c.drops = append(c.drops, doc) }

// note adds the audit entry of one document's change.
func (c *changes) note(actor market.Actor, now time.Time, action string, doc market.Document, from, to, reason string) {
	head := doc.Head()
	c.audit = append(c.audit, &market.AuditEntry{
		Meta: fresh(actor.Centre, now), At: market.Stamp(now), Actor: actor.User, Role: actor.Role, Action: action,
		Subject: doc.Collection() + "/" + string(head.ID), Of: head.ID, From: from, To: to, Reason: reason,
	})
}

// fresh opens a new document.
func fresh(centre market.ID, now time.Time) market.Meta {
	return market.Meta{ID: market.NewID(), Centre: centre, RecordedAt: market.Stamp(now)}
}

// most tries of a decision whose ground moves: each failed try means that somebody else's succeeded.
const tries = 400

// decide runs build and applies what it gave; when the batch is stale it builds again on what is stored now.
// build must compare the revision the person saw itself (see seen), so that their own staleness is final.
func (d *Desk) decide(ctx context.Context, build func(*changes) error) error {
	for try := range tries {
		var c changes
		if err := build(&c); err != nil {
			return err
		}
		ops := make([]store.Op, 0, len(c.puts)+len(c.drops)+len(c.checks)+len(c.audit))
		for _, doc := range c.puts {
			ops = append(ops, store.Put(doc))
		}
		for _, doc := range c.drops {
			ops = append(ops, store.Delete(doc))
		}
		for _, doc := range c.checks {
			ops = append(ops, store.Check(doc))
		}
		for _, entry := range c.audit {
			ops = append(ops, store.Put(entry))
		}
		if len(ops) == 0 {
			return nil
		}
		err := d.apply(ctx, c.lease, ops)
		if !errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.stale"}) {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	return market.Fail(market.Unavailable, "error.busy")
}

func (d *Desk) apply(ctx context.Context, lease *market.Lease, ops []store.Op) error {
	if lease == nil {
		return d.st.Apply(ctx, ops...)
	}
	return d.st.ApplyUnder(ctx, *lease, ops...)
}

// pause waits a little longer with every try, at random, at most 20 ms.
func pause(ctx context.Context, try int) error {
	most := min(20, 1+try)
	select {
	case <-time.After(time.Duration(rand.IntN(most*1000)) * time.Microsecond):
		return nil
	case <-ctx.Done():
		return market.Fail(market.Unavailable, "error.busy")
	}
}

// seen refuses a document that has moved since the person read it; rev 0 is "whatever is there now", for
// jobs and commands.
func seen(doc market.Document, rev int64) error {
	if rev != 0 && doc.Head().Rev != rev {
		return market.Fail(market.Conflict, "error.stale")
	}
	return nil
}

// get loads one document of the actor's centre.
func get[T any](ctx context.Context, d *Desk, actor market.Actor, id market.ID) (T, error) {
	return store.Get[T](ctx, d.st, actor.Centre, id)
}

// isNotFound reports that there is no such document.
func isNotFound(err error) bool { return market.KindOf(err) == market.NotFound }

// hash gives a keyed hash that finds a person again without storing who it is in an index.
func (d *Desk) hash(ctx context.Context, centre market.ID, parts ...string) (string, error) {
	settings, err := store.Get[market.CentreSettings](ctx, d.st, centre, centre)
	if err != nil {
		return "", fmt.Errorf("load centre %s: %w", centre, err)
	}
	return keyed(settings, parts...), nil
}

func keyed(settings market.CentreSettings, parts ...string) string {
	mac := hmac.New(sha256.New, []byte(settings.Secret))
	for _, part := range parts {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// number takes the next people-facing number of a kind and the year, as part of the same batch: "GT-2026-00017".
func (d *Desk) number(ctx context.Context, c *changes, actor market.Actor, now time.Time, kind, prefix string, count int) ([]string, error) {
	year := market.DateOf(now).Year()
	id := market.DerivedID("counter", string(actor.Centre), kind, fmt.Sprint(year))
	counter, err := store.Get[market.Counter](ctx, d.st, actor.Centre, id)
	if isNotFound(err) {
		counter = market.Counter{Meta: fresh(actor.Centre, now), Kind: kind, Year: year}
		counter.ID = id
	} else if err != nil {
		return nil, fmt.Errorf("load counter: %w", err)
	}
	out := make([]string, count)
	for i := range out {
		counter.Last++
		out[i] = fmt.Sprintf("%s-%d-%05d", prefix, year, counter.Last)
	}
	c.put(&counter)
	return out, nil
}
