package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestHelp holds every command to an example and to the exit codes, and the list of commands to what scripts expect.
func TestHelp(t *testing.T) {
	t.Parallel()
	parser := must[*kong.Kong](t)(kong.New(&cli{}))
	var names []string
	for _, leaf := range parser.Model.Leaves(true) {
		path := strings.Fields(leaf.FullPath())[1:]
		if !slices.Contains(names, path[0]) {
			names = append(names, path[0])
		}
		said := call(t, 0, append(path, "--help")...)
		if !strings.Contains(strings.Join(strings.Fields(said), " "), "Example: noiviec "+strings.Join(path, " ")) || !strings.Contains(said, "Exit codes: 0") {
			t.Errorf("%v --help has no example of its own, or no exit codes:\n%s", path, said)
		}
	}
	want := strings.Fields("backtest demo serve import export run search explain report reindex backup restore user doctor version")
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("commands %v, want %v", names, want)
	}
}

// TestJSON holds every command that answers to one object on standard output and nothing else there.
func TestJSON(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, ads := filepath.Join(dir, "data"), filepath.Join(dir, "ads.csv")
	write(t, ads, "title,salary,location\nThợ hàn,8 - 10 triệu,Điện Biên\n,5 triệu,Hà Nội\n")
	people := filepath.Join(dir, "people.csv")
	write(t, people, "họ tên,điện thoại\nLò Văn Thử,0900000001\n")
	one := func(args ...string) map[string]any {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append(args, "--json", "--data", data), &out, &errs); code != 0 {
			t.Fatalf("%v: exit code %d\n%s", args, code, errs.String())
		}
		var object map[string]any
		d := json.NewDecoder(&out)
		if err := d.Decode(&object); err != nil || d.More() {
			t.Errorf("%v does not print one object: %v, more %v", args, err, d.More())
		}
		return object
	}
	one("demo", "--no-serve", "--workers", "30", "--postings", "12")
	st := must[*store.Store](t)(store.Open(context.Background(), store.Options{Dir: data}))
	posting := must[store.Page[market.Posting]](t)(store.Find[market.Posting](context.Background(), st, store.Query{Centre: centreID, Index: "postings_by_state", Limit: 1})).Items[0].ID
	worker := must[store.Page[market.Worker]](t)(store.Find[market.Worker](context.Background(), st, store.Query{Centre: centreID, Index: "workers_by_state", Limit: 1})).Items[0].ID
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	counts := one("import", "postings", ads)
	for _, key := range strings.Fields("rows imported copies unchanged refused pay_stated pay_understood pay_implausible place_stated place_resolved nationwide abroad") {
		if _, there := counts[key]; !there {
			t.Errorf("import --json has no %s", key)
		}
	}
	one("import", "workers", people, "--dry-run")
	one("export", "postings", filepath.Join(dir, "out.csv"))
	one("run", "match")
	one("search", "thợ")
	one("explain", string(posting), string(worker))
	one("report", "--month", "2018-04")
	one("reindex")
	one("backup", filepath.Join(dir, "a.backup"))
	one("user", "an", "--role", "administrator")
	said := one("user", "binh", "--link", "https://viec.example")
	if link, _ := said["link"].(string); !strings.HasPrefix(link, "https://viec.example/dat-mat-khau?ma=") || said["password"] != nil {
		t.Errorf("user --link prints %v, want the link and no password", said)
	}
	one("doctor")
	one("version")
	data = filepath.Join(dir, "other")
	one("restore", filepath.Join(dir, "a.backup"))
}

// TestDoctor gives the doctor each kind of problem it says it finds. What the search words check is the build itself;
// search's own tests hold that.
func TestDoctor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	call(t, 0, "demo", "--no-serve", "--workers", "20", "--postings", "12", "--data", data)
	finds := func(t *testing.T, check, remedy string, where ...string) {
		t.Helper()
		said := call(t, 1, append([]string{"doctor", "--lang", "en"}, where...)...)
		problem := ""
		for line := range strings.Lines(said) {
			if strings.HasPrefix(line, "PROBLEM\t") {
				problem += line
			}
		}
		if strings.Count(problem, "\n") != 1 || !strings.HasPrefix(problem, "PROBLEM\t"+check+": ") || !strings.Contains(said, remedy) || strings.Contains(said, "⟦") {
			t.Errorf("want one problem of %q with the remedy %q, got\n%s", check, remedy, said)
		}
	}
	change := func(t *testing.T, ops ...store.Op) {
		t.Helper()
		st := must[*store.Store](t)(store.Open(context.Background(), store.Options{Dir: data}))
		defer st.Close()
		if err := st.Apply(context.Background(), ops...); err != nil {
			t.Fatal(err)
		}
	}
	meta := func() market.Meta { return market.Meta{ID: market.NewID(), Centre: centreID, RecordedAt: time.Now()} }

	t.Run("a folder that is a file", func(t *testing.T) {
		write(t, filepath.Join(dir, "file"), "")
		finds(t, "store", "--data / --mongo", "--data", filepath.Join(dir, "file"))
	})
	t.Run("no server", func(t *testing.T) {
		began := time.Now()
		finds(t, "store", "--data / --mongo", "--mongo", "mongodb://127.0.0.1:1/?replicaSet=x", "--data", filepath.Join(dir, "none"))
		t.Logf("told after %v", time.Since(began).Round(10*time.Millisecond))
	})
	t.Run("no administrator", func(t *testing.T) {
		finds(t, "administrator", "noiviec user NAME --role administrator", "--data", filepath.Join(dir, "empty"))
	})
	t.Run("an index that is gone", func(t *testing.T) {
		if err := os.RemoveAll(filepath.Join(data, "index")); err != nil {
			t.Fatal(err)
		}
		finds(t, "index", "noiviec reindex", "--data", data)
		call(t, 0, "reindex", "--data", data)
		call(t, 0, "doctor", "--data", data)
	})
	t.Run("an index that lags", func(t *testing.T) {
		change(t, store.Put(&market.Posting{Meta: meta(), Title: "Thợ mộc", Openings: 1, State: market.PostingOpen}))
		finds(t, "index", "noiviec reindex", "--data", data)
		call(t, 0, "doctor", "--data", data)
	})
	t.Run("a job that failed", func(t *testing.T) {
		run := &market.Run{Meta: meta(), Job: "match", Started: market.Stamp(time.Now().Add(time.Minute)), Ended: market.Stamp(time.Now().Add(time.Minute)), State: market.RunFailed, Error: "full disk"}
		change(t, store.Put(run))
		finds(t, "jobs", "noiviec run NAME", "--data", data)
		change(t, store.Delete(run))
		call(t, 0, "doctor", "--data", data)
	})
	t.Run("records that cannot be written", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		e := &env{options: options{Data: data, Lang: "en"}, ctx: ctx, out: &bytes.Buffer{}, err: &bytes.Buffer{}, log: slog.New(slog.DiscardHandler)}
		defer e.close()
		if err := e.openIndex(); err != nil {
			t.Fatal(err)
		}
		if err := (doctorCmd{}).write(e); err != nil {
			t.Fatalf("before: %v", err)
		}
		cancel()
		if err := (doctorCmd{}).write(e); err == nil {
			t.Error("a store that takes nothing goes unnoticed")
		}
	})
}
