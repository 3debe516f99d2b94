package labels

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Label is one line of labels.csv or further.csv: what a drawn row was read to offer and where. README.md holds the conventions.
type Label struct {
	Set    string
	Hash   string
	Draw   string // random, rare
	Status string // stated, negotiable, implausible, unreadable, unstated
	// Currency, Period, Min and Max are set only where Status is stated. The amounts are in the currency's
	// smallest unit (đồng, US cents); 0 means no floor or no ceiling was said.
	Currency string
	Period   string
	Min, Max int64
	Places   []string // a set; the order says nothing
	More     int      // the n of "& n nơi khác"
}

var columns = []string{"set", "row_hash", "draw", "pay_status", "pay_currency", "pay_period", "pay_min", "pay_max", "places", "more"}

// ReadLabels reads labels.csv or further.csv.
func ReadLabels(r io.Reader) ([]Label, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	if len(records) == 0 || !slices.Equal(records[0], columns) {
		return nil, fmt.Errorf("read labels: the header is not %q", columns)
	}
	var out []Label
	for i, rec := range records[1:] {
		l, err := readLabel(rec)
		if err != nil {
			return nil, fmt.Errorf("read labels, row %d: %w", i+1, err)
		}
		out = append(out, l)
	}
	return out, nil
}

func readLabel(rec []string) (l Label, err error) {
	l = Label{
		Set: rec[0], Hash: rec[1], Draw: rec[2],
		Status: rec[3], Currency: rec[4], Period: rec[5],
		Places: strings.Split(rec[8], ";"),
	}
	if l.Min, err = strconv.ParseInt(rec[6], 10, 64); err != nil {
		return l, fmt.Errorf("pay_min: %w", err)
	}
	if l.Max, err = strconv.ParseInt(rec[7], 10, 64); err != nil {
		return l, fmt.Errorf("pay_max: %w", err)
	}
	if l.More, err = strconv.Atoi(rec[9]); err != nil {
		return l, fmt.Errorf("more: %w", err)
	}
	return l, nil
}
