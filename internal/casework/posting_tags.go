package casework

import (
	"context"
	"reflect"
	"slices"
	"time"

	"noiviec/internal/market"
)

// readAgain reads an edited text anew where its tags are kept, and keeps what was decided about the same words.
func (d *Desk) readAgain(p *market.Posting, before market.Posting) {
	if before.Tags != nil && (p.Title != before.Title || p.Text != before.Text) {
		p.Tags = market.KeepDecisions(d.tax.Tags(p.Title, p.Text), before.Tags)
	}
}

// DecideTag takes what was read in a posting over into its own fields, or drops it; both may be decided again. key is
// market.Tag.Key. read is what the page showed for a posting whose tags are not kept yet: they are from now on.
func (d *Desk) DecideTag(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, read []market.Tag, key string, take bool) (market.Posting, error) {
	var p market.Posting
	err := d.decide(ctx, func(c *changes) (err error) {
		if p, err = get[market.Posting](ctx, d, actor, id); err != nil {
			return err
		}
		if err := market.Can(actor, market.CheckPosting, postingSubject(p)); err != nil {
			return err
		}
		if err := seen(&p, rev); err != nil {
			return err
		}
		if p.Tags = slices.Clone(p.Tags); p.Tags == nil {
			p.Tags = slices.Clone(read)
		}
		if err := d.decideTag(&p, key, take); err != nil {
			return err
		}
		if err := p.Validate(d.tax); err != nil {
			return err
		}
		c.put(&p)
		c.note(actor, now, map[bool]string{true: "posting.take_tag", false: "posting.drop_tag"}[take], &p, "", "", "")
		return nil
	})
	return p, err
}

func (d *Desk) decideTag(p *market.Posting, key string, take bool) error {
	editable := []market.PostingState{market.PostingDraft, market.PostingInReview, market.PostingOpen, market.PostingPaused}
	if !slices.Contains(editable, p.State) {
		return market.Fail(market.Conflict, "error.posting.ended", "state.posting."+string(p.State))
	}
	at := slices.IndexFunc(p.Tags, func(t market.Tag) bool { return t.Key() == key })
	if at < 0 {
		return market.Fail(market.Conflict, "error.stale")
	}
	decided := market.TagDropped
	if take {
		if decided = market.TagTaken; !d.takeTag(p, p.Tags[at]) {
			return market.Bad("tags", "error.tags.no_field", p.Tags[at].Said)
		}
	}
	for i := range p.Tags {
		if p.Tags[i].Key() == key {
			p.Tags[i].Decided = decided
		}
	}
	return nil
}

// TagTaken reports whether a posting's own fields say already what a tag says, and whether there is a field for it.
func (d *Desk) TagTaken(p market.Posting, t market.Tag) (there, possible bool) {
	with := p
	with.Requirements, with.Workplaces = slices.Clone(p.Requirements), slices.Clone(p.Workplaces)
	with.Benefits, with.Languages = slices.Clone(p.Benefits), slices.Clone(p.Languages)
	possible = d.takeTag(&with, t)
	return possible && reflect.DeepEqual(with, p), possible
}

// takeTag writes what a tag says into the fields; false when there is no field for it. What is there already stays.
func (d *Desk) takeTag(p *market.Posting, t market.Tag) bool {
	switch t.Kind {
	case "skill", "certificate":
		if !slices.ContainsFunc(p.Requirements, func(r market.Requirement) bool { return r.Kind == t.Kind && r.ID == t.ID }) {
			r := market.Requirement{Kind: t.Kind, ID: t.ID, Level: t.Level}
			if t.Field == market.TagInText {
				r.Span = [2]int{t.Start, t.End}
			}
			p.Requirements = append(p.Requirements, r)
		}
	case "occupation":
		p.Occupation = t.ID
	case "language":
		if !slices.ContainsFunc(p.Languages, func(l market.HeldLanguage) bool { return l.Language == t.ID }) {
			p.Languages = append(p.Languages, market.HeldLanguage{Language: t.ID})
		}
	case "benefit":
		addOnce(&p.Benefits, t.ID)
	case "meals":
		if addOnce(&p.Benefits, "meals"); t.Min > 0 {
			p.MealsPerDay = int(min(t.Min, 4))
		}
	case "place":
		return d.takePlace(p, t)
	case "pay":
		if p.Pay.Min != t.Min || p.Pay.Max != t.Max || p.Pay.Currency != t.Currency || p.Pay.Period != t.Period {
			p.Pay = market.Pay{Min: t.Min, Max: t.Max, Currency: t.Currency, Period: t.Period, Basis: market.PayBasis(t.Level), Status: market.PayStated, Stated: t.Said}
		}
	case "openings":
		p.Openings = int(t.Min)
	case "experience":
		p.MinMonths = int(t.Min)
	case "shift":
		if !slices.Contains(market.Shifts, t.ID) {
			return false
		}
		p.Shift = t.ID
	default:
		return false
	}
	return true
}

func addOnce(list *[]string, value string) {
	if !slices.Contains(*list, value) {
		*list = append(*list, value)
	}
}

// takePlace adds the workplaces that the words name; words that name none certainly have no field.
func (d *Desk) takePlace(p *market.Posting, t market.Tag) bool {
	places := d.tax.ParsePlaces(t.Said).Workplaces()
	for _, w := range places {
		if c, ok := d.tax.Commune(w.Commune); ok {
			w.Province = c.Province
		}
		if w.Commune == "" && w.Province == "" && w.Country == "" && !w.Nationwide {
			return false
		}
		same := func(o market.Workplace) bool {
			return o.Commune == w.Commune && o.Province == w.Province && o.Country == w.Country && o.Nationwide == w.Nationwide
		}
		if !slices.ContainsFunc(p.Workplaces, same) {
			p.Workplaces = append(p.Workplaces, w)
		}
	}
	return len(places) > 0
}
