package web

import (
	"strconv"

	"noiviec/internal/market"
)

const planPath = "/quan-tri/ke-hoach"

type planPage struct {
	Layout
	Form     *Form
	Year     int
	Years    []Option
	Parts    []planPart
	CopyHref string // fills in last year's figures, when there is nothing yet
}

// planPart is one indicator: its total and its lines.
type planPart struct {
	Title string
	Total Field
	Lines []Field
	Sum   string // what the lines of the stored plan come to
}

// showPlan shows a year's targets to edit; "?chep=1" fills in last year's instead.
func (s *Server) showPlan(v *visit) error {
	year := v.planYear()
	plan, known, err := v.planOf(year)
	if err != nil {
		return err
	}
	if v.Query("chep") != "" && !known {
		last, _, err := v.planOf(year - 1)
		if err != nil {
			return err
		}
		plan.Targets = last.Targets
	}
	values := map[string][]string{"year": {strconv.Itoa(year)}, "source": {plan.Source}}
	for _, t := range plan.Targets {
		values[t.Indicator+"."+t.Line] = []string{v.number(int64(t.Count))}
	}
	return s.renderPlan(v, v.blank(plan.Rev, values), year, plan)
}

// planYear is the year asked for, or this one.
func (v *visit) planYear() int {
	year, err := strconv.Atoi(v.Query("nam"))
	if err != nil || year < 2000 || year > v.today.Year()+2 {
		return v.today.Year()
	}
	return year
}

func (v *visit) planOf(year int) (plan market.Plan, known bool, err error) {
	plan, err = load[market.Plan](v, market.PlanID(v.s.Centre, year))
	if market.KindOf(err) == market.NotFound {
		return market.Plan{Year: year}, false, nil
	}
	return plan, err == nil, err
}

func (s *Server) renderPlan(v *visit, f *Form, year int, plan market.Plan) error {
	page := &planPage{Layout: v.layout("plan.title", strconv.Itoa(year)), Form: f, Year: year}
	for y := v.today.Year() + 1; y > v.today.Year()-9; y-- {
		page.Years = append(page.Years, Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y), On: y == year})
	}
	if plan.Rev == 0 && v.Query("chep") == "" && !f.refused() {
		if _, known, err := v.planOf(year - 1); err != nil {
			return err
		} else if known {
			page.CopyHref = planPath + "?chep=1&nam=" + strconv.Itoa(year)
		}
	}
	lines, err := v.planLines()
	if err != nil {
		return err
	}
	names, err := v.lineNames()
	if err != nil {
		return err
	}
	for _, indicator := range []string{market.NewJobs, market.Training} {
		part := planPart{Title: v.T("indicator." + indicator), Total: f.Field(indicator+".total", "plan.total").As("text", "numeric")}
		if sum := plan.Sum(indicator); sum > 0 {
			part.Sum = v.T("plan.sum", sum)
		}
		for _, line := range lines[indicator] {
			field := f.Field(indicator+"."+line, "plan.total").As("text", "numeric")
			field.Label = names(indicator, line)
			part.Lines = append(part.Lines, field)
		}
		page.Parts = append(page.Parts, part)
	}
	return v.render("quan-tri-ke-hoach", f.status(), page)
}

// planLines gives the lines a target may be set for.
func (v *visit) planLines() (map[string][]string, error) {
	channels, err := v.s.Desk.Channels(v.ctx, v.s.Centre)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{market.Training: market.TrainingLines}
	for _, ch := range channels {
		out[market.NewJobs] = append(out[market.NewJobs], ch.Code)
	}
	return out, nil
}

// savePlan stores the targets; an empty field is no target, which is not the same as none.
func (s *Server) savePlan(v *visit) error {
	f := v.form()
	year := f.Int("year")
	plan := market.Plan{Meta: market.Meta{Rev: f.Rev}, Year: year, Source: f.Text("source")}
	lines, err := v.planLines()
	if err != nil {
		return err
	}
	for _, indicator := range []string{market.NewJobs, market.Training} {
		for _, line := range append([]string{market.Total}, lines[indicator]...) {
			if name := indicator + "." + line; f.Text(name) != "" {
				plan.Targets = append(plan.Targets, market.Target{Indicator: indicator, Line: line, Count: f.Int(name)})
			}
		}
	}
	if f.refused() {
		return s.renderPlan(v, f, year, plan)
	}
	if _, err := s.Desk.SavePlan(v.ctx, v.actor, v.now, plan); err != nil {
		if f.caught(err) {
			return s.renderPlan(v, f, year, plan)
		}
		return err
	}
	return v.done(planPath+"?nam="+strconv.Itoa(year), "notice.saved")
}
