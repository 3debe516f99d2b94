package web

import (
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Rows that the profile form offers for skills and certificates: those held, and some to add.
const (
	mostSkillRows = 20
	emptyRows     = 3
)

type profilePage struct {
	Layout
	Form                              *Form
	Worker                            *market.Worker
	Communes                          []Option
	Schooling, Qualification          Field
	Skills, Certificates              []abilityRow
	SkillNames, CertificateNames      []string
	Mobility, Shift, Needs, Languages Field
	Pause, Resume                     bool
	Withdrawn                         bool // took the consent back
	New                               bool // has just registered
	ConsentVersion                    string
	Touched                           string // the field that was picked for

	Staff                              bool // a counsellor fills it in for somebody
	Barriers, Priority, Sex, Ethnicity Field
}

// Say chooses between the words to the person and the words about the person.
func (p *profilePage) Say(own, staff string) string {
	if p.Staff {
		return staff
	}
	return own
}

// abilityRow is one line of skills or certificates in the form.
type abilityRow struct {
	N                   int
	Name, Extra, Number string
	Levels, Evidence    []Option // Evidence of a skill, or whether a certificate was seen: staff only
}

// showProfile shows the job seeker's own profile to read and change.
func (s *Server) showProfile(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	return s.renderProfile(v, w, v.blank(w.Rev, v.profileValues(w)))
}

func (v *visit) profile() (*market.Worker, error) {
	w, err := v.ownWorker()
	if err == nil && w == nil {
		err = market.Fail(market.NotFound, "error.not_found")
	}
	if err != nil {
		return nil, err
	}
	return w, v.can(market.ReadWorker, market.Subject{Centre: w.Centre, Worker: w.ID, Commune: w.Commune})
}

func (s *Server) renderProfile(v *visit, w *market.Worker, f *Form) error {
	page := v.profilePage("profile.title", w, f)
	page.New = v.Query("moi") != "" && v.user != nil
	page.Withdrawn = w.State == market.WorkerWithdrawn
	return v.render("toi", f.status(), page)
}

// profilePage is the form of a profile, for the person and for staff.
func (v *visit) profilePage(titleKey string, w *market.Worker, f *Form) *profilePage {
	none := []Option{{Text: v.T("form.choose")}}
	page := &profilePage{
		Layout: v.layout(titleKey), Form: f, Worker: w, Communes: v.homeCommunes(),
		Schooling:     f.Choose("schooling", "field.schooling", slices.Concat(none, v.entries("hoc-van"))),
		Qualification: f.Choose("qualification", "field.qualification", slices.Concat(none, v.entries("cmkt"))),
		Mobility:      f.Choose("mobility", "field.mobility", slices.Concat(none, v.mobilityOptions())),
		Shift:         f.Choose("shift", "field.shift", v.options("shift", market.Shifts)),
		Needs:         f.Choose("needs", "field.needs", v.options("benefit", market.Benefits)),
		Languages:     f.Choose("languages", "field.languages", v.options("language", market.Languages)),
		Pause:         w.State == market.WorkerSeeking, Resume: w.State == market.WorkerPaused || w.State == market.WorkerEmployed, ConsentVersion: consentVersion,
	}
	page.Skills, page.Certificates = v.abilityRows(f, "skill", true), v.abilityRows(f, "certificate", false)
	for _, skill := range v.s.Tax.Skills() {
		page.SkillNames = append(page.SkillNames, v.skill(skill.ID))
	}
	for _, c := range v.s.Tax.Certificates() {
		page.CertificateNames = append(page.CertificateNames, v.certificate(c.ID))
	}
	return page
}

func (v *visit) mobilityOptions() []Option {
	codes := make([]string, len(market.MobilityKinds))
	for i, kind := range market.MobilityKinds {
		codes[i] = string(kind)
	}
	return v.options("mobility", codes)
}

// abilityRows lists the rows that are filled and a few empty ones.
func (v *visit) abilityRows(f *Form, name string, levels bool) []abilityRow {
	names, extras := f.Values[name], f.Values[name+"_extra"]
	var out []abilityRow
	for i := 0; i < min(len(names)+emptyRows, mostSkillRows); i++ {
		row := abilityRow{N: i + 1, Number: f.at(name+"_number", i)}
		if i < len(names) {
			row.Name = names[i]
		}
		if i < len(extras) {
			row.Extra = extras[i]
		}
		if levels {
			for _, o := range v.options("level.skill", []string{"0", "1", "2", "3"}) {
				o.On = o.Value == row.Extra
				row.Levels = append(row.Levels, o)
			}
		}
		row.Evidence = v.evidenceOptions(levels, f.at(name+"_evidence", i))
		if row.Name != "" || len(out) < len(names)+emptyRows {
			out = append(out, row)
		}
	}
	return out
}

// profileValues fills the form from the stored profile.
func (v *visit) profileValues(w *market.Worker) map[string][]string {
	values := map[string][]string{
		"name": {w.Name}, "born": {w.Born.String()}, "hamlet": {w.Hamlet}, "phones": {strings.Join(w.Phones, ", ")},
		"schooling": {w.Schooling}, "qualification": {w.Qualification}, "about": {w.About}, "needs": w.Needs,
		"mobility": {string(w.Mobility.Kind)}, "phone_note": {w.PhoneNote},
		"sex": {w.Sex}, "ethnicity": {w.Ethnicity}, "barriers": w.Barriers, "priority": w.Priority,
	}
	v.communeValues(values, w.Commune)
	if w.Mobility.Km > 0 {
		values["km"] = []string{strconv.Itoa(w.Mobility.Km)}
	}
	for _, skill := range w.Skills {
		values["skill"] = append(values["skill"], v.skill(skill.ID))
		values["skill_extra"] = append(values["skill_extra"], strconv.Itoa(skill.Level))
		values["skill_evidence"] = append(values["skill_evidence"], string(skill.Evidence))
	}
	for _, c := range w.Certificates {
		values["certificate"] = append(values["certificate"], v.certificate(c.ID))
		values["certificate_extra"] = append(values["certificate_extra"], c.Expires.String())
		values["certificate_number"] = append(values["certificate_number"], c.Number)
		values["certificate_evidence"] = append(values["certificate_evidence"], seenWord(c))
	}
	for _, l := range w.Languages {
		values["languages"] = append(values["languages"], l.Language)
	}
	for i, wish := range w.Wishes {
		values["wish"+strconv.Itoa(i+1)] = []string{v.wishWord(wish)}
		if i == 0 && wish.Pay.Min > 0 {
			values["pay"] = []string{v.number(wish.Pay.Min)}
		}
		if i == 0 {
			values["shift"] = wish.Shift
		}
	}
	return values
}

func (v *visit) wishWord(w market.Wish) string {
	if w.Title == "" && w.Occupation != "" {
		return v.occupationTyped(w.Occupation)
	}
	return w.Title
}

// saveProfile stores the profile as it was changed; what this form does not ask stays as it is.
func (s *Server) saveProfile(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	f := v.form()
	changed := *w
	changed.Rev = f.Rev
	f.needs("name", "born")
	v.readProfile(f, &changed)
	if f.refusedWith(func() error { return changed.Validate(v.s.Tax, v.today) }) {
		return s.renderProfile(v, w, f)
	}
	if _, err := s.Desk.UpdateWorker(v.ctx, v.actor, v.now, changed); err != nil {
		if f.caught(err) {
			return s.renderProfile(v, w, f)
		}
		return err
	}
	return v.done("/toi", "notice.saved")
}

func (v *visit) readProfile(f *Form, w *market.Worker) {
	w.Name, w.Born, w.Hamlet, w.About = f.Text("name"), f.Born("born"), f.Text("hamlet"), f.Text("about")
	w.PhoneNote = f.Text("phone_note")
	w.Phones = nil
	for _, phone := range strings.FieldsFunc(f.Text("phones"), func(r rune) bool { return r == ',' || r == ';' }) {
		w.Phones = append(w.Phones, market.NormalisePhone(strings.TrimSpace(phone)))
	}
	w.Commune = v.readCommune(f)
	w.Schooling, w.Qualification, w.Needs = f.Text("schooling"), f.Text("qualification"), f.All("needs")
	w.Mobility.Kind, w.Mobility.Km = market.MobilityKind(f.Text("mobility")), f.Int("km")
	v.readSkills(f, w)
	v.readCertificates(f, w)
	var spoken []market.HeldLanguage
	for _, code := range f.All("languages") {
		held := market.HeldLanguage{Language: code}
		if at := slices.IndexFunc(w.Languages, func(l market.HeldLanguage) bool { return l.Language == code }); at >= 0 {
			held = w.Languages[at]
		}
		spoken = append(spoken, held)
	}
	w.Languages = spoken
	v.readWishes(f, w)
}

// at gives the n-th value of a repeated field.
func (f *Form) at(name string, n int) string {
	if n >= len(f.Values[name]) {
		return ""
	}
	return strings.TrimSpace(f.Values[name][n])
}

func (v *visit) readSkills(f *Form, w *market.Worker) {
	var out []market.HeldSkill
	for i := range min(len(f.Values["skill"]), mostSkillRows) {
		typed := f.at("skill", i)
		if typed == "" {
			continue
		}
		found := v.s.lexicon().FindSkills(typed, 1)
		if len(found) == 0 {
			f.add(market.Bad("skills", "error.skill.unknown", typed))
			continue
		}
		held := market.HeldSkill{ID: found[0].ID, Evidence: market.SelfStated}
		if at := slices.IndexFunc(w.Skills, func(h market.HeldSkill) bool { return h.ID == held.ID }); at >= 0 {
			held = w.Skills[at]
		}
		held.Level, _ = strconv.Atoi(f.at("skill_extra", i))
		if !slices.ContainsFunc(out, func(h market.HeldSkill) bool { return h.ID == held.ID }) {
			out = append(out, held)
		}
	}
	w.Skills = out
}

func (v *visit) readCertificates(f *Form, w *market.Worker) {
	var out []market.HeldCertificate
	for i := range min(len(f.Values["certificate"]), mostSkillRows) {
		typed := f.at("certificate", i)
		if typed == "" {
			continue
		}
		found := v.s.lexicon().FindCertificates(typed, 1)
		if len(found) == 0 {
			f.add(market.Bad("certificates", "error.certificate.unknown", typed))
			continue
		}
		held := market.HeldCertificate{ID: found[0].ID}
		if at := slices.IndexFunc(w.Certificates, func(h market.HeldCertificate) bool { return h.ID == held.ID }); at >= 0 {
			held = w.Certificates[at]
		}
		expires, err := market.ParseDate("certificates", f.at("certificate_extra", i))
		f.caught(err)
		held.Expires = expires
		out = append(out, held)
	}
	w.Certificates = out
}

// readWishes keeps places and conditions of a wish that the counsellor wrote down; this form changes the job,
// the lowest pay and the hours.
func (v *visit) readWishes(f *Form, w *market.Worker) {
	var out []market.Wish
	least, shifts := f.MonthlyPay("pay"), f.All("shift")
	if least > 0 && f.Text("wish1")+f.Text("wish2") == "" {
		f.add(market.Bad("wish1", "error.wish.missing"))
	}
	for i, name := range []string{"wish1", "wish2"} {
		typed := f.Text(name)
		if typed == "" {
			continue
		}
		var wish market.Wish
		if i < len(w.Wishes) {
			wish = w.Wishes[i]
		}
		if v.wishWord(wish) != typed {
			wish.Title, wish.Occupation = typed, ""
			if found := v.s.lexicon().FindOccupations(typed, 1); len(found) > 0 {
				wish.Occupation = found[0].Code
			}
		}
		wish.Pay, wish.Shift = market.Pay{}, shifts
		if least > 0 {
			wish.Pay = market.Pay{Min: least, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}
		}
		out = append(out, wish)
	}
	w.Wishes = out
}

// selfMoves are what a person does with their own search, and what is said after it.
var selfMoves = map[market.WorkerEvent]string{
	market.WorkerPause: "notice.paused", market.WorkerResume: "notice.resumed", market.WorkerWithdraw: "notice.withdrawn",
}

// moveSelf pauses or resumes the job seeker's own search, withdraws the consent, or gives it again.
func (s *Server) moveSelf(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	f := v.form()
	event := market.WorkerEvent(f.Text("event"))
	notice, known := selfMoves[event]
	again := w.State == market.WorkerWithdrawn && event == market.WorkerResume
	switch {
	case !known:
		return market.Bad("event", "error.request")
	case event == market.WorkerWithdraw && !f.Has("sure", "yes"):
		err = market.Bad("sure", "error.withdraw.sure")
	case again && !f.Has("consent", consentVersion):
		err = market.Bad("consent", "error.consent")
	case again:
		_, err = s.Desk.ConsentAgain(v.ctx, v.actor, v.now, w.ID, f.Rev, v.consent())
	default:
		_, err = s.Desk.MoveWorker(v.ctx, v.actor, v.now, w.ID, f.Rev, event, "")
	}
	if err != nil {
		shown := v.blank(w.Rev, v.profileValues(w))
		if shown.caught(err) {
			return s.renderProfile(v, w, shown)
		}
		return err
	}
	return v.done("/toi", notice)
}

// ownReferrals gives the job seeker's referrals; nobody has more than a page of them.
func (v *visit) ownReferrals() ([]market.Referral, error) {
	page, err := store.Find[market.Referral](v.ctx, v.s.Store, store.Query{Centre: v.s.Centre, Index: "referrals_by_worker",
		Equal: []any{v.actor.Subject}, Desc: true, Limit: 500})
	return page.Items, err
}
