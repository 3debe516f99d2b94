package jobs

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/matcher"
)

// learn makes the matcher's view of a person heed one thing that refusals taught. What the person said stays where
// it is stricter; the stored profile is not touched.
func learn(w *matcher.Worker, l market.Learned, home string) {
	switch l.Kind {
	case market.LearnedRest:
		w.Available = false
	case market.LearnedProvince:
		stayIn(w, home)
	case market.LearnedRadius:
		narrow(w, l.Km, home)
	case market.LearnedFloor:
		lift(w, l.Pay)
	case market.LearnedShift:
		avoid(w, l.Code)
	case market.LearnedLifting:
		spare(w, uint8(l.Level))
	case market.LearnedLanguage:
		speak(w, l.Code, uint8(l.Level))
	case market.LearnedEmployer:
		w.RefusedEmployers = append(w.RefusedEmployers, matcher.Refusal{ID: l.Code, Reason: l.Reason})
	case market.LearnedSkill, market.LearnedCertificate:
		doubt(w, l)
	}
}

// stayIn keeps somebody in the own province; a place elsewhere that a wish names by itself no longer counts.
func stayIn(w *matcher.Worker, home string) {
	w.Mobility = matcher.Mobility{Reach: matcher.ReachProvince}
	keepPlaces(w, func(p matcher.Place) bool {
		return p.Commune != "" || p.Province == home && p.Province != ""
	})
}

// narrow lets nobody go farther than so many km. A wish that names the whole province, or the whole country, is
// what was found too wide; a commune that a wish names stays.
func narrow(w *matcher.Worker, km int, home string) {
	if r := w.Mobility.Reach; r == matcher.ReachCommune || r == matcher.ReachKm && w.Mobility.Km > 0 && w.Mobility.Km <= km {
		return
	}
	w.Mobility = matcher.Mobility{Reach: matcher.ReachKm, Km: km}
	keepPlaces(w, func(p matcher.Place) bool {
		return p.Commune != "" || p.Province != home && p.Province != "" || p.Country != ""
	})
}

// keepPlaces takes places out of the wishes; the slices are the caller's own.
func keepPlaces(w *matcher.Worker, keep func(matcher.Place) bool) {
	for i := range w.Wishes {
		w.Wishes[i].Places = slices.DeleteFunc(slices.Clone(w.Wishes[i].Places), func(p matcher.Place) bool { return !keep(p) })
	}
}

// lift raises the lowest pay; without a wish there is one that says only that.
func lift(w *matcher.Worker, pay int64) {
	if len(w.Wishes) == 0 {
		w.Wishes = []matcher.Wish{{}}
	}
	for i := range w.Wishes {
		w.Wishes[i].LeastPay = max(w.Wishes[i].LeastPay, pay)
	}
}

// avoid leaves a shift out of those wished; who named none wishes all others.
func avoid(w *matcher.Worker, shift string) {
	if len(w.Wishes) == 0 {
		w.Wishes = []matcher.Wish{{}}
	}
	for i := range w.Wishes {
		wish := &w.Wishes[i]
		if wish.Shifts = slices.Clone(wish.Shifts); len(wish.Shifts) == 0 {
			wish.Shifts = slices.Clone(market.Shifts)
		}
		wish.Shifts = slices.DeleteFunc(wish.Shifts, func(s string) bool { return s == shift })
	}
}

// spare says that somebody lifts no more than a step of the form.
func spare(w *matcher.Worker, level uint8) {
	if len(w.Wishes) == 0 {
		w.Wishes = []matcher.Wish{{}}
	}
	for i := range w.Wishes {
		if c := &w.Wishes[i].Conditions; c.Lifting == 0 || c.Lifting > level {
			c.Lifting = level
		}
	}
}

// speak counts a language at a level; below the first it is not spoken.
func speak(w *matcher.Worker, language string, level uint8) {
	w.Languages = slices.DeleteFunc(w.Languages, func(l matcher.Language) bool { return l.ID == language && level == 0 })
	for i := range w.Languages {
		if l := &w.Languages[i]; l.ID == language {
			l.Level = min(l.Level, level)
		}
	}
}

// doubt counts a skill as basic, and a certificate not at all, until somebody of the centre has confirmed it.
func doubt(w *matcher.Worker, l market.Learned) {
	if l.Kind == market.LearnedCertificate {
		w.Certificates = slices.DeleteFunc(w.Certificates, func(c matcher.Certificate) bool { return c.ID == l.Code })
		return
	}
	for i := range w.Skills {
		if s := &w.Skills[i]; s.ID == l.Code && !s.Verified {
			s.Level, s.Months = 1, 0
		}
	}
}
