package search_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/search"
)

// TestMain is also the child of TestDamage: it opens a folder, works with it, and must not die.
func TestMain(m *testing.M) {
	if dir := os.Getenv("SEARCH_TEST_CHILD"); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(m.Run())
}

func child(dir string) int {
	for _, one := range strings.Split(dir, string(os.PathListSeparator)) {
		x, err := search.Open(one)
		if err != nil {
			fmt.Printf("wrong: open: %v\n", err)
			continue
		}
		if n, _ := x.Count(); n != 300 && !x.NeedsRebuild() {
			fmt.Printf("wrong: %d documents and no rebuild asked for\n", n)
		}
		x.Search(ctx, search.Query{Text: "tuyển", Facets: true})
		x.PutPostings(ctx, invented(20, 11))
		x.Search(ctx, search.Query{Text: "thợ hàn"})
		x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error { return put(invented(20, 12), nil) })
		if n, _ := x.Count(); n != 20 {
			fmt.Printf("wrong: %d documents after the rebuild\n", n)
		}
		x.Close()
	}
	return 0
}

// TestDamage opens folders with flipped bytes and broken structure in a process of its own, which must
// survive, answer, and rebuild.
func TestDamage(t *testing.T) {
	t.Parallel()
	good := t.TempDir()
	x := openIn(t, good)
	err := x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error { return put(invented(300, 13), nil) })
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for name, breakIt := range damages() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(good)); err != nil {
				t.Fatal(err)
			}
			breakIt(t, dir)
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "SEARCH_TEST_CHILD="+dir)
			if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "wrong:") {
				t.Errorf("%v: %.1500s", err, out)
			}
		})
	}
}

// files lists the regular files of an index that hold content.
func files(t *testing.T, dir, suffix string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if info, _ := d.Info(); err == nil && info.Size() > 0 && info.Mode().IsRegular() && strings.HasSuffix(path, suffix) {
			out = append(out, path)
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("no %s in %s: %v", suffix, dir, err)
	}
	return out
}

func damages() map[string]func(*testing.T, string) {
	each := func(suffix string, change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			for _, name := range files(t, dir, suffix) {
				raw, err := os.ReadFile(name)
				if err == nil {
					os.Chmod(name, 0o600)
					err = os.WriteFile(name, change(raw), 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	gone := func(suffix string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			for _, name := range files(t, dir, suffix) {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	half := func(raw []byte) []byte { return raw[:len(raw)/2] }
	zero := func(raw []byte) []byte { return make([]byte, len(raw)) }
	out := map[string]func(*testing.T, string){
		"segment halved": each(".zap", half), "segment zeroed": each(".zap", zero), "segment gone": gone(".zap"),
		"root halved": each("root.bolt", half), "root zeroed": each("root.bolt", zero), "root gone": gone("root.bolt"),
		"meta halved": each("index_meta.json", half), "meta gone": gone("index_meta.json"),
		"root empty": each("root.bolt", func([]byte) []byte { return nil }),
	}
	for i := range 50 {
		out[fmt.Sprintf("flip %02d", i)] = func(t *testing.T, dir string) {
			r := rand.New(rand.NewPCG(uint64(i), 77))
			all := files(t, dir, "")
			name := all[r.IntN(len(all))]
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			raw[r.IntN(len(raw))] ^= byte(1 << r.IntN(8))
			os.Chmod(name, 0o600)
			if err := os.WriteFile(name, raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out
}

func TestNoPermissionDeletesNothing(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	dir := t.TempDir()
	x := openIn(t, dir)
	put(t, x, invented(10, 14))
	x.Close()
	for _, suffix := range []string{"root.bolt", "index_meta.json", ".zap"} {
		name := files(t, dir, suffix)[0]
		os.Chmod(name, 0)
		if y, err := search.Open(dir); !errors.Is(err, &market.Error{Kind: market.Unavailable, Key: "error.index.permission"}) {
			t.Errorf("%s: got %v", suffix, err)
			if err == nil {
				y.Close()
			}
		}
		os.Chmod(name, 0o600)
	}
	if n, _ := openIn(t, dir).Count(); n != 10 {
		t.Errorf("got %d documents, want 10", n)
	}
}
