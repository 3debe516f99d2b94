package web

import (
	"slices"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Sizes of a timeline: moments on a page, and how many of each kind are read, newest first.
const (
	momentsSize = 25
	momentsMost = 300
)

// moment is one dated line of a case. Lines are only ever added.
type moment struct {
	At                         time.Time
	What, Text, By, Href, Link string
}

// timeline gathers what happened with a person, newest first: contacts, referrals step by step, decided matches,
// placements with their follow-ups, and moves of the file itself.
func (v *visit) timeline(w market.Worker) ([]moment, error) {
	var out []moment
	for _, part := range []func(market.Worker) ([]moment, error){v.contactMoments, v.referralMoments, v.matchMoments, v.placementMoments, v.fileMoments} {
		moments, err := part(w)
		if err != nil {
			return nil, err
		}
		out = append(out, moments...)
	}
	slices.SortStableFunc(out, func(a, b moment) int { return b.At.Compare(a.At) })
	return out, nil
}

// newest reads the newest documents of one subject.
func newest[T any](v *visit, index string, subject market.ID) ([]T, error) {
	page, err := store.Find[T](v.ctx, v.s.Store, store.Query{Centre: v.s.Centre, Index: index, Equal: []any{subject}, Desc: true, Limit: momentsMost})
	return page.Items, err
}

func (v *visit) contactMoments(w market.Worker) ([]moment, error) {
	lines, err := newest[market.Contact](v, "contacts_by_worker", w.ID)
	return v.contactLines(lines), err
}

func (v *visit) contactLines(lines []market.Contact) []moment {
	var out []moment
	for _, c := range lines {
		out = append(out, moment{At: c.At, What: v.known("contact."+c.Kind, c.Kind), Text: c.Text, By: v.userName(c.By)})
	}
	return out
}

func (v *visit) referralMoments(w market.Worker) ([]moment, error) {
	referrals, err := newest[market.Referral](v, "referrals_by_worker", w.ID)
	if err != nil {
		return nil, err
	}
	var out []moment
	for _, r := range referrals {
		title, err := v.postingTitle(r.Posting)
		if err != nil {
			return nil, err
		}
		for _, step := range r.Steps {
			out = append(out, v.stepMoment(r, step, title))
		}
	}
	return out, nil
}

// stepMoment words one step of a referral.
func (v *visit) stepMoment(r market.Referral, step market.Step, title string) moment {
	what := v.T("case.referred")
	if step.Event != "" {
		what = upperFirst(v.known("state.referral."+string(step.To), string(step.To)))
	}
	var parts []string
	for _, part := range []string{title, v.known("refusal."+step.Reason, step.Reason), step.Note} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return moment{At: step.At, What: what, Text: strings.Join(parts, ". "), By: v.userName(step.By), Href: referralHome + "/" + string(r.ID), Link: r.Number}
}

func (v *visit) matchMoments(w market.Worker) ([]moment, error) {
	matches, err := newest[market.Match](v, "matches_by_worker", w.ID)
	if err != nil {
		return nil, err
	}
	var out []moment
	for _, m := range matches {
		if m.DecidedBy == "" {
			continue
		}
		title, err := v.postingTitle(m.Posting)
		if err != nil {
			return nil, err
		}
		at := m.RecordedAt
		if m.DecidedOn != market.DateOf(at) {
			at = m.DecidedOn.Time()
		}
		text := title
		if m.Reason != "" {
			text += ". " + v.known("refusal."+m.Reason, m.Reason)
		}
		out = append(out, moment{At: at, What: v.T("case.match", v.known("state.match."+string(m.State), string(m.State))), Text: text, By: v.userName(m.DecidedBy)})
	}
	return out, nil
}

func (v *visit) placementMoments(w market.Worker) ([]moment, error) {
	placements, err := newest[market.Placement](v, "placements_by_worker", w.ID)
	if err != nil {
		return nil, err
	}
	var out []moment
	for _, p := range placements {
		title, err := v.postingTitle(p.Posting)
		if err != nil {
			return nil, err
		}
		link := moment{Href: placementHome + "/" + string(p.ID), Link: v.T("case.placement_link")}
		start := link
		start.At, start.What, start.Text = p.RecordedAt, v.T("case.placed", Layout{v: v}.Date(p.StartOn)), title
		out = append(out, start)
		if p.State == market.PlacementVoid {
			void, err := v.voidMoment(p)
			if err != nil {
				return nil, err
			}
			void.Href, void.Link = link.Href, link.Link
			out = append(out, void)
		}
		for _, q := range p.FollowUps {
			if q.Answer != "" {
				asked := link
				asked.At, asked.What, asked.Text, asked.By = q.At, v.T("case.asked", q.Day), v.T("answer."+q.Answer), v.userName(q.By)
				out = append(out, asked)
			}
		}
	}
	return out, nil
}

// voidMoment tells who took a placement back, and why.
func (v *visit) voidMoment(p market.Placement) (moment, error) {
	entries, err := newest[market.AuditEntry](v, "audit_by_document", p.ID)
	for _, e := range entries {
		if e.Action == "placement.void" {
			return moment{At: e.At, What: v.T("did.placement.void"), Text: e.Reason, By: v.userName(e.Actor)}, nil
		}
	}
	return moment{At: p.RecordedAt, What: v.T("did.placement.void")}, err
}

// fileMoments are moves of the file itself, from the record of decisions; edits of the profile are not told one by one.
func (v *visit) fileMoments(w market.Worker) ([]moment, error) {
	entries, err := newest[market.AuditEntry](v, "audit_by_document", w.ID)
	if err != nil {
		return nil, err
	}
	var out []moment
	for _, e := range entries {
		what, told := v.s.words[v.lang]["did."+e.Action]
		if !told {
			continue
		}
		m := moment{At: e.At, What: what, Text: e.Reason, By: v.userName(e.Actor)}
		switch e.Action {
		case "worker.assign":
			m.Text = v.userName(market.ID(e.Reason))
		case "worker.consent":
			m.Text = v.known("consent."+e.Reason, e.Reason)
		}
		out = append(out, m)
	}
	return out, nil
}

// postingTitle gives a posting's title, a plain word for one that is gone.
func (v *visit) postingTitle(id market.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	titles, _ := v.Locals("titles").(map[market.ID]string)
	if titles == nil {
		titles = map[market.ID]string{}
		v.Locals("titles", titles)
	}
	if title, ok := titles[id]; ok {
		return title, nil
	}
	p, err := load[market.Posting](v, id)
	if market.KindOf(err) == market.NotFound {
		p.Title, err = v.T("referrals.gone"), nil
	}
	titles[id] = p.Title
	return p.Title, err
}
