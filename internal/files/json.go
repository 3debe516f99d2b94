package files

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"noiviec/internal/market"
)

// jsonLineRows reads one object a line. A line that is none is refused by itself.
func jsonLineRows(r io.Reader, use func(Row) bool) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for line := 1; ; line++ {
		text, tooLong, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			row := jsonRow(line, text)
			if tooLong {
				row.Fault = market.Bad("", "error.row.large", MaxCell)
			}
			if !use(row) {
				return errStopped
			}
		}
		if err != nil {
			return nil
		}
	}
}

// readLine gives one line, of which no more than 4 MiB are kept.
func readLine(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > 4<<20 {
			tooLong = true
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}

// jsonArrayRows reads one array of objects; Line is the place in the array.
func jsonArrayRows(r io.Reader, use func(Row) bool) error {
	dec := json.NewDecoder(r)
	if _, err := dec.Token(); err != nil {
		return market.Bad("file", "error.file.json", 0)
	}
	for n := 1; dec.More(); n++ {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return market.Bad("file", "error.file.json", n)
		}
		if !use(jsonRow(n, raw)) {
			return errStopped
		}
	}
	if _, err := dec.Token(); err != nil {
		return market.Bad("file", "error.file.json", 0)
	}
	return nil
}

// jsonRow makes a row of one object; names keep their order, lists become "a; b".
func jsonRow(line int, raw []byte) Row {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	bad := func() Row {
		kept := strings.ToValidUTF8(string(raw[:min(len(raw), 1000)]), "")
		row := NewRow(line, []string{"json"}, []string{kept})
		row.Fault = market.Bad("", "error.row.json")
		return row
	}
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return bad()
	}
	var names, cells []string
	for dec.More() {
		name, err := dec.Token()
		var value any
		if err == nil {
			err = dec.Decode(&value)
		}
		text, ok := name.(string)
		if err != nil || !ok || len(names) >= MaxColumns {
			return bad()
		}
		names, cells = append(names, text), append(cells, jsonCell(value))
	}
	if _, err := dec.Token(); err != nil || dec.More() {
		return bad()
	}
	return NewRow(line, names, cells)
}

func jsonCell(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = jsonCell(item)
		}
		return strings.Join(parts, "; ")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
