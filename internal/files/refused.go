package files

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Message gives the words for a message key in the reader's language, its arguments filled in.
type Message func(key string, args ...any) string

// WriteRefused writes the rows that were refused as CSV, with the columns they came with and two more, "row"
// and "error", so that they can be corrected in place and imported again: both columns are passed over then.
// Rows of differing columns (JSON) get every column that any of them has.
func WriteRefused(w io.Writer, refused []RefusedRow, message Message) error {
	names := refusedColumns(refused)
	if _, err := w.Write(utf8BOM); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(append(slices.Clone(names), "row", "error")); err != nil {
		return err
	}
	for _, r := range refused {
		cells := make([]string, len(names), len(names)+2)
		for i, name := range names {
			if at := slices.Index(r.Row.Columns, name); at >= 0 {
				cells[i] = protect(r.Row.Cells[at])
			}
		}
		cells = append(cells, strconv.Itoa(r.Row.Line), protect(reasons(r, message)))
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func refusedColumns(refused []RefusedRow) []string {
	var names []string
	seen := map[string]bool{}
	for _, r := range refused {
		for _, name := range r.Row.Columns {
			if key := columnKey(name); !seen[name] && key != "row" && key != "error" {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// reasons gives every reason as "column: what is wrong".
func reasons(r RefusedRow, message Message) string {
	var all []string
	for _, e := range r.Errors {
		text := message(e.Key, e.Args...)
		if e.Field != "" {
			text = columnOf(r.Row, e.Field) + ": " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// columnOf gives the name that a field's column has in the row, the field itself when it has none.
func columnOf(row Row, field string) string {
	if field == "workplaces" {
		field = "place"
	}
	if i, ok := row.known[field]; ok {
		return row.Columns[i]
	}
	return field
}
