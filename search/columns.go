package search

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// columns keeps the decoded rows of an index's segments. Segments never change, so their rows are read once;
// a row is found by the document number of the snapshot that a search runs on.
type columns struct {
	dict *dictionary
	mu   sync.Mutex
	held map[uint64][]*row // by segment id
}

func newColumns() *columns { return &columns{dict: newDictionary(), held: map[uint64][]*row{}} }

// view is the columns of one snapshot.
type view struct {
	starts []uint64 // first document number of each segment
	rows   [][]*row
}

// at gives the row of a document, nil when it has none.
func (v *view) at(doc uint64) *row {
	low, high := 0, len(v.starts)
	for high-low > 1 {
		if mid := (low + high) / 2; v.starts[mid] <= doc {
			low = mid
		} else {
			high = mid
		}
	}
	if low == high || doc-v.starts[low] >= uint64(len(v.rows[low])) {
		return nil
	}
	return v.rows[low][doc-v.starts[low]]
}

// view gives the columns of a snapshot, reading those of new segments. Rows of segments that are gone are
// dropped; a search on an older snapshot reads them again.
func (c *columns) view(s *scorch.IndexSnapshot) (*view, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, held, start := &view{}, map[uint64][]*row{}, uint64(0)
	for _, segment := range s.Segments() {
		rows, ok := c.held[segment.Id()]
		if !ok || len(rows) != int(segment.FullSize()) {
			var err error
			if rows, err = c.read(segment); err != nil {
				return nil, err
			}
		}
		held[segment.Id()] = rows
		v.starts, v.rows = append(v.starts, start), append(v.rows, rows)
		start += uint64(segment.FullSize())
	}
	c.held = held
	return v, nil
}

func (c *columns) read(segment *scorch.SegmentSnapshot) ([]*row, error) {
	rows := make([]*row, segment.FullSize())
	for doc := range rows {
		var bad error
		err := segment.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
			if field != rowField {
				return true
			}
			rows[doc], bad = decode(string(value), c.dict)
			return false
		})
		if err == nil {
			err = bad
		}
		if err != nil {
			return nil, fmt.Errorf("read row %d of segment %d: %w", doc, segment.Id(), err)
		}
	}
	return rows, nil
}
