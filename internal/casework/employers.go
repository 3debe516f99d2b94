package casework

import (
	"context"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// RegisterEmployer stores a new employer, pending until staff verify it. A tax code already known is a
// Conflict ("error.unique.tax_code").
func (d *Desk) RegisterEmployer(ctx context.Context, actor market.Actor, now time.Time, e market.Employer) (market.Employer, error) {
	if err := market.Can(actor, market.RegisterEmployer, market.Subject{Centre: actor.Centre, Employer: actor.Subject}); err != nil {
		return e, err
	}
	if e.ID == "" {
		e.Meta = fresh(actor.Centre, now)
	}
	e.Rev, e.Centre, e.State = 0, actor.Centre, market.EmployerPending
	e.VerifiedBy, e.VerifiedOn, e.Asked, e.Answered, e.Hired, e.Left = "", "", 0, 0, 0, 0
	if e.TaxCode == "" {
		return e, market.Bad("tax_code", "error.required")
	}
	if err := d.tidyEmployer(&e); err != nil {
		return e, err
	}
	err := d.decide(ctx, func(c *changes) error {
		c.put(&e)
		c.note(actor, now, "employer.register", &e, "", string(e.State), "")
		return nil
	})
	return e, err
}

// UpdateEmployer stores what an employer may edit; a change of name or tax code by anyone but staff asks for
// a new check.
func (d *Desk) UpdateEmployer(ctx context.Context, actor market.Actor, now time.Time, e market.Employer) (market.Employer, error) {
	err := d.decide(ctx, func(c *changes) error {
		old, err := get[market.Employer](ctx, d, actor, e.ID)
		if err != nil {
			return err
		}
		if err := market.Can(actor, market.WriteEmployer, market.Subject{Centre: old.Centre, Employer: old.ID}); err != nil {
			return err
		}
		if err := seen(&old, e.Rev); err != nil {
			return err
		}
		e.Meta, e.State, e.VerifiedBy, e.VerifiedOn = old.Meta, old.State, old.VerifiedBy, old.VerifiedOn
		e.Asked, e.Answered, e.Hired, e.Left = old.Asked, old.Answered, old.Hired, old.Left
		if !actor.Role.Staff() {
			e.Permission = old.Permission
		}
		if err := d.tidyEmployer(&e); err != nil {
			return err
		}
		if !actor.Role.Staff() && (e.Name != old.Name || e.TaxCode != old.TaxCode) && old.State != market.EmployerSuspended {
			e.State, e.VerifiedBy, e.VerifiedOn = market.EmployerPending, "", ""
		}
		c.put(&e)
		c.note(actor, now, "employer.update", &e, string(old.State), string(e.State), "")
		return nil
	})
	return e, err
}

func (d *Desk) tidyEmployer(e *market.Employer) error {
	e.Name, e.Address, e.Contact = taxonomy.CleanLine(e.Name), taxonomy.CleanLine(e.Address), taxonomy.CleanLine(e.Contact)
	e.Permission, e.TaxCode = taxonomy.CleanLine(e.Permission), taxonomy.CleanLine(e.TaxCode)
	if e.Phone != "" {
		e.Phone = market.NormalisePhone(e.Phone)
	}
	e.Lists = d.tax.ListVersions()
	return e.Validate(d.tax)
}

// MoveEmployer verifies, refuses, suspends (staff) or asks again (the employer). The note goes to the employer.
func (d *Desk) MoveEmployer(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, event market.EmployerEvent, note string) (market.Employer, error) {
	action := market.VerifyEmployer
	if event == market.EmployerAsk {
		action = market.WriteEmployer
	}
	note = taxonomy.CleanLine(note)
	var e market.Employer
	err := d.decide(ctx, func(c *changes) (err error) {
		if e, err = get[market.Employer](ctx, d, actor, id); err != nil {
			return err
		}
		if err := market.Can(actor, action, market.Subject{Centre: e.Centre, Employer: e.ID}); err != nil {
			return err
		}
		if err := seen(&e, rev); err != nil {
			return err
		}
		if (event == market.EmployerRefuse || event == market.EmployerSuspend) && note == "" {
			return market.Bad("note", "error.reason.required")
		}
		from := e.State
		if err := e.Do(event); err != nil {
			return err
		}
		e.Refusal = note
		if event == market.EmployerVerify {
			e.VerifiedBy, e.VerifiedOn, e.Refusal = actor.User, market.DateOf(now), ""
		}
		c.put(&e)
		c.note(actor, now, "employer."+string(event), &e, string(from), string(e.State), note)
		return nil
	})
	return e, err
}
