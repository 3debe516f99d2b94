package files

import (
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// tags reads title and text once more as a whole, keeps what was read as evidence, and fills with it what the
// row's columns say nothing about. A stated column is never overridden, and a row that our own export wrote
// is filled with nothing.
func (r *postingReader) tags() {
	r.p.Tags = r.im.Tax.Tags(r.p.Title, r.p.Text)
	if r.own {
		return
	}
	r.fillPay()
	r.fillPlaces()
	r.fillNumbers()
	r.fillOffers()
	r.fillLanguages()
}

// tagged gives the first tag of a kind, the title's before the text's.
func (r *postingReader) tagged(kind string) (market.Tag, bool) {
	i := slices.IndexFunc(r.p.Tags, func(t market.Tag) bool { return t.Kind == kind })
	if i < 0 {
		return market.Tag{}, false
	}
	return r.p.Tags[i], true
}

// lacks reports whether none of the columns says anything.
func (r *postingReader) lacks(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { return r.row.Line1(c) != "" })
}

func (r *postingReader) fillPay() {
	if t, ok := r.tagged("pay"); ok && r.lacks("pay", "pay_min", "pay_max") {
		r.p.Pay = market.Pay{
			Min: t.Min, Max: t.Max, Currency: t.Currency, Period: t.Period, Basis: market.PayBasis(t.Level),
			Status: market.PayStated, Stated: shorten(t.Said, market.MaxLine),
		}
	}
}

// workplaceWords, folded, begin a line that says where the work is.
var workplaceWords = []string{"dia diem", "noi lam viec", "lam viec tai", "dia chi lam viec", "lam tai", "noi lam"}

// fillPlaces takes the places of the title, else those of the lines that say where the work is.
func (r *postingReader) fillPlaces() {
	if !r.lacks("place") {
		return
	}
	var stated []string
	for _, t := range r.p.Tags {
		if t.Kind == "place" && (t.Field == market.TagInTitle || len(stated) == 0 && says(lineUpTo(r.p.Text, t), workplaceWords...)) {
			stated = append(stated, t.Said)
		}
	}
	if len(stated) == 0 {
		return
	}
	r.p.PlaceStated = shorten(strings.Join(stated, "; "), market.MaxLine)
	r.p.Workplaces = r.im.Tax.ParsePlaces(r.p.PlaceStated).Workplaces()
}

// lineUpTo gives the line of a tag in the text up to its words.
func lineUpTo(text string, t market.Tag) string {
	if t.Field != market.TagInText {
		return ""
	}
	return text[strings.LastIndexByte(text[:t.Start], '\n')+1 : t.Start]
}

func (r *postingReader) fillNumbers() {
	if t, ok := r.tagged("openings"); ok && r.lacks("openings") && r.p.Openings <= 1 {
		r.p.Openings = int(t.Min)
	}
	if t, ok := r.tagged("meals"); ok && r.lacks("meals_per_day") {
		r.p.MealsPerDay = int(t.Min)
	}
	if r.lacks("experience", "min_months") && !slices.ContainsFunc(r.p.Tags, func(t market.Tag) bool { return t.Kind == "experience" && t.ID == taxonomy.NoExperience }) {
		if t, ok := r.tagged("experience"); ok {
			r.p.MinMonths = int(t.Min)
			r.p.ExperienceStated = shorten(t.Said, market.MaxLine)
		}
	}
}

func (r *postingReader) fillOffers() {
	var shifts []string
	for _, t := range r.p.Tags {
		if t.Kind == "benefit" && r.lacks("benefits") && !slices.Contains(r.p.Benefits, t.ID) {
			r.p.Benefits = append(r.p.Benefits, t.ID)
		}
		if t.Kind == "shift" && slices.Contains(market.Shifts, t.ID) && !slices.Contains(shifts, t.ID) {
			shifts = append(shifts, t.ID)
		}
	}
	if r.p.Shift == "" && r.lacks("shift") {
		r.p.Shift = shiftOf(shifts)
	}
}

// shiftOf gives the one shift that several mentions mean: "2 ca, có ca đêm" is two shifts; what contradicts
// itself gives none.
func shiftOf(found []string) string {
	for _, wide := range []string{"three_shifts", "two_shifts"} {
		if slices.Contains(found, wide) {
			return wide
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// fillLanguages takes the languages that are asked for, not those that are welcome.
func (r *postingReader) fillLanguages() {
	if !r.lacks("languages") {
		return
	}
	for _, t := range r.p.Tags {
		known := slices.ContainsFunc(r.p.Languages, func(l market.HeldLanguage) bool { return l.Language == t.ID })
		if t.Kind != "language" || t.Section != market.SectionAsks || t.Field != market.TagInText || known {
			continue
		}
		if says(lineOf(r.p.Text, t), slices.Concat(welcomes, either, denials)...) {
			continue
		}
		r.p.Languages = append(r.p.Languages, market.HeldLanguage{Language: t.ID, Level: 1})
	}
}

// lineOf gives the whole line of a tag in the text.
func lineOf(text string, t market.Tag) string {
	from := strings.LastIndexByte(text[:t.Start], '\n') + 1
	if to := strings.IndexByte(text[t.End:], '\n'); to >= 0 {
		return text[from : t.End+to]
	}
	return text[from:]
}
