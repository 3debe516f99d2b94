package casework

import (
	"context"
	"errors"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// SavePosting stores a new draft (Rev 0) or edits a draft, one in review, or an open one. An edit by the
// employer of what people already see goes back to review.
func (d *Desk) SavePosting(ctx context.Context, actor market.Actor, now time.Time, p market.Posting) (market.Posting, error) {
	if actor.Role == market.EmployerRole {
		p.Employer = actor.Subject
	}
	if err := market.Can(actor, market.WritePosting, market.Subject{Centre: actor.Centre, Employer: p.Employer}); err != nil {
		return p, err
	}
	rev := p.Rev
	err := d.decide(ctx, func(c *changes) error {
		from := market.PostingState("")
		var before market.Posting
		if rev == 0 {
			if p.ID == "" || p.Source.Key == "" {
				p.Meta = fresh(actor.Centre, now)
			}
			p.Meta.Rev, p.Centre, p.State, p.Taken, p.Reports = 0, actor.Centre, market.PostingDraft, 0, nil
		} else {
			old, err := get[market.Posting](ctx, d, actor, p.ID)
			if err != nil {
				return err
			}
			if err := market.Can(actor, market.WritePosting, postingSubject(old)); err != nil {
				return err
			}
			if old.Rev != rev {
				return market.Fail(market.Conflict, "error.stale")
			}
			from, before = old.State, old
			if err := carryPosting(&p, old, actor); err != nil {
				return err
			}
		}
		p.Waives = waivesOf(p.Waives, before.Waives, actor)
		if err := d.tidyPosting(ctx, &p, actor); err != nil {
			return err
		}
		d.readAgain(&p, before)
		today := market.DateOf(now)
		if err := errors.Join(p.CheckDeadline(today), p.CheckStart(before.StartOn, today)); err != nil {
			return err
		}
		c.put(&p)
		c.note(actor, now, "posting.save", &p, string(from), string(p.State), "")
		return nil
	})
	return p, err
}

// carryPosting keeps what an edit may not touch and decides what an edit does to the state.
func carryPosting(p *market.Posting, old market.Posting, actor market.Actor) error {
	editable := []market.PostingState{market.PostingDraft, market.PostingInReview, market.PostingOpen, market.PostingPaused}
	if !slices.Contains(editable, old.State) {
		return market.Fail(market.Conflict, "error.posting.ended", "state.posting."+string(old.State))
	}
	p.Meta, p.State, p.Taken, p.Reports, p.Number = old.Meta, old.State, old.Taken, old.Reports, old.Number
	p.Employer, p.Source, p.OpenedAt, p.ConfirmedOn, p.EndReason = old.Employer, old.Source, old.OpenedAt, old.ConfirmedOn, old.EndReason
	p.Tags = old.Tags
	if !actor.Role.Staff() {
		p.Channel, p.Contract = old.Channel, old.Contract
		if old.State == market.PostingOpen || old.State == market.PostingPaused {
			p.State = market.PostingInReview
		}
	}
	return nil
}

// waivesOf gives the conditions that an edit lets a posting do without. An employer may do without its own
// certificates; what passes over people's limits, the law or the state of the posting is set by staff, and stays.
func waivesOf(asked, stored []string, actor market.Actor) []string {
	if actor.Role.Staff() {
		return asked
	}
	const own = "certificate_missing"
	out := slices.DeleteFunc(slices.Clone(stored), func(code string) bool { return code == own && !slices.Contains(asked, own) })
	if slices.Contains(asked, own) && !slices.Contains(out, own) {
		out = append(out, own)
	}
	return out
}

func (d *Desk) tidyPosting(ctx context.Context, p *market.Posting, actor market.Actor) error {
	p.Title, p.Text = taxonomy.CleanLine(p.Title), taxonomy.Clean(p.Text)
	p.PlaceStated, p.EmployerName = taxonomy.CleanLine(p.PlaceStated), taxonomy.CleanLine(p.EmployerName)
	p.DropStaleTags()
	for i := range p.Workplaces {
		w := &p.Workplaces[i]
		if commune, ok := d.tax.Commune(w.Commune); ok {
			w.Province = commune.Province
		}
	}
	if p.Channel == "" {
		p.Channel = d.channelOf(ctx, *p, actor)
	}
	p.Lists = d.tax.ListVersions()
	if err := p.Validate(d.tax); err != nil {
		return err
	}
	if p.Employer == "" {
		return nil
	}
	employer, err := get[market.Employer](ctx, d, actor, p.Employer)
	if err != nil {
		return err
	}
	p.EmployerName = employer.Name
	return nil
}

// channelOf gives the channel of a workplace: abroad, outside the centre's province, or inside it.
func (d *Desk) channelOf(ctx context.Context, p market.Posting, actor market.Actor) string {
	settings, err := get[market.CentreSettings](ctx, d, actor, actor.Centre)
	if err != nil || len(p.Workplaces) == 0 {
		return "in_province"
	}
	inside := false
	for _, w := range p.Workplaces {
		if w.Country != "" {
			return "labour_export"
		}
		inside = inside || w.Province == settings.Province || w.Province == ""
	}
	if inside {
		return "in_province"
	}
	return "out_of_province"
}

// MovePosting submits, approves, returns, pauses, confirms, closes… Approving needs a verified employer (an
// imported posting may have none); returning needs a note, and so does closing what is another's. A posting that
// readers warned about comes back by staff only, which answers the warnings.
func (d *Desk) MovePosting(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, event market.PostingEvent, note string) (market.Posting, error) {
	staffOnly := []market.PostingEvent{market.PostingApprove, market.PostingReturn, market.PostingExpire, market.PostingFill, market.PostingFree}
	action := market.WritePosting
	if slices.Contains(staffOnly, event) {
		action = market.CheckPosting
	}
	note = taxonomy.Clean(note)
	var p market.Posting
	err := d.decide(ctx, func(c *changes) (err error) {
		if p, err = get[market.Posting](ctx, d, actor, id); err != nil {
			return err
		}
		if err := market.Can(actor, action, postingSubject(p)); err != nil {
			return err
		}
		if err := seen(&p, rev); err != nil {
			return err
		}
		return d.movePosting(ctx, c, actor, now, &p, event, note)
	})
	return p, err
}

func (d *Desk) movePosting(ctx context.Context, c *changes, actor market.Actor, now time.Time, p *market.Posting, event market.PostingEvent, note string) error {
	today := market.DateOf(now)
	from := p.State
	if err := p.Do(event); err != nil {
		return err
	}
	switch event {
	case market.PostingSubmit, market.PostingReopen:
		if err := p.CheckDeadline(today); err != nil {
			return err
		}
		p.Note, p.EndReason = "", ""
	case market.PostingApprove:
		if err := d.mayOpen(ctx, actor, *p, today); err != nil {
			return err
		}
		if p.Number == "" {
			numbers, err := d.number(ctx, c, actor, now, "posting", "TD", 1)
			if err != nil {
				return err
			}
			p.Number = numbers[0]
		}
		p.OpenedAt, p.ConfirmedOn, p.Reports = market.Stamp(now), today, nil
	case market.PostingConfirm, market.PostingResume:
		if err := p.CheckDeadline(today); err != nil {
			return err
		}
		if len(p.Reports) >= 2 && !actor.Role.Staff() {
			return market.Fail(market.Conflict, "error.posting.reported")
		}
		if actor.Role.Staff() && event == market.PostingResume {
			p.Reports = nil // somebody has looked
		}
		p.ConfirmedOn = today
	case market.PostingReturn:
		if note == "" {
			return market.Bad("note", "error.note.required")
		}
		p.Note = note
	case market.PostingClose:
		if note == "" && actor.Role.Staff() && actor.Role != market.System {
			return market.Bad("note", "error.note.required")
		}
		p.EndReason = note
	}
	c.put(p)
	c.note(actor, now, "posting."+string(event), p, string(from), string(p.State), note)
	return nil
}

func (d *Desk) mayOpen(ctx context.Context, actor market.Actor, p market.Posting, today market.Date) error {
	if err := p.CheckDeadline(today); err != nil {
		return err
	}
	if p.Employer == "" {
		return nil
	}
	employer, err := get[market.Employer](ctx, d, actor, p.Employer)
	if err != nil {
		return err
	}
	if employer.State != market.EmployerVerified {
		return market.Fail(market.Conflict, "error.employer.unverified", employer.Name)
	}
	return nil
}

// ReportPosting keeps a reader's warning; the second one hides the posting until staff have looked.
func (d *Desk) ReportPosting(ctx context.Context, actor market.Actor, now time.Time, id market.ID, reason, text string) error {
	if err := market.Can(actor, market.ReportPosting, market.Subject{Centre: actor.Centre}); err != nil {
		return err
	}
	if !slices.Contains(ReportReasons, reason) {
		return market.Bad("reason", "error.reason.required")
	}
	if text = taxonomy.Clean(text); len(text) > mostReportBytes {
		return market.Bad("text", "error.text.long", mostReportBytes, len(text))
	}
	return d.decide(ctx, func(c *changes) error {
		p, err := get[market.Posting](ctx, d, actor, id)
		if err != nil {
			return err
		}
		if p.State != market.PostingOpen && p.State != market.PostingPaused {
			return market.Fail(market.NotFound, "error.not_found")
		}
		p.Reports = append(p.Reports, market.Report{At: market.Stamp(now), Reason: reason, Text: text})
		from := p.State
		if len(p.Reports) >= 2 && p.State == market.PostingOpen {
			if err := p.Do(market.PostingPause); err != nil {
				return err
			}
		}
		c.put(&p)
		c.note(actor, now, "posting.report", &p, string(from), string(p.State), reason)
		return nil
	})
}

// mostReportBytes bounds what anybody may write into a posting's record.
const mostReportBytes = 2000

// ReportReasons for warning about a posting.
var ReportReasons = []string{"asks_money", "wrong_pay", "wrong_place", "gone", "fraud", "other"}

func postingSubject(p market.Posting) market.Subject {
	return market.Subject{Centre: p.Centre, Employer: p.Employer}
}

// ImportOutcome says what an imported posting did.
type ImportOutcome string

const (
	Imported  ImportOutcome = "imported"
	Unchanged ImportOutcome = "unchanged"
	Renewed   ImportOutcome = "renewed" // its text had changed
)

// ImportPostings stores rows read from a file, several in one batch (System and administrators only). A row
// whose identity and content are known changes nothing; one whose content changed is stored anew unless
// people already decided about it. open puts them on show without a check.
func (d *Desk) ImportPostings(ctx context.Context, actor market.Actor, now time.Time, rows []market.Posting, open bool) ([]ImportOutcome, error) {
	if err := market.Can(actor, market.ImportExport, market.Subject{Centre: actor.Centre}); err != nil {
		return nil, err
	}
	out := make([]ImportOutcome, len(rows))
	err := d.decide(ctx, func(c *changes) error {
		for i := range rows {
			p := rows[i]
			old, err := get[market.Posting](ctx, d, actor, p.ID)
			switch {
			case isNotFound(err):
				out[i] = Imported
				p.Rev, p.Centre, p.RecordedAt = 0, actor.Centre, market.Stamp(now)
				p.State = market.PostingInReview
				if open {
					p.State, p.OpenedAt, p.ConfirmedOn = market.PostingOpen, market.Stamp(now), market.DateOf(now)
				}
			case err != nil:
				return err
			case old.Source.Hash == p.Source.Hash && old.Source.Copies == p.Source.Copies:
				out[i] = Unchanged
				continue
			default:
				out[i] = Renewed
				p.Meta, p.State, p.Taken, p.Reports, p.Number = old.Meta, old.State, old.Taken, old.Reports, old.Number
				p.OpenedAt, p.ConfirmedOn, p.Openings = old.OpenedAt, old.ConfirmedOn, max(p.Openings, old.Taken)
			}
			if err := d.tidyPosting(ctx, &p, actor); err != nil {
				return err
			}
			c.put(&p)
			c.note(actor, now, "posting.import", &p, "", string(p.State), "")
		}
		return nil
	})
	return out, err
}
