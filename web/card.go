package web

import (
	"slices"

	"noiviec/internal/market"
)

// card is a posting in a list: what it is, what it pays, where, what one gets, why it fits. Nothing else.
type card struct {
	ID                 market.ID
	Href, Title        string
	Amount, Unit       string
	Employer           string
	Verified           bool
	Place, Km          string
	Match              string // what it answers the typed words with
	Perks              []perk
	Reasons            []string
	Warning            string
	Moved              string // why it stands before better ones
	ConfirmedOn, Until market.Date
	Left               int
}

// perk is a benefit with its sign.
type perk struct{ Icon, Text string }

var perkIcons = map[string]string{"dormitory": "bed", "meals": "bowl", "bus": "bus", "insurance": "shield", "training": "book"}

const mostPerks = 4

// cards loads postings in the order given; one that is gone since it was indexed is left out.
func (s *Server) cards(v *visit, ids []market.ID, home string) ([]card, error) {
	var postings []market.Posting
	for _, id := range ids {
		p, err := load[market.Posting](v, id)
		if market.KindOf(err) == market.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if p.Centre == s.Centre && p.State == market.PostingOpen {
			postings = append(postings, p)
		}
	}
	return s.cardsOf(v, postings, home)
}

// cardsOf builds cards with distances from home and, for a job seeker, with the reasons of the last run.
func (s *Server) cardsOf(v *visit, postings []market.Posting, home string) ([]card, error) {
	fits, err := v.ownSuggestions()
	if err != nil {
		return nil, err
	}
	verified := map[market.ID]bool{}
	out := make([]card, len(postings))
	for i, p := range postings {
		if _, seen := verified[p.Employer]; !seen && p.Employer != "" {
			e, err := load[market.Employer](v, p.Employer)
			if err != nil && market.KindOf(err) != market.NotFound {
				return nil, err
			}
			verified[p.Employer] = err == nil && e.State == market.EmployerVerified
		}
		out[i] = v.card(p, verified[p.Employer], home)
		at := slices.IndexFunc(fits.Items, func(f market.Suggestion) bool { return f.Posting == p.ID })
		if at >= 0 {
			out[i].fit(v, fits.Items[at])
		}
	}
	return out, nil
}

func (v *visit) card(p market.Posting, verified bool, home string) card {
	l := Layout{v: v}
	c := card{ID: p.ID, Href: pathOf(p.ID), Title: p.Title, Amount: l.Amount(p.Pay), Unit: l.Unit(p.Pay), Employer: p.EmployerName, Verified: verified,
		Place: v.places(p), ConfirmedOn: p.ConfirmedOn, Until: p.Deadline, Left: p.Left(), Perks: v.perks(p, mostPerks)}
	if c.Amount == "" {
		c.Unit = l.Pay(p.Pay)
	}
	if c.Employer == "" {
		c.Employer = v.T("posting.employer_unknown")
	}
	c.Km = v.distance(home, p)
	return c
}

// fit adds at most two reasons and one warning.
func (c *card) fit(v *visit, s market.Suggestion) {
	for _, r := range s.Reasons[:min(2, len(s.Reasons))] {
		if text := v.reason(r); text != "" {
			if len(c.Reasons) == 0 {
				text = v.T("fitting.why", text)
			}
			c.Reasons = append(c.Reasons, upperFirst(text))
		}
	}
	if len(s.Warnings) > 0 {
		if text := v.reason(s.Warnings[0]); text != "" {
			c.Warning = v.T("fitting.warning", text)
		}
	}
}

// places words where the work is: the first place, and how many more.
func (v *visit) places(p market.Posting) string {
	if len(p.Workplaces) == 0 {
		if p.PlaceStated != "" {
			return p.PlaceStated
		}
		return v.T("place.unknown")
	}
	text := v.place(p.Workplaces[0])
	if more := len(p.Workplaces) - 1 + p.MorePlaces; more > 0 {
		text = v.T("place.more", text, more)
	}
	return text
}

// distance gives the kilometres from home to the nearest workplace, "" when either is not known.
func (v *visit) distance(home string, p market.Posting) string {
	best := -1.0
	for _, w := range p.Workplaces {
		if w.Commune == "" || home == "" {
			continue
		}
		if d, ok := v.s.Tax.DistanceKm(home, w.Commune); ok && (best < 0 || d < best) {
			best = d
		}
	}
	if best < 0 {
		return ""
	}
	return v.km(best)
}

// perks words the benefits of a posting, at most most of them.
func (v *visit) perks(p market.Posting, most int) []perk {
	var out []perk
	for _, code := range market.Benefits {
		if len(out) == most || !slices.Contains(p.Benefits, code) {
			continue
		}
		text := v.T("benefit." + code)
		if code == "meals" && p.MealsPerDay > 0 {
			text = v.T("posting.meals", p.MealsPerDay)
		}
		icon := perkIcons[code]
		if icon == "" {
			icon = "okc"
		}
		out = append(out, perk{icon, text})
	}
	return out
}

// ownSuggestions gives the job seeker's own list, empty for everybody else and before the first run.
func (v *visit) ownSuggestions() (market.Suggestions, error) {
	if v.actor.Role != market.Seeker || v.actor.Subject == "" {
		return market.Suggestions{}, nil
	}
	list, err := load[market.Suggestions](v, market.SuggestionsID(v.s.Centre, market.ForWorker, v.actor.Subject))
	if market.KindOf(err) == market.NotFound {
		return market.Suggestions{}, nil
	}
	return list, err
}
