package web

import (
	"crypto/rand"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// How long a log-in lasts: unused, and at most. Phones are shared less than office machines.
const (
	staffIdle, staffMost   = 30 * time.Minute, 12 * time.Hour
	seekerIdle, seekerMost = 30 * 24 * time.Hour, 30 * 24 * time.Hour
	seenEvery              = 2 * time.Minute // how often "seen" is written, so that reading is not writing
)

func lifetimes(r market.Role) (idle, most time.Duration) {
	if r == market.Seeker {
		return seekerIdle, seekerMost
	}
	return staffIdle, staffMost
}

// cookieName has the __Host- prefix on https, which ties the cookie to this very host.
func (s *Server) cookieName(name string) string {
	if s.Secure {
		return "__Host-" + name
	}
	return name
}

func (v *visit) setCookie(name, value string, age time.Duration) {
	v.Cookie(&fiber.Cookie{
		Name: v.s.cookieName(name), Value: value, Path: "/", MaxAge: int(age / time.Second),
		Secure: v.s.Secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func (v *visit) clearCookie(name string) {
	v.Cookie(&fiber.Cookie{Name: v.s.cookieName(name), Path: "/", MaxAge: -1, Expires: time.Unix(1, 0),
		Secure: v.s.Secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// sessionID is what the store knows of a token: its hash.
func sessionID(token string) market.ID { return market.DerivedID("session", token) }

// recognise finds who asks by the session cookie. An expired session, one of a
// disabled account and one opened before the account's role, password or factor changed are nobody's.
func (v *visit) recognise() error {
	token := v.Cookies(v.s.cookieName("nv"))
	if token == "" || v.s.Store == nil {
		return nil
	}
	session, err := load[market.Session](v, sessionID(token))
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	user, err := load[market.User](v, session.User)
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	idle, _ := lifetimes(user.Role)
	if user.Disabled || session.Epoch != user.Epoch || v.now.After(session.ExpiresAt) || v.now.Sub(session.SeenAt) > idle {
		v.clearCookie("nv")
		return v.drop(&session)
	}
	v.user, v.session, v.actor = &user, &session, user.Actor()
	if v.now.Sub(session.SeenAt) > seenEvery {
		session.SeenAt = market.Stamp(v.now)
		if err := v.put(&session); err != nil && market.KindOf(err) != market.Conflict {
			return err
		}
	}
	return nil
}

// open starts a session under a new token; the old one, if any, ends.
func (v *visit) open(u *market.User, factor2 bool) error {
	if v.session != nil {
		if err := v.drop(v.session); err != nil {
			return err
		}
	}
	token := rand.Text()
	_, most := lifetimes(u.Role)
	session := market.Session{
		Meta: market.Meta{ID: sessionID(token), Centre: v.s.Centre, RecordedAt: market.Stamp(v.now)},
		User: u.ID, CSRF: rand.Text(), SeenAt: market.Stamp(v.now), ExpiresAt: market.Stamp(v.now.Add(most)), Factor2: factor2, Epoch: u.Epoch,
	}
	if err := v.put(&session); err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	v.setCookie("nv", token, most)
	v.clearCookie("nv-form")
	v.user, v.session, v.actor = u, &session, u.Actor()
	return nil
}

// drop ends a session; one that is gone already is no error.
func (v *visit) drop(session *market.Session) error {
	err := v.s.Store.Apply(v.ctx, store.Delete(session))
	if k := market.KindOf(err); k == market.NotFound || k == market.Conflict {
		return nil
	}
	return err
}

// load reads one document of this centre.
func load[T any](v *visit, id market.ID) (T, error) {
	return store.Get[T](v.ctx, v.s.Store, v.s.Centre, id)
}

// put writes documents of web's own: sessions, replays, counters of failed log-ins. Decisions go through casework.
func (v *visit) put(docs ...market.Document) error {
	ops := make([]store.Op, len(docs))
	for i, d := range docs {
		ops[i] = store.Put(d)
	}
	return v.s.Store.Apply(v.ctx, ops...)
}
