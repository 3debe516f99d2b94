package web

import (
	"noiviec/internal/market"
	"noiviec/internal/store"
)

// learnedRow is one thing that refusals taught about a person: what it changes, why, until when, and the form that
// takes it back.
type learnedRow struct {
	Key, Text, Why string
	Until          market.Date
}

// learnedRows words what holds today, for staff or for the person. What changes no list is staff's alone.
func (v *visit) learnedRows(w market.Worker) []learnedRow {
	var out []learnedRow
	for _, l := range w.LearnedNow(v.today) {
		if l.Kind == market.LearnedCallFirst && !v.actor.Role.Staff() {
			continue
		}
		why := v.T("learned.why", len(l.From), lowerFirst(v.T("refusal."+l.Reason)))
		if l.Kind == market.LearnedSkill || l.Kind == market.LearnedCertificate || l.Kind == market.LearnedCallFirst {
			why = v.T("learned.why_employer", len(l.From), lowerFirst(v.T("refusal."+l.Reason)))
		}
		out = append(out, learnedRow{Key: l.Key(), Text: v.learnedText(l), Why: why, Until: l.Until})
	}
	return out
}

func (v *visit) learnedText(l market.Learned) string {
	key := "learned." + string(l.Kind)
	switch l.Kind {
	case market.LearnedRadius:
		return v.T(key, l.Km)
	case market.LearnedFloor:
		return v.T(key, l.Pay)
	case market.LearnedShift:
		return v.T(key, lowerFirst(v.known("shift."+l.Code, l.Code)))
	case market.LearnedLanguage:
		return v.T(key, v.known("language."+l.Code, l.Code))
	case market.LearnedLifting:
		return v.T(key, v.entry("dk-nang", string(rune('0'+l.Level))))
	case market.LearnedSkill:
		return v.T(key, v.skill(l.Code))
	case market.LearnedCertificate:
		return v.T(key, v.certificate(l.Code))
	case market.LearnedEmployer:
		name := v.T("learned.employer_gone")
		if e, err := store.Get[market.Employer](v.ctx, v.s.Store, v.s.Centre, market.ID(l.Code)); err == nil && e.Name != "" {
			name = e.Name
		}
		return v.T(key, name)
	}
	return v.T(key)
}

// dropLearned takes back one thing on a person's file.
func (s *Server) dropLearned(v *visit) error {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err != nil {
		return err
	}
	f := v.form()
	if _, err := s.Desk.DropLearned(v.ctx, v.actor, v.now, w.ID, f.Rev, f.Text("key")); err != nil {
		if f.caught(err) {
			return s.renderCase(v, w, f)
		}
		return err
	}
	return v.done(peopleHome+"/"+string(w.ID), "notice.learned_dropped")
}

// dropOwnLearned takes it back for the person themselves.
func (s *Server) dropOwnLearned(v *visit) error {
	w, err := v.ownWorker()
	if err != nil {
		return err
	}
	if w == nil {
		return market.Fail(market.NotFound, "error.not_found")
	}
	f := v.form()
	if _, err := s.Desk.DropLearned(v.ctx, v.actor, v.now, w.ID, f.Rev, f.Text("key")); err != nil {
		if f.caught(err) {
			return s.renderFitting(v, f)
		}
		return err
	}
	return v.done("/toi/viec-hop", "notice.learned_dropped")
}

// showed keeps what the page displays of a list: the first, or of these only the places named. A record that cannot be written takes nothing from the page.
func (v *visit) showed(list market.Suggestions, shown int, places ...int) {
	if err := v.s.Desk.RecordShowing(v.ctx, v.actor, v.now, list, shown, places...); err != nil {
		v.s.Log.Warn("showing not recorded", "list", list.ID, "err", err)
	}
}
