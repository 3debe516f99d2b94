package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
)

func TestScale(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := scaleCmd{Workers: 300, Postings: 200, Seed: 3, Sample: 40, Changes: 20}
	if err := c.Run(&bench{ctx: context.Background(), out: &out, err: io.Discard}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pairs 60000\n", "sampled 40\n", "equal_to_brute_force true\n", "peak_mib ", "pairs_per_second ", "times_faster ", "change_worker_p99_ms ", "reach_posting_p99_ms ", "changes 20\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got %q, want %q in it", out.String(), want)
		}
	}
}

func TestTermsThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no count": "7212\n", "no number": "7212 many\n", "nothing counted": "7212 0\n", "unknown": "nonsense 3\n", "no province": "7212 3\nhan 2\n", "empty": "",
	} {
		if _, err := readTerms(strings.NewReader(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	got, err := readTerms(strings.NewReader("# counted\n11 5\n\n7212 3\nhan 2\n"))
	if err != nil || got.provinces.total() != 5 || got.skillsOf["7212"].total() != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
}
