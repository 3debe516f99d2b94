package web

import (
	"slices"
	"strings"

	"noiviec/internal/market"
)

// coursePage is the form of one course, and what may be done with it now.
type coursePage struct {
	Layout
	Form                    *Form
	Course                  market.Course
	Action                  string
	Level, Commune, Covered Field
	Moves                   []Option
	Ends                    []Option // what cannot be taken back
	Over                    bool
}

// showNewCourse gives an empty form.
func (s *Server) showNewCourse(v *visit) error {
	return s.renderCourse(v, v.blank(0, nil), market.Course{})
}

// saveNewCourse stores a new course.
func (s *Server) saveNewCourse(v *visit) error {
	return s.saveCourse(v, v.form(), market.Course{Meta: market.Meta{ID: v.madeHere("course")}})
}

// showCourse gives the form filled with a course.
func (s *Server) showCourse(v *visit) error {
	c, err := s.course(v)
	if err != nil {
		return err
	}
	return s.renderCourse(v, v.blank(c.Rev, v.courseValues(c)), c)
}

// saveStoredCourse corrects a course.
func (s *Server) saveStoredCourse(v *visit) error {
	c, err := s.course(v)
	if err != nil {
		return err
	}
	f := v.form()
	if f.Rev <= 0 { // revision 0 would store a second one
		return market.Fail(market.Conflict, "error.stale")
	}
	c.Rev = f.Rev
	return s.saveCourse(v, f, c)
}

// moveCourse opens, begins, finishes or cancels a course.
func (s *Server) moveCourse(v *visit) error {
	c, err := s.course(v)
	if err != nil {
		return err
	}
	f := v.form()
	if _, err := s.Desk.MoveCourse(v.ctx, v.actor, v.now, c.ID, f.Rev, market.CourseEvent(f.Text("event"))); err != nil {
		if f.caught(err) {
			f.Values = v.courseValues(c)
			return s.renderCourse(v, f, c)
		}
		return err
	}
	return v.done(coursesHome+"/"+string(c.ID), "notice.moved")
}

// course loads the course of the address.
func (s *Server) course(v *visit) (market.Course, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Course{}, err
	}
	c, err := load[market.Course](v, id)
	if err != nil {
		return c, err
	}
	return c, v.can(market.KeepCourses, market.Subject{Centre: c.Centre})
}

func (s *Server) saveCourse(v *visit, f *Form, old market.Course) error {
	c := old
	v.readCourse(f, &c)
	if f.refusedWith(func() error { return c.Validate(v.s.Tax) }) {
		return s.renderCourse(v, f, old)
	}
	if _, err := s.Desk.SaveCourse(v.ctx, v.actor, v.now, c); err != nil {
		if f.caught(err) {
			return s.renderCourse(v, f, old)
		}
		return err
	}
	return v.done(coursesHome, "notice.saved")
}

func (s *Server) renderCourse(v *visit, f *Form, c market.Course) error {
	page := &coursePage{Layout: v.layout("course.new"), Form: f, Course: c, Action: coursesHome + "/moi",
		Over: c.State == market.CourseFinished || c.State == market.CourseCancelled}
	if c.Rev > 0 {
		page.Layout, page.Action = v.layout("course.one"), coursesHome+"/"+string(c.ID)
		page.Title = c.Name
		for _, event := range []market.CourseEvent{market.CourseOpen, market.CourseBegin, market.CourseFinish, market.CourseCancel} {
			moved := c
			if moved.Do(event) != nil {
				continue
			}
			list := &page.Moves
			if moved.State == market.CourseFinished || moved.State == market.CourseCancelled {
				list = &page.Ends
			}
			*list = append(*list, Option{Value: string(event), Text: v.T("course.do_" + string(event))})
		}
	}
	none := []Option{{Text: v.T("form.choose")}}
	page.Level = f.Choose("level", "course.level", slices.Concat(none, v.options("course.level", market.TrainingLines)))
	page.Covered = f.Choose("covered", "course.covered", slices.Concat(none, v.options("course.cost", market.CostsCovered)))
	page.Commune = f.Choose("commune", "course.commune", slices.Concat(none, v.workCommunes(market.Posting{Workplaces: []market.Workplace{{Commune: c.Commune}}})))
	return v.render("can-bo-khoa-hoc-mot", f.status(), page)
}

func (v *visit) courseValues(c market.Course) map[string][]string {
	text := func(n int64) []string {
		if n == 0 {
			return nil
		}
		return []string{v.number(n)}
	}
	var skills, certificates []string
	for _, id := range c.Skills {
		skills = append(skills, v.skill(id))
	}
	for _, id := range c.Certificates {
		certificates = append(certificates, v.certificate(id))
	}
	return map[string][]string{"name": {c.Name}, "provider_name": {c.ProviderName}, "level": {c.Level}, "skills": {strings.Join(skills, "; ")}, "certificates": {strings.Join(certificates, "; ")},
		"commune": {c.Commune}, "place": {c.Place}, "start_on": {c.StartOn.String()}, "end_on": {c.EndOn.String()}, "places": text(int64(c.Places)), "covered": {c.Covered}, "fee": text(c.Fee)}
}

// readCourse reads the form over a course.
func (v *visit) readCourse(f *Form, c *market.Course) {
	f.needs("name", "level")
	c.Name, c.ProviderName, c.Level, c.Commune, c.Place = f.Text("name"), f.Text("provider_name"), f.Text("level"), f.Text("commune"), f.Text("place")
	c.StartOn, c.EndOn, c.Places, c.Covered, c.Fee = f.Date("start_on"), f.Date("end_on"), f.Int("places"), f.Text("covered"), f.Money("fee")
	c.Skills = v.readTaught(f, "skills", "skill", "error.skill.unknown")
	c.Certificates = v.readTaught(f, "certificates", "certificate", "error.certificate.typed")
}

// readTaught reads the skills, or the certificates, that are named in one field, each once.
func (v *visit) readTaught(f *Form, name, kind, unknown string) []string {
	var out []string
	for _, typed := range strings.FieldsFunc(f.Text(name), func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		if typed = strings.TrimSpace(typed); typed == "" {
			continue
		}
		switch id := v.needed(kind, typed); {
		case id == "":
			f.add(market.Bad(name, unknown, typed))
		case !slices.Contains(out, id):
			out = append(out, id)
		}
	}
	return out
}
