// Package arch guards the walls between the rooms: which may import which, and which room alone may use a
// third party. Test files may import more.
package arch

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms says for every folder with code what it may import: rooms of ours, and third parties by the beginning
// of their path. A new room or a new arrow is a line here, and a sentence in ARCHITECTURE.md.
var rooms = map[string][]string{
	"internal/market":          {},
	"internal/taxonomy":        {"internal/market", "golang.org/x/text/unicode/norm"},
	"internal/taxonomy/gen":    {},
	"matcher":                  {},
	"matcher/interest":         {"matcher"},
	"internal/store":           {"internal/market", "go.mongodb.org/mongo-driver/v2", "go.etcd.io/bbolt", "filippo.io/age"},
	"internal/store/storetest": {"internal/market", "internal/store", "go.mongodb.org/mongo-driver/v2"},
	"internal/files":           {"internal/market", "internal/taxonomy", "github.com/xuri/excelize/v2", "codeberg.org/go-pdf/fpdf", "github.com/skip2/go-qrcode"},
	"internal/casework":        {"internal/market", "internal/taxonomy", "internal/store"},
	"search":                   {"internal/market", "internal/taxonomy", "github.com/blevesearch/bleve", "github.com/blevesearch/scorch_segment_api", "github.com/RoaringBitmap/roaring"},
	"search/judged":            {"internal/market", "internal/taxonomy", "search"},
	"jobs":                     {"internal/market", "internal/taxonomy", "matcher", "internal/store", "internal/files", "internal/casework", "search", "github.com/robfig/cron/v3"},
	"web":                      {"internal/market", "internal/taxonomy", "internal/store", "internal/files", "internal/casework", "search", "jobs", "github.com/gofiber/fiber/v2", "golang.org/x/crypto/argon2", "github.com/pquerna/otp", "golang.org/x/text"},
	"cmd/noiviec":              {"", "github.com/alecthomas/kong", "github.com/schollz/progressbar/v3", "golang.org/x/term"},
	"cmd/noiviec/demo":         {""},
	"cmd/measure":              {"", "github.com/alecthomas/kong"},
	"cmd/measure/labour":       {"internal/taxonomy", "matcher"},
	"cmd/measure/peers":        {"github.com/jackc/pgx/v5", "github.com/mattn/go-sqlite3"}, // a module of its own
}

const module = "noiviec"

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && (name == "testdata" || name == ".git" || name == "vendor") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		seen[room] = true
		checkImports(t, room, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range []string{"internal/market", "internal/taxonomy", "matcher", "internal/store", "internal/files", "internal/casework", "search", "jobs", "web", "cmd/noiviec"} {
		if !seen[room] {
			t.Errorf("room %s has no code: the walk looked in the wrong place", room)
		}
	}
}

func checkImports(t *testing.T, room, path string) {
	t.Helper()
	may, known := rooms[room]
	if !known {
		t.Errorf("%s is in a folder that is no room: add %q to the table and to ARCHITECTURE.md", path, room)
		return
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range file.Imports {
		name := strings.Trim(spec.Path.Value, `"`)
		if ours, ok := strings.CutPrefix(name, module+"/"); ok {
			name = ours
			if slices.Contains(may, "") {
				continue
			}
		} else if !strings.Contains(strings.SplitN(name, "/", 2)[0], ".") {
			continue // standard library
		}
		if !slices.ContainsFunc(may, func(m string) bool { return m != "" && (name == m || strings.HasPrefix(name, m+"/")) }) {
			t.Errorf("%s imports %s, which %s may not", path, name, room)
		}
	}
}
