package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
)

// Fields of an indexed document.
const (
	titleField = "title" // a posting's title, what a worker wants to do
	bodyField  = "body"  // what the work is and asks, what a person knows and wants
	otherField = "other" // names around it: the employer, the person, the place
	ideaField  = "idea"  // concepts recognised in the title ("t:"), elsewhere or ticked ("b:")
	rowField   = "row"   // stored only: the columns
)

// layout counts changes of what is put into the fields; the mapping's own changes are in its hash anyway.
// 1: first. 2: keys once a field, pairs instead of positions. 3: people by what they want.
const layout = 3

// syllables is the one analyzer of all text: it only cuts at the spaces that our own tokeniser has set.
const syllables = "syllables"

func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(syllables, map[string]any{"type": custom.Name, "tokenizer": spaces}); err != nil {
		return nil, err
	}
	m.DefaultAnalyzer = keyword.Name
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	d := bleve.NewDocumentStaticMapping()
	d.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping()) // one field of all others, which nothing asks
	for _, name := range []string{titleField, bodyField, otherField, ideaField} {
		d.AddFieldMappingsAt(name, keysOnly())
	}
	row := bleve.NewTextFieldMapping()
	row.Store, row.Index, row.DocValues, row.IncludeInAll, row.IncludeTermVectors = true, false, false, false, false
	d.AddFieldMappingsAt(rowField, row)
	m.DefaultMapping = d
	return m, nil
}

// keysOnly is a field that answers which documents have a key, and nothing more: how often and where is not kept,
// because nothing asks for it.
func keysOnly() *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = syllables
	f.Store, f.DocValues, f.IncludeInAll, f.IncludeTermVectors = false, false, false, false
	f.SkipFreqNorm = true
	return f
}

// mappingHash names the folder of an index: another mapping, layout or row format is another folder.
func mappingHash(m mapping.IndexMapping) (string, error) {
	raw, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append(raw, "|"+strconv.Itoa(layout)+"|"+strconv.Itoa(rowFormat)...))
	return hex.EncodeToString(sum[:6]), nil
}
