package search

import (
	"slices"
	"strings"

	"noiviec/internal/market"
)

// table holds the rows of one segment column by column. Documents are judged by the thousand and in order, so that a
// column that a query asks for is read from front to back, and one that it does not ask for costs nothing.
type table struct {
	flags      []uint8
	centre     []uint32 // numbers of the dictionary, as state and codes
	state      []uint32
	deadline   []uint32 // number of the day, 0 for none
	least      []int64  // pay in đồng a month, 0 unknown
	most       []int64
	bands      []uint8 // bit i: PayBands[i] is met
	fresh      []int64 // ms since 1970
	titleWords []uint16
	rev        []int64
	codes      [groups]lists
	until      []uint32 // of each certificate: number of its last valid day, 0 for ever
	proofs     []proof  // of each skill
	text       string   // id and title of each document, one after the other
	ends       []uint32 // of ids and titles in text
}

// Flags of a row.
const (
	isRow = 1 << iota // the document has a row at all
	isWorker
	isShown // may be shown to the public, deadline apart
	isNoviceOK
)

// lists are the codes of each document, one after the other.
type lists struct {
	starts []uint32 // one more than there are documents
	codes  []uint32
}

// of gives a document's codes.
func (l *lists) of(doc uint32) []uint32 { return l.codes[l.starts[doc]:l.starts[doc+1]] }

// noProof stands beside a skill that does not say how it is known: a posting's.
const noProof = proof(255)

func (t *table) rows() int { return len(t.flags) }

func (t *table) has(doc uint32) bool { return t.flags[doc]&isRow != 0 }

func (t *table) worker(doc uint32) bool { return t.flags[doc]&isWorker != 0 }

func (t *table) kind(doc uint32) Kind {
	if t.worker(doc) {
		return Worker
	}
	return Posting
}

func (t *table) id(doc uint32) string {
	from := uint32(0)
	if doc > 0 {
		from = t.ends[2*doc-1]
	}
	return t.text[from:t.ends[2*doc]]
}

func (t *table) title(doc uint32) string { return t.text[t.ends[2*doc]:t.ends[2*doc+1]] }

// tableBuilder adds row after row.
type tableBuilder struct {
	t    table
	text strings.Builder
}

func newTableBuilder(n int) *tableBuilder {
	b := &tableBuilder{t: table{
		flags: make([]uint8, 0, n), centre: make([]uint32, 0, n), state: make([]uint32, 0, n), deadline: make([]uint32, 0, n),
		least: make([]int64, 0, n), most: make([]int64, 0, n), bands: make([]uint8, 0, n), fresh: make([]int64, 0, n),
		titleWords: make([]uint16, 0, n), rev: make([]int64, 0, n), ends: make([]uint32, 0, 2*n),
	}}
	for g := range b.t.codes {
		b.t.codes[g].starts = append(make([]uint32, 0, n+1), 0)
	}
	return b
}

var emptyRow row

// add takes the next document's row, nil when it has none.
func (b *tableBuilder) add(r *row, c *columns) {
	t := &b.t
	t.flags = append(t.flags, r.flags())
	if r == nil {
		r = &emptyRow
	}
	t.centre, t.state = append(t.centre, c.dict.number(r.centre)), append(t.state, c.dict.number(r.state))
	t.deadline = append(t.deadline, c.days.number(string(r.deadline)))
	t.least, t.most, t.bands = append(t.least, r.least), append(t.most, r.most), append(t.bands, r.bands())
	t.fresh, t.rev = append(t.fresh, r.fresh), append(t.rev, r.rev)
	t.titleWords = append(t.titleWords, uint16(min(r.titleWords, 1<<16-1)))
	for g := range t.codes {
		l := &t.codes[g]
		l.codes = append(l.codes, r.codes[g]...)
		l.starts = append(l.starts, uint32(len(l.codes)))
	}
	for _, day := range r.until {
		t.until = append(t.until, c.days.number(string(day)))
	}
	for i := range r.codes[groupSkills] {
		p := noProof
		if i < len(r.proofs) {
			p = r.proofs[i]
		}
		t.proofs = append(t.proofs, p)
	}
	for _, text := range []string{r.id, r.title} {
		b.text.WriteString(text)
		t.ends = append(t.ends, uint32(b.text.Len()))
	}
}

// table gives the finished table, without the room that was kept for more.
func (b *tableBuilder) table() *table {
	t := &b.t
	t.text = strings.Clone(b.text.String())
	t.until, t.proofs = slices.Clone(t.until), slices.Clone(t.proofs)
	for g := range t.codes {
		t.codes[g].codes = slices.Clone(t.codes[g].codes)
	}
	return t
}

func (r *row) flags() (flags uint8) {
	if r == nil {
		return 0
	}
	flags = isRow
	if r.kind == Worker {
		flags |= isWorker
	}
	if r.shown {
		flags |= isShown
	}
	if r.noviceOK {
		flags |= isNoviceOK
	}
	return flags
}

// bands gives the PayBands that a row meets, as bits.
func (r *row) bands() (met uint8) {
	for i, least := range PayBands {
		if paid(r.kind == Worker, r.least, r.most, least) {
			met |= 1 << i
		}
	}
	return met
}

// paid reports whether a posting pays at least so much at its best, or a worker would work for it.
func paid(worker bool, least, most, wanted int64) bool {
	if worker {
		return least <= wanted
	}
	return max(most, least) >= wanted
}

// openOn tells by number which of the days have not passed on a day; no day never does, and on no day none has.
func (c *columns) openOn(today market.Date) set {
	days := c.days.all()
	open := make(set, len(days))
	for n, day := range days {
		open[n] = day == "" || today == "" || day >= string(today)
	}
	return open
}
