package files

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"noiviec/internal/market"
)

// csvRows reads comma-separated text. Quotes inside a cell that is not quoted are letters like any other.
func csvRows(r io.Reader, use func(Row) bool) error {
	in := bufio.NewReaderSize(r, 64<<10)
	skipped, comma, err := csvStart(in)
	if err != nil {
		return err
	}
	reader := csv.NewReader(in)
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = comma, true, -1
	t := table{use: use}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t.close()
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			if t.columns == nil {
				return market.Bad("file", "error.file.csv", bad.StartLine+skipped)
			}
			row := Row{Line: bad.StartLine + skipped, Columns: t.columns, Cells: make([]string, len(t.columns)), known: t.known, Fault: market.Bad("", "error.row.quotes")}
			copy(row.Cells, cells)
			if !use(row) {
				return errStopped
			}
			continue
		}
		if err != nil {
			return err
		}
		line, _ := reader.FieldPos(0)
		if err := t.add(line+skipped, cells); err != nil {
			return err
		}
	}
}

// csvStart finds the separator: what the line "sep=;" says, else what stands most often, outside quotes, in
// the first lines.
func csvStart(in *bufio.Reader) (skipped int, comma rune, err error) {
	head, err := in.Peek(16 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return 0, 0, err
	}
	text := string(head)
	if rest, ok := strings.CutPrefix(strings.ToLower(text), "sep="); ok && len(rest) > 0 {
		if c := rune(rest[0]); strings.ContainsRune(",;\t|", c) {
			_, err = in.ReadString('\n')
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return 1, c, err
		}
	}
	return 0, separator(text), nil
}

func separator(text string) rune {
	best, most := ',', 0
	counts := map[rune]int{}
	quoted, lines := false, 0
	for _, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			lines++
		case c == ',' || c == ';' || c == '\t' || c == '|':
			counts[c]++
		}
		if lines > 0 && most == 0 {
			for _, c := range ",;\t|" {
				if counts[c] > most {
					best, most = c, counts[c]
				}
			}
		}
		if most > 0 {
			return best
		}
	}
	for _, c := range ",;\t|" {
		if counts[c] > most {
			best, most = c, counts[c]
		}
	}
	return best
}
