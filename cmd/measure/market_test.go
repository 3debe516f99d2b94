package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestMarketPrintsWhatItsObjectHolds(t *testing.T) {
	t.Parallel()
	outcomes := filepath.Join(t.TempDir(), "outcomes.csv")
	c := marketCmd{Seeds: 2, Days: 10, Seekers: 60, Outcomes: outcomes, Recorded: "best"}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	var lines, object bytes.Buffer
	if err := c.Run(&bench{ctx: t.Context(), out: &lines, err: io.Discard}); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(&bench{ctx: t.Context(), out: &object, err: io.Discard, json: true}); err != nil {
		t.Fatal(err)
	}
	figures := map[string]float64{}
	if err := json.Unmarshal(object.Bytes(), &figures); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(lines.String()) {
		cells := strings.Fields(line)
		if len(cells) != 2 {
			t.Fatalf("line %q, want a name and a value", line)
		}
		value, err := strconv.ParseFloat(cells[1], 64)
		if of, ok := figures[cells[0]]; err != nil || !ok || value-of > 0.06 || of-value > 0.06 {
			t.Errorf("%s is printed as %s and is %v in the object", cells[0], cells[1], of)
		}
		delete(figures, cells[0])
	}
	if len(figures) > 0 {
		t.Errorf("not printed: %v", figures)
	}
	checkOutcomesFile(t, outcomes)
}

func checkOutcomesFile(t *testing.T, name string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := csv.NewReader(f).ReadAll(); err != nil || len(rows) < 2 {
		t.Errorf("got %d rows of outcomes, %v", len(rows), err)
	}
}

func TestMarketSaysWhatTheCommandLineMustMend(t *testing.T) {
	t.Parallel()
	good := marketCmd{Seeds: 5, Days: 90, Recorded: "shipped"}
	for want, change := range map[string]func(*marketCmd){
		"--seeds":   func(c *marketCmd) { c.Seeds = 1 },
		"--days":    func(c *marketCmd) { c.Days = 0 },
		"--seekers": func(c *marketCmd) { c.Seekers = -1 },
		"no policy": func(c *marketCmd) { c.Policies = []string{"fairest"} },
	} {
		c := good
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that names %s", err, want)
		}
	}
}
