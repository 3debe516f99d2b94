package web

import (
	"noiviec/internal/market"
	"noiviec/internal/store"
)

const (
	followUpHome = "/can-bo/tham-hoi"
	followUpSize = 20
)

type followUpsPage struct {
	Layout
	Form  *Form
	Total int
	Items []followUpRow
	Next  string
}

// followUpRow is one question that is due: does this person still work there?
type followUpRow struct {
	Placement             market.Placement
	Worker                market.Worker
	Title, Employer, Href string
	Due                   market.FollowUp
	Late                  int // days
	Sources               []Option
}

// showFollowUps lists the questions that are due, the longest overdue first.
func (s *Server) showFollowUps(v *visit) error { return s.renderFollowUps(v, v.blank(0, nil)) }

func (s *Server) renderFollowUps(v *visit, f *Form) error {
	if err := v.can(market.ReadPlacements, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	q := store.Query{Centre: s.Centre, Index: "placements_by_due", From: market.Date("1900-01-01"), To: v.today, Limit: followUpSize, After: v.Query("sau")}
	found, err := store.Find[market.Placement](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	page := &followUpsPage{Layout: v.layout("followups.title"), Form: f}
	if page.Total, err = store.Count[market.Placement](v.ctx, s.Store, q); err != nil {
		return err
	}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, p := range found.Items {
		row, err := v.followUpRow(p, f)
		if err != nil {
			return err
		}
		page.Items = append(page.Items, row)
	}
	return v.render("can-bo-tham-hoi", f.status(), page)
}

// answerSources are who can say whether somebody still works there.
var answerSources = []market.Evidence{market.SelfStated, market.Confirmed, market.SocialInsurance}

func (v *visit) followUpRow(p market.Placement, f *Form) (followUpRow, error) {
	row := followUpRow{Placement: p, Href: placementHome + "/" + string(p.ID)}
	for _, due := range p.FollowUps {
		if due.Answer == "" {
			row.Due, row.Late = due, due.DueOn.DaysUntil(v.today)
			break
		}
	}
	here := f.Text("placement") == string(p.ID)
	for _, source := range answerSources {
		row.Sources = append(row.Sources, Option{Value: string(source), Text: v.T("source." + string(source)), On: here && f.Text("source") == string(source)})
	}
	w, err := load[market.Worker](v, p.Worker)
	if err != nil && market.KindOf(err) != market.NotFound {
		return row, err
	}
	row.Worker = w
	row.Title, row.Employer, err = v.workOf(p)
	return row, err
}

// workOf words where somebody works: the posting's title and the employer.
func (v *visit) workOf(p market.Placement) (title, employer string, err error) {
	if p.Posting != "" {
		posting, err := load[market.Posting](v, p.Posting)
		if err != nil && market.KindOf(err) != market.NotFound {
			return "", "", err
		}
		title, employer = posting.Title, posting.EmployerName
	}
	if employer == "" && p.Employer != "" {
		e, err := load[market.Employer](v, p.Employer)
		if err != nil && market.KindOf(err) != market.NotFound {
			return "", "", err
		}
		employer = e.Name
	}
	if title == "" {
		title = v.T("placement.work_unknown")
	}
	return title, employer, nil
}

// answerFollowUp records the answer of one question, and goes back to the list or to the placement.
func (s *Server) answerFollowUp(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	show, back := s.renderFollowUps, followUpHome
	if f.Text("from") == "placement" {
		show, back = s.renderPlacement, placementHome+"/"+string(id)
	}
	day := f.Int("day")
	if f.refused() {
		return show(v, f)
	}
	_, err = s.Desk.AnswerFollowUp(v.ctx, v.actor, v.now, id, f.Rev, day, f.Text("answer"), market.Evidence(f.Text("source")))
	if err != nil {
		if f.caught(err) {
			return show(v, f)
		}
		return err
	}
	return v.done(back, "notice.answer."+f.Text("answer"))
}
