package casework

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"noiviec/internal/market"
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
			if u.Password == "" {
				u.Password = old.Password
			}
			u.Meta, from = old.Meta, string(old.Role)
		}
		c.put(&u)
		c.note(actor, now, "user.save", &u, from, string(u.Role), "")
		return nil
	})
	return u, err
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
