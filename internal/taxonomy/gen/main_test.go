package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPackedEqualsSources packs the reference files anew and compares them with what is embedded.
func TestPackedEqualsSources(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("NOIVIEC_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "..", "shared")
	}
	from := filepath.Join(shared, "data", "reference")
	if _, err := os.Stat(from); err != nil {
		t.Skip("skipped: the reference files are not here (set NOIVIEC_SHARED)")
	}
	to := t.TempDir()
	for _, p := range packs {
		if err := p.write(from, to); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(to, p.target))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("..", "data", p.target))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what its source gives: run go generate ./internal/taxonomy", p.target)
		}
	}
}

// TestPackNamesAMissingColumn makes sure that a source whose columns changed is noticed.
func TestPackNamesAMissingColumn(t *testing.T) {
	t.Parallel()
	from := t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.csv"), []byte("\uFEFFx,y\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := pack{source: "a.csv", columns: []string{"y", "x"}}.pack(from)
	if err != nil || string(got) != "y,x\n2,1\n" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := (pack{source: "a.csv", columns: []string{"z"}}).pack(from); err == nil || !strings.Contains(err.Error(), "z") {
		t.Errorf("got %v, want an error that names the column", err)
	}
}

// TestPackSaysWhatIsOurs puts rows and columns of ours beside those of the source, and notices when the source has moved on.
func TestPackSaysWhatIsOurs(t *testing.T) {
	t.Parallel()
	from := t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.csv"), []byte("x,y\n1,2\n1,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := pack{source: "a.csv", columns: []string{"x", "y"}, more: []string{"z"}, ours: map[string][]string{"1,3": {"1", "3", "ours"}}}
	got, err := p.pack(from)
	if err != nil || string(got) != "x,y,z\n1,2,\n1,3,ours\n" {
		t.Errorf("got %q, %v", got, err)
	}
	p.ours["1,4"] = []string{"1", "4", "of nothing"}
	if _, err := p.pack(from); err == nil || !strings.Contains(err.Error(), "1 rows of ours") {
		t.Errorf("got %v, want an error that says what stands for nothing", err)
	}
}
