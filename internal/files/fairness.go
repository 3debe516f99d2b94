package files

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"noiviec/internal/market"
)

// FairnessCSV writes a month of people by group, masked as the page shows it: what is hidden there is hidden here.
// name words a group "kind:code"; hidden stands for every count that is.
func FairnessCSV(w io.Writer, f market.Fairness, name func(string) string, hidden string) error {
	out := csv.NewWriter(w)
	if err := out.Write(slices.Concat([]string{"month", "kind", "code", "group"}, market.Stages)); err != nil {
		return err
	}
	for _, kind := range market.FairnessKinds {
		for _, g := range f.Kind(kind) {
			row := []string{string(f.Month), kind, g.Code, name(kind + ":" + g.Code)}
			for _, c := range g.Cells {
				text := strconv.Itoa(c.N)
				if c.Hidden {
					text = hidden
				}
				row = append(row, text)
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
