package taxonomy

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
)

// LegalBar is one rule by which a law keeps somebody out of a kind of work, by age alone or by age and sex. It is
// judged here, outside the matcher, which sees neither.
type LegalBar struct {
	Code      string
	Under     int         // who is younger is barred, 0 no such limit
	FromMen   int         // who has reached this age is barred, 0 no such limit
	FromWomen int         // as FromMen
	Since     market.Date // the days on which the rule holds
	Until     market.Date // "" still
	Source    string      // law, article and clause
	Evidence  string      // S read in the law's text, M from memory
}

// barredWork says which work falls under a bar.
type barredWork struct {
	code, kind string
	values     []string
	except     []string // occupations it does not hold for
}

// Work is what the law looks at in a job.
type Work struct {
	Title        string
	Occupation   string
	Sector       string
	Skills       []string // required
	Certificates []string // required
	Shift        string
	Lifting      string // code of list "dk-nang"
	Abroad       bool   // nowhere in the country
}

// WorkOf is a posting as the law looks at it: what is required, not what is welcome. The employer may be nil.
func WorkOf(p market.Posting, e *market.Employer) Work {
	w := Work{Title: p.Title, Occupation: p.Occupation, Shift: p.Shift, Lifting: p.Conditions.Lifting, Abroad: len(p.Workplaces) > 0}
	if e != nil {
		w.Sector = e.Sector
	}
	for _, r := range p.Requirements {
		switch {
		case r.Nice:
		case r.Kind == "certificate":
			w.Certificates = append(w.Certificates, r.ID)
		default:
			w.Skills = append(w.Skills, r.ID)
		}
	}
	for _, place := range p.Workplaces {
		w.Abroad = w.Abroad && place.Country != "" && place.Country != "VN"
	}
	return w
}

// Barred gives the codes of the bars that keep a person from a posting on a day.
func (t *Taxonomy) Barred(w market.Worker, p market.Posting, e *market.Employer, on market.Date) []string {
	bars := t.BarsOf(WorkOf(p, e), on)
	return slices.DeleteFunc(t.BarredFrom(w.Born, w.Sex, on), func(code string) bool { return !slices.Contains(bars, code) })
}

// barKinds are the kinds of barred work, and how each is recognised.
var barKinds = map[string]func(t *Taxonomy, values []string, w *Work) bool{
	"any":        func(*Taxonomy, []string, *Work) bool { return true },
	"abroad":     func(_ *Taxonomy, _ []string, w *Work) bool { return w.Abroad },
	"occupation": func(_ *Taxonomy, values []string, w *Work) bool { return slices.Contains(values, w.Occupation) },
	"sector":     func(_ *Taxonomy, values []string, w *Work) bool { return slices.Contains(values, w.Sector) },
	"shift":      func(_ *Taxonomy, values []string, w *Work) bool { return slices.Contains(values, w.Shift) },
	"lifting":    func(_ *Taxonomy, values []string, w *Work) bool { return slices.Contains(values, w.Lifting) },
	"title":      func(_ *Taxonomy, values []string, w *Work) bool { return titleSays(w.Title, values) },
	"certificate": func(_ *Taxonomy, values []string, w *Work) bool {
		return slices.ContainsFunc(w.Certificates, func(id string) bool { return slices.Contains(values, id) })
	},
	"skill": func(t *Taxonomy, values []string, w *Work) bool {
		return slices.ContainsFunc(w.Skills, func(id string) bool { return t.isOneOf(id, values) })
	},
}

// titleSays reports whether a title holds one of the phrases, marks and all.
func titleSays(title string, phrases []string) bool {
	key := " " + Exact(title) + " "
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(key, " "+Exact(p)+" ") })
}

// isOneOf reports whether a skill or a wider one it belongs to is among the ids.
func (t *Taxonomy) isOneOf(id string, ids []string) bool {
	for up := 0; id != "" && up <= len(t.skills.all); up++ {
		if slices.Contains(ids, id) {
			return true
		}
		skill, _ := t.Skill(id)
		id = skill.Parent
	}
	return false
}

func (t *Taxonomy) loadLegalBars() error {
	if err := each("legal_bars.csv", func(r row) error {
		b := LegalBar{Code: r.text("code"), Since: market.Date(r.text("since")), Until: market.Date(r.text("until")), Source: r.text("source"), Evidence: r.text("evidence")}
		for column, age := range map[string]*int{"under": &b.Under, "from_men": &b.FromMen, "from_women": &b.FromWomen} {
			n, err := strconv.Atoi(cmp.Or(r.text(column), "0"))
			if err != nil || n < 0 || n > 100 {
				return fmt.Errorf("age %q", r.text(column))
			}
			*age = n
		}
		if !b.Since.Whole() || !b.Since.Valid() || !b.Until.Valid() || b.Source == "" || b.Under+b.FromMen+b.FromWomen == 0 {
			return fmt.Errorf("bar %+v", b)
		}
		t.bars = append(t.bars, b)
		return nil
	}); err != nil {
		return err
	}
	return each("legal_bar_work.csv", func(r row) error {
		w := barredWork{code: r.text("code"), kind: r.text("kind"), values: r.list("values", ";"), except: r.list("except_occupations", ";")}
		if _, ok := barKinds[w.kind]; !ok || !slices.ContainsFunc(t.bars, func(b LegalBar) bool { return b.Code == w.code }) {
			return fmt.Errorf("bar %q of kind %q", w.code, w.kind)
		}
		t.barredWork = append(t.barredWork, w)
		return errors.Join(t.checkBarValues(w.kind, w.values), t.checkBarValues("occupation", w.except))
	})
}

// checkBarValues makes sure that every code a rule names exists.
func (t *Taxonomy) checkBarValues(kind string, values []string) error {
	has := map[string]func(string) bool{
		"occupation": t.HasOccupation, "sector": t.HasSector, "skill": t.HasSkill, "certificate": t.HasCertificate,
		"shift":   func(s string) bool { return slices.Contains(market.Shifts, s) },
		"lifting": func(s string) bool { return t.HasListEntry("dk-nang", s) },
	}[kind]
	for _, v := range values {
		if has != nil && !has(v) {
			return fmt.Errorf("no %s %q", kind, v)
		}
	}
	return nil
}

// LegalBars gives the rules in force on a day.
func (t *Taxonomy) LegalBars(on market.Date) []LegalBar {
	var out []LegalBar
	for _, b := range t.bars {
		if b.Since <= on && (b.Until == "" || on <= b.Until) {
			out = append(out, b)
		}
	}
	return out
}

// BarredFrom gives the codes of the bars that hold for a person on a day. Of somebody with only a year of birth the
// younger of the two ages counts, so that nobody who may be a minor is sent where minors must not be; of somebody
// without one nothing is known, and nothing barred. Where men and women differ and the sex is not known, the later
// age holds.
func (t *Taxonomy) BarredFrom(born market.Date, sex string, on market.Date) []string {
	if born == "" {
		return nil
	}
	age, _ := born.AgeOn(on)
	var out []string
	for _, b := range t.LegalBars(on) {
		from := max(b.FromMen, b.FromWomen)
		switch sex {
		case "m":
			from = b.FromMen
		case "f":
			from = b.FromWomen
		}
		if age < b.Under || from > 0 && age >= from {
			out = append(out, b.Code)
		}
	}
	return out
}

// BarsOf gives the codes of the bars that a job falls under on a day, in the order of the list.
func (t *Taxonomy) BarsOf(w Work, on market.Date) []string {
	inForce := t.LegalBars(on)
	var out []string
	for _, rule := range t.barredWork {
		holds := slices.ContainsFunc(inForce, func(b LegalBar) bool { return b.Code == rule.code })
		if holds && !slices.Contains(out, rule.code) && !slices.Contains(rule.except, w.Occupation) && barKinds[rule.kind](t, rule.values, &w) {
			out = append(out, rule.code)
		}
	}
	return out
}
