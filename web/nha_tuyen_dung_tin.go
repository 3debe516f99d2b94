package web

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

type postingFormPage struct {
	Layout
	Form                        *Form
	Action, Home                string
	For                         string // the employer, when staff write for it
	Draft                       bool   // saving alone is worth a button
	Shown                       bool   // a change takes it off show until staff have looked
	More                        bool   // what is folded says something
	Commune, Province, Benefits Field
	Shift, Contract, Schooling  Field
	Hard, Loose                 Field // what it insists on; for staff: whose limits it passes over
}

// postingForm is where a vacancy's form stands: on the employer's own pages, or on the staff's page of an employer.
type postingForm struct{ home, heading string }

var ownPostingForm = postingForm{home: employerHome}

// edit gives the address of the form of a stored vacancy.
func (at postingForm) edit(id market.ID) string { return at.home + "/tin/" + string(id) }

// showNewPosting gives an empty form for a vacancy.
func (s *Server) showNewPosting(v *visit) error {
	return s.renderPostingForm(v, v.blank(0, switchValues(market.Posting{})), ownPostingForm, market.Posting{State: market.PostingDraft})
}

// saveNewPosting stores a new draft, and submits it when that button was used.
func (s *Server) saveNewPosting(v *visit) error {
	return s.savePosting(v, v.form(), ownPostingForm, market.Posting{State: market.PostingDraft})
}

// showOwnPosting gives the form filled with a vacancy of the employer's own.
func (s *Server) showOwnPosting(v *visit) error {
	p, err := s.writablePosting(v, "id")
	if err != nil {
		return err
	}
	return s.renderPostingForm(v, v.blank(p.Rev, v.postingValues(p)), ownPostingForm, p)
}

// saveOwnPosting stores a changed vacancy; what this form does not ask stays as it is.
func (s *Server) saveOwnPosting(v *visit) error {
	p, err := s.writablePosting(v, "id")
	if err != nil {
		return err
	}
	return s.saveStoredPosting(v, ownPostingForm, p)
}

func (s *Server) saveStoredPosting(v *visit, at postingForm, p market.Posting) error {
	f := v.form()
	if f.Rev <= 0 { // revision 0 would store a second vacancy
		return market.Fail(market.Conflict, "error.stale")
	}
	p.Rev = f.Rev
	return s.savePosting(v, f, at, p)
}

// writablePosting loads the vacancy that a part of the address names, if the visitor may change it.
func (s *Server) writablePosting(v *visit, name string) (market.Posting, error) {
	id, err := v.param(name)
	if err != nil {
		return market.Posting{}, err
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return p, err
	}
	if err := v.can(market.WritePosting, market.Subject{Centre: p.Centre, Employer: p.Employer}); err != nil {
		return p, err
	}
	if !editable(p) {
		return p, market.Fail(market.Conflict, "error.posting.ended")
	}
	return p, nil
}

func (s *Server) renderPostingForm(v *visit, f *Form, at postingForm, p market.Posting) error {
	page := &postingFormPage{Layout: v.layout("employer.new"), Form: f, Action: at.home + "/tin-moi", Home: at.home, For: at.heading, Draft: p.State == market.PostingDraft,
		Shown: at == ownPostingForm && (p.State == market.PostingOpen || p.State == market.PostingPaused)}
	if p.ID != "" {
		page.Layout, page.Action = v.layout("employer.edit"), at.edit(p.ID)
	}
	none := []Option{{Text: v.T("form.choose")}}
	page.Commune = f.Choose("commune", "field.work_commune", slices.Concat(none, v.workCommunes(p)))
	page.Province = f.Choose("province", "field.work_province", slices.Concat(none, v.provinceOptions()))
	page.Benefits = f.Choose("benefits", "field.benefits", v.options("benefit", market.Benefits))
	page.Shift = f.Choose("shift", "posting.shift", slices.Concat(none, v.options("shift", market.Shifts)))
	page.Contract = f.Choose("contract_type", "posting.contract", slices.Concat(none, v.options("contract_type", market.ContractTypes)))
	page.Schooling = f.Choose("min_schooling", "field.min_schooling", slices.Concat(none, v.entries("hoc-van")))
	page.switches(v, at != ownPostingForm, p)
	page.More = slices.ContainsFunc(foldedFields, func(name string) bool { return f.Text(name) != "" || f.ErrorAt(name) != "" })
	return v.render("nha-tuyen-dung-tin", f.status(), page)
}

// foldedFields stand behind "more" in the form.
var foldedFields = []string{"nice", "nice_certificates", "occupation", "shift", "contract_type", "min_months", "min_schooling", "start_on", "meals_per_day"}

// workCommunes lists the centre's own communes, and the one elsewhere where the vacancy already is.
func (v *visit) workCommunes(p market.Posting) []Option {
	province, _ := v.s.Tax.Province(v.centre().Province)
	codes := slices.Clone(province.Communes)
	for _, w := range p.Workplaces {
		if w.Commune != "" && !slices.Contains(codes, w.Commune) {
			codes = append(codes, w.Commune)
		}
	}
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{Value: code, Text: v.place(market.Workplace{Commune: code})}
	}
	sortVietnamese(out)
	return out
}

func (v *visit) provinceOptions() []Option {
	var out []Option
	for _, p := range v.s.Tax.Provinces() {
		out = append(out, Option{Value: p.Code, Text: p.Name})
	}
	sortVietnamese(out)
	return out
}

// postingValues fills the form with what is stored.
func (v *visit) postingValues(p market.Posting) map[string][]string {
	values := map[string][]string{"title": {p.Title}, "openings": {strconv.Itoa(p.Openings)}, "pay": {v.payText(p.Pay)},
		"benefits": p.Benefits, "deadline": {p.Deadline.String()}, "text": {p.Text}}
	if p.Occupation != "" {
		values["occupation"] = []string{v.occupationTyped(p.Occupation)}
	}
	if len(p.Workplaces) > 0 {
		values["commune"], values["province"] = []string{p.Workplaces[0].Commune}, []string{p.Workplaces[0].Province}
		if v.s.Tax.HasCommune(p.Workplaces[0].Commune) {
			values["province"] = nil // the commune says it; the other field is for places elsewhere
		}
	}
	values["shift"], values["contract_type"], values["min_schooling"], values["start_on"] = []string{p.Shift}, []string{p.ContractType}, []string{p.MinSchooling}, []string{p.StartOn.String()}
	if p.MinMonths > 0 {
		values["min_months"] = []string{strconv.Itoa(p.MinMonths)}
	}
	if p.MealsPerDay > 0 {
		values["meals_per_day"] = []string{strconv.Itoa(p.MealsPerDay)}
	}
	for _, field := range neededFields {
		var names []string
		for _, r := range p.Requirements {
			switch {
			case r.Kind != field.kind || r.Nice != field.nice:
			case r.Kind == "skill":
				names = append(names, v.skill(r.ID))
			default:
				names = append(names, v.certificate(r.ID))
			}
		}
		values[field.name] = []string{strings.Join(names, "; ")}
	}
	maps.Copy(values, switchValues(p))
	return values
}

// payText gives pay in the words it came in, else as the pages write it.
func (v *visit) payText(p market.Pay) string {
	if p.Stated != "" || p.Status == market.PayUnstated {
		return p.Stated
	}
	return Layout{v: v}.Pay(p)
}

func (s *Server) savePosting(v *visit, f *Form, at postingForm, old market.Posting) error {
	p := old
	v.readPosting(f, &p)
	if f.refusedWith(func() error { return p.Validate(v.s.Tax) }) {
		return s.renderPostingForm(v, f, at, old)
	}
	p, err := s.Desk.SavePosting(v.ctx, v.actor, v.now, p)
	if err != nil {
		if f.caught(err) {
			return s.renderPostingForm(v, f, at, old)
		}
		return err
	}
	if f.Text("then") == "review" && at == ownPostingForm {
		return v.done(reviewPath(p.ID), "notice.saved")
	}
	if f.Text("then") != string(market.PostingSubmit) || p.State != market.PostingDraft {
		return v.done(at.home, "notice.saved")
	}
	if _, err := s.Desk.MovePosting(v.ctx, v.actor, v.now, p.ID, p.Rev, market.PostingSubmit, ""); err != nil {
		if f.Rev = p.Rev; f.caught(err) { // the draft is stored: the form goes on from there
			return s.renderPostingForm(v, f, at, p)
		}
		return err
	}
	return v.done(at.home, "notice.posting.submitted")
}

func (v *visit) readPosting(f *Form, p *market.Posting) {
	before := *p
	f.needs("title", "openings")
	p.Title, p.Openings, p.Text = f.Text("title"), f.Int("openings"), f.Text("text")
	p.Benefits = f.All("benefits")
	if !slices.Contains(p.Benefits, "meals") {
		p.MealsPerDay = 0
	}
	if p.Deadline = f.Date("deadline"); p.Deadline != "" && !p.Deadline.Whole() {
		f.add(market.Bad("deadline", "error.date", f.Text("deadline")))
	}
	v.readMore(f, p)
	v.readOccupation(f, p, before)
	v.readWorkplace(f, p)
	v.readPay(f, p)
	p.Requirements = slices.DeleteFunc(slices.Clone(before.Requirements), func(r market.Requirement) bool {
		return r.Kind == "skill" || f.Sent("certificates")
	})
	for _, field := range neededFields {
		v.readNeeded(f, p, before, field)
	}
	readSwitches(f, p, v.actor.Role.Staff())
}

// neededField is where the skills, or the certificates, of one weight are typed.
type neededField struct {
	name, kind, unknown string
	nice                bool
}

var neededFields = []neededField{
	{"must", "skill", "error.skill.unknown", false}, {"nice", "skill", "error.skill.unknown", true},
	{"certificates", "certificate", "error.certificate.typed", false}, {"nice_certificates", "certificate", "error.certificate.typed", true},
}

// readMore reads what stands folded; a form that does not have these fields leaves them as they are.
func (v *visit) readMore(f *Form, p *market.Posting) {
	for name, into := range map[string]*string{"shift": &p.Shift, "contract_type": &p.ContractType, "min_schooling": &p.MinSchooling} {
		if f.Sent(name) {
			*into = f.Text(name)
		}
	}
	if f.Sent("start_on") {
		p.StartOn = f.Date("start_on")
	}
	if f.Sent("min_months") {
		p.MinMonths = f.Int("min_months")
	}
	if f.Sent("meals_per_day") {
		if p.MealsPerDay = f.Int("meals_per_day"); p.MealsPerDay > 0 && !slices.Contains(p.Benefits, "meals") {
			p.Benefits = append(p.Benefits, "meals")
		}
	}
}

// readOccupation takes the occupation that was typed, else the one the title names.
func (v *visit) readOccupation(f *Form, p *market.Posting, before market.Posting) {
	typed := f.Text("occupation")
	switch {
	case typed == "":
		o, _ := v.s.Tax.OccupationOf(p.Title)
		p.Occupation = o.Code
	case before.Occupation == "" || typed != v.occupationTyped(before.Occupation):
		if o, ok := v.s.Tax.OccupationOf(typed); ok {
			p.Occupation = o.Code
		} else if found := v.s.lexicon().FindOccupations(typed, 1); len(found) > 0 {
			p.Occupation = found[0].Code
		} else {
			f.add(market.Bad("occupation", "error.occupation.unknown", typed))
		}
	}
}

// readWorkplace changes the first place of work; further ones stay.
func (v *visit) readWorkplace(f *Form, p *market.Posting) {
	place := market.Workplace{Commune: f.Text("commune"), Province: f.Text("province")}
	if c, ok := v.s.Tax.Commune(place.Commune); ok {
		if place.Province != "" && place.Province != c.Province {
			f.add(market.Bad("province", "error.workplace.differs"))
		}
		place.Province = c.Province
	}
	switch {
	case place.Known() && len(p.Workplaces) > 0:
		p.Workplaces = slices.Concat([]market.Workplace{place}, p.Workplaces[1:])
	case place.Known():
		p.Workplaces = []market.Workplace{place}
	case len(p.Workplaces) == 0 || p.Workplaces[0].Commune+p.Workplaces[0].Province != "":
		f.add(market.Bad("commune", "error.workplace.required"))
	}
}

// readPay reads pay as people write it. What cannot be read or meant is not stored, but asked again.
func (v *visit) readPay(f *Form, p *market.Posting) {
	typed := f.Text("pay")
	if typed == v.payText(p.Pay) {
		return
	}
	p.Pay = taxonomy.ParsePay(typed)
	switch p.Pay.Status {
	case market.PayUnreadable, market.PayUnstated:
		if typed == "" {
			return
		}
		f.add(market.Bad("pay", "error.pay.unreadable", typed))
	case market.PayImplausible:
		f.add(market.Bad("pay", "error.pay.unlikely", typed))
	}
}

// readNeeded adds what is named in one field; a level that was set before stays.
func (v *visit) readNeeded(f *Form, p *market.Posting, before market.Posting, field neededField) {
	for _, typed := range strings.FieldsFunc(f.Text(field.name), func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		if typed = strings.TrimSpace(typed); typed == "" {
			continue
		}
		id := v.needed(field.kind, typed)
		if id == "" {
			f.add(market.Bad(field.name, field.unknown, typed))
			continue
		}
		same := func(r market.Requirement) bool { return r.Kind == field.kind && r.ID == id }
		if slices.ContainsFunc(p.Requirements, same) {
			continue
		}
		need := market.Requirement{Kind: field.kind, ID: id}
		if at := slices.IndexFunc(before.Requirements, same); at >= 0 {
			need = before.Requirements[at]
		}
		need.Nice = field.nice
		p.Requirements = append(p.Requirements, need)
	}
}

// needed finds the skill or the certificate that is named, "" for none.
func (v *visit) needed(kind, typed string) string {
	if kind == "skill" {
		if found := v.s.lexicon().FindSkills(typed, 1); len(found) > 0 {
			return found[0].ID
		}
		return ""
	}
	return v.certificateNamed(typed)
}

// certificateNamed finds the certificate that is named in full, else the one that is recognised in the text, else the
// likeliest: "bằng lái C" must not become another class of licence.
func (v *visit) certificateNamed(typed string) string {
	same := func(name string) bool { return strings.EqualFold(name, typed) }
	for _, c := range v.s.Tax.Certificates() {
		if same(c.Name) || same(c.EN) || slices.ContainsFunc(c.Synonyms, same) {
			return c.ID
		}
	}
	for _, c := range v.s.lexicon().Recognise(typed) {
		if c.Kind == taxonomy.CertificateConcept {
			return c.ID
		}
	}
	if found := v.s.lexicon().FindCertificates(typed, 1); len(found) > 0 {
		return found[0].ID
	}
	return ""
}
