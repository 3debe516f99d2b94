package search

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
)

// A generation is one Bleve index in a folder "<mapping hash>-<number>". A folder without the file readyMark
// was never finished.
type generation struct {
	path    string
	bleve   bleve.Index
	columns *columns

	using  sync.RWMutex // read-held by searches
	closed bool
}

const (
	readyMark   = "ready"
	staleMark   = "stale"  // the content is not known to be the store's
	closedMark  = "closed" // how many documents there were when it was closed
	boltTimeout = "500ms"  // how long an index held by another process is waited for
)

var (
	errLocked  = errors.New("held by another process")
	errDamaged = errors.New("index is damaged")
)

// found is a generation's folder on disk.
type found struct {
	path, hash string
	number     int
	ready      bool
}

var folderName = regexp.MustCompile(`^([0-9a-f]{12})-(\d{6})$`)

// generations lists the generations' folders; anything else in dir is not ours and stays.
func generations(dir string) ([]found, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []found
	for _, e := range entries {
		if m := folderName.FindStringSubmatch(e.Name()); m != nil {
			n, _ := strconv.Atoi(m[2])
			path := filepath.Join(dir, e.Name())
			out = append(out, found{path, m[1], n, marked(path, readyMark)})
		}
	}
	return out, nil
}

// ordered gives the complete ones in the order to try: this mapping first, then newest first.
func ordered(all []found, hash string) []found {
	ready := slices.DeleteFunc(slices.Clone(all), func(f found) bool { return !f.ready })
	slices.SortFunc(ready, func(a, b found) int {
		if (a.hash == hash) != (b.hash == hash) {
			if a.hash == hash {
				return -1
			}
			return 1
		}
		return b.number - a.number
	})
	return ready
}

func marked(path, mark string) bool {
	_, err := os.Stat(filepath.Join(path, mark))
	return err == nil || !errors.Is(err, fs.ErrNotExist) && mark == readyMark
}

func mark(path, name string) error { return os.WriteFile(filepath.Join(path, name), nil, 0o600) }

// newGeneration makes an empty one with the next free number.
func newGeneration(dir, hash string) (*generation, error) {
	all, err := generations(dir)
	if err != nil {
		return nil, err
	}
	next := 1
	for _, f := range all {
		next = max(next, f.number+1)
	}
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	return createGeneration(filepath.Join(dir, fmt.Sprintf("%s-%06d", hash, next)), m)
}

// createGeneration makes an index at a path, in memory when the path is "".
func createGeneration(path string, m mapping.IndexMapping) (*generation, error) {
	b, err := bleve.NewUsing(path, m, scorch.Name, scorch.Name, map[string]any{"bolt_timeout": boltTimeout})
	if err != nil {
		return nil, err
	}
	return &generation{path: path, bleve: b, columns: newColumns()}, nil
}

// openGeneration opens a complete one after checking its files, and reads all its columns: what cannot be
// read now would fail a search later. A panic inside Bleve is an error here.
func openGeneration(path string) (g *generation, err error) {
	defer func() {
		if p := recover(); p != nil {
			g, err = nil, fmt.Errorf("%w: %v", errDamaged, p)
		}
	}()
	if err := checkFiles(path); err != nil {
		return nil, err
	}
	b, err := bleve.OpenUsing(path, map[string]any{"bolt_timeout": boltTimeout})
	if err != nil {
		if err.Error() == "timeout" {
			err = errLocked
		}
		return nil, err
	}
	g = &generation{path: path, bleve: b, columns: newColumns()}
	if err := g.probe(); err != nil {
		b.Close()
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return g, nil
}

// probe reads every row.
func (g *generation) probe() error {
	s, close, err := g.snapshot()
	if err != nil {
		return err
	}
	defer close()
	_, err = g.columns.view(s)
	return err
}

// snapshot gives the index as it is now.
func (g *generation) snapshot() (*scorch.IndexSnapshot, func() error, error) {
	inner, err := g.bleve.Advanced()
	if err != nil {
		return nil, nil, err
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, nil, err
	}
	s, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, nil, fmt.Errorf("index reader is a %T", reader)
	}
	return s, reader.Close, nil
}

// complete marks the generation as finished.
func (g *generation) complete() error { return mark(g.path, readyMark) }

// intact reports whether the index holds as many documents as when it was last closed. Bleve opens an index
// whose newest segments are gone as an older or an empty one, without an error. An index that was not closed
// (the process was killed) can only be told by being empty.
func (g *generation) intact() bool {
	have, err := g.bleve.DocCount()
	if err != nil {
		return false
	}
	name := filepath.Join(g.path, closedMark)
	raw, err := os.ReadFile(name)
	if err != nil {
		return have > 0
	}
	os.Remove(name)
	closed, err := strconv.ParseUint(string(raw), 10, 64)
	return err == nil && closed == have
}

// retire closes the index when its last search has ended, and deletes the folder if asked to.
func (g *generation) retire(remove bool) error {
	g.using.Lock()
	defer g.using.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	count, err := g.bleve.DocCount()
	if g.path != "" && !remove && err == nil {
		os.WriteFile(filepath.Join(g.path, closedMark), strconv.AppendUint(nil, count, 10), 0o600) // best effort: see intact
	}
	err = g.bleve.Close()
	if remove && g.path != "" {
		if gone := os.RemoveAll(g.path); err == nil {
			err = gone
		}
	}
	return err
}

// checkFiles compares each segment file with the checksum in its last four bytes (CRC-32, IEEE, of all before
// them). Bleve writes it and never reads it; a flipped bit would be noticed by a panic in one of its
// goroutines, which nobody can recover.
func checkFiles(path string) error {
	for _, name := range []string{"index_meta.json", "store/root.bolt"} { // Bleve calls a file it may not read a missing one
		f, err := os.OpenFile(filepath.Join(path, filepath.FromSlash(name)), os.O_RDWR, 0)
		if err != nil {
			return err
		}
		f.Close()
	}
	files, err := filepath.Glob(filepath.Join(path, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, name := range files {
		if strings.HasPrefix(filepath.Base(name), ".") {
			continue
		}
		if err := checkSum(name); err != nil {
			return err
		}
	}
	return nil
}

func checkSum(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < 16 {
		return fmt.Errorf("%w: %s is too short", errDamaged, filepath.Base(name))
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-4); err != nil {
		return err
	}
	var stored [4]byte
	if _, err := io.ReadFull(f, stored[:]); err != nil {
		return err
	}
	if got := sum.Sum32(); got != uint32(stored[0])<<24|uint32(stored[1])<<16|uint32(stored[2])<<8|uint32(stored[3]) {
		return fmt.Errorf("%w: %s", errDamaged, filepath.Base(name))
	}
	return nil
}
