package demo

import (
	"fmt"

	"noiviec/internal/market"
)

// consentText names the paper that the invented people agreed on.
const consentVersion = "mau-2026-01"

func (m *maker) worker() {
	of := weighted(m, peoples, func(p people) int { return p.share })
	sex, middle, given := "m", of.middleM, pick(m, of.men)
	if m.chance(52) {
		sex, middle, given = "f", of.middleF, pick(m, of.women)
	}
	t, home := m.trade(), m.commune()
	n := len(m.workers)
	w := &market.Worker{Meta: m.meta(1 + m.r.IntN(300)), Name: pick(m, of.surnames) + " " + middle + " " + given,
		Born: market.NewDate(m.today.Year()-18-m.r.IntN(38), 1+m.r.IntN(12), 1+m.r.IntN(28)), Phones: []string{fmt.Sprintf("0900%06d", n%900_000)},
		Commune: home.Code, Hamlet: pick(m, hamlets), Schooling: fmt.Sprint(2 + m.r.IntN(4)), Qualification: "1", Sex: sex, Ethnicity: of.code,
		State: market.WorkerSeeking, Registered: "demo", Lists: m.tax.ListVersions()}
	w.Consent = market.Consent{Version: consentVersion, TextHash: "mẫu", At: w.RecordedAt, Channel: "paper"}
	if of.code != "01" {
		w.Priority = append(w.Priority, "minority")
	}
	if m.chance(25) {
		w.Priority = append(w.Priority, "poor")
	}
	m.abilities(w, t, of.language)
	m.wishes(w, t)
	switch c := m.r.IntN(100); {
	case c < 5:
		w.State = market.WorkerPaused
	case c < 12:
		w.State, w.EmployedSince = market.WorkerEmployed, m.today.AddDays(-30-m.r.IntN(300))
		w.RecordedAt = market.Stamp(w.EmployedSince.AddDays(-20 - m.r.IntN(60)).Time()) // known before they were sent anywhere
		w.Consent.At = w.RecordedAt
	}
	m.workers = append(m.workers, w)
	m.add(w)
}

func (m *maker) abilities(w *market.Worker, t trade, language string) {
	months := m.r.IntN(60)
	if m.chance(35) {
		months = 0
	}
	if months > 0 || m.chance(60) {
		known := market.SelfStated
		if months >= 36 { // the counsellor has asked where they worked
			known = market.Confirmed
		}
		w.Skills = append(w.Skills, market.HeldSkill{ID: t.skill, Level: 1 + min(2, months/20), Months: months, Evidence: known})
	}
	for _, s := range t.nice {
		if m.chance(30) {
			w.Skills = append(w.Skills, market.HeldSkill{ID: s, Level: 1, Evidence: market.SelfStated})
		}
	}
	if months > 6 {
		w.History = append(w.History, market.WorkSpell{Occupation: m.occupation(t.skill), Title: t.title, Months: months})
		w.Qualification = pick(m, []string{"1", "2", "3", "4"})
	}
	if t.certificate != "" && m.chance(55) {
		c := market.HeldCertificate{ID: t.certificate, Issued: m.today.AddDays(-200 - m.r.IntN(900))}
		if m.chance(50) {
			c.Expires = m.today.AddDays(-100 + m.r.IntN(900)) // some have run out
		}
		w.Certificates = append(w.Certificates, c)
	}
	if m.chance(45) {
		w.Certificates = append(w.Certificates, market.HeldCertificate{ID: "gplx-a1"})
	}
	w.Languages = append(w.Languages, market.HeldLanguage{Language: "vi", Level: 2 + m.r.IntN(3)})
	if language != "vi" {
		w.Languages = append(w.Languages, market.HeldLanguage{Language: language, Level: 4})
	}
}

func (m *maker) wishes(w *market.Worker, t trade) {
	floor := int64(t.lower)*1_000_000 - 500_000*int64(m.r.IntN(3))
	w.Wishes = []market.Wish{{Occupation: m.occupation(t.skill), Title: t.title, Shift: []string{"day"},
		Pay: market.Pay{Min: floor, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}}}
	if m.chance(50) {
		w.Wishes[0].Shift = nil // any
	}
	if other := m.trade(); m.chance(60) && other.skill != t.skill {
		w.Wishes = append(w.Wishes, market.Wish{Occupation: m.occupation(other.skill), Title: other.title})
	}
	switch n := m.r.IntN(100); {
	case n < 15:
		w.Mobility = market.Mobility{Kind: market.WithinKm, Km: 10 + 10*m.r.IntN(4)}
	case n < 45:
		w.Mobility = market.Mobility{Kind: market.OwnProvince}
	case n < 65:
		w.Mobility = market.Mobility{Kind: market.ListedProvinces, Provinces: m.two(away)}
	case n < 92:
		w.Mobility = market.Mobility{Kind: market.Anywhere}
	default:
		w.Mobility = market.Mobility{Kind: market.Abroad}
	}
	if w.Mobility.Kind == market.Anywhere && m.chance(60) {
		w.Needs = append(w.Needs, "dormitory")
	}
	if m.chance(8) {
		w.Barriers = []string{pick(m, market.Barriers)}
	}
}

// two draws two different entries.
func (m *maker) two(list []string) []string {
	i, step := m.r.IntN(len(list)), 1+m.r.IntN(len(list)-1)
	return []string{list[i], list[(i+step)%len(list)]}
}
