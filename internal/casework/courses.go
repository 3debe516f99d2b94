package casework

import (
	"context"
	"time"

	"noiviec/internal/market"
)

// SaveCourse stores a course that one may tell people of: a new one is planned. What it teaches, where, from when and
// at what price may be corrected until it is over.
func (d *Desk) SaveCourse(ctx context.Context, actor market.Actor, now time.Time, c market.Course) (market.Course, error) {
	if err := market.Can(actor, market.KeepCourses, market.Subject{Centre: actor.Centre}); err != nil {
		return c, err
	}
	if err := c.Validate(d.tax); err != nil {
		return c, err
	}
	rev := c.Rev
	err := d.decide(ctx, func(ch *changes) error {
		action := "course.add"
		if rev == 0 {
			id := c.ID
			c.Meta, c.State = fresh(actor.Centre, now), market.CoursePlanned
			if id != "" {
				c.ID = id // of the form, so that sending it twice is one course
			}
		} else {
			old, err := get[market.Course](ctx, d, actor, c.ID)
			if err != nil {
				return err
			}
			if err := seen(&old, rev); err != nil {
				return err
			}
			if old.State == market.CourseFinished || old.State == market.CourseCancelled {
				return market.Fail(market.Conflict, "error.course.over")
			}
			c.Meta, c.State, action = old.Meta, old.State, "course.correct"
		}
		ch.put(&c)
		ch.note(actor, now, action, &c, "", string(c.State), c.Name)
		return nil
	})
	return c, err
}

// MoveCourse opens a course for enrolment, begins, finishes or cancels it.
func (d *Desk) MoveCourse(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, event market.CourseEvent) (market.Course, error) {
	var c market.Course
	if err := market.Can(actor, market.KeepCourses, market.Subject{Centre: actor.Centre}); err != nil {
		return c, err
	}
	err := d.decide(ctx, func(ch *changes) (err error) {
		if c, err = get[market.Course](ctx, d, actor, id); err != nil {
			return err
		}
		if err := seen(&c, rev); err != nil {
			return err
		}
		from := c.State
		if err := c.Do(event); err != nil {
			return err
		}
		ch.put(&c)
		ch.note(actor, now, "course."+string(event), &c, string(from), string(c.State), "")
		return nil
	})
	return c, err
}
