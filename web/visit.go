package web

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"noiviec/internal/market"
)

// visit is one request: the Fiber context, who asks, in which language, until when.
type visit struct {
	*fiber.Ctx
	s       *Server
	ctx     context.Context
	now     time.Time
	today   market.Date
	lang    string
	user    *market.User    // nil when nobody is logged in
	session *market.Session // nil when nobody is logged in
	actor   market.Actor
	sent    *Form     // the form of this visit, sent or to be shown
	once    market.ID // names the answer to the form that was sent, before a log-in changes the browser's secret
}

// enter wraps a route's handler: session, language, permission, form token, then the handler.
func (s *Server) enter(r route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		limit := readDeadline
		if c.Method() == fiber.MethodPost {
			limit = writeDeadline
		}
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		now := s.Now()
		v := &visit{Ctx: c, s: s, ctx: ctx, now: now, today: market.DateOf(now), actor: market.Actor{Role: market.Anyone, Centre: s.Centre}}
		v.lang = v.chosenLanguage()
		c.Locals("visit", v)
		if err := v.recognise(); err != nil {
			return err
		}
		v.lang = v.chosenLanguage()
		if err := v.permit(r); err != nil {
			return err
		}
		if c.Method() == fiber.MethodPost {
			if err := v.checkForm(); err != nil {
				return err
			}
			unlock := s.lockSent(v.FormValue("_once"))
			defer unlock()
			if to, ok := v.replayed(); ok {
				return v.to(to)
			}
		}
		return r.handle(s, v)
	}
}

// permit asks the table of permissions whether this role may ever come here.
func (v *visit) permit(r route) error {
	if r.action == public {
		return nil
	}
	if !market.May(v.actor.Role, r.action) || r.only != nil && !slices.Contains(r.only, v.actor.Role) {
		if v.user == nil {
			return market.Fail(market.Unauthenticated, "error.login_first")
		}
		return market.Fail(market.Denied, "error.denied")
	}
	if v.actor.Role.Staff() && !v.user.Demo && !v.session.Factor2 {
		if !v.user.TOTPOn {
			return errEnrol
		}
		return market.Fail(market.Unauthenticated, "error.second_factor")
	}
	return nil
}

// can asks about one document.
func (v *visit) can(action market.Action, subject market.Subject) error {
	return market.Can(v.actor, action, subject)
}

// param gives an id from the address; what has not the form of one is not found.
func (v *visit) param(name string) (market.ID, error) {
	id := market.ID(v.Params(name))
	if !id.Valid() {
		return "", market.Fail(market.NotFound, "error.not_found")
	}
	return id, nil
}

// to redirects to a path of ours with 303, so that going back does not send a form again.
func (v *visit) to(path string) error { return v.Redirect(localPath(path, "/"), fiber.StatusSeeOther) }

// done ends a write: it remembers the answer under the form's key and redirects, with a notice to show there.
func (v *visit) done(path, notice string) error {
	if notice != "" {
		sep := "?"
		if strings.Contains(path, "?") {
			sep = "&"
		}
		path += sep + "bao=" + url.QueryEscape(notice)
	}
	if err := v.remember(path); err != nil {
		return err
	}
	return v.to(path)
}

// localPath keeps redirects on this site: anything but a plain path gives the fallback.
func localPath(path, fallback string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return fallback
	}
	return path
}

// link gives the present address with one query value changed ("" removes it); other filters stay.
func (v *visit) link(key, value string) string {
	q := v.query()
	q.Del(key)
	if value != "" {
		q.Set(key, value)
	}
	if len(q) == 0 {
		return v.Path()
	}
	return v.Path() + "?" + q.Encode()
}

func (v *visit) query() url.Values {
	q, err := url.ParseQuery(string(v.Request().URI().QueryString()))
	if err != nil {
		return url.Values{}
	}
	q.Del("bao")
	return q
}
