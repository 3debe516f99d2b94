package files

import (
	"fmt"
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

// Plan is what a file comes to. Rows[i] is the row that Documents[i] was made of, so that a refusal of the
// store can still be listed.
type Plan[T any] struct {
	Documents []T
	Rows      []Row
	Counts    Counts
	Refused   []RefusedRow
}

// PostingPlan is what a file of vacancies comes to.
type PostingPlan = Plan[market.Posting]

// WorkerPlan is what a file of people comes to.
type WorkerPlan = Plan[market.Worker]

// Refuse moves a document that could not be stored to the refused rows; the errors are those casework gave.
func (p *Plan[T]) Refuse(i int, errs []*market.Error) {
	_, source := origin(&p.Documents[i])
	p.Counts.MarkRefused(source.Copies)
	p.Refused = append(p.Refused, RefusedRow{p.Rows[i], errs})
}

// origin gives a document's id and where it came from.
func origin(doc any) (market.ID, *market.Source) {
	switch d := doc.(type) {
	case *market.Posting:
		return d.ID, &d.Source
	case *market.Worker:
		return d.ID, &d.Source
	}
	panic(fmt.Sprintf("files: %T is not imported", doc))
}

// ReadPostings reads a whole file of vacancies. Identical rows become one posting that counts its copies;
// two rows with one id and different content are one posting and one refusal ("error.row.same_id"). An
// error means that the file itself cannot be read; what a row lacks is in Refused. progress, when given, is
// told the number of rows now and then.
func (im Import) ReadPostings(name string, r io.Reader, progress func(rows int)) (*PostingPlan, error) {
	return readPlan(name, r, "title", im.PostingFromRow, progress)
}

// ReadWorkers reads a whole file of people, like ReadPostings.
func (im Import) ReadWorkers(name string, r io.Reader, progress func(rows int)) (*WorkerPlan, error) {
	return readPlan(name, r, "name", im.WorkerFromRow, progress)
}

// readPlan reads a file whose rows make documents; without the needed column nothing can be made of them.
func readPlan[T any](name string, r io.Reader, needed string, from func(Row) (T, RowFacts, []*market.Error), progress func(rows int)) (*Plan[T], error) {
	plan := &Plan[T]{}
	seen := map[market.ID]int{} // the place of the document that each id was first met in
	for row, err := range Rows(name, r) {
		if err != nil {
			return nil, err
		}
		if plan.Counts.Rows == 0 && row.Fault == nil && !row.Has(needed) {
			return nil, noColumn(needed, row)
		}
		plan.Counts.count(progress)
		doc, facts, errs := from(row)
		plan.Counts.facts(facts)
		plan.take(seen, row, doc, errs)
	}
	return plan, nil
}

// take puts what a row made into the plan: a document, a copy of one, or a refusal.
func (p *Plan[T]) take(seen map[market.ID]int, row Row, doc T, errs []*market.Error) {
	id, source := origin(&doc)
	if first, known := seen[id]; known && len(errs) == 0 {
		_, before := origin(&p.Documents[first])
		if before.Hash == source.Hash {
			before.Copies++
			p.Counts.Copies++
			return
		}
		errs = []*market.Error{market.Bad("id", "error.row.same_id", p.Rows[first].Line)}
	}
	if len(errs) > 0 {
		p.Refused = append(p.Refused, RefusedRow{row, errs})
		p.Counts.Refused++
		return
	}
	seen[id] = len(p.Documents)
	p.Documents, p.Rows = append(p.Documents, doc), append(p.Rows, row)
	p.Counts.Imported++
}

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
