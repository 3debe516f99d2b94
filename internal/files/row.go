package files

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Row is one record of a file: its cells under the file's own column names.
type Row struct {
	Line    int      // where it begins: the line of a text file, the row of a sheet, the element of a JSON array; from 1
	Columns []string // the file's names, as they stand; rows of one table share the slice
	Cells   []string // as many as Columns

	// Fault is set when the row could not be read ("error.row.json"); Cells then hold what could be kept.
	Fault *market.Error

	known map[string]int // column key → place, shared like Columns; nil until someone asks
}

// NewRow makes a row of cells and their column names.
func NewRow(line int, columns, cells []string) Row {
	return Row{Line: line, Columns: columns, Cells: cells, known: knownColumns(columns)}
}

// Text gives the cell of a column by key, cleaned, with line breaks; "" when there is no such column.
func (r Row) Text(key string) string { return taxonomy.Clean(unprotect(r.raw(key))) }

// Line1 gives the cell of a column by key, cleaned and on one line. What programs write for "no value"
// ("nan", "null", "N/A") is empty.
func (r Row) Line1(key string) string {
	s := taxonomy.CleanLine(unprotect(r.raw(key)))
	switch strings.ToLower(s) {
	case "nan", "null", "none", "n/a", "#n/a", "-":
		return ""
	}
	return s
}

// Has reports whether the file has the column.
func (r Row) Has(key string) bool { _, ok := r.known[key]; return ok }

func (r Row) raw(key string) string {
	if i, ok := r.known[key]; ok && i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// Empty reports whether every cell is blank.
func (r Row) Empty() bool {
	return !slices.ContainsFunc(r.Cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// Hash names the content of a row: equal for rows with the same cells under the same names, whatever the
// order of the columns and the format of the file. The columns that an errors file adds do not count.
func (r Row) Hash() string {
	var parts []string
	for i, column := range r.Columns {
		if key := columnKey(column); key == "error" || key == "row" {
			continue
		}
		if cell := strings.TrimSpace(unprotect(r.Cells[i])); cell != "" {
			parts = append(parts, column+"\x00"+cell)
		}
	}
	slices.Sort(parts)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x01")))
	return hex.EncodeToString(sum[:16])
}
