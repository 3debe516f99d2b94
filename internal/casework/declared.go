package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// Declare stores a figure that a programme, bank or commune reported, with the document it stands in.
func (d *Desk) Declare(ctx context.Context, actor market.Actor, now time.Time, f market.Declared) (market.Declared, error) {
	id := f.ID
	f.Meta, f.By, f.Voided = fresh(actor.Centre, now), actor.User, ""
	if id != "" {
		f.ID = id // of the form, so that sending it twice is one figure
	}
	if err := d.checkDeclared(ctx, actor, now, &f); err != nil {
		return f, err
	}
	err := d.decide(ctx, func(c *changes) error {
		c.put(&f)
		c.note(actor, now, "declared.add", &f, "", declaredText(f), f.Source)
		return nil
	})
	return f, err
}

// CorrectDeclared puts other figures in place of those that were declared; the audit keeps the earlier ones.
// What was voided stays as it is.
func (d *Desk) CorrectDeclared(ctx context.Context, actor market.Actor, now time.Time, f market.Declared, reason string) (market.Declared, error) {
	if err := d.checkDeclared(ctx, actor, now, &f); err != nil {
		return f, err
	}
	if reason = taxonomy.CleanLine(reason); reason == "" {
		return f, market.Bad("reason", "error.reason.why")
	}
	rev := f.Rev
	err := d.decide(ctx, func(c *changes) error {
		old, err := d.counting(ctx, actor, f.ID, rev)
		if err != nil {
			return err
		}
		f.Meta, f.By, f.Voided = old.Meta, old.By, ""
		c.put(&f)
		c.note(actor, now, "declared.correct", &f, declaredText(old), declaredText(f), reason)
		return nil
	})
	return f, err
}

// VoidDeclared takes a figure out of the reports; it stays in the list with its reason.
func (d *Desk) VoidDeclared(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, reason string) (market.Declared, error) {
	var f market.Declared
	if err := market.Can(actor, market.DeclareResult, market.Subject{Centre: actor.Centre}); err != nil {
		return f, err
	}
	reason = taxonomy.CleanLine(reason)
	switch {
	case reason == "":
		return f, market.Bad("void", "error.reason.why")
	case len([]rune(reason)) > market.MaxLine:
		return f, market.Bad("void", "error.text.long", market.MaxLine, len([]rune(reason)))
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if f, err = d.counting(ctx, actor, id, rev); err != nil {
			return err
		}
		f.Voided = reason
		c.put(&f)
		c.note(actor, now, "declared.void", &f, declaredText(f), "", reason)
		return nil
	})
	return f, err
}

// counting loads a figure that has not been voided, at the revision that was seen.
func (d *Desk) counting(ctx context.Context, actor market.Actor, id market.ID, rev int64) (market.Declared, error) {
	f, err := get[market.Declared](ctx, d, actor, id)
	switch {
	case err != nil:
		return f, err
	case f.Voided != "":
		return f, market.Fail(market.Conflict, "error.declared.voided")
	}
	return f, seen(&f, rev)
}

// checkDeclared asks for permission, cleans what was typed and gives every problem.
func (d *Desk) checkDeclared(ctx context.Context, actor market.Actor, now time.Time, f *market.Declared) error {
	if err := market.Can(actor, market.DeclareResult, market.Subject{Centre: actor.Centre}); err != nil {
		return err
	}
	f.Source, f.Agency, f.Note = taxonomy.CleanLine(f.Source), taxonomy.CleanLine(f.Agency), taxonomy.CleanLine(f.Note)
	if err := f.Validate(market.DateOf(now)); err != nil {
		return err
	}
	if f.Commune != "" && !d.tax.HasCommune(f.Commune) {
		return market.Bad("commune", "error.code.unknown", f.Commune)
	}
	lines := market.TrainingLines
	if f.Indicator == market.NewJobs {
		channels, err := d.Channels(ctx, actor.Centre)
		if err != nil {
			return err
		}
		lines = nil
		for _, ch := range channels {
			lines = append(lines, ch.Code)
		}
	}
	if !slices.Contains(lines, f.Line) {
		return market.Bad("line", "error.code.unknown", f.Line)
	}
	return nil
}

// declaredText writes a figure as the audit keeps it: "new_jobs.loan_fund.2018-04=215".
func declaredText(f market.Declared) string {
	return fmt.Sprintf("%s.%s.%s=%d", f.Indicator, f.Line, string(f.Month), f.Count)
}

// DeclaredIn lists the figures of a month, voided ones too, oldest first.
func (d *Desk) DeclaredIn(ctx context.Context, actor market.Actor, month market.Month) ([]market.Declared, error) {
	if err := market.Can(actor, market.DeclareResult, market.Subject{Centre: actor.Centre}); err != nil {
		return nil, err
	}
	var out []market.Declared
	q := store.Query{Centre: actor.Centre, Index: "declared_by_month", Equal: []any{month}}
	if err := eachFound(ctx, d.st, q, func(f market.Declared) { out = append(out, f) }); err != nil {
		return nil, fmt.Errorf("list declared: %w", err)
	}
	slices.SortStableFunc(out, func(a, b market.Declared) int { return a.RecordedAt.Compare(b.RecordedAt) })
	return out, nil
}

// SameDeclared finds another figure that counts, of the same document, line and month: perhaps it is being
// entered twice.
func (d *Desk) SameDeclared(ctx context.Context, actor market.Actor, f market.Declared) (market.Declared, bool, error) {
	list, err := d.DeclaredIn(ctx, actor, f.Month)
	if err != nil {
		return f, false, err
	}
	source := taxonomy.Fold(taxonomy.CleanLine(f.Source))
	for _, other := range list {
		if other.ID != f.ID && other.Voided == "" && other.Indicator == f.Indicator && other.Line == f.Line && taxonomy.Fold(other.Source) == source {
			return other, true, nil
		}
	}
	return f, false, nil
}
