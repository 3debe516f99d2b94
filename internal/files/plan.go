package files

import (
	"io"
	"slices"

	"noiviec/internal/market"
)

// Counts are the figures of one import, under the names that scripts read. Rows is the sum of Imported,
// Copies, Unchanged and Refused once casework has stored the documents: until then Imported counts every
// document of the plan. What was stated and understood is counted over all rows, copies included; pay that is
// implausible is not understood.
type Counts struct {
	Rows           int `json:"rows"`
	Imported       int `json:"imported"`
	Copies         int `json:"copies"`
	Unchanged      int `json:"unchanged"`
	Refused        int `json:"refused"`
	PayStated      int `json:"pay_stated"`
	PayUnderstood  int `json:"pay_understood"`
	PayImplausible int `json:"pay_implausible"`
	PlaceStated    int `json:"place_stated"`
	PlaceResolved  int `json:"place_resolved"`
	Nationwide     int `json:"nationwide"`
	Abroad         int `json:"abroad"`
}

// MarkUnchanged moves one document from Imported to Unchanged.
func (c *Counts) MarkUnchanged() { c.Imported--; c.Unchanged++ }

// MarkRefused moves one document from Imported to Refused, and its copies with it.
func (c *Counts) MarkRefused(copies int) {
	c.Imported--
	c.Copies -= copies
	c.Refused += 1 + copies
}

func (c *Counts) facts(f RowFacts) {
	for _, add := range []struct {
		to  *int
		yes bool
	}{
		{&c.PayStated, f.PayStated}, {&c.PayUnderstood, f.PayUnderstood}, {&c.PayImplausible, f.PayImplausible},
		{&c.PlaceStated, f.PlaceStated}, {&c.PlaceResolved, f.PlaceResolved}, {&c.Nationwide, f.Nationwide}, {&c.Abroad, f.Abroad},
	} {
		if add.yes {
			*add.to++
		}
	}
}

// RefusedRow is a row that was not imported, as it stood, with every reason.
type RefusedRow struct {
	Row    Row
	Errors []*market.Error
}

// PostingPlan is what a file of vacancies comes to. Rows[i] is the row that Postings[i] was made of, so that
// a refusal of the store can still be listed.
type PostingPlan struct {
	Postings []market.Posting
	Rows     []Row
	Counts   Counts
	Refused  []RefusedRow
}

// Refuse moves a posting that could not be stored to the refused rows; the errors are those casework gave.
func (p *PostingPlan) Refuse(i int, errs []*market.Error) {
	p.Counts.MarkRefused(p.Postings[i].Source.Copies)
	p.Refused = append(p.Refused, RefusedRow{p.Rows[i], errs})
}

// WorkerPlan is what a file of people comes to.
type WorkerPlan struct {
	Workers []market.Worker
	Rows    []Row
	Counts  Counts
	Refused []RefusedRow
}

// Refuse moves a worker that could not be stored to the refused rows.
func (p *WorkerPlan) Refuse(i int, errs []*market.Error) {
	p.Counts.MarkRefused(p.Workers[i].Source.Copies)
	p.Refused = append(p.Refused, RefusedRow{p.Rows[i], errs})
}

// ReadPostings reads a whole file of vacancies. Identical rows become one posting that counts its copies;
// two rows with one id and different content are one posting and one refusal ("error.row.same_id"). An
// error means that the file itself cannot be read; what a row lacks is in Refused. progress, when given, is
// told the number of rows now and then.
func (im Import) ReadPostings(name string, r io.Reader, progress func(rows int)) (*PostingPlan, error) {
	plan := &PostingPlan{}
	seen := seenRows{}
	for row, err := range Rows(name, r) {
		if err != nil {
			return nil, err
		}
		if plan.Counts.Rows == 0 && row.Fault == nil && !row.Has("title") {
			return nil, noColumn("title", row)
		}
		plan.Counts.count(progress)
		p, facts, errs := im.PostingFromRow(row)
		plan.Counts.facts(facts)
		switch first, known := seen[p.ID]; {
		case len(errs) > 0:
			plan.Refused = append(plan.Refused, RefusedRow{row, errs})
			plan.Counts.Refused++
		case known && plan.Postings[first].Source.Hash == p.Source.Hash:
			plan.Postings[first].Source.Copies++
			plan.Counts.Copies++
		case known:
			plan.Refused = append(plan.Refused, RefusedRow{row, []*market.Error{market.Bad("id", "error.row.same_id", plan.Rows[first].Line)}})
			plan.Counts.Refused++
		default:
			seen[p.ID] = len(plan.Postings)
			plan.Postings, plan.Rows = append(plan.Postings, p), append(plan.Rows, row)
			plan.Counts.Imported++
		}
	}
	return plan, nil
}

// ReadWorkers reads a whole file of people, like ReadPostings.
func (im Import) ReadWorkers(name string, r io.Reader, progress func(rows int)) (*WorkerPlan, error) {
	plan := &WorkerPlan{}
	seen := seenRows{}
	for row, err := range Rows(name, r) {
		if err != nil {
			return nil, err
		}
		if plan.Counts.Rows == 0 && row.Fault == nil && !row.Has("name") {
			return nil, noColumn("name", row)
		}
		plan.Counts.count(progress)
		w, facts, errs := im.WorkerFromRow(row)
		plan.Counts.facts(facts)
		switch first, known := seen[w.ID]; {
		case len(errs) > 0:
			plan.Refused = append(plan.Refused, RefusedRow{row, errs})
			plan.Counts.Refused++
		case known && plan.Workers[first].Source.Hash == w.Source.Hash:
			plan.Workers[first].Source.Copies++
			plan.Counts.Copies++
		case known:
			plan.Refused = append(plan.Refused, RefusedRow{row, []*market.Error{market.Bad("id", "error.row.same_id", plan.Rows[first].Line)}})
			plan.Counts.Refused++
		default:
			seen[w.ID] = len(plan.Workers)
			plan.Workers, plan.Rows = append(plan.Workers, w), append(plan.Rows, row)
			plan.Counts.Imported++
		}
	}
	return plan, nil
}

// seenRows gives the place of the document that each id was first met in.
type seenRows map[market.ID]int

func (c *Counts) count(progress func(rows int)) {
	c.Rows++
	if progress != nil && c.Rows%100 == 0 {
		progress(c.Rows)
	}
}

// noColumn says that a file has rows but not the column without which nothing can be made of them.
func noColumn(key string, row Row) error {
	return market.Bad("file", "error.file.column", heading(key, "vi"), heading(key, "en"), joinNames(row.Columns))
}

func joinNames(names []string) string {
	out := ""
	for i, n := range slices.Compact(slices.Clone(names)) {
		if i > 0 {
			out += ", "
		}
		if len(out) > 300 {
			return out + "…"
		}
		out += n
	}
	return out
}
