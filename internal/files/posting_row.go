package files

import (
	"encoding/json"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// PostingFromRow makes a vacancy of a row. The problems are those that somebody must correct before it can
// be stored; with none the posting is valid, waits for a check (in review), and has an id that a second
// import of the row finds again.
func (im Import) PostingFromRow(row Row) (market.Posting, RowFacts, []*market.Error) {
	var facts RowFacts
	if row.Fault != nil {
		return market.Posting{}, facts, []*market.Error{row.Fault}
	}
	r := postingReader{im: im, row: row}
	r.p = market.Posting{State: market.PostingInReview, Lists: im.Tax.ListVersions()}
	r.p.Centre = im.Centre
	r.identify()
	r.titleAndText()
	r.pay(&facts)
	r.places(&facts)
	r.asked()
	r.offered()
	r.dates()
	r.tags()
	for _, e := range market.Problems(r.p.Validate(im.Tax)) {
		r.problem(e)
	}
	return r.p, facts, r.errs
}

// postingReader gathers one posting and its problems.
type postingReader struct {
	im     Import
	row    Row
	p      market.Posting
	errs   []*market.Error
	own    bool // written by our own export: ids and codes are there, nothing is read out of texts
	spoken text
}

// problem keeps an error, one a field and key.
func (r *postingReader) problem(e *market.Error) {
	for _, o := range r.errs {
		if o.Field == e.Field && o.Key == e.Key {
			return
		}
	}
	r.errs = append(r.errs, e)
}

func (r *postingReader) bad(err error) {
	for _, e := range market.Problems(err) {
		r.problem(e)
	}
}

func (r *postingReader) identify() {
	source, key := r.im.identity(r.row)
	r.p.Source = source
	r.p.ID = market.DerivedID("posting", string(r.im.Centre), key)
	if id, ok := ownID(r.row); ok {
		r.p.ID, r.own = id, true
	}
	r.p.Number = r.row.Line1("number")
	r.p.Employer = market.ID(r.row.Line1("employer_id"))
	r.p.EmployerName = r.row.Line1("employer")
}

// titleAndText fills both. A title too long to show is cut at a word, and stands whole in the text.
func (r *postingReader) titleAndText() {
	r.p.Title = r.row.Line1("title")
	if r.own {
		r.p.Text = r.row.Text("full_text")
		return
	}
	r.spoken = readText(r.row, r.p.Title)
	r.p.Title = shorten(r.p.Title, market.MaxTitle)
	r.p.Text = r.spoken.String()
}

// shorten cuts a line at a word so that it has at most max letters, "…" included.
func shorten(line string, max int) string {
	letters := []rune(line)
	if len(letters) <= max {
		return line
	}
	cut := string(letters[:max-1])
	if i := strings.LastIndexAny(cut, " ,;"); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;-–") + "…"
}

func (r *postingReader) pay(facts *RowFacts) {
	r.p.Pay = r.im.payOf(r.row, "pay", r.own, r.bad)
	facts.PayStated = r.p.Pay.Status != market.PayUnstated
	facts.PayUnderstood = r.p.Pay.Status == market.PayStated || r.p.Pay.Status == market.PayNegotiable
	facts.PayImplausible = r.p.Pay.Status == market.PayImplausible
}

// payOf reads pay from one text, or from the columns of the least and the most.
func (im Import) payOf(row Row, column string, own bool, bad func(error)) market.Pay {
	stated := row.Line1(column)
	least, most := row.Line1("pay_min"), row.Line1("pay_max")
	if own && row.Has("pay_status") && column == "pay" {
		p := market.Pay{
			Currency: row.Line1("pay_currency"), Period: market.PayPeriod(row.Line1("pay_period")), Basis: market.PayBasis(row.Line1("pay_basis")),
			Status: market.PayStatus(row.Line1("pay_status")), Stated: row.Line1("pay"),
		}
		p.Min, p.Max = amount(least, "pay_min", bad), amount(most, "pay_max", bad)
		return p
	}
	if stated == "" && column == "pay" && (least != "" || most != "") {
		stated = between(least, most)
		if currency := row.Line1("pay_currency"); currency != "" {
			stated += " " + currency
		}
		if period := row.Line1("pay_period"); period != "" {
			stated += " / " + period
		}
	}
	pay := taxonomy.ParsePay(stated)
	pay.Stated = shorten(pay.Stated, market.MaxLine)
	return pay
}

func between(least, most string) string {
	switch {
	case most == "":
		return "từ " + least
	case least == "":
		return "đến " + most
	}
	return least + " - " + most
}

func amount(text, field string, bad func(error)) int64 {
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		bad(market.Bad(field, "error.number", text))
	}
	return n
}

func (r *postingReader) places(facts *RowFacts) {
	stated := r.row.Line1("place")
	if r.own && r.row.Has("place_codes") {
		r.p.PlaceStated = stated
		r.decode("place_codes", &r.p.Workplaces)
		r.p.MorePlaces = r.count("more_places", 0)
	} else {
		found := r.im.Tax.ParsePlaces(stated)
		r.p.Workplaces, r.p.MorePlaces = found.Workplaces(), found.More
		r.p.PlaceStated = shorten(stated, market.MaxLine)
		for i := range r.p.Workplaces {
			r.p.Workplaces[i].Stated = shorten(r.p.Workplaces[i].Stated, market.MaxLine)
		}
		facts.PlaceResolved = found.Resolved()
	}
	facts.PlaceStated = stated != ""
	for _, w := range r.p.Workplaces {
		facts.PlaceResolved = facts.PlaceResolved || w.Known()
		facts.Nationwide = facts.Nationwide || w.Nationwide
		facts.Abroad = facts.Abroad || w.Country != "" && w.Country != "VN"
	}
}

// asked reads what the work wants of people.
func (r *postingReader) asked() {
	r.p.ExperienceStated = shorten(r.row.Line1("experience"), market.MaxLine)
	r.p.MinSchooling = r.entry("schooling", taxonomy.Schooling)
	r.p.MinQualification = r.entry("qualification", taxonomy.Qualification)
	r.occupation()
	if r.own {
		r.decode("requirement_codes", &r.p.Requirements)
		r.decode("languages", &r.p.Languages)
		r.p.MinMonths = r.count("min_months", 0)
		r.p.Openings = r.count("openings", 1)
		return
	}
	r.p.MinMonths = taxonomy.ParseExperience(r.p.ExperienceStated).Min
	r.p.Openings = r.openings()
	r.p.Requirements = r.spoken.requirements(r.im.Tax)
}

// occupation takes the column when it names one, else what the title names.
func (r *postingReader) occupation() {
	stated := r.row.Line1("occupation")
	if r.im.Tax.HasOccupation(stated) {
		r.p.Occupation = stated
		return
	}
	if r.own {
		return
	}
	for _, words := range []string{stated, r.row.Line1("title")} {
		if o, ok := r.im.Tax.OccupationOf(words); ok {
			r.p.Occupation = o.Code
			return
		}
	}
}

// entry reads a cell that names a line of an official list; a posting that says "không yêu cầu" asks nothing,
// and other words stay in the text.
func (r *postingReader) entry(column, list string) string {
	if e, ok := r.im.Tax.FindEntry(list, r.row.Line1(column)); ok {
		return e.Code
	}
	return ""
}

func (r *postingReader) openings() int {
	stated := r.row.Line1("openings")
	if stated == "" {
		if n, ok := openingsIn(r.row.Line1("title"), r.p.Text); ok {
			return n
		}
		return 1
	}
	n, ok := openingsCell(stated)
	if !ok {
		r.problem(market.Bad("openings", "error.openings.text", stated))
	}
	return n
}

// offered reads what the work gives.
func (r *postingReader) offered() {
	r.p.Channel = r.row.Line1("channel")
	r.p.MealsPerDay = r.count("meals_per_day", 0)
	if r.own {
		r.decode("benefit_codes", &r.p.Benefits)
		r.decode("condition_codes", &r.p.Conditions)
		r.p.Shift, r.p.ContractType = r.row.Line1("shift"), r.row.Line1("contract_type")
		return
	}
	r.p.Benefits = benefitsIn(r.row.Text("benefits"))
	r.p.Shift = shiftIn(r.row.Line1("job_type") + " ; " + r.row.Line1("shift"))
	r.p.ContractType = contractIn(r.row.Line1("job_type") + " ; " + r.row.Line1("contract_type"))
}

func (r *postingReader) dates() {
	r.p.StartOn = r.date("start_on")
	r.p.Deadline = r.date("deadline")
	if !r.own && r.p.Deadline.Whole() {
		r.bad(r.p.CheckDeadline(r.im.today()))
	}
}

func (r *postingReader) date(column string) market.Date {
	d, err := sheetDate(column, r.row.Line1(column))
	r.bad(err)
	return d
}

func (r *postingReader) count(column string, otherwise int) int {
	text := r.row.Line1(column)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		r.problem(market.Bad(column, "error.number", text))
	}
	return n
}

// decode reads a cell of codes that our own export wrote.
func (r *postingReader) decode(column string, into any) { r.bad(decodeCell(r.row, column, into)) }

func decodeCell(row Row, column string, into any) error {
	text := row.Text(column)
	if text == "" {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return &market.Error{Kind: market.Invalid, Key: "error.cell.codes", Field: column, Cause: err}
	}
	return nil
}
