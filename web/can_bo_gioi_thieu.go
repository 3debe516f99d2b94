package web

import (
	"bytes"
	"slices"

	"noiviec/internal/files"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

const referralHome = "/can-bo/gioi-thieu"

type referralListPage struct {
	Layout
	State  market.ReferralState
	States []Option
	Items  []referralRow
	Next   string
}

type referralRow struct {
	Referral    market.Referral
	Title, Name string
}

// listedStates can be chosen in the list of referrals.
var listedStates = append(slices.Clone(pendingStates), market.ReferralStarted, market.ReferralSettled)

// showReferralList lists referrals of one state, newest first.
func (s *Server) showReferralList(v *visit) error {
	page := &referralListPage{Layout: v.layout("refs.title"), State: market.ReferralState(v.Query("trang-thai"))}
	if !slices.Contains(listedStates, page.State) {
		page.State = market.ReferralProposed
	}
	for _, state := range listedStates {
		page.States = append(page.States, Option{Value: string(state), Text: page.Word("state.referral", state), On: state == page.State})
	}
	q := s.by("referrals_by_state", page.State)
	q.Desc, q.Limit, q.After = true, 30, v.Query("sau")
	found, err := store.Find[market.Referral](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, r := range found.Items {
		row := referralRow{Referral: r}
		if p, err := load[market.Posting](v, r.Posting); err == nil {
			row.Title = p.Title
		}
		if w, err := load[market.Worker](v, r.Worker); err == nil {
			row.Name = w.Name
		}
		page.Items = append(page.Items, row)
	}
	return v.render("can-bo-gioi-thieu", 200, page)
}

type referralPage struct {
	Layout
	Referral market.Referral
	Posting  market.Posting
	Worker   market.Worker
	Events   []Option
	Refusals []Option
	Form     *Form
	PayText  string
}

// showReferral shows one referral: the pair, the steps possible now, and what was done.
func (s *Server) showReferral(v *visit) error { return s.renderReferral(v, nil) }

func (s *Server) renderReferral(v *visit, f *Form) error {
	r, err := s.referral(v)
	if err != nil {
		return err
	}
	if f == nil {
		f = v.blank(r.Rev, nil)
	}
	page := &referralPage{Layout: v.layout("refs.title"), Referral: r, Form: f}
	if page.Posting, err = load[market.Posting](v, r.Posting); err != nil {
		return err
	}
	if page.Worker, err = load[market.Worker](v, r.Worker); err != nil {
		return err
	}
	page.PayText = page.Pay(page.Posting.Pay)
	for _, event := range r.Events() {
		if event != market.ReferralSettle && event != market.ReferralFound { // follow-ups and the nightly job take these
			page.Events = append(page.Events, Option{Value: string(event), Text: page.Word("event.referral", event)})
		}
	}
	page.Refusals = append([]Option{{Text: v.T("refusal.choose")}}, v.options("refusal", market.RefusalReasons)...)
	return v.render("can-bo-gioi-thieu-mot", f.status(), page)
}

func (s *Server) referral(v *visit) (market.Referral, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Referral{}, err
	}
	r, err := load[market.Referral](v, id)
	if err != nil {
		return r, err
	}
	return r, v.can(market.MoveReferral, market.Subject{Centre: r.Centre, Worker: r.Worker, Employer: r.Employer})
}

// moveReferral takes one step of a referral.
func (s *Server) moveReferral(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	step := market.ReferralStep{Reason: f.Text("reason"), Note: f.Text("note"), On: f.Date("start_on")}
	if f.refused() {
		return s.renderReferral(v, f)
	}
	if _, err := s.Desk.MoveReferral(v.ctx, v.actor, v.now, id, f.Rev, market.ReferralEvent(f.Text("event")), step); err != nil {
		if f.caught(err) {
			return s.renderReferral(v, f)
		}
		return err
	}
	return v.done("/can-bo/gioi-thieu/"+string(id), "notice.moved")
}

// printSlip gives the numbered slip as a PDF page of A5.
func (s *Server) printSlip(v *visit) error {
	r, err := s.referral(v)
	if err != nil {
		return err
	}
	p, err := load[market.Posting](v, r.Posting)
	if err != nil {
		return err
	}
	w, err := load[market.Worker](v, r.Worker)
	if err != nil {
		return err
	}
	centre := v.centre()
	slip := files.Slip{Centre: centre.Name, CentreAddress: centre.Address, CentrePhone: centre.Phone, Number: r.Number, IssuedOn: v.today, Link: v.BaseURL() + "/can-bo/gioi-thieu/" + string(r.ID),
		Worker: w.Name, WorkerBorn: w.Born.String(), WorkerHome: v.place(market.Workplace{Commune: w.Commune}), Title: p.Title, Employer: p.EmployerName, Pay: v.layout("refs.title").Pay(p.Pay), AnswerBy: r.DueOn}
	if len(w.Phones) > 0 {
		slip.WorkerPhone = w.Phones[0]
	}
	if len(p.Workplaces) > 0 {
		slip.Workplace = v.place(p.Workplaces[0])
	}
	if e, err := load[market.Employer](v, r.Employer); err == nil {
		slip.EmployerAddress, slip.EmployerContact, slip.EmployerPhone = e.Address, e.Contact, e.Phone
	}
	var out bytes.Buffer
	if err := files.SlipPDF(&out, slip, func(key string) string { return v.T(key) }); err != nil {
		return err
	}
	v.Set("Content-Type", "application/pdf")
	v.Set("Content-Disposition", `inline; filename="`+r.Number+`.pdf"`)
	return v.Send(out.Bytes())
}
