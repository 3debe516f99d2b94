package web

import (
	"slices"
	"strconv"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// reviewPair is one pair with all that a counsellor should know before deciding.
type reviewPair struct {
	v        *visit
	Shown    market.Suggestion
	Posting  market.Posting
	Worker   market.Worker
	Match    market.Match // its Rev is 0 while nobody decided
	Groups   []scoreGroup
	Minus    []scorePart
	Missing  []string
	Warnings []string
	Change   string
	Moved    string // why the person is shown it earlier or later than its score says
	Seats    string // how many were sent for how many seats
	Running  []runningReferral
	Contact  *market.Contact
	Firm     market.Employer
	Distance string
}

type runningReferral struct{ Text, Href string }

// Decided reports that somebody has approved or rejected the pair.
func (p *reviewPair) Decided() bool {
	return p.Match.State == market.MatchApproved || p.Match.State == market.MatchRejected
}

// Pinned reports that the pair was put off.
func (p *reviewPair) Pinned() bool { return p.Match.State == market.MatchPinned }

// reviewPair loads a pair; nil is one that no list holds any more and nobody decided about.
func (s *Server) reviewPair(v *visit, posting, worker market.ID) (*reviewPair, error) {
	p := &reviewPair{v: v}
	var err error
	if p.Posting, err = load[market.Posting](v, posting); err != nil {
		return nil, absent(err)
	}
	if p.Worker, err = load[market.Worker](v, worker); err != nil {
		return nil, absent(err)
	}
	if p.Match, err = load[market.Match](v, market.MatchID(posting, worker)); err != nil && market.KindOf(err) != market.NotFound {
		return nil, err
	}
	found, err := p.find()
	if err != nil || !found {
		return nil, err
	}
	p.score()
	return p, p.notes()
}

// absent makes "there is no such document" no error.
func absent(err error) error {
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	return err
}

// find takes the pair from the posting's list, else from the person's; a decided pair keeps what was shown.
func (p *reviewPair) find() (bool, error) {
	if p.Decided() || p.Pinned() {
		p.Shown = p.Match.Shown
		return true, nil
	}
	for _, at := range []struct {
		side    market.Side
		subject market.ID
	}{{market.ForPosting, p.Posting.ID}, {market.ForWorker, p.Worker.ID}} {
		list, err := load[market.Suggestions](p.v, market.SuggestionsID(p.v.s.Centre, at.side, at.subject))
		if err != nil && market.KindOf(err) != market.NotFound {
			return false, err
		}
		i := slices.IndexFunc(list.Items, func(s market.Suggestion) bool {
			return s.Posting == p.Posting.ID && s.Worker == p.Worker.ID
		})
		if i >= 0 {
			p.v.showed(list, len(list.Items), i)
			p.Shown = list.Items[i]
			return true, nil
		}
	}
	p.Shown = p.Match.Shown // a decision taken back: as it was, until the lists are made anew
	return len(p.Shown.Parts) > 0, nil
}

// scoreGroup is what one side asks, with its sub-sum.
type scoreGroup struct {
	Title       string
	Points, Max int
	Parts       []scorePart
}

// scorePart is one line of the score list. Widths are in per cent of the column: one point is as long in every line.
type scorePart struct {
	market.Part
	Value, Track string
}

// wishParts and requirementParts group the parts by who asks.
var (
	wishParts        = []string{"occupation", "place", "pay", "benefits", "shift", "conditions"}
	requirementParts = []string{"skills", "certificates", "nice", "experience", "education", "language"}
)

// score groups the parts; what subtracts stands last, and only where it is not nothing.
func (p *reviewPair) score() {
	longest := 1
	for _, part := range p.Shown.Parts {
		longest = max(longest, part.Max, -part.Points)
	}
	width := func(points int) string { return strconv.Itoa(points*100/longest) + "%" }
	wish, asked := scoreGroup{Title: p.v.T("review.wish")}, scoreGroup{Title: p.v.T("review.requirement")}
	for _, part := range p.Shown.Parts {
		switch {
		case slices.Contains(wishParts, part.Name):
			wish.add(scorePart{part, width(part.Points), width(part.Max)})
		case slices.Contains(requirementParts, part.Name):
			asked.add(scorePart{part, width(part.Points), width(part.Max)})
		case part.Points != 0:
			p.Minus = append(p.Minus, scorePart{part, width(-part.Points), ""})
		}
	}
	for _, group := range []scoreGroup{wish, asked} {
		if len(group.Parts) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
}

func (g *scoreGroup) add(part scorePart) {
	if part.Max == 0 && part.Points == 0 {
		return
	}
	g.Points, g.Max, g.Parts = g.Points+part.Points, g.Max+part.Max, append(g.Parts, part)
}

// Less is what the last parts take away.
func (p *reviewPair) Less() int {
	sum := 0
	for _, part := range p.Minus {
		sum -= part.Points
	}
	return sum
}

// Adds writes the sum: 45 + 32 − 9.
func (p *reviewPair) Adds() string {
	text := ""
	for i, group := range p.Groups {
		if i > 0 {
			text += " + "
		}
		text += strconv.Itoa(group.Points)
	}
	if less := p.Less(); less > 0 {
		text += " − " + strconv.Itoa(less)
	}
	return text
}

// notes reads what one should know beside the score.
func (p *reviewPair) notes() error {
	p.Missing, p.Warnings = p.v.reasons(p.Shown.Missing), p.v.reasons(p.Shown.Warnings)
	if p.Shown.Change != nil {
		p.Change = p.v.reason(*p.Shown.Change)
	}
	if p.Shown.Moved != nil {
		p.Moved = upperFirst(p.v.reason(*p.Shown.Moved))
	}
	p.Distance = p.v.distance(p.Worker.Commune, p.Posting)
	var err error
	if p.Posting.Employer != "" {
		if p.Firm, err = load[market.Employer](p.v, p.Posting.Employer); absent(err) != nil {
			return err
		}
	}
	if err := p.sent(); err != nil {
		return err
	}
	if err := p.running(); err != nil {
		return err
	}
	q := p.v.s.by("contacts_by_worker", p.Worker.ID)
	q.Desc = true
	last, err := store.First[market.Contact](p.v.ctx, p.v.s.Store, q)
	if err == nil {
		p.Contact = &last
	}
	return absent(err)
}

// sent counts who was sent to the posting already.
func (p *reviewPair) sent() error {
	q := p.v.s.by("referrals_by_posting", p.Posting.ID)
	q.Limit = 1000
	found, err := store.Find[market.Referral](p.v.ctx, p.v.s.Store, q)
	if err != nil {
		return err
	}
	running := 0
	for _, r := range found.Items {
		if r.Pending() || r.HoldsSeat() {
			running++
		}
	}
	p.Seats = p.v.T("review.seats", running, p.Posting.Openings, p.Posting.Left())
	return nil
}

// running lists the person's referrals that still go on.
func (p *reviewPair) running() error {
	q := p.v.s.by("referrals_by_worker", p.Worker.ID)
	q.Desc, q.Limit = true, 50
	found, err := store.Find[market.Referral](p.v.ctx, p.v.s.Store, q)
	if err != nil {
		return err
	}
	for _, r := range found.Items {
		if !r.Pending() && !r.HoldsSeat() {
			continue
		}
		title := ""
		if other, err := load[market.Posting](p.v, r.Posting); err == nil {
			title = other.Title
		} else if absent(err) != nil {
			return err
		}
		p.Running = append(p.Running, runningReferral{p.v.T("review.running_one", r.Number, title, "state.referral."+string(r.State)), "/can-bo/gioi-thieu/" + string(r.ID)})
	}
	return nil
}

// reasons words several reasons; those without words are left out.
func (v *visit) reasons(list []market.Reason) []string {
	var out []string
	for _, r := range list {
		if text := v.reason(r); text != "" {
			out = append(out, upperFirst(text))
		}
	}
	return out
}

// Wanted writes the least pay the person takes, "" when none was said.
func (p *reviewPair) Wanted() string {
	for _, wish := range p.Worker.Wishes {
		if wish.Pay.Known() && wish.Pay.Min > 0 {
			return p.v.number(wish.Pay.Min) + " " + Layout{v: p.v}.Unit(wish.Pay)
		}
	}
	return ""
}

// Home names where the person lives.
func (p *reviewPair) Home() string { return p.v.home(p.Worker) }

// Place names where the work is, Pay what it pays.
func (p *reviewPair) Place() string { return p.v.places(p.Posting) }
func (p *reviewPair) Pay() string   { return Layout{v: p.v}.Pay(p.Posting.Pay) }

// OnlyPosting and OnlyPerson are queues of one side of the pair.
func (p *reviewPair) OnlyPosting() string {
	return reviewAsk{By: byPosting, Posting: p.Posting.ID}.link()
}
func (p *reviewPair) OnlyPerson() string {
	return reviewAsk{By: byPerson, Worker: p.Worker.ID}.link()
}
