package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
)

// call runs one command and gives what it printed.
func call(t *testing.T, wantCode int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(args, &out, &errs); code != wantCode {
		t.Fatalf("noiviec %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, wantCode, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

// TestCommands walks the commands over one small invented market.
func TestCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	filled := call(t, 0, "demo", "--no-serve", "--workers", "120", "--postings", "60", "--data", data)
	for _, login := range []string{"nguoilaodong", "congty", "canbo", "quantri"} {
		if !strings.Contains(filled, login) {
			t.Errorf("the demo does not print the log-in %s", login)
		}
	}
	t.Run("filled once", func(t *testing.T) {
		var before, after struct{ Counts map[string]int }
		mustJSON(t, call(t, 0, "run", "match", "--json", "--data", data), &before)
		call(t, 0, "demo", "--no-serve", "--data", data)
		mustJSON(t, call(t, 0, "run", "match", "--json", "--data", data), &after)
		if before.Counts["workers"] != after.Counts["workers"] || after.Counts["changed"] != 0 || after.Counts["suggestions"] == 0 {
			t.Errorf("before %v, after %v", before.Counts, after.Counts)
		}
	})
	t.Run("report of the article", func(t *testing.T) {
		got := call(t, 0, "report", "--month", "2018-04", "--format", "csv", "--data", data)
		for _, line := range []string{"new_jobs,loan_fund,215,0,215,215,1075,20", "new_jobs,total,2950,0,2950,2950,8600,34.3", "training,total,427,0,427,1701,7600,22.38"} {
			if !strings.Contains(got, line+"\n") {
				t.Errorf("no line %q in\n%s", line, got)
			}
		}
	})
	t.Run("search and explain", func(t *testing.T) {
		posting := firstField(t, call(t, 0, "search", "tho han", "--limit", "1", "--data", data))
		worker := firstField(t, call(t, 0, "search", "hàn", "--kind", "worker", "--limit", "1", "--data", data))
		var x market.Explanation
		mustJSON(t, call(t, 0, "explain", posting, worker, "--json", "--data", data), &x)
		if x.Sum() != x.Score || len(x.Parts) != 14 {
			t.Errorf("%d parts sum to %d, the score is %d", len(x.Parts), x.Sum(), x.Score)
		}
		if said := call(t, 1, "explain", "none", worker, "--data", data); strings.Contains(said, "⟦") {
			t.Errorf("an unknown posting is told as %q", said)
		}
	})
	t.Run("import twice", func(t *testing.T) {
		file := filepath.Join(dir, "ads.csv")
		write(t, file, "title,salary,location\nThợ hàn,8 - 10 triệu,Điện Biên\nThợ hàn,8 - 10 triệu,Điện Biên\nPhụ bếp,78 - 13 triệu,Hà Nội & 2 nơi khác\n,5 triệu,Hà Nội\n")
		refused := filepath.Join(dir, "refused.csv")
		var first, second map[string]int
		mustJSON(t, call(t, 0, "import", "postings", file, "--errors", refused, "--json", "--data", data), &first)
		mustJSON(t, call(t, 0, "import", "postings", file, "--json", "--data", data), &second)
		if first["rows"] != 4 || first["imported"] != 2 || first["copies"] != 1 || first["refused"] != 1 || first["pay_implausible"] != 1 {
			t.Errorf("first: %v", first)
		}
		if second["imported"] != 0 || second["unchanged"] != 2 {
			t.Errorf("second: %v", second)
		}
		if text, err := os.ReadFile(refused); err != nil || !strings.Contains(string(text), "5 triệu") {
			t.Errorf("the errors file holds %q (%v)", text, err)
		}
		for name, text := range map[string]string{"ads.csv": "PK\x03\x04 not a workbook", "ads.xlsx": "title,salary\nThợ,5 triệu\n", "cut.xlsx": "PK\x03\x04", "empty.xlsx": ""} {
			file := filepath.Join(dir, name)
			write(t, file, text)
			said := call(t, 1, "import", "postings", file, "--data", data)
			if strings.Contains(said, "⟦") || strings.Contains(said, "zip:") || !strings.HasPrefix(said, "noiviec: ") {
				t.Errorf("%s is told as %q", name, said)
			}
		}
	})
	t.Run("backup and restore", func(t *testing.T) {
		archive, again := filepath.Join(dir, "a.backup"), filepath.Join(dir, "again")
		made := call(t, 0, "backup", archive, "--data", data)
		if restored := call(t, 0, "restore", archive, "--data", again); restored != made {
			t.Errorf("backed up %q, restored %q", made, restored)
		}
		call(t, 1, "restore", archive, "--data", again)
		a, b := call(t, 0, "report", "--month", "2026-05", "--data", data), call(t, 0, "report", "--month", "2026-05", "--data", again)
		if a != b {
			t.Errorf("the reports differ:\n%s\n%s", a, b)
		}
	})
	t.Run("doctor finds nothing", func(t *testing.T) { call(t, 0, "doctor", "--data", data) })
}

// TestComplaints holds errors to be plain, and not to wait for ever (a safety limit: the product waits 3 s).
func TestComplaints(t *testing.T) {
	t.Parallel()
	began := time.Now()
	said := call(t, 1, "report", "--month", "2018-04", "--mongo", "mongodb://127.0.0.1:1/?replicaSet=x", "--data", t.TempDir())
	t.Logf("a server that does not answer is told after %v", time.Since(began).Round(10*time.Millisecond))
	if took := time.Since(began); took > 40*time.Second || strings.Contains(said, "⟦") || strings.Contains(said, "topology") {
		t.Errorf("without a server, after %v: %q", took, said)
	}
	if said := call(t, 1, "report", "--month", "abc", "--lang", "en", "--data", t.TempDir()); strings.Contains(said, "⟦") {
		t.Errorf("a bad month is told as %q", said)
	}
	call(t, 2, "no-such-command")
	call(t, 1, "run", "no-such-job", "--data", t.TempDir())
	call(t, 1, "doctor", "--data", t.TempDir()) // no administrator yet
	if help := call(t, 0, "import", "postings", "--help"); !strings.Contains(help, "--dry-run") {
		t.Errorf("help: %q", help)
	}
}

func firstField(t *testing.T, printed string) string {
	t.Helper()
	fields := strings.Split(printed, "\t")
	if len(fields) < 4 || !market.ID(fields[1]).Valid() {
		t.Fatalf("no hit in %q", printed)
	}
	return fields[1]
}

func mustJSON(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("not one JSON object: %v\n%s", err, text)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
