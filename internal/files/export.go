package files

import (
	"encoding/json"
	"io"
	"iter"
	"reflect"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Export is how documents are written out.
type Export struct {
	Format Format
	Lang   string // "vi" or "en": of the headings and the names beside codes
	Tax    *taxonomy.Taxonomy
}

// field is one exported column of a document.
type field[T any] struct {
	key  string
	cell func(Export, *T) string
}

// Postings writes vacancies. What is written can be read back by PostingFromRow: everything a person may
// enter comes back as it was; seats taken, reports and times belong to the store and do not.
func (e Export) Postings(w io.Writer, all iter.Seq2[*market.Posting, error]) error {
	return exportAll(e, w, "postings", postingFields, all)
}

// Workers writes people, for staff only: names, telephones and citizen ids are in it.
func (e Export) Workers(w io.Writer, all iter.Seq2[*market.Worker, error]) error {
	return exportAll(e, w, "workers", workerFields, all)
}

// Placements writes placements, by ids; no name is in it.
func (e Export) Placements(w io.Writer, all iter.Seq2[*market.Placement, error]) error {
	return exportAll(e, w, "placements", placementFields, all)
}

func exportAll[T any](e Export, w io.Writer, sheet string, fields []field[T], all iter.Seq2[*T, error]) error {
	headings := make([]string, len(fields))
	for i, f := range fields {
		headings[i] = heading(f.key, e.Lang)
	}
	rows := func(yield func([]string, error) bool) {
		for doc, err := range all {
			if err != nil {
				yield(nil, err)
				return
			}
			cells := make([]string, len(fields))
			for i, f := range fields {
				cells[i] = f.cell(e, doc)
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
	return writeTable(w, e.Format, sheet, headings, rows)
}

// codes writes codes as JSON, which decodeCell reads; nothing for an empty value.
func codes(value any) string {
	if v := reflect.ValueOf(value); v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 {
		return ""
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// skillName and certificateName give the name of a code in the language of the export.
func (e Export) skillName(id string) string {
	s, _ := e.Tax.Skill(id)
	return e.pick(s.Name, s.EN)
}

func (e Export) certificateName(id string) string {
	c, _ := e.Tax.Certificate(id)
	return e.pick(c.Name, c.EN)
}

func (e Export) pick(vi, en string) string {
	if e.Lang == "vi" || en == "" {
		return vi
	}
	return en
}

// entryName gives the words of a code of an official list. They are read back by FindEntry.
func (e Export) entryName(list, code string) string {
	entry, _ := e.Tax.Entry(list, code)
	return e.pick(entry.Label, entry.EN)
}

var postingFields = []field[market.Posting]{
	{"noiviec_id", func(_ Export, p *market.Posting) string { return string(p.ID) }},
	{"number", func(_ Export, p *market.Posting) string { return p.Number }},
	{"title", func(_ Export, p *market.Posting) string { return p.Title }},
	{"employer", func(_ Export, p *market.Posting) string { return p.EmployerName }},
	{"employer_id", func(_ Export, p *market.Posting) string { return string(p.Employer) }},
	{"state", func(_ Export, p *market.Posting) string { return string(p.State) }},
	{"occupation", func(_ Export, p *market.Posting) string { return p.Occupation }},
	{"openings", func(_ Export, p *market.Posting) string { return strconv.Itoa(p.Openings) }},
	{"place", func(_ Export, p *market.Posting) string { return p.PlaceStated }},
	{"place_codes", func(_ Export, p *market.Posting) string { return codes(p.Workplaces) }},
	{"more_places", func(_ Export, p *market.Posting) string { return number(int64(p.MorePlaces)) }},
	{"pay", func(_ Export, p *market.Posting) string { return p.Pay.Stated }},
	{"pay_status", func(_ Export, p *market.Posting) string { return string(p.Pay.Status) }},
	{"pay_min", func(_ Export, p *market.Posting) string { return number(p.Pay.Min) }},
	{"pay_max", func(_ Export, p *market.Posting) string { return number(p.Pay.Max) }},
	{"pay_currency", func(_ Export, p *market.Posting) string { return p.Pay.Currency }},
	{"pay_period", func(_ Export, p *market.Posting) string { return string(p.Pay.Period) }},
	{"pay_basis", func(_ Export, p *market.Posting) string { return string(p.Pay.Basis) }},
	{"skills", func(e Export, p *market.Posting) string { return e.requirementNames(p, "skill") }},
	{"certificates", func(e Export, p *market.Posting) string { return e.requirementNames(p, "certificate") }},
	{"requirement_codes", func(_ Export, p *market.Posting) string { return codes(p.Requirements) }},
	{"languages", func(_ Export, p *market.Posting) string { return codes(p.Languages) }},
	{"experience", func(_ Export, p *market.Posting) string { return p.ExperienceStated }},
	{"min_months", func(_ Export, p *market.Posting) string { return number(int64(p.MinMonths)) }},
	{"schooling", func(_ Export, p *market.Posting) string { return p.MinSchooling }},
	{"qualification", func(_ Export, p *market.Posting) string { return p.MinQualification }},
	{"benefit_codes", func(_ Export, p *market.Posting) string { return codes(p.Benefits) }},
	{"meals_per_day", func(_ Export, p *market.Posting) string { return number(int64(p.MealsPerDay)) }},
	{"shift", func(_ Export, p *market.Posting) string { return p.Shift }},
	{"contract_type", func(_ Export, p *market.Posting) string { return p.ContractType }},
	{"condition_codes", func(_ Export, p *market.Posting) string { return codes(p.Conditions) }},
	{"channel", func(_ Export, p *market.Posting) string { return p.Channel }},
	{"start_on", func(_ Export, p *market.Posting) string { return string(p.StartOn) }},
	{"deadline", func(_ Export, p *market.Posting) string { return string(p.Deadline) }},
	{"full_text", func(_ Export, p *market.Posting) string { return p.Text }},
	{"source_name", func(_ Export, p *market.Posting) string { return p.Source.Name }},
	{"id", func(_ Export, p *market.Posting) string { return p.Source.Key }},
	{"url", func(_ Export, p *market.Posting) string { return p.Source.URL }},
}

func (e Export) requirementNames(p *market.Posting, kind string) string {
	var names []string
	for _, r := range p.Requirements {
		if r.Kind != kind {
			continue
		}
		name := e.skillName(r.ID)
		if kind == "certificate" {
			name = strings.TrimSpace(e.certificateName(r.ID) + " " + r.Level)
		}
		if r.Nice {
			name += e.pick(" (ưu tiên)", " (welcome)")
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

var workerFields = []field[market.Worker]{
	{"noiviec_id", func(_ Export, w *market.Worker) string { return string(w.ID) }},
	{"name", func(_ Export, w *market.Worker) string { return w.Name }},
	{"born", func(_ Export, w *market.Worker) string { return string(w.Born) }},
	{"sex", func(e Export, w *market.Worker) string {
		return map[string]string{"f": e.pick("Nữ", "female"), "m": e.pick("Nam", "male")}[w.Sex]
	}},
	{"ethnicity", func(e Export, w *market.Worker) string { return e.entryName(taxonomy.EthnicGroups, w.Ethnicity) }},
	{"phones", func(_ Export, w *market.Worker) string { return strings.Join(w.Phones, ", ") }},
	{"citizen_id", func(_ Export, w *market.Worker) string { return w.CitizenID }},
	{"commune", func(_ Export, w *market.Worker) string { return w.Commune }},
	{"hamlet", func(_ Export, w *market.Worker) string { return w.Hamlet }},
	{"schooling", func(e Export, w *market.Worker) string { return e.entryName(taxonomy.Schooling, w.Schooling) }},
	{"qualification", func(e Export, w *market.Worker) string { return e.entryName(taxonomy.Qualification, w.Qualification) }},
	{"training_field", func(_ Export, w *market.Worker) string { return w.TrainingField }},
	{"skills", func(e Export, w *market.Worker) string {
		var names []string
		for _, s := range w.Skills {
			names = append(names, e.skillName(s.ID))
		}
		return strings.Join(names, "; ")
	}},
	{"skill_codes", func(_ Export, w *market.Worker) string { return codes(w.Skills) }},
	{"certificates", func(e Export, w *market.Worker) string {
		var names []string
		for _, c := range w.Certificates {
			names = append(names, strings.TrimSpace(e.certificateName(c.ID)+" "+c.Level))
		}
		return strings.Join(names, "; ")
	}},
	{"certificate_codes", func(_ Export, w *market.Worker) string { return codes(w.Certificates) }},
	{"languages", func(_ Export, w *market.Worker) string { return codes(w.Languages) }},
	{"wish", func(_ Export, w *market.Worker) string { return wishTitle(w, 0) }},
	{"wish2", func(_ Export, w *market.Worker) string { return wishTitle(w, 1) }},
	{"wish_place", func(e Export, w *market.Worker) string { return e.wishPlaces(w) }},
	{"wish_pay", func(_ Export, w *market.Worker) string {
		if len(w.Wishes) == 0 {
			return ""
		}
		return w.Wishes[0].Pay.Stated
	}},
	{"mobility", func(_ Export, w *market.Worker) string { return string(w.Mobility.Kind) }},
	{"priority", func(_ Export, w *market.Worker) string { return strings.Join(w.Priority, "; ") }},
	{"state", func(_ Export, w *market.Worker) string { return string(w.State) }},
	{"about", func(_ Export, w *market.Worker) string { return w.About }},
	{"consent", func(e Export, w *market.Worker) string {
		if !w.Consent.Given() {
			return ""
		}
		return e.pick("có", "yes")
	}},
	{"consent_on", func(_ Export, w *market.Worker) string {
		if w.Consent.At.IsZero() {
			return ""
		}
		return string(market.DateOf(w.Consent.At))
	}},
	{"consent_document", func(_ Export, w *market.Worker) string { return w.Consent.Witness }},
}

func wishTitle(w *market.Worker, i int) string {
	if i >= len(w.Wishes) {
		return ""
	}
	return w.Wishes[i].Title
}

func (e Export) wishPlaces(w *market.Worker) string {
	if len(w.Wishes) == 0 {
		return ""
	}
	var names []string
	for _, p := range w.Wishes[0].Places {
		c, _ := e.Tax.Commune(p.Commune)
		province, _ := e.Tax.Province(p.Province)
		switch {
		case p.Stated != "":
			names = append(names, p.Stated)
		case p.Nationwide:
			names = append(names, e.pick("toàn quốc", "nationwide"))
		case p.Commune != "":
			names = append(names, c.FullName()+", "+province.Name)
		case p.Province != "":
			names = append(names, province.Name)
		case p.Country != "":
			country, _ := e.Tax.Country(p.Country)
			names = append(names, orElse(country.Name, "nước ngoài"))
		}
	}
	return strings.Join(names, "; ")
}

var placementFields = []field[market.Placement]{
	{"noiviec_id", func(_ Export, p *market.Placement) string { return string(p.ID) }},
	{"worker_id", func(_ Export, p *market.Placement) string { return string(p.Worker) }},
	{"posting_ref", func(_ Export, p *market.Placement) string { return string(p.Posting) }},
	{"employer_id", func(_ Export, p *market.Placement) string { return string(p.Employer) }},
	{"channel", func(_ Export, p *market.Placement) string { return p.Channel }},
	{"month", func(_ Export, p *market.Placement) string { return string(p.Month) }},
	{"start_on", func(_ Export, p *market.Placement) string { return string(p.StartOn) }},
	{"commune", func(_ Export, p *market.Placement) string { return p.Commune }},
	{"evidence", func(_ Export, p *market.Placement) string { return string(p.Evidence) }},
	{"state", func(_ Export, p *market.Placement) string { return string(p.State) }},
	{"left_on", func(_ Export, p *market.Placement) string { return string(p.LeftOn) }},
	{"follow_up", func(_ Export, p *market.Placement) string {
		var parts []string
		for _, f := range p.FollowUps {
			parts = append(parts, strconv.Itoa(f.Day)+": "+orElse(f.Answer, "-"))
		}
		return strings.Join(parts, "; ")
	}},
}
