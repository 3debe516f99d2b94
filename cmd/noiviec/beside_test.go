package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestBesideTheService runs commands on a folder in which a service runs: those that ask are answered by it,
// those that need the folder to themselves are told so, and the service goes on.
func TestBesideTheService(t *testing.T) {
	t.Parallel()
	p := newProgram(t, false, "40", "12")
	ask := func(code int, args ...string) string { t.Helper(); return call(t, code, append(args, p.where()...)...) }
	alone := map[string]string{}
	asking := [][]string{{"report", "--month", "2018-04"}, {"report", "--month", "2018-04", "--format", "csv"}, {"report", "--month", "2018-04", "--json"},
		{"search", "thợ", "--limit", "3"}, {"search", "thợ", "--limit", "3", "--lang", "en"}, {"doctor"}}
	for _, args := range asking {
		alone[strings.Join(args, " ")] = ask(0, args...)
	}
	p.start()
	defer func() { p.stop() }()
	for _, args := range asking {
		if got, want := ask(0, args...), alone[strings.Join(args, " ")]; got != want {
			t.Errorf("%v beside the service prints\n%s\nalone it printed\n%s", args, got, want)
		}
	}
	t.Run("an answer with exit code 1", func(t *testing.T) {
		if said := ask(1, "explain", "none", "none"); strings.Contains(said, "⟦") || said == "" {
			t.Errorf("said %q", said)
		}
	})
	t.Run("a file is written here", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "people.csv")
		ask(0, "export", "workers", file)
		if text, err := os.ReadFile(file); err != nil || bytes.Count(text, []byte("\n")) < 40 {
			t.Errorf("%d bytes (%v)", len(text), err)
		}
		ask(1, "export", "workers", filepath.Join(t.TempDir(), "no", "folder.csv"))
	})
	t.Run("an account made beside the service logs in", func(t *testing.T) {
		ask(0, "user", "moi", "--role", "counsellor", "--password", "noiviec-moi")
		p.login("moi")
	})
	t.Run("a job runs in the service", func(t *testing.T) {
		var run market.Run
		mustJSON(t, ask(0, "run", "match", "--json"), &run)
		if run.State != market.RunDone || run.Counts["changed"] != 0 {
			t.Errorf("%+v", run)
		}
	})
	t.Run("the socket is for the owner only", func(t *testing.T) {
		info, err := os.Stat(filepath.Join(p.options.Data, socketFile))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v (%v), want 0600", info, err)
		}
	})
	for name, args := range map[string][]string{"import": {"import", "postings", "beside_test.go"}, "reindex": {"reindex"}, "serve": {"serve", "--addr", "127.0.0.1:0"}, "demo": {"demo", "--no-serve"}} {
		t.Run("refused: "+name, func(t *testing.T) {
			began := time.Now()
			said := ask(1, args...)
			took := time.Since(began)
			if t.Logf("told after %v", took.Round(time.Millisecond)); took > 30*time.Second {
				t.Errorf("told after %v, want 3 s (safety limit ten times)", took)
			}
			if !strings.Contains(said, p.options.Data) || strings.Contains(said, "⟦") {
				t.Errorf("said %q, want the folder's name and what to do", said)
			}
			if _, code := p.read("moi", "/can-bo"); code != 200 {
				t.Errorf("the service then answers %d", code)
			}
		})
	}
	t.Run("other records are not answered for", func(t *testing.T) {
		e := &env{options: p.options, ctx: context.Background()}
		e.Mongo = "mongodb://127.0.0.1:1/?replicaSet=x"
		if _, err := e.ask("doctor", &doctorCmd{}); err == nil {
			t.Error("the service answered for a MongoDB it does not use")
		}
	})
}

// TestBackupOfARunningService backs up while fifty batches a second are written. The archive holds one instant
// between its start and its end, restores into an empty folder with the same digest, and is refused when it
// is cut or the passphrase is another.
func TestBackupOfARunningService(t *testing.T) {
	t.Parallel()
	p := newProgram(t, false, "300", "60")
	p.start()
	defer func() { p.stop() }()
	writer := startCounting(t, p.env.st)
	dir := t.TempDir()
	archive, again := filepath.Join(dir, "a.backup"), filepath.Join(dir, "again")
	writer.until(25)
	least := writer.written()
	var made, restored store.Manifest
	mustJSON(t, call(t, 0, append([]string{"backup", archive, "--passphrase", "mật khẩu", "--json"}, p.where()...)...), &made)
	most := writer.written() + 1 // one may be on its way
	writer.until(most + 10)
	writer.stop()
	mustJSON(t, call(t, 0, "restore", archive, "--passphrase", "mật khẩu", "--json", "--data", again), &restored)
	if made.SHA256 != restored.SHA256 || made.Total() != restored.Total() || made.Total() == 0 {
		t.Errorf("made %+v, restored %+v", made, restored)
	}
	st := must[*store.Store](t)(store.Open(context.Background(), store.Options{Dir: again}))
	defer st.Close()
	var copied bytes.Buffer
	if m := must[store.Manifest](t)(st.Backup(context.Background(), &copied, "")); m.SHA256 != made.SHA256 {
		t.Errorf("the restored documents sum to %s, want %s", m.SHA256, made.SHA256)
	}
	n := writer.instant(st)
	if t.Logf("%d batches before the backup, the archive holds %d, %d after it", least, n, most); n < least || n > most {
		t.Errorf("the archive holds %d batches, want between %d and %d", n, least, most)
	}
	call(t, 1, append([]string{"backup", archive}, p.where()...)...) // a file that is there is left alone
	call(t, 1, "restore", archive, "--passphrase", "khác", "--data", filepath.Join(dir, "b"))
	whole := must[[]byte](t)(os.ReadFile(archive))
	if len(whole) == 0 {
		t.Fatal("the archive was emptied")
	}
	write(t, filepath.Join(dir, "cut"), string(whole[:len(whole)*2/3]))
	call(t, 1, "restore", filepath.Join(dir, "cut"), "--passphrase", "mật khẩu", "--data", filepath.Join(dir, "c"))
}

// counting writes batches of one contact and one counter, fifty a second.
type counting struct {
	t       *testing.T
	st      *store.Store
	counter market.Counter
	done    chan int // the number of every batch that was acknowledged
	n       int
	end     context.CancelFunc
}

func startCounting(t *testing.T, st *store.Store) *counting {
	ctx, end := context.WithCancel(context.Background())
	c := &counting{t: t, st: st, done: make(chan int, 100_000), end: end}
	c.counter = market.Counter{Meta: market.Meta{ID: market.DerivedID("counting"), Centre: centreID, RecordedAt: time.Now()}}
	go func() {
		defer close(c.done)
		tick := time.NewTicker(time.Second / 50)
		defer tick.Stop()
		for n := 1; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			c.counter.Last = int64(n)
			line := &market.Contact{Meta: market.Meta{ID: market.DerivedID("counted", string(rune(n))), Centre: centreID, RecordedAt: time.Now()}, Worker: c.counter.ID, Kind: "call"}
			if err := st.Apply(context.Background(), store.Put(&c.counter), store.Put(line)); err != nil {
				t.Errorf("write %d: %v", n, err)
				return
			}
			c.done <- n
		}
	}()
	return c
}

// written gives how many batches are acknowledged by now.
func (c *counting) written() int {
	for {
		select {
		case n, open := <-c.done:
			if !open {
				return c.n
			}
			c.n = n
		default:
			return c.n
		}
	}
}

func (c *counting) until(n int) {
	c.t.Helper()
	for at := range c.done {
		if c.n = at; at >= n {
			return
		}
	}
	c.t.Fatalf("the writer stopped at %d, want %d", c.n, n)
}

func (c *counting) stop() {
	c.end()
	for range c.done {
	}
}

// instant gives the counter in a store, and holds that exactly its lines are there.
func (c *counting) instant(st *store.Store) int {
	c.t.Helper()
	counter := must[market.Counter](c.t)(store.Get[market.Counter](context.Background(), st, centreID, c.counter.ID))
	lines := must[int](c.t)(store.Count[market.Contact](context.Background(), st, store.Query{Centre: centreID, Index: "contacts_by_worker", Equal: []any{c.counter.ID}}))
	if int64(lines) != counter.Last {
		c.t.Errorf("%d lines beside a counter of %d: not one instant", lines, counter.Last)
	}
	return int(counter.Last)
}
