package web

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// checkOnePage is one posting as the one who checks it must see it: its own words beside what was read from them.
type checkOnePage struct {
	Layout
	Posting     market.Posting
	Firm        *market.Employer
	Doubts      []string
	Rows        []readRow // what was read in title and text
	Blocks      []readBlock
	MarkedTitle []readPiece
	People      string // where people for it are looked for
	Facts       []fact
	Actions     []Option // what may be decided now, the main one first
	NeedsNo     bool     // some of them needs a note
	Next        market.ID
	Left        int
	Form        *Form
}

// fact is one structured field in words.
type fact struct{ Name, Text string }

// checkChoice is one decision of this page.
type checkChoice struct {
	name, key  string
	event      market.PostingEvent
	main, note bool // the button that stands out; needs a note
}

var checkChoices = []checkChoice{
	{"approve", "check.approve", market.PostingApprove, true, false},
	{"show", "check.show", market.PostingResume, true, false},
	{"return", "check.return", market.PostingReturn, false, true},
	{"close", "check.close", market.PostingClose, false, true},
}

// showCheckOne shows one posting to check.
func (s *Server) showCheckOne(v *visit) error { return s.renderCheckOne(v, nil) }

func (s *Server) renderCheckOne(v *visit, f *Form) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return err
	}
	if err := v.can(market.CheckPosting, market.Subject{Centre: p.Centre, Employer: p.Employer}); err != nil {
		return err
	}
	if f == nil {
		f = v.blank(p.Rev, nil)
	}
	firm, err := kept(v, map[market.ID]*market.Employer{}, p.Employer)
	if err != nil {
		return err
	}
	page := &checkOnePage{Layout: v.layout("check.one"), Posting: p, Firm: firm, Doubts: v.doubts(p, firm), People: peopleFor(p), Form: f}
	page.facts(v)
	page.read(v)
	page.choices(v)
	if page.Next, page.Left, err = s.nextToCheck(v, id); err != nil {
		return err
	}
	return v.render("can-bo-tin-mot", f.status(), page)
}

// nextToCheck finds the oldest posting in review besides one, and how many there are.
func (s *Server) nextToCheck(v *visit, besides market.ID) (next market.ID, left int, err error) {
	q := s.by("postings_by_state", market.PostingInReview)
	if left, err = store.Count[market.Posting](v.ctx, s.Store, q); err != nil {
		return "", 0, err
	}
	q.Limit = 2
	found, err := store.Find[market.Posting](v.ctx, s.Store, q)
	for _, p := range found.Items {
		if p.ID != besides {
			return p.ID, left, err
		}
	}
	return "", left, err
}

// choices lists what may be decided in the posting's state.
func (p *checkOnePage) choices(v *visit) {
	allowed := p.Posting.Events()
	for _, choice := range checkChoices {
		if slices.Contains(allowed, choice.event) {
			p.Actions = append(p.Actions, Option{Value: choice.name, Text: v.T(choice.key), On: choice.main})
			p.NeedsNo = p.NeedsNo || choice.note
		}
	}
}

// facts words the structured fields; one that says nothing is said to be missing where people look for it.
func (p *checkOnePage) facts(v *visit) {
	posting := p.Posting
	add := func(key, text string) {
		if text != "" {
			p.Facts = append(p.Facts, fact{v.T(key), text})
		}
	}
	add("check.pay", p.Pay(posting.Pay))
	if posting.Pay.Stated != "" {
		add("check.pay_stated", posting.Pay.Stated)
	}
	add("check.places", v.places(posting))
	add("check.place_stated", posting.PlaceStated)
	add("posting.open_seats", v.T("posting.seats", posting.Left(), posting.Openings))
	if add("posting.occupation", v.T("check.unread")); posting.Occupation != "" {
		p.Facts[len(p.Facts)-1].Text = v.occupation(posting.Occupation)
	}
	must, nice := "", ""
	for _, r := range posting.Requirements {
		text := v.skill(r.ID)
		if r.Kind == "certificate" {
			text = v.certificate(r.ID)
		}
		if r.Nice {
			nice = joined(nice, text)
		} else {
			must = joined(must, text)
		}
	}
	add("need.must", must)
	add("need.nice", nice)
	if posting.MinMonths > 0 {
		add("check.experience", v.T("check.months", posting.MinMonths))
	}
	insists, passes := "", ""
	for _, code := range posting.Insists {
		insists = joined(insists, v.T("insist."+code))
	}
	for _, code := range posting.Waives {
		passes = joined(passes, lowerFirst(v.T("waive."+code)))
	}
	add("field.hard", insists)
	add("check.waives", upperFirst(passes))
	benefits := ""
	for _, b := range posting.Benefits {
		benefits = joined(benefits, v.T("benefit."+b))
	}
	add("posting.benefits", benefits)
	add("posting.shift", p.Word("shift", posting.Shift))
	add("posting.contract", p.Word("contract_type", posting.ContractType))
	if posting.Deadline != "" {
		add("posting.until", p.Date(posting.Deadline))
	}
	add("check.state", p.Word("state.posting", posting.State))
	p.sources(v, add)
}

func (p *checkOnePage) sources(v *visit, add func(key, text string)) {
	add("posting.source", p.Posting.Source.Name)
	if p.Posting.Source.Name != "" {
		add("check.copies", v.T("check.copies_n", p.Posting.Source.Copies+1))
	}
	add("check.since", p.Time(p.Posting.RecordedAt))
}

func joined(list, text string) string {
	if list == "" {
		return text
	}
	return list + ", " + text
}

// checkPosting opens a posting, returns it, closes it or shows it again. The next one opens by itself.
func (s *Server) checkPosting(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	at := slices.IndexFunc(checkChoices, func(c checkChoice) bool { return c.name == f.Text("answer") })
	if at < 0 {
		return market.Fail(market.NotFound, "error.not_found")
	}
	event := checkChoices[at].event
	_, err = s.Desk.MovePosting(v.ctx, v.actor, v.now, id, f.Rev, event, f.Text("note"))
	notice := "notice.checked"
	if overtaken(err) {
		notice, err = "notice.checked_before", nil
	}
	if err != nil {
		if f.caught(err) {
			return s.renderCheckOne(v, f)
		}
		return err
	}
	next, _, err := s.nextToCheck(v, id)
	if err != nil {
		return err
	}
	if next == "" || event == market.PostingResume {
		return v.done(checkHome, notice)
	}
	return v.done(checkHome+"/"+string(next), notice)
}
