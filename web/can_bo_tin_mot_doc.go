package web

import (
	"slices"

	"noiviec/internal/market"
)

// readBlock is a stretch of the posting that is about one thing, with the read words marked.
type readBlock struct {
	Label   string // what the stretch is about, "" for the title and where it says nothing new
	Company bool   // what the firm says of itself: nothing there is asked of anybody
	Pieces  []readPiece
}

// readPiece is plain text, or words that were read, with the numbers of what was read in them.
type readPiece struct {
	Text    string
	Numbers []int
}

// readRow is one thing that was read, wherever it stands, with what may be done about it.
type readRow struct {
	Number     int
	Key        string
	Kind, Text string
	Said       string
	There      bool // the posting's own fields say it
	Possible   bool // there is a field for it
	Dropped    bool
}

// mostRead bounds the rows of the page; a text of ordinary length has twenty.
const mostRead = 60

// read lists what was read in title and text, and marks where.
func (p *checkOnePage) read(v *visit) {
	tags := v.tagsOf(p.Posting)
	numbers := map[string]int{}
	for _, t := range tags {
		if numbers[t.Key()] != 0 || len(p.Rows) == mostRead {
			continue
		}
		row := readRow{Number: len(p.Rows) + 1, Key: t.Key(), Kind: v.T("tag." + t.Kind), Text: v.tagWords(p.Layout, t), Said: t.Said, Dropped: t.Decided == market.TagDropped}
		row.There, row.Possible = v.s.Desk.TagTaken(p.Posting, t)
		numbers[t.Key()] = row.Number
		p.Rows = append(p.Rows, row)
	}
	of := func(field string) []market.Tag {
		in := slices.DeleteFunc(slices.Clone(tags), func(t market.Tag) bool {
			return t.Field != field || t.Decided == market.TagDropped || numbers[t.Key()] == 0
		})
		slices.SortStableFunc(in, func(a, b market.Tag) int { return a.Start - b.Start })
		return in
	}
	p.MarkedTitle = marked(p.Posting.Title, 0, len(p.Posting.Title), of(market.TagInTitle), numbers)
	inText, last := of(market.TagInText), ""
	for _, part := range v.s.lexicon().Passages(p.Posting.Text) {
		block := readBlock{Company: part.Kind == market.SectionCompany, Pieces: marked(p.Posting.Text, part.Start, part.End, inText, numbers)}
		if part.Kind != "" && part.Kind != last {
			block.Label = v.T("section." + part.Kind)
		}
		last = part.Kind
		p.Blocks = append(p.Blocks, block)
	}
}

// tagsOf gives the tags that are kept with a posting, else what is read in it now.
func (v *visit) tagsOf(p market.Posting) []market.Tag {
	if p.Tags != nil {
		return p.Tags
	}
	return v.s.lexicon().Tags(p.Title, p.Text)
}

// marked cuts a stretch of a text at the read words; words that overlap are marked once, with the numbers of all.
func marked(text string, from, to int, tags []market.Tag, numbers map[string]int) []readPiece {
	var out []readPiece
	at, end := from, from
	for _, t := range tags {
		n := numbers[t.Key()]
		switch {
		case t.Start < from || t.End > to:
		case t.Start < end: // inside the words before, or beyond them
			last := &out[len(out)-1]
			if !slices.Contains(last.Numbers, n) {
				last.Numbers = append(last.Numbers, n)
			}
			if t.End > end {
				last.Text += text[end:t.End]
				at, end = t.End, t.End
			}
		default:
			if t.Start > at {
				out = append(out, readPiece{Text: text[at:t.Start]})
			}
			out = append(out, readPiece{Text: text[t.Start:t.End], Numbers: []int{n}})
			at, end = t.End, t.End
		}
	}
	if at < to {
		out = append(out, readPiece{Text: text[at:to]})
	}
	return out
}

// tagWords words what was read.
func (v *visit) tagWords(l Layout, t market.Tag) string {
	switch t.Kind {
	case "skill":
		return v.skill(t.ID)
	case "certificate":
		return joined(v.certificate(t.ID), t.Level)
	case "occupation":
		return v.occupation(t.ID)
	case "language":
		return v.known("language."+t.ID, t.ID)
	case "benefit":
		return v.known("benefit."+t.ID, t.ID)
	case "meals":
		return v.T("tag.meals_day", t.Min)
	case "shift":
		return v.known("shift."+t.ID, t.Said)
	case "pay":
		return l.Pay(market.Pay{Min: t.Min, Max: t.Max, Currency: t.Currency, Period: t.Period, Status: market.PayStated})
	case "openings":
		return v.T("tag.openings_n", t.Min)
	case "experience":
		if t.Min == 0 {
			return v.T("facet.no_experience")
		}
		return v.T("check.months", t.Min)
	}
	return t.Said
}

// decideTag takes over what was read, or drops it, and comes back to the posting.
func (s *Server) decideTag(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return err
	}
	f := v.form()
	key, take := f.Text("take"), true
	if key == "" {
		key, take = f.Text("drop"), false
	}
	if _, err := s.Desk.DecideTag(v.ctx, v.actor, v.now, id, f.Rev, v.tagsOf(p), key, take); err != nil {
		if f.caught(err) {
			return s.renderCheckOne(v, f)
		}
		return err
	}
	notice := "notice.tag_dropped"
	if take {
		notice = "notice.tag_taken"
	}
	return v.done(checkHome+"/"+string(id), notice)
}
