package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
)

// Fields of an indexed document. Each variant of a text is a field of its own, so that no query can meet the
// wrong analyzer.
const (
	titleFold   = "title_fold"
	titleExact  = "title_exact"
	titleSticky = "title_sticky"
	bodyFold    = "body_fold"
	bodyExact   = "body_exact"
	bodySticky  = "body_sticky"
	titleIdea   = "title_idea" // concepts recognised in the title
	bodyIdea    = "body_idea"
	placeCode   = "place"
	rowField    = "row" // stored only: the columns
)

// layout counts changes of what is put into the fields; the mapping's own changes are in its hash anyway.
// 1: first.
const layout = 1

// syllables is the one analyzer of all text: it only cuts at the spaces that our own tokeniser has set.
const syllables = "syllables"

func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(syllables, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	m.DefaultAnalyzer = keyword.Name
	// Not "bm25": its average length counts the distinct words of every segment, so that each merge changes the
	// scores, and a page the order of the one before. TF-IDF counts documents only.
	m.ScoringModel = "tf-idf"
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	d := bleve.NewDocumentStaticMapping()
	for _, name := range []string{titleFold, titleExact, bodyFold, bodyExact} {
		d.AddFieldMappingsAt(name, textField(syllables, true))
	}
	for _, name := range []string{titleSticky, bodySticky, titleIdea, bodyIdea, placeCode} {
		d.AddFieldMappingsAt(name, textField(syllables, false))
	}
	row := bleve.NewTextFieldMapping()
	row.Store, row.Index, row.DocValues, row.IncludeInAll, row.IncludeTermVectors = true, false, false, false, false
	d.AddFieldMappingsAt(rowField, row)
	m.DefaultMapping = d
	return m, nil
}

func textField(analyzer string, positions bool) *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store, f.DocValues, f.IncludeInAll = false, false, false
	f.IncludeTermVectors = positions
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
