package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"testing"
)

// The lists of an invented market keep the cap and leave out nobody whom they do not report; the plain first ten do not.
func TestScaleSpread(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := scaleCmd{Workers: 3000, Postings: 300, Seed: 3, Sample: 2, Spread: true}
	if err := c.Run(&bench{ctx: context.Background(), out: &out, err: io.Discard, json: true}); err != nil {
		t.Fatal(err)
	}
	var f struct {
		spreadFigures
		Workers int `json:"workers"`
	}
	if err := json.Unmarshal(out.Bytes(), &f); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	if f.Workers != 3000 || f.MaxOverCap > 1 || f.Without != 0 || f.PlainMaxOverCap <= 1 {
		t.Errorf("%+v", f)
	}
	if f.Gini >= f.PlainGini || f.Loss <= 0 || f.Loss > 0.1 || f.Places < 10_000 {
		t.Errorf("%+v", f)
	}
}
