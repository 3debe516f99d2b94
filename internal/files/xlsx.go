package files

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"noiviec/internal/market"
)

// xlsxRows reads the first sheet that has rows. Everything happens in memory, under the limits of rows.go.
func xlsxRows(r io.Reader, use func(Row) bool) error {
	packed, err := io.ReadAll(io.LimitReader(r, maxPacked+1))
	if err != nil {
		return err
	}
	if len(packed) > maxPacked {
		return market.Bad("file", "error.file.large", maxPacked>>20)
	}
	if err := checkPackage(packed); err != nil {
		return err
	}
	book, err := openBook(packed)
	if err != nil {
		return &market.Error{Kind: market.Invalid, Key: "error.file.xlsx", Field: "file", Cause: err}
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		found, err := sheetRows(book, sheet, use)
		if found || err != nil {
			return err
		}
	}
	return nil
}

// openBook opens a workbook. The library has panicked on damaged files; such a file is none.
func openBook(packed []byte) (book *excelize.File, err error) {
	defer func() {
		if recover() != nil {
			book, err = nil, market.Bad("file", "error.file.xlsx")
		}
	}()
	return excelize.OpenReader(bytes.NewReader(packed), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
}

// checkPackage refuses what is no XLSX, and what would unpack to far more than it weighs, before anything is
// unpacked. The sizes an archive declares are held to by the reader, so lying about them does not help.
func checkPackage(packed []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return &market.Error{Kind: market.Invalid, Key: "error.file.xlsx", Field: "file", Cause: err}
	}
	var unpacked uint64
	book := false
	for _, f := range archive.File {
		book = book || strings.EqualFold(f.Name, "xl/workbook.xml") || strings.EqualFold(f.Name, "[Content_Types].xml")
		unpacked += min(f.UncompressedSize64, maxUnpacked+1)
	}
	switch {
	case !book:
		return market.Bad("file", "error.file.xlsx")
	case unpacked > maxUnpacked, unpacked > 4<<20 && unpacked > maxExpansion*uint64(len(packed)), len(archive.File) > 5000:
		return market.Bad("file", "error.file.bomb", maxUnpacked>>20)
	}
	return nil
}

func sheetRows(book *excelize.File, sheet string, use func(Row) bool) (found bool, err error) {
	defer func() {
		if recover() != nil {
			err = market.Bad("file", "error.file.xlsx")
		}
	}()
	rows, err := book.Rows(sheet)
	if err != nil {
		return false, nil // a chart sheet has none
	}
	defer rows.Close()
	t := table{use: use}
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return found, &market.Error{Kind: market.Invalid, Key: "error.file.xlsx", Field: "file", Cause: err}
		}
		for i, c := range cells {
			cells[i] = plainNumber(c)
		}
		if blank(cells) {
			continue
		}
		found = true
		if err := t.add(line, cells); err != nil {
			return found, err
		}
	}
	if err := rows.Error(); err != nil {
		return found, &market.Error{Kind: market.Invalid, Key: "error.file.xlsx", Field: "file", Cause: err}
	}
	return found, t.close()
}

// plainNumber writes a number that a sheet keeps as "1.1095E+10" with all its digits, and drops the dust of
// binary fractions ("7.4999999999999996").
func plainNumber(cell string) string {
	if cell == "" || len(cell) < 9 && !strings.ContainsAny(cell, "eE") || strings.Trim(cell, "0123456789.eE+-") != "" || !strings.ContainsAny(cell, ".eE") {
		return cell
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil || f != f || f > 1e15 || f < -1e15 {
		return cell
	}
	if g, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
		f = g
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
