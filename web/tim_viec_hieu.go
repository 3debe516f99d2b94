package web

import (
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// readChip is a part of the typed words that was understood as a condition: what it came to, the address without it,
// and for a place the address where it is a filter.
type readChip struct{ Text, Note, Without, Only string }

// readChips words what was read from the typed text.
func (v *visit) readChips(q url.Values, found search.Result) []readChip {
	out := make([]readChip, len(found.Chips))
	for i, c := range found.Chips {
		out[i] = readChip{Text: v.readWords(c), Without: withText(q, c.Without)}
		if c.Kind == search.ChipPlace && !c.Strict {
			out[i].Note = v.T("read.near_first")
			out[i].Only = v.onlyThere(q, c)
		}
	}
	return out
}

// withText gives the address of a search with other words.
func withText(q url.Values, text string) string {
	return searchPath(q, func(q url.Values) {
		if q.Del("q"); text != "" {
			q.Set("q", text)
		}
	})
}

// onlyThere turns a place that was read from the text into a filter.
func (v *visit) onlyThere(q url.Values, c search.Chip) string {
	return searchPath(q, func(q url.Values) {
		if q.Del("q"); c.Without != "" {
			q.Set("q", c.Without)
		}
		for _, code := range c.Codes {
			name := "tinh"
			if v.s.Tax.HasCommune(code) {
				name = "noi"
			}
			if !slices.Contains(q[name], code) {
				q.Add(name, code)
			}
		}
	})
}

// readWords says what one part of the text was understood as.
func (v *visit) readWords(c search.Chip) string {
	switch c.Kind {
	case search.ChipPay:
		switch {
		case c.Least > 0 && c.Most > 0:
			return v.T("read.pay_between", c.Least, c.Most)
		case c.Most > 0:
			return v.T("read.pay_to", c.Most)
		}
		return v.T("read.pay_from", c.Least)
	case search.ChipExperience:
		return lowerFirst(v.T("facet.no_experience"))
	case search.ChipPlace:
		switch {
		case len(c.Codes) != 1: // an old district is many communes: the typed words say it best
			return "“" + c.Typed + "”"
		case c.Strict:
			return v.T("read.place_only", v.placeCode(c.Codes[0]))
		}
		return v.T("read.place_near", v.placeCode(c.Codes[0]))
	}
	words := make([]string, len(c.Codes))
	for i, code := range c.Codes {
		if words[i] = v.known("benefit."+code, ""); words[i] == "" {
			words[i] = v.known("shift."+code, c.Typed)
		}
		if code == taxonomy.Weekend {
			words[i] = v.T("read.time_weekend")
		}
		words[i] = lowerFirst(words[i])
	}
	slices.Sort(words)
	if words = slices.Compact(words); c.Kind == search.ChipBenefit {
		return strings.Join(words, v.T("read.and"))
	}
	return strings.Join(words, v.T("read.or"))
}

// placeCode words the code of a commune or a province.
func (v *visit) placeCode(code string) string {
	if v.s.Tax.HasCommune(code) {
		return v.place(market.Workplace{Commune: code})
	}
	return v.place(market.Workplace{Province: code})
}

// hitCards are the cards of hits, each with what it answers with.
func (s *Server) hitCards(v *visit, hits []search.Hit, home string) ([]card, error) {
	ids := make([]market.ID, len(hits))
	why := map[market.ID]string{}
	for i, hit := range hits {
		ids[i], why[hit.ID] = hit.ID, v.matched(hit.Why)
	}
	cards, err := s.cards(v, ids, home)
	for i := range cards {
		cards[i].Match = why[cards[i].ID]
	}
	return cards, err
}

// matched says in one sentence what a hit answers with.
func (v *visit) matched(why []market.Reason) string {
	var parts []string
	for _, r := range why {
		if text := v.reason(r); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return v.T("search.match", strings.Join(parts, ", "))
}

// maybe offers the names that may have been meant.
func maybe(q url.Values, names []string) []chip {
	out := make([]chip, len(names))
	for i, name := range names {
		out[i] = chip{name, withText(q, name)}
	}
	return out
}

// proper writes a text as it stands in the lists, with its marks, when it is a name there: "ke toan" is "kế toán".
func (v *visit) proper(text string) string {
	for _, s := range v.s.lexicon().Suggest(taxonomy.SuggestQuery{Text: text, Home: v.centre().Province, Limit: 3}) {
		for _, name := range []string{s.Name, s.Hint} {
			if taxonomy.Fold(name) == taxonomy.Fold(text) {
				return lowerFirst(name)
			}
		}
	}
	return text
}
