package search

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// columns keeps the decoded rows of an index's segments. Segments never change, so their rows are read once;
// a row is found by the document number of the snapshot that a search runs on.
type columns struct {
	dict *dictionary // codes
	days *dictionary // deadlines and last valid days
	mu   sync.Mutex
	held map[uint64]*table // by segment id
}

func newColumns() *columns {
	c := &columns{dict: newDictionary(), days: newDictionary(), held: map[uint64]*table{}}
	c.days.number("") // no day is number 0
	return c
}

// view gives the tables of a snapshot by segment, reading those of new segments. Tables of segments that are gone are
// dropped; a search on an older snapshot reads them again.
func (c *columns) view(s *scorch.IndexSnapshot) ([]*table, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var view []*table
	held := map[uint64]*table{}
	for _, segment := range s.Segments() {
		t, ok := c.held[segment.Id()]
		if !ok || t.rows() != int(segment.FullSize()) {
			var err error
			if t, err = c.read(segment); err != nil {
				return nil, err
			}
		}
		held[segment.Id()] = t
		view = append(view, t)
	}
	c.held = held
	return view, nil
}

func (c *columns) read(segment *scorch.SegmentSnapshot) (*table, error) {
	n := int(segment.FullSize())
	b := newTableBuilder(n)
	for doc := range n {
		var r *row
		var bad error
		err := segment.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
			if field != rowField {
				return true
			}
			r, bad = decode(string(value), c.dict)
			return false
		})
		if err == nil {
			err = bad
		}
		if err != nil {
			return nil, fmt.Errorf("read row %d of segment %d: %w", doc, segment.Id(), err)
		}
		b.add(r, c)
	}
	return b.table(), nil
}
