package jobs

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

var updateGolden = flag.Bool("update", false, "write the relations of the matcher's golden set anew")

// goldenTables are the relations that the matcher's golden cases are ranked with.
type goldenTables struct {
	Occupations     []string `json:"occupations"`
	SkillLinks      [][3]any `json:"skill_links"`
	OccupationLinks [][3]any `json:"occupation_links"`
	Implications    [][2]any `json:"implications"`
	Communes        [][4]any `json:"communes"`
}

// TestGoldenTablesAreTheShippedOnes holds the golden set's relations equal to those the engine is given, so that its
// figures speak of the program as it is. After a change of the taxonomy: go test ./jobs -run GoldenTables -update,
// then read what go test ./matcher says.
func TestGoldenTablesAreTheShippedOnes(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "matcher", "testdata", "golden", "tables.json")
	committed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var old goldenTables
	if err := json.Unmarshal(committed, &old); err != nil {
		t.Fatal(err)
	}
	want := goldenRows(matcherTables(taxonomy.Default()), old)
	if *updateGolden {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(committed, want) {
		t.Error("matcher/testdata/golden/tables.json is not what the taxonomy says; run this test with -update")
	}
}

// goldenRows writes the relations a row a line; of communes those of Điện Biên and the others that the file names.
func goldenRows(tables matcher.Tables, old goldenTables) []byte {
	var g goldenTables
	for _, o := range tables.Occupations {
		g.Occupations = append(g.Occupations, o.Code)
	}
	g.SkillLinks, g.OccupationLinks = linkRows(tables.SkillLinks), linkRows(tables.OccupationLinks)
	for _, i := range tables.Implications {
		g.Implications = append(g.Implications, [2]any{i.Certificate, i.Implies})
	}
	for _, c := range tables.Communes {
		if c.Province == "11" || slices.ContainsFunc(old.Communes, func(o [4]any) bool { return o[0] == c.Code }) {
			g.Communes = append(g.Communes, [4]any{c.Code, c.Province, c.Lat, c.Lon})
		}
	}
	var b bytes.Buffer
	b.WriteString("{")
	section(&b, "occupations", g.Occupations)
	section(&b, "skill_links", g.SkillLinks)
	section(&b, "occupation_links", g.OccupationLinks)
	section(&b, "implications", g.Implications)
	section(&b, "communes", g.Communes)
	b.WriteString("\n}\n")
	return b.Bytes()
}

func linkRows(links []matcher.Link) (rows [][3]any) {
	for _, l := range links {
		rows = append(rows, [3]any{l.From, l.To, l.Percent})
	}
	return rows
}

func section[T any](b *bytes.Buffer, name string, rows []T) {
	if b.Len() > 1 {
		b.WriteString(",")
	}
	b.WriteString("\n\"" + name + "\": [")
	for i, row := range rows {
		if i > 0 {
			b.WriteString(",")
		}
		line, err := json.Marshal(row)
		if err != nil {
			panic(err) // strings and numbers only
		}
		b.WriteString("\n  ")
		b.Write(line)
	}
	b.WriteString("\n]")
}
