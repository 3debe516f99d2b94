package store_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

func TestBackup(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		for _, make := range documents() {
			mustApply(t, s, store.Put(make()), store.Put(make()))
		}
		var plain, sealed bytes.Buffer
		made, err := s.Backup(ctx, &plain, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Backup(ctx, &sealed, "mật khẩu"); err != nil {
			t.Fatal(err)
		}
		t.Run("restores into an empty store", func(t *testing.T) {
			fresh := storetest.Embedded(t)
			got, err := fresh.Restore(ctx, bytes.NewReader(sealed.Bytes()), "mật khẩu")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(made, got); diff != "" || got.Total() != 2*len(documents()) {
				t.Errorf("manifests differ (-made +restored), %d documents:\n%s", got.Total(), diff)
			}
			var again bytes.Buffer
			if m, err := fresh.Backup(ctx, &again, ""); err != nil || m.SHA256 != made.SHA256 {
				t.Errorf("the restored store sums to %s (%v), want %s", m.SHA256, err, made.SHA256)
			}
			if n, err := store.Count[market.Worker](ctx, fresh, store.Query{Centre: centre, Index: "workers_by_state"}); err != nil || n != 2 {
				t.Errorf("by index: %d workers (%v), want 2", n, err)
			}
		})
		t.Run("not into a store that holds something", func(t *testing.T) {
			_, err := s.Restore(ctx, bytes.NewReader(plain.Bytes()), "")
			wantKey(t, err, market.Conflict, "error.backup.not_empty")
		})
		t.Run("wrong passphrase", func(t *testing.T) {
			_, err := storetest.Embedded(t).Restore(ctx, bytes.NewReader(sealed.Bytes()), "khác")
			wantKey(t, err, market.Invalid, "error.backup.damaged")
		})
		t.Run("cut off anywhere", func(t *testing.T) {
			for _, n := range []int{0, 1, 20, plain.Len() / 2, plain.Len() - 9, plain.Len() - 1} {
				fresh := storetest.Embedded(t)
				_, err := fresh.Restore(ctx, bytes.NewReader(plain.Bytes()[:n]), "")
				wantKey(t, err, market.Invalid, "error.backup.damaged")
				if n, _ := store.Count[market.Worker](ctx, fresh, store.Query{Centre: centre, Index: "workers_by_state"}); n != 0 {
					t.Errorf("a damaged archive left %d workers", n)
				}
			}
		})
		// The same content may be compressed in more than one way, so that a byte can change and nothing with it.
		t.Run("one byte changed", func(t *testing.T) {
			tried, noticed := 0, 0
			for i := 30; i < plain.Len(); i += 1 + plain.Len()/40 {
				bad := bytes.Clone(plain.Bytes())
				bad[i] ^= 0x20
				tried++
				if m, err := store.Verify(bytes.NewReader(bad), ""); err != nil {
					noticed++
				} else if diff := cmp.Diff(made, m); diff != "" {
					t.Errorf("a changed byte at %d of %d went unnoticed and changed what is read (-made +read):\n%s", i, plain.Len(), diff)
				}
			}
			if 10*noticed < 9*tried {
				t.Errorf("%d of %d changed bytes were noticed", noticed, tried)
			}
		})
	})
}

func TestBackupIntoMongo(t *testing.T) {
	t.Parallel()
	uri := storetest.Mongo(t)
	ctx, from := context.Background(), storetest.Embedded(t)
	for _, make := range documents() {
		mustApply(t, from, store.Put(make()))
	}
	var archive bytes.Buffer
	made, err := from.Backup(ctx, &archive, "")
	if err != nil {
		t.Fatal(err)
	}
	to, err := store.Open(ctx, store.Options{MongoURI: uri})
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if _, err := to.Restore(ctx, bytes.NewReader(archive.Bytes()), ""); err != nil {
		t.Fatal(err)
	}
	var back bytes.Buffer
	if m, err := to.Backup(ctx, &back, ""); err != nil || m.SHA256 != made.SHA256 {
		t.Errorf("after the way through MongoDB: %s (%v), want %s", m.SHA256, err, made.SHA256)
	}
}

func TestOpening(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("a folder in use", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		s, err := store.Open(ctx, store.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		began := time.Now()
		_, err = store.Open(ctx, store.Options{Dir: dir})
		wantKey(t, err, market.Unavailable, "error.store.locked")
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("the second process waited %v, want 2 s (safety limit 30)", took)
		}
	})
	t.Run("no server", func(t *testing.T) {
		t.Parallel()
		began := time.Now()
		_, err := store.Open(ctx, store.Options{MongoURI: "mongodb://127.0.0.1:1/?replicaSet=x"})
		wantKey(t, err, market.Unavailable, "error.store.no_server")
		if took := time.Since(began); took > 40*time.Second {
			t.Errorf("waited %v, want 3 s (safety limit 40)", took)
		}
	})
	t.Run("no URI", func(t *testing.T) {
		t.Parallel()
		_, err := store.Open(ctx, store.Options{MongoURI: "localhost:27017"})
		wantKey(t, err, market.Unavailable, "error.store.uri")
	})
	t.Run("a folder that is a file", func(t *testing.T) {
		t.Parallel()
		path := t.TempDir() + "/file"
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(ctx, store.Options{Dir: path})
		wantKey(t, err, market.Unavailable, "error.store.folder")
	})
	t.Run("kept over a restart", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		w := market.Worker{Meta: meta(), Name: "còn đây"}
		for range 2 {
			s, err := store.Open(ctx, store.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			if w.Rev == 0 {
				mustApply(t, s, store.Put(&w))
			}
			if got, err := store.Get[market.Worker](ctx, s, centre, w.ID); err != nil || got.Name != w.Name {
				t.Errorf("got %q (%v)", got.Name, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestServerGoesAway stops a server of its own under an open store.
func TestServerGoesAway(t *testing.T) {
	t.Parallel()
	storetest.Mongo(t)
	program := storetest.Program()
	if program == "" {
		t.Skip("no server program to stop: the tests use a server by NOIVIEC_MONGO_URI")
	}
	uri, stop, err := storetest.Launch(program)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{MongoURI: strings.Replace(uri, "%s", "away", 1)})
	if err != nil {
		stop()
		t.Fatal(err)
	}
	defer s.Close()
	w := market.Worker{Meta: meta()}
	mustApply(t, s, store.Put(&w))
	stop()
	ctx, cancel := context.WithTimeout(context.Background(), 3500*time.Millisecond)
	defer cancel()
	if _, err := store.Get[market.Worker](ctx, s, centre, w.ID); market.KindOf(err) != market.Unavailable {
		t.Errorf("read without a server: %v, want unavailable", err)
	}
	if err := s.Apply(ctx, store.Put(&w)); market.KindOf(err) != market.Unavailable {
		t.Errorf("write without a server: %v, want unavailable", err)
	}
}

// TestKill ends a writing process hard, again and again: what it acknowledged is there, and every batch whole.
func TestKill(t *testing.T) {
	if dir := os.Getenv("NOIVIEC_KILL_DIR"); dir != "" {
		writeForEver(dir)
		return
	}
	t.Parallel()
	dir, ctx := t.TempDir(), context.Background()
	for round := range 8 {
		child := exec.Command(os.Args[0], "-test.run=^TestKill$")
		child.Env = append(os.Environ(), "NOIVIEC_KILL_DIR="+dir)
		said, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 16<<10)
		var heard bytes.Buffer
		for heard.Len() < 400+round*300 {
			n, err := said.Read(buf)
			heard.Write(buf[:n])
			if err != nil {
				break
			}
		}
		_ = child.Process.Kill()
		_ = child.Wait()
		checkKilled(t, ctx, dir, heard.String())
	}
}

func writeForEver(dir string) {
	s, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		panic(err)
	}
	for {
		a, b := market.Worker{Meta: meta()}, market.Contact{Meta: meta(), Kind: "call", At: t0}
		b.Worker = a.ID
		if err := s.Apply(context.Background(), store.Put(&a), store.Put(&b)); err != nil {
			panic(err)
		}
		os.Stdout.WriteString(string(a.ID) + "\n")
	}
}

func checkKilled(t *testing.T, ctx context.Context, dir, heard string) {
	t.Helper()
	s, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	acknowledged := 0
	for line := range strings.SplitSeq(heard, "\n") {
		if id := market.ID(line); id.Valid() {
			acknowledged++
			if _, err := store.Get[market.Worker](ctx, s, centre, id); err != nil {
				t.Errorf("acknowledged %s: %v", id, err)
			}
		}
	}
	if acknowledged == 0 {
		t.Error("the child acknowledged nothing")
	}
	err = store.Each(ctx, s, centre, func(w market.Worker) error {
		n, err := store.Count[market.Contact](ctx, s, store.Query{Centre: centre, Index: "contacts_by_worker", Equal: []any{w.ID}})
		if n != 1 {
			t.Errorf("worker %s has %s contacts, want 1: half a batch", w.ID, strconv.Itoa(n))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
