package files

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"

	"noiviec/internal/market"
)

// Limits of a file that is read. A spreadsheet is unpacked in memory, so its limits are tighter.
const (
	MaxRows      = 1_000_000
	MaxColumns   = 200
	MaxCell      = 200_000   // bytes
	maxRowBytes  = 1_000_000 // bytes of all cells
	maxPacked    = 32 << 20  // bytes of an XLSX
	maxUnpacked  = 192 << 20 // bytes of all its parts
	maxExpansion = 150       // times: an honest sheet packs 10 to 40 times smaller
	maxTitleRows = 20        // rows above the heading row, in sheets that begin with a letterhead
)

// Rows gives the rows of a file, told by its content and, where that leaves doubt, by its name: CSV (comma,
// semicolon, tab or bar; UTF-8, UTF-16 or Windows-1258), XLSX (its first sheet with rows), JSON lines, or one
// JSON array. Empty rows are passed over. The first error ends the rows and is a market.Error when a person can
// act on it: "error.file.xlsx", "error.file.empty", "error.file.header", "error.file.rows", "error.file.large".
// A row that cannot be read comes with its Fault, and the rest follow.
func Rows(name string, r io.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		count := 0
		err := dispatch(name, r, func(row Row) bool {
			if row.Fault == nil && row.Empty() {
				return true
			}
			count++
			if count > MaxRows {
				return yield(Row{}, market.Bad("file", "error.file.rows", MaxRows)) && false
			}
			return yield(limited(row), nil)
		})
		switch {
		case errors.Is(err, errStopped) || count > MaxRows:
		case err != nil:
			yield(Row{}, err)
		case count == 0:
			yield(Row{}, market.Bad("file", "error.file.empty"))
		}
	}
}

// errStopped says that whoever takes the rows wants no more.
var errStopped = errors.New("stopped")

func dispatch(name string, r io.Reader, use func(Row) bool) error {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(32 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return err
	}
	lower := strings.ToLower(name)
	switch start := bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n"); {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")), strings.HasSuffix(lower, ".xlsx"), strings.HasSuffix(lower, ".xlsm"):
		return xlsxRows(in, use)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")): // the old binary format, or one with a password
		return market.Bad("file", "error.file.xls")
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return market.Bad("file", "error.file.kind")
	case bytes.HasPrefix(start, []byte("[")) && !strings.HasSuffix(lower, ".csv"):
		return jsonArrayRows(decoded(in, head), use)
	case bytes.HasPrefix(start, []byte("{")) && !strings.HasSuffix(lower, ".csv"):
		return jsonLineRows(decoded(in, head), use)
	}
	return csvRows(decoded(in, head), use)
}

// limited marks a row whose cells are larger than anything meant.
func limited(row Row) Row {
	sum := 0
	for _, c := range row.Cells {
		sum += len(c)
		if len(c) > MaxCell || sum > maxRowBytes {
			row.Fault = market.Bad("", "error.row.large", MaxCell)
			for i, cell := range row.Cells {
				row.Cells[i] = cell[:min(len(cell), 1000)]
			}
			return row
		}
	}
	return row
}

// table makes rows of cells: it finds the heading row, then pairs each row with it.
type table struct {
	use     func(Row) bool
	columns []string
	known   map[string]int
	waiting []cellRow // rows seen while the heading row is not found
}

type cellRow struct {
	line  int
	cells []string
}

// add takes the next row of cells.
func (t *table) add(line int, cells []string) error {
	if t.columns != nil {
		return t.emit(line, cells)
	}
	if blank(cells) {
		return nil
	}
	t.waiting = append(t.waiting, cellRow{line, cells})
	if headingScore(cells) >= 2 || len(t.waiting) >= maxTitleRows {
		return t.settle()
	}
	return nil
}

// settle takes the row with most known names for the heading row, and hands on the rows after it.
func (t *table) settle() error {
	best, score := -1, 0
	for i, r := range t.waiting {
		if s := headingScore(r.cells); s > score {
			best, score = i, s
		}
	}
	if best < 0 {
		if len(t.waiting) == 0 {
			return nil
		}
		return market.Bad("file", "error.file.header", strings.Join(trimRight(t.waiting[0].cells), ", "))
	}
	if err := t.head(t.waiting[best].cells); err != nil {
		return err
	}
	for _, r := range t.waiting[best+1:] {
		if err := t.emit(r.line, r.cells); err != nil {
			return err
		}
	}
	t.waiting = nil
	return nil
}

func (t *table) head(cells []string) error {
	cells = trimRight(cells)
	if len(cells) > MaxColumns {
		return market.Bad("file", "error.file.columns", MaxColumns)
	}
	t.columns = make([]string, len(cells))
	for i, c := range cells {
		t.columns[i] = strings.Join(strings.Fields(c), " ")
	}
	t.known = knownColumns(t.columns)
	return nil
}

func (t *table) emit(line int, cells []string) error {
	row := Row{Line: line, Columns: t.columns, known: t.known}
	if extra := trimRight(cells); len(extra) > len(t.columns) {
		row.Fault = market.Bad("", "error.row.columns", len(t.columns), len(extra))
	}
	row.Cells = make([]string, len(t.columns))
	copy(row.Cells, cells)
	if short := len(cells) < len(t.columns) && len(cells) > 0; short && strings.Count(cells[len(cells)-1], "\n") > 2 {
		row.Fault = market.Bad("", "error.row.quotes") // a quote that nobody closed swallowed the rows after it
	}
	if !t.use(row) {
		return errStopped
	}
	return nil
}

// close ends the table: a file of a heading row and nothing else has no rows.
func (t *table) close() error {
	if t.columns == nil {
		return t.settle()
	}
	return nil
}

func headingScore(cells []string) int {
	score := 0
	for _, c := range cells {
		if len(c) < 80 && columnKey(c) != "" {
			score++
		}
	}
	return score
}

func blank(cells []string) bool { return len(trimRight(cells)) == 0 }

func trimRight(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
