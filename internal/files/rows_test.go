package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"noiviec/internal/market"
)

// rowsOf gives every row as key=value of the known columns, and the error that ended them.
func rowsOf(name string, content []byte) (rows []Row, err error) {
	for row, e := range Rows(name, bytes.NewReader(content)) {
		if e != nil {
			return rows, e
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func utf16LE(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func book(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", at, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRowsReadsEachKindOfFile(t *testing.T) {
	t.Parallel()
	want := []string{"Thợ hàn|8 - 10 triệu", "Phụ bếp|thoả thuận"}
	cases := map[string][]byte{
		"comma.csv":    []byte("job_title,salary\nThợ hàn,8 - 10 triệu\nPhụ bếp,thoả thuận\n"),
		"mark.csv":     []byte("\xEF\xBB\xBFVị trí tuyển dụng;Mức lương\r\nThợ hàn;8 - 10 triệu\r\n\r\nPhụ bếp;thoả thuận\r\n"),
		"tabs.txt":     []byte("Chức danh\tLương\nThợ hàn\t8 - 10 triệu\nPhụ bếp\tthoả thuận"),
		"sep.csv":      []byte("sep=;\ntitle;pay\nThợ hàn;8 - 10 triệu\nPhụ bếp;thoả thuận\n"),
		"utf16.csv":    utf16LE("title,pay\nThợ hàn,8 - 10 triệu\nPhụ bếp,thoả thuận\n"),
		"lines.jsonl":  []byte("{\"title\":\"Thợ hàn\",\"salary\":\"8 - 10 triệu\"}\n\n{\"title\":\"Phụ bếp\",\"salary\":\"thoả thuận\"}\n"),
		"array.json":   []byte("[{\"title\":\"Thợ hàn\",\"salary\":\"8 - 10 triệu\"},{\"title\":\"Phụ bếp\",\"salary\":\"thoả thuận\"}]"),
		"letterhead":   []byte("TRUNG TÂM DỊCH VỤ VIỆC LÀM,\nDANH SÁCH,\n,\nTên công việc,Mức lương\nThợ hàn,8 - 10 triệu\nPhụ bếp,thoả thuận\n"),
		"no-marks.csv": []byte("ten cong viec,muc luong\nThợ hàn,8 - 10 triệu\nPhụ bếp,thoả thuận\n"),
		"sheet.xlsx":   book(t, []any{"Danh sách"}, []any{"Vị trí", "Lương"}, []any{"Thợ hàn", "8 - 10 triệu"}, []any{}, []any{"Phụ bếp", "thoả thuận"}),
		"misnamed.csv": book(t, []any{"Vị trí", "Lương"}, []any{"Thợ hàn", "8 - 10 triệu"}, []any{"Phụ bếp", "thoả thuận"}),
		"cp1258.csv":   []byte("title,pay\nTh\xF5\xF2 ha\xCCn,8 - 10 tri\xEA\xF2u\nPhu\xF2 b\xEA\xECp,thoa\xD2 thu\xE2\xF2n\n"),
	}
	for name, content := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf(name, content)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range rows {
				got = append(got, r.Line1("title")+"|"+r.Line1("pay"))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRowsKeepsLinesAndQuotedText(t *testing.T) {
	t.Parallel()
	rows, err := rowsOf("a.csv", []byte("title,description\n\"Thợ \"\"giỏi\"\"\",\"dòng một\ndòng hai\"\nống 3\" thép,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	if rows[0].Line != 2 || rows[1].Line != 4 {
		t.Errorf("got lines %d and %d, want 2 and 4", rows[0].Line, rows[1].Line)
	}
	if got := rows[0].Line1("title") + "|" + rows[0].Text("description") + "|" + rows[1].Line1("title"); got != "Thợ \"giỏi\"|dòng một\ndòng hai|ống 3\" thép" {
		t.Errorf("got %q", got)
	}
}

func TestRowsRefusesARowAndReadsOn(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		content, key string
		rows         int
	}{
		"too many cells": {"title,pay\na,b,c\nd,e\n", "error.row.columns", 2},
		"bad json":       {"{\"title\":\"a\"}\n{oops\n{\"title\":\"c\"}\n", "error.row.json", 3},
		"json list":      {"{\"title\":\"a\"}\n[1,2]\n", "error.row.json", 2},
		"open quote":     {"title,pay,place\na,b,c\n\"d,e,f\ng,h,i\nj,k,l\nm,n,o\n", "error.row.quotes", 2},
		"huge cell":      {"title,pay\n" + strings.Repeat("x", MaxCell+1) + ",b\nc,d\n", "error.row.large", 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf("a", []byte(c.content))
			if err != nil {
				t.Fatal(err)
			}
			var keys []string
			for _, r := range rows {
				if r.Fault != nil {
					keys = append(keys, r.Fault.Key)
				}
			}
			if len(rows) != c.rows || len(keys) != 1 || keys[0] != c.key {
				t.Errorf("got %d rows with faults %v, want %d with %s", len(rows), keys, c.rows, c.key)
			}
		})
	}
}

func TestRowsRefusesWhatIsNoSuchFile(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		name    string
		content []byte
		key     string
	}{
		"text named xlsx":  {"a.xlsx", []byte("this is no workbook"), "error.file.xlsx"},
		"zip with no book": {"a.xlsx", zipped(t, "readme.txt", 10), "error.file.xlsx"},
		"cut xlsx":         {"a.xlsx", book(t, []any{"title"}, []any{"x"})[:600], "error.file.xlsx"},
		"old xls":          {"a.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), "error.file.xls"},
		"pdf":              {"a.csv", []byte("%PDF-1.7 ..."), "error.file.kind"},
		"nothing":          {"a.csv", nil, "error.file.empty"},
		"heading only":     {"a.csv", []byte("title,pay\n"), "error.file.empty"},
		"no known column":  {"a.csv", []byte("a,b\n1,2\n"), "error.file.header"},
		"broken array":     {"a.json", []byte(`[{"title":"a"},{"title"`), "error.file.json"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := rowsOf(c.name, c.content)
			if !errors.Is(err, &market.Error{Kind: market.Invalid, Key: c.key}) {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
}

func zipped(t *testing.T, name string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for size > 0 {
		n := min(size, len(zeros))
		if _, err := w.Write(zeros[:n]); err != nil {
			t.Fatal(err)
		}
		size -= n
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRowsRefusesAZipBombAtOnce(t *testing.T) {
	t.Parallel()
	for _, size := range []int{100 << 20, 400 << 20} {
		bomb := zipped(t, "xl/workbook.xml", size)
		started := time.Now()
		_, err := rowsOf("a.xlsx", bomb)
		took := time.Since(started)
		if !errors.Is(err, &market.Error{Kind: market.Invalid, Key: "error.file.bomb"}) {
			t.Errorf("%d MiB: got %v, want error.file.bomb", size>>20, err)
		}
		if took > 200*time.Millisecond {
			t.Errorf("%d MiB: refused after %v, want 200 ms", size>>20, took)
		}
	}
}

func TestRowsReadsNumbersOfASheet(t *testing.T) {
	t.Parallel()
	rows, err := rowsOf("a.xlsx", book(t, []any{"Họ và tên", "Ngày sinh", "Điện thoại", "Số CCCD"}, []any{"Lò Thị A", 36526, 912345678, 11095000123}))
	if err != nil {
		t.Fatal(err)
	}
	w, _, _ := testImport("a.xlsx").WorkerFromRow(rows[0])
	if w.Born != "2000-01-01" || len(w.Phones) != 1 || w.Phones[0] != "0912345678" || w.CitizenID != "011095000123" {
		t.Errorf("got %s, %v, %s", w.Born, w.Phones, w.CitizenID)
	}
}

func FuzzRows(f *testing.F) {
	for _, seed := range []string{"title,pay\na,b\n", "{\"title\":\"a\"}\n", "[{\"title\":\"a\"}]", "\xFF\xFEt\x00", "sep=;\ntitle;pay\n\"a", "PK\x03\x04", "title\tpay\n\xF5\xF2\t1"} {
		f.Add("a.csv", []byte(seed))
		f.Add("a.json", []byte(seed))
		f.Add("a.xlsx", []byte(seed))
	}
	im := testImport("a")
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		rows, err := rowsOf(name, content)
		if err != nil && market.KindOf(err) == "" {
			t.Fatalf("a fault, not an answer: %v", err)
		}
		for _, r := range rows[:min(len(rows), 50)] {
			if len(r.Cells) != len(r.Columns) {
				t.Fatalf("line %d: %d cells under %d columns", r.Line, len(r.Cells), len(r.Columns))
			}
			im.PostingFromRow(r)
			im.WorkerFromRow(r)
		}
		var b bytes.Buffer
		var refused []RefusedRow
		for _, r := range rows {
			refused = append(refused, RefusedRow{r, nil})
		}
		if err := WriteRefused(&b, refused, func(key string, _ ...any) string { return key }); err != nil {
			t.Fatal(err)
		}
	})
}
