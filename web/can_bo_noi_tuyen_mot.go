package web

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

type firmPage struct {
	Layout
	Form               *Form
	Row                firmRow
	Base, Sector       string
	VerifiedBy         string
	BadTaxCode         bool // the check digit does not fit: a warning, never a refusal
	Verify, Refuse     bool
	Suspend, Suspended bool
	Kinds              Field
	Postings           []firmVacancy
	NextPostings       string
	Referrals          []referralRow
	NextReferrals      string
	Moments            []moment
	Pager              Pager
}

// firmVacancy is a vacancy of the employer, with its address when people may see it, and where staff change it.
type firmVacancy struct {
	Posting         market.Posting
	Href, Pay, Edit string
}

// Sizes of the lists on an employer's page.
const firmList = 10

// showFirm shows one employer: who it is, whether it may publish, what it offered and answered.
func (s *Server) showFirm(v *visit) error {
	e, err := s.firm(v, market.ReadEmployer)
	if err != nil {
		return err
	}
	return s.renderFirm(v, e, v.blank(e.Rev, nil))
}

func (s *Server) firm(v *visit, action market.Action) (market.Employer, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Employer{}, err
	}
	e, err := load[market.Employer](v, id)
	if err != nil {
		return e, err
	}
	return e, v.can(action, market.Subject{Centre: e.Centre, Employer: e.ID})
}

func (s *Server) renderFirm(v *visit, e market.Employer, f *Form) error {
	events := e.Events()
	page := &firmPage{Layout: v.layout("firm.title", e.Name), Form: f, Row: v.firmRow(e), Base: firmHome + "/" + string(e.ID), VerifiedBy: v.userName(e.VerifiedBy),
		BadTaxCode: !market.TaxCodeCheck(e.TaxCode), Verify: slices.Contains(events, market.EmployerVerify), Refuse: slices.Contains(events, market.EmployerRefuse),
		Suspend: slices.Contains(events, market.EmployerSuspend), Suspended: e.State == market.EmployerSuspended,
		Kinds: f.Choose("kind", "case.kind", v.options("contact", market.ContactKinds))}
	page.Title = e.Name
	if sector, ok := s.Tax.Sector(e.Sector); ok {
		page.Sector = sector.Name
	}
	if err := s.firmPostings(v, page, e); err != nil {
		return err
	}
	if err := s.firmReferrals(v, page, e); err != nil {
		return err
	}
	lines, err := newest[market.Contact](v, "contacts_by_employer", e.ID)
	if err != nil {
		return err
	}
	moves, err := v.firmMoments(e)
	if err != nil {
		return err
	}
	moments := append(v.contactLines(lines), moves...)
	slices.SortStableFunc(moments, func(a, b moment) int { return b.At.Compare(a.At) })
	page.Pager = v.pager(len(moments), momentsSize)
	from := min(len(moments), (v.page()-1)*momentsSize)
	page.Moments = moments[from:min(len(moments), from+momentsSize)]
	return v.render("can-bo-noi-tuyen-mot", f.status(), page)
}

// firmMoments are the decisions about the registration.
func (v *visit) firmMoments(e market.Employer) ([]moment, error) {
	entries, err := newest[market.AuditEntry](v, "audit_by_document", e.ID)
	var out []moment
	for _, entry := range entries {
		if what, told := v.s.words[v.lang]["did."+entry.Action]; told {
			out = append(out, moment{At: entry.At, What: what, Text: entry.Reason, By: v.userName(entry.Actor)})
		}
	}
	return out, err
}

func (s *Server) firmPostings(v *visit, page *firmPage, e market.Employer) error {
	found, err := store.Find[market.Posting](v.ctx, s.Store, store.Query{Centre: s.Centre, Index: "postings_by_employer", Equal: []any{e.ID}, Desc: true, Limit: firmList, After: v.Query("tin-sau")})
	if err != nil {
		return err
	}
	if found.Next != "" {
		page.NextPostings = v.link("tin-sau", found.Next) + "#tin"
	}
	for _, p := range found.Items {
		row := firmVacancy{Posting: p, Pay: page.Pay(p.Pay)}
		if p.State == market.PostingOpen || p.State == market.PostingFilled {
			row.Href = pathOf(p.ID)
		}
		if p.State == market.PostingInReview {
			row.Href = checkHome + "/" + string(p.ID)
		}
		if editable(p) {
			row.Edit = page.Base + "/tin/" + string(p.ID)
		}
		page.Postings = append(page.Postings, row)
	}
	return nil
}

func (s *Server) firmReferrals(v *visit, page *firmPage, e market.Employer) error {
	found, err := store.Find[market.Referral](v.ctx, s.Store, store.Query{Centre: s.Centre, Index: "referrals_by_employer", Equal: []any{e.ID}, Desc: true, Limit: firmList, After: v.Query("gioi-thieu-sau")})
	if err != nil {
		return err
	}
	if found.Next != "" {
		page.NextReferrals = v.link("gioi-thieu-sau", found.Next) + "#gioi-thieu"
	}
	for _, r := range found.Items {
		row, err := v.referralRow(r)
		if err != nil {
			return err
		}
		page.Referrals = append(page.Referrals, row)
	}
	return nil
}

// moveFirm verifies, refuses or suspends an employer.
func (s *Server) moveFirm(v *visit) error {
	e, err := s.firm(v, market.VerifyEmployer)
	if err != nil {
		return err
	}
	f := v.form()
	event := market.EmployerEvent(f.Text("event"))
	switch event {
	case "":
		return s.verifyEmployer(v) // from the list of what waits for a check
	case market.EmployerVerify, market.EmployerRefuse, market.EmployerSuspend:
	default:
		return market.Bad("event", "error.request")
	}
	if event != market.EmployerVerify {
		f.needs("note")
	}
	if f.refused() {
		return s.renderFirm(v, e, f)
	}
	if _, err := s.Desk.MoveEmployer(v.ctx, v.actor, v.now, e.ID, f.Rev, event, f.Text("note")); err != nil {
		if f.caught(err) {
			return s.renderFirm(v, e, f)
		}
		return err
	}
	return v.done(firmHome+"/"+string(e.ID), "notice.moved")
}

// addFirmContact adds a line to an employer's timeline.
func (s *Server) addFirmContact(v *visit) error {
	e, err := s.firm(v, market.WriteEmployer)
	if err != nil {
		return err
	}
	f := v.form()
	line := market.Contact{Employer: e.ID, Kind: f.Text("kind"), Text: f.Text("text"), At: f.contactTime(v)}
	if f.refused() {
		return s.renderFirm(v, e, f)
	}
	if _, err := s.Desk.AddContact(v.ctx, v.actor, v.now, line); err != nil {
		if f.caught(err) {
			return s.renderFirm(v, e, f)
		}
		return err
	}
	return v.done(firmHome+"/"+string(e.ID), "notice.contact")
}
