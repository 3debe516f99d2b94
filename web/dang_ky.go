package web

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"noiviec/internal/market"
)

// consentVersion names the text people agree to; a new text gets a new version.
const consentVersion = "2026-01"

const shortestPassword = 8

type registerPage struct {
	Layout
	Form     *Form
	Communes []Option
	Consent  string // version of the text that is agreed to
}

// showRegister asks for what is needed to begin, and nothing more; the rest of the profile comes later.
func (s *Server) showRegister(v *visit) error {
	if v.actor.Role == market.Seeker {
		return v.to("/toi")
	}
	return s.renderRegister(v, v.blank(0, nil))
}

func (s *Server) renderRegister(v *visit, f *Form) error {
	return v.render("dang-ky", f.status(), &registerPage{Layout: v.layout("register.title"), Form: f, Communes: v.homeCommunes(), Consent: consentVersion})
}

// register stores a person with their consent and opens their account.
func (s *Server) register(v *visit) error {
	f := v.form()
	if !s.limits.allow("register:"+v.IP(), 20, reportRefill, v.now) {
		return market.Fail(market.Unavailable, "error.login.slow")
	}
	f.needs("name", "born", "phones", "password")
	w := market.Worker{Name: f.Text("name"), Born: f.Born("born"), About: f.Text("about"), Registered: "self"}
	w.Meta = market.Meta{ID: v.madeHere("worker"), Centre: s.Centre, RecordedAt: market.Stamp(v.now)}
	phone := market.NormalisePhone(f.Text("phones"))
	w.Phones = []string{phone}
	w.Commune = v.readCommune(f)
	if n := len([]rune(f.raw("password"))); n > 0 && n < shortestPassword {
		f.add(market.Bad("password", "error.password.short"))
	}
	if !f.Has("consent", consentVersion) {
		f.add(market.Bad("consent", "error.consent"))
	}
	w.Consent = v.consent()
	if f.refusedWith(func() error { return w.Validate(v.s.Tax, v.today) }) {
		return s.renderRegister(v, f)
	}
	if user, err := s.account(v, phone); err != nil || user != nil {
		if err != nil {
			return err
		}
		f.add(market.Bad("phones", "error.login.taken"))
		return s.renderRegister(v, f)
	}
	return s.openSeeker(v, f, w, phone)
}

func (s *Server) openSeeker(v *visit, f *Form, w market.Worker, login string) error {
	w, err := s.Desk.RegisterWorker(v.ctx, v.actor, v.now, w)
	if err != nil {
		if f.caught(err) {
			return s.renderRegister(v, f)
		}
		return err
	}
	s.hasher <- struct{}{} // hashing takes 19 MiB, as checking does
	hash := HashPassword(f.raw("password"))
	<-s.hasher
	account := market.User{Meta: market.Meta{Centre: s.Centre}, Login: login, Name: w.Name, Role: market.Seeker, Subject: w.ID,
		Password: hash, Language: v.lang}
	user, err := s.Desk.OpenAccount(v.ctx, v.now, account)
	if err != nil {
		if f.caught(err) {
			return s.renderRegister(v, f)
		}
		return err
	}
	if err := v.open(&user, false); err != nil {
		return err
	}
	if w.About != "" {
		return v.done("/toi/mo-ta?xem=1&moi=1", "notice.registered")
	}
	return v.done("/toi?moi=1", "notice.registered")
}

// consent proves what was agreed to: the text as it stands in Vietnamese, by its hash.
func (v *visit) consent() market.Consent {
	sum := sha256.Sum256([]byte(v.s.words["vi"]["register.consent"]))
	return market.Consent{Version: consentVersion, TextHash: hex.EncodeToString(sum[:]), At: market.Stamp(v.now), Channel: "page"}
}

// needs marks the fields that were left empty.
func (f *Form) needs(names ...string) {
	for _, name := range names {
		if strings.TrimSpace(f.raw(name)) == "" {
			f.add(market.Bad(name, "error.required"))
		}
	}
}

// homeCommunes lists the centre's own communes, in the order of a dictionary.
func (v *visit) homeCommunes() []Option {
	var out []Option
	province, ok := v.s.Tax.Province(v.centre().Province)
	if !ok {
		return nil
	}
	for _, code := range province.Communes {
		if c, ok := v.s.Tax.Commune(code); ok {
			text := c.Name
			if c.Type != "Xã" {
				text += " (" + lowerFirst(c.Type) + ")"
			}
			out = append(out, Option{Value: c.Code, Text: text})
		}
	}
	sortVietnamese(out)
	return out
}
