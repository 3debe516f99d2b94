package web

import (
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

type accountPage struct {
	Layout
	Form     *Form
	New      bool
	Account  market.User
	Own      bool // the administrator's own account
	State    string
	Sessions int
	Action   string
	Roles    Field
	Communes Field
	Link     string // the one-time link, shown only now
}

// showNewAccount shows the empty form.
func (s *Server) showNewAccount(v *visit) error {
	return s.renderAccount(v, v.blank(0, nil), market.User{})
}

// saveNewAccount makes an account without a password: its owner sets one by the one-time link.
func (s *Server) saveNewAccount(v *visit) error {
	f := v.form()
	u := s.accountForm(v, f, market.User{Meta: market.Meta{ID: v.madeHere("user")}})
	if f.refused() {
		return s.renderAccount(v, f, market.User{})
	}
	u, err := s.Desk.SaveUser(v.ctx, v.actor, v.now, u)
	if err != nil {
		if f.caught(err) {
			return s.renderAccount(v, f, market.User{})
		}
		return err
	}
	return s.offerSetup(v, u, "notice.account_made")
}

// accountForm reads who the account is for.
func (s *Server) accountForm(v *visit, f *Form, u market.User) market.User {
	f.needs("name", "login", "role")
	u.Name, u.Login, u.Role, u.Communes = f.Text("name"), f.Text("login"), market.Role(f.Text("role")), nil
	if u.Role == market.Commune {
		u.Communes = f.All("communes")
	}
	subject, err := s.accountSubject(v, u.Role, f.Text("subject"))
	f.caught(err)
	u.Subject = subject
	return u
}

// accountSubject finds whom an account stands for: a firm by its tax code, a person by the phone, either by id.
func (s *Server) accountSubject(v *visit, role market.Role, text string) (market.ID, error) {
	if role != market.Seeker && role != market.EmployerRole {
		return "", nil
	}
	if id := market.ID(text); text == "" || id.Valid() {
		return id, nil // casework says when it is missing or unknown
	}
	if role == market.EmployerRole {
		e, err := store.First[market.Employer](v.ctx, s.Store, s.by("employers_by_tax_code", text))
		return e.ID, subjectError(err)
	}
	found, err := store.Find[market.Worker](v.ctx, s.Store, s.by("workers_by_phone", market.NormalisePhone(text)))
	switch {
	case err != nil:
		return "", err
	case len(found.Items) == 0:
		return "", market.Bad("subject", "error.account.subject")
	case len(found.Items) > 1:
		return "", market.Bad("subject", "error.account.subjects", len(found.Items))
	}
	return found.Items[0].ID, nil
}

func subjectError(err error) error {
	if market.KindOf(err) == market.NotFound {
		return market.Bad("subject", "error.account.subject")
	}
	return err
}

// showAccount shows one account, and its one-time link if it was made just now.
func (s *Server) showAccount(v *visit) error {
	u, err := s.accountHere(v)
	if err != nil {
		return err
	}
	return s.renderAccount(v, accountFilled(v, u), u)
}

func accountFilled(v *visit, u market.User) *Form {
	return v.blank(u.Rev, map[string][]string{"name": {u.Name}, "login": {u.Login}, "role": {string(u.Role)}, "subject": {string(u.Subject)}, "communes": u.Communes})
}

func (s *Server) accountHere(v *visit) (market.User, error) {
	id, err := v.param("id")
	if err != nil {
		return market.User{}, err
	}
	return load[market.User](v, id)
}

// saveAccount changes name, log-in, role and whom it stands for.
func (s *Server) saveAccount(v *visit) error {
	old, err := s.accountHere(v)
	if err != nil {
		return err
	}
	f := v.form()
	u := s.accountForm(v, f, old)
	u.Rev = f.Rev
	if f.refused() {
		return s.renderAccount(v, f, old)
	}
	if _, err := s.Desk.SaveUser(v.ctx, v.actor, v.now, u); err != nil {
		if f.caught(err) {
			return s.renderAccount(v, f, old)
		}
		return err
	}
	return v.done(accountsPath+"/"+string(old.ID), "notice.saved")
}

// stepAccount does one thing about an account's access.
func (s *Server) stepAccount(v *visit) error {
	u, err := s.accountHere(v)
	if err != nil {
		return err
	}
	f, here := v.form(), accountsPath+"/"+string(u.ID)
	seen := u
	seen.Rev = f.Rev
	notice := "notice.saved"
	switch f.Text("step") {
	case "link":
		return s.offerSetup(v, seen, "notice.link_made")
	case "end":
		_, err = s.Desk.EndSessions(v.ctx, v.actor, v.now, u.ID, f.Rev)
		notice = "notice.sessions_ended"
	case "factor":
		_, err = s.Desk.ResetSecondFactor(v.ctx, v.actor, v.now, u.ID, f.Rev)
		notice = "notice.factor_reset"
	case "close", "open":
		seen.Disabled = f.Text("step") == "close"
		_, err = s.Desk.SaveUser(v.ctx, v.actor, v.now, seen)
	default:
		return market.Fail(market.Invalid, "error.request")
	}
	if err == nil {
		return v.done(here, notice)
	}
	if f.caught(err) {
		again := accountFilled(v, u)
		again.problems = f.problems
		return s.renderAccount(v, again, u)
	}
	return err
}

// offerSetup makes the one-time link and hands it to the next page in a cookie, so that it stands in no address,
// no log and no stored answer.
func (s *Server) offerSetup(v *visit, u market.User, notice string) error {
	secret, _, err := s.Desk.OfferSetup(v.ctx, v.actor, v.now, u.ID, u.Rev)
	if err != nil {
		return err
	}
	v.setCookie("nv-link", secret, 2*time.Minute)
	return v.done(accountsPath+"/"+string(u.ID), notice)
}

// setupLink takes the link that was made for this account just now, once.
func (v *visit) setupLink(u market.User) string {
	secret := v.Cookies(v.s.cookieName("nv-link"))
	if secret == "" || v.Method() != "GET" || !strings.HasPrefix(secret, string(u.ID)) {
		return ""
	}
	v.clearCookie("nv-link")
	link, err := SetupLink(v.BaseURL(), secret)
	if err != nil {
		v.s.Log.Error("one-time link", "error", err)
	}
	return link
}

func (s *Server) renderAccount(v *visit, f *Form, u market.User) error {
	page := &accountPage{Layout: v.layout("accounts.new"), Form: f, New: u.ID == "", Account: u, Own: u.ID == v.actor.User, Action: accountsPath + "/moi"}
	page.Roles = f.Choose("role", "accounts.role", append([]Option{{Text: v.T("form.choose")}}, v.roleOptions()...)).Must()
	page.Communes = f.Choose("communes", "accounts.communes", v.workCommunes(market.Posting{}))
	if !page.New {
		page.Layout, page.Action = v.layout("accounts.one"), accountsPath+"/"+string(u.ID)
		page.State, page.Link = v.accountState(u), v.setupLink(u)
		var err error
		if page.Sessions, err = v.openSessions(u); err != nil {
			return err
		}
	}
	return v.render("quan-tri-tai-khoan-mot", f.status(), page)
}

// openSessions counts the log-ins that still work.
func (v *visit) openSessions(u market.User) (int, error) {
	q := v.s.by("sessions_by_user", u.ID)
	q.Limit = 1000
	found, err := store.Find[market.Session](v.ctx, v.s.Store, q)
	idle, _ := lifetimes(u.Role)
	n := 0
	for _, session := range found.Items {
		if !u.Disabled && session.Epoch == u.Epoch && v.now.Before(session.ExpiresAt) && v.now.Sub(session.SeenAt) <= idle {
			n++
		}
	}
	return n, err
}
