package web

import (
	"slices"
	"strings"

	"noiviec/internal/market"
)

// caseEditPage is the seeker's own form with what only staff write.
type caseEditPage struct {
	*profilePage
	Action, Back string
	HeldID       string // the citizen ID that is stored, masked
}

// seen is how the form says that somebody has looked at a paper.
const seenPaper = "seen"

func seenWord(c market.HeldCertificate) string {
	if c.CheckedBy != "" {
		return seenPaper
	}
	return ""
}

// evidenceOptions are the ways a skill is known, or whether a certificate was looked at.
func (v *visit) evidenceOptions(skill bool, chosen string) []Option {
	options := []Option{{Value: "", Text: v.T("case.unseen")}, {Value: seenPaper, Text: v.T("case.seen")}}
	if skill {
		options = v.options("evidence", []string{string(market.SelfStated), string(market.Confirmed), string(market.Certified)})
	}
	for i := range options {
		options[i].On = options[i].Value == chosen
	}
	return options
}

// showCaseEdit gives the form filled with a person's profile.
func (s *Server) showCaseEdit(v *visit) error {
	w, err := s.editableWorker(v)
	if err != nil {
		return err
	}
	return s.renderCaseEdit(v, w, v.blank(w.Rev, v.profileValues(&w)))
}

// editableWorker loads a person whose file may still be written in.
func (s *Server) editableWorker(v *visit) (market.Worker, error) {
	w, err := s.caseWorker(v, market.WriteWorker)
	if err == nil && !slices.Contains([]market.WorkerState{market.WorkerSeeking, market.WorkerPaused, market.WorkerEmployed}, w.State) {
		err = market.Fail(market.Conflict, "error.case.closed", "state.worker."+string(w.State))
	}
	return w, err
}

func (s *Server) renderCaseEdit(v *visit, w market.Worker, f *Form) error {
	back := peopleHome + "/" + string(w.ID)
	page := &caseEditPage{profilePage: v.staffProfile("case.edit_title", &w, f), Action: back + "/sua", Back: back, HeldID: w.MaskedCitizenID()}
	return v.render("can-bo-ho-so-mot-sua", f.status(), page)
}

// staffProfile is the form of a profile with the fields of staff.
func (v *visit) staffProfile(titleKey string, w *market.Worker, f *Form) *profilePage {
	page := v.profilePage(titleKey, w, f)
	none := []Option{{Text: v.T("case.not_asked")}}
	page.Staff = true
	page.Barriers = f.Choose("barriers", "case.barriers_field", v.options("barrier", market.Barriers))
	page.Priority = f.Choose("priority", "case.priority", v.options("priority", market.PriorityGroups))
	page.Sex = f.Choose("sex", "case.sex", slices.Concat(none, v.options("sex", []string{"f", "m"})))
	page.Ethnicity = f.Choose("ethnicity", "case.ethnicity", slices.Concat(none, v.entries("dan-toc")))
	return page
}

// saveCaseEdit stores the profile as a counsellor changed it.
func (s *Server) saveCaseEdit(v *visit) error {
	w, err := s.editableWorker(v)
	if err != nil {
		return err
	}
	f := v.form()
	changed := w
	changed.Rev = f.Rev
	v.readStaffProfile(f, &changed)
	if f.refusedWith(func() error { return changed.Validate(v.s.Tax, v.today) }) {
		return s.renderCaseEdit(v, w, f)
	}
	if _, err := s.Desk.UpdateWorker(v.ctx, v.actor, v.now, changed); err != nil {
		if f.caught(fieldOfUnique(err)) {
			return s.renderCaseEdit(v, w, f)
		}
		return err
	}
	return v.done(peopleHome+"/"+string(w.ID), "notice.saved")
}

// readStaffProfile reads the shared form, then what only staff write.
func (v *visit) readStaffProfile(f *Form, w *market.Worker) {
	before := *w
	v.readProfile(f, w)
	if typed := strings.ReplaceAll(f.Text("citizen_id"), " ", ""); typed != "" {
		w.CitizenID = typed
	}
	w.Sex, w.Ethnicity, w.Barriers, w.Priority = f.Text("sex"), f.Text("ethnicity"), f.All("barriers"), f.All("priority")
	for i := range min(len(f.Values["skill"]), mostSkillRows) {
		found := v.s.lexicon().FindSkills(f.at("skill", i), 1)
		if len(found) == 0 {
			continue
		}
		at := slices.IndexFunc(w.Skills, func(h market.HeldSkill) bool { return h.ID == found[0].ID })
		switch e := market.Evidence(f.at("skill_evidence", i)); {
		case at < 0:
		case e == market.SelfStated || e == market.Confirmed || e == market.Certified:
			w.Skills[at].Evidence = e
		}
	}
	for i := range min(len(f.Values["certificate"]), mostSkillRows) {
		if found := v.s.lexicon().FindCertificates(f.at("certificate", i), 1); len(found) > 0 {
			v.readPaper(f, i, found[0].ID, w, before)
		}
	}
}

// readPaper reads a certificate's number and who has seen it: whoever looked first stays named.
func (v *visit) readPaper(f *Form, i int, id string, w *market.Worker, before market.Worker) {
	same := func(c market.HeldCertificate) bool { return c.ID == id }
	at := slices.IndexFunc(w.Certificates, same)
	if at < 0 {
		return
	}
	c := &w.Certificates[at]
	c.Number, c.CheckedBy = f.at("certificate_number", i), ""
	if f.at("certificate_evidence", i) != seenPaper {
		return
	}
	c.CheckedBy = v.actor.User
	if was := slices.IndexFunc(before.Certificates, same); was >= 0 && before.Certificates[was].CheckedBy != "" {
		c.CheckedBy = before.Certificates[was].CheckedBy
	}
}
