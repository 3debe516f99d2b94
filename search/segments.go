package search

import (
	"context"
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"noiviec/internal/taxonomy"
)

// leaf is one key of one field.
type leaf struct{ field, key string }

// lookup holds which documents have which keys, in one snapshot: all that Bleve is asked.
type lookup struct {
	segments []*scorch.SegmentSnapshot
	at       map[leaf]int
	docs     [][]*roaring.Bitmap // by segment and leaf; read only
	live     float64             // documents in the snapshot
}

// lookUp fetches the documents of every leaf. Deleted documents are left out, so that what is counted does not depend
// on how the index was written.
func lookUp(ctx context.Context, s *scorch.IndexSnapshot, leaves []leaf) (*lookup, error) {
	l := &lookup{segments: s.Segments(), at: make(map[leaf]int, len(leaves))}
	for _, f := range leaves {
		if _, ok := l.at[f]; !ok {
			l.at[f] = len(l.at)
		}
	}
	l.docs = make([][]*roaring.Bitmap, len(l.segments))
	for i, seg := range l.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.live += float64(seg.LiveSize())
		l.docs[i] = make([]*roaring.Bitmap, len(l.at))
		dictionaries := map[string]segment.TermDictionary{}
		for f, at := range l.at {
			d, ok := dictionaries[f.field]
			if !ok {
				var err error
				if d, err = seg.Segment().Dictionary(f.field); err != nil {
					return nil, fmt.Errorf("dictionary of %s: %w", f.field, err)
				}
				dictionaries[f.field] = d
			}
			docs, err := documents(d, f.key, seg.Deleted())
			if err != nil {
				return nil, fmt.Errorf("documents with %s: %w", f.key, err)
			}
			l.docs[i][at] = docs
		}
	}
	return l, nil
}

var noDocuments = roaring.New()

// documents gives those with a key; the bitmap belongs to the index.
func documents(d segment.TermDictionary, key string, deleted *roaring.Bitmap) (*roaring.Bitmap, error) {
	list, err := d.PostingsList([]byte(key), deleted, nil)
	if err != nil {
		return nil, err
	}
	it := list.Iterator(false, false, false, nil)
	if fast, ok := it.(segment.OptimizablePostingsIterator); ok {
		if doc, one := fast.DocNum1Hit(); one {
			return roaring.BitmapOf(uint32(doc)), nil
		}
		if b := fast.ActualBitmap(); b != nil {
			return b, nil
		}
		return noDocuments, nil
	}
	out := roaring.New()
	for p, err := it.Next(); ; p, err = it.Next() {
		if err != nil || p == nil {
			return out, err
		}
		out.Add(uint32(p.Number()))
	}
}

// in gives the documents of a segment that have a leaf.
func (l *lookup) in(segment int, f leaf) *roaring.Bitmap {
	if at, ok := l.at[f]; ok {
		return l.docs[segment][at]
	}
	return noDocuments
}

// count gives how many documents of the snapshot have a key, counting each field.
func (l *lookup) count(key string, fields ...string) (n int) {
	for _, field := range fields {
		if at, ok := l.at[leaf{field, key}]; ok {
			for i := range l.segments {
				n += int(l.docs[i][at].GetCardinality())
			}
		}
	}
	return n
}

// all gives the documents of a segment that have every leaf of a group; read only.
func (l *lookup) all(segment int, g group) *roaring.Bitmap {
	docs := l.in(segment, g[0])
	for _, f := range g[1:] {
		docs = roaring.And(docs, l.in(segment, f))
	}
	return docs
}

// countAll gives how many documents of the snapshot have a group.
func (l *lookup) countAll(g group) (n int) {
	for i := range l.segments {
		n += int(l.all(i, g).GetCardinality())
	}
	return n
}

// written reports whether documents have two words side by side with these marks, and not just each of them somewhere
// beside the same two with others: at least half of those with the pair.
func (l *lookup) written(a, b taxonomy.Token) bool {
	exact, folded := 0, 0
	for _, f := range []string{titleField, bodyField, otherField} {
		pair := exactPair(f, a, b)
		exact, folded = exact+l.countAll(pair), folded+l.countAll(pair[:1])
	}
	return exact > 0 && 2*exact >= folded
}

// rarity of a key that n documents have.
func (l *lookup) rarity(n int) float64 { return math.Log1p(l.live / float64(max(n, 1))) }
