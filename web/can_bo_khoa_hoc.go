package web

import (
	"cmp"
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const coursesHome = "/can-bo/khoa-hoc"

// coursesPage lists the courses one may tell people of, those to come first, then those that were.
type coursesPage struct {
	Layout
	Rows  []courseRow
	Pager Pager
}

// courseRow is one course in a list.
type courseRow struct {
	market.Course
	Href, Facts, Teaches string
}

// coursesSize is how many courses a page shows.
const coursesSize = 25

// showCourses lists the courses: those one may still join by their beginning, then the others, the latest first.
func (s *Server) showCourses(v *visit) error {
	var all []market.Course
	for _, state := range []market.CourseState{market.CourseEnrolling, market.CoursePlanned, market.CourseRunning, market.CourseFinished, market.CourseCancelled} {
		found, err := v.coursesIn(state)
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b market.Course) int {
		first, second := a.Joinable(v.today), b.Joinable(v.today)
		switch {
		case first != second && first:
			return -1
		case first != second:
			return 1
		case first:
			return cmp.Compare(a.StartOn, b.StartOn)
		}
		return cmp.Compare(b.StartOn, a.StartOn)
	})
	page := &coursesPage{Layout: v.layout("course.title"), Pager: v.pager(len(all), coursesSize)}
	from := min(len(all), (v.page()-1)*coursesSize)
	for _, c := range all[from:min(len(all), from+coursesSize)] {
		page.Rows = append(page.Rows, courseRow{c, coursesHome + "/" + string(c.ID), v.courseFacts(c, "").Text, v.teaches(c)})
	}
	return v.render("can-bo-khoa-hoc", 200, page)
}

// coursesRead is how many courses are read from the store at once.
const coursesRead = 200

// coursesIn reads every course in a state, the newest first.
func (v *visit) coursesIn(state market.CourseState) ([]market.Course, error) {
	q := v.s.by("courses_by_state", state)
	q.Desc, q.Limit = true, coursesRead
	var out []market.Course
	for {
		page, err := store.Find[market.Course](v.ctx, v.s.Store, q)
		if err != nil {
			return nil, err
		}
		if out = append(out, page.Items...); page.Next == "" {
			return out, nil
		}
		q.After = page.Next
	}
}

// teaches names what is held when a course is finished.
func (v *visit) teaches(c market.Course) string {
	text := ""
	for _, id := range c.Skills {
		text = joined(text, lowerWord(v.skill(id)))
	}
	for _, id := range c.Certificates {
		text = joined(text, lowerWord(v.certificate(id)))
	}
	return upperFirst(text)
}
