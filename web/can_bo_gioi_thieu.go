package web

import (
	"bytes"
	"net/url"
	"slices"
	"time"

	"noiviec/internal/files"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

const (
	referralHome = "/can-bo/gioi-thieu"
	referralSize = 30
)

type referralListPage struct {
	Layout
	State   market.ReferralState
	States  []facetOption
	Late    facetOption // the overdue ones of the state
	Group   string      // the number of the group that is shown
	Heading string
	Items   []referralRow
	Next    string
}

// referralRow is one referral in a list.
type referralRow struct {
	Referral              market.Referral
	Href, Title, Employer string
	Name, By              string
	Pending               bool
	Late                  int // days the answer is overdue
}

// listedStates can be chosen in the list of referrals.
var listedStates = append(slices.Clone(pendingStates), market.ReferralStarted, market.ReferralSettled, market.ReferralWorkerDeclined, market.ReferralEmployerDeclined, market.ReferralNoAnswer,
	market.ReferralElsewhere, market.ReferralCancelled)

// showReferralList lists referrals of one state, newest first, or the overdue ones, longest first; or one group.
func (s *Server) showReferralList(v *visit) error {
	page := &referralListPage{Layout: v.layout("refs.title"), State: market.ReferralState(v.Query("trang-thai"))}
	group, late := market.ID(v.Query("nhom")), v.Query("qua-han") == "1"
	if err := page.countStates(v, group == ""); err != nil {
		return err
	}
	overdue := s.by("referrals_by_due", page.State)
	overdue.To = v.today.AddDays(-1)
	if r := (market.Referral{State: page.State}); r.Pending() {
		n, err := store.Count[market.Referral](v.ctx, s.Store, overdue)
		if err != nil {
			return err
		}
		page.Late = facetOption{Value: stateLink(page.State, !late), Text: v.T("refs.late_only"), Count: n, On: late}
	}
	q := s.by("referrals_by_state", page.State)
	q.Desc = true
	switch {
	case group.Valid():
		q = s.by("referrals_by_group", group)
	case late:
		q = overdue
	}
	q.Limit, q.After = referralSize, v.Query("sau")
	found, err := store.Find[market.Referral](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, r := range found.Items {
		row, err := v.referralRow(r)
		if err != nil {
			return err
		}
		page.Items = append(page.Items, row)
	}
	if group != "" && len(page.Items) > 0 {
		page.Group = page.Items[0].Referral.Number
	}
	return v.render("can-bo-gioi-thieu", 200, page)
}

// countStates fills the steps to choose from. Where none was asked for, it is the first with somebody in it.
func (p *referralListPage) countStates(v *visit, chosen bool) error {
	counts := map[market.ReferralState]int{}
	for _, state := range listedStates {
		n, err := store.Count[market.Referral](v.ctx, v.s.Store, v.s.by("referrals_by_state", state))
		if err != nil {
			return err
		}
		counts[state] = n
	}
	if !slices.Contains(listedStates, p.State) {
		p.State = market.ReferralProposed
		if first := slices.IndexFunc(listedStates, func(state market.ReferralState) bool { return counts[state] > 0 }); first >= 0 {
			p.State = listedStates[first]
		}
	}
	p.Heading = v.T("refs.found", counts[p.State], p.Word("state.referral", p.State))
	for _, state := range listedStates {
		if n := counts[state]; n > 0 || state == p.State {
			p.States = append(p.States, facetOption{Value: stateLink(state, false), Text: upperFirst(p.Word("state.referral", state)), Count: n, On: state == p.State && chosen})
		}
	}
	return nil
}

func stateLink(state market.ReferralState, late bool) string {
	q := url.Values{"trang-thai": {string(state)}}
	if late {
		q.Set("qua-han", "1")
	}
	return referralHome + "?" + q.Encode()
}

// referralRow words one referral; who or what is gone is left out.
func (v *visit) referralRow(r market.Referral) (referralRow, error) {
	row := referralRow{Referral: r, Href: referralHome + "/" + string(r.ID), By: v.userName(r.By), Pending: r.Pending()}
	if row.Pending && r.DueOn.Whole() && r.DueOn < v.today {
		row.Late = r.DueOn.DaysUntil(v.today)
	}
	p, err := load[market.Posting](v, r.Posting)
	if err != nil && market.KindOf(err) != market.NotFound {
		return row, err
	}
	row.Title, row.Employer = p.Title, p.EmployerName
	if row.Title == "" {
		row.Title = v.T("referrals.gone")
	}
	w, err := load[market.Worker](v, r.Worker)
	if err != nil && market.KindOf(err) != market.NotFound {
		return row, err
	}
	row.Name = w.Name
	return row, nil
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
	var out bytes.Buffer
	if err := files.SlipPDF(&out, v.slip(r, p, w), func(key string) string { return v.T(key) }); err != nil {
		return err
	}
	v.Set("Content-Type", "application/pdf")
	v.Set("Content-Disposition", `inline; filename="`+r.Number+`.pdf"`)
	return v.Send(out.Bytes())
}

// slip gathers what the paper says.
func (v *visit) slip(r market.Referral, p market.Posting, w market.Worker) files.Slip {
	centre := v.centre()
	slip := files.Slip{Centre: centre.Name, CentreAddress: centre.Address, CentrePhone: centre.Phone, Number: r.Number, IssuedOn: v.today, Link: v.BaseURL() + referralHome + "/" + string(r.ID),
		Worker: w.Name, WorkerBorn: w.Born.String(), WorkerHome: v.home(w), Title: p.Title, Employer: p.EmployerName, Pay: Layout{v: v}.Pay(p.Pay), AnswerBy: r.DueOn, Counsellor: v.userName(r.By)}
	if len(w.Phones) > 0 {
		slip.WorkerPhone = w.Phones[0]
	}
	if len(p.Workplaces) > 0 {
		slip.Workplace = v.place(p.Workplaces[0])
	}
	if r.Meeting != nil {
		slip.MeetAt, slip.MeetPlace = r.Meeting.At.In(market.Zone), r.Meeting.Place
	}
	if e, err := load[market.Employer](v, r.Employer); err == nil {
		slip.EmployerAddress, slip.EmployerContact, slip.EmployerPhone = e.Address, e.Contact, e.Phone
	}
	return slip
}

// meeting reads when and where an interview is; all three are needed, because somebody has to go there.
func (f *Form) meeting() *market.Meeting {
	f.needs("meeting_on", "meeting_at", "meeting_place")
	on := f.Date("meeting_on")
	if f.refused() {
		return nil
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", string(on)+" "+f.Text("meeting_at"), market.Zone)
	if !on.Whole() {
		f.add(market.Bad("meeting_on", "error.date", f.Text("meeting_on")))
	} else if err != nil {
		f.add(market.Bad("meeting_at", "error.hour", f.Text("meeting_at")))
	}
	return &market.Meeting{At: at, Place: f.Text("meeting_place")}
}
