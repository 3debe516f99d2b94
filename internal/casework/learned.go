package casework

import (
	"context"
	"math"
	"strconv"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// no is a refusal to remember: whose it is, and the match of it when a counsellor said it for them.
type no struct {
	reason   string
	declined bool // the employer's
	match    market.ID
}

// remember puts down a no about an offer with what was offered and how it stood, and lets it change what is
// offered next.
func (d *Desk) remember(ctx context.Context, actor market.Actor, now time.Time, w *market.Worker, p market.Posting, said no) error {
	shown, err := d.standing(ctx, actor, p.ID, w.ID)
	if err != nil {
		return err
	}
	r := market.Refusal{Posting: p.ID, Employer: p.Employer, Reason: said.reason, At: market.Stamp(now), Match: said.match, Offer: d.offered(p, *w, market.DateOf(now)), Shown: shown}
	if said.declined {
		w.Declines = append(w.Declines, r)
	} else {
		w.Refusals = append(w.Refusals, r)
	}
	w.Learn(now)
	return nil
}

// offered gives what a posting offers somebody, as far as the rules of market.Worker.Learn look at it.
func (d *Desk) offered(p market.Posting, w market.Worker, on market.Date) market.Offer {
	out := market.Offer{Shift: p.Shift, Languages: p.Languages}
	least, most, _ := p.Pay.Monthly(d.tax.DongPer(p.Pay.Currency, on))
	out.Pay, out.PayLeast = max(least, most), least
	out.Lifting, _ = strconv.Atoi(p.Conditions.Lifting)
	for _, r := range p.Requirements {
		switch {
		case r.Nice:
		case r.Kind == "certificate":
			out.Certificates = append(out.Certificates, r.ID)
		default:
			out.Skills = append(out.Skills, r.ID)
		}
	}
	out.Km, out.Away = d.distance(p, w)
	return out
}

// distance gives the km to the nearest workplace, and whether all lie outside the person's province; what is not
// known is neither far nor outside.
func (d *Desk) distance(p market.Posting, w market.Worker) (km int, away bool) {
	home, ok := d.tax.Commune(w.Commune)
	if !ok || len(p.Workplaces) == 0 {
		return 0, false
	}
	nearest := math.Inf(1)
	away = p.MorePlaces == 0
	for _, place := range p.Workplaces {
		if far, ok := d.tax.DistanceKm(w.Commune, place.Commune); ok {
			nearest = min(nearest, far)
		}
		abroad := place.Country != "" && place.Country != "VN"
		away = away && !place.Nationwide && (abroad || provinceOf(d.tax, place) != "" && provinceOf(d.tax, place) != home.Province)
	}
	if math.IsInf(nearest, 1) {
		return 0, away
	}
	return int(math.Round(nearest)), away
}

// provinceOf gives the province of a workplace, "" when it is not known.
func provinceOf(tax *taxonomy.Taxonomy, place market.Workplace) string {
	if c, ok := tax.Commune(place.Commune); ok {
		return c.Province
	}
	return place.Province
}

// standing tells how a pair stands in the lists: the one the actor looks at first, a posting's for staff and the
// own for a job seeker. A pair that no list holds has an empty one.
func (d *Desk) standing(ctx context.Context, actor market.Actor, posting, worker market.ID) (market.Standing, error) {
	type list struct {
		side    market.Side
		subject market.ID
	}
	lists := []list{{market.ForPosting, posting}, {market.ForWorker, worker}}
	if actor.Role == market.Seeker {
		lists = lists[1:]
	}
	for _, at := range lists {
		l, err := get[market.Suggestions](ctx, d, actor, market.SuggestionsID(actor.Centre, at.side, at.subject))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return market.Standing{}, err
		}
		if s, ok := l.Standing(posting, worker, l.ShownTo(actor.Role)); ok {
			return s, nil
		}
	}
	return market.Standing{}, nil
}

// DropLearned takes back one thing that refusals taught about a person: staff, or the person. Refusals from
// before teach it no more. A key that nothing stands under is NotFound.
func (d *Desk) DropLearned(ctx context.Context, actor market.Actor, now time.Time, worker market.ID, rev int64, key string) (market.Worker, error) {
	var w market.Worker
	err := d.decide(ctx, func(c *changes) (err error) {
		if w, err = d.writableWorker(ctx, actor, worker, rev); err != nil {
			return err
		}
		if err := w.DropLearned(key, actor.User, now); err != nil {
			return err
		}
		c.put(&w)
		c.note(actor, now, "worker.drop_learned", &w, key, "", "")
		return nil
	})
	return w, err
}

// RecordShowing keeps one list as somebody had it before their eyes, in one record a day and kind of reader: what is
// chosen from it later is judged against what was passed over. Of the list the first shown are kept, or of these only
// the places that the page displayed (from 0); more of it opened later on the day comes to the record. A page without
// any shows nothing and leaves no record.
func (d *Desk) RecordShowing(ctx context.Context, actor market.Actor, now time.Time, l market.Suggestions, shown int, places ...int) error {
	subject := market.Subject{Centre: actor.Centre}
	if l.Side == market.ForWorker {
		subject.Worker = l.Subject
	}
	if err := market.Can(actor, market.ReadSuggestions, subject); err != nil {
		return err
	}
	to := market.Counsellor
	if actor.Role == market.Seeker {
		to = market.Seeker
	}
	on := market.DateOf(now)
	id := market.ShowingID(actor.Centre, on, to, l.Side, l.Subject)
	s := l.Showing(on, to, min(shown, l.ShownTo(to)), places...)
	if len(s.Items) == 0 {
		return nil
	}
	old, err := get[market.Showing](ctx, d, actor, id)
	switch {
	case err == nil && !old.Add(s):
		return nil
	case err == nil:
		s = old
	case isNotFound(err):
		s.Meta = fresh(actor.Centre, now)
		s.ID = id
	default:
		return err
	}
	err = d.st.Apply(ctx, store.Put(&s))
	if market.KindOf(err) == market.Conflict { // somebody opened the same list in this moment
		return nil
	}
	return err
}
