package casework

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// setupFor is how long a one-time link works.
const setupFor = 30 * time.Minute

// changeUser changes one account at the revision that was seen.
func (d *Desk) changeUser(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, action string, change func(*market.User)) (market.User, error) {
	var u market.User
	if err := market.Can(actor, market.ManageAccounts, market.Subject{Centre: actor.Centre}); err != nil {
		return u, err
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if u, err = get[market.User](ctx, d, actor, id); err != nil {
			return err
		}
		if err := seen(&u, rev); err != nil {
			return err
		}
		change(&u)
		c.put(&u)
		c.note(actor, now, action, &u, "", "", "")
		return nil
	})
	return u, err
}

// EndSessions ends every log-in of an account with its next request.
func (d *Desk) EndSessions(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64) (market.User, error) {
	return d.changeUser(ctx, actor, now, id, rev, "user.end_sessions", func(u *market.User) { u.Epoch++ })
}

// ResetSecondFactor takes the second factor away, for somebody whose phone is lost: a new one is set up at the
// next log-in. Running log-ins end.
func (d *Desk) ResetSecondFactor(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64) (market.User, error) {
	return d.changeUser(ctx, actor, now, id, rev, "user.reset_factor", func(u *market.User) {
		u.TOTPOn, u.TOTPSecret = false, ""
		u.Epoch++
	})
}

// OfferSetup gives the secret of a link with which the account's owner sets a password: once, within half an
// hour. Only its hash is stored; a new one ends the one before. The present password works until then.
func (d *Desk) OfferSetup(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64) (secret string, u market.User, err error) {
	secret = string(id) + strings.ToLower(rand.Text())
	u, err = d.changeUser(ctx, actor, now, id, rev, "user.offer_setup", func(u *market.User) {
		u.SetupKey, u.SetupUntil = setupKey(secret), market.Stamp(now.Add(setupFor))
	})
	return secret, u, err
}

func setupKey(secret string) string { return string(market.DerivedID("setup", secret)) }

// SetupAccount finds whose link a secret is; one that is unknown, used, too old or of a closed account is a
// Conflict ("error.setup.gone"), without saying which.
func (d *Desk) SetupAccount(ctx context.Context, centre market.ID, now time.Time, secret string) (market.User, error) {
	gone := market.Fail(market.Conflict, "error.setup.gone")
	if len(secret) != 52 || !market.ID(secret[:26]).Valid() {
		return market.User{}, gone
	}
	u, err := get[market.User](ctx, d, market.SystemActor(centre), market.ID(secret[:26]))
	if isNotFound(err) {
		return market.User{}, gone
	}
	if err != nil {
		return market.User{}, err
	}
	if u.SetupKey == "" || u.Disabled || now.After(u.SetupUntil) || subtle.ConstantTimeCompare([]byte(u.SetupKey), []byte(setupKey(secret))) != 1 {
		return market.User{}, gone
	}
	return u, nil
}

// SetPassword stores the password (hashed) that the owner of a one-time link has chosen. The link is used up,
// a lock after wrong tries is lifted and every running log-in ends.
func (d *Desk) SetPassword(ctx context.Context, centre market.ID, now time.Time, secret, hash string) (market.User, error) {
	var u market.User
	err := d.decide(ctx, func(c *changes) (err error) {
		if u, err = d.SetupAccount(ctx, centre, now, secret); err != nil {
			return err
		}
		u.Password, u.SetupKey, u.SetupUntil = hash, "", time.Time{}
		u.Tries, u.LockedTill = 0, time.Time{}
		u.Epoch++
		c.put(&u)
		c.note(u.Actor(), now, "user.set_password", &u, "", "", "")
		return nil
	})
	return u, err
}

// SaveCentre stores what the service says of itself; province, key and channels stay.
func (d *Desk) SaveCentre(ctx context.Context, actor market.Actor, now time.Time, s market.CentreSettings) (market.CentreSettings, error) {
	if err := market.Can(actor, market.WriteCentre, market.Subject{Centre: actor.Centre}); err != nil {
		return s, err
	}
	for _, text := range []*string{&s.Name, &s.Phone, &s.Address, &s.Hours, &s.HoursEN, &s.Parent, &s.Director} {
		*text = taxonomy.CleanLine(*text)
	}
	if err := s.Validate(); err != nil {
		return s, err
	}
	rev := s.Rev
	err := d.decide(ctx, func(c *changes) error {
		old, err := get[market.CentreSettings](ctx, d, actor, actor.Centre)
		if err != nil {
			return err
		}
		if err := seen(&old, rev); err != nil {
			return err
		}
		old.Name, old.Phone, old.Address, old.Hours, old.HoursEN, old.Parent, old.Director = s.Name, s.Phone, s.Address, s.Hours, s.HoursEN, s.Parent, s.Director
		s = old
		c.put(&s)
		c.note(actor, now, "centre.save", &s, "", "", "")
		return nil
	})
	return s, err
}
