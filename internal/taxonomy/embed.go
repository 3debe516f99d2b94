package taxonomy

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

//go:embed data/*.csv data/*.gz
var files embed.FS

// table is one embedded file: rows and the place of each column.
type table struct {
	name string
	at   map[string]int
	rows [][]string
}

// open reads an embedded CSV file, unpacking it when it is compressed.
func open(name string) (table, error) {
	raw, err := files.ReadFile("data/" + name)
	if err != nil {
		return table{}, err
	}
	if strings.HasSuffix(name, ".gz") {
		unzipped, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return table{}, fmt.Errorf("unpack %s: %w", name, err)
		}
		if raw, err = io.ReadAll(unzipped); err != nil {
			return table{}, fmt.Errorf("unpack %s: %w", name, err)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return table{}, fmt.Errorf("read %s: %w", name, err)
	}
	t := table{name: name, at: map[string]int{}, rows: rows[1:]}
	for i, column := range rows[0] {
		t.at[column] = i
	}
	return t, nil
}

// row reads the cells of one row by column name; a column that is not there is a fault of the build.
type row struct {
	t     *table
	cells []string
}

func (r row) text(column string) string {
	i, ok := r.t.at[column]
	if !ok {
		panic("taxonomy: " + r.t.name + " has no column " + column)
	}
	return r.cells[i]
}

// list splits a cell at a separator, without empty parts.
func (r row) list(column, separator string) []string {
	var out []string
	for part := range strings.SplitSeq(r.text(column), separator) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// each opens a file and hands over its rows until one fails.
func each(name string, use func(row) error) error {
	t, err := open(name)
	if err != nil {
		return err
	}
	for i, cells := range t.rows {
		if err := use(row{&t, cells}); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, i+2, err)
		}
	}
	return nil
}
