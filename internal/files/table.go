package files

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// Format is how a table is written.
type Format string

const (
	CSV  Format = "csv"  // UTF-8 with its mark, comma, formulas made harmless
	XLSX Format = "xlsx" // one sheet, every cell text
)

// ContentType is what HTTP calls the format.
func (f Format) ContentType() string {
	if f == XLSX {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// cellLimit is how many letters a spreadsheet's cell may hold (Excel's own limit).
const cellLimit = 32_767

// writeTable writes rows under headings; an error of the rows ends it.
func writeTable(w io.Writer, format Format, sheet string, headings []string, rows iter.Seq2[[]string, error]) error {
	switch format {
	case CSV:
		return writeCSV(w, headings, rows)
	case XLSX:
		return writeXLSX(w, sheet, headings, rows)
	}
	return fmt.Errorf("write table: no format %q", format)
}

func writeCSV(w io.Writer, headings []string, rows iter.Seq2[[]string, error]) error {
	if _, err := w.Write(utf8BOM); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(headings); err != nil {
		return err
	}
	for cells, err := range rows {
		if err != nil {
			return err
		}
		for i, c := range cells {
			cells[i] = protect(c)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func writeXLSX(w io.Writer, sheet string, headings []string, rows iter.Seq2[[]string, error]) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetColWidth(1, len(headings), 18); err != nil {
		return err
	}
	if err := setRow(out, 1, headings, bold); err != nil {
		return err
	}
	line := 2
	for cells, err := range rows {
		if err == nil {
			err = setRow(out, line, cells, 0)
		}
		if err != nil {
			return err
		}
		line++
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

func setRow(out *excelize.StreamWriter, line int, cells []string, style int) error {
	values := make([]any, len(cells))
	for i, c := range cells {
		if letters := []rune(c); len(c) > cellLimit && len(letters) > cellLimit {
			c = string(letters[:cellLimit-1]) + "…"
		}
		values[i] = excelize.Cell{StyleID: style, Value: c}
	}
	at, err := excelize.CoordinatesToCellName(1, line)
	if err != nil {
		return err
	}
	return out.SetRow(at, values)
}
