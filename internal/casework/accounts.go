package casework

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// SaveUser makes an account (Rev 0) or changes one. The password comes in already hashed; an empty one keeps
// what is stored. The last administrator can neither be disabled nor lose the role.
func (d *Desk) SaveUser(ctx context.Context, actor market.Actor, now time.Time, u market.User) (market.User, error) {
	if err := market.Can(actor, market.ManageAccounts, market.Subject{Centre: actor.Centre}); err != nil {
		return u, err
	}
	u.Login, u.Name = strings.ToLower(taxonomy.CleanLine(u.Login)), taxonomy.CleanLine(u.Name)
	switch {
	case u.Login == "" || len(u.Login) > 80 || strings.ContainsAny(u.Login, " \t"):
		return u, market.Bad("login", "error.login_name")
	case u.Name == "" || len([]rune(u.Name)) > market.MaxName:
		return u, market.Bad("name", "error.required")
	case !slices.Contains(market.Roles, u.Role):
		return u, market.Bad("role", "error.code.unknown", string(u.Role))
	case (u.Role == market.Seeker || u.Role == market.EmployerRole) && u.Subject == "":
		return u, market.Bad("subject", "error.required")
	}
	rev := u.Rev
	err := d.decide(ctx, func(c *changes) error {
		if err := d.checkSubject(ctx, actor, u); err != nil {
			return err
		}
		from := "new"
		if rev == 0 {
			if u.ID == "" {
				u.Meta = fresh(actor.Centre, now)
			}
			u.Rev, u.Centre = 0, actor.Centre
		} else {
			old, err := get[market.User](ctx, d, actor, u.ID)
			if err != nil {
				return err
			}
			if old.Rev != rev {
				return market.Fail(market.Conflict, "error.stale")
			}
			if actor.User == old.ID && (u.Disabled || u.Role != old.Role) {
				return market.Fail(market.Conflict, "error.account.own")
			}
			if err := d.keepAdministrator(ctx, c, actor, old, u); err != nil {
				return err
			}
			if u.Password == "" {
				u.Password = old.Password
			}
			if u.Epoch = old.Epoch; accessChanged(old, u) {
				u.Epoch++
			}
			u.Meta, from = old.Meta, string(old.Role)
		}
		c.put(&u)
		c.note(actor, now, "user.save", &u, from, accountText(u), "")
		return nil
	})
	return u, err
}

func accountText(u market.User) string {
	if u.Disabled {
		return "disabled"
	}
	return string(u.Role)
}

// accessChanged reports whether log-ins made before a change must end: what they may do or how they were
// proved is no longer the same.
func accessChanged(old, u market.User) bool {
	return old.Role != u.Role || old.Disabled != u.Disabled || old.Subject != u.Subject || old.Password != u.Password ||
		old.Login != u.Login || old.TOTPOn != u.TOTPOn || !slices.Equal(old.Communes, u.Communes)
}

// checkSubject finds the person or firm that a seeker's or employer's account stands for.
func (d *Desk) checkSubject(ctx context.Context, actor market.Actor, u market.User) error {
	var err error
	switch u.Role {
	case market.Seeker:
		_, err = get[market.Worker](ctx, d, actor, u.Subject)
	case market.EmployerRole:
		_, err = get[market.Employer](ctx, d, actor, u.Subject)
	}
	if isNotFound(err) {
		return market.Bad("subject", "error.account.subject")
	}
	return err
}

// keepAdministrator refuses a change that would leave nobody who can manage the accounts. The other
// administrator that it rests on is held, so that two cannot close each other at once.
func (d *Desk) keepAdministrator(ctx context.Context, c *changes, actor market.Actor, old, u market.User) error {
	if old.Role != market.Administrator || old.Disabled || u.Role == market.Administrator && !u.Disabled {
		return nil
	}
	var other *market.User
	q := store.Query{Centre: actor.Centre, Index: "users_by_role", Equal: []any{market.Administrator}}
	err := eachFound(ctx, d.st, q, func(a market.User) {
		if other == nil && a.ID != old.ID && !a.Disabled && a.Password != "" {
			other = &a
		}
	})
	if err != nil {
		return fmt.Errorf("list administrators: %w", err)
	}
	if other == nil {
		return market.Fail(market.Conflict, "error.account.last")
	}
	c.hold(other)
	return nil
}

// OpenAccount makes the account of somebody who has just registered as seeker or employer.
func (d *Desk) OpenAccount(ctx context.Context, now time.Time, u market.User) (market.User, error) {
	if u.Role != market.Seeker && u.Role != market.EmployerRole {
		return u, market.Fail(market.Denied, "error.denied")
	}
	u.Rev, u.TOTPOn, u.Demo = 0, false, false
	return d.SaveUser(ctx, market.SystemActor(u.Centre), now, u)
}

// OpenCentre makes the province's service itself with its channels, once; called again it changes nothing.
func (d *Desk) OpenCentre(ctx context.Context, now time.Time, settings market.CentreSettings) (market.CentreSettings, error) {
	actor := market.SystemActor(settings.ID)
	err := d.decide(ctx, func(c *changes) error {
		old, err := get[market.CentreSettings](ctx, d, actor, settings.ID)
		if err == nil {
			settings = old
			return nil
		}
		if !isNotFound(err) {
			return err
		}
		settings.Rev, settings.Centre, settings.RecordedAt = 0, settings.ID, market.Stamp(now)
		if settings.Secret == "" {
			settings.Secret = rand.Text()
		}
		c.put(&settings)
		for _, ch := range market.StartChannels {
			ch.Meta = fresh(settings.ID, now)
			c.put(&ch)
		}
		c.note(actor, now, "centre.open", &settings, "", "", "")
		return nil
	})
	return settings, err
}
